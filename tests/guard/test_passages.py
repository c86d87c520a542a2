"""Sentences of a long text that speak of some words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.passages import MAX_SENTENCE, MAX_TEXT, passages, shortened

TEXT = (
    "lyon lies on the rhône. paris lies on the seine! does the loire reach nantes? 12.5 million live there\nand nice."
)


def test_the_sentence_with_most_of_the_terms_comes_first() -> None:
    assert passages(TEXT, {"seine": 1, "lies": 1}, 4) == ("paris lies on the seine!", "lyon lies on the rhône.")
    assert passages(TEXT, {"lies": 1, "seine": 1}, 1) == ("paris lies on the seine!",)
    assert passages(TEXT, {"lyon": 1, "nantes": 3}, 1) == ("does the loire reach nantes?",)


def test_a_number_does_not_end_a_sentence_and_a_line_does() -> None:
    assert passages(TEXT, {"million": 1}, 1) == ("12.5 million live there",)
    assert passages(TEXT, {"nice": 1}, 1) == ("and nice.",)


def test_a_term_begins_a_word() -> None:
    assert passages("unlike this. like that.", {"like": 1}, 4) == ("like that.",)
    assert passages("巴黎是法国的首都。里昂不是。", {"首都": 1}, 4) == ("巴黎是法国的首都。",)


@pytest.mark.parametrize("terms", [{}, {"": 1}, {"zebra": 1}])
def test_nothing_where_no_term_occurs(terms: dict[str, int]) -> None:
    assert passages(TEXT, terms, 4) == ()


def test_a_text_without_ends_is_cut() -> None:
    (only,) = passages("word " * 1000 + "needle " + "word " * 1000, {"needle": 1}, 4)
    assert "needle" in only
    assert len(only) <= 2 * MAX_SENTENCE


def test_of_a_longer_text_the_beginning_and_the_end_are_kept() -> None:
    assert shortened("short") == "short"
    kept = shortened("begin " + "x" * 2 * MAX_TEXT + " end")
    assert len(kept) <= MAX_TEXT + 1
    assert kept.startswith("begin")
    assert kept.endswith("end")


@given(st.text(max_size=300), st.dictionaries(st.text(max_size=5), st.integers(1, 4), max_size=5), st.integers(0, 5))
def test_any_text_is_survived(text: str, terms: dict[str, int], most: int) -> None:
    found = passages(text, terms, most)
    assert len(found) <= most
    assert all(passage in text for passage in found)


@pytest.mark.parametrize("unit", ["paris lies on the seine. ", "seine ", "x", "seine", ". ", "\n"])
def test_a_megabyte_takes_no_more_than_its_share(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    began = time.process_time()
    passages(text, {"seine": 1, "paris": 1, "absent": 1}, 4)
    assert time.process_time() - began < 1.0
