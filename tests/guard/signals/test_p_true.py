from __future__ import annotations

import pytest

from guard.pipeline import verdict_of
from guard.signals import scores_of
from guard.signals.p_true import p_true
from guard.verdict import Decision
from tests.guard.building import calibration, evidence, look, ruling, self_report, with_p_true


@pytest.mark.parametrize("value", [0.0, 0.37, 1.0])
def test_the_probability_of_yes(value: float) -> None:
    assert p_true(evidence(self_report=with_p_true(value))) == value


def test_none_without_a_report_or_without_probabilities() -> None:
    assert p_true(evidence()) is None
    assert p_true(evidence(self_report=self_report(0.9))) is None


def test_it_does_not_need_diversity() -> None:
    assert p_true(evidence(diversity=False, self_report=with_p_true(0.9))) == 0.9


def test_it_is_an_input_of_a_map_that_names_it_and_of_no_other() -> None:
    found = evidence(self_report=with_p_true(0.75, number=0.9))
    assert dict(scores_of(found))["p_true"] == 0.75
    plain, named = {"self_report.number": 1.0}, {"p_true": 4.0, "self_report.number": 1.0}
    without = verdict_of(found, ruling(calibration(0.6, plain))).confidence.correctness
    with_it = verdict_of(found, ruling(calibration(0.6, plain, named))).confidence.correctness
    assert (without, with_it) == (pytest.approx(0.249740), pytest.approx(0.869892))


def test_it_never_releases_alone() -> None:
    by = ruling(calibration(0.6, {"p_true": 8.0}))
    alone = evidence(draws=("Lyon", "Nice", "Lima", "Oslo"), self_report=with_p_true(1.0))
    assert verdict_of(alone, by).decision is Decision.ABSTAIN
    supported = alone.model_copy(update={"second_way": look(1.0, 0.0, 0.0, 0.0, 0.0)})
    assert verdict_of(supported, by).decision is Decision.ANSWER
