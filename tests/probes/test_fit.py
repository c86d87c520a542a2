"""The fits: non-negative, a map for every set of looks, a model's base rate kept out of the weights."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from sklearn.linear_model import LogisticRegression

from guard.calibration import confidence_by, prior, value_of
from guard.traits import TRAITS
from probes.fit import (
    LOOKS,
    MIN_ROWS,
    MODEL_RIDGE,
    PRODUCTS,
    RIDGE,
    Labelled,
    fit_map,
    fit_maps,
    having,
    labelled,
    looks_of,
    names_of,
    patterns_of,
    serving,
)
from probes.prior import THRESHOLD, as_markdown, figures_of, fit_prior, labelled_rows, leave_one_source_out
from probes.samples import evidence_of
from tests.probes.rows import sample

DRAWS = frozenset({"draws"})
SECONDS = ("meta-llama-llama-3-3-70b-instruct", "qwen-qwen2-5-72b-instruct")


def logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def rows_of(source: str, n: int, seed: int, slope: float = 6.0, model: str = "m", base: float = 0.0) -> list[Labelled]:
    """Rows whose chance of being right rises with agreement by a known slope; share is agreement with noise."""
    rng = random.Random(seed)
    rows = []
    for number in range(n):
        agreement = rng.random()
        share = min(max(agreement + rng.gauss(0, 0.1), 0.0), 1.0)
        right = rng.random() < logistic(slope * (agreement - 0.5) + base)
        inputs = {"semantic_agreement": agreement, "cluster_share": share}
        rows.append(Labelled(inputs, int(right), source, model, f"{source} {number}"))
    return rows


def with_inputs(row: Labelled, **inputs: float) -> Labelled:
    named = {name.replace("self_report_", "self_report."): value for name, value in inputs.items()}
    return replace(row, inputs={**row.inputs, **named})


def looked(rows: list[Labelled], seed: int) -> list[Labelled]:
    """The same rows with a second way and a self-report that both tell something."""
    rng = random.Random(seed)
    return [
        with_inputs(
            row,
            second_way=float(rng.random() < (0.8 if row.right else 0.2)),
            self_report_yes_no=float(rng.random() < (0.9 if row.right else 0.5)),
        )
        for row in rows
    ]


# One map


def test_a_fit_of_one_model_without_bounds_in_the_way_is_scikit_learns() -> None:
    """One model's own intercept is the intercept, in two parts."""
    rows = rows_of("a", 4000, 1)
    fitted = fit_map(rows, ["semantic_agreement"])
    inputs = [[row.inputs["semantic_agreement"]] for row in rows]
    theirs = LogisticRegression(C=1 / RIDGE).fit(inputs, [row.right for row in rows])
    assert fitted.weights["semantic_agreement"] == pytest.approx(theirs.coef_[0][0], rel=0.01)
    assert fitted.intercept == pytest.approx(theirs.intercept_[0], rel=0.01)


def test_no_weight_is_ever_negative() -> None:
    misleading = [
        replace(row, inputs={**row.inputs, "cluster_share": 1 - row.inputs["semantic_agreement"]})
        for row in rows_of("a", 500, 2)
    ]
    fitted = fit_map(misleading, names_of(DRAWS))
    assert min(fitted.weights.values()) == 0.0
    assert fitted.weights["semantic_agreement"] > 1


def test_sources_weigh_by_the_root_of_their_size() -> None:
    """A source of ten times the rows counts about three times, not ten times."""
    small, large = rows_of("small", 300, 3), rows_of("large", 3000, 4)
    turned = [replace(row, right=1 - row.right) for row in large]
    alone = fit_map(small, ["semantic_agreement"]).weights["semantic_agreement"]
    pooled = fit_map([*small, *turned], ["semantic_agreement"]).weights["semantic_agreement"]
    same = fit_map([*small, *rows_of("large", 3000, 4)], ["semantic_agreement"]).weights["semantic_agreement"]
    assert alone > 4
    assert pooled == 0.0
    assert same > 4


def test_a_strong_models_base_rate_is_not_taken_for_a_weight() -> None:
    """Two models: the strong one agrees with itself more and is right more, for reasons of its own."""
    rng = random.Random(5)
    rows = []
    for number in range(2000):
        strong = number % 2
        agreement = min(max(rng.gauss(0.8 if strong else 0.3, 0.1), 0.0), 1.0)
        right = rng.random() < (0.85 if strong else 0.2)  # whatever the agreement
        rows.append(Labelled({"semantic_agreement": agreement}, int(right), "a", f"m{strong}"))
    apart = fit_map(rows, ["semantic_agreement"]).weights["semantic_agreement"]
    together = fit_map([replace(row, model="m") for row in rows], ["semantic_agreement"]).weights["semantic_agreement"]
    assert together > 4
    assert apart < together / 2
    assert MODEL_RIDGE < RIDGE


def test_a_model_that_was_not_seen_gets_the_mean_intercept() -> None:
    rows = [*rows_of("a", 2000, 6, model="weak", base=-1.0), *rows_of("a", 2000, 7, model="strong", base=1.0)]
    fitted = fit_map(rows, ["semantic_agreement"])
    middle = fitted.apply({"semantic_agreement": 0.5})
    assert middle == pytest.approx(0.5, abs=0.05)


# Sets of looks


def test_a_set_of_looks_has_its_inputs_and_the_products_of_those() -> None:
    assert names_of(DRAWS) == LOOKS["draws"]
    assert names_of(frozenset({"second_way"})) == ("second_way",)
    assert names_of(frozenset({"self_report", "second_way"})) == (
        "self_report.yes_no",
        "second_way",
        "self_report.yes_no*second_way",
    )
    every = names_of(frozenset(LOOKS))
    assert set(PRODUCTS) <= set(every)
    assert len(every) == len(set(every)) == sum(map(len, LOOKS.values())) + len(PRODUCTS)


@pytest.mark.parametrize(
    ("inputs", "looks"),
    [
        ({}, set()),
        ({"semantic_agreement": 1.0}, set()),
        (dict.fromkeys(LOOKS["draws"], 1.0), {"draws"}),
        ({"self_report.yes_no": 1.0}, {"self_report"}),
        ({"self_report.yes_no": 1.0, "self_report.number": 1.0}, {"self_report", "stated_number"}),
        ({"second_way": 0.0, "cross_model": 0.5}, {"second_way", "cross_model"}),
    ],
    ids=str,
)
def test_the_looks_that_inputs_come_from(inputs: Mapping[str, float], looks: set[str]) -> None:
    assert looks_of(inputs) == looks


def test_every_set_that_may_be_left_has_a_map_but_the_models_own_word() -> None:
    rows = looked(rows_of("a", 200, 8), 9)
    patterns = patterns_of(rows)
    assert {frozenset(looks) for looks in patterns} == {
        DRAWS,
        frozenset({"second_way"}),
        frozenset({"draws", "second_way"}),
        frozenset({"draws", "self_report"}),
        frozenset({"second_way", "self_report"}),
        frozenset({"draws", "second_way", "self_report"}),
    }
    assert patterns == sorted(patterns, key=sorted)
    assert [set(map_.weights) for map_ in fit_maps(rows)] == [set(names_of(looks)) for looks in patterns]


def test_a_number_goes_with_its_yes_or_no() -> None:
    rows = [with_inputs(row, self_report_yes_no=1.0, self_report_number=0.9) for row in rows_of("a", 100, 10)]
    assert frozenset({"draws", "stated_number"}) not in patterns_of(rows)
    assert frozenset({"draws", "self_report", "stated_number"}) in patterns_of(rows)


def test_a_set_with_too_few_rows_has_no_map() -> None:
    rows = rows_of("a", 200, 11)
    few = [*rows, *looked(rows_of("b", MIN_ROWS - 1, 12), 13)]
    assert patterns_of(few) == [DRAWS]
    assert frozenset({"second_way"}) in patterns_of([*few, *looked(rows_of("b", 1, 14), 15)])


def test_rows_that_have_more_looks_serve_the_smaller_sets() -> None:
    plain, more = rows_of("a", 100, 16), looked(rows_of("b", 100, 17), 18)
    assert len(having([*plain, *more], DRAWS)) == 200
    assert having([*plain, *more], frozenset({"second_way"})) == more


def test_only_the_maps_that_serve_are_fitted_where_it_is_known_which() -> None:
    rows = looked(rows_of("a", 200, 8), 9)
    patterns, whole = patterns_of(rows), frozenset({"draws", "second_way", "self_report"})
    assert serving(patterns, [whole]) == [whole]
    assert serving(patterns, [DRAWS, whole | {"cross_model"}, frozenset({"self_report"})]) == [DRAWS, whole]
    assert serving(patterns, []) == []
    (only,) = fit_maps(rows, [whole])
    assert only == fit_map(rows, names_of(whole))


def test_the_map_of_the_most_looks_serves_a_row() -> None:
    rows = looked(rows_of("a", 400, 19), 20)
    maps = fit_maps(rows)
    whole = next(map_ for map_ in maps if "second_way" in map_.weights and map_.needs >= rows[0].inputs.keys())
    assert confidence_by(maps, rows[0].inputs) == pytest.approx(whole.apply(rows[0].inputs), abs=1e-6)
    own_word = {"self_report.yes_no": 1.0}
    assert confidence_by(maps, own_word) is None
    assert value_of("a*b", {"a": 0.5, "b": 0.5}) == 0.25


# Labels


def test_rows_are_labelled_by_the_guards_own_signals() -> None:
    row = labelled(evidence_of(sample(decomposed="Lyon"), second=sample(greedy="It is Paris.")), True, "geo", False)
    assert row.inputs.keys() == {
        *LOOKS["draws"],
        "semantic_entropy",
        "self_report.yes_no",
        "second_way",
        "cross_model",
        "token_probability",
        "premise_doubt",
        *TRAITS,
    }
    assert row.inputs["second_way"] < 0.05
    assert row.inputs["cross_model"] > 0.95
    assert (row.question, row.should_abstain, row.abstained, row.right) == (sample().question, False, False, 1)
    assert labelled(evidence_of(sample(greedy="I don't know.")), False, "geo").abstained


# The prior


def test_a_source_is_reported_by_a_map_that_has_not_seen_it() -> None:
    rows = [*rows_of("a", 200, 5), *rows_of("b", 200, 6), *rows_of("tiny", 10, 7)]
    results = leave_one_source_out(rows, DRAWS, 0.6)
    assert [figures.source for figures in results] == ["a", "b"]
    for figures in results:
        inside = [row for row in rows if row.source == figures.source]
        fitted = fit_map([row for row in rows if row.source != figures.source], names_of(DRAWS))
        released = [row.right for row in inside if fitted.apply(row.inputs) >= 0.6]
        assert figures.coverage == pytest.approx(len(released) / len(inside))
        assert figures.selective_risk == pytest.approx(1 - sum(released) / len(released))
        assert figures.selective_risk < figures.error
        assert figures.looks == ("draws",)


@pytest.mark.timeout(900)
def test_the_shipped_prior_is_what_its_recipe_makes(probes_data: Callable[[str], Path]) -> None:
    names = ("dba-multihop dlm-logprobs esc-lastletters-gpt3.5 math-m8 triviaqa-uqnlg-demo vce-llama3.2-3b").split()
    rows = labelled_rows([probes_data(f"samples-{name}.jsonl.gz") for name in names], SECONDS)
    made = fit_prior(rows)
    for ours, theirs in zip(prior().maps, made.maps, strict=True):
        assert ours.weights == pytest.approx(theirs.weights, abs=0.02)
        assert ours.intercept == pytest.approx(theirs.intercept, abs=0.02)
    assert prior().threshold == THRESHOLD
    figures = figures_of(rows)
    better = [row for row in figures if row.selective_risk is not None and row.selective_risk < row.error]
    answering = [row for row in figures if row.selective_risk is not None]
    assert len(better) == len(answering) >= 0.98 * len(figures)


def test_the_prior_needs_most_of_the_draws_on_its_side() -> None:
    def confidence(alike: int, of: int) -> float:
        value = prior().confidence({"semantic_agreement": alike / of, "cluster_share": (alike + 1) / (of + 1)})
        assert value is not None
        return value

    assert confidence(8, 8) > THRESHOLD
    assert confidence(7, 8) > THRESHOLD
    assert confidence(5, 8) < THRESHOLD
    assert confidence(4, 4) > THRESHOLD


def test_the_figures_are_a_table() -> None:
    text = as_markdown(figures_of([*rows_of("a", 100, 8), *rows_of("b", 100, 9)]))
    assert text.count("\n") == 4
    assert "| draws | a | 100 |" in text
