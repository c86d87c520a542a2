from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    average_precision_score,
    brier_score_loss,
    precision_recall_curve,
    precision_recall_fscore_support,
    roc_auc_score,
)

from probes.metrics import (
    aurc,
    auroc,
    auroc_interval,
    auroc_within,
    brier,
    coverage,
    coverage_at_risk,
    e_aurc,
    ece,
    error_at_coverage,
    precision_recall_f1,
    prr,
    risks,
    selective_risk,
    wilson,
)

PAIRS = st.lists(st.tuples(st.integers(0, 1), st.sampled_from([0.0, 0.1, 0.5, 0.5, 0.9, 1.0])), min_size=2)


@given(PAIRS)
def test_auroc_is_scikit_learns(pairs: list[tuple[int, float]]) -> None:
    right, confidence = zip(*pairs, strict=True)
    if len(set(right)) < 2:
        assert auroc(right, confidence) is None
    else:
        assert auroc(right, confidence) == pytest.approx(roc_auc_score(right, confidence))


def test_auroc_within_folds_is_scikit_learns_of_each_weighted_by_its_pairs() -> None:
    dice = random.Random(5)
    right = [int(dice.random() < 0.4) for _ in range(300)]
    trust = [dice.gauss(label, 1) for label in right]
    folds = [dice.randint(0, 2) for _ in right]
    areas, pairs = [], []
    for fold in range(3):
        own = [(label, score) for label, score, home in zip(right, trust, folds, strict=True) if home == fold]
        areas.append(roc_auc_score([label for label, _ in own], [score for _, score in own]))
        rights = sum(label for label, _ in own)
        pairs.append(rights * (len(own) - rights))
    expected = sum(area * weight for area, weight in zip(areas, pairs, strict=True)) / sum(pairs)
    assert auroc_within(right, trust, folds) == pytest.approx(expected)
    assert auroc_within(right, trust) == pytest.approx(auroc(right, trust))


def test_a_shift_of_a_fold_does_not_count_within_folds() -> None:
    right, trust, folds = [1, 0, 1, 0], [0.4, 0.3, 0.9, 0.8], [0, 0, 1, 1]
    assert auroc(right, trust) == 0.75
    assert auroc_within(right, trust, folds) == 1.0
    assert auroc_within([1, 1, 0, 0], trust, folds) is None  # no fold has both
    assert auroc_within([], []) is None
    assert auroc_interval(right, trust, folds) == (1.0, 1.0)


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


# Risk and coverage. By hand: right 1 0 1 0 in the order of trust gives risks 0, 1/2, 1/3, 1/2.

RIGHT, TRUST = [0, 1, 0, 1], [0.2, 0.9, 0.8, 0.6]


def test_risks_by_hand() -> None:
    assert risks(RIGHT, TRUST) == pytest.approx([0, 1 / 2, 1 / 3, 1 / 2])
    assert risks([], []).tolist() == []


def test_risks_of_ties_are_those_of_their_mean() -> None:
    assert risks([1, 0, 0, 1], [0.5] * 4) == pytest.approx([0.5] * 4)
    assert risks([1, 1, 0, 0], [0.9, 0.5, 0.5, 0.1]) == pytest.approx([0, 1 / 4, 1 / 3, 1 / 2])


@given(PAIRS)
def test_ties_have_no_order(pairs: list[tuple[int, float]]) -> None:
    right, confidence = zip(*pairs, strict=True)
    turned_right, turned = zip(*pairs[::-1], strict=True)
    assert risks(right, confidence) == pytest.approx(risks(turned_right, turned))


def test_aurc_and_its_excess_by_hand() -> None:
    assert aurc(RIGHT, TRUST) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)
    perfect = (0 + 0 + 1 / 3 + 1 / 2) / 4
    assert e_aurc(RIGHT, TRUST) == pytest.approx((1 / 2) / 4)
    assert aurc([1, 1, 0, 0], [4, 3, 2, 1]) == pytest.approx(perfect)
    assert e_aurc([1, 1, 0, 0], [4, 3, 2, 1]) == 0
    assert (aurc([], []), e_aurc([], [])) == (None, None)


def test_the_perfect_area_is_about_its_closed_form() -> None:
    """Geifman et al. 2019: r + (1 - r) ln(1 - r)."""
    right = [1] * 7000 + [0] * 3000
    assert aurc(right, right) == pytest.approx(0.3 + 0.7 * np.log(0.7), abs=1e-3)


def test_prr_from_chance_to_perfect() -> None:
    right = [1, 1, 0, 0]
    assert prr(right, [4, 3, 2, 1]) == pytest.approx(1)
    assert prr(right, [1, 1, 1, 1]) == pytest.approx(0)
    worst = prr(right, [1, 2, 3, 4])
    assert worst is not None
    assert worst < 0
    assert prr(RIGHT, TRUST) == pytest.approx((1 / 2 - 1 / 3) / (1 / 2 - 5 / 24))
    assert prr([1, 1], [0.1, 0.2]) is None
    assert prr([], []) is None


def test_chance_in_prr_is_the_mean_of_shuffles() -> None:
    """lm-polygraph takes the mean of 1000 shuffles; its expectation is the share of all."""
    dice = random.Random(0)
    right = [int(dice.random() < 0.7) for _ in range(200)]
    areas = []
    for _ in range(400):
        found = aurc(right, [dice.random() for _ in right])
        assert found is not None
        areas.append(found)
    assert np.mean(areas) == pytest.approx(1 - np.mean(right), abs=0.005)


@given(PAIRS)
def test_brier_is_scikit_learns(pairs: list[tuple[int, float]]) -> None:
    right, confidence = zip(*pairs, strict=True)
    assert brier(right, confidence) == pytest.approx(brier_score_loss(right, confidence, pos_label=1, labels=[0, 1]))


def test_brier_of_nothing() -> None:
    assert brier([], []) is None
    assert brier([1, 0], [1.0, 0.5]) == pytest.approx(0.125)


def test_coverage_at_a_risk_by_hand() -> None:
    assert coverage_at_risk(RIGHT, TRUST, 0.0) == 0.25
    assert coverage_at_risk(RIGHT, TRUST, 0.34) == 0.75  # the loosest that holds, past one that does not
    assert coverage_at_risk(RIGHT, TRUST, 0.5) == 1.0
    assert coverage_at_risk([0, 1], [0.9, 0.1], 0.1) == 0.0
    assert coverage_at_risk([], [], 0.1) == 0.0


def test_a_threshold_releases_ties_together() -> None:
    assert coverage_at_risk([1, 1, 0], [0.5, 0.5, 0.5], 0.1) == 0.0
    assert coverage_at_risk([1, 1, 0], [0.9, 0.5, 0.5], 0.1) == pytest.approx(1 / 3)
    assert coverage_at_risk([1] * 9 + [0], [0.5] * 10, 0.1) == 1.0


@given(PAIRS, st.sampled_from([0.0, 0.05, 0.1, 0.2, 0.5]))
def test_what_is_covered_is_within_the_risk_and_no_threshold_covers_more(
    pairs: list[tuple[int, float]], risk: float
) -> None:
    right, confidence = zip(*pairs, strict=True)
    shares = [0.0]
    for threshold in set(confidence):
        found = selective_risk(right, confidence, threshold)
        if found is not None and found <= risk + 1e-9:
            shares.append(coverage(confidence, threshold))
    assert coverage_at_risk(right, confidence, risk) == pytest.approx(max(shares))


def test_error_at_a_coverage_by_hand() -> None:
    assert error_at_coverage(RIGHT, TRUST, 0.25) == 0.0
    assert error_at_coverage(RIGHT, TRUST, 0.30) == 0.5  # two of four
    assert error_at_coverage(RIGHT, TRUST, 0.5) == 0.5
    assert error_at_coverage(RIGHT, TRUST, 1.0) == 0.5
    assert error_at_coverage([1, 0], [0.5, 0.5], 0.3) == 0.5
    assert error_at_coverage([], [], 0.3) is None


def test_thirty_percent_of_ten_is_three_whatever_the_floats_say() -> None:
    right = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
    trust = [1 - n / 10 for n in range(10)]
    assert error_at_coverage(right, trust, 0.3) == 0.0
    assert error_at_coverage(right, trust, 0.1 * 3) == 0.0


# Intervals and abstentions


def test_the_interval_holds_the_estimate_and_shrinks_with_the_rows() -> None:
    dice = random.Random(1)

    def interval(n: int) -> tuple[float, float, float]:
        right = [n_ % 2 for n_ in range(n)]
        trust = [dice.gauss(label, 1) for label in right]
        found, area = auroc_interval(right, trust), auroc(right, trust)
        assert found is not None
        assert area is not None
        return found[0], area, found[1]

    (low, area, high), (lower, same, higher) = interval(100), interval(2000)
    assert low < area < high
    assert lower < same < higher
    assert (higher - lower) < (high - low) / 3
    assert auroc_interval([1, 1], [0.1, 0.2]) is None


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """Gaussians one deviation apart have an AUROC of .760."""
    dice, hits = random.Random(2), 0
    for seed in range(100):
        right = [n % 2 for n in range(120)]
        found = auroc_interval(right, [dice.gauss(label, 1) for label in right], draws=200, seed=seed)
        assert found is not None
        hits += found[0] <= 0.7602 <= found[1]
    assert hits >= 88


def test_the_interval_is_the_same_every_time() -> None:
    assert auroc_interval(RIGHT, TRUST) == auroc_interval(RIGHT, TRUST)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1))
def test_precision_recall_and_f1_are_scikit_learns(pairs: list[tuple[bool, bool]]) -> None:
    should, did = zip(*pairs, strict=True)
    theirs = precision_recall_fscore_support(should, did, average="binary", zero_division=0.0)
    ours = precision_recall_f1(should, did)
    assert [value or 0.0 for value in ours] == pytest.approx(list(theirs[:3]))
    assert (ours[0] is None, ours[1] is None) == (not any(did), not any(should))


# Held against scikit-learn where it has the measure, or one that ours amounts to


@given(PAIRS)
def test_risk_at_a_threshold_is_one_less_scikit_learns_precision(pairs: list[tuple[int, float]]) -> None:
    right, confidence = zip(*pairs, strict=True)
    if not any(right):
        return
    precision, recall, thresholds = precision_recall_curve(right, confidence)
    for value, found, threshold in zip(precision, recall, thresholds, strict=False):
        assert selective_risk(right, confidence, threshold) == pytest.approx(1 - value)
        released = coverage(confidence, threshold) * len(right)
        assert released * value == pytest.approx(found * sum(right))


@given(st.lists(st.integers(0, 1), min_size=1).filter(any))
def test_risks_without_ties_give_scikit_learns_average_precision(right: list[int]) -> None:
    """Average precision is the mean of 1 - risk over the cuts that end in a right answer."""
    confidence = [1 - place / len(right) for place in range(len(right))]
    kept = [1 - risk for risk, label in zip(risks(right, confidence), right, strict=True) if label]
    assert sum(kept) / sum(right) == pytest.approx(average_precision_score(right, confidence))


@given(PAIRS)
def test_aurc_is_the_mean_over_orders_of_the_ties(pairs: list[tuple[int, float]]) -> None:
    """The definition itself, (1/n) sum of r_k, on shuffles that leave only the ties to chance."""
    right, confidence = zip(*pairs[:8], strict=True)
    dice, areas = random.Random(0), []
    for _ in range(400):
        order = sorted(range(len(right)), key=lambda place: (-confidence[place], dice.random()))
        wrong = np.cumsum([1 - right[place] for place in order])
        areas.append(float((wrong / np.arange(1, len(right) + 1)).mean()))
    assert aurc(right, confidence) == pytest.approx(np.mean(areas), abs=0.05)


@given(PAIRS)
def test_ece_is_the_weighted_gap_of_scikit_learns_calibration_curve(pairs: list[tuple[int, float]]) -> None:
    right, confidence = zip(*[(label, min(value + 0.03, 1.0)) for label, value in pairs], strict=True)
    shares, means = calibration_curve(right, confidence, n_bins=10)
    sizes = np.bincount(np.minimum((np.asarray(confidence) * 10).astype(int), 9), minlength=10)
    gaps = np.abs(shares - means) * sizes[sizes > 0] / len(right)
    assert ece(right, confidence) == pytest.approx(gaps.sum())
