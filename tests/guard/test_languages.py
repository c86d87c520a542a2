"""Which language a question is in: a hundred short questions, and any text at all."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.languages import LANGUAGES, language_of

ROWS = [
    tuple(line.split("\t")) for line in Path(__file__).with_name("languages.tsv").read_text("utf-8").splitlines()[1:]
]


def test_the_set_has_ten_sentences_a_language() -> None:
    counts = Counter(language for language, _ in ROWS)
    assert set(counts) == set(LANGUAGES)
    assert min(counts.values()) >= 10
    assert len(ROWS) >= 80


@pytest.mark.parametrize(("language", "text"), ROWS)
def test_short_questions(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", " ", "42", "?!", "\u200b", "Hoofdstad", "Как дела?", "한국의 수도는?", "🙂"])
def test_english_is_the_default(text: str) -> None:
    assert language_of(text) == "en"


def test_the_language_of_the_sentence_beats_a_foreign_word_in_it() -> None:
    assert language_of("What does 東京 mean in English?") == "en"
    assert language_of("请问 software 是什么意思？") == "zh"
    assert language_of("¿Qué significa the quick brown fox?") == "es"
    assert language_of("Was bedeutet der Satz 'je ne sais pas' auf Deutsch?") == "de"


def test_kana_decides_between_japanese_and_chinese() -> None:
    assert language_of("日本の首都") == "ja"
    assert language_of("日本首都") == "zh"


def test_accents_may_be_written_apart() -> None:
    assert language_of("Quelle e\u0301tait la capitale ?") == "fr"


@given(st.text())
def test_any_text_has_a_language(text: str) -> None:
    assert language_of(text) in LANGUAGES


@pytest.mark.parametrize("piece", ["a", "é ", "の", "e\u0301\u0300", "schön ", "l'a "])
def test_long_texts_cost_no_more_than_their_beginning(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begin = time.process_time()
    language_of(text)
    assert time.process_time() - begin < 0.5
