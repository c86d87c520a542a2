"""How well do the signals, and the confidence made of them, tell right answers from wrong ones?

Figures of the confidence are cross-fitted: the map that scores a row was fitted on other questions. Folds are by
question, so that the same question asked of another model is never in the fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import Any

from guard.calibration import Map, map_for, prior
from guard.signals import SIGNALS
from probes.cases import Case
from probes.fit import MIN_ROWS, Labelled, fit_maps, looks_of
from probes.fit_own import fit_own_maps
from probes.folds import splits
from probes.metrics import (
    aurc,
    auroc,
    auroc_interval,
    auroc_within,
    brier,
    coverage_at_risk,
    e_aurc,
    ece,
    error_at_coverage,
    precision_recall_f1,
    prr,
)

FOLDS = 5
DIGITS = 3
"""Confidences are rounded so far: maps of different folds then rank together, with ties instead of an order that only
comes from the fold."""

RISKS = ("0.05", "0.10", "0.20")
COVERAGES = ("0.30", "0.50")


@dataclass(frozen=True, slots=True)
class Fused:
    """The confidence in one answer, in [0, 1], and its place within its model, before that model's own curve.

    A curve keeps the order of a model's answers. Taken before it, the order is also the same across folds, whose curves
    differ a little by the base rate that chance left in them. `fold` says which maps it comes from.
    """

    confidence: float
    place: float
    fold: int = 0


@dataclass(frozen=True, slots=True)
class Statistics:
    """How a score does: higher score = more trusted; None where undefined. Definitions in `probes.metrics`."""

    n: int
    auroc: float | None
    auroc_ci: tuple[float, float] | None
    prr: float | None
    aurc: float | None
    e_aurc: float | None
    ece: float | None
    brier: float | None
    coverage_at_risk: Mapping[str, float]
    error_at_coverage: Mapping[str, float | None]


def statistics_of(right: Sequence[int], scores: Sequence[float], folds: Sequence[int] = ()) -> Statistics:
    """All figures of one score; the AUROC over pairs of one fold, where there are folds."""
    return Statistics(
        n=len(right),
        auroc=auroc_within(right, scores, folds),
        auroc_ci=auroc_interval(right, scores, folds),
        prr=prr(right, scores),
        aurc=aurc(right, scores),
        e_aurc=e_aurc(right, scores),
        ece=ece(right, scores),
        brier=brier(right, scores),
        coverage_at_risk={risk: coverage_at_risk(right, scores, float(risk)) for risk in RISKS},
        error_at_coverage={share: error_at_coverage(right, scores, float(share)) for share in COVERAGES},
    )


def evaluate(path: Path, cases: Sequence[Case], fit: Sequence[Labelled] = ()) -> dict[str, Any]:
    """The figures of one file: each signal, the fused confidence, and that within each model.

    With rows to `fit` on, the maps are fitted on those; otherwise cross-fitted.
    """
    rows = [case.row for case in cases]
    fused = by_maps(maps_for(rows, fit), rows) if fit else cross_fitted(rows)
    right = [row.right for row in rows]
    pooled = statistics_of(right, [one.confidence for one in fused], [one.fold for one in fused])
    signals = {name: _of_signal(name, cases) for name in SIGNALS}
    return {
        "file": path.name,
        "n": len(rows),
        "accuracy": sum(right) / len(right) if right else None,
        "signals": {name: asdict(found) for name, found in signals.items() if found.n},
        "fused": asdict(pooled) | _within(rows, fused) | {"abstention": abstention(rows, fused)},
        "models": {model: asdict(_of_model(pairs)) for model, pairs in _by_model(rows, fused).items()},
    }


def _of_model(pairs: Sequence[tuple[Labelled, Fused]]) -> Statistics:
    """Figures within one model: its order by place, what is said of the confidence itself by the confidence."""
    right = [row.right for row, _ in pairs]
    sure = [one.confidence for _, one in pairs]
    ordered = statistics_of(right, [one.place for _, one in pairs], [one.fold for _, one in pairs])
    return replace(ordered, ece=ece(right, sure), brier=brier(right, sure))


def _of_signal(name: str, cases: Sequence[Case]) -> Statistics:
    """Figures of a signal on the rows where it was measured."""
    pairs = [(case.row.right, value) for case in cases if (value := case.scores[name]) is not None]
    return statistics_of([right for right, _ in pairs], [value for _, value in pairs])


def cross_fitted(rows: Sequence[Labelled]) -> list[Fused]:
    """Every row by maps that were fitted on the questions of the other folds."""
    found: dict[int, Fused] = {}
    for fold, (fitted_on, tested) in enumerate(splits(rows, FOLDS)):
        inside = [rows[place] for place in tested]
        maps = maps_for(inside, [rows[place] for place in fitted_on])
        found |= zip(tested, (replace(one, fold=fold) for one in by_maps(maps, inside)), strict=True)
    return [found[place] for place in range(len(rows))]


def maps_for(rows: Sequence[Labelled], fit: Sequence[Labelled]) -> tuple[Map, ...]:
    """Maps fitted on some rows, as far as others can use them: for any model, and for those that the fit knows."""
    taken = {looks_of(row.inputs) for row in rows}
    return (*fit_maps(fit, taken), *fit_own_maps(fit, taken))


def by_maps(maps: Sequence[Map], rows: Sequence[Labelled]) -> list[Fused]:
    """Every row by the map that serves it; 0 where none does: what is not measured is not trusted."""
    return [_fused(map_for(maps, row.inputs, row.model), row) for row in rows]


def _fused(map_: Map | None, row: Labelled) -> Fused:
    if map_ is None:
        return Fused(0.0, 0.0)
    return Fused(round(map_.apply(row.inputs, row.model), DIGITS), round(map_.apply(row.inputs), DIGITS))


def abstention(rows: Sequence[Labelled], fused: Sequence[Fused]) -> dict[str, float | None] | None:
    """Precision, recall and F1 of abstaining below the prior's threshold; None where no row says what should be.

    A candidate that itself abstains counts as abstained, whatever the confidence in it.
    """
    threshold = prior().threshold
    pairs = [
        (row.should_abstain, row.abstained or one.confidence < threshold)
        for row, one in zip(rows, fused, strict=True)
        if row.should_abstain is not None
    ]
    if not pairs:
        return None
    precision, recall, f1 = precision_recall_f1([should for should, _ in pairs], [did for _, did in pairs])
    return {"precision": precision, "recall": recall, "f1": f1}


def _within(rows: Sequence[Labelled], fused: Sequence[Fused]) -> dict[str, Any]:
    """What the confidence does within a model, in the mean, and what the model's name alone would do."""
    areas: list[float] = []
    ratios: dict[str, list[float]] = {share: [] for share in COVERAGES}
    accuracy: dict[str, float] = {}
    for model, pairs in _by_model(rows, fused).items():
        right, scores = [row.right for row, _ in pairs], [one.place for _, one in pairs]
        accuracy[model] = sum(right) / len(right)
        area = auroc_within(right, scores, [one.fold for _, one in pairs])
        if area is None or len(right) < MIN_ROWS:
            continue
        areas.append(area)
        for share in COVERAGES:
            ratios[share].append((error_at_coverage(right, scores, float(share)) or 0.0) / (1 - accuracy[model]))
    return {
        "within_model_auroc_mean": fmean(areas) if areas else None,
        "within_model_error_ratio": {share: fmean(found) if found else None for share, found in ratios.items()},
        "model_name_auroc": auroc([row.right for row in rows], [accuracy[row.model] for row in rows]),
    }


def _by_model(rows: Sequence[Labelled], fused: Sequence[Fused]) -> dict[str, list[tuple[Labelled, Fused]]]:
    found: dict[str, list[tuple[Labelled, Fused]]] = {model: [] for model in sorted({row.model for row in rows})}
    for row, one in zip(rows, fused, strict=True):
        found[row.model].append((row, one))
    return found


HEAD = f"{'':28} {'n':>5} {'AUROC':>6} {'95 %':>12} {'PRR':>6} {'AURC':>6} {'E-AURC':>6} {'ECE':>6} {'Brier':>6}"
HEAD += "".join(f" {f'cov@{risk}':>8}" for risk in RISKS) + "".join(f" {f'err@{share}':>8}" for share in COVERAGES)


def as_text(file: Mapping[str, Any]) -> str:
    """One file's figures as a table for people."""
    fused = file["fused"]
    rows = {**file["signals"], "fused": fused, **{f"  {model}": found for model, found in file["models"].items()}}
    ratio = fused["within_model_error_ratio"]
    summary = [
        f"{file['file']}: {file['n']} answers, {_cell(file['accuracy'], 0)} right",
        HEAD,
        *(_line(name, found) for name, found in rows.items()),
        f"within a model, mean: AUROC {_cell(fused['within_model_auroc_mean'], 0)}; error over the model's own "
        + ", ".join(f"at {share} coverage {_cell(ratio[share], 0)}" for share in COVERAGES)
        + f"; the model's name alone: AUROC {_cell(fused['model_name_auroc'], 0)}",
    ]
    if fused["abstention"] is not None:
        said = ", ".join(f"{name} {_cell(value, 0)}" for name, value in fused["abstention"].items())
        summary.append(f"abstaining below {prior().threshold:g}: {said}")
    return "\n".join(summary) + "\n"


def _line(name: str, found: Mapping[str, Any]) -> str:
    interval = found["auroc_ci"]
    span = "-" if interval is None else f"{interval[0]:.3f}-{interval[1]:.3f}"
    cells = [f"{name[:28]:28} {found['n']:5} {_cell(found['auroc'])} {span:>12}"]
    cells += [_cell(found[key]) for key in ("prr", "aurc", "e_aurc", "ece", "brier")]
    cells += [_cell(found["coverage_at_risk"][risk], 8) for risk in RISKS]
    cells += [_cell(found["error_at_coverage"][share], 8) for share in COVERAGES]
    return " ".join(cells)


def _cell(value: float | None, width: int = 6) -> str:
    return f"{'-' if value is None else f'{value:.3f}':>{width}}"
