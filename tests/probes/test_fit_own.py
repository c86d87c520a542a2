"""Maps of the models that a fit has seen: traits where they help, a curve for each model."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest

from guard.calibration import map_for
from guard.traits import TRAITS
from probes.fit import MIN_ROWS, Labelled
from probes.fit_own import MIN_KIND, fit_own_map, fit_own_maps, traits_help
from probes.metrics import auroc
from tests.probes.rows import traits

DRAWS = frozenset({"draws"})


def row(number: int, agreement: float, right: bool, model: str = "m", **sizes: float) -> Labelled:
    kind = "kind.value" if number % 2 else "kind.words"
    inputs = {"semantic_agreement": agreement, "cluster_share": agreement} | traits(kind, **sizes)
    return Labelled(inputs, int(right), "s", model, f"q{number}")


def by_agreement(n: int, seed: int, model: str = "m", base: float = 0.0) -> list[Labelled]:
    """Right as often as the agreement says, whatever the kind."""
    dice = random.Random(seed)
    rows = []
    for number in range(n):
        agreement = dice.random()
        chance = 1 / (1 + math.exp(-(4 * (agreement - 0.5) + base)))
        rows.append(row(number, agreement, dice.random() < chance, model, answer_chars=dice.randint(1, 60)))
    return rows


def by_kind(n: int, seed: int) -> list[Labelled]:
    """Agreement tells of values only; words are right in four of five."""
    dice = random.Random(seed)
    rows = []
    for number in range(n):
        agreement = dice.random()
        chance = agreement if number % 2 else 0.8
        rows.append(row(number, agreement, dice.random() < chance))
    return rows


def test_traits_help_where_the_kinds_differ_and_not_where_they_do_not() -> None:
    assert traits_help(by_kind(800, 1), DRAWS)
    assert not traits_help(by_agreement(800, 2), DRAWS)


def test_a_map_with_traits_tells_more_of_mixed_traffic() -> None:
    fitted_on, tested = by_kind(800, 3), by_kind(800, 4)
    right = [one.right for one in tested]
    areas = {}
    for with_traits in (True, False):
        map_ = fit_own_map(fitted_on, DRAWS, with_traits)
        areas[with_traits] = auroc(right, [map_.apply(one.inputs, "m") for one in tested]) or 0.0
    assert areas[True] > areas[False] + 0.05


def test_the_terms_and_their_signs() -> None:
    map_ = fit_own_map(by_kind(800, 5), DRAWS, True)
    assert map_.needs == {"semantic_agreement", "cluster_share"}
    assert min(map_.weights.values()) >= 0
    of_values = sum(map_.weights[f"{look}*kind.value"] for look in ("semantic_agreement", "cluster_share"))
    of_words = sum(map_.weights[f"{look}*kind.words"] for look in ("semantic_agreement", "cluster_share"))
    assert of_values > of_words + 0.5
    assert {name.partition(">")[0] for name in map_.traits} <= TRAITS
    assert {"kind.value", "kind.words"} <= map_.traits.keys()
    assert fit_own_map(by_kind(800, 5), DRAWS, False).traits == {}


def test_a_kind_needs_rows_and_company() -> None:
    rows = by_agreement(200, 6)
    few = [
        replace(one, inputs={**one.inputs, **traits("kind.choice" if place < MIN_KIND - 1 else "kind.words")})
        for place, one in enumerate(rows)
    ]
    map_ = fit_own_map(few, DRAWS, True)
    assert "kind.choice" not in map_.traits
    assert not any("*kind." in name for name in map_.weights)  # one kind alone: nothing to tell apart


def test_steps_lie_between_the_least_and_the_greatest_size() -> None:
    rows = by_agreement(300, 7)
    sizes = [one.inputs["answer_chars"] for one in rows]
    edges = [
        float(name.partition(">")[2]) for name in fit_own_map(rows, DRAWS, True).traits if name.startswith("answer")
    ]
    assert len(edges) == 5
    assert edges == sorted(edges)
    assert min(sizes) < edges[0]
    assert edges[-1] < max(sizes)
    constant = [replace(one, inputs={**one.inputs, "answer_chars": 5.0}) for one in rows]
    assert not any(name.startswith("answer") for name in fit_own_map(constant, DRAWS, True).traits)


def test_each_model_has_the_curve_of_its_base_rate() -> None:
    rows = [*by_agreement(400, 8, "strong", 1.5), *by_agreement(400, 9, "weak", -1.5)]
    map_ = fit_own_map(rows, DRAWS, False)
    assert map_.curves.keys() == {"strong", "weak"}
    assert map_.curves["strong"].shift - map_.curves["weak"].shift == pytest.approx(3.0, abs=0.6)
    for model in map_.curves:
        own = [one for one in rows if one.model == model]
        mean = sum(map_.apply(one.inputs, model) for one in own) / len(own)
        assert mean == pytest.approx(sum(one.right for one in own) / len(own), abs=0.02)
        assert map_.curves[model].slope == pytest.approx(1.0, abs=0.3)


def test_a_curve_is_held_at_the_pooled_one_where_a_model_has_few_rows() -> None:
    many, few = by_agreement(800, 10, "many"), by_agreement(MIN_ROWS, 11, "few")
    inverted = [replace(one, right=1 - one.right) for one in few]
    curve = fit_own_map([*many, *inverted], DRAWS, False).curves["few"]
    assert 0 <= curve.slope < 1
    assert curve.slope > 0.3  # held by the ridge: alone the rows would have it at 0


def test_a_model_with_too_few_rows_has_no_map_of_its_own() -> None:
    rows = [*by_agreement(200, 12, "many"), *by_agreement(MIN_ROWS - 1, 13, "few")]
    maps = fit_own_maps(rows)
    assert {model for map_ in maps for model in map_.curves} == {"many"}
    assert map_for(maps, rows[-1].inputs, "few") is None
    assert fit_own_maps(by_agreement(MIN_ROWS - 1, 14)) == ()


def test_only_the_maps_that_serve_are_fitted_where_it_is_known_which() -> None:
    rows = [replace(one, inputs={**one.inputs, "second_way": 1.0}) for one in by_agreement(100, 15)]
    assert {map_.needs for map_ in fit_own_maps(rows)} == {
        frozenset({"semantic_agreement", "cluster_share"}),
        frozenset({"second_way"}),
        frozenset({"semantic_agreement", "cluster_share", "second_way"}),
    }
    (only,) = fit_own_maps(rows, [frozenset({"draws", "second_way"})])
    assert only.needs == {"semantic_agreement", "cluster_share", "second_way"}
    assert fit_own_maps(rows, []) == ()
