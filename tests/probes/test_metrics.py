from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from probes.metrics import auroc, coverage, ece, selective_risk, wilson

PAIRS = st.lists(st.tuples(st.integers(0, 1), st.sampled_from([0.0, 0.1, 0.5, 0.5, 0.9, 1.0])), min_size=2)


@given(PAIRS)
def test_auroc_is_scikit_learns(pairs: list[tuple[int, float]]) -> None:
    right, confidence = zip(*pairs, strict=True)
    if len(set(right)) < 2:
        assert auroc(right, confidence) is None
    else:
        assert auroc(right, confidence) == pytest.approx(roc_auc_score(right, confidence))


def test_auroc_of_a_perfect_and_a_reversed_order() -> None:
    assert auroc([1, 1, 0], [0.9, 0.8, 0.1]) == 1.0
    assert auroc([1, 1, 0], [0.1, 0.2, 0.9]) == 0.0
    assert auroc([1, 0], [0.5, 0.5]) == 0.5


def test_selective_risk_and_coverage_at_a_threshold() -> None:
    right, confidence = [1, 0, 1, 0], [0.9, 0.8, 0.6, 0.2]
    assert selective_risk(right, confidence, 0.6) == pytest.approx(1 / 3)
    assert coverage(confidence, 0.6) == 0.75
    assert selective_risk(right, confidence, 0.95) is None
    assert coverage(confidence, 0.95) == 0.0
    assert coverage([], 0.5) == 0.0


def test_ece_of_a_calibrated_and_a_sure_but_wrong_score() -> None:
    rng = random.Random(0)
    confidence = [rng.random() for _ in range(20_000)]
    right = [int(rng.random() < value) for value in confidence]
    calibrated = ece(right, confidence)
    assert calibrated is not None
    assert calibrated < 0.02
    assert ece([0, 0, 0], [1.0, 1.0, 1.0]) == 1.0
    assert ece([], []) is None


def test_wilson_holds_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(0)
    hits = 0
    for _ in range(2000):
        interval = wilson(int(rng.binomial(60, 0.2)), 60)
        assert interval is not None
        hits += interval[0] <= 0.2 <= interval[1]
    assert 0.93 <= hits / 2000 <= 0.97
    assert wilson(0, 0) is None
    assert wilson(0, 10) == (0.0, pytest.approx(0.2775, abs=1e-3))
