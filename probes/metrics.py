"""Measures of selective prediction: pure functions of labels and confidences.

`right` is 1 for a right answer, `confidence` is higher for a more trusted one. Where a measure is undefined (one class
only, nothing answered) it is None.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def auroc(right: Sequence[int], confidence: Sequence[float]) -> float | None:
    """P(a right answer is trusted more than a wrong one) + half the ties, in [0, 1] (Mann-Whitney)."""
    labels, scores = np.asarray(right, dtype=bool), np.asarray(confidence, dtype=float)
    positives = int(labels.sum())
    negatives = len(labels) - positives
    if not positives or not negatives:
        return None
    ranks = _average_ranks(scores)
    return float((ranks[labels].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def auroc_within(right: Sequence[int], confidence: Sequence[float], folds: Sequence[int] = ()) -> float | None:
    """The AUROC over pairs of one fold: each fold's, weighted by its pairs of a right and a wrong answer; in [0, 1].

    Scores of different folds come from different fits, and a fit's base rate is the higher the fewer right answers its
    fold has, so that pairs across folds are ranked wrongly more often than not (Forman and Scholz 2010). Without folds
    it is `auroc`.
    """
    labels, scores = np.asarray(right, dtype=int), np.asarray(confidence, dtype=float)
    numbers = np.asarray(folds or [0] * len(labels))
    area = pairs = 0.0
    for fold in np.unique(numbers):
        inside = numbers == fold
        found = auroc(labels[inside].tolist(), scores[inside].tolist())
        if found is not None:
            own = float(labels[inside].sum()) * float((1 - labels[inside]).sum())
            area, pairs = area + found * own, pairs + own
    return area / pairs if pairs else None


def _average_ranks(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse], dtype=float)


def selective_risk(right: Sequence[int], confidence: Sequence[float], threshold: float) -> float | None:
    """Share of wrong answers among those released at a threshold; None when none is released."""
    released = [label for label, score in zip(right, confidence, strict=True) if score >= threshold]
    return 1 - sum(released) / len(released) if released else None


def coverage(confidence: Sequence[float], threshold: float) -> float:
    """Share of the answers that are released at a threshold, in [0, 1]."""
    return sum(score >= threshold for score in confidence) / len(confidence) if confidence else 0.0


def ece(right: Sequence[int], confidence: Sequence[float], bins: int = 10) -> float | None:
    """Expected calibration error over bins of equal width, in [0, 1], lower is better (Naeini 2015)."""
    if not len(right):
        return None
    places = np.minimum((np.asarray(confidence) * bins).astype(int), bins - 1)
    labels, scores = np.asarray(right, dtype=float), np.asarray(confidence, dtype=float)
    gaps = (
        abs(labels[places == place].mean() - scores[places == place].mean()) * (places == place).mean()
        for place in np.unique(places)
    )
    return float(sum(gaps))


def wilson(successes: int, n: int, z: float = 1.959964) -> tuple[float, float] | None:
    """Two-sided 95 % interval of a share (Wilson 1927); None for nothing."""
    if not n:
        return None
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(centre - half, 0.0), min(centre + half, 1.0)


def risks(right: Sequence[int], confidence: Sequence[float]) -> NDArray[np.float64]:
    """Share of wrong answers among the k most trusted, for k = 1..n, in [0, 1].

    Equal confidences have no order: each cut through them counts their mean, so that a figure depends on no accident of
    the file.
    """
    order = np.argsort(-np.asarray(confidence, dtype=float), kind="stable")
    wrong, scores = 1 - np.asarray(right, dtype=float)[order], np.asarray(confidence, dtype=float)[order]
    _, group, counts = np.unique(-scores, return_inverse=True, return_counts=True)
    means = np.bincount(group, weights=wrong) / counts
    return np.asarray(np.cumsum(means[group]) / np.arange(1, len(wrong) + 1))


def aurc(right: Sequence[int], confidence: Sequence[float]) -> float | None:
    """Area under the risk-coverage curve, the mean of `risks`, in [0, 1], lower is better (Geifman et al. 2019)."""
    return float(risks(right, confidence).mean()) if len(right) else None


def e_aurc(right: Sequence[int], confidence: Sequence[float]) -> float | None:
    """AURC less that of a perfect order of the same answers, at least 0, lower is better (Geifman et al. 2019)."""
    found, perfect = aurc(right, confidence), aurc(right, [float(label) for label in right])
    return None if found is None or perfect is None else found - perfect


def prr(right: Sequence[int], confidence: Sequence[float]) -> float | None:
    """Prediction rejection ratio: how far the order is from chance (0) to perfect (1); all rejections, no cut-off.

    Areas under the share of right answers among the k most trusted, k = 1..n; chance is its expectation, the share of
    all. Malinin and Gales 2021; lm-polygraph's with `max_rejection` 1. None with one class only.
    """
    found, perfect = aurc(right, confidence), aurc(right, [float(label) for label in right])
    if found is None or perfect is None or not 0 < sum(right) < len(right):
        return None
    chance = 1 - sum(right) / len(right)
    return (chance - found) / (chance - perfect)


def brier(right: Sequence[int], confidence: Sequence[float]) -> float | None:
    """Mean squared distance of confidence and label, in [0, 1], lower is better (Brier 1950)."""
    if not len(right):
        return None
    return float(((np.asarray(confidence, dtype=float) - np.asarray(right, dtype=float)) ** 2).mean())


def coverage_at_risk(right: Sequence[int], confidence: Sequence[float], risk: float) -> float:
    """Largest share of answers that a threshold releases with at most this share of wrong ones; 0 where none does.

    A threshold releases equal confidences together.
    """
    if not len(right):
        return 0.0
    order = np.argsort(-np.asarray(confidence, dtype=float), kind="stable")
    scores, wrong = np.asarray(confidence, dtype=float)[order], 1 - np.asarray(right, dtype=float)[order]
    last = np.append(scores[1:] != scores[:-1], True)
    within = np.cumsum(wrong) <= risk * np.arange(1, len(wrong) + 1) + 1e-9
    reached = np.flatnonzero(last & within)
    return float((reached[-1] + 1) / len(wrong)) if len(reached) else 0.0


def error_at_coverage(right: Sequence[int], confidence: Sequence[float], share: float) -> float | None:
    """Share of wrong answers among the most trusted ceil(share x n), equal confidences at the cut by their mean."""
    if not len(right):
        return None
    kept = max(math.ceil(share * len(right) - 1e-9), 1)
    return float(risks(right, confidence)[kept - 1])


def auroc_interval(
    right: Sequence[int],
    confidence: Sequence[float],
    folds: Sequence[int] = (),
    *,
    draws: int = 500,
    seed: int = 0,
) -> tuple[float, float] | None:
    """95 % bootstrap interval of the AUROC (percentiles, Efron 1979); None where the AUROC is undefined.

    Right and wrong answers are drawn apart, and each fold's, so that no draw is left with one class.
    """
    if auroc_within(right, confidence, folds) is None:
        return None
    labels, scores = np.asarray(right, dtype=int), np.asarray(confidence, dtype=float)
    numbers = np.asarray(folds or [0] * len(labels))
    cells = [np.flatnonzero((labels == label) & (numbers == fold)) for label in (0, 1) for fold in np.unique(numbers)]
    dice, found = np.random.default_rng(seed), []
    for _ in range(draws):
        drawn = np.concatenate([dice.choice(cell, len(cell)) for cell in cells if len(cell)])
        found.append(auroc_within(labels[drawn].tolist(), scores[drawn].tolist(), numbers[drawn].tolist()))
    low, high = np.quantile(np.asarray(found, dtype=float), (0.025, 0.975))
    return float(low), float(high)


def precision_recall_f1(should: Sequence[bool], did: Sequence[bool]) -> tuple[float | None, float | None, float | None]:
    """Of abstaining: precision, recall and F1, in [0, 1]; None where undefined (AbstentionBench 2025)."""
    both = sum(1 for want, got in zip(should, did, strict=True) if want and got)
    precision = both / sum(did) if any(did) else None
    recall = both / sum(should) if any(should) else None
    total = sum(should) + sum(did)
    return precision, recall, 2 * both / total if total else None
