"""Fitting the shipped prior: maps from scores to confidence, cross-validated by source.

The prior has to serve models that nobody has seen, so what counts is leaving a whole source out: fit on the others,
report on that one. A source weighs by the square root of its size, so that neither the largest nor a tiny odd one
decides alone; weights of the map are at least 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from guard.calibration import Map, inputs_of
from guard.evidence import Evidence
from guard.signals import scores_of
from probes.metrics import auroc, coverage, ece, selective_risk

PATTERNS: tuple[tuple[str, ...], ...] = (
    ("semantic_agreement", "cluster_share"),
    ("semantic_agreement", "cluster_share", "self_report.number"),
    ("semantic_agreement", "cluster_share", "self_report.yes_no"),
)
"""Sets of inputs that have a map of their own."""

RIDGE = 1.0
MIN_ROWS = 60


@dataclass(frozen=True, slots=True)
class Labelled:
    """One recorded answer: the maps' inputs, whether it is right, where it comes from."""

    inputs: Mapping[str, float]
    right: int
    source: str
    model: str


def labelled(evidence: Evidence, right: bool, source: str) -> Labelled:
    """Evidence with its label, scored by the guard's own signals."""
    return Labelled(inputs_of(dict(scores_of(evidence)), evidence), int(right), source, evidence.model)


def fit_map(rows: Sequence[Labelled], names: Sequence[str]) -> Map:
    """Ridge-penalised logistic regression with non-negative weights, sources weighing by the root of their size."""
    inputs = np.array([[row.inputs[name] for name in names] for row in rows])
    labels = np.array([row.right for row in rows], dtype=float)
    weights = _source_weights(rows)
    start = np.zeros(len(names) + 1)
    bounds = [(None, None), *[(0.0, None)] * len(names)]
    found = minimize(_loss(inputs, labels, weights), start, jac=True, method="L-BFGS-B", bounds=bounds)
    intercept, *slopes = (round(float(value), 4) for value in found.x)
    return Map(intercept=intercept, weights=dict(zip(names, slopes, strict=True)))


def _source_weights(rows: Sequence[Labelled]) -> NDArray[np.float64]:
    sources = [row.source for row in rows]
    shares = {source: sources.count(source) ** -0.5 for source in set(sources)}
    weights = np.array([shares[source] for source in sources])
    return np.asarray(weights * len(rows) / weights.sum())


def _loss(
    inputs: NDArray[np.float64], labels: NDArray[np.float64], weights: NDArray[np.float64]
) -> Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]]:
    """Weighted log-loss with a ridge on the slopes, and its gradient."""

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        slopes = parameters[1:]
        logits = parameters[0] + inputs @ slopes
        residual = weights * (1 / (1 + np.exp(-logits)) - labels)
        value = float(weights @ (np.logaddexp(0, logits) - labels * logits) + RIDGE / 2 * slopes @ slopes)
        return value, np.concatenate(([residual.sum()], inputs.T @ residual + RIDGE * slopes))

    return loss


@dataclass(frozen=True, slots=True)
class Figures:
    """How a map fitted on other sources does on one: shares in [0, 1], None where undefined."""

    source: str
    inputs: tuple[str, ...]
    n: int
    error: float
    auroc: float | None
    ece: float | None
    coverage: float
    selective_risk: float | None


def having(rows: Sequence[Labelled], names: Sequence[str]) -> list[Labelled]:
    """The rows in which all the named inputs were measured."""
    return [row for row in rows if set(names) <= row.inputs.keys()]


def leave_one_source_out(
    rows: Sequence[Labelled], names: tuple[str, ...], threshold: float
) -> list[tuple[Figures, list[tuple[Labelled, float]]]]:
    """For every source with enough rows: figures of the map fitted on all the others, and its confidences."""
    usable = having(rows, names)
    results = []
    for source in sorted({row.source for row in usable}):
        inside = [row for row in usable if row.source == source]
        outside = [row for row in usable if row.source != source]
        if len(inside) < MIN_ROWS or not outside:
            continue
        fitted = fit_map(outside, names)
        confidences = [fitted.apply(row.inputs) for row in inside]
        results.append((_figures(inside, confidences, names, threshold), list(zip(inside, confidences, strict=True))))
    return results


def _figures(
    rows: Sequence[Labelled], confidences: Sequence[float], names: tuple[str, ...], threshold: float
) -> Figures:
    right = [row.right for row in rows]
    return Figures(
        source=rows[0].source,
        inputs=names,
        n=len(rows),
        error=1 - sum(right) / len(right),
        auroc=auroc(right, confidences),
        ece=ece(right, confidences),
        coverage=coverage(confidences, threshold),
        selective_risk=selective_risk(right, confidences, threshold),
    )
