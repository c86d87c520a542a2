"""Calibration files: read strictly, applied with a handful of arithmetic."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.calibration import (
    Calibration,
    Curve,
    Map,
    answerability_of,
    confidence_by,
    confidence_of,
    inputs_of,
    load,
    map_for,
    parse,
    prior,
    value_of,
)
from guard.errors import CalibrationError
from guard.evidence import Evidence
from guard.signals import SIGNALS, scores_of
from tests.guard.building import UNITS, calibration, evidence, evidences, look, self_report

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
        assert map_.needs <= set(SIGNALS) | forms
        assert map_.needs & {"semantic_agreement", "second_way", "cross_model"}
        assert all(set(name.split("*")) <= map_.weights.keys() for name in map_.weights)


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
    number = evidence(self_report=self_report(0.4))
    told = inputs_of(dict(scores_of(number)), number)
    assert (told["self_report.yes_no"], told["self_report.number"]) == (0.0, 0.4)
    assert "self_report" not in inputs
    assert "self_report.number" not in inputs
    assert "token_probability" not in inputs


def test_answerability_is_the_least_of_its_signals_that_were_measured() -> None:
    assert answerability_of({"answerability": 0.4, "premise_doubt": 0.8, "semantic_agreement": 0.1}) == 0.4
    assert answerability_of({"answerability": None, "premise_doubt": 0.8}) == 0.8
    assert answerability_of({"answerability": None, "premise_doubt": None, "semantic_agreement": 0.1}) is None


def test_draws_that_were_all_lost_say_nothing_of_the_question() -> None:
    found = evidence(draws=(), asked=4)
    scores = dict(scores_of(found))
    assert confidence_of(prior(), scores, found).answerability == scores["premise_doubt"]


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
def test_the_prior_has_nothing_to_say_on_the_models_own_word_alone(found: Evidence) -> None:
    scores = dict(scores_of(found))
    looked = any(scores[name] is not None for name in ("semantic_agreement", "second_way", "cross_model"))
    lost = found.asked > 0 and not found.draws
    assert (confidence_of(prior(), scores, found).correctness is None) == (lost or not looked)


@pytest.mark.parametrize("looks", [{"second_way": look(1.0)}, {"cross_model": look(1.0)}], ids=["second way", "other"])
def test_draws_that_were_all_lost_leave_no_confidence(looks: dict[str, Any]) -> None:
    saved, lost = evidence(draws=(), asked=0, **looks), evidence(draws=(), asked=4, **looks)
    assert confidence_of(prior(), dict(scores_of(saved)), saved).correctness is not None
    assert confidence_of(prior(), dict(scores_of(lost)), lost).correctness is None


# Maps of models' own


KNOWN = Map(
    intercept=-1.0,
    weights={"semantic_agreement": 2.0, "semantic_agreement*kind.value": 1.0},
    traits={"kind.value": -0.5, "answer_chars>10": 0.25},
    curves={"m": Curve(shift=0.5, slope=2.0)},
)


def test_traits_and_a_models_curve_are_terms_of_its_own_map() -> None:
    inputs = {"semantic_agreement": 0.5, "kind.value": 1.0, "answer_chars": 11.0}
    pooled = -1.0 + 1.0 + 0.5 - 0.5 + 0.25
    assert KNOWN.apply(inputs, "m") == pytest.approx(1 / (1 + math.exp(-(0.5 + 2 * pooled))))
    assert KNOWN.apply(inputs) == pytest.approx(1 / (1 + math.exp(-pooled)))
    assert KNOWN.apply(inputs | {"answer_chars": 10.0}) == pytest.approx(1 / (1 + math.exp(-(pooled - 0.25))))
    assert KNOWN.needs == {"semantic_agreement"}


def test_a_map_of_some_models_is_for_no_other() -> None:
    general = Map(intercept=0.0, weights={"semantic_agreement": 1.0})
    inputs = inputs_of({"semantic_agreement": 1.0}, evidence())
    assert map_for([general, KNOWN], inputs, "m") is KNOWN
    assert map_for([KNOWN, general], inputs, "another") is general
    assert map_for([KNOWN], inputs, "another") is None
    assert map_for([], inputs, "m") is None


def test_more_looks_count_before_knowing_the_model() -> None:
    wider = Map(intercept=0.0, weights={"semantic_agreement": 1.0, "second_way": 1.0})
    inputs = inputs_of({"semantic_agreement": 1.0, "second_way": 1.0}, evidence())
    assert map_for([KNOWN, wider], inputs, "m") is wider


def test_the_model_is_the_one_that_the_upstream_reports() -> None:
    fitted = Calibration(schema="calibration/1", status="certified", maps=(KNOWN,), threshold=0.5)
    found = evidence(model="alias", reported_model="m")
    assert confidence_of(fitted, dict(scores_of(found)), found).correctness is not None
    other = evidence(model="m", reported_model="another")
    assert confidence_of(fitted, dict(scores_of(other)), other).correctness is None
    silent = evidence(model="m", reported_model="")
    assert confidence_of(fitted, dict(scores_of(silent)), silent).correctness is not None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"traits": {"semantic_agreement": -1.0}}, "is no trait"),
        ({"traits": {"mood>3": 1.0}}, "'mood>3' is no trait"),
        ({"weights": {"semantic_agreement*kind.value": -1.0}}, "weights.semantic_agreement*kind.value"),
        ({"curves": {"m": {"slope": -1.0}}}, "curves.m.slope"),
    ],
)
def test_a_map_that_could_lower_confidence_for_a_better_look_is_refused(changes: dict[str, Any], says: str) -> None:
    map_ = {"intercept": 0.0, "weights": {"semantic_agreement": 1.0}} | changes
    with pytest.raises(CalibrationError) as caught:
        parse(written(maps=[map_]), "c.json")
    assert says in str(caught.value)


# Products


def test_a_product_needs_its_parts_and_multiplies_them() -> None:
    map_ = Map(intercept=-1.0, weights={"a": 1.0, "b": 0.0, "a*b": 4.0})
    assert map_.needs == {"a", "b"}
    assert map_.apply({"a": 0.5, "b": 0.5}) == pytest.approx(1 / (1 + math.exp(-0.5)))
    assert Map(intercept=0.0, weights={"a*b": 1.0}).needs == {"a", "b"}
    assert (value_of("a", {"a": 0.3}), value_of("a*b", {"a": 0.3, "b": 0.5})) == (0.3, pytest.approx(0.15))


def test_a_map_with_products_is_not_taken_where_a_part_is_missing() -> None:
    fitted = calibration(0.5, {"a": 1.0}, {"a*b": 9.0}, intercept=0.0)
    assert fitted.confidence({"a": 0.0}) == 0.5
    assert fitted.confidence({"b": 1.0}) is None
    assert fitted.confidence({}) is None


def test_of_two_maps_the_one_with_more_terms_is_taken() -> None:
    """As many inputs, but a product: the looks that speak together."""
    maps = (Map(intercept=0.0, weights={"a": 1.0, "c": 0.0}), Map(intercept=0.0, weights={"a": 0, "b": 0, "a*b": 2.0}))
    inputs = {"a": 1.0, "b": 1.0, "c": 1.0}
    assert (
        confidence_by(maps, inputs)
        == confidence_by(maps[::-1], inputs)
        == pytest.approx(1 / (1 + math.exp(-2)), abs=1e-6)
    )
    assert confidence_by((), inputs) is None


@settings(deadline=None, max_examples=200)
@given(st.dictionaries(st.sampled_from(("a", "b", "c", "a*b", "b*c", "a*c")), st.floats(0, 20), min_size=1), st.data())
def test_no_product_makes_a_better_score_a_lower_confidence(weights: dict[str, float], data: st.DataObject) -> None:
    fitted = calibration(0.5, weights)
    worse = {name: data.draw(UNITS) for name in "abc"}
    better = {name: data.draw(st.floats(value, 1)) for name, value in worse.items()}
    low, high = fitted.confidence(worse), fitted.confidence(better)
    assert low is not None
    assert high is not None
    assert low <= high
