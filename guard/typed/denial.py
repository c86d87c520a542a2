"""A statement and its denial: negations, negating prefixes and words that exclude each other, counted.

"Not impossible" is possible, "not legal" illegal,
"not alive" dead: two statements of the same words tell the same where
both deny them or both do not.
"""

from __future__ import annotations

from typing import Final, Literal

from guard.typed.reading import SHORT, Reading
from guard.typed.words import COMPLEMENTS, FILLERS, NEGATIONS

Verdict = Literal["same", "different"]
ALIKE: Final = 0.6
"""Share of common words from which two texts of any length are the same statement."""
_AUXILIARY: Final = frozenset("do does did can could should must may might will would".split())
_EMPTY: Final = FILLERS | _AUXILIARY | NEGATIONS | frozenset(
    "ever any anything anyone anybody anywhere there exist exists existed always at all also such been "
    "being that's".split()
) | frozenset("うあるでせんなか")  # fmt: skip
_ENDINGS: Final = ("able", "ible", "ing", "ful", "ed", "es", "s", "e", "d")
_PREFIXES: Final = ("un", "in", "im", "il", "ir", "non", "dis", "not", "небез", "не", "без", "ir", "無", "不", "非")
_PRONOUNS: Final = frozenset("it he she they this that these those".split())
_ENGLISH: Final = frozenset("not no never none nobody nothing nowhere cannot without neither".split())


def compare_negation(a: Reading, b: Reading, known: Reading) -> Verdict | None:
    """The same words, denied on one side only or on both."""
    bare = any(one.polarity and len(one.words) == 1 for one in (a, b))
    if not (a.negated or b.negated) or bare or known.negated or a.valued != b.valued:
        return None
    longer = max(len(a.claim), len(b.claim))
    if longer <= SHORT and a.claim and b.claim:
        verdict, settled = _counted(a, b)
        if verdict or settled:
            return verdict
    return _overlapping(a, b) if a.negated != b.negated else None


def _counted(a: Reading, b: Reading) -> tuple[Verdict | None, bool]:
    """The verdict where both say the same words, and whether the negations are even otherwise."""
    left, odd_left = _stems(a.claim)
    right, odd_right = _stems(b.claim)
    left, right, flips = _aligned(left, right)
    odd = odd_left ^ odd_right ^ bool(flips % 2)
    if left and _told(left, right, a, b):
        if _nots(a) != _nots(b) and max(_nots(a), _nots(b)) > 1:
            return None, True
        return "different" if odd else "same", True
    return None, not odd and bool(flips or COMPLEMENTS.keys() & {*a.claim, *b.claim})


def _nots(reading: Reading) -> int:
    return sum(word in _ENGLISH for word in reading.claim)


def _told(left: list[str], right: list[str], a: Reading, b: Reading) -> bool:
    """The same words, or on one side a pronoun for what the other names first."""
    if frozenset(left) == frozenset(right):
        return a.symbols == b.symbols and not (a.valued or b.valued)
    for few, many, brief in ((left, right, a), (right, left, b)):
        missing = len(many) - len(few)
        if brief.claim[0] in _PRONOUNS and 0 < missing <= 2 and many[missing:] == few and not (a.valued or b.valued):
            return True
    return False


def _stems(words: tuple[str, ...]) -> tuple[list[str], bool]:
    """What the words come down to, and whether they deny it."""
    odd = not NEGATIONS.isdisjoint(words)
    stems = []
    for word in words:
        if word in COMPLEMENTS:
            base, flips = COMPLEMENTS[word]
            odd ^= flips
            stems.append(base)
        elif word not in _EMPTY:
            stems.append(stem(word))
    return stems, odd


def stem(word: str) -> str:
    """The word without a common English ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


def _aligned(left: list[str], right: list[str]) -> tuple[list[str], list[str], int]:
    """Both with negating prefixes taken off where the other side has the plain word, and how many were."""
    first, changed = _plain(left, frozenset(right))
    second, more = _plain(right, frozenset(left))
    return first, second, changed + more


def _plain(stems: list[str], others: frozenset[str]) -> tuple[list[str], int]:
    plain, flips = [], 0
    for word in stems:
        base = _base(word, others) if word not in others else None
        flips += base is not None
        plain.append(base or word)
    return plain, flips


def _base(word: str, others: frozenset[str]) -> str | None:
    if word.endswith("less") and word[:-4] in others:
        return word[:-4]
    bases = (word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix))
    return next((base for base in bases if len(base) > 1 and base in others), None)


def _overlapping(a: Reading, b: Reading) -> Verdict | None:
    """Texts that say nearly the same words, one of them with a negation."""
    left, right = _stripped(a), _stripped(b)
    shared = len(left & right)
    if left == right and max(len(a.words), len(b.words)) <= SHORT:
        return "different"
    if not shared:
        return None
    if max(len(a.words), len(b.words)) > SHORT:
        return "different" if shared >= 0.95 * max(len(left), len(right)) else None
    denied, plain = (a, right) if a.negated else (b, left)
    if len(plain) * 3 <= len(denied.words):
        return "different" if _denies(denied, plain) else None
    return "different" if shared >= ALIKE * min(len(left), len(right)) else None


def _denies(denied: Reading, said: frozenset[str]) -> bool:
    """Does a negation stand right before the words that the other side says, and are they said nowhere else?"""
    places = [place for place, word in enumerate(denied.words) if word in said]
    return bool(places) and not NEGATIONS.isdisjoint(denied.words[max(places[0] - 3, 0) : places[0]])


def _stripped(reading: Reading) -> frozenset[str]:
    """Content words without the negation itself; an "isn't" leaves "is", which tells nothing."""
    return frozenset(word for word in reading.content if word not in NEGATIONS and word not in _AUXILIARY)
