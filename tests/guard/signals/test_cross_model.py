from __future__ import annotations

import pytest

from guard.signals.cross_model import cross_model
from tests.guard.building import evidence, look, permuted, self_report


@pytest.mark.parametrize("alike", [0.0, 0.37, 1.0])
def test_the_similarity_of_that_answer_to_the_candidate(alike: float) -> None:
    assert cross_model(evidence(draws=("Paris", "Lyon"), cross_model=look(alike, 1.0, 0.0))) == alike


def test_none_where_it_was_not_asked_or_failed() -> None:
    assert cross_model(evidence()) is None
    assert cross_model(evidence(self_report=self_report(1.0))) is None


def test_it_needs_neither_draws_nor_diversity() -> None:
    assert cross_model(evidence(draws=(), asked=0, cross_model=look(0.8))) == 0.8
    assert cross_model(evidence(draws=("Paris",), diversity=False, cross_model=look(0.8, 0.1))) == 0.8


def test_the_order_of_the_draws_does_not_matter() -> None:
    found = evidence(draws=("Paris", "Lyon", "Nice"), cross_model=look(0.6, 0.1, 0.2, 0.3))
    assert cross_model(permuted(found, (2, 0, 1))) == 0.6
