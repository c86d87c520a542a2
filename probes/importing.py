"""`probes import`: recorded samples as graded Evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from guard.evidence import Evidence
from guard.judges import JUDGES
from probes.console import AsJson, emit, steps, told
from probes.graded import Graded, Label
from probes.journal import write_lines
from probes.samples import Sample, evidence_of, read_samples, seconds_of

RECORDED = "recorded"
"""The grader of a label whose source the file does not tell."""


def imported(
    samples: Sequence[Sample],
    second_models: Sequence[str] = (),
    judge: str = "lexical",
    progress: Callable[[], None] = lambda: None,
) -> list[Graded]:
    """Every row of one file as Evidence with its labels beside it; a second model's row becomes a look."""
    found = []
    for sample, second in zip(samples, seconds_of(samples, second_models), strict=True):
        found.append(_graded(sample, evidence_of(sample, second=second, judge=judge)))
        progress()
    return found


def _graded(sample: Sample, evidence: Evidence) -> Graded:
    scenario = (sample.model_extra or {}).get("scenario")
    beside = {
        "question_id": sample.id,
        "source": sample.source,
        "references": sample.references,
        "should_abstain": sample.should_abstain,
        "scenario": scenario if isinstance(scenario, str) else None,
        "conversation": sample.conversation,
        "correct": sample.correct,
        "label": _label(sample, evidence),
        "grader": None if sample.correct is None else sample.label_source or RECORDED,
    }
    return Graded.model_validate(evidence.model_dump(by_alias=True) | beside)


def _label(sample: Sample, evidence: Evidence) -> Label | None:
    """The recorded label in words; `correct` itself is never changed."""
    if sample.correct is None:
        return None
    if sample.correct:
        return "right"
    return "wrong" if evidence.candidate.kind == "answer" else "abstained"


def import_command(
    samples: Annotated[list[Path], typer.Option("--samples", help="Recorded samples; may be repeated.")],
    out: Annotated[Path, typer.Option("--out", help="File to write, .jsonl or .jsonl.gz.")],
    second_model: Annotated[
        list[str] | None,
        typer.Option("--second-model", help="A second model: its row of the same question and file is a look."),
    ] = None,
    judge: Annotated[str, typer.Option("--judge", help="How two answers are compared.")] = "lexical",
    as_json: AsJson = False,
) -> None:
    """Recorded samples as Evidence lines with their labels."""
    if judge not in JUDGES:
        raise typer.BadParameter(f"'{judge}' is none of {', '.join(sorted(JUDGES))}", param_hint="--judge")
    with told():
        files = [read_samples([path]) for path in samples]
        with steps(out.name, sum(map(len, files))) as step:
            rows = [row for file in files for row in imported(file, second_model or (), judge, step)]
        write_lines(out, rows)
    graded = sum(row.correct is not None for row in rows)
    if as_json:
        emit({"out": str(out), "n": len(rows), "graded": graded})
    else:
        typer.echo(f"{out}: {len(rows)} lines, {graded} with a label")
