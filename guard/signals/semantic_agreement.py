"""Degree of the candidate among the draws."""

from __future__ import annotations

import math

from guard.evidence import Evidence


def degree(similarities: tuple[float, ...], asked: int) -> float:
    """Mean similarity of one answer to the `asked` others; one that did not come back counts as unlike.

    Lin, Trivedi and Sun 2023 (arXiv 2305.19187), the per-answer degree of the similarity graph.
    """
    return math.fsum(similarities) / asked


def semantic_agreement(evidence: Evidence) -> float | None:
    """How much the draws say what the candidate says, in [0, 1]; None without draws or without diversity."""
    if not evidence.asked or not evidence.draws or not evidence.diversity:
        return None
    return degree(evidence.similarities[0][1:], evidence.asked)
