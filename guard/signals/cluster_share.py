"""Share of the answers that mean what the candidate means."""

from __future__ import annotations

from guard.evidence import Evidence


def share(clusters: tuple[int, ...], missing: int) -> float:
    """Size of the first answer's cluster over all answers asked for, itself included.

    Cole et al. 2023 (arXiv 2305.14613), repetition; self-consistency's vote for the candidate.
    """
    return clusters.count(clusters[0]) / (len(clusters) + missing)


def cluster_share(evidence: Evidence) -> float | None:
    """Vote of the draws for the candidate's meaning, in [0, 1]; None without draws or without diversity."""
    if not evidence.asked or not evidence.draws or not evidence.diversity:
        return None
    return share(evidence.clusters, evidence.failed)
