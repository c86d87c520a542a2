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
    """Evaluates all trees at once: every node strikes out the ends that its answer excludes, and one is left for each
    tree (after QuickScorer, Lucchese et al. 2015)."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        ends = 2**tables.depth
        self._nodes: NDArray[np.intp] = np.array(tables.nodes, dtype=np.intp).T.copy()
        self._thresholds = np.array(tables.thresholds, dtype=float).T.copy()
        self._leaves = np.array(tables.leaves, dtype=float).ravel()
        left, right = _kept(tables.depth)
        self._left, self._right = left[:, None], right[:, None]
        self._trees = np.arange(len(tables.nodes)) * ends
        self._end = np.zeros(2**ends, dtype=np.intp)
        self._end[2 ** np.arange(ends)] = np.arange(ends)

    def log_odds(self, vector: Sequence[float]) -> float:
        """Log-odds of "the same" for one vector of features."""
        above = np.array(vector).take(self._nodes) > self._thresholds
        left = np.bitwise_and.reduce(np.where(above, self._right, self._left), axis=0)
        return float(self._leaves.take(self._trees + self._end.take(left)).sum()) + self.tables.baseline


def _kept(depth: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For every inner node, as bits, the ends that are left when it sends to the left, and to the right."""
    whole = 2 ** (2**depth) - 1
    left, right = [], []
    for node in range(2**depth - 1):
        level = (node + 1).bit_length() - 1
        half = 2 ** (depth - level - 1)
        first = (node + 1 - 2**level) * 2 * half
        lower = (2**half - 1) << first
        left.append(whole & ~(lower << half))
        right.append(whole & ~lower)
    return np.array(left, dtype=np.int64), np.array(right, dtype=np.int64)


@lru_cache(maxsize=1)
def shipped() -> Trees:
    """The weights that come with the project."""
    return Trees(Tables.model_validate(json.loads(WEIGHTS.read_text(encoding="utf-8"))))
