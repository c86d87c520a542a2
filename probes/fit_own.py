"""Maps for the models that a fit has seen: the looks, and beside them what the traits of question and answer weigh.

A route's traffic mixes kinds of questions of very different base rates, and the same agreement means one thing of a
number and another of a yes. Such weights hold for the traffic they were fitted on and no other, so these maps are for
its models only (decision 0013). The ridges are set once, for some hundred rows as for some thousand.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.optimize import minimize

from guard.calibration import Curve, Map, parts_of
from guard.traits import KIND_NAMES, SIZES
from probes.fit import (
    DIGITS,
    MIN_ROWS,
    MODEL_RIDGE,
    RIDGE,
    Array,
    Columns,
    Labelled,
    having,
    minimised,
    named,
    names_of,
    patterns_of,
    serving,
    table,
)
from probes.folds import splits

TRAIT_RIDGE = 20.0
KIND_RIDGE = 10.0
"""For a look's further weight where the answer is of one kind."""

STEPS = 5
"""Edges of a size, at its quantiles."""

MIN_KIND = 20
"""Rows of a kind from which it counts as one."""

INNER_FOLDS = 4
STANDARD_ERRORS = 2.0
"""By so many the gain of traits on held-out questions has to be above 0: near it the choice would be one of chance."""

SLOPE_RIDGE = 50.0
"""Holds a model's slope at the pooled one."""


def fit_own_maps(rows: Sequence[Labelled], taken: Iterable[frozenset[str]] | None = None) -> tuple[Map, ...]:
    """A map for the models with enough rows, for every set of looks that occurs; or only for those serving `taken`.

    Traits are terms where they foretell held-out questions better than the looks do alone.
    """
    known = _known(rows)
    patterns = patterns_of(known)
    wanted = patterns if taken is None else serving(patterns, taken)
    if not wanted:
        return ()
    fullest = max(wanted, key=len)
    with_traits = traits_help(having(known, fullest), fullest)
    return tuple(fit_own_map(having(known, looks), looks, with_traits) for looks in wanted)


def _known(rows: Sequence[Labelled]) -> list[Labelled]:
    """The rows of models that have enough of them."""
    count = Counter(row.model for row in rows)
    return [row for row in rows if count[row.model] >= MIN_ROWS]


def traits_help(rows: Sequence[Labelled], looks: frozenset[str]) -> bool:
    """Is the log-loss on held-out questions lower with traits than without, by more than chance would make it?"""
    gains = []
    for fitted_on, tested in splits(rows, INNER_FOLDS):
        inside = [rows[place] for place in fitted_on]
        plain, richer = fit_own_map(inside, looks, False), fit_own_map(inside, looks, True)
        gains += [_log_loss(plain, rows[place]) - _log_loss(richer, rows[place]) for place in tested]
    error = float(np.std(gains)) / len(gains) ** 0.5
    return bool(np.mean(gains) > STANDARD_ERRORS * error)


def _log_loss(map_: Map, row: Labelled) -> float:
    confidence = map_.apply(row.inputs, row.model)
    return -math.log(confidence if row.right else 1 - confidence)


def fit_own_map(rows: Sequence[Labelled], looks: frozenset[str], with_traits: bool) -> Map:
    """One map on rows that have all these looks, with a curve for each of their models."""
    names, kinds = names_of(looks), _kinds(rows) if with_traits else []
    of_kind = _of_kind(kinds, looks)
    free = [*kinds, *(step for size in SIZES for step in _steps(size, rows))] if with_traits else []
    models = sorted({row.model for row in rows})
    own = np.array([[float(row.model == model) for model in models] for row in rows])
    columns = (
        Columns(table(rows, names), RIDGE, rising=True),
        Columns(table(rows, of_kind), KIND_RIDGE, rising=True),
        Columns(table(rows, free), TRAIT_RIDGE),
        Columns(own, MODEL_RIDGE),
    )
    base, (slopes, kind_slopes, traits, shifts) = minimised(columns, rows)
    middle = base + float((own @ shifts).mean())
    pooled = middle + columns[0].values @ slopes + columns[1].values @ kind_slopes + columns[2].values @ traits
    starts = shifts + base - middle
    right = np.array([row.right for row in rows], dtype=float)
    return Map(
        intercept=round(middle, DIGITS),
        weights=named(names, slopes) | named(of_kind, kind_slopes),
        traits=named(free, traits),
        curves={
            model: _curve(pooled[own[:, place] > 0], right[own[:, place] > 0], float(starts[place]))
            for place, model in enumerate(models)
        },
    )


def _kinds(rows: Sequence[Labelled]) -> list[str]:
    return [name for name in KIND_NAMES if sum(row.inputs[name] for row in rows) >= MIN_KIND]


def _of_kind(kinds: Sequence[str], looks: frozenset[str]) -> list[str]:
    """Each look's further weight where the answer is of one kind; none where all are."""
    plain = sorted({part for name in names_of(looks) for part in parts_of(name)})
    return [f"{name}*{kind}" for name in plain for kind in kinds] if len(kinds) > 1 else []


def _steps(size: str, rows: Sequence[Labelled]) -> list[str]:
    """Steps of a size at its quantiles."""
    values = np.array([row.inputs[size] for row in rows])
    edges = np.quantile(values, np.linspace(0, 1, STEPS + 2)[1:-1])
    return [f"{size}>{edge:g}" for edge in sorted({round(float(edge), 3) for edge in edges}) if edge < values.max()]


def _curve(pooled: Array, right: Array, start: float) -> Curve:
    """A model's shift and slope over the pooled log-odds, held at its shift in the joint fit and at 1."""

    def loss(parameters: Array) -> float:
        logits = parameters[0] + parameters[1] * pooled
        held = MODEL_RIDGE * (parameters[0] - start) ** 2 + SLOPE_RIDGE * (parameters[1] - 1) ** 2
        return float((np.logaddexp(0, logits) - right * logits).sum() + held / 2)

    found = minimize(loss, np.array([start, 1.0]), method="L-BFGS-B", bounds=[(None, None), (0.0, None)]).x
    return Curve(shift=round(float(found[0]), DIGITS), slope=round(float(found[1]), DIGITS))
