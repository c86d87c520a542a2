"""The guard's own words: every language and reason, recognised as an abstention, and free of the answer."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.abstentions import recognise
from guard.languages import language_of
from guard.wording import LANGUAGES, REASONS, abstention_text

PLAINLY = {
    "en": "I don't know",
    "es": "No sé",
    "fr": "Je ne sais pas",
    "de": "Das weiß ich nicht",
    "zh": "我不知道",
    "ja": "わかりません",
    "ar": "لا أعرف",
    "hi": "नहीं पता",
}
CHANCES = (None, 0.0, 0.04, 0.1, 0.42, 0.95, 0.96, 1.0)
MISSING: tuple[tuple[str, ...], ...] = (
    (),
    ("the year",),
    ("the answer is Paris.", "I think it is 5"),
    ("A", "B", "C", "D"),
)


def sentences(text: str) -> list[str]:
    return [piece for piece in re.split(r"(?<=[.])\s|(?<=[。।])\s?", text) if piece.strip()]


def test_all_twelve_reasons_and_eight_languages_are_exported() -> None:
    assert len(REASONS) == len(set(REASONS)) == 12
    assert len(LANGUAGES) == len(set(LANGUAGES)) == 8
    assert set(PLAINLY) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", REASONS)
def test_every_text_is_recognised_as_an_abstention(reason: str, language: str) -> None:
    for chance in CHANCES:
        for missing in MISSING:
            text = abstention_text(reason, language, chance=chance, missing=missing)
            assert recognise(text) == "abstain", text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", REASONS)
def test_every_text_is_short_plain_and_in_its_language(reason: str, language: str) -> None:
    text = abstention_text(reason, language, chance=0.4)
    assert PLAINLY[language] in text
    assert 2 <= len(sentences(text)) <= 3
    assert len(text) <= 300
    assert language_of(text) == language
    assert "{" not in text
    assert "  " not in text
    assert ".." not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_are_told_apart(language: str) -> None:
    texts = {abstention_text(reason, language) for reason in REASONS}
    assert len(texts) == len(REASONS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", ["unanswerable", "false_premise", "ambiguous"])
def test_what_is_missing_is_named(reason: str, language: str) -> None:
    text = abstention_text(reason, language, missing=["width of the field.", "  unit\nprice "])
    assert "width of the field" in text
    assert "unit price" in text
    assert "field.." not in text
    assert "field.;" not in text


@pytest.mark.parametrize("reason", [r for r in REASONS if r not in ("unanswerable", "false_premise", "ambiguous")])
def test_other_reasons_name_nothing(reason: str) -> None:
    assert abstention_text(reason, "en", missing=["secret"]) == abstention_text(reason, "en")


def test_named_items_are_few_short_and_visible() -> None:
    text = abstention_text("unanswerable", "en", missing=["", "\u200b", "a " * 500, "two", "three", "four"])
    assert "two; three" in text
    assert "four" not in text
    assert "…" in text
    assert len(text) < 400


def test_the_chance_is_told_in_tenths() -> None:
    def told(chance: float | None) -> str:
        return abstention_text("low_agreement", "en", chance=chance)

    assert told(0.42) == (
        "I don't know the answer to this with enough certainty. When I worked it out several times, the answers "
        "did not agree; answers like this one were right about 4 times in 10. A reliable source, one more detail, "
        "or a person who knows the subject would help."
    )
    assert "about 1 time in 10" in told(0.1)
    assert "less than 1 time in 10" in told(0.02)
    assert "more than 9 times in 10" in told(0.99)
    assert "in 10" not in told(None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chance_reads_differently(language: str) -> None:
    texts = [abstention_text("low_confidence", language, chance=tenth / 10) for tenth in range(11)]
    assert len(set(texts)) == 11
    for tenth in range(1, 10):
        assert str(tenth) in texts[tenth]


def test_unknown_reason_language_and_chance_are_errors() -> None:
    with pytest.raises(ValueError, match="unknown reason 'because'"):
        abstention_text("because", "en")
    with pytest.raises(ValueError, match="unknown language 'xx'"):
        abstention_text("stale", "xx")
    for chance in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match=r"in \[0, 1\]"):
            abstention_text("stale", "en", chance=chance)


@given(
    reason=st.sampled_from(REASONS),
    language=st.sampled_from(LANGUAGES),
    missing=st.lists(st.text(max_size=300), max_size=6),
)
def test_any_missing_items_leave_an_abstention_of_bounded_length(
    reason: str, language: str, missing: list[str]
) -> None:
    text = abstention_text(reason, language, missing=missing)
    assert PLAINLY[language] in text
    assert len(text) < 800
    assert "\n" not in text
