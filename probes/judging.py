"""Measuring a judge on labelled pairs: do two answers mean the same?"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import typer
from numpy.typing import NDArray

from guard.agreement import Judge
from guard.errors import ConfigurationError
from guard.judges import JUDGES
from guard.judges.lexical import Lexical
from guard.judges.trees import Trees, shipped
from probes.console import AsJson, emit, extra, told
from probes.metrics import auroc
from probes.pairs import Pair, PairFile, fold_of, read_pairs

FOLDS: Final = 5
FALSE_ALARMS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Judged:
    """How a judge does on one file: shares in [0, 1], None where undefined.

    `accuracy` has its threshold chosen on one half of the questions and tested on the other, both ways.
    `cross_fitted` says that every pair was judged by weights fitted on other questions.
    """

    file: str
    n: int
    auroc: float | None
    accuracy: float | None
    tpr_at_5_fpr: float | None
    cpu_ms_per_pair: float
    cross_fitted: bool = False


def judge_command(
    pairs: Annotated[list[Path], typer.Option("--pairs", help="Labelled pairs of answers; may be repeated.")],
    fit: Annotated[list[Path] | None, typer.Option("--fit", help="Fit the judge on these pairs first.")] = None,
    judge: Annotated[str, typer.Option("--judge", help="Which judge.")] = "lexical",
    as_json: AsJson = False,
) -> None:
    """How well a judge tells equal answers from different ones; pairs equal after normalisation are left out.

    Fitting, and files that the shipped weights were fitted on, need the extra `probes`.
    """
    if judge not in JUDGES:
        raise typer.BadParameter(f"'{judge}' is none of {', '.join(sorted(JUDGES))}", param_hint="--judge")
    with told(), extra("probes"):
        found = judge_files(pairs, fit or (), judge)
    if as_json:
        emit({"files": [_row(one) for one in found]})
        return
    for one in found:
        typer.echo(_line(one))


def judge_files(paths: Sequence[Path], fit: Sequence[Path] = (), judge: str = "lexical") -> list[Judged]:
    """Figures for every file. Raises `ConfigurationError` for an unknown judge, or one that cannot be fitted, and for
    files that cannot be read."""
    if judge not in JUDGES:
        raise ConfigurationError(f"no judge is called {judge!r}; there is {', '.join(sorted(JUDGES))}")
    files = [read_pairs(path) for path in paths]
    if fit:
        fitted = _fitted(judge, [read_pairs(path) for path in fit])
        return [_judged(file, [fitted] * len(file.pairs)) for file in files]
    learned = judge == "lexical"
    trained = frozenset(shipped().tables.sources) if learned else frozenset()
    return [
        _cross_fitted(file, files) if file.digest in trained else _judged(file, [JUDGES[judge]] * len(file.pairs))
        for file in files
    ]


def _fitted(judge: str, files: Sequence[PairFile]) -> Judge:
    if judge != "lexical":
        raise ConfigurationError(f"the judge {judge!r} has nothing to fit")
    from probes.judge_fit import fit

    return Lexical(Trees(fit(files)))


def _cross_fitted(file: PairFile, files: Sequence[PairFile]) -> Judged:
    """Figures on a file that the shipped weights know: each fold of questions by weights fitted without it, on this
    file and the others given that the weights know too."""
    trained = frozenset(shipped().tables.sources)
    known = [one for one in files if one.digest in trained]
    judges = cross_fitted_judges(known)[[one.digest for one in known].index(file.digest)]
    return _judged(file, judges, cross_fitted=True)


def cross_fitted_judges(files: Sequence[PairFile]) -> list[list[Lexical]]:
    """For every pair of every file a judge with weights fitted on the other folds of questions, of all the files."""
    from probes.judge_fit import fit_vectors, labels_of, vectors

    rows = [(vectors(one.pairs), labels_of(one.pairs), _folds(one.pairs)) for one in files]
    judges: list[Lexical] = []
    for fold in range(FOLDS):
        kept = [(inputs[folds != fold], labels[folds != fold]) for inputs, labels, folds in rows]
        judges.append(Lexical(Trees(fit_vectors([x for x, _ in kept], [y for _, y in kept]))))
    return [[judges[fold] for fold in folds] for _, _, folds in rows]


def _folds(pairs: Sequence[Pair]) -> NDArray[np.int_]:
    return np.array([fold_of(pair, FOLDS) for pair in pairs], dtype=int)


def _judged(file: PairFile, judges: Sequence[Judge], cross_fitted: bool = False) -> Judged:
    started = time.process_time()
    scores = np.array(
        [judge.similarity(pair.question, pair.a, pair.b) for pair, judge in zip(file.pairs, judges, strict=True)]
    )
    spent = time.process_time() - started
    labels = np.array([pair.equivalent for pair in file.pairs], dtype=bool)
    halves = np.array([fold_of(pair, 2) for pair in file.pairs], dtype=bool)
    return Judged(
        file=file.name,
        n=len(file.pairs),
        auroc=auroc([int(label) for label in labels], scores.tolist()),
        accuracy=accuracy_both_ways(labels, scores, halves),
        tpr_at_5_fpr=tpr_at(labels, scores, FALSE_ALARMS),
        cpu_ms_per_pair=1000 * spent / max(len(file.pairs), 1),
        cross_fitted=cross_fitted,
    )


def accuracy_both_ways(
    labels: NDArray[np.bool_], scores: NDArray[np.float64], halves: NDArray[np.bool_]
) -> float | None:
    """Share of right decisions, the threshold of each half chosen on the other; None where a half is empty."""
    if halves.all() or not halves.any():
        return None
    right = 0
    for half in (halves, ~halves):
        threshold = best_threshold(labels[~half], scores[~half])
        right += int(((scores[half] >= threshold) == labels[half]).sum())
    return right / len(labels)


def best_threshold(labels: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    """The smallest score from which calling all pairs the same is right most often."""
    order = np.argsort(-scores, kind="stable")
    gains = np.cumsum(np.where(labels[order], 1, -1))
    last = np.append(np.diff(scores[order]) != 0, True)
    gains = np.where(last, gains, -len(labels) - 1)
    best = int(np.argmax(gains))
    return float(scores[order][best]) if gains[best] > 0 else float("inf")


def tpr_at(labels: NDArray[np.bool_], scores: NDArray[np.float64], false_alarms: float) -> float | None:
    """Share of the equal pairs found at the threshold that lets at most this share of the others through."""
    equal, others = scores[labels], scores[~labels]
    if not len(equal) or not len(others):
        return None
    allowed = int(false_alarms * len(others))
    bound = np.sort(others)[::-1][allowed] if allowed < len(others) else -np.inf
    return float((equal > bound).mean())


def _row(one: Judged) -> dict[str, object]:
    row: dict[str, object] = asdict(one)
    if not one.cross_fitted:
        del row["cross_fitted"]
    return row


def _line(one: Judged) -> str:
    shares = [f"{'-' if share is None else f'{share:.3f}':>6}" for share in (one.auroc, one.accuracy, one.tpr_at_5_fpr)]
    how = "  cross-fitted" if one.cross_fitted else ""
    told = f"AUROC {shares[0]} accuracy {shares[1]} TPR at 5 % {shares[2]} {one.cpu_ms_per_pair:.3f} ms{how}"
    return f"{one.file:44} {one.n:6} {told}"
