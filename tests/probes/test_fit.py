from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from guard.calibration import prior
from probes.fit import PATTERNS, RIDGE, Labelled, fit_map, having, labelled, leave_one_source_out
from probes.prior import THRESHOLD, as_markdown, figures_of, fit_prior, labelled_rows
from probes.samples import evidence_of
from tests.probes.rows import sample

AGREEMENT = PATTERNS[0]


def rows_of(source: str, n: int, seed: int, slope: float = 6.0) -> list[Labelled]:
    """Rows whose chance of being right rises with agreement by a known slope; share is agreement with noise."""
    rng = random.Random(seed)
    rows = []
    for _ in range(n):
        agreement = rng.random()
        share = min(max(agreement + rng.gauss(0, 0.1), 0.0), 1.0)
        right = rng.random() < 1 / (1 + np.exp(-slope * (agreement - 0.5)))
        inputs = {"semantic_agreement": agreement, "cluster_share": share}
        rows.append(Labelled(inputs, int(right), source, "m"))
    return rows


def test_a_fit_without_bounds_in_the_way_is_scikit_learns() -> None:
    rows = rows_of("a", 4000, 1)
    fitted = fit_map(rows, ["semantic_agreement"])
    inputs = [[row.inputs["semantic_agreement"]] for row in rows]
    theirs = LogisticRegression(C=1 / RIDGE).fit(inputs, [row.right for row in rows])
    assert fitted.weights["semantic_agreement"] == pytest.approx(theirs.coef_[0][0], rel=0.01)
    assert fitted.intercept == pytest.approx(theirs.intercept_[0], rel=0.01)


def test_no_weight_is_ever_negative() -> None:
    misleading = [
        Labelled({**row.inputs, "cluster_share": 1 - row.inputs["semantic_agreement"]}, row.right, "a", "m")
        for row in rows_of("a", 500, 2)
    ]
    fitted = fit_map(misleading, AGREEMENT)
    assert min(fitted.weights.values()) == 0.0
    assert fitted.weights["semantic_agreement"] > 1


def test_a_source_weighs_by_the_root_of_its_size() -> None:
    small, large = rows_of("small", 100, 3), rows_of("large", 2500, 4)
    turned = [Labelled(row.inputs, 1 - row.right, "large", "m") for row in large]
    alone = fit_map(small, ["semantic_agreement"]).weights["semantic_agreement"]
    against = fit_map([*small, *turned], ["semantic_agreement"]).weights["semantic_agreement"]
    assert alone > 2
    assert against == 0.0
    level = [Labelled({"semantic_agreement": 0.5}, int(number < 50), "small", "m") for number in range(100)]
    right = [Labelled({"semantic_agreement": 0.5}, 1, "large", "m") for _ in range(2500)]
    fitted = fit_map([*level, *right], ["semantic_agreement"]).apply({"semantic_agreement": 0.5})
    assert fitted == pytest.approx((10 * 0.5 + 50 * 1.0) / 60, abs=0.01)


def test_a_source_is_reported_by_a_map_that_has_not_seen_it() -> None:
    rows = [*rows_of("a", 200, 5), *rows_of("b", 200, 6), *rows_of("tiny", 10, 7)]
    results = leave_one_source_out(rows, AGREEMENT, 0.6)
    assert [figures.source for figures, _ in results] == ["a", "b"]
    for figures, pairs in results:
        others = [row for row in rows if row.source != figures.source]
        fitted = fit_map(others, AGREEMENT)
        assert all(confidence == fitted.apply(row.inputs) for row, confidence in pairs)
        assert figures.selective_risk is not None
        assert figures.selective_risk < figures.error


def test_rows_are_labelled_by_the_guards_own_signals() -> None:
    row = labelled(evidence_of(sample()), True, "geo")
    assert row.inputs.keys() >= {"semantic_agreement", "cluster_share", "self_report.yes_no"}
    assert "self_report" not in row.inputs
    assert having([row], PATTERNS[2]) == [row]
    assert having([row], PATTERNS[1]) == []


def test_the_shipped_prior_is_what_its_recipe_makes(probes_data: Callable[[str], Path]) -> None:
    names = ("dba-multihop dlm-logprobs esc-lastletters-gpt3.5 math-m8 triviaqa-uqnlg-demo vce-llama3.2-3b").split()
    rows = labelled_rows([probes_data(f"samples-{name}.jsonl.gz") for name in names])
    made = fit_prior(rows)
    for ours, theirs in zip(prior().maps, made.maps, strict=True):
        assert ours.weights == pytest.approx(theirs.weights, abs=0.02)
        assert ours.intercept == pytest.approx(theirs.intercept, abs=0.02)
    assert prior().threshold == THRESHOLD
    better = [row for row in figures_of(rows) if row.selective_risk is not None and row.selective_risk < row.error]
    assert len(better) >= 0.9 * len(figures_of(rows))


def test_the_prior_needs_most_of_the_draws_on_its_side() -> None:
    def confidence(alike: int, of: int) -> float:
        value = prior().confidence({"semantic_agreement": alike / of, "cluster_share": (alike + 1) / (of + 1)})
        assert value is not None
        return value

    assert confidence(8, 8) > THRESHOLD
    assert confidence(7, 8) > THRESHOLD
    assert confidence(5, 8) < THRESHOLD
    assert confidence(4, 4) > THRESHOLD


def test_the_figures_are_a_table() -> None:
    text = as_markdown(figures_of([*rows_of("a", 100, 8), *rows_of("b", 100, 9)]))
    assert text.count("\n") == 4
    assert "| semantic_agreement, cluster_share | a | 100 |" in text
