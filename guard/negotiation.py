"""What an endpoint refuses, learnt once and remembered for each model.

Only parameters that the guard itself adds are dropped or renamed. The caller's own were accepted with the candidate, or
the candidate was refused and everything ended there.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

Body = dict[str, Any]

MAX_REMEMBERED = 1024
"""Models remembered at once: a caller may name any model that a route's pattern admits."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one model at one upstream. `max_n` None = not asked yet, 1 = draws need calls of their own."""

    dropped: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)
    max_n: int | None = None


class Memory:
    """Facts by (upstream, model): bounded, the least recently used forgotten first."""

    def __init__(self) -> None:
        self._facts: OrderedDict[tuple[str, str], Facts] = OrderedDict()

    def facts(self, upstream: str, model: str) -> Facts:
        """What is known of this model; nothing at first."""
        known = self._facts.get((upstream, model))
        if known is None:
            return Facts()
        self._facts.move_to_end((upstream, model))
        return known

    def remember(self, upstream: str, model: str, facts: Facts) -> None:
        """Add what was learnt to what is known: calls learn at the same time."""
        known = self.facts(upstream, model)
        if facts == known:
            return
        limits = [most for most in (known.max_n, facts.max_n) if most is not None]
        self._facts[(upstream, model)] = Facts(
            known.dropped | facts.dropped, {**known.renamed, **facts.renamed}, min(limits, default=None)
        )
        while len(self._facts) > MAX_REMEMBERED:
            self._facts.popitem(last=False)

    def remember_n(self, upstream: str, model: str, most: int) -> None:
        """Keep that a call brings at most so many draws."""
        self.remember(upstream, model, replace(self.facts(upstream, model), max_n=most))


def adapt(body: Body, facts: Facts, own: tuple[str, ...]) -> Body:
    """The body as this endpoint takes it: refused parameters left out or under their other name."""
    adapted = {key: value for key, value in body.items() if key not in facts.dropped or key not in own}
    for old, new in facts.renamed.items():
        if old in adapted and old in own:
            adapted[new] = adapted.pop(old)
    return adapted


def learn(
    facts: Facts,
    body: Body,
    status: int,
    reply: bytes,
    own: tuple[str, ...],
    renames: Mapping[str, str],
    spare: tuple[str, ...] = (),
) -> Facts | None:
    """What a refusal teaches; None when it teaches nothing new, so that asking again is of no use.

    A refusal that names one of the guard's own parameters is about that one. One that names none is about those
    of `spare`, which fewest endpoints take, and where none of these is there about all: the caller's own request went
    through without them.
    """
    if status not in (400, 404, 422):
        return None
    present = [name for name in own if name in body]
    if not present:
        return None
    text = reply.decode("utf-8", "replace")[:4000]
    pointed = _pointers(text)
    named = next((name for name in present if name in pointed), None)
    named = named or next((name for name in present if _names(text, name)), None)
    if named in spare or (named is None and not set(spare).isdisjoint(present)):
        return replace(facts, dropped=facts.dropped | set(spare))
    if named is None:
        return replace(facts, dropped=facts.dropped | set(present), max_n=1 if "n" in present else facts.max_n)
    if named == "n":
        return replace(facts, max_n=_most(text, body["n"]))
    if named in renames and renames[named] in text:
        return replace(facts, renamed={**facts.renamed, named: renames[named]})
    return replace(facts, dropped=facts.dropped | {named})


def _names(text: str, name: str) -> bool:
    """Does an error's text name this parameter, set apart?"""
    if len(name) > 1:
        return re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", text) is not None
    quoted = rf"['\"`]{name}['\"`]|\b(?:parameter|field|argument) {name}\b"
    spelt = rf"{quoted}|(?<![\\\w]){name}(?:_cmpl)?(?: ?[:=]| (?:value|must|should|can))"
    return re.search(spelt, text) is not None


def _pointers(text: str) -> set[str]:
    """The parameters that an error points at: the envelope's `param`, or a `loc`."""
    try:
        body = orjson.loads(text)
    except orjson.JSONDecodeError:
        return set()
    error = body.get("error") if isinstance(body, dict) else None
    found = {str(error.get("param"))} if isinstance(error, dict) else set()
    detail = body.get("detail") if isinstance(body, dict) else None
    for entry in detail if isinstance(detail, list) else ():
        location = entry.get("loc") if isinstance(entry, dict) else None
        found |= {str(part) for part in location} if isinstance(location, list) else set()
    return found


def _most(text: str, asked: int) -> int:
    """The largest `n` that a refusal of `n` allows, from "value <= 2" or "at most 2"; 1 when it does not say."""
    found = re.search(r"(?:<=|at most|maximum(?: of| is)?|up to|less than or equal to)\D{0,12}(\d+)", text)
    most = int(found.group(1)) if found else 1
    return most if 1 <= most < asked else 1
