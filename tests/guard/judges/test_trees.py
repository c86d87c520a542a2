"""Evaluating the trees gives what walking them one by one gives."""

from __future__ import annotations

import random

import pytest

from guard.judges.trees import Tables, Trees, shipped


def walked(tables: Tables, vector: list[float]) -> float:
    """Log-odds by going down every tree."""
    total = tables.baseline
    for nodes, thresholds, leaves in zip(tables.nodes, tables.thresholds, tables.leaves, strict=True):
        place = 0
        for _ in range(tables.depth):
            place = 2 * place + 1 + (vector[nodes[place]] > thresholds[place])
        total += leaves[place - len(nodes)]
    return total


def test_all_trees_at_once_are_the_trees_one_by_one() -> None:
    trees, dice = shipped(), random.Random(1)
    for _ in range(100):
        vector = [dice.choice([-1.0, 0.0, 0.3, 0.5, 1.0, 2.0, 5.0]) for _ in trees.tables.features]
        assert trees.log_odds(vector) == pytest.approx(walked(trees.tables, vector))


@pytest.mark.parametrize(("value", "leaf"), [(0.0, 1.0), (0.5, 1.0), (0.6, 2.0)])
def test_a_value_at_the_threshold_goes_left(value: float, leaf: float) -> None:
    tables = Tables(features=("x",), depth=1, baseline=0.25, nodes=((0,),), thresholds=((0.5,),), leaves=((1.0, 2.0),))
    assert Trees(tables).log_odds([value]) == 0.25 + leaf
