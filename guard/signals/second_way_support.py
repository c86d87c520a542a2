"""How much the draws say what the model's own decomposition ends in."""

from __future__ import annotations

import math

from guard.evidence import Evidence


def second_way_support(evidence: Evidence) -> float | None:
    """Mean similarity of the second way's answer to the draws, in [0, 1]; None without either.

    A draw that did not come back counts as unlike.
    """
    if evidence.second_way is None or not evidence.draws or not evidence.diversity:
        return None
    return math.fsum(evidence.second_way.similarities[1:]) / evidence.asked
