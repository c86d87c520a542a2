"""The shipped weights: whole, signed, and doing what they should on plain examples."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from guard.doubt import FEATURES, Spoken, doubt_of
from guard.doubt.features import FREE, features_of
from guard.doubt.weights import WEIGHTS, Weights, probability, shipped

QUESTION = "A box holds 12 pens. How many pens does Ann have if every box costs $3?"
PLAIN = Spoken(QUESTION, "", "Ann has 12 * 3 = 36 pens. The answer is 36.", "36")
DOUBTING = Spoken(
    QUESTION,
    "",
    "The problem does not say how many boxes Ann has. Without knowing that, we cannot determine the number of pens. "
    "Please provide the number of boxes.",
    "we cannot determine the number of pens",
    "abstain",
)


def doubt(spoken: Spoken) -> float:
    found = doubt_of(spoken)
    assert found is not None
    return found


def test_there_is_a_weight_for_every_feature_and_no_other() -> None:
    assert tuple(shipped().weights) == tuple(shipped().calm) == FEATURES


def test_doubt_can_only_lower_trust() -> None:
    assert [name for name, weight in shipped().weights.items() if weight < 0 and name not in FREE] == []
    assert sum(weight > 0 for weight in shipped().weights.values()) > 10


def test_no_text_ships_with_the_weights() -> None:
    assert len(WEIGHTS.read_text()) < 6_000


def test_doubt_follows_the_words() -> None:
    assert doubt(PLAIN) < 0.3
    assert doubt(DOUBTING) > 0.95


def test_a_model_that_notices_and_answers_all_the_same_is_seen() -> None:
    noticed = "Wait, the number of boxes is not given. Maybe the problem meant three boxes? I'll assume three boxes. "
    answer = "Ann has 12 * 3 = 36 pens. The answer is 36."
    sure = "A box holds 12 pens. Three boxes hold 12 * 3 = 36. " * 2
    seen = doubt(Spoken(QUESTION, noticed * 3, answer, "36"))
    assert seen > doubt(Spoken(QUESTION, sure, answer, "36")) + 0.2


def test_plain_answers_to_plain_questions_are_not_doubted() -> None:
    assert doubt(Spoken("What is the capital of France?", "", "Paris", "Paris")) < 0.3
    assert doubt(Spoken("Who won the World Cups of 1998 and 2018?", "", "France won both.", "France")) < 0.5


def test_nothing_to_read_is_not_measured() -> None:
    assert doubt_of(Spoken(QUESTION, " ", "\n", "")) is None
    assert doubt_of(Spoken(QUESTION, "Let me see.", "", "")) is not None


def test_a_feature_that_does_not_apply_counts_as_in_a_calm_answer() -> None:
    weights = Weights(intercept=1.0, weights={"a": 2.0, "b": 0.5}, calm={"a": 0.25, "b": 9.0})
    assert weights.log_odds({"a": None, "b": 1.0}) == pytest.approx(2.0)
    assert weights.log_odds(dict(features_of(PLAIN)) | {"a": 1.0, "b": 0.0}) == pytest.approx(3.0)


def test_probability_is_bounded() -> None:
    assert probability(0) == 0.5
    assert 0 < probability(-1e6) < probability(1e6) <= 1


def test_damaged_weights_are_refused() -> None:
    with pytest.raises(ValidationError):
        Weights.model_validate_json('{"intercept": 1e999, "weights": {}, "calm": {}}')
