"""What guarding costs and brings: the same questions asked of the guard and of the bare endpoint, over HTTP."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import orjson
from pydantic import BaseModel, ConfigDict

from guard.asking import decoded
from guard.dialects import DIALECTS
from guard.errors import ConfigurationError, UpstreamError, UpstreamRefused
from guard.evidence import Answer
from guard.upstream import Call, Reply, Upstream
from probes.collect import as_read
from probes.grading import states
from probes.journal import Journal
from probes.probe import Question
from probes.workers import at_once

Side = Literal["guarded", "unguarded"]

DIALECT: Final = DIALECTS["openai_chat"]
WITHHELD: Final = frozenset({"abstain", "clarify"})
SHOWN: Final = 200
"""Characters of an endpoint's own words about a failure that are told."""


class Told(BaseModel):
    """What one side said to one question, as a line of the journal.

    `abstained`: by the guard's own header, else read in the words. `correct` is None where there is no reference to
    hold an answer against, and for an abstention. `calls` and `tokens` are of everything that the answer cost, None
    where the endpoint does not say.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    side: Side
    model: str
    question_id: str
    question: str
    text: str
    abstained: bool
    correct: bool | None
    decision: str | None = None
    reason: str | None = None
    calls: int | None = None
    tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One question for one model on one side."""

    side: Side
    model: str
    question: Question


@dataclass(slots=True)
class Asking:
    """What became of the jobs: `kept` were in the journal already; the failed ones by side and kind of fault."""

    kept: int = 0
    failures: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def failed(self, job: Job, error: UpstreamError) -> None:
        """Note a question that was not answered: neither an answer nor an abstention."""
        refused = isinstance(error, UpstreamRefused)
        said = f": {error.reply.body[:SHOWN].decode('utf-8', 'replace')}" if isinstance(error, UpstreamRefused) else ""
        kind = f"status {error.reply.status}" if isinstance(error, UpstreamRefused) and refused else error.kind
        self.failures.append(f"{job.side} {job.model} {job.question.id}: {error}{said}")
        self.kinds[f"{job.side} {kind}"] += 1


def jobs_of(sides: Sequence[Side], models: Sequence[str], questions: Sequence[Question]) -> list[Job]:
    """Every question of every model on every side; the sides of one question stand together."""
    return [Job(side, model, question) for model in models for question in questions for side in sides]


def key_of(row: Told) -> tuple[str, str, str, str]:
    """What a line is of: the same question put by the same words."""
    return row.side, row.model, row.question_id, row.question


async def ask_all(
    endpoints: dict[Side, Upstream],
    jobs: Sequence[Job],
    journal: Journal[Told] | None,
    found: Asking,
    *,
    max_tokens: int | None = None,
    concurrency: int = 4,
    progress: Callable[[], None] = lambda: None,
) -> list[Told]:
    """Ask what the journal does not hold yet. Raises `ConfigurationError` where the guarded endpoint is no guard.

    A failed call is counted, left out, and asked again by the next run.
    """
    done = {key_of(row): row for row in (journal.rows if journal else ())}
    wanted = [(job.side, job.model, job.question.id, job.question.asked) for job in jobs]
    found.kept = sum(key in done for key in wanted)

    async def ask(job: Job) -> None:
        try:
            row = await _ask(endpoints[job.side], job, max_tokens)
        except UpstreamError as error:
            found.failed(job, error)
        else:
            done[key_of(row)] = row
            if journal is not None:
                journal.add(row)
        progress()

    await at_once([job for job, key in zip(jobs, wanted, strict=True) if key not in done], ask, concurrency)
    return [done[key] for key in wanted if key in done]


async def _ask(endpoint: Upstream, job: Job, max_tokens: int | None) -> Told:
    body: dict[str, object] = {
        "model": job.model,
        "messages": [{"role": "user", "content": job.question.asked}],
        "temperature": 0,
    }
    if max_tokens is not None:
        body["max_tokens"] = max_tokens
    reply = await endpoint.send(Call("POST", "/chat/completions", orjson.dumps(body)))
    parsed = DIALECT.parse(decoded(reply), as_read(job.question))
    return told(job, reply, parsed.answers[0], parsed.usage.prompt + parsed.usage.completion)


def told(job: Job, reply: Reply, answer: Answer, tokens: int) -> Told:
    """A reply as a line. Raises `ConfigurationError` for one of the guarded side without the guard's header."""
    decision = reply.header("x-guard-decision") if job.side == "guarded" else None
    if job.side == "guarded" and decision is None:
        raise ConfigurationError("--base-url: the reply has no x-guard-decision header, so there is no guard behind it")
    abstained = decision in WITHHELD or answer.kind != "answer"
    guarded = job.side == "guarded"
    return Told(
        side=job.side,
        model=job.model,
        question_id=job.question.id,
        question=job.question.asked,
        text=answer.text,
        abstained=abstained,
        correct=None if abstained else graded(answer, job.question),
        decision=decision,
        reason=reply.header("x-guard-reason") if guarded else None,
        calls=_number(reply.header("x-guard-calls")) if guarded else 1,
        tokens=_number(reply.header("x-guard-tokens")) if guarded else tokens,
    )


def graded(answer: Answer, question: Question) -> bool | None:
    """Whether an answer is right: never where there is none, not known without references."""
    if question.should_abstain:
        return False
    return states(answer, as_read(question), question.references) if question.references else None


def _number(header: str | None) -> int | None:
    return int(header) if header is not None and header.isdigit() else None
