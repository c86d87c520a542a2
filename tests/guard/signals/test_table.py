"""The table of signals: every file in it, every value a score."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings

from guard import signals
from guard.evidence import Evidence
from guard.signals import SIGNALS, scores_of
from tests.guard.building import evidence, evidences, look, self_report


def test_every_file_is_a_signal_of_its_name() -> None:
    files = {file.stem for file in Path(signals.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == set(SIGNALS)
    assert all(signal.__name__ == name for name, signal in SIGNALS.items())
    assert all(signal.__doc__ for signal in SIGNALS.values())


def test_every_file_has_its_tests() -> None:
    here = {file.stem.removeprefix("test_") for file in Path(__file__).parent.glob("test_*.py")}
    assert set(SIGNALS) <= here


def test_scores_come_in_the_order_of_their_names_and_rounded() -> None:
    seen = look(0.5, 0.0, 0.0, 0.0)
    scores = scores_of(evidence(draws=("Paris", "Paris", "Lyon"), self_report=self_report(1 / 3), second_way=seen))
    assert [name for name, _ in scores] == sorted(SIGNALS)
    assert dict(scores) == {
        "answerability": None,
        "cluster_share": 0.75,
        "cross_model": None,
        "grounding": None,
        "p_true": None,
        "premise_doubt": 0.821781,
        "second_way": 0.5,
        "self_report": 0.333333,
        "semantic_agreement": 0.666667,
        "semantic_entropy": 0.594361,
        "stated_agreement": None,
        "token_probability": None,
    }


@settings(deadline=None, max_examples=120)
@given(evidences())
def test_every_score_is_none_or_in_the_unit_interval(found: Evidence) -> None:
    for _, value in scores_of(found):
        assert value is None or 0 <= value <= 1


@settings(deadline=None, max_examples=100)
@given(evidences())
def test_signals_are_pure(found: Evidence) -> None:
    before = found.to_json()
    assert scores_of(found) == scores_of(Evidence.from_json(before))
    assert found.to_json() == before
