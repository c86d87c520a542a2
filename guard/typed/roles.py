"""Who does what to whom: the same words in another order around a verb are another statement."""

from __future__ import annotations

import re
from typing import Final, Literal

from guard.typed.denial import stem
from guard.typed.reading import Reading
from guard.typed.words import FILLERS, OPPOSITES

MAX_WORDS: Final = 14
_ARTICLES: Final = frozenset(("the", "a", "an"))
_LINKING: Final = frozenset(
    "and or plus with meets met married marries equals versus vs beside near of for in on at by".split()
)
"""Words around which two names may change places."""
_PAST: Final = frozenset(
    "beat beats ate eats hit hits sold sells bought buys taught led built wrote won killed saw sees made "
    "makes found finds "
    "loves gave gives fought defeated follows followed hates chased bit bites caught drew held paid shot "
    "stole taught threw "
    "told wore sued owns owned helped hired fired trusts precedes exceeds causes contains".split()
)
_BE: Final = frozenset("is are was were be been being got gets".split())
_SENTENCE: Final = re.compile(r"[.!]$")
_IRREGULAR: Final = {
    "beaten": "beat", "written": "write", "wrote": "write", "eaten": "eat", "ate": "eat", "taken": "take",
    "took": "take",
    "given": "give", "gave": "give", "seen": "see", "saw": "see", "bitten": "bite", "bit": "bite", "stolen": "steal",
    "stole": "steal", "drawn": "draw", "drew": "draw", "broken": "break", "broke": "break", "chosen": "choose",
    "chose": "choose", "known": "know", "knew": "know", "driven": "drive", "drove": "drive", "thrown": "throw",
    "threw": "throw", "sung": "sing", "sang": "sing", "begun": "begin", "began": "begin", "beats": "beat",
    "built": "build",
    "bought": "buy", "sold": "sell", "taught": "teach", "caught": "catch", "found": "find", "led": "lead",
    "made": "make",
    "won": "win", "told": "tell", "held": "hold", "shot": "shoot", "paid": "pay", "hidden": "hide", "hid": "hide",
}  # fmt: skip


def compare_roles(a: Reading, b: Reading, known: Reading) -> Literal["same", "different"] | None:
    """Two short statements of the same words: the sides of the verb changed, or the voice."""
    if not 3 <= len(a.words) <= MAX_WORDS or not 3 <= len(b.words) <= MAX_WORDS or a.negated or b.negated:
        return None
    left, right = _bare(a), _bare(b)
    if left == right or not (left[0] in b.vocabulary and right[0] in a.vocabulary):
        return None
    if len(left) != len(right) or a.items or b.items or a.valued:
        return _voices(left, right) or _voices(right, left)
    return _turned(left, right, a, b) or _voices(left, right) or _voices(right, left)


def _bare(reading: Reading) -> tuple[str, ...]:
    return tuple(word for word in reading.words if word not in _ARTICLES) or reading.words


def _turned(
    left: tuple[str, ...], right: tuple[str, ...], a: Reading, b: Reading
) -> Literal["same", "different"] | None:
    """X V Y against Y W X."""
    if left[:1] == ("from",) == right[:1] and left.count("to") == right.count("to") == 1:
        middle, other = left.index("to"), right.index("to")
        turned = left[1:middle] == right[other + 1 :] and left[middle + 1 :] == right[1:other]
        return "different" if turned else None
    size = len(left)
    for head in range(1, min(size - 1, 6)):
        tail = _tail(left, right, head)
        if tail and head + tail < size:
            return _verdict(left[head : size - tail], right[tail : size - head], a, b)
    return None


def _tail(left: tuple[str, ...], right: tuple[str, ...], head: int) -> int:
    """How many words at the end of `left` begin `right`, whose end is the first `head` of `left`; 0 where not so."""
    if left[:head] != right[-head:]:
        return 0
    for tail in range(min(len(left) - head - 1, 6), 0, -1):
        if left[-tail:] == right[:tail]:
            return tail
    return 0


def _verdict(
    verb: tuple[str, ...], other: tuple[str, ...], a: Reading, b: Reading
) -> Literal["same", "different"] | None:
    telling = [word for word in verb if word not in FILLERS and word not in _LINKING]
    if not telling or any(word in _LINKING for word in verb):
        return None
    if verb == other:
        doing = (
            any(_doing(word) for word in telling)
            or "than" in verb
            or bool(_SENTENCE.search(a.text) and _SENTENCE.search(b.text))
        )
        return "different" if doing else None
    opposite = len(verb) == len(other) and all(
        x == y or frozenset((x, y)) in OPPOSITES for x, y in zip(verb, other, strict=True)
    )
    return "same" if opposite else None


def _doing(word: str) -> bool:
    return (
        word in _PAST
        or word in _IRREGULAR
        or (len(word) > 3 and word.endswith(("ed", "es", "s")) and not word.endswith("ss"))
    )


def _voices(active: tuple[str, ...], passive: tuple[str, ...]) -> Literal["same", "different"] | None:
    """Does one say actively what the other says passively: X beat Y, Y was beaten by X?"""
    if passive.count("by") != 1 or "by" in active:
        return None
    place = passive.index("by")
    done = next((at for at in range(1, place - 1) if passive[at] in _BE), 0)
    if not done:
        return None
    patient, verb, agent = passive[:done], passive[done + 1 : place], passive[place + 1 :]
    for doer, done_to, verdict in ((agent, patient, "same"), (patient, agent, "different")):
        middle = active[len(doer) : len(active) - len(done_to)]
        whole = active[: len(doer)] == doer and active[len(active) - len(done_to) :] == done_to
        if doer and whole and middle and _root(middle[-1]) == _root(verb[-1]):
            return "same" if verdict == "same" else "different"
    return None


def _root(verb: str) -> str:
    return stem(_IRREGULAR.get(verb, verb))
