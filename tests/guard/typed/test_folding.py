"""Markup, powers, symbols and numerals before a text is cut into words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.normalising import fold
from guard.typed.folding import folded, plain_letters, unmarked


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("**Yes**", "yes"),
        ("`os.path`", "os.path"),
        ("E=mc²", "e=mc^2"),
        ("10²³", "10^23"),
        ("10⁻³", "10^-3"),
        ("10**3", "10^3"),
        ("\\boxed{42}", "42"),
        ("\\frac{1}{2}", "1/2"),
        ("€2.5m", "€2.5 million"),
        ("$3bn", "$3 billion"),
        ("2.5m tall", "2.5m tall"),
        ("40M", "40 million"),
        ("12 in", "12 inch"),
        ("5'10\"", "5 ft 10 inch"),
        ("3:1", "3-1"),
        ("8:30", "8:30"),
        ("1..10", "1-10"),
        ("No. 7", "number 7"),
        ("#7", "number 7"),
        ("no more than 5", "at most 5"),
        ("no fewer than 5", "at least 5"),
        ("No one came", "nobody came"),
        ("一九六九年", "1969年"),
        ("二十一", "21"),
        ("三千五百", "3500"),
        ("一万二千", "12000"),
        ("百分之五十", "50%"),
        ("三分之一", "1/3"),
        ("午後3時", "15:00"),
        ("上午9点", "9:00"),
        ("一些", "一些"),
        ("São Paulo", "sao paulo"),
    ],
)
def test_one_spelling(raw: str, text: str) -> None:
    assert folded(raw).strip() == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("- eggs - milk", "eggs , milk"),
        ("1. Oxygen 2. Nitrogen", "Oxygen , Nitrogen"),
        ("1) a 2) b", "a , b"),
        ("- 5", "- 5"),
        ("1. Paris", "1. Paris"),
        ("-5", "-5"),
    ],
)
def test_lists_lose_their_marks_and_single_signs_stay(raw: str, text: str) -> None:
    assert unmarked(raw) == text


def test_other_scripts_keep_their_marks() -> None:
    assert plain_letters("é") == "e"
    assert plain_letters("किताब") == "किताब"


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=300)
def test_any_text_is_folded(raw: str) -> None:
    assert folded(raw) == folded(raw)
    assert folded(raw).upper() is not None


@given(st.text(alphabet="abcxyz .", max_size=40))
@settings(deadline=None, max_examples=200)
def test_plain_words_are_only_folded(raw: str) -> None:
    if "no" not in raw and ".." not in raw:
        assert folded(raw) == fold(raw)
