"""What two readings tell of each other: the same, contradicting, or left open."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.typed import compare

SAME = [
    ("12", "twelve"),
    ("12", "12.0"),
    ("1,000", "1000"),
    ("March 5, 1999", "1999-03-05"),
    ("03/05/1999", "3 May 1999"),
    ("about 40 million", "40M"),
    ("60 million", "60,461,826"),
    ("50%", "0.5"),
    ("$5", "five dollars"),
    ("180 cm", "1.80 m"),
    ("100 km", "62.1 miles"),
    ("5 ft 7 in", "170 cm"),
    ("100 °C", "212 °F"),
    ("first", "1st"),
    ("IV", "4"),
    ("Yes", "Yes, it is safe."),
    ("(A)", "Option A"),
    ("red, green, blue", "blue, red and green"),
    ("the UK", "United Kingdom"),
    ("FBI", "Federal Bureau of Investigation"),
    ("J. K. Rowling", "Joanne Rowling"),
    ("Bill Clinton", "William Clinton"),
    ("Dr. Smith", "Smith"),
]

DIFFERENT = [
    ("12", "13"),
    ("1,000", "1.000"),
    ("March 5, 1999", "March 6, 1999"),
    ("03/05/1999", "April 5, 1999"),
    ("about 40 million", "about 14 million"),
    ("10 km", "10 miles"),
    ("$5", "€5"),
    ("5-10", "5-11"),
    ("3-2", "2-3"),
    ("more than 5", "less than 5"),
    ("1999", "the 1990s"),
    ("8:30 am", "8:30 pm"),
    ("12 apples", "12 oranges"),
    ("Yes", "No, it is not safe"),
    ("It is Paris.", "It is not Paris."),
    ("He did", "He did not"),
    ("possible", "impossible"),
    ("North Korea", "South Korea"),
    ("A", "B"),
    ("H2O", "H2O2"),
    ("CO2", "CO"),
    ("George W. Bush", "George H. W. Bush"),
    ("World War I", "World War II"),
    ("copper and tin", "copper and iron"),
    ("", "Paris"),
    ("", ""),
    ("\u200b", "\u200b"),
]

OPEN = [
    ("Paris", "Lyon"),
    ("Paris", "It is in Paris, France"),
    ("1999", "March 5, 1999"),
    ("Shakespeare, in 1601", "Shakespeare"),
    ("¥25,000 (US$210)", "¥25,000"),
    ("1,320 kilometres (820 miles)", "1,320 kilometres"),
    ("Marie Curie", "Pierre Curie"),
    ("1215", "1215 (its 800th anniversary will be in June 2015)"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_same(a: str, b: str) -> None:
    assert compare(a, b) == compare(b, a) == "same"


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_different(a: str, b: str) -> None:
    assert compare(a, b) == compare(b, a) == "different"


@pytest.mark.parametrize(("a", "b"), OPEN)
def test_open(a: str, b: str) -> None:
    assert compare(a, b) is None
    assert compare(b, a) is None


def test_what_the_question_says_tells_nothing() -> None:
    question = "How many people signed it in 1776, 56 or 65?"
    assert compare("56 signed it in 1776", "65 signed it in 1776", question) == "different"
    chosen = ("Conan Doyle was born earlier", "Agatha Christie was born earlier")
    assert compare(*chosen) is None
    assert compare(*chosen, "Who was born first, Conan Doyle or Agatha Christie?") == "different"


def test_a_denial_elsewhere_in_a_longer_text_is_none_of_the_answer() -> None:
    assert compare("Nepal", "It is the calendar of Nepal, also used in India, where it is not official") is None
    assert compare("Nepal", "It is certainly not Nepal that uses it") == "different"


def test_a_long_prefix_in_common_hides_no_contradiction() -> None:
    agreed = "as everybody who has read the books agrees beyond any doubt " * 40
    assert compare(agreed + "it was 12", agreed + "it was 13") == "different"
    assert compare(agreed + "it was so", agreed + "it was not so") == "different"


TEXTS = st.text(max_size=25) | st.lists(
    st.sampled_from("Paris 12 13 twelve not is 3.5 -5 isn't 5 km , . and yes no March 1999 IV J. Smith $ % /".split()),
    max_size=6,
).map(" ".join)


@settings(deadline=None, max_examples=500)
@given(TEXTS, TEXTS, TEXTS)
def test_symmetric(question: str, a: str, b: str) -> None:
    assert compare(a, b, question) == compare(b, a, question)


@settings(deadline=None, max_examples=300)
@given(TEXTS, TEXTS, st.randoms(use_true_random=False))
def test_what_cannot_be_seen_changes_nothing(a: str, b: str, dice: random.Random) -> None:
    hidden = "".join(letter + "\u200b" * dice.randint(0, 2) for letter in a)
    assert compare("\ufeff" + hidden, b) == compare(a, b)


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_a_text_is_never_different_from_itself(text: str) -> None:
    assert compare("Paris " + text, "Paris " + text) == "same"
