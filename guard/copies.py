"""Are the draws draws, or copies of one reply? A cache before the model, or a model that cannot draw.

A copy adds nothing to what the first reply says, and a hundred of them look like certainty. A short answer that repeats
is no sign of a copy: it is what agreement looks like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guard.evidence import Answer, DiversitySign
from guard.upstream import Headers

BY_WHOLE_REQUEST = frozenset(
    "cf-aig-cache-status x-portkey-cache-status helicone-cache x-openrouter-cache-status".split()
)
"""Headers of gateways whose key is the whole request: Cloudflare AI Gateway, Portkey, Helicone, OpenRouter. Their hits
on different requests are different replies, unless the reply's id says otherwise: a question that is asked again finds
its own draws there."""

BY_LESS = frozenset("x-cache x-cache-status x-ai-cache-status cache-status".split())
"""Headers of caches whose key may be less, the prompt or its meaning: a proxy's or content network's own, Kong, Apache
APISIX, RFC 9211."""

KEPT_BY = "x-litellm-cache-key"
"""LiteLLM says a hit by naming the entry; its key is the whole request, unless it is set up to go by meaning."""

LONG_CHARS = 200
"""From this length on one text under one id is one reply, even at an endpoint whose every reply has the same id."""

VERBATIM_CHARS = 300
VERBATIM_TOTAL = 1500
"""Length of a text, and characters repeated after the first draw, from which draws that are equal to the letter are no
draws. Of recorded draws at temperature .7, three chains of thought of some 170 characters are equal in 63 % of 317
questions (last letters, GPT-3.5): about .0014 nats a character. The same style repeats 1,500 with a chance of .12,
prose next to never."""

VERBATIM_DRAWS = 3
VERBATIM_TEMPERATURE = 0.7

_HIT = re.compile(r"(?<![a-z])hit(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Drawn:
    """An answer with the number of the call that brought it (the candidate's is 0), and what its headers say of a
    cache: "" nothing, "whole" a hit on the whole request, "less" a hit on perhaps less."""

    answer: Answer
    call: int = 0
    hit: str = ""


def cache_hit(headers: Headers) -> str:
    """What the headers of a reply, names in lower case, say of a cache; see `Drawn.hit`."""
    hits = {name for name, value in headers if name == KEPT_BY or _HIT.search(value)}
    if "semantic" in " ".join(value.lower() for name, value in headers if name in hits & BY_WHOLE_REQUEST):
        return "less"
    if hits & BY_LESS:
        return "less"
    return "whole" if hits & (BY_WHOLE_REQUEST | {KEPT_BY}) else ""


def sign_of_copies(
    candidate: Drawn, draws: Sequence[Drawn], other_ids: frozenset[str], temperature: float
) -> DiversitySign:
    """What shows that the draws are copies of one reply; "" where nothing does.

    `other_ids` are the ids of the endpoint's replies to other questions: where they differ from that of two equal
    replies, its ids tell replies apart. Linear in the answers' lengths, quadratic in their number.
    """
    seen: list[Drawn] = [candidate]
    for drawn in draws:
        equal = [other for other in seen if other.call != drawn.call and other.answer.text == drawn.answer.text]
        same = [other for other in equal if other.answer.reply_id == drawn.answer.reply_id]
        if (drawn.hit == "less" and equal) or (drawn.hit and same):
            return "cache_hit"
        if same and _tells(drawn.answer, other_ids):
            return "same_reply"
        seen.append(drawn)
    return "verbatim" if temperature >= VERBATIM_TEMPERATURE and _verbatim([each.answer.text for each in draws]) else ""


def _tells(answer: Answer, other_ids: frozenset[str]) -> bool:
    """Does the id of a reply that came twice say that it is one reply?"""
    if not answer.reply_id:
        return False
    return len(answer.text) >= LONG_CHARS or bool(other_ids and answer.reply_id not in other_ids)


def _verbatim(texts: Sequence[str]) -> bool:
    """Texts that no drawing brings: long, and equal to the letter."""
    if len(texts) < VERBATIM_DRAWS or len(set(texts)) > 1:
        return False
    return len(texts[0]) >= VERBATIM_CHARS and len(texts[0]) * (len(texts) - 1) >= VERBATIM_TOTAL
