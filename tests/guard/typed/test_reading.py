"""What is read out of one answer: quantities, dates, affirmation and denial, choices, lists, words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.typed.dates import Date, Period
from guard.typed.reading import read

DAY = Date(1999, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "March 5, 1999",
        "5 March 1999",
        "1999-03-05",
        "1999/3/5",
        "the 5th of March 1999",
        "Mar. 5th, 1999",
        "5 de marzo de 1999",
        "5 mars 1999",
        "5. März 1999",
        "1999年3月5日",
        "1999-03-05T00:00:00Z",
    ],
)
def test_one_day_in_many_spellings(text: str) -> None:
    assert read(text).dates == ((DAY,),)
    assert read(text).quantities == ()


def test_an_ambiguous_date_has_both_readings() -> None:
    assert set(read("03/05/1999").dates[0]) == {Date(1999, 5, 3), DAY}
    assert read("13/05/1999").dates == ((Date(1999, 5, 13),),)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("March 1999", (Date(1999, 3),)),
        ("July 4", (Date(None, 7, 4),)),
        ("44 BC", (Date(-44),)),
        ("the 1990s", Period(1990, 2000)),
        ("the nineties", Period(1990, 2000)),
        ("19th century", Period(1800, 1900)),
    ],
)
def test_parts_of_dates(text: str, date: object) -> None:
    assert read(text).dates == (date,)


@pytest.mark.parametrize(("text", "minutes"), [("8:30", 510), ("8:30 pm", 1230), ("20:30", 1230), ("7 a.m.", 420)])
def test_times_of_day(text: str, minutes: int) -> None:
    assert read(text).times == (minutes,)


@pytest.mark.parametrize(
    ("text", "value", "dimension"),
    [
        ("twelve", 12, ""),
        ("about 40 million", 40e6, ""),
        ("40M", 40e6, ""),
        ("half a million", 5e5, ""),
        ("a dozen", 12, ""),
        ("½", 0.5, ""),
        ("1 1/2", 1.5, ""),
        ("two thirds", 2 / 3, ""),
        ("1e3", 1000, ""),
        ("3 x 10^8", 3e8, ""),
        ("minus 5", -5, ""),
        ("-5", -5, ""),
        ("1 000 000", 1e6, ""),
        ("50 per cent", 50, "%"),
        ("$5", 5, "usd"),
        ("1.000 €", 1000, "eur"),
        ("5 kg", 5, "mass"),
        ("5 ft 7 in", 1.7018, "length"),
        ("6'2\"", 1.8796, "length"),
        ("90 minutes", 5400, "time"),
        ("1,717,854 km²", 1_717_854e6, "area"),
        ("60 mph", 26.8224, "speed"),
        ("1st", 1, "ordinal"),
        ("twenty-first", 21, "ordinal"),
        ("١٢", 12, ""),
        ("3万", 30_000, ""),
        ("siete", 7, ""),
        ("\\frac{3}{4}", 0.75, ""),
    ],
)
def test_one_quantity(text: str, value: float, dimension: str) -> None:
    (quantity,) = read(text).quantities
    assert quantity.value == pytest.approx(value)
    assert quantity.dimension == dimension


def test_ranges_and_bounds() -> None:
    (between,) = read("between 5 and 10 km").quantities
    assert (between.value, between.upper, between.dimension) == (5000, 10_000, "length")
    assert [read(text).quantities[0].bound for text in ("over 5", "less than 5", "5")] == [">", "<", ""]
    assert read("about 40").quantities[0].rounded


def test_an_amount_and_its_conversion_are_two() -> None:
    assert [q.amount for q in read("1,320 kilometres (820 miles)").quantities] == [1320, 820]
    assert [q.dimension for q in read("¥25,000 (US$210)").quantities] == ["¥", "usd"]


@pytest.mark.parametrize(
    ("text", "polarity", "negated"),
    [
        ("Yes, it is safe", "yes", False),
        ("No.", "no", True),
        ("No, it is not", "no", True),
        ("No evidence", "", True),
        ("No. 5", "", False),
        ("It isn't safe", "", True),
        ("not only Paris", "", False),
        ("Ce n'est pas Paris", "", True),
        ("यह पेरिस नहीं है", "", True),
        ("不是巴黎", "", True),
        ("それはパリではありません", "", True),
        ("はい", "yes", False),
        ("Paris", "", False),
    ],
)
def test_affirmation_and_denial(text: str, polarity: str, negated: bool) -> None:
    reading = read(text)
    assert (reading.polarity, reading.negated) == (polarity, negated)


@pytest.mark.parametrize(
    ("text", "choice"), [("(A)", "A"), ("B.", "B"), ("(b) Paris", "B"), ("Option C", "C"), ("a", ""), ("Albert", "")]
)
def test_choices(text: str, choice: str) -> None:
    assert read(text).choice == choice


def test_words_are_one_spelling() -> None:
    assert read("São Paulo").words == ("sao", "paulo")
    assert read("the U.S.A.").words == read("the USA").words == ("the", "united", "states")
    assert read("It isn't").words == read("It is not").words
    assert read("Kato explanation: his name was Bruce Lee").words == ("kato",)
    assert read("red, green and blue").items == ("red", "green", "blue")


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=300)
def test_any_text_is_read(text: str) -> None:
    reading = read(text)
    assert set(reading.content) <= set(reading.words)


SHAPES = (
    "word ",
    "12.5 ",
    "1,",
    "7",
    "-+",
    "5 ft 7 in ",
    "March ",
    "no't ",
    "a, ",
    "IV ",
    "½",
    "e\u0301",
    "巴黎",
    "1/2 ",
    "half past ",
    "- a ",
    "1. a ",
    "12 m/s^2 ",
    "一二三",
    "百分之",
    "$5m ",
    "no one ",
    "of the ",
    "fifth ",
    "X beats Y. ",
)


@pytest.mark.parametrize("shape", SHAPES)
def test_time_is_bounded(shape: str) -> None:
    text = shape * (100_000 // len(shape))
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 0.5
