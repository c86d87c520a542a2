"""The confidence that a completion states with itself: read, and kept out of the answer that is compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.sampling import read_answer
from guard.stated import split_stated


@pytest.mark.parametrize(
    ("text", "rest", "stated"),
    [
        ("Paris\nConfidence: 85%", "Paris", 0.85),
        ("Paris\nConfidence: 0.85", "Paris", 0.85),
        ("Paris (confidence: 90 %)", "Paris", 0.9),
        ("Paris. Certainty: 8/10", "Paris", 0.8),
        ("Paris\n\n**Confidence level:** 70/100", "Paris", 0.7),
        ("Paris, probability = .5.", "Paris", 0.5),
        ("Paris. My confidence is 60 percent", "Paris. My", 0.6),
        ("Confidence score: 1", "Confidence score: 1", None),  # nothing is left that could be an answer
        ("Paris", "Paris", None),
        ("The confidence interval is 95%", "The confidence interval is 95%", None),
        ("Confidence: 85% is what they asked for", "Confidence: 85% is what they asked for", None),
        ("Paris\nConfidence: 850%", "Paris\nConfidence: 850%", None),
        ("Paris\nConfidence: high", "Paris\nConfidence: high", None),
        ("", "", None),
    ],
)
def test_what_is_stated_at_the_end(text: str, rest: str, stated: float | None) -> None:
    assert split_stated(text) == (rest, stated)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ('{"answer": "Paris", "confidence": 0.7}', 0.7),
        ('{"answer": "Paris", "confidence": 70}', 0.7),
        ('```json\n{"answer": "Paris", "confidence": 1}\n```', 1.0),
        ('{"answer": "Paris", "confidence": true}', None),
        ('{"answer": "Paris", "confidence": "high"}', None),
        ('{"answer": "Paris", "confidence": -3}', None),
        ('{"answer": "Paris"', None),
        ('{"a": "\\"confidence\\""}', None),
        ('[{"confidence": 0.5}]', None),
    ],
)
def test_the_key_of_an_object(text: str, stated: float | None) -> None:
    assert split_stated(text) == (text, stated)


@given(st.text(max_size=300))
def test_total_and_never_more_than_it_was(text: str) -> None:
    rest, stated = split_stated(text)
    assert text.startswith(rest)
    assert stated is None or 0 <= stated <= 1


def test_a_statement_is_read_in_linear_time() -> None:
    text = "confidence: " * 100_000
    assert split_stated(text) == (text, None)


def test_the_statement_is_no_part_of_the_answer() -> None:
    found = read_answer("Paris\nConfidence: 85%", "What is the capital of France?")
    assert (found.text, found.final, found.stated) == ("Paris\nConfidence: 85%", "Paris", 0.85)
    assert read_answer("Paris", "What is the capital of France?").stated is None
