"""Another way to the same answer: the model's own decomposition of the question."""

from __future__ import annotations

from guard.evidence import Evidence


def second_way(evidence: Evidence) -> float | None:
    """Similarity of the candidate to the answer reached through the model's own steps, in [0, 1]; None where it was
    not asked, or failed.

    Interface disagreement of DBA (Findings of ACL 2026), turned round.
    """
    return evidence.second_way.similarities[0] if evidence.second_way else None
