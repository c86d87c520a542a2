"""Folds: by question, the same on every run, labels of each model in equal parts."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from probes.fit import Labelled
from probes.folds import folds_of, splits

FOLDS = 5


def rows_of(n: int, models: tuple[str, ...] = ("m",), rate: float = 0.5, seed: int = 0) -> list[Labelled]:
    dice = random.Random(seed)
    return [
        Labelled({}, int(dice.random() < rate), "s", model, f"q{number}") for number in range(n) for model in models
    ]


def test_a_question_is_in_one_fold_whichever_model_answered() -> None:
    rows = rows_of(100, models=("a", "b", "c"))
    homes: dict[str, set[int]] = {}
    for row, fold in zip(rows, folds_of(rows, FOLDS), strict=True):
        homes.setdefault(row.question, set()).add(fold)
    assert all(len(found) == 1 for found in homes.values())
    sizes = Counter(next(iter(found)) for found in homes.values())
    assert sizes.keys() == set(range(FOLDS))
    assert max(sizes.values()) - min(sizes.values()) <= 4


def test_folds_are_the_same_on_every_run() -> None:
    rows = rows_of(50)
    assert folds_of(rows, FOLDS) == folds_of(rows, FOLDS)


def test_each_models_right_answers_are_in_equal_parts() -> None:
    rows = [*rows_of(200, ("strong",), 0.9), *rows_of(200, ("weak",), 0.2, seed=1)]
    folds = folds_of(rows, FOLDS)
    for model in ("strong", "weak"):
        rights = Counter(fold for row, fold in zip(rows, folds, strict=True) if row.model == model and row.right)
        assert max(rights.values()) - min(rights.values()) <= 8


def test_every_row_is_tested_once_and_never_fitted_on_at_the_same_time() -> None:
    rows = rows_of(60, models=("a", "b"))
    tested: list[int] = []
    for fitted_on, inside in splits(rows, FOLDS):
        assert not {rows[place].question for place in fitted_on} & {rows[place].question for place in inside}
        assert sorted([*fitted_on, *inside]) == list(range(len(rows)))
        tested += inside
    assert sorted(tested) == list(range(len(rows)))


@pytest.mark.filterwarnings("error")
def test_a_label_that_is_rarer_than_folds_is_no_fault() -> None:
    rows = [Labelled({}, int(number == 0), "s", "m", f"q{number}") for number in range(30)]
    assert set(folds_of(rows, FOLDS)) == set(range(FOLDS))
