"""Numbers with what they count: percentages, money, units, ordinals, ranges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from guard.typed.numbers import NUMERAL, grain_of, roman, spelt, values_of
from guard.typed.tables import (
    APPROXIMATE,
    CURRENCIES,
    FRACTIONS,
    LESS,
    MAGNITUDES,
    MORE,
    ONES,
    ORDINALS,
    TENS,
    TIMES,
    UNITS,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number: `amount` as told, `value` in the first unit of its dimension; `dimension` is empty for a bare number.

    `grain` is the last place told ("12.5 million": 100,000), `spelt` whether it stands in words ("one"), which prose
    uses without counting anything, `rounded` whether it is told as about so many, `magnified` whether by a word of
    magnitude.
    """

    amount: float
    value: float
    dimension: str = ""
    grain: float = 1.0
    rounded: bool = False
    magnified: bool = False
    bound: str = ""
    upper: float | None = None
    spelt: bool = False


_CJK: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_MARKS: Final = "\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff"
"""Vowel signs, which Python counts as no letters."""
TOKEN: Final = re.compile(
    rf"(?:(?<![\w)])-(?=\.?\d))?(?:{NUMERAL}|(?<![\d.])\.\d+)|us\$|°[cf]?\b|°|百万|[{_CJK}]|(?:[^\W\d_{_CJK}]|[{_MARKS}])+(?:'[^\W\d_]+)?"
    r"|[-%$€£¥₹₩₽<>≤≥~/^√×+#=]"
)
_NUMERAL: Final = re.compile(rf"-?(?:{NUMERAL}|\.\d+)")
_SUFFIX: Final = frozenset(("st", "nd", "rd", "th", "º", "ª"))
_CONTINENTAL: Final = frozenset(("€", "eur", "euro", "euros"))
_STARTS: Final = frozenset((*ONES, *TENS, *ORDINALS, *TIMES, "half", "quarter", "a", "minus", "negative", "million"))
_SQUARE: Final = {
    **dict.fromkeys(("km", "kilometers", "kilometres"), "sqkm"),
    **dict.fromkeys(("mi", "mile", "miles"), "sqmi"),
    **dict.fromkeys(("m", "meters", "metres"), "sqm"),
    **dict.fromkeys(("ft", "feet"), "sqft"),
}
_BEFORE: Final = frozenset(("$", "us$", "€", "£", "¥", "₹"))
_PER: Final = {"km": "kph", "kilometers": "kph", "kilometres": "kph", "mi": "mph", "miles": "mph", "m": "mps",
               "meters": "mps", "metres": "mps"}  # fmt: skip


class Scanner:
    """Goes once over the tokens of a folded text and sorts them into quantities and other words."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = tuple(tokens)
        self.quantities: list[Quantity] = []
        self.words: list[str] = []
        self._place = 0
        self._last = -1
        place, end = 0, len(self.tokens)
        while place < end:
            word = self.tokens[place]
            found = self._number(place) if word in _STARTS or word[-1].isdigit() else None
            if found is None:
                self.words.append(word)
                place += 1
            else:
                self._keep(found, place)
                place = self._place

    def _at(self, place: int) -> str:
        return self.tokens[place] if 0 <= place < len(self.tokens) else ""

    def _number(self, start: int) -> Quantity | None:
        """A number that starts here, with `_place` moved behind it and its unit."""
        word = self._at(start)
        if _NUMERAL.fullmatch(word):
            return self._numeral(start, word)
        if word not in _STARTS:
            return None
        if word in ("minus", "negative"):
            found = self._number(start + 1)
            return replace(found, amount=-found.amount, value=-found.value) if found else None
        return self._spelt(start, word)

    def _numeral(self, start: int, word: str) -> Quantity | None:
        sign = -1.0 if word.startswith("-") else 1.0
        told = word.lstrip("-")
        continental = self._at(start + 1) in _CONTINENTAL or self._at(start - 1) == "€"
        values = (float(told),) if told.startswith(".") else values_of(told, continental)
        if len(values) != 1:
            self.quantities += [Quantity(value, value) for value in values[:-1]]
            values = values[-1:]
            if not values:
                return None
        end, value, grain = start + 1, values[0], grain_of(told, values[0])
        end, value = self._scaled(end, value)
        if self._at(end) in _SUFFIX:
            self._place = end + 1
            return Quantity(value, value, "ordinal")
        return self._with_unit(end, sign * value, grain)

    def _scaled(self, end: int, value: float) -> tuple[int, float]:
        """Fractions, powers and exponents behind a numeral."""
        after, behind = self._at(end), self._at(end + 1)
        if after == "/" and behind.isdigit() and float(behind) and value < 1e4:
            return end + 2, value / float(behind)
        if behind.isdigit() and self._at(end + 2) == "/" and self._at(end + 3).isdigit() and not after:
            return end, value
        if (
            after.isdigit()
            and behind == "/"
            and self._at(end + 2).isdigit()
            and float(after) < float(self._at(end + 2))
        ):
            return end + 3, value + float(after) / float(self._at(end + 2))
        power = self._at(end + 1).lstrip("-")
        if after in ("^", "e") and power.isdigit() and len(power) < 4:
            exponent = int(self._at(end + 1))
            base, factor = (value, 1.0) if after == "^" else (10.0, value)
            return end + 2, _power(base, exponent) * factor
        if after in ("x", "×") and behind == "10" and self._at(end + 2) == "^":
            exponent_text = self._at(end + 3)
            if exponent_text.lstrip("-").isdigit() and len(exponent_text) < 5:
                return end + 4, value * _power(10.0, int(exponent_text))
        return end, value

    def _spelt(self, start: int, word: str) -> Quantity | None:
        if word in TIMES or word in ("half", "quarter", "a"):
            return self._idiom(start, word)
        if word == "million":
            return None
        found = spelt(self.tokens, start)
        if found is None:
            return None
        value, end, ordinal = found
        if not ordinal and self._at(end + (self._at(end) == "-")) in FRACTIONS:
            end += self._at(end) == "-"
            self._place = end + 1
            portion = value * FRACTIONS[self._at(end)]
            return Quantity(portion, portion, spelt=True)
        if ordinal:
            self._place = end
            return Quantity(value, value, "ordinal", spelt=True)
        if self._at(end) == "point" and self._at(end + 1) in ONES:
            value, end = value + ONES[self._at(end + 1)] / 10, end + 2
        return replace(self._with_unit(end, value, 1.0), spelt=True)

    def _idiom(self, start: int, word: str) -> Quantity | None:
        if word == "a":
            named = self._at(start + 1)
            if named in ("dozen", "hundred", "thousand", "million", "billion", "trillion", "quarter", "third", "half"):
                if named in FRACTIONS:
                    self._place = start + 2
                    return Quantity(FRACTIONS[named], FRACTIONS[named], spelt=True)
                return replace(self._with_unit(start + 1, 1.0, 1.0), spelt=True)
            return None
        if word == "half" and self._at(start + 1) in ("a", "-") and self._at(start + 2) in MAGNITUDES:
            return replace(self._with_unit(start + 2, 0.5, 0.1), spelt=True)
        self._place = start + 1
        value = TIMES.get(word) or FRACTIONS[word]
        return Quantity(value, value, spelt=True)

    def _with_unit(self, end: int, value: float, grain: float) -> Quantity:
        scale, magnified = 1.0, False
        while self._at(end) in MAGNITUDES and self._at(end + 1) != "of" and scale < 1e15:
            scale, end, magnified = scale * MAGNITUDES[self._at(end)], end + 1, True
        value *= scale
        if magnified:
            more, end = self._rest(end)
            value += more
        dimension, size, self._place = self._unit(end)
        return Quantity(value, value * size, dimension, grain * scale * size, magnified=magnified)

    def _rest(self, end: int) -> tuple[float, int]:
        """What follows a magnitude: "five thousand two hundred", "two million and ten"."""
        found = spelt(self.tokens, end + (self._at(end) == "and"))
        if found is None or found[2] or found[0] >= 1000:
            return 0.0, end
        value, end, _ = found
        if self._at(end) != "thousand":
            return value, end
        more, after = self._rest(end + 1)
        return 1000 * value + more, after

    def _unit(self, end: int) -> tuple[str, float, int]:
        if self._at(end) == "-" and self._at(end + 1) in UNITS:
            end += 1
        word, behind = self._at(end), self._at(end + 1)
        if word in ("%", "percent", "percentage", "pct", "prozent") or (word == "per" and behind == "cent"):
            return "%", 1.0, end + 1 + (word == "per")
        if word in ("por", "pour") and behind in ("ciento", "cent"):
            return "%", 1.0, end + 2
        if word in CURRENCIES and not (word in _BEFORE and _NUMERAL.fullmatch(behind)):
            return CURRENCIES[word], 1.0, end + 1
        if word in ("us", "u.s") and behind in ("dollars", "dollar"):
            return "usd", 1.0, end + 2
        if word in ("square", "sq") and behind in _SQUARE:
            return *UNITS[_SQUARE[behind]], end + 2
        if word in _PER and behind in ("/", "per") and self._at(end + 2) in ("h", "hr", "hour", "s", "second"):
            name = "mps" if _PER[word] == "mps" else _PER[word]
            return *UNITS[name], end + 3
        if (
            word in _SQUARE
            and behind in ("2", "^")
            and word in ("km", "mi", "m", "ft")
            and self._at(end + 2) not in UNITS
        ):
            return *UNITS[_SQUARE[word]], end + 2 + (behind == "^")
        if word == "degrees" and behind in UNITS:
            return *UNITS[behind], end + 2
        if word in ("light",) and behind in ("years", "year", "-"):
            return *UNITS["ly"], end + 2 + (behind == "-")
        if word in UNITS and not (word in ("second", "stone", "s") and behind):
            return *UNITS[word], end + 1
        return "", 1.0, end

    def _keep(self, found: Quantity, start: int) -> None:
        """Add a quantity: its currency, sign of comparison and range stand before it; "5 ft 7 in" is one."""
        before = self._at(start - 1)
        if before in CURRENCIES and not found.dimension and len(before) <= 3:
            found = replace(found, dimension=CURRENCIES[before])
            self._forget(before)
            before = self._at(start - 2)
        marks = {self._at(place) for place in range(max(start - 3, self._last + 1), start)}
        found = replace(
            found,
            rounded=found.rounded or not marks.isdisjoint(APPROXIMATE),
            bound=">" if marks & MORE and not marks & {"up"} else "<" if marks & LESS else "",
        )
        last = self.quantities[-1] if self.quantities and start - self._last in (1, 2) else None
        if last and start - self._last == 1 and _continued(last, found):
            self.quantities[-1] = replace(last, value=last.value + found.value, amount=last.value + found.value)
        elif last and start - self._last == 2 and self._joins(before, start) and _spans(last, found):
            scale = found.value / found.amount if found.amount and not last.dimension else 1.0
            low = last.value * scale
            self.quantities[-1] = replace(found, amount=last.amount, value=low, upper=found.value)
            self._forget(before)
        else:
            self.quantities.append(found)
        self._last = self._place - 1

    def _joins(self, before: str, start: int) -> bool:
        return before in _TO or (before == "and" and "between" in self.tokens[max(start - 6, 0) : start])

    def _forget(self, word: str) -> None:
        if self.words and self.words[-1] == word:
            self.words.pop()


_COMPOUND: Final = frozenset(("length", "time", "mass"))
_TO: Final = frozenset(("-", "to", "through", "until", "till", "bis", "à"))


def _continued(whole: Quantity, part: Quantity) -> bool:
    """Is the second the rest of the first ("5 ft 7 in"): less than one of its units?"""
    unit = whole.value / whole.amount if whole.amount else 0.0
    return whole.dimension == part.dimension and part.dimension in _COMPOUND and 0 < part.value < unit


def _spans(low: Quantity, high: Quantity) -> bool:
    """Can the two be the ends of a range?"""
    return low.upper is None and high.dimension != "ordinal" and low.dimension in ("", high.dimension)


def _power(base: float, exponent: int) -> float:
    try:
        return base**exponent
    except (OverflowError, ZeroDivisionError):
        return float("inf")


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
