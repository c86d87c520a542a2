"""Which pairs the lexical judge had better leave open: a band of similarities that holds most of its mistakes.

    python -m probes.bands --pairs FILE [--pairs FILE]

Every pair is judged by weights fitted on other questions (the folds of `probes.judging`), so no figure is in-sample.
Needs the extra `probes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer

from guard.agreement import SAME
from guard.judges.lexical import OPEN, inputs, said
from probes.judging import cross_fitted_judges
from probes.pairs import Pair, PairFile, read_pairs

BANDS: Final = ((0.01, 0.8), (0.02, 0.8), (0.05, 0.8), (0.01, 0.85), (0.05, 0.85), (0.01, 0.9), (0.05, 0.9))
"""Bands that are printed beside the one in force."""


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled pair: what the lexical judge makes of it, and whether the two mean the same."""

    similarity: float
    typed: bool
    equivalent: bool

    @property
    def mistaken(self) -> bool:
        """Is it on the wrong side of `SAME`?"""
        return (self.similarity >= SAME) != self.equivalent


@dataclass(frozen=True, slots=True)
class Band:
    """What lies in a band: shares in [0, 1] of all pairs and of all mistakes; `error` is the share of mistakes among
    the pairs in it. None where undefined."""

    low: float
    high: float
    pairs: float | None
    mistakes: float | None
    error: float | None


def cases(files: Sequence[PairFile]) -> list[list[Case]]:
    """The cases of every file. A pair is `typed` where typed values or equal texts decide it, whatever the band."""
    found = []
    for file, judges in zip(files, cross_fitted_judges(files), strict=True):
        rows = []
        for pair, judge in zip(file.pairs, judges, strict=True):
            similarity = judge.similarity(pair.question, pair.a, pair.b)
            rows.append(Case(similarity, _typed(pair), pair.equivalent))
        found.append(rows)
    return found


def _typed(pair: Pair) -> bool:
    left, right = said(pair.a), said(pair.b)
    texts = left.reading.text, right.reading.text
    return not all(texts) or texts[0] == texts[1] or inputs(pair.question, left, right)[0] is not None


def band(rows: Sequence[Case], low: float, high: float) -> Band:
    """What lies between two similarities, the upper one excluded, and is not decided by types."""
    inside = [row for row in rows if not row.typed and low <= row.similarity < high]
    wrong, mistakes = sum(row.mistaken for row in inside), sum(row.mistaken for row in rows)
    return Band(low, high, _share(len(inside), len(rows)), _share(wrong, mistakes), _share(wrong, len(inside)))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def main(
    pairs: Annotated[list[Path], typer.Option("--pairs", help="Labelled pairs of answers; may be repeated.")],
) -> None:
    """Print, for every file and all together, what share of pairs and mistakes each band holds."""
    files = [read_pairs(path) for path in pairs]
    found = cases(files)
    named = [(file.name, rows) for file, rows in zip(files, found, strict=True)]
    for name, rows in [*named, ("all", [row for some in found for row in some])]:
        typed = [row for row in rows if row.typed]
        wrong = sum(row.mistaken for row in rows)
        beyond = sum(row.mistaken for row in typed)
        typer.echo(f"{name}: {len(rows)} pairs, {wrong} mistakes; decided by types {len(typed)}, {beyond} mistakes")
        for low, high in dict.fromkeys((OPEN, *BANDS)):
            typer.echo("  " + _line(band(rows, low, high)))


def _line(one: Band) -> str:
    shares = [f"{'-' if share is None else f'{share:.3f}':>6}" for share in (one.pairs, one.mistakes, one.error)]
    return f"[{one.low}, {one.high}) pairs {shares[0]} mistakes {shares[1]} wrong among them {shares[2]}"


if __name__ == "__main__":
    typer.run(main)
