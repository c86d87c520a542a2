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
