"""The command `probes grade`: Evidence to graded Evidence, by one of three graders."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import click
import typer
from rich.console import Console

from guard.errors import ConfigurationError
from probes.console import FOUND, AsJson, emit, steps, stoppable, told
from probes.endpoint import ApiKey, Concurrency, endpoint
from probes.graded import Asked, Graded, Label, with_label
from probes.grading import Agreement, Counts, Key, Trouble, agreements, by_reference, key_of, known
from probes.grading_human import ask_person, labels_for, read_labels
from probes.grading_llm import grade_by_model
from probes.journal import Journal
from probes.probe import Question
from probes.samples import read_rows


class Grader(StrEnum):
    """Who grades."""

    REFERENCE = "reference"
    LLM = "llm"
    HUMAN = "human"


Write = Callable[[Asked, Label], None]
Work = Callable[[Sequence[Graded], Write, Trouble], None]
"""Grades rows, writing each label as it is known."""


@dataclass(frozen=True, slots=True)
class Asking:
    """With which model to grade, and how."""

    base_url: str
    model: str
    api_key: str | None
    concurrency: int
    blind: bool

    def __call__(self, rows: Sequence[Graded], write: Write, trouble: Trouble) -> None:
        """Grade by the model."""
        with steps("grading", len(rows)) as step:
            asyncio.run(self._grade(rows, write, trouble, step))

    async def _grade(self, rows: Sequence[Graded], write: Write, trouble: Trouble, step: Callable[[], None]) -> None:
        upstream = endpoint(self.base_url, self.api_key)
        try:
            await grade_by_model(
                upstream,
                self.model,
                rows,
                write,
                trouble,
                blind=self.blind,
                concurrency=self.concurrency,
                progress=step,
            )
        finally:
            await upstream.close()


def grade_command(
    evidence: Annotated[list[Path], typer.Option("--evidence", help="Evidence lines; may be repeated.")],
    out: Annotated[Path, typer.Option("--out", help="File to write or to go on with, .jsonl or .jsonl.gz.")],
    grader: Annotated[Grader, typer.Option("--grader", help="Who grades.")] = Grader.REFERENCE,
    questions: Annotated[
        list[Path] | None, typer.Option("--questions", help="Questions with the references; may be repeated.")
    ] = None,
    base_url: Annotated[str | None, typer.Option("--base-url", help="llm: the grading model's endpoint.")] = None,
    model: Annotated[str | None, typer.Option("--model", help="llm: the grading model.")] = None,
    api_key: ApiKey = None,
    blind: Annotated[bool, typer.Option("--blind", help="llm: do not show the references.")] = False,
    concurrency: Concurrency = 4,
    labels: Annotated[Path | None, typer.Option("--labels", help="human: a file of id,label.")] = None,
    as_json: AsJson = False,
) -> None:
    """Right, wrong or abstained: a label for every Evidence line."""
    if out.resolve() in {path.resolve() for path in evidence}:
        raise typer.BadParameter("is the evidence itself: name another file", param_hint="--out")
    work = _work(grader, labels, base_url, model, api_key, concurrency, blind)
    trouble = Trouble()
    with told():
        rows = known(read_rows(evidence, Graded), read_rows(questions or (), Question))
        name = f"llm:{model}" if grader is Grader.LLM else grader.value
        graded = resumed(rows, name, out, work, trouble)
    _account(rows, graded, name, out, trouble, as_json)


def _work(
    grader: Grader,
    labels: Path | None,
    base_url: str | None,
    model: str | None,
    api_key: str | None,
    concurrency: int,
    blind: bool,
) -> Work:
    """How the grader works. Raises `typer.BadParameter` where an option that it needs is missing."""
    if grader is Grader.REFERENCE:
        return _from_references
    if grader is Grader.LLM:
        if base_url is None or model is None:
            raise typer.BadParameter("the grader llm needs --base-url and --model", param_hint="--grader")
        return Asking(base_url, model, api_key, concurrency, blind)
    if labels is not None:
        return lambda rows, write, trouble: _from_file(labels, rows, write, trouble)
    if not sys.stdin.isatty():
        raise typer.BadParameter("needs a terminal, or --labels FILE", param_hint="--grader human")
    return _from_person


def resumed(rows: Sequence[Graded], grader: str, out: Path, work: Work, trouble: Trouble) -> list[Graded]:
    """Grade what `out` has no label of this grader's for, each on the disk at once.

    In the end `out` has a line for every row, in their order, without a label where none was found; lines of other
    Evidence stay before them. A run that is stopped leaves the labels that it has. Raises `ConfigurationError` where
    `out` has labels of another grader, which would be lost.
    """
    with Journal(out, Graded) as journal:
        done = _done(journal.rows, grader, out)

        def write(row: Asked, label: Label) -> None:
            done[key_of(row)] = with_label(row, label, grader)
            journal.add(done[key_of(row)])

        again = grader == Grader.REFERENCE  # costs nothing, and the references may be others today
        left = {key_of(row): row for row in rows if again or key_of(row) not in done}
        with stoppable() as stopped:
            work(list(left.values()), write, trouble)
        trouble.stopped = bool(stopped)
        graded = [_again(row, done.get(key_of(row)), grader) for row in rows]
        if not stopped:
            ours = {key_of(row) for row in rows}
            journal.arrange([*(row for row in journal.rows if key_of(row) not in ours), *graded])
    return graded


def _done(rows: Sequence[Graded], grader: str, out: Path) -> dict[Key, Graded]:
    labelled = [row for row in rows if row.correct is not None]
    other = next((row.grader for row in labelled if row.grader != grader), grader)
    if other != grader:
        raise ConfigurationError(f"{out}: has labels of {other}, which would be lost: name another --out")
    return {key_of(row): row for row in labelled}


def _again(row: Graded, done: Graded | None, grader: str) -> Graded:
    """The row of today with the label found for it: what is known of its question may have changed."""
    return with_label(row, None if done is None else done.label, grader)


def _from_references(rows: Sequence[Graded], write: Write, trouble: Trouble) -> None:
    for row in rows:
        label = by_reference(row)
        if label is not None:
            write(row, label)


def _from_file(labels: Path, rows: Sequence[Graded], write: Write, trouble: Trouble) -> None:
    found, trouble.unmatched = labels_for(rows, read_labels(labels))
    for row, label in zip(rows, found, strict=True):
        if label is not None:
            write(row, label)


def _from_person(rows: Sequence[Graded], write: Write, trouble: Trouble) -> None:
    if not ask_person(rows, click.getchar, Console(stderr=True, highlight=False), write):
        raise KeyboardInterrupt


def _account(
    before: Sequence[Graded], after: Sequence[Graded], grader: str, out: Path, trouble: Trouble, as_json: bool
) -> None:
    """Say what was found; exit code 1 where something is to be done again."""
    counts, agreed = Counts.of(after), agreements(before, after, grader)
    if as_json:
        document: dict[str, Any] = {"out": str(out), "grader": grader, **asdict(counts), **trouble.as_json()}
        emit(document | {"agreement": {name: asdict(found) for name, found in agreed.items()}})
    else:
        for line in _lines(counts, agreed, trouble):
            typer.echo(line)
    if trouble.any:
        raise typer.Exit(FOUND)


def _lines(counts: Counts, agreed: dict[str, Agreement], trouble: Trouble) -> list[str]:
    found = [
        f"{counts.n} answers: {counts.right} right, {counts.wrong} wrong, {counts.abstained} abstained "
        f"({counts.rightly} rightly, {counts.needlessly} needlessly), {counts.ungraded} ungraded"
    ]
    if trouble.unreadable or trouble.failed:
        found.append(f"{trouble.unreadable} replies unreadable, {sum(trouble.failed.values())} calls failed")
    if trouble.unmatched:
        found.append(f"{trouble.unmatched} labels are of no line")
    for name, agreement in agreed.items():
        low, high = agreement.interval or (0.0, 0.0)
        found.append(f"agrees with {name} on {agreement.share:.3f} ({low:.3f} to {high:.3f}) of {agreement.n}")
    if trouble.stopped:
        found.append("stopped: run the same command again to go on")
    return found
