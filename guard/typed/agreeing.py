"""Do two values agree, contradict each other, or neither?"""

from __future__ import annotations

from typing import Final

from guard.typed.dates import Date, Period, When
from guard.typed.quantities import Quantity
from guard.typed.tables import POUND, READINGS

CONVERTED: Final = 0.01
"""Relative error that a conversion of units may bring by rounding."""
EXACT: Final = 1e-9
KIBI: Final = tuple(1.024**power for power in range(1, 5))
"""What a kilobyte of 1,024 bytes has over one of 1,000, up to the terabyte."""
Value = Quantity | tuple[Date, ...] | Period | int
"""A quantity, a date in all its readings, a period, or a time in minutes."""


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
    if one.upper is not None and two.upper is not None and not _close(_upper(one, two), _upper(two, one), EXACT):
        return False
    if one.dimension != two.dimension:
        return _across(one, two)
    converted = bool(one.dimension) and not _close(one.amount * two.value, two.amount * one.value, EXACT)
    if _close(one.value, two.value, CONVERTED if converted else EXACT):
        return True
    if converted and one.dimension == "data" and any(_close(one.value, k * two.value, EXACT) for k in (*KIBI, *_LESS)):
        return True
    return _rounded(one, two)


def _upper(one: Quantity, other: Quantity) -> float:
    """The upper end, in the unit told where the other side tells none."""
    upper = one.upper or 0.0
    return upper * one.amount / one.value if one.value and not other.dimension else upper


_LESS: Final = tuple(1 / more for more in KIBI)


def _across(one: Quantity, two: Quantity) -> bool | None:
    """Two dimensions: a bare number agrees with the same number of anything, 0.5 with 50 %."""
    dimensions = {one.dimension, two.dimension}
    if "" not in dimensions:
        if dimensions <= {"celsius", "fahrenheit", "kelvin"}:
            return abs(_celsius(one) - _celsius(two)) < 1
        if one.dimension in READINGS or two.dimension in READINGS:
            return _open_currency(one, two) if one.dimension in READINGS else _open_currency(two, one)
        return "angle" in dimensions and one.amount == two.amount
    if _close(one.amount, two.amount, EXACT):
        return True
    if "kelvin" in dimensions and (
        _close(1000 * one.amount, two.amount, EXACT) or _close(one.amount, 1000 * two.amount, EXACT)
    ):
        return True
    percent, bare = (one, two) if one.dimension == "%" else (two, one)
    if percent.dimension == "%" and _close(percent.amount, 100 * bare.amount, EXACT):
        return True
    if percent.dimension == "%" and not bare.dimension and 0 < bare.amount < 1 and bare.amount != round(bare.amount, 2):
        return abs(percent.amount - 100 * bare.amount) <= 0.5 * min(percent.grain, 1.0)
    return _rounded(one, two) if one.amount == one.value and two.amount == two.value else False


def _open_currency(one: Quantity, two: Quantity) -> bool | None:
    """A pound is money or a weight, a ¥ a yen or a yuan: whichever the other side says."""
    readings = READINGS[one.dimension]
    if two.dimension == "mass" and "mass" in readings:
        return _close(one.value * POUND, two.value, CONVERTED)
    shared = two.dimension in readings or not set(readings).isdisjoint(READINGS.get(two.dimension, ()))
    return shared and _close(one.value, two.value, EXACT)


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
