"""Fitting the learned judge's weights: boosted trees on labelled pairs, deterministically. Needs the extra `probes`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import numpy as np
import typer
from numpy.typing import NDArray

from guard.errors import ConfigurationError
from guard.judges.features import FEATURES
from guard.judges.lexical import inputs, said
from guard.judges.trees import Tables
from probes.console import AsJson, emit, extra, told
from probes.pairs import Pair, PairFile, read_pairs

DEPTH: Final = 4
TREES: Final = 160
LEARNING_RATE: Final = 0.06
MIN_LEAF: Final = 60
RIDGE: Final = 5.0
COLUMNS: Final = 0.4
"""Share of the features that a split may choose from: trees that differ carry over better to other sources."""
DIGITS: Final = 5
NEVER: Final = 1e300
"""A threshold that sends everything to the left: it fills up trees whose branches end early."""
RISING: Final = frozenset(
    "same containment f1 containment_new f1_new letters_new soft_mean soft_min soft_max soft_first soft_last partial "
    "ratio token_set phrase concatenated values_hit".split()
)
FALLING: Final = frozenset("different gap negation_differs rivals_short hedges".split())


def judge_fit_command(
    pairs: Annotated[list[Path], typer.Option("--pairs", help="Labelled pairs of answers; may be repeated.")],
    out: Annotated[Path, typer.Option("--out", help="Where to write the weights.")],
    as_json: AsJson = False,
) -> None:
    """Fit the weights of the lexical judge: the same files, the same weights. Needs the extra `probes`."""
    with told(), extra("probes"):
        files = [read_pairs(path) for path in pairs]
        tables = fit(files)
        try:
            out.write_text(tables.model_dump_json() + "\n", encoding="utf-8")
        except OSError as error:
            raise ConfigurationError(f"{out}: cannot be written: {error.strerror}") from error
    n = sum(len(file.pairs) for file in files)
    if as_json:
        emit({"out": str(out), "files": len(files), "n": n, "trees": len(tables.nodes)})
    else:
        typer.echo(f"{out}: {len(tables.nodes)} trees from {n} pairs")


def fit(files: Sequence[PairFile]) -> Tables:
    """Weights fitted on all pairs of the files; every file, and in it both answers, weigh the same."""
    matrices = [vectors(file.pairs) for file in files]
    labels = [labels_of(file.pairs) for file in files]
    return fit_vectors(matrices, labels, tuple(file.digest for file in files))


def vectors(pairs: Sequence[Pair]) -> NDArray[np.float64]:
    """One row of features for every pair."""
    return np.array([inputs(pair.question, said(pair.a), said(pair.b))[1] for pair in pairs], dtype=float)


def labels_of(pairs: Sequence[Pair]) -> NDArray[np.bool_]:
    """True where a pair means the same."""
    return np.array([pair.equivalent for pair in pairs], dtype=bool)


def fit_vectors(
    matrices: Sequence[NDArray[np.float64]], labels: Sequence[NDArray[np.bool_]], sources: tuple[str, ...] = ()
) -> Tables:
    """`fit` for features that are computed already: one matrix and one row of labels for every file."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    rising = [int(name in RISING) - int(name in FALLING) for name in FEATURES]
    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=LEARNING_RATE,
        max_depth=DEPTH,
        max_leaf_nodes=2**DEPTH,
        min_samples_leaf=MIN_LEAF,
        l2_regularization=RIDGE,
        max_features=COLUMNS,
        monotonic_cst=rising,
        early_stopping=False,
        random_state=0,
    )
    weights = np.concatenate([_balanced(label) for label in labels])
    model.fit(np.vstack(matrices), np.concatenate(labels), sample_weight=weights * len(weights) / weights.sum())
    return _tables(model, sources)


def _balanced(labels: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weights that sum to 1, half of it for either label."""
    same = max(int(labels.sum()), 1)
    return np.where(labels, 0.5 / same, 0.5 / max(len(labels) - same, 1))


def _tables(model: Any, sources: tuple[str, ...]) -> Tables:
    grown = [_complete(predictors[0].nodes) for predictors in model._predictors]
    return Tables(
        features=FEATURES,
        depth=DEPTH,
        baseline=round(float(np.ravel(model._baseline_prediction)[0]), DIGITS),
        nodes=tuple(nodes for nodes, _, _ in grown),
        thresholds=tuple(thresholds for _, thresholds, _ in grown),
        leaves=tuple(leaves for _, _, leaves in grown),
        sources=sources,
    )


def _complete(tree: Any) -> tuple[tuple[int, ...], tuple[float, ...], tuple[float, ...]]:
    """A tree with every branch grown to the full depth: features, thresholds, values of the ends."""
    level, nodes, thresholds = [0], [], []
    for _ in range(DEPTH):
        below = []
        for place in level:
            node = tree[place]
            leaf = bool(node["is_leaf"])
            nodes.append(0 if leaf else int(node["feature_idx"]))
            thresholds.append(NEVER if leaf else round(float(node["num_threshold"]), DIGITS))
            below += [place, place] if leaf else [int(node["left"]), int(node["right"])]
        level = below
    return tuple(nodes), tuple(thresholds), tuple(round(float(tree[place]["value"]), DIGITS) for place in level)
