"""Discrete semantic entropy, turned round so that higher is more trustworthy."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from guard.evidence import Evidence


def entropy(counts: Sequence[int]) -> float:
    """Entropy in nats of the clusters' sizes. Farquhar et al. 2024 (Nature 630:625), the discrete form."""
    total = sum(counts)
    return -math.fsum(count / total * math.log(count / total) for count in counts if count)


def semantic_entropy(evidence: Evidence) -> float | None:
    """1 - entropy over its maximum, in [0, 1]; None without draws or without diversity.

    A draw that did not come back counts as a meaning of its own.
    """
    if not evidence.asked or not evidence.draws or not evidence.diversity:
        return None
    counts = [*Counter(evidence.clusters).values(), *[1] * evidence.failed]
    return max(0.0, 1 - entropy(counts) / math.log(sum(counts)))
