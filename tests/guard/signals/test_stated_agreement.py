"""Agreement weighted by the confidence that each completion states."""

from __future__ import annotations

import pytest

from guard.evidence import Evidence
from guard.pipeline import settled
from guard.signals.stated_agreement import stated_agreement
from tests.guard.building import answer, calibration, evidence, ruling


def stating(own: float | None, *draws: tuple[float | None, float], asked: int | None = None) -> Evidence:
    """A candidate that states `own`, and draws of (stated, similarity to the candidate)."""
    size = len(draws) + 1
    rows = [[1.0] * size for _ in range(size)]
    for place, (_, alike) in enumerate(draws, 1):
        rows[0][place] = rows[place][0] = alike
    return evidence(
        candidate=answer("Paris").model_copy(update={"stated": own}),
        draws=tuple(answer("Paris").model_copy(update={"stated": stated}) for stated, _ in draws),
        asked=len(draws) if asked is None else asked,
        similarities=tuple(map(tuple, rows)),
        clusters=tuple(0 if row[0] >= 0.7 else n for n, row in enumerate(rows)),
    )


def test_the_mean_of_statement_times_similarity() -> None:
    found = stated_agreement(stating(0.9, (0.8, 1.0), (1.0, 0.5), (0.7, 0.0)))
    assert found == pytest.approx((0.9 + 0.8 + 0.5 + 0.0) / 4)


def test_a_draw_that_states_nothing_is_left_out_and_one_that_is_missing_counts_as_nothing() -> None:
    assert stated_agreement(stating(0.9, (None, 1.0), (0.5, 1.0))) == pytest.approx(1.4 / 2)
    assert stated_agreement(stating(0.9, (0.5, 1.0), asked=2)) == pytest.approx(1.4 / 3)


@pytest.mark.parametrize(
    "found",
    [
        stating(None, (0.5, 1.0)),
        stating(0.9),
        stating(0.9, (0.5, 1.0)).model_copy(update={"diversity": False}),
    ],
    ids=["the candidate states none", "no draws", "copies"],
)
def test_none_where_there_is_nothing_to_weigh(found: Evidence) -> None:
    assert stated_agreement(found) is None


def test_more_statement_or_more_agreement_is_more() -> None:
    base = stated_agreement(stating(0.5, (0.5, 0.5)))
    assert base is not None
    assert stated_agreement(stating(0.6, (0.5, 0.5))) > base  # type: ignore[operator]
    assert stated_agreement(stating(0.5, (0.6, 0.5))) > base  # type: ignore[operator]
    assert stated_agreement(stating(0.5, (0.5, 0.6))) > base  # type: ignore[operator]


def test_early_stopping_reckons_with_draws_that_are_surer_than_the_candidate() -> None:
    """A candidate that states 60 % may yet be released by draws that state more: the asking is not over."""
    undecided = stating(0.6, (0.6, 1.0), (0.6, 0.0))
    weights = {"stated_agreement": 8.0, "semantic_agreement": 0.0}
    assert not settled(undecided, 4, ruling(calibration(0.5, weights, intercept=-5.0)))
    assert settled(undecided, 4, ruling(calibration(0.5, weights, intercept=-7.0)))
