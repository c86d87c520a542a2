"""Boosted trees as plain numbers: reading and evaluating them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

WEIGHTS: Final = Path(__file__).parent / "weights.json"


class Tables(BaseModel):
    """Weights as they are shipped: complete binary trees of one `depth`, the children of node i at 2 i + 1 and 2 i + 2.

    A node sends a value that is at most its threshold to the left. `leaves` are added to `baseline` and give log-odds
    that the pair means the same, on balanced data.
    """

    model_config = ConfigDict(frozen=True)

    features: tuple[str, ...]
    depth: int
    baseline: float
    nodes: tuple[tuple[int, ...], ...]
    thresholds: tuple[tuple[float, ...], ...]
    leaves: tuple[tuple[float, ...], ...]
    sources: tuple[str, ...] = ()
    """Digests of the files that the weights were fitted on."""


class Trees:
    """Evaluates all trees at once."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._nodes: NDArray[np.intp] = np.array(tables.nodes, dtype=np.intp)
        self._thresholds = np.array(tables.thresholds, dtype=float)
        self._leaves = np.array(tables.leaves, dtype=float).ravel()
        inner, ends = 2**tables.depth - 1, 2**tables.depth
        self._starts = np.arange(len(self._nodes)) * inner
        self._ends = np.arange(len(self._nodes)) * ends - inner

    def log_odds(self, vector: Sequence[float]) -> float:
        """Log-odds of "the same" for one vector of features."""
        right = (np.array(vector)[self._nodes] > self._thresholds).ravel().astype(np.intp)
        place = np.zeros(len(self._nodes), dtype=np.intp)
        for _ in range(self.tables.depth):
            place = 2 * place + 1 + right[self._starts + place]
        return float(self._leaves[self._ends + place].sum()) + self.tables.baseline


@lru_cache(maxsize=1)
def shipped() -> Trees:
    """The weights that come with the project."""
    return Trees(Tables.model_validate(json.loads(WEIGHTS.read_text(encoding="utf-8"))))
