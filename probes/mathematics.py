"""What the mathematical judge changes on recorded answers, and what it costs.

    python -m probes.mathematics --samples FILE

Every row is compared as a request would compare it: the candidate with its draws, at most 16 expressions computed. The
label of a candidate is then told by its mean similarity to the draws, before and after. Needs the extra `math`.
"""

from __future__ import annotations

import asyncio
import resource
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Annotated, Final

import typer

from guard.agreement import SAME
from guard.errors import UpstreamError
from guard.judges.cascade import Cascade, Pairs
from guard.judges.lexical import Lexical
from guard.judges.mathematics import Mathematics, check_extra
from guard.sampling import read_answer
from guard.typed import Verdict
from probes.metrics import auroc
from probes.samples import Sample, read_samples

MIN_ROWS: Final = 60
LIMIT: Final = 60.0


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate: its label, its mean similarity to the draws before and after, and what its reference tells."""

    model: str
    correct: bool
    before: float
    after: float
    graded_before: bool
    graded_after: bool


@dataclass(slots=True)
class Measured:
    """All rows; of the pairs computed the verdicts by what the lexical judge had said, and the time they took."""

    rows: list[Row] = field(default_factory=list)
    pairs: int = 0
    unequal: int = 0
    verdicts: Counter[tuple[str, Verdict | None]] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0


async def measured(samples: Sequence[Sample]) -> Measured:
    """Every labelled row with draws and an answer, compared with and without mathematics."""
    found, by = Measured(), Mathematics(LIMIT)
    try:
        for sample in samples:
            if sample.correct is not None and sample.samples:
                found.rows.append(await _row(sample, by, found))
    finally:
        await by.close()
    return found


async def _row(sample: Sample, by: Mathematics, found: Measured) -> Row:
    candidate = read_answer(sample.greedy, sample.question).final
    draws = [read_answer(text, sample.question).final for text in sample.samples or ()]
    references = sample.references or []
    answers = [(candidate, other) for other in draws]
    pairs = Pairs(Cascade(Lexical(), None, by), sample.question)
    before = await _compared(pairs, answers, None, found)
    graded = max((pairs.similarity(sample.question, candidate, one) for one in references), default=0.0)
    found.pairs += len(answers)
    found.unequal += sum(value < 1 for value in before)
    after = await _compared(pairs, answers, by, found)
    own = Pairs(Cascade(Lexical(), None, by), sample.question)
    regraded = max(await _compared(own, [(candidate, one) for one in references], by, None), default=0.0)
    return Row(sample.model, bool(sample.correct), fmean(before), fmean(after), graded >= SAME, regraded >= SAME)


async def _compared(
    pairs: Pairs, answers: Sequence[tuple[str, str]], by: Mathematics | None, found: Measured | None
) -> list[float]:
    """The similarities, after mathematics where it is given; what it said is counted where there is a count."""
    question = pairs.question
    before = {pair: pairs.similarity(question, *pair) for pair in answers}
    some = pairs.calculable(answers, by) if by is not None else []
    if by is not None and some:
        started = time.perf_counter()
        try:
            verdicts = await by.decide(some)
        except UpstreamError as error:
            verdicts = (None,) * len(some)
            if found is not None:
                found.failures.append(error.kind)
        if found is not None:
            found.seconds += time.perf_counter() - started
            for pair, verdict in zip(some, verdicts, strict=True):
                similarity = pairs.similarity(question, *pair)
                found.verdicts["same" if similarity >= SAME else "different", verdict] += 1
        pairs.calculate(some, verdicts)
    return [pairs.similarity(question, *pair) for pair in before] if False else [
        pairs.similarity(question, *pair) for pair in answers
    ]
