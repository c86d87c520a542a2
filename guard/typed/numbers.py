"""Numerals as values, whatever the separators of thousands and decimals."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from guard.typed.tables import ONES, ORDINALS, TENS

NUMERAL: Final = r"\d+(?:[.,_;']\d+)*"
_ROMAN: Final = re.compile(r"(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,4})")
_WORTH: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_SEPARATOR: Final = re.compile(r"[.,_;']")


def values_of(numeral: str, continental: bool = False) -> tuple[float, ...]:
    """The value of a numeral; more than one for a list written without spaces ("1,2,3"), none for a label ("1.2.3").

    Commas, dots, apostrophes, underscores or semicolons that leave groups of three are thousands, a single separator
    that does not is a decimal one. "1.000" is read as 1, unless `continental`: then as 1000.
    """
    separators = set(_SEPARATOR.findall(numeral))
    groups = _SEPARATOR.split(numeral)
    if not separators:
        return (float(numeral),)
    if len(separators) == 2:
        return _mixed(numeral)
    separator = separators.pop()
    thousands = len(groups[0]) <= 3 and groups[0] != "0" and all(len(group) == 3 for group in groups[1:])
    if thousands and (separator != "." or len(groups) > 2 or continental):
        return (float("".join(groups)),)
    if len(groups) == 2 and (separator == "." or (separator == "," and (len(groups[1]) < 3 or groups[0] == "0"))):
        return (float(".".join(groups)),)
    return () if separator == "." else tuple(map(float, groups))


def _mixed(numeral: str) -> tuple[float, ...]:
    """Two kinds of separators: the last one is the decimal's, where it is alone."""
    decimal = _SEPARATOR.findall(numeral)[-1]
    whole, _, rest = numeral.rpartition(decimal)
    groups = _SEPARATOR.split(whole)
    if decimal not in ".," or decimal in whole or any(len(group) != 3 for group in groups[1:]):
        return tuple(float(group) for group in _SEPARATOR.split(numeral))
    return (float(f"{''.join(groups)}.{rest}"),)


def grain_of(numeral: str, value: float) -> float:
    """The last place a numeral tells: 0.1 for "12.5", 1000 for "40,000"."""
    if value != int(min(value, 1e18)):
        return float(10.0 ** -min(len(_SEPARATOR.split(numeral)[-1]), 12))
    digits = _SEPARATOR.sub("", numeral)
    return float(10.0 ** (min(len(digits) - len(digits.rstrip("0")), 15) if value else 0))


def roman(text: str) -> int | None:
    """The value of an upper-case Roman numeral, else None."""
    if len(text) > 12 or not _ROMAN.fullmatch(text):
        return None
    worth = [_WORTH[letter] for letter in text]
    return sum(-one if one < after else one for one, after in zip(worth, [*worth[1:], 0], strict=True))


def regnal(text: str) -> tuple[int, ...]:
    """Roman numerals of an answer: the whole of it, or behind a capitalised word ("Henry VIII", "World War II")."""
    words = text.split()
    if len(words) == 1:
        alone = roman(words[0].strip(".,;:!?()"))
        return (alone,) if alone else ()
    found = (
        roman(word.strip(".,;:!?()'\"’s") if len(word) > 2 else word)
        for before, word in pairwise(words)
        if before[:1].isupper() and before[-1:].isalpha() and word[:1] in "IVX" and len(before) > 1
    )
    return tuple(number for number in found if number)


def spelt(words: tuple[str, ...], start: int) -> tuple[float, int, bool] | None:
    """A number in English words from `start`: its value, where it ends, whether it is an ordinal.

    Hundreds are read here, greater magnitudes by who reads "40 million" too.
    """
    total, place, found = 0.0, start, False
    while place < len(words):
        word = words[place]
        if word in ONES and (not found or (words[place - 1] in TENS and ONES[word] < 10) or words[place - 1] in _LINKS):
            total += ONES[word]
        elif word in TENS and (not found or words[place - 1] in _LINKS):
            total += TENS[word]
        elif word == "hundred" and found and 0 < total < 100:
            total *= 100
        elif word in ORDINALS and (not found or words[place - 1] in TENS or words[place - 1] in _LINKS):
            return total + ORDINALS[word], place + 1, True
        elif not (found and word in _LINKS and _continues(words, place)):
            break
        found, place = True, place + 1
    return (total, place, False) if found else None


_LINKS: Final = frozenset(("-", "and", "hundred"))


def _continues(words: tuple[str, ...], place: int) -> bool:
    """Does a hyphen or "and" join two parts of one number ("twenty-one", "hundred and five")?"""
    if place + 1 >= len(words):
        return False
    before, after = words[place - 1], words[place + 1]
    if words[place] == "-":
        return before in TENS and (ONES.get(after, 0) in range(1, 10) or ORDINALS.get(after, 0) in range(1, 10))
    return before == "hundred" and (after in ONES or after in TENS)
