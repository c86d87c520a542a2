"""Calibration files: read strictly, applied with a handful of arithmetic."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.calibration import Map, confidence_of, inputs_of, load, parse, prior
from guard.errors import CalibrationError
from guard.evidence import Evidence
from guard.signals import SIGNALS, scores_of
from tests.guard.building import calibration, evidence, evidences, self_report

FILE = {
    "schema": "calibration/1",
    "status": "certified",
    "maps": [{"intercept": -1.0, "weights": {"semantic_agreement": 2.0}}],
    "threshold": 0.6,
    "target_risk": 0.05,
}


def written(**changes: Any) -> bytes:
    return orjson.dumps(FILE | changes)


# Reading


def test_a_file_in_full() -> None:
    read = parse(written(fingerprints={"judge": "lexical/1"}, a_later_field=1), "c.json")
    assert read.status == "certified"
    assert read.maps[0].weights == {"semantic_agreement": 2.0}
    assert (read.threshold, read.target_risk) == (0.6, 0.05)
    assert read.fingerprints == {"judge": "lexical/1"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "file"),
        (b"{", "file"),
        (b"\xff\xfe", "file"),
        (b"[]", "file"),
        (b"null", "file"),
        (written(schema="calibration/2"), "schema"),
        (written(status="perfect"), "status"),
        (written(maps=[]), "maps"),
        (
            written(maps=[{"intercept": 0, "weights": {"semantic_agreement": -0.1}}]),
            "maps.0.weights.semantic_agreement",
        ),
        (written(maps=[{"intercept": None, "weights": {}}]), "maps.0.intercept"),
        (written(threshold=1.5), "threshold"),
        (written(threshold=-0.1), "threshold"),
        (written().replace(b"-1.0", b"NaN"), "intercept"),
        (written().replace(b"2.0", b"Infinity"), "weights"),
    ],
)
def test_a_damaged_file_is_an_error_that_names_the_place(text: bytes, says: str) -> None:
    with pytest.raises(CalibrationError) as caught:
        parse(text, "here/c.json")
    assert str(caught.value).startswith("here/c.json: ")
    assert says in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CalibrationError, match="cannot be read: No such file"):
        load(tmp_path / "absent.json")
    with pytest.raises(CalibrationError, match="cannot be read"):
        load(tmp_path)


def test_a_file_that_is(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_bytes(written())
    assert load(tmp_path / "c.json") == parse(written(), "c.json")


def test_the_shipped_prior_is_strict_and_uses_signals_that_there_are() -> None:
    shipped = prior()
    assert shipped.status == "prior"
    assert 0.5 < shipped.threshold < 1
    assert shipped is prior()
    forms = {"self_report.number", "self_report.yes_no"}
    for map_ in shipped.maps:
        assert set(map_.weights) <= set(SIGNALS) | forms
        assert "semantic_agreement" in map_.weights


# Applying


def test_the_logistic_map() -> None:
    map_ = Map(intercept=-1.0, weights={"a": 2.0, "b": 1.0})
    assert map_.apply({"a": 0.5, "b": 0.0}) == 0.5
    assert map_.apply({"a": 1.0, "b": 1.0, "c": 9.0}) == pytest.approx(1 / (1 + math.exp(-2)))


@pytest.mark.parametrize("intercept", [-1e308, 1e308])
def test_extreme_maps_do_not_overflow(intercept: float) -> None:
    assert 0 <= Map(intercept=intercept, weights={"a": 1e308}).apply({"a": 1.0}) <= 1


def test_the_map_that_uses_most_of_what_was_measured() -> None:
    fitted = calibration(0.5, {"a": 1.0}, {"a": 1.0, "b": 3.0}, {"a": 1.0, "c": 9.0}, intercept=0.0)
    assert fitted.confidence({"a": 0.0}) == 0.5
    assert fitted.confidence({"a": 0.0, "b": 1.0}) == pytest.approx(1 / (1 + math.exp(-3)), abs=1e-6)
    assert fitted.confidence({"b": 1.0}) is None
    assert fitted.confidence({}) is None


def test_a_self_report_enters_under_the_form_in_which_it_was_given() -> None:
    found = evidence(self_report=self_report(0.0, "yes_no"))
    inputs = inputs_of(dict(scores_of(found)), found)
    assert inputs["self_report.yes_no"] == 0.0
    assert "self_report" not in inputs
    assert "self_report.number" not in inputs
    assert "token_probability" not in inputs


def test_answerability_is_not_measured_yet() -> None:
    found = evidence()
    assert confidence_of(prior(), dict(scores_of(found)), found).answerability is None


WEIGHTS = st.dictionaries(st.sampled_from(sorted(SIGNALS)), st.floats(0, 20), min_size=1)


@settings(deadline=None, max_examples=120)
@given(WEIGHTS, st.floats(-20, 20), st.data())
def test_a_better_score_never_lowers_the_confidence(
    weights: dict[str, float], intercept: float, data: st.DataObject
) -> None:
    fitted = calibration(0.5, weights, intercept=intercept)
    scores = {name: data.draw(st.floats(0, 1)) for name in weights}
    better = {name: data.draw(st.floats(value, 1)) for name, value in scores.items()}
    low, high = fitted.confidence(scores), fitted.confidence(better)
    assert low is not None
    assert high is not None
    assert 0 <= low <= high <= 1


@settings(deadline=None, max_examples=100)
@given(evidences())
def test_the_prior_has_nothing_to_say_without_agreement(found: Evidence) -> None:
    scores = dict(scores_of(found))
    assert (confidence_of(prior(), scores, found).correctness is None) == (scores["semantic_agreement"] is None)
