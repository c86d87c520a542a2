"""Numbers with what they count: percentages, money, units, ordinals, ranges."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from guard.typed.numbers import NUMERAL, grain_of, spelt, values_of
from guard.typed.tables import (
    APPROXIMATE,
    CENTS,
    CURRENCIES,
    FRACTIONS,
    LESS,
    MAGNITUDES,
    MORE,
    NATIONAL,
    ONES,
    ORDINALS,
    PARTS,
    TENS,
    TIMES,
)
from guard.typed.units import UNITS, unit_at


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


_NUMERAL: Final = re.compile(rf"-?(?:{NUMERAL}|\.\d+)")
_SUFFIX: Final = frozenset(("st", "nd", "rd", "th", "º", "ª"))
_CONTINENTAL: Final = frozenset(("€", "eur", "euro", "euros"))
_STARTS: Final = frozenset(
    (*ONES, *TENS, *ORDINALS, *TIMES, "half", "quarter", "a", "an", "minus", "negative", "million", "π", "pi")
)
_BEFORE: Final = frozenset(("$", "us$", "€", "£", "¥", "₹"))


MAX_ODDS: Final = 1000
"""The highest number that "1 in so many" is a share of: behind it a year begins."""
MAX_FEW: Final = 20
MAX_PART: Final = 4
"""Tokens up to which "a fifth" is one of five rather than the fifth of a row."""
UNSURE: Final = frozenset(("second", "stone", "s", "cups", "cup", "bar", "turns", "beats", "frames"))
"""Units whose names are other words where more follows."""
_COINS: Final = frozenset(
    "dollar dollars francs franc peso pesos rupee rupees krona kronor krone kroner pound pounds yen "
    "yuan rand rands rouble roubles ruble rubles lira liras zloty zlotys sterling reais real".split()
)


_ARTICLES: Final = frozenset(("a", "an"))
_AFTER_ARTICLE: Final = frozenset((*PARTS, *MAGNITUDES, *TIMES, *UNITS, *CURRENCIES))


class Scanner:
    """Goes once over the tokens of a folded text and sorts them into quantities and other words."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = tuple(tokens)
        self.quantities: list[Quantity] = []
        self.words: list[str] = []
        self._place = 0
        self._last = -1
        place, end, words = 0, len(self.tokens), self.words
        while place < end:
            word = self.tokens[place]
            found = None
            if word[-1].isdigit() or word in _STARTS:
                if self._at(place - 1) == "^":
                    word = f"power{word}"
                elif word not in _ARTICLES or self._at(place + 1) in _AFTER_ARTICLE:
                    found = self._number(place)
            if found is None:
                words.append(word)
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
        if word in ("π", "pi"):
            return self._pi(start, word)
        if word in ("minus", "negative"):
            found = self._number(start + 1)
            return replace(found, amount=-found.amount, value=-found.value) if found else None
        return self._spelt(start, word)

    def _pi(self, start: int, word: str) -> Quantity | None:
        """The number: a sign always, the word only alone or before what makes it one."""
        behind = self._at(start + 1)
        if word == "pi" and len(self.tokens) > 1 and behind not in UNITS and behind != "/":
            return None
        end, value = self._scaled(start + 1, math.pi)
        return replace(self._with_unit(end, value, 1e-9), rounded=True)

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
        if after == "out" and behind == "of" and self._at(end + 2).isdigit() and float(self._at(end + 2)) > value:
            return end + 3, value / float(self._at(end + 2))
        if after == "in" and behind.isdigit() and self._share(value, float(behind), end + 2):
            return end + 2, value / float(behind)
        if after in ("π", "pi"):
            return self._scaled(end + 1, value * math.pi)
        if behind.isdigit() and self._at(end + 2) == "/" and self._at(end + 3).isdigit() and not after:
            return end, value
        if (
            after.isdigit()
            and behind == "/"
            and self._at(end + 2).isdigit()
            and float(after) < float(self._at(end + 2))
        ):
            return end + 3, value + float(after) / float(self._at(end + 2))
        if after == "e" and behind == "-" and self._at(end + 2).isdigit() and len(self._at(end + 2)) < 4:
            return end + 3, value * _power(10.0, -int(self._at(end + 2)))
        power = self._at(end + 1).lstrip("-")
        if after in ("^", "e") and power.isdigit() and len(power) < 4:
            exponent = int(self._at(end + 1))
            base, factor = (value, 1.0) if after == "^" else (10.0, value)
            return end + 2, _power(base, exponent) * factor
        if after in ("x", "×", "·", "*") and behind == "10" and self._at(end + 2) == "^":
            exponent_text = self._at(end + 3)
            if exponent_text.lstrip("-").isdigit() and len(exponent_text) < 5:
                return end + 4, value * _power(10.0, int(exponent_text))
        return end, value

    def _and_part(self, end: int) -> tuple[float, int]:
        """A fraction behind "and": "two and a half", "3 and three quarters"."""
        if self._at(end) != "and":
            return 0.0, end
        one, name = self._at(end + 1), self._at(end + 2)
        if one in ("a", "one") and name in ("half", "quarter", "third"):
            return FRACTIONS[name], end + 3
        if one in ONES and name in FRACTIONS and ONES[one] * FRACTIONS[name] < 1:
            return ONES[one] * FRACTIONS[name], end + 3
        return 0.0, end

    def _spelt(self, start: int, word: str) -> Quantity | None:
        if word in TIMES or word in ("half", "quarter", "a", "an"):
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
            unit = self._part_of(end + 1) if self._at(end + 1) == "of" else 0
            if unit:
                return replace(self._with_unit(unit, portion, 0.01), spelt=True)
            return Quantity(portion, portion, spelt=True)
        if (
            value == 1
            and not ordinal
            and self._at(end + (self._at(end) == "-")) in PARTS
            and len(self.tokens) <= MAX_PART
        ):
            self._place = end + 1 + (self._at(end) == "-")
            return Quantity(PARTS[self._at(self._place - 1)], PARTS[self._at(self._place - 1)], spelt=True)
        if ordinal:
            self._place = end
            return Quantity(value, value, "ordinal", spelt=True)
        if self._at(end) == "point":
            value, end, grain = self._decimals(value, end + 1)
            return replace(self._with_unit(end, value, grain), spelt=True)
        if (self._at(end), self._at(end + 1)) in (("in", self._at(end + 1)), ("out", "of")):
            odds = self._odds(value, end + 1 + (self._at(end) == "out"))
            if odds:
                return odds
        return replace(self._with_unit(end, value, 1.0), spelt=True)

    def _odds(self, value: float, place: int) -> Quantity | None:
        """ "one in four", "three out of five": a share."""
        whole = spelt(self.tokens, place)
        if whole is None or whole[2] or not self._share(value, whole[0], whole[1]):
            return None
        self._place = whole[1]
        return Quantity(value / whole[0], value / whole[0], spelt=True)

    def _share(self, value: float, whole: float, end: int) -> bool:
        """Is "3 in 4" a share rather than a count within a time or a year?"""
        return value < whole <= (MAX_ODDS if value == 1 else MAX_FEW) and self._at(end) not in UNITS

    def _decimals(self, value: float, end: int) -> tuple[float, int, float]:
        """Digits behind "point", one word each."""
        grain = 1.0
        while self._at(end) in ONES and ONES[self._at(end)] < 10 and grain > 1e-9:
            grain /= 10
            value, end = round(value + grain * ONES[self._at(end)], 9), end + 1
        return value, end, grain

    def _part_of(self, place: int) -> int:
        """Where the unit stands of which "half a" or "quarter of an" is said; 0 where none does."""
        place += self._at(place) == "of"
        place += self._at(place) in ("a", "an", "-")
        word = self._at(place)
        return place if (len(word) > 1 and word in UNITS) or word in CURRENCIES or word in ("percent", "per") else 0

    def _idiom(self, start: int, word: str) -> Quantity | None:
        if word in ("a", "an"):
            named = self._at(start + 1)
            if len(self.tokens) - start == 2 and (named in UNITS or named in CURRENCIES) and len(named) > 2:
                return replace(self._with_unit(start + 1, 1.0, 1.0), spelt=True)
            if named == "quarter" and self._part_of(start + 2):
                return replace(self._with_unit(self._part_of(start + 2), 0.25, 0.01), spelt=True)
            if named in PARTS and (named in FRACTIONS or len(self.tokens) <= MAX_PART):
                self._place = start + 2
                return Quantity(PARTS[named], PARTS[named], spelt=True)
            if named in ("dozen", "hundred", "thousand", "million", "billion", "trillion"):
                return replace(self._with_unit(start + 1, 1.0, 1.0), spelt=True)
            return None
        unit = self._part_of(start + 1) if word in ("half", "quarter") else 0
        if unit:
            return replace(self._with_unit(unit, FRACTIONS[word], 0.01), spelt=True)
        if word == "half" and self._at(start + 1) in ("a", "-") and self._at(start + 2) in MAGNITUDES:
            return replace(self._with_unit(start + 2, 0.5, 0.1), spelt=True)
        self._place = start + 1
        value = TIMES.get(word) or FRACTIONS[word]
        return Quantity(value, value, spelt=True)

    def _with_unit(self, end: int, value: float, grain: float) -> Quantity:
        part, end = self._and_part(end)
        value, grain = value + part, min(grain, 0.25) if part else grain
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
        money = self._money(end, word, behind)
        if money:
            return money
        if word in UNSURE and behind and behind not in ("/", "per", "^"):
            return "", 1.0, end
        return unit_at(self.tokens, end) or ("", 1.0, end)

    def _money(self, end: int, word: str, behind: str) -> tuple[str, float, int] | None:
        """A currency, with the word for its country before it or after."""
        for length in (1, 2):
            currency = NATIONAL.get(self.tokens[end : end + length])
            if currency and self._at(end + length) in _COINS:
                return currency, 1.0, end + length + 1
        if (word in CENTS and behind != "of") or (word == "p" and not behind):
            return CENTS.get(word, "gbp"), 0.01, end + 1
        if word in CURRENCIES and not (word in _BEFORE and _NUMERAL.fullmatch(behind)):
            return CURRENCIES[word], 1.0, end + 1
        return None

    def _keep(self, found: Quantity, start: int) -> None:
        """Add a quantity: its currency, sign of comparison and range stand before it; "5 ft 7 in" is one."""
        before, first = self._at(start - 1), start
        if before in CURRENCIES and not found.dimension and len(before) <= 3 and before != "real":
            found = replace(found, dimension=CURRENCIES[before])
            self._forget(before)
            before, first = self._at(start - 2), start - 1
        marks = {self._at(place) for place in range(max(start - 3, self._last + 1), start)}
        if not marks.isdisjoint(_MARKED):
            found = replace(
                found,
                rounded=found.rounded or not marks.isdisjoint(APPROXIMATE),
                bound=">" if marks & MORE and not marks & {"up"} else "<" if marks & LESS else "",
            )
        last = self.quantities[-1] if self.quantities and first - self._last in (1, 2) else None
        year = self._year(last, found, start)
        if year:
            self.quantities[-1] = year
        elif last and (start - self._last == 1 or before == "and") and _continued(last, found):
            self.quantities[-1] = replace(last, value=last.value + found.value, amount=last.value + found.value)
        elif last and first - self._last == 2 and self._joins(before, start) and _spans(last, found):
            scale = found.value / found.amount if found.amount and not last.dimension else 1.0
            low = last.value * scale
            self.quantities[-1] = replace(found, amount=last.amount, value=low, upper=found.value)
            self._forget(before)
        else:
            self.quantities.append(found)
        self._last = self._place - 1

    def _year(self, last: Quantity | None, found: Quantity, start: int) -> Quantity | None:
        """A year said in two halves: "nineteen sixty-nine"."""
        if not last or start - self._last != 1 or not (last.spelt and found.spelt) or last.dimension or found.dimension:
            return None
        if not (13 <= last.value <= 20 and 10 <= found.value < 100 and last.value == int(last.value)):
            return None
        year = 100 * last.value + found.value
        return Quantity(year, year)

    def _joins(self, before: str, start: int) -> bool:
        return before in _TO or (before == "and" and "between" in self.tokens[max(start - 6, 0) : start])

    def _forget(self, word: str) -> None:
        if self.words and self.words[-1] == word:
            self.words.pop()


_MARKED: Final = APPROXIMATE | MORE | LESS
_COMPOUND: Final = frozenset(("length", "time", "mass", "usd", "gbp", "eur"))
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
