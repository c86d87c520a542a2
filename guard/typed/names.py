"""Names of people, places and bodies: titles, initials, short forms."""

from __future__ import annotations

from typing import Final, Literal

from guard.typed.aliases import CHEMICALS, LONGER, NAMES, SYNONYMS, american
from guard.typed.places import BEFORE, BEHIND, NATIONAL, REGIONS, SAME_ANYWAY
from guard.typed.reading import Reading
from guard.typed.words import NICKNAMES, PHRASES, TITLES

MAX_WORDS: Final = 8
BODIES: Final = frozenset(PHRASES.values())
"""Countries and bodies known by more than one name."""
_SMALL: Final = frozenset(("of", "the", "and", "for", "in", "on", "de", "la", "a"))


SUFFIXES: Final = frozenset("jr sr phd md esq junior senior".split())
_ARTICLES: Final = frozenset(("the", "a", "an"))


def compare_aliases(a: Reading, b: Reading, known: Reading) -> Literal["same", "different"] | None:
    """Two names of one substance, thing, place or person; two substances."""
    if max(len(a.words), len(b.words)) > MAX_WORDS:
        return None
    left, right = _whole(a), _whole(b)
    for table in (CHEMICALS, NAMES, SYNONYMS):
        if left in table and right in table:
            same = table[left] == table[right]
            if same or table is CHEMICALS:
                return "same" if same else "different"
    if (
        a.negated
        or b.negated
        or a.valued
        or b.valued
        or len(a.content) != len(b.content)
        or a.content == b.content
        or a.symbols != b.symbols
    ):
        return None
    pairs = zip(a.content, b.content, strict=True)
    return "same" if all(one == two or _one_word(one, two) for one, two in pairs) else None


def _whole(reading: Reading) -> str:
    """The answer without its article and last stop."""
    text = reading.text.strip(" .!\"'")
    first, _, rest = text.partition(" ")
    return (rest if first in _ARTICLES and rest else text).replace(".", "")


def _one_word(one: str, two: str) -> bool:
    if SYNONYMS.get(one, -1) == SYNONYMS.get(two, -2):
        return True
    return len(one) > 3 and american(one) == american(two)


def compare_labels(a: Reading, b: Reading, known: Reading) -> Literal["different"] | None:
    """The same words but for one letter that stands alone: hepatitis A, hepatitis B."""
    if len(a.words) != len(b.words) or not 2 <= len(a.words) <= MAX_WORDS:
        return None
    differing = [(one, two) for one, two in zip(a.words, b.words, strict=True) if one != two]
    alone = len(differing) == 1 and all(len(word) == 1 and word.isascii() for word in differing[0])
    return "different" if alone else None


def compare_modified(a: Reading, b: Reading, known: Reading) -> Literal["different"] | None:
    """A name, and the same with a word before or behind it that makes it another: Virginia, West Virginia."""
    if not 0 < abs(len(a.content) - len(b.content)) <= 3 or a.valued or b.valued or a.symbols != b.symbols:
        return None
    if (
        "university" in a.vocabulary
        and a.vocabulary ^ b.vocabulary in _STATE
        and "university" in a.vocabulary & b.vocabulary
    ):
        return "different"
    short, long = sorted((_told(a), _told(b)), key=len)
    more = len(long) - len(short)
    if not short or not 0 < more <= 3 or len(long) > MAX_WORDS:
        return None
    if long[:-more] == short and more <= 2:
        behind = long[-more:]
        placed = " ".join(short) in REGIONS and short != ("new", "york") and behind[0] in BEHIND and more == 1
        return "different" if placed or long[: len(short) + 1] in LONGER else None
    if long[:-more] == short:
        return None
    start = next(place for place, word in enumerate(long) if place >= len(short) or word != short[place])
    added = long[start : start + more]
    if long[start + more :] != short[start:] or added + long[start + more : start + more + 1] in SAME_ANYWAY:
        return None
    following = long[start + more]
    if long in LONGER:
        return "different"
    made = (
        all(word in BEFORE for word in added)
        or (added[-1] in NATIONAL and following in NATIONAL[added[-1]])
        or (added == ("democratic",) and following in ("republic", "people"))
    )
    return "different" if made else None


_STATE: Final = (frozenset(("state",)), frozenset(("state", "of")), frozenset(("state", "of", "the")))


def _told(reading: Reading) -> tuple[str, ...]:
    """The content without titles before it."""
    content = reading.content
    while len(content) > 1 and content[0] in TITLES:
        content = content[1:]
    return content


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
    """The name's words without titles before and behind it, initials run together ("jk") taken apart."""
    words = list(reading.content)
    while len(words) > 1 and words[0] in TITLES:
        del words[0]
    while len(words) > 1 and words[-1] in SUFFIXES:
        del words[-1]
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
    said = short.words[1:] if short.words[:1] == ("the",) else short.words
    letters = "".join(said)
    if not 2 <= len(letters) <= 8 or not (len(said) == 1 or all(len(word) == 1 for word in said)):
        return False
    words = [word for word in full.words if word not in _SMALL]
    if len(words) < 2 or len(words) > 9:
        return False
    initials = "".join(word[0] for word in words)
    return letters in (initials, "".join(word[0] for word in full.words if word not in ("the", "a")))
