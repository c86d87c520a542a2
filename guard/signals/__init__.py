"""Signals: pure functions of Evidence to a number in [0, 1], higher = more trustworthy, or None."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from guard.evidence import Evidence
from guard.signals.answerability import answerability
from guard.signals.cluster_share import cluster_share
from guard.signals.cross_model import cross_model
from guard.signals.grounding import grounding
from guard.signals.p_true import p_true
from guard.signals.premise_doubt import premise_doubt
from guard.signals.second_way import second_way
from guard.signals.self_report import self_report
from guard.signals.semantic_agreement import semantic_agreement
from guard.signals.semantic_entropy import semantic_entropy
from guard.signals.stated_agreement import stated_agreement
from guard.signals.token_probability import token_probability

Signal = Callable[[Evidence], float | None]

SIGNALS: Mapping[str, Signal] = {
    "answerability": answerability,
    "cluster_share": cluster_share,
    "cross_model": cross_model,
    "grounding": grounding,
    "p_true": p_true,
    "premise_doubt": premise_doubt,
    "second_way": second_way,
    "self_report": self_report,
    "semantic_agreement": semantic_agreement,
    "semantic_entropy": semantic_entropy,
    "stated_agreement": stated_agreement,
    "token_probability": token_probability,
}
"""Name -> signal. A new one is a file beside this one, a line here, a test file and a docs section."""


def scores_of(evidence: Evidence) -> tuple[tuple[str, float | None], ...]:
    """Every signal's value, in the order of their names, rounded to six digits."""
    values = ((name, signal(evidence)) for name, signal in SIGNALS.items())
    return tuple((name, None if value is None else round(value, 6)) for name, value in values)
