"""Doubt in a model's own words: that something is missing in the question, read out of reasoning and answer.

Reasoning models notice a missing premise in their reasoning and answer all the same. Pure, no model, no call.
"""

from __future__ import annotations

from functools import lru_cache

from guard.doubt.features import FEATURES, Spoken, features_of
from guard.doubt.weights import probability, shipped

__all__ = ["FEATURES", "Spoken", "doubt_of", "features_of"]


@lru_cache(maxsize=8)
def doubt_of(spoken: Spoken) -> float | None:
    """How far the completion's own words doubt that the question can be answered as posed, in (0, 1), higher = more
    doubt; None where there is nothing to read."""
    if not (spoken.reasoning.strip() or spoken.answer.strip()):
        return None
    return probability(shipped().log_odds(features_of(spoken)))
