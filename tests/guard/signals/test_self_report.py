from __future__ import annotations

import pytest

from guard.signals.self_report import self_report
from tests.guard.building import evidence
from tests.guard.building import self_report as said


@pytest.mark.parametrize("value", [0.0, 0.37, 1.0])
@pytest.mark.parametrize("form", ["number", "yes_no"])
def test_the_stated_chance(value: float, form: str) -> None:
    assert self_report(evidence(self_report=said(value, form))) == value


def test_none_where_none_was_given_draws_or_not() -> None:
    assert self_report(evidence()) is None
    assert self_report(evidence(draws=(), asked=0)) is None


def test_it_does_not_need_diversity() -> None:
    assert self_report(evidence(diversity=False, self_report=said(0.9))) == 0.9
