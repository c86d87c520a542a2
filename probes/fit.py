"""Fitting maps from scores to confidence: ridge-penalised logistic regression with non-negative weights.

Which map serves a row depends only on which looks were taken, so there is one map for each set of looks. Weights of
looks are at least 0, so that a better score never lowers a confidence. An intercept of each model's own keeps a strong
model's base rate out of the weights; a map is applied to a model that it has not seen with the mean of them. For the
models that it has seen there is a second map for each set of looks (`probes.fit_own`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from guard.calibration import Map, inputs_of, value_of
from guard.evidence import Evidence
from guard.signals import scores_of

Array = NDArray[np.float64]

LOOKS: Mapping[str, tuple[str, ...]] = {
    "draws": ("semantic_agreement", "cluster_share"),
    "self_report": ("self_report.yes_no",),
    "stated_number": ("self_report.number",),
    "second_way": ("second_way",),
    "cross_model": ("cross_model",),
    "token_probability": ("token_probability",),
    "stated": ("stated_agreement",),
}
"""Look -> the inputs that it brings. A number always comes with the yes or no in it.

`semantic_entropy` is none of them: it rises when draws agree on another answer than the candidate's, so that draws that
repeat the candidate would not be the best case, and early stopping wrong. On the recordings it added nothing.
"""

PRODUCTS = (
    "semantic_agreement*second_way",
    "semantic_agreement*self_report.yes_no",
    "self_report.yes_no*second_way",
    "semantic_agreement*cross_model",
    "second_way*cross_model",
    "self_report.yes_no*cross_model",
)
"""Pairs of looks that speak together, used where both were taken."""

RIDGE = 1.0
MODEL_RIDGE = 0.3
MIN_ROWS = 60
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Labelled:
    """One recorded answer: the maps' inputs, whether it is right, where it comes from."""

    inputs: Mapping[str, float]
    right: int
    source: str
    model: str
    question: str = ""
    should_abstain: bool | None = None
    abstained: bool = False


def labelled(evidence: Evidence, right: bool, source: str, should_abstain: bool | None = None) -> Labelled:
    """Evidence with its label, scored by the guard's own signals."""
    inputs = inputs_of(dict(scores_of(evidence)), evidence)
    abstained = evidence.candidate.kind != "answer"
    model = evidence.answering_model
    return Labelled(inputs, int(right), source, model, evidence.question, should_abstain, abstained)


def looks_of(inputs: Iterable[str]) -> frozenset[str]:
    """The looks that these inputs come from."""
    there = set(inputs)
    return frozenset(look for look, names in LOOKS.items() if there.issuperset(names))


def names_of(looks: frozenset[str]) -> tuple[str, ...]:
    """The inputs of a map for these looks, products included."""
    plain = [name for look, names in LOOKS.items() if look in looks for name in names]
    return (*plain, *(product for product in PRODUCTS if set(product.split("*")) <= set(plain)))


def patterns_of(rows: Sequence[Labelled]) -> list[frozenset[str]]:
    """Every set of looks that a row may be left with when some fail, as far as enough rows have them."""
    taken = {looks_of(row.inputs) for row in rows}
    subsets = {part for looks in taken for part in _parts(looks)}
    usable = [looks for looks in subsets if _speaks(looks) and len(having(rows, looks)) >= MIN_ROWS]
    return sorted(usable, key=sorted)


def _parts(looks: frozenset[str]) -> Iterable[frozenset[str]]:
    sizes = range(1, len(looks) + 1)
    return (frozenset(part) for size in sizes for part in combinations(sorted(looks), size))


def _speaks(looks: frozenset[str]) -> bool:
    """Is there more than the model's own word about its answer? A number without its yes or no is no look."""
    own_word = {"self_report", "stated_number", "token_probability"}
    return not looks <= own_word and not ("stated_number" in looks and "self_report" not in looks)


def having(rows: Sequence[Labelled], looks: frozenset[str]) -> list[Labelled]:
    """The rows for which all these looks were taken."""
    return [row for row in rows if looks <= looks_of(row.inputs)]


def fit_maps(rows: Sequence[Labelled], taken: Iterable[frozenset[str]] | None = None) -> tuple[Map, ...]:
    """A map for any model, for every set of looks that occurs; or only for those from which rows with `taken` looks are
    served."""
    patterns = patterns_of(rows)
    wanted = patterns if taken is None else serving(patterns, taken)
    return tuple(fit_map(having(rows, looks), names_of(looks)) for looks in wanted)


def serving(patterns: Sequence[frozenset[str]], taken: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The patterns whose maps serve rows with these looks: the largest that they hold."""
    chosen: set[frozenset[str]] = set()
    for looks in set(taken):
        fitting = [pattern for pattern in patterns if pattern <= looks]
        most = max((len(pattern) for pattern in fitting), default=0)
        chosen |= {pattern for pattern in fitting if len(pattern) == most}
    return sorted(chosen, key=sorted)


def fit_map(rows: Sequence[Labelled], names: Sequence[str]) -> Map:
    """One map on rows that have all its inputs; sources weigh by the root of their size."""
    models = sorted({row.model for row in rows})
    own = np.array([[float(row.model == model) for model in models] for row in rows])
    columns = (
        Columns(table(rows, names), RIDGE, rising=True),
        Columns(own, MODEL_RIDGE),
    )
    base, (slopes, shifts) = minimised(columns, rows)
    intercept = base + float((own @ shifts).mean())
    return Map(intercept=round(intercept, DIGITS), weights=named(names, slopes))


@dataclass(frozen=True, slots=True)
class Columns:
    """A part of a design: its values (rows x columns), its ridge, and whether its weights have to be at least 0."""

    values: Array
    ridge: float
    rising: bool = False


def table(rows: Sequence[Labelled], names: Sequence[str]) -> Array:
    """The terms' values, rows x names."""
    return np.array([[value_of(name, row.inputs) for name in names] for row in rows]).reshape(len(rows), len(names))


def named(names: Sequence[str], weights: Array) -> dict[str, float]:
    """Weights under their names, rounded as they are stored."""
    return {name: round(float(weight), DIGITS) for name, weight in zip(names, weights, strict=True)}


def minimised(parts: Sequence[Columns], rows: Sequence[Labelled]) -> tuple[float, list[Array]]:
    """The intercept and each part's weights with the least penalised log-loss on the rows."""
    design = np.column_stack((np.ones(len(rows)), *(part.values for part in parts)))
    sizes = [part.values.shape[1] for part in parts]
    penalties = np.concatenate(([0.0], *(np.full(size, part.ridge) for size, part in zip(sizes, parts, strict=True))))
    least = [0.0 if part.rising else None for size, part in zip(sizes, parts, strict=True) for _ in range(size)]
    labels = np.array([row.right for row in rows], dtype=float)
    loss = _loss(design, labels, _source_weights(rows), penalties)
    bounds = [(None, None), *((low, None) for low in least)]
    found = minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x
    return float(found[0]), np.split(found[1:], np.cumsum(sizes)[:-1])


def _source_weights(rows: Sequence[Labelled]) -> Array:
    sources = [row.source for row in rows]
    shares = {source: sources.count(source) ** -0.5 for source in set(sources)}
    weights = np.array([shares[source] for source in sources])
    return np.asarray(weights * len(rows) / weights.sum())


def _loss(design: Array, labels: Array, weights: Array, penalties: Array) -> Callable[[Array], tuple[float, Array]]:
    """Weighted log-loss with a ridge, and its gradient."""

    def loss(parameters: Array) -> tuple[float, Array]:
        logits = design @ parameters
        residual = weights * (1 / (1 + np.exp(-logits)) - labels)
        value = float(weights @ (np.logaddexp(0, logits) - labels * logits) + penalties / 2 @ parameters**2)
        return value, design.T @ residual + penalties * parameters

    return loss
