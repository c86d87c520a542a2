"""Labelled rows to measure on: recorded samples, or graded Evidence, told apart by `schema`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import orjson

from guard.agreement import likenesses
from guard.evidence import SCHEMA, Evidence, Look
from guard.judges import JUDGES
from guard.signals import scores_of
from probes.fit import Labelled, labelled
from probes.graded import Graded
from probes.samples import evidence_of, lines, read_rows, read_samples, seconds_of


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled answer: its row for the maps, and every signal's score."""

    row: Labelled
    scores: Mapping[str, float | None]


def read_cases(path: Path, second_models: Sequence[str] = (), judge: str = "lexical") -> list[Case]:
    """The rows of a file that have a label. Raises `ConfigurationError` naming file and line for a row that is none."""
    if is_evidence(path):
        return _graded(read_rows([path], Graded), second_models, judge)
    samples = read_samples([path])
    return [
        _case(evidence_of(sample, second=second, judge=judge), sample.correct, sample.source, sample.should_abstain)
        for sample, second in zip(samples, seconds_of(samples, second_models), strict=True)
        if sample.correct is not None
    ]


def is_evidence(path: Path) -> bool:
    """Does the first line say Evidence's schema? What is no JSON is left to the reader of samples to complain of."""
    first = next((line for _, line in islice(lines(path), 1)), "")
    try:
        found = orjson.loads(first)
    except orjson.JSONDecodeError:
        return False
    return isinstance(found, dict) and found.get("schema") == SCHEMA


def _graded(rows: Sequence[Graded], second_models: Sequence[str], judge: str) -> list[Case]:
    asked = {(row.model, row.question, row.context): row for row in rows}

    def seen(row: Graded) -> Evidence:
        others = (asked.get((model, row.question, row.context)) for model in second_models if model != row.model)
        other = next((found for found in others if found is not None), None)
        return row if other is None else _with_second(row, other, judge)

    return [_case(seen(row), row.correct, row.source, row.should_abstain) for row in rows if row.correct is not None]


def _with_second(row: Evidence, other: Evidence, judge: str) -> Evidence:
    answers = (row.candidate, *row.draws)
    alike = likenesses(row.question, other.candidate, answers, JUDGES[judge])
    return row.model_copy(update={"cross_model": Look(answer=other.candidate, similarities=alike)})


def _case(evidence: Evidence, correct: bool | None, source: str, should_abstain: bool | None) -> Case:
    return Case(labelled(evidence, bool(correct), source, should_abstain), dict(scores_of(evidence)))
