"""The weights of doubt as they are shipped, and applying them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

WEIGHTS: Final = Path(__file__).parent / "weights.json"

Finite = Annotated[float, Field(allow_inf_nan=False)]


class Weights(BaseModel):
    """Log-odds of doubt: the intercept and, for each feature, its weight times its value.

    `calm` is the value that a feature has where it does not apply: its mean over answers to whole questions. Fitted
    with both labels weighing the same: log-odds 0 is even odds on such a mixture, and no rate of any traffic.
    """

    model_config = ConfigDict(frozen=True)

    intercept: Finite
    weights: dict[str, Finite]
    calm: dict[str, Finite]

    def log_odds(self, features: Mapping[str, float | None]) -> float:
        """Log-odds that the question lacks something; higher = more doubt."""
        total = self.intercept
        for name, weight in self.weights.items():
            value = features[name]
            total += weight * (self.calm[name] if value is None else value)
        return total


def probability(log_odds: float) -> float:
    """Log-odds as a number in (0, 1)."""
    return 1 / (1 + math.exp(-max(min(log_odds, 50.0), -50.0)))


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The weights that come with the project: coefficients fitted on recorded answers, no text."""
    return Weights.model_validate_json(WEIGHTS.read_text(encoding="utf-8"))
