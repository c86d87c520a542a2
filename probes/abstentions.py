"""`probes abstentions`: does recognising abstentions and refusals in text say what people and judges said?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import BaseModel, ConfigDict

from guard.abstentions import Stance, recognise
from probes.console import AsJson, emit, told
from probes.metrics import precision_recall_f1, wilson
from probes.samples import read_rows

REFUSAL: Final = frozenset({"refuse"})
IGNORANCE: Final = frozenset({"abstain"})
EITHER: Final = frozenset({"abstain", "refuse"})


class Response(BaseModel):
    """A line of the `responses` schema; unknown fields are kept. `abstained` is null where nobody said."""

    model_config = ConfigDict(frozen=True, extra="allow")

    model: str
    question: str
    response: str
    source: str = ""
    abstained: bool | None = None
    correct: bool | None = None
    label_source: str | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """How far the recogniser agrees with a file's `abstained`, over the `n` rows that have it; shares in [0, 1].

    `accuracy_ci` is a 95 % interval (Wilson). `right` counts the rows labelled as right answers, `right_taken` those of
    them that were taken for no answer: a file without any `abstained` still tells of false alarms.
    """

    file: str
    n: int
    precision: float | None
    recall: float | None
    accuracy: float | None
    accuracy_ci: tuple[float, float] | None
    classes: tuple[str, ...]
    right: int
    right_taken: int


def positives(row: Response) -> frozenset[str]:
    """The classes that this row's `abstained` is about, by what its `label_source` says that the label means.

    A label of safety refusals is about `refuse`; one of missing premises, or of knowledge, is about `abstain`; a label
    that does not say is about both. The label itself is not looked at.
    """
    meant = f"{row.label_source or ''} {row.source}".lower()
    refusal = "refusal" in meant
    ignorance = any(
        word in meant for word in ("insufficient", "premise", "unanswerable", "does not know", "doesn't know")
    )
    if refusal == ignorance:
        return EITHER
    return REFUSAL if refusal else IGNORANCE


def recognised(name: str, rows: Sequence[Response]) -> Recognised:
    """The figures of one file."""
    stances: list[Stance] = [recognise(row.response, row.question) for row in rows]
    labelled = [(row, stance) for row, stance in zip(rows, stances, strict=True) if row.abstained is not None]
    said = [bool(row.abstained) for row, _ in labelled]
    found = [stance in positives(row) for row, stance in labelled]
    same = sum(one == other for one, other in zip(said, found, strict=True))
    precision, recall, _ = precision_recall_f1(said, found)
    right = [stance for row, stance in zip(rows, stances, strict=True) if row.correct]
    return Recognised(
        file=name,
        n=len(labelled),
        precision=precision,
        recall=recall,
        accuracy=same / len(labelled) if labelled else None,
        accuracy_ci=wilson(same, len(labelled)),
        classes=tuple(sorted({stance for row, _ in labelled for stance in positives(row)})),
        right=len(right),
        right_taken=sum(stance != "answer" for stance in right),
    )


def abstentions_command(
    responses: Annotated[list[Path], typer.Option("--responses", help="Recorded responses; may be repeated.")],
    as_json: AsJson = False,
) -> None:
    """How well abstentions and refusals are recognised in text, against the files' own labels."""
    with told():
        files = [recognised(path.name, read_rows([path], Response)) for path in responses]
    if as_json:
        emit({"files": [asdict(file) for file in files]})
        return
    for file in files:
        typer.echo(_line(file))


def _line(file: Recognised) -> str:
    shares = [f"{'-' if share is None else f'{share:.3f}'}" for share in (file.precision, file.recall, file.accuracy)]
    told = f"precision {shares[0]} recall {shares[1]} accuracy {shares[2]}"
    within = f" ({file.accuracy_ci[0]:.3f} to {file.accuracy_ci[1]:.3f})" if file.accuracy_ci else ""
    means = f" of {' or '.join(file.classes)}" if file.classes else ""
    taken = f"; {file.right_taken} of {file.right} right answers taken for none" if file.right else ""
    return f"{file.file:40} {file.n:6} labelled{means}: {told}{within}{taken}"
