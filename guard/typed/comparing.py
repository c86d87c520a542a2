"""Do two readings tell the same, contradict each other, or leave it open?

Each rule answers for what it knows and leaves the rest to the next; the first answer counts. All are symmetric.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal

from rapidfuzz import fuzz

from guard.typed.dates import Date, Period, When
from guard.typed.names import compare_names
from guard.typed.quantities import Quantity
from guard.typed.reading import Reading, read, years_of
from guard.typed.words import NEGATING_PREFIXES, NEGATIONS, OPPOSITES

Verdict = Literal["same", "different"]
Known = Reading
"""The question, whose words and values tell nothing."""

NOTHING: Final = Reading("", (), ())
SHORT: Final = 25
"""Words up to which a text is one statement, so that a number in it is the answer's."""
SPELT_ALIKE: Final = 60
MAX_ITEM: Final = 4
MAX_SYMBOL: Final = 3
ALIKE: Final = 0.6
"""Share of common words from which two texts of any length are the same statement."""
CONVERTED: Final = 0.01
"""Relative error that a conversion of units may bring by rounding."""
EXACT: Final = 1e-9


def compare(a: str, b: str, question: str = "") -> Verdict | None:
    """'same', 'different', or None where typed values leave it open. Words of the question tell nothing. Symmetric;
    an answer in which nothing can be seen is the same as none."""
    return compare_readings(read(a), read(b), read(question))


def compare_readings(a: Reading, b: Reading, known: Known = NOTHING) -> Verdict | None:
    """`compare` for answers that are read already; `known` is the question."""
    if not a.text or not b.text:
        return "different"
    if a.text.strip(" .!\"'") == b.text.strip(" .!\"'"):
        return "same"
    for rule in RULES:
        verdict = rule(a, b, known)
        if verdict:
            return verdict
    return None


def compare_choices(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """Letters of a multiple choice."""
    if a.choice and b.choice:
        return "same" if a.choice == b.choice else "different"
    return None


def compare_codes(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """Formulae and labels: equal to the letter or not at all."""
    if a.code and b.code:
        return "same" if a.code == b.code else "different"
    for one, other in ((a, b), (b, a)):
        if one.code and len(other.text) <= MAX_SYMBOL and other.text.isalpha() and one.code.startswith(other.text[0]):
            return "different"
    return None


def compare_chosen(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """Where the question offers a choice, two answers that differ only in what they pick of it."""
    if "or" not in known.vocabulary or max(len(a.words), len(b.words)) > SHORT:
        return None
    left, right = frozenset(a.content), frozenset(b.content)
    if left - known.vocabulary != right - known.vocabulary:
        return None
    return "different" if left - right and right - left else None


def compare_polarity(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """Yes and no, with or without an explanation; an explanation alone affirms or denies."""
    if a.polarity and b.polarity:
        return "same" if a.polarity == b.polarity else "different"
    for one, other in ((a, b), (b, a)):
        if one.polarity and len(one.words) == 1 and len(other.words) <= SHORT and not other.polarity:
            if one.polarity == "yes" and other.negated and known.vocabulary & set(other.content):
                return "different"
            if one.polarity == "no" and not other.negated and len(known.vocabulary & set(other.content)) >= 2:
                return "different"
    return None


def compare_negation(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """A statement and its denial: the same words but for the negation."""
    bare = any(one.polarity and len(one.words) == 1 for one in (a, b))
    if a.negated == b.negated or bare or known.negated:
        return None
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
    return frozenset(word for word in reading.content if word not in NEGATIONS | _AUXILIARY)


_AUXILIARY: Final = frozenset("do does did can could should must may might will would".split())


def compare_values(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """Numbers, dates and times: those of a statement against those of the other."""
    if not (a.valued and b.valued):
        return None
    left, right = _values(a, b, known), _values(b, a, known)
    if not left or not right:
        return None
    if not _comparable(a, b):
        return None
    core_left, core_right = is_core(a, known), is_core(b, known)
    ordered = a.text.startswith("(") and b.text.startswith("(") and len(left) == len(right)
    if ordered and any(agree(one, two) is False for one, two in zip(left, right, strict=True)):
        return "different"
    if not (_within(left, right) or _within(right, left)):
        return None if _related(left, right) else "different"
    if core_left and core_right and _same_all(left, right):
        return _counted(a, b, known)
    return None


Value = Quantity | tuple[Date, ...] | Period | int
"""A quantity, a date in all its readings, a period, or a time in minutes."""


def _values(reading: Reading, other: Reading, known: Known) -> tuple[Value, ...]:
    """The values that count: words like "one" only where both sides are short, none that the question names."""
    values: Sequence[Value] = values_against(reading, other)
    if len(reading.words) > 3 or len(other.words) > 6:
        values = [v for v in values if not isinstance(v, Quantity) or not v.spelt or v.value > 12 or v.dimension]
    if known.quantities and len(reading.words) > 2 and "or" not in known.vocabulary:
        told = {quantity.value for quantity in other.quantities}
        asked = {quantity.value for quantity in known.quantities} - told
        values = [v for v in values if not isinstance(v, Quantity) or v.value not in asked]
    return tuple(values)


def values_against(reading: Reading, other: Reading) -> tuple[Value, ...]:
    """All values of one answer; a bare number that may be a year is one where the other side tells dates."""
    if other.dates or reading.dates:
        years = years_of(reading)
        told = {year.year for year in years}
        rest = [quantity for quantity in reading.quantities if quantity.value not in told]
        return (*((year,) for year in years), *rest, *reading.dates, *reading.times)
    return (*reading.quantities, *reading.dates, *reading.times)


def is_core(reading: Reading, known: Known) -> bool:
    """Is the answer its values and hardly anything else?"""
    more = [word for word in reading.content if word not in known.vocabulary]
    return len(more) <= (1 if len(reading.words) <= 4 else 0)


def _comparable(a: Reading, b: Reading) -> bool:
    if max(len(a.words), len(b.words)) <= SHORT:
        return True
    left, right = frozenset(a.content), frozenset(b.content)
    return len(left & right) >= ALIKE * max(len(left), len(right), 1)


def _within(few: Sequence[Value], many: Sequence[Value]) -> bool:
    """Does every one of `few` have among `many` one that it does not contradict?"""
    return all(any(agree(one, two) is not False for two in many) for one in few)


def _related(a: Sequence[Value], b: Sequence[Value]) -> bool:
    """Is there nothing that two could contradict each other in: a date against a count, open bounds?"""
    return all(agree(one, two) is None for one in a for two in b)


def _same_all(a: Sequence[Value], b: Sequence[Value]) -> bool:
    equal = [any(agree(one, two) for two in b) for one in a] + [any(agree(one, two) for one in a) for two in b]
    return len(a) == len(b) and all(equal)


def _counted(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """Equal values; what they count must not differ ("12 apples", "12 oranges")."""
    left = frozenset(a.content) - known.vocabulary
    right = frozenset(b.content) - known.vocabulary
    if left and right and not left & right:
        return None if any(_kin(one, two) for one in left for two in right) else "different"
    return "same"


def _kin(one: str, two: str) -> bool:
    return one[:4] == two[:4]


def agree(one: Value, two: Value) -> bool | None:
    """Equal, contradicting, or (None) neither, which keeps them from counting as different."""
    if isinstance(one, Quantity) and isinstance(two, Quantity):
        return agree_quantities(one, two)
    if isinstance(one, int) or isinstance(two, int):
        return one == two if isinstance(one, int) and isinstance(two, int) else None
    if isinstance(one, Quantity) or isinstance(two, Quantity):
        return None
    return agree_dates(one, two)


def agree_dates(one: When, two: When) -> bool | None:
    """True for equal dates, False where every reading contradicts, None where one only tells less."""
    if isinstance(one, Period):
        return _agree_periods(one, two) if isinstance(two, Period) else _within_period(two, one)
    if isinstance(two, Period):
        return _within_period(one, two)
    if any(x == y for x in one for y in two):
        return True
    return False if all(x.contradicts(y) for x in one for y in two) else None


def _agree_periods(one: Period, two: Period) -> bool | None:
    if one == two:
        return True
    return None if one.first < two.end and two.first < one.end else False


def _within_period(date: tuple[Date, ...], period: Period) -> bool | None:
    """A day of a decade, or a year of a century, may be the same; a year is not its decade."""
    if not any(d.year is None or period.first <= d.year < period.end for d in date):
        return False
    century = period.end - period.first == 100
    return None if century or any(d.month or d.year is None for d in date) else False


def agree_quantities(one: Quantity, two: Quantity) -> bool | None:
    """True for equal numbers, False for different ones, None where rounding or a bound leaves it open."""
    if one.bound and two.bound and one.bound != two.bound:
        return False
    if (one.upper is None) != (two.upper is None):
        ranged, single = (one, two) if one.upper is not None else (two, one)
        inside = ranged.value <= single.value <= (ranged.upper or 0.0)
        return None if inside else False
    if one.upper is not None and two.upper is not None and not _close(one.upper, two.upper, EXACT):
        return False
    if one.dimension != two.dimension:
        return _across(one, two)
    converted = bool(one.dimension) and not _close(one.amount * two.value, two.amount * one.value, EXACT)
    if _close(one.value, two.value, CONVERTED if converted else EXACT):
        return True
    return _rounded(one, two)


def _across(one: Quantity, two: Quantity) -> bool | None:
    """Two dimensions: a bare number agrees with the same number of anything, 0.5 with 50 %."""
    dimensions = {one.dimension, two.dimension}
    if "" not in dimensions:
        if dimensions <= {"celsius", "fahrenheit", "kelvin"}:
            return abs(_celsius(one) - _celsius(two)) < 1
        return "angle" in dimensions and one.amount == two.amount
    if _close(one.amount, two.amount, EXACT):
        return True
    percent, bare = (one, two) if one.dimension == "%" else (two, one)
    if percent.dimension == "%" and _close(percent.amount, 100 * bare.amount, EXACT):
        return True
    return _rounded(one, two) if one.amount == one.value and two.amount == two.value else False


def _celsius(quantity: Quantity) -> float:
    if quantity.dimension == "fahrenheit":
        return (quantity.value - 32) / 1.8
    return quantity.value - (273.15 if quantity.dimension == "kelvin" else 0)


def _rounded(one: Quantity, two: Quantity) -> bool | None:
    """A number told as about so many against another within the place it is rounded to."""
    coarse, fine = (one, two) if one.grain >= two.grain else (two, one)
    if one.upper is not None or (coarse.grain == fine.grain and not (one.rounded or two.rounded)):
        return False
    if not (coarse.rounded or coarse.magnified):
        return False
    gap = abs(one.value - two.value)
    if coarse.grain > fine.grain and gap <= 0.5 * coarse.grain and gap <= 0.05 * max(abs(one.value), abs(two.value)):
        return True
    return None if gap <= 0.05 * abs(coarse.value) and coarse.rounded else False


def _close(one: float, two: float, tolerance: float) -> bool:
    return one == two or abs(one - two) <= tolerance * max(abs(one), abs(two))


def compare_numerals(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """Roman numerals: whole answers, or those of kings, wars and parts."""
    if not (a.numerals or b.numerals) or max(len(a.words), len(b.words)) > SHORT:
        return None
    left, right = _numbers(a), _numbers(b)
    if not left or not right:
        return None
    if len(a.words) <= 1 and len(b.words) <= 1:
        return "same" if left == right else "different"
    shared = set(a.content[:1]) & set(b.content) or set(b.content[:1]) & set(a.content)
    return "different" if shared and not (left <= right or right <= left) else None


def _numbers(reading: Reading) -> set[float]:
    return {float(number) for number in reading.numerals} | {
        q.value for q in reading.quantities if q.dimension in ("", "ordinal") and (q.value < 100 or not reading.words)
    }


def compare_opposites(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """One side says north where the other says south; possible and impossible."""
    if max(len(a.words), len(b.words)) > SHORT or not a.words or not b.words:
        return None
    left, right = frozenset(a.words), frozenset(b.words)
    only_left, only_right = left - right, right - left
    if len(only_left) > 4 or len(only_right) > 4:
        return None
    if any(frozenset((one, two)) in OPPOSITES for one in only_left for two in only_right):
        return "different"
    return "different" if _prefixed(only_left, only_right) or _prefixed(only_right, only_left) else None


def _prefixed(plain: frozenset[str], negated: frozenset[str]) -> bool:
    return any(prefix + word in negated for word in plain if len(word) > 4 for prefix in NEGATING_PREFIXES)


def compare_lists(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """Lists whose order tells nothing: the same items, or as many of which one differs."""
    if not a.items or not b.items:
        return None
    left, right = [read(item) for item in a.items], [read(item) for item in b.items]
    if len(left) != len(right) or len(left) > 12:
        return None
    matched = sum(any(_same_item(one, two) for two in right) for one in left)
    back = sum(any(_same_item(one, two) for one in left) for two in right)
    if matched == back == len(left):
        return "same"
    return "different" if matched == back == len(left) - 1 and _other_item(left, right) else None


def _other_item(left: Sequence[Reading], right: Sequence[Reading]) -> bool:
    """Is the one item that differs short and another, not the same in other words?"""
    (one,) = [item for item in left if not any(_same_item(item, two) for two in right)]
    (two,) = [item for item in right if not any(_same_item(item, one) for one in left)]
    shared = frozenset(one.words) & frozenset(two.words)
    near = fuzz.ratio(one.text, two.text) > SPELT_ALIKE
    return not shared and not near and max(len(one.words), len(two.words)) <= MAX_ITEM and bool(one.words and two.words)


def _same_item(one: Reading, two: Reading) -> bool:
    if one.valued != two.valued:
        return False
    if one.valued:
        verdict = compare_values(one, two, NOTHING)
        return verdict == "same"
    return bool(one.content) and frozenset(one.content) == frozenset(two.content)


def compare_words(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """The same words that tell something, in the same order, with the same signs."""
    if a.valued or b.valued or a.symbols != b.symbols or a.negated != b.negated:
        return "different" if a.symbols != b.symbols and a.words == b.words and not (a.valued or b.valued) else None
    if a.content and a.content == b.content:
        return "same"
    return None


Rule = Callable[[Reading, Reading, Known], Verdict | None]
RULES: Final[tuple[Rule, ...]] = (
    compare_choices,
    compare_codes,
    compare_polarity,
    compare_chosen,
    compare_negation,
    compare_numerals,
    compare_values,
    compare_opposites,
    compare_names,
    compare_lists,
    compare_words,
)
