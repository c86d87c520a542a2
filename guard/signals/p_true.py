"""P(True): how sure the model is of the yes that it gives its own answer."""

from __future__ import annotations

from guard.evidence import Evidence


def p_true(evidence: Evidence) -> float | None:
    """The probability of yes against no in the self-report, in [0, 1]; None without one, or without log-probabilities.

    Kadavath et al. 2022 (arXiv 2207.05221). The model's own word, like the self-report: it never releases alone.
    """
    return evidence.self_report.p_true if evidence.self_report else None
