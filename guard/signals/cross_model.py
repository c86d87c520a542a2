"""What another model says."""

from __future__ import annotations

from guard.evidence import Evidence


def cross_model(evidence: Evidence) -> float | None:
    """Similarity of the candidate to a second model's one answer, in [0, 1]; None where none is configured, or it
    failed.

    Worth more than repetition when that model is strong (Hamidieh et al. 2026, arXiv 2604.17112): its weight is learnt.
    """
    return evidence.cross_model.similarities[0] if evidence.cross_model else None
