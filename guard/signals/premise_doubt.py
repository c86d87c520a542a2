"""Doubt in the model's own words, turned round."""

from __future__ import annotations

from guard.doubt import Spoken, doubt_of
from guard.evidence import Evidence


def premise_doubt(evidence: Evidence) -> float | None:
    """1 - doubt, in (0, 1): how little reasoning and answer say that the question lacks something.

    Read out of the candidate's reasoning, where the endpoint shows it, and its visible answer. None where there is no
    text to read. It speaks of the question, not of the answer: an input of answerability.
    """
    candidate = evidence.candidate
    spoken = Spoken(evidence.question, candidate.reasoning, candidate.text, candidate.final, candidate.kind)
    doubt = doubt_of(spoken)
    return None if doubt is None else 1 - doubt
