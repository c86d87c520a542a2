"""The phrase tables: complete, well formed, and safe to compile."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from guard.abstentions import recognise
from guard.languages import LANGUAGES
from guard.normalising import fold
from guard.phrases import BARE, ROMAN, TABLES, Phrases, script_of

FIELDS = [field.name for field in fields(Phrases)]
EVERY = [
    (language, field, phrase)
    for language, table in TABLES.items()
    for field in FIELDS
    for phrase in getattr(table, field)
]


def test_there_is_a_table_for_every_language() -> None:
    assert set(TABLES) == set(LANGUAGES)
    assert set(ROMAN) < set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_phrases_of_every_kind(language: str) -> None:
    assert [field for field in FIELDS if not getattr(TABLES[language], field)] == []


def test_no_phrase_stands_twice_in_a_field() -> None:
    assert len(EVERY) == len(set(EVERY))


def test_every_phrase_compiles_as_it_is_folded() -> None:
    for language, field, phrase in EVERY:
        if field != "bare":
            re.compile(fold(phrase))
            assert not re.search(r"\\[A-Z]", phrase), f"{language}.{field}: folding lowers the class in {phrase!r}"


def test_no_phrase_repeats_a_repetition_or_runs_on_without_end() -> None:
    for language, field, phrase in EVERY:
        assert not re.search(r"[*+]\)[*+{]", phrase), (language, field, phrase)
        assert ".*" not in phrase, (language, field, phrase)
        assert ".+" not in phrase, (language, field, phrase)


@pytest.mark.parametrize("phrase", BARE)
def test_a_bare_phrase_is_a_whole_abstention(phrase: str) -> None:
    assert recognise(phrase) == "abstain"
    assert recognise(f"**{phrase.capitalize()}.**") == "abstain"


def test_the_script_of_a_sentence_chooses_the_phrases() -> None:
    assert script_of("I don't know") is script_of("No lo sé")
    assert script_of("不知道") is script_of("わかりません")
    assert len({id(script_of(text)) for text in ("a", "不", "لا", "नहीं")}) == 4
    assert script_of("I don't know", ("en",)) is not script_of("I don't know")
