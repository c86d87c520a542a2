"""What computing mathematical answers changes on recorded samples, and what it costs.

    python -m probes.mathematics --samples FILE

Every row is compared as a request compares it: the candidate with its draws, at most 16 pairs computed. Then the
candidate with its references, as `probes grade` does. Needs the extra `math`.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Annotated, Final

import typer

from guard.agreement import SAME, similarities
from guard.errors import UpstreamError
from guard.evidence import Evidence
from guard.judges.cascade import Cascade, Pairs
from guard.judges.lexical import Lexical
from guard.judges.mathematics import Mathematics, check_extra
from guard.signals.semantic_agreement import semantic_agreement
from probes.metrics import auroc
from probes.samples import Sample, evidence_of, read_samples

MIN_ROWS: Final = 60
"""Rows that a model needs for a figure of its own."""


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate: its label; semantic agreement and likeness to the nearest reference, before and after."""

    model: str
    correct: bool
    agreement: tuple[float | None, float | None]
    reference: tuple[float, float] | None


@dataclass(slots=True)
class Measured:
    """All rows. `verdicts` counts pairs of candidate and draw by what the lexical judge says and what was computed."""

    rows: list[Row] = field(default_factory=list)
    pairs: int = 0
    unlike: int = 0
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def computed(self) -> int:
        """Pairs that were computed, a verdict or not."""
        return sum(self.verdicts.values())


async def measured(samples: Sequence[Sample], by: Mathematics) -> Measured:
    """Every labelled row with draws, compared without and with mathematics."""
    found = Measured()
    for sample in samples:
        if sample.correct is None or not sample.samples:
            continue
        evidence = evidence_of(sample)
        pairs = Pairs(Cascade(Lexical(), None, by), evidence.question)
        agreement = (_agreement(evidence, pairs), await _after(evidence, pairs, by, found))
        reference = await _reference(sample, evidence.candidate.final, by)
        found.rows.append(Row(sample.model, sample.correct, agreement, reference))
    return found


async def _after(evidence: Evidence, pairs: Pairs, by: Mathematics, found: Measured) -> float | None:
    answers = [(evidence.candidate.final, draw.final) for draw in evidence.draws]
    likenesses = [pairs.similarity(evidence.question, *pair) for pair in answers]
    found.pairs += len(answers)
    found.unlike += sum(value < 1 for value in likenesses)
    some = pairs.calculable(answers, by)
    started = time.perf_counter()
    try:
        verdicts = await by.decide(some)
    except UpstreamError as error:
        found.failures.append(error.kind)
        return _agreement(evidence, pairs)
    found.seconds += time.perf_counter() - started
    for pair, verdict in zip(some, verdicts, strict=True):
        lexical = "same" if pairs.similarity(evidence.question, *pair) >= SAME else "different"
        found.verdicts[lexical, verdict or "not told"] += 1
    pairs.calculate(some, verdicts)
    return _agreement(evidence, pairs)


def _agreement(evidence: Evidence, pairs: Pairs) -> float | None:
    matrix = similarities(evidence.question, (evidence.candidate, *evidence.draws), pairs)
    return semantic_agreement(evidence.model_copy(update={"similarities": matrix}))


async def _reference(sample: Sample, final: str, by: Mathematics) -> tuple[float, float] | None:
    """Likeness to the nearest reference, before and after; None without one."""
    if not sample.references:
        return None
    pairs, answers = Pairs(Cascade(Lexical(), None, by), sample.question), [(final, one) for one in sample.references]
    before = max(pairs.similarity(sample.question, *pair) for pair in answers)
    some = pairs.calculable(answers, by)
    pairs.calculate(some, await by.decide(some))
    return before, max(pairs.similarity(sample.question, *pair) for pair in answers)


def as_text(found: Measured) -> str:
    """The figures, for people."""
    told = [
        f"{len(found.rows)} rows, {found.pairs} pairs, {found.unlike} not equal as texts, {found.computed} computed"
    ]
    told += [
        f"  lexical {lexical}, computed {said}: {count}" for (lexical, said), count in sorted(found.verdicts.items())
    ]
    told.append(f"{1000 * found.seconds / max(found.computed, 1):.1f} ms a pair, failures: {found.failures}")
    for model in sorted({row.model for row in found.rows}):
        rows = [row for row in found.rows if row.model == model]
        if len(rows) >= MIN_ROWS:
            told.append(f"{model} ({len(rows)}): semantic agreement AUROC {_areas(rows)}")
    graded = [(row.correct, row.reference) for row in found.rows if row.reference is not None]
    for name, place in (("before", 0), ("after", 1)):
        right = [(reference[place] >= SAME) == correct for correct, reference in graded]
        told.append(f"by reference {name}: the label is met in {sum(right)} of {len(right)} ({fmean(right):.4f})")
    return "\n".join(told)


def _areas(rows: Sequence[Row]) -> str:
    """Before and after, a row without a value at 0."""
    labels = [int(row.correct) for row in rows]
    areas = [auroc(labels, [row.agreement[place] or 0.0 for row in rows]) for place in (0, 1)]
    return " -> ".join("-" if area is None else f"{area:.4f}" for area in areas)


def main(samples: Annotated[list[Path], typer.Option("--samples", help="Recorded samples; may be repeated.")]) -> None:
    """Print the figures of the files together."""
    check_extra()
    typer.echo(as_text(asyncio.run(_measured(read_samples(samples)))))


async def _measured(samples: Sequence[Sample]) -> Measured:
    by = Mathematics()
    try:
        return await measured(samples, by)
    finally:
        await by.close()


if __name__ == "__main__":
    typer.run(main)
