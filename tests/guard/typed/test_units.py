"""Units: names, symbols with their capitals, prefixes, products, powers and quotients."""

from __future__ import annotations

import math

import pytest

from guard.typed.reading import read
from guard.typed.tokens import TOKEN
from guard.typed.units import CASED, UNITS, named, spell_symbols, unit_at


@pytest.mark.parametrize(
    ("text", "dimension", "size"),
    [
        ("m", "length", 1),
        ("kilometres", "length", 1000),
        ("km/h", "speed", 1 / 3.6),
        ("kilometers per hour", "speed", 1 / 3.6),
        ("m/s^2", "length1 time-2", 1),
        ("meters per second squared", "length1 time-2", 1),
        ("kg/m^3", "length-3 mass1", 1),
        ("square feet", "area", 0.3048**2),
        ("cubic meters", "volume", 1),
        ("km2", "area", 1e6),
        ("kilowatt hours", "energy", 3.6e6),
        ("kilowatt-hours", "energy", 3.6e6),
        ("light-years", "length", 9.4607e15),
        ("beats per minute", "time-1 beat1", 1 / 60),
        ("degrees", "angle", math.pi / 180),
        ("degrees celsius", "celsius", 1),
        ("° f", "fahrenheit", 1),
        ("micrometers", "length", 1e-6),
        ("megahertz", "frequency", 1e6),
    ],
)
def test_units_of_measure(text: str, dimension: str, size: float) -> None:
    tokens = TOKEN.findall(text)
    found = unit_at(tokens, 0)
    assert found is not None
    assert (found[0], found[2]) == (dimension, len(tokens))
    assert found[1] == pytest.approx(size, rel=1e-3)


@pytest.mark.parametrize("text", ["apples", "", "per", "us", "a", "may"])
def test_other_words_are_no_units(text: str) -> None:
    assert unit_at(text.split(), 0) is None


def test_a_unit_ends_where_the_next_word_is_none() -> None:
    assert unit_at(["dollars"], 0) is None
    assert unit_at(["kg", "per", "person"], 0) == ("mass", 1.0, 1)
    assert unit_at(["m", "2", "km"], 0) == ("length", 1.0, 1)


@pytest.mark.parametrize(
    ("raw", "spelt"),
    [
        ("20 mA", "20 mA"),
        ("20 A", "20 ampere"),
        ("20A", "20 ampere"),
        ("5 mW", "5 milliwatt"),
        ("5 MW", "5 MW"),
        ("100 Mb", "100 megabit"),
        ("0 K", "0 kelvin"),
        ("40K", "40K"),
        ("5 Apples", "5 Apples"),
        ("10 pm", "10 pm"),
        ("5 us dollars", "5 us dollars"),
    ],
)
def test_capitals_tell_units_apart(raw: str, spelt: str) -> None:
    assert spell_symbols(raw) == spelt


def test_every_symbol_that_needs_its_capitals_names_a_unit() -> None:
    assert all(name in UNITS or name in ("kelvin", "°c", "°f") for name in CASED.values())


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("500 nm", "0.5 micrometers"),
        ("1 kWh", "3.6 MJ"),
        ("20 mA", "0.02 A"),
        ("180 degrees", "π radians"),
        ("1 hectare", "10,000 m²"),
        ("36 km/h", "10 m/s"),
        ("1 m³", "1000 L"),
        ("8 bits", "1 byte"),
    ],
)
def test_units_are_converted(one: str, two: str) -> None:
    (first,), (second,) = read(one).quantities, read(two).quantities
    assert first.dimension == second.dimension
    assert first.value == pytest.approx(second.value, rel=1e-6)


def test_dimensions_without_a_name_are_told_by_their_axes() -> None:
    assert named(UNITS["m"][0]) == "length"
    assert named(UNITS["mol"][0]) == "amount1"
