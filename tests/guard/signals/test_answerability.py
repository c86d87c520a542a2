"""Answerability: each finding of the checklist takes something away."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.evidence import Checklist
from guard.signals.answerability import answerability, trust
from tests.guard.building import evidence


def found(**fields: Any) -> Checklist:
    return Checklist(**{"needed": 3, "assumed": 2, "prompt": "checklist/1"} | fields)


def test_none_where_nobody_asked() -> None:
    assert answerability(evidence()) is None
    assert answerability(evidence(checklist=found())) == 1.0


@pytest.mark.parametrize(
    "finding",
    [
        {"missing": ("the number of pears",)},
        {"missing": ("a", "b"), "all_given": False},
        {"false": ("the moon has a king",)},
        {"unsure": 1},
        {"readings": ("a", "b")},
        {"changes": True},
        {"all_given": False},
        {"unquoted": 1},
    ],
    ids=str,
)
def test_every_finding_takes_something_away(finding: dict[str, Any]) -> None:
    assert 0 < trust(found(**finding)) < 1


def test_both_framings_weigh_more_than_one() -> None:
    missing = {"missing": ("the number of pears",)}
    assert trust(found(**missing, all_given=False)) == 0.5 < trust(found(**missing, all_given=True))


def test_one_reading_is_none() -> None:
    assert trust(found(readings=("the only one",))) == 1.0


@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 6), st.integers(0, 6), st.booleans(), st.booleans())
def test_more_findings_never_raise_it(a: int, b: int, c: int, d: int, given_: bool, changes: bool) -> None:
    def at(missing: int, false: int, unsure: int, unquoted: int) -> float:
        facts, claims = ("x",) * missing, ("y",) * false
        more = {"unsure": unsure, "unquoted": unquoted, "all_given": given_, "changes": changes}
        return trust(found(missing=facts, false=claims, **more))

    base = at(a, b, c, d)
    assert 0 <= base <= 1
    assert at(a, b + 1, c, d) <= base
    assert at(a, b, c + 1, d) <= base
    assert at(a, b, c, d + 1) <= base
    assert at(a + 1, b, c, d) <= (base if a or given_ else 1)
