"""Numerals: separators of thousands and decimals, Roman numerals, English words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.typed.numbers import grain_of, roman, spelt, values_of


@pytest.mark.parametrize(
    ("numeral", "values"),
    [
        ("12", (12.0,)),
        ("12.0", (12.0,)),
        ("1,000", (1000.0,)),
        ("1.000", (1.0,)),
        ("1.000.000", (1_000_000.0,)),
        ("1,234.56", (1234.56,)),
        ("1.234,56", (1234.56,)),
        ("3,5", (3.5,)),
        ("0,125", (0.125,)),
        ("12;678;000", (12_678_000.0,)),
        ("60_359_567", (60_359_567.0,)),
        ("1'234'567", (1_234_567.0,)),
        ("1,2,3", (1.0, 2.0, 3.0)),
        ("3000,1800", (3000.0, 1800.0)),
        ("1.2.3", ()),
    ],
)
def test_values(numeral: str, values: tuple[float, ...]) -> None:
    assert values_of(numeral) == values


def test_a_dot_is_of_thousands_where_euros_are_counted() -> None:
    assert values_of("1.000", continental=True) == (1000.0,)
    assert values_of("1.50", continental=True) == (1.5,)


@given(st.integers(0, 10**12))
def test_thousands_with_commas_are_the_number(number: int) -> None:
    assert values_of(f"{number:,}") == values_of(str(number)) == (float(number),)


@pytest.mark.parametrize(("numeral", "grain"), [("12.5", 0.1), ("40,000", 10_000.0), ("41", 1.0), ("0", 1.0)])
def test_the_last_place_told(numeral: str, grain: float) -> None:
    assert grain_of(numeral, values_of(numeral)[0]) == pytest.approx(grain)


@pytest.mark.parametrize(
    ("text", "value"),
    [("IV", 4), ("XII", 12), ("MCMXCIV", 1994), ("VIII", 8), ("IIX", None), ("iv", None), ("", None), ("MILD", None)],
)
def test_roman(text: str, value: int | None) -> None:
    assert roman(text) == value


@pytest.mark.parametrize(
    ("words", "value", "ordinal"),
    [
        ("twelve", 12, False),
        ("twenty - one", 21, False),
        ("one hundred and five", 105, False),
        ("nine hundred ninety - nine", 999, False),
        ("twenty - first", 21, True),
        ("third", 3, True),
    ],
)
def test_spelt(words: str, value: int, ordinal: bool) -> None:
    tokens = tuple(words.split())
    assert spelt(tokens, 0) == (float(value), len(tokens), ordinal)


def test_two_numbers_side_by_side_are_two() -> None:
    assert spelt(("five", "six"), 0) == (5.0, 1, False)
    assert spelt(("apples",), 0) is None
