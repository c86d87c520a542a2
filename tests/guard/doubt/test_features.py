"""Features of doubt: total, bounded, each with its meaning."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.doubt.features import FEATURES, FREE, HEAD, LATE, TAIL, Spoken, features_of

QUESTION = "A box holds 12 pens and a tray holds 5. How many pens does Ann have?"
NOT_SAID = "The problem does not specify how many boxes Ann has."
PLAIN = Spoken(QUESTION, "", "12 + 5 = 17 pens, so Ann has 17 pens.", "17")


def test_every_feature_is_there_in_its_order() -> None:
    assert tuple(features_of(PLAIN)) == FEATURES
    assert len(set(FEATURES)) == len(FEATURES)
    assert set(FEATURES) > FREE


def test_words_of_the_answer_count_as_said_and_anywhere() -> None:
    found = features_of(replace(PLAIN, answer=NOT_SAID))
    assert found["said.unstated"] == found["any.unstated"] == pytest.approx(math.log(2))
    assert found["late.unstated"] == 1


def test_words_of_the_reasoning_count_anywhere_but_not_as_said() -> None:
    found = features_of(replace(PLAIN, reasoning=NOT_SAID))
    assert found["any.unstated"] == pytest.approx(math.log(2))
    assert found["said.unstated"] == 0


def test_a_doubt_far_from_the_end_is_not_late() -> None:
    far = features_of(replace(PLAIN, answer=NOT_SAID + " So 17." * (LATE // 5)))
    near = features_of(replace(PLAIN, answer=NOT_SAID + " So 17." * 10))
    assert (far["late.unstated"], near["late.unstated"]) == (0, 1)
    behind = features_of(replace(PLAIN, reasoning=NOT_SAID, answer=" So 17." * (LATE // 5)))
    assert (behind["any.unstated"], behind["late.unstated"]) == (far["any.unstated"], 0)


def test_only_both_ends_are_read_across_reasoning_and_answer() -> None:
    filler = "So we add. " * 400
    middle = replace(PLAIN, reasoning=filler + NOT_SAID + filler, answer="17")
    assert features_of(middle)["any.unstated"] == 0
    assert features_of(replace(middle, reasoning=NOT_SAID + filler + filler))["any.unstated"] == pytest.approx(
        math.log(2)
    )
    assert features_of(replace(middle, answer=NOT_SAID))["said.unstated"] == pytest.approx(math.log(2))
    answered = replace(PLAIN, reasoning="Add.", answer=filler + NOT_SAID + filler)
    assert features_of(answered)["said.unstated"] == 0
    assert len(filler) > HEAD + TAIL


def test_a_long_text_and_its_two_ends_have_the_same_features() -> None:
    reasoning = "Hmm, is the number of boxes given? " * 300
    cut = Spoken(QUESTION, reasoning[:HEAD] + "\n" + reasoning[2 - TAIL :], "17", "17", "answer", len(reasoning) + 2)
    whole = features_of(Spoken(QUESTION, reasoning, "17", "17"))
    assert features_of(cut) == pytest.approx(whole, abs=0.05)


def test_length_counts_where_reasoning_is_shown() -> None:
    assert features_of(replace(PLAIN, answer="17 pens. " * 900))["thought_length"] == 0
    thought = replace(PLAIN, reasoning="We add. " * 900)
    assert features_of(thought)["thought_length"] == pytest.approx(math.log1p(7.2), abs=0.01)
    assert features_of(replace(thought, chars=99_000))["thought_length"] == pytest.approx(math.log(100))
    assert (features_of(PLAIN)["thought"], features_of(thought)["thought"]) == (0, 1)
    assert PLAIN.hidden
    assert not thought.hidden


def test_an_abstention_and_an_unknown_left_over_are_told() -> None:
    assert features_of(replace(PLAIN, kind="abstain"))["abstains"] == 1
    assert features_of(replace(PLAIN, final="12n"))["unknown_left"] == 1
    assert features_of(PLAIN)["abstains"] == features_of(PLAIN)["unknown_left"] == 0


def test_numbers_count_only_where_something_is_to_be_worked_out() -> None:
    wordy = replace(PLAIN, answer="It is as many as the boxes hold and those on the tray.", final="as many")
    assert (features_of(wordy)["no_number"], features_of(wordy)["wordy"]) == (1, 1)
    assert features_of(PLAIN)["no_number"] == 0
    elsewhere = features_of(replace(wordy, question="Who wrote Faust?"))
    assert elsewhere["no_number"] is elsewhere["wordy"] is None


def test_another_language_is_told_by_the_text() -> None:
    german = replace(PLAIN, answer="Die Anzahl der Kisten ist nicht angegeben, also ist die Aufgabe so nicht lösbar.")
    assert features_of(german)["said.unstated"]
    assert features_of(german)["said.undecided"]


TEXT = st.text(max_size=400) | st.sampled_from(["\ud800 not given", "\x00", "题" * 50, "1," * 200, "\\text{" * 80])


@settings(deadline=None, max_examples=150)
@given(question=TEXT, reasoning=TEXT, answer=TEXT, final=TEXT)
def test_any_text_has_finite_features(question: str, reasoning: str, answer: str, final: str) -> None:
    found = features_of(Spoken(question, reasoning, answer, final))
    assert tuple(found) == FEATURES
    assert all(value is None or (math.isfinite(value) and value >= 0) for value in found.values())


@pytest.mark.parametrize("piece", ["\n", "=1", "\\text{", "1,", "not ", "wait maybe the problem ", "نص ", "题目"])
def test_the_longest_texts_are_read_in_bounded_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    features_of(PLAIN)
    started = time.process_time()
    features_of(Spoken(text, text, text, text))
    assert time.process_time() - started < 2, "milliseconds on an idle machine"
