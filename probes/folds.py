"""Folds by question: the same question asked of another model, or by another caller, is never on both sides."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence

from sklearn.model_selection import StratifiedGroupKFold

from probes.fit import Labelled

SEED = 20260101


def folds_of(rows: Sequence[Labelled], folds: int) -> list[int]:
    """Every row's fold, by its question: the same on every run, each model's right and wrong answers in equal parts.

    Without the second half a fold of easy questions would be scored by maps that were fitted on the harder rest, and
    rank below the others for that reason alone.
    """
    if not rows:
        return []
    strata = [f"{row.model} {row.right}" for row in rows]
    found = [0] * len(rows)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The least populated class", category=UserWarning)
        splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=SEED)
        for number, (_, tested) in enumerate(splitter.split(strata, strata, [row.question for row in rows])):
            for place in tested:
                found[place] = number
    return found


def splits(rows: Sequence[Labelled], folds: int) -> Iterator[tuple[list[int], list[int]]]:
    """Places of the rows to fit on, and of those to test on, fold by fold."""
    numbers = folds_of(rows, folds)
    for fold in range(folds):
        yield (
            [place for place, number in enumerate(numbers) if number != fold],
            [place for place, number in enumerate(numbers) if number == fold],
        )
