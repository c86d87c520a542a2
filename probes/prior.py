"""Making the shipped prior: fitted on recordings of many models, reported on sources that it was not fitted on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from guard.calibration import Calibration
from probes.cases import is_evidence, read_cases
from probes.fit import MIN_ROWS, Labelled, fit_map, fit_maps, having, labelled, looks_of, names_of, patterns_of
from probes.metrics import auroc, coverage, ece, selective_risk
from probes.samples import evidence_of, read_samples, seconds_of

THRESHOLD = 0.6
"""Strict for a prior: with agreement alone at least seven of eight draws must say what the candidate says."""


LEFT_OUT = frozenset({"token_probability", "stated_agreement"})
"""Inputs that the prior does without. Recordings of the first are 188 answers of two small models, and a map fitted on
either half misses the level of the other by .25; those of the second are nearly all of one small model."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How a map fitted on other sources does on one: shares in [0, 1], None where undefined."""

    looks: tuple[str, ...]
    source: str
    n: int
    error: float
    auroc: float | None
    ece: float | None
    coverage: float
    selective_risk: float | None


def labelled_rows(paths: Sequence[Path], second_models: Sequence[str] = ()) -> list[Labelled]:
    """The rows that have a label and draws, scored; a second model's answer is one of the same file.

    Files of recorded samples or of graded Evidence, told apart by `schema`.
    """
    return [_kept(row) for path in paths for row in _scored(path, second_models)]


def _kept(row: Labelled) -> Labelled:
    return replace(row, inputs={name: row.inputs[name] for name in row.inputs if name not in LEFT_OUT})


def _scored(path: Path, second_models: Sequence[str]) -> Iterable[Labelled]:
    if is_evidence(path):
        rows = (case.row for case in read_cases(path, second_models))
        return (row for row in rows if "draws" in looks_of(row.inputs))
    samples = read_samples([path])
    seconds = seconds_of(samples, second_models)
    return (
        labelled(evidence_of(sample, second=second), bool(sample.correct), sample.source)
        for sample, second in zip(samples, seconds, strict=True)
        if sample.correct is not None and sample.samples
    )


def fit_prior(rows: Sequence[Labelled]) -> Calibration:
    """One map for each set of looks, on all rows that have them."""
    return Calibration(schema="calibration/1", status="prior", maps=fit_maps(rows), threshold=THRESHOLD)


def figures_of(rows: Sequence[Labelled], threshold: float = THRESHOLD) -> list[Figures]:
    """What each map does on every source when fitted on the others."""
    return [found for looks in patterns_of(rows) for found in leave_one_source_out(rows, looks, threshold)]


def leave_one_source_out(rows: Sequence[Labelled], looks: frozenset[str], threshold: float) -> list[Figures]:
    """For every source with enough rows: figures of the map for these looks, fitted on all the others."""
    usable, names = having(rows, looks), names_of(looks)
    results = []
    for source in sorted({row.source for row in usable}):
        inside = [row for row in usable if row.source == source]
        outside = [row for row in usable if row.source != source]
        if len(inside) < MIN_ROWS or len(outside) < MIN_ROWS:
            continue
        fitted = fit_map(outside, names)
        results.append(_figures(inside, [fitted.apply(row.inputs) for row in inside], looks, threshold))
    return results


def _figures(
    rows: Sequence[Labelled], confidences: Sequence[float], looks: frozenset[str], threshold: float
) -> Figures:
    right = [row.right for row in rows]
    return Figures(
        looks=tuple(sorted(looks)),
        source=rows[0].source,
        n=len(rows),
        error=1 - sum(right) / len(right),
        auroc=auroc(right, confidences),
        ece=ece(right, confidences),
        coverage=coverage(confidences, threshold),
        selective_risk=selective_risk(right, confidences, threshold),
    )


def as_markdown(figures: Sequence[Figures]) -> str:
    """The figures as a table, one row a set of looks and source."""
    head = "| looks | source left out | n | own error | AUROC | ECE | coverage | error among answered |\n"
    rule = "|---|---|---|---|---|---|---|---|\n"
    return head + rule + "".join(_row(row) for row in figures)


def _row(row: Figures) -> str:
    cells = [", ".join(row.looks), row.source, str(row.n)]
    cells += [_cell(value) for value in (row.error, row.auroc, row.ece, row.coverage, row.selective_risk)]
    return "| " + " | ".join(cells) + " |\n"


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
