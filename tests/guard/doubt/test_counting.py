"""Doubts in eight languages: told by class, echoes left out, linear."""

from __future__ import annotations

import time
from dataclasses import fields
from pathlib import Path

import pytest

from guard.doubt.counting import COUNTED, PHRASES, TABLES, distances
from guard.doubt.table import CLASSES, Doubts
from guard.languages import LANGUAGES
from guard.normalising import fold
from guard.phrases import Phrases, compiled, script_for, script_of

SAID = [line.split("\t") for line in Path(__file__).with_name("doubts.tsv").read_text(encoding="utf-8").splitlines()]
PLAIN = {
    "en": "Each box holds 12 pens, so 4 boxes hold 48 pens. The answer is 48.",
    "de": "In jeder Kiste liegen 12 Stifte, in 4 Kisten also 48. Die Antwort lautet 48.",
    "fr": "Chaque boîte contient 12 stylos, donc 4 boîtes en contiennent 48.",
    "es": "Cada caja tiene 12 plumas y 4 cajas tienen 48.",
    "zh": "每盒有12支笔，4盒共有48支笔。",
    "ja": "1箱に12本あるので、4箱で48本です。",
    "hi": "हर डिब्बे में 12 कलम हैं, तो 4 डिब्बों में 48 कलम हैं।",
    "ar": "في كل صندوق 12 قلما، ففي 4 صناديق 48 قلما.",
}


def voiced(text: str, language: str = "en", question: str = "") -> dict[str, int]:
    found = distances(fold(text), fold(question), language)
    return {name: len(places) for name, places in found.items() if places}


def test_there_is_a_table_for_every_language() -> None:
    assert set(TABLES) == set(LANGUAGES)
    assert {language for language, _, _ in SAID} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_doubts_of_every_class(language: str) -> None:
    assert [name for name in CLASSES if not getattr(TABLES[language], name)] == []


def test_the_phrases_that_are_counted_beside_exist() -> None:
    assert {field.name for field in fields(Phrases)} >= set(PHRASES)
    assert (*CLASSES, *PHRASES) == COUNTED
    assert tuple(field.name for field in fields(Doubts)) == CLASSES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CLASSES)
def test_every_class_compiles_as_it_is_folded(language: str, name: str) -> None:
    assert compiled(getattr(TABLES[language], name), language).search("") is None


@pytest.mark.parametrize(("language", "name", "text"), SAID)
def test_a_doubt_is_told_by_its_class(language: str, name: str, text: str) -> None:
    assert name in voiced(text, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_without_doubts_voices_none(language: str) -> None:
    assert voiced(PLAIN[language], language) == {}


def test_english_counts_beside_every_language() -> None:
    assert "unstated" in voiced("题目 says 48. But the price is not given.", "zh")


def test_the_questions_own_words_are_an_echo() -> None:
    question = "Assume that the price is not given. What follows?"
    assert voiced("Assume the price is not given.", question=question) == {}


def test_an_echo_does_not_hide_other_doubts() -> None:
    question = "Suppose that a train leaves. How far does it go?"
    assert voiced("Suppose it leaves; the speed is not given.", question=question)["unstated"] == 1
    assert "assumed" not in voiced("Suppose it leaves; the speed is not given.", question=question)


def test_distances_are_measured_to_the_end() -> None:
    (distance,) = distances(fold("The price is not given" + " x" * 40), "", "en")["unstated"]
    assert distance == len("not given") + 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_phrases_of_its_script(language: str) -> None:
    assert script_for(language).missing.pattern
    assert script_for("zh") is script_for("ja")
    assert script_for("en") is script_of("plain", ("en",))


@pytest.mark.parametrize("piece", ["not ", "if we ", "as the ", "the problem ", "(", "express a "])
def test_counting_takes_time_in_proportion(piece: str) -> None:
    """Twenty times the text may take sixty times as long on a busy machine, not four hundred."""

    def seconds(text: str) -> float:
        started = time.process_time()
        distances(text, "", "en")
        return time.process_time() - started

    seconds(piece * 10)
    short = min(seconds(piece * 1_000) for _ in range(3))
    assert min(seconds(piece * 20_000) for _ in range(2)) < 60 * max(short, 0.001)
