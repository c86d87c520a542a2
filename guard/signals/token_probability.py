"""Length-normalised probability of the candidate's own tokens."""

from __future__ import annotations

import math

from guard.evidence import Evidence


def token_probability(evidence: Evidence) -> float | None:
    """Geometric mean of the candidate's token probabilities, in (0, 1]; None where the upstream gave none.

    exp of the mean log-probability, the inverse of perplexity (Malinin and Gales 2021, length-normalised).
    """
    logprob = evidence.candidate.logprob
    return None if logprob is None else math.exp(min(logprob, 0.0))
