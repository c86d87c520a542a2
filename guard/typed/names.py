"""Names of people, places and bodies: titles, initials, short forms."""

from __future__ import annotations

from typing import Final, Literal

from guard.typed.reading import Reading
from guard.typed.words import NICKNAMES, PHRASES, TITLES

MAX_WORDS: Final = 8
BODIES: Final = frozenset(PHRASES.values())
"""Countries and bodies known by more than one name."""
_SMALL: Final = frozenset(("of", "the", "and", "for", "in", "on", "de", "la", "a"))


def compare_names(a: Reading, b: Reading, known: Reading) -> Literal["same", "different"] | None:
    """Two names: the same when titles, initials and short forms agree, different when initials or bodies contradict."""
    if a.valued or b.valued or a.negated or b.negated:
        return None
    if a.content != b.content and a.content in BODIES and b.content in BODIES:
        return "different"
    for one, other in ((a, b), (b, a)):
        if stands_for(one, other):
            return "same"
    if max(len(a.words), len(b.words)) > MAX_WORDS:
        return None
    left, right = _person(a), _person(b)
    if not left or not right or left[-1] != right[-1] or len(left[-1]) < 3:
        return None
    if left == right:
        return "same"
    if len(left) == 1 or len(right) == 1:
        return "same" if len(left[-1]) > 3 and max(len(left), len(right)) <= 3 and (_titled(a) or _titled(b)) else None
    return _given(left[:-1], right[:-1])


def _person(reading: Reading) -> tuple[str, ...]:
    """The name's words without titles, initials run together ("jk") taken apart."""
    words = [word for word in reading.content if word not in TITLES]
    if len(words) == 2 and len(words[0]) == 2 and not set(words[0]) & set("aeiou"):
        words = [*words[0], words[1]]
    return tuple(words)


def _titled(reading: Reading) -> bool:
    """A surname alone, with a title before it."""
    return len(_person(reading)) == 1 and len(reading.content) > 1


def _given(left: tuple[str, ...], right: tuple[str, ...]) -> Literal["same", "different"] | None:
    """Given names before one surname."""
    first, second = left[0], right[0]
    if not alike(first, second):
        return None
    middle, other = left[1:], right[1:]
    if middle and other and all(map(_initial, (*middle, *other))) and middle != other:
        return "different"
    full = len(left) == len(right) and all(map(alike, left, right))
    return "same" if full or _initial(first) or _initial(second) else None


def _initial(word: str) -> bool:
    return len(word) == 1


def alike(first: str, second: str) -> bool:
    """May two given names be one: equal, a short form, an initial."""
    if _initial(first) or _initial(second):
        return first[0] == second[0]
    return first == second or NICKNAMES.get(first, first) == NICKNAMES.get(second, second)


def stands_for(short: Reading, full: Reading) -> bool:
    """Is one answer the initials of the other ("FBI", "Federal Bureau of Investigation")?"""
    letters = "".join(short.words)
    if not 2 <= len(letters) <= 8 or not (len(short.words) == 1 or all(len(word) == 1 for word in short.words)):
        return False
    words = [word for word in full.words if word not in _SMALL]
    if len(words) < 2 or len(words) > 9:
        return False
    initials = "".join(word[0] for word in words)
    return letters in (initials, "".join(word[0] for word in full.words if word not in ("the", "a")))
