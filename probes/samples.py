"""Recorded samples: reading the files, and each row as Evidence."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from guard.agreement import clusters, likenesses, similarities
from guard.errors import ConfigurationError
from guard.evidence import Answer, Circumstances, Evidence, Look, SelfReport
from guard.judges import JUDGES
from guard.reports import SELF_REPORT_VERSION
from guard.sampling import read_answer
from probes.probe import put


class Sample(BaseModel):
    """One recorded row: a question, the candidate (`greedy`) with its label, the other draws.

    Field meanings are those of the samples format; unknown fields are kept.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str
    model: str
    question: str
    greedy: str
    source: str = ""
    context: str | None = None
    references: list[str] | None = None
    samples: list[str] | None = None
    greedy_logprobs: list[float] | None = None
    sample_logprobs: list[list[float] | None] | None = None
    greedy_verbalized: float | None = None
    verbalized: list[float | None] | None = None
    self_check: bool | None = None
    decomposed: str | None = None
    correct: bool | None = None
    should_abstain: bool | None = None
    conversation: str | None = None
    label_source: str | None = None

    @property
    def asked(self) -> str:
        """The question as a client asks it: with its context in front, where there is one."""
        return put(self.question, self.context)


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered non-empty lines of a text file, gzip or plain. Raises `ConfigurationError` naming the file."""
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            yield from ((number, line) for number, line in enumerate(file, 1) if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read: {error}") from error


RowT = TypeVar("RowT", bound=BaseModel)


def read_rows(paths: Sequence[Path], record: type[RowT]) -> list[RowT]:
    """Every row of the files as a record. Raises `ConfigurationError` with file and line for a row that is none."""
    rows = []
    for path in paths:
        for number, line in lines(path):
            try:
                rows.append(record.model_validate_json(line))
            except ValidationError as error:
                first = error.errors()[0]
                place = ".".join(str(part) for part in first["loc"]) or "row"
                raise ConfigurationError(f"{path}:{number}: {place}: {first['msg']}") from error
    return rows


def read_samples(paths: Sequence[Path]) -> list[Sample]:
    """Every row of the files as a sample. Raises `ConfigurationError`."""
    return read_rows(paths, Sample)


def seconds_of(samples: Sequence[Sample], models: Sequence[str]) -> list[Sample | None]:
    """For every row the same question's row of the first of these models that is not the row's own; None without."""
    by_model = {model: {row.asked: row for row in samples if row.model == model} for model in models}
    return [next((by_model[model].get(row.asked) for model in models if model != row.model), None) for row in samples]


def evidence_of(sample: Sample, *, second: Sample | None = None, judge: str = "lexical") -> Evidence:
    """A recorded row as the Evidence that a live request would have brought; `second` is a second model's row."""
    candidate = _answer(sample.greedy, sample.question, sample.greedy_logprobs, sample.greedy_verbalized)
    logprobs: Sequence[list[float] | None] = sample.sample_logprobs or ()
    stated: Sequence[float | None] = sample.verbalized or ()
    drawn = zip_longest(sample.samples or (), logprobs, stated)
    draws = tuple(_answer(text, sample.question, probs, said) for text, probs, said in drawn if text is not None)
    answers = (candidate, *draws)
    matrix = similarities(sample.question, answers, JUDGES[judge])

    def look(text: str | None) -> Look | None:
        if not text:
            return None
        answer = read_answer(text, sample.question)
        return Look(answer=answer, similarities=likenesses(sample.question, answer, answers, JUDGES[judge]))

    return Evidence(
        id=sample.id,
        dialect="openai_chat",
        model=sample.model,
        question=sample.question,
        context=sample.context or "",
        candidate=candidate,
        draws=draws,
        asked=len(draws),
        similarities=matrix,
        clusters=clusters(matrix),
        self_report=_self_report(sample),
        second_way=look(sample.decomposed),
        cross_model=look(second.greedy if second else None),
        circumstances=Circumstances(policy="recorded", mode="enforce"),
    )


def _answer(text: str, question: str, logprobs: list[float] | None, stated: float | None) -> Answer:
    mean = min(sum(logprobs) / len(logprobs), 0.0) if logprobs else None
    read = read_answer(text, question)
    return read.model_copy(update={"logprob": mean, "stated": read.stated if stated is None else _unit(stated)})


def _unit(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _self_report(sample: Sample) -> SelfReport | None:
    if sample.greedy_verbalized is not None:
        value = _unit(sample.greedy_verbalized)
        return SelfReport(value=value, form="number", affirmed=value >= 0.5, prompt=SELF_REPORT_VERSION)
    if sample.self_check is not None:
        yes = sample.self_check
        return SelfReport(value=float(yes), form="yes_no", affirmed=yes, prompt=SELF_REPORT_VERSION)
    return None
