"""Verbalized confidence: what the model says of its own answer when asked apart."""

from __future__ import annotations

from guard.evidence import Evidence


def self_report(evidence: Evidence) -> float | None:
    """The stated chance of being right, in [0, 1]; None when it was not asked, failed, or broke its form.

    Lin, Hilton and Evans 2022; Tian et al. 2023 (arXiv 2305.14975).
    """
    return evidence.self_report.value if evidence.self_report else None
