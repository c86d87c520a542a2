"""Making the shipped prior: fitted on recordings of many models, reported on sources that it was not fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from guard.calibration import Calibration
from probes.fit import PATTERNS, Figures, Labelled, fit_map, having, labelled, leave_one_source_out
from probes.samples import evidence_of, read_samples

THRESHOLD = 0.6
"""Strict for a prior: with agreement alone at least seven of eight draws must say what the candidate says."""


def labelled_rows(paths: Sequence[Path]) -> list[Labelled]:
    """The rows that have a label and draws, scored."""
    samples = (sample for sample in read_samples(paths) if sample.correct is not None and sample.samples)
    return [labelled(evidence_of(sample), bool(sample.correct), sample.source) for sample in samples]


def fit_prior(rows: Sequence[Labelled]) -> Calibration:
    """One map for each pattern of inputs, on all rows that have them."""
    maps = tuple(fit_map(having(rows, names), names) for names in PATTERNS)
    return Calibration(schema="calibration/1", status="prior", maps=maps, threshold=THRESHOLD)


def figures_of(rows: Sequence[Labelled]) -> list[Figures]:
    """What each map does on every source when fitted on the others."""
    return [figures for names in PATTERNS for figures, _ in leave_one_source_out(rows, names, THRESHOLD)]


def as_markdown(figures: Sequence[Figures]) -> str:
    """The figures as a table, one row a pattern and source."""
    head = "| inputs | source left out | n | own error | AUROC | ECE | coverage | error among answered |\n"
    rule = "|---|---|---|---|---|---|---|---|\n"
    return head + rule + "".join(_row(row) for row in figures)


def _row(row: Figures) -> str:
    cells = [", ".join(row.inputs), row.source, str(row.n)]
    cells += [_cell(value) for value in (row.error, row.auroc, row.ece, row.coverage, row.selective_risk)]
    return "| " + " | ".join(cells) + " |\n"


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
