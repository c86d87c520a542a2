"""`probes collect`: questions put to a live endpoint through the guard's own `gather`, as Evidence lines."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import orjson

from guard.calibration import Standing, prior
from guard.dialects import DIALECTS
from guard.errors import ConfigurationError, UpstreamError, UpstreamRefused
from guard.evidence import Circumstances, Evidence
from guard.exchange import Exchange
from guard.judges import JUDGES
from guard.negotiation import Memory
from guard.pipeline import Guard, Ruling
from guard.policy import Budget, Deadline, Policy, SecondModel
from guard.sampling import Second
from guard.supplied import split_supplied
from guard.upstream import Upstream
from probes.graded import Asked
from probes.journal import Journal
from probes.probe import Question
from probes.workers import at_once

DIALECT: Final = DIALECTS["openai_chat"]
PATIENCE: Final = 900.0
"""Seconds for all looks at one answer: nobody is waiting for it, and a look cut short would be missing."""

SAID: Final = 200
"""Bytes of an endpoint's own words about a failure that are told."""

ALL_TOKENS: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent for each question beside it; None leaves a parameter to the endpoint."""

    model: str
    system: str | None = None
    temperature: float | None = None
    max_tokens: int | None = None
    logprobs: bool = False

    def exchange(self, question: Question) -> Exchange:
        """The question as a caller's request."""
        messages = [{"role": "system", "content": self.system}] if self.system else []
        messages.append({"role": "user", "content": question.asked})
        wishes = {"temperature": self.temperature, "max_tokens": self.max_tokens, "logprobs": self.logprobs or None}
        body: dict[str, Any] = {"model": self.model, "messages": messages}
        body |= {name: value for name, value in wishes.items() if value is not None}
        return DIALECT.read(orjson.dumps(body), body)


@dataclass(slots=True)
class Collected:
    """What a run did: questions in all, of them already there, written now, failed by kind of fault.

    `looks_failed` counts the looks that brought nothing in the lines written now, by purpose.
    """

    questions: int
    kept: int = 0
    written: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    looks_failed: Counter[str] = field(default_factory=Counter)

    def failed(self, question: Question, error: UpstreamError) -> None:
        """Note a question without an answer."""
        kind = f"status {error.reply.status}" if isinstance(error, UpstreamRefused) else error.kind
        said = f": {error.reply.body[:SAID].decode('utf-8', 'replace')}" if isinstance(error, UpstreamRefused) else ""
        self.failures.append((question.id, f"{error}{said}"))
        self.kinds[kind] += 1

    def wrote(self, evidence: Evidence) -> None:
        """Note a line."""
        self.written += 1
        for failure in evidence.failures:
            self.looks_failed[failure.purpose] += failure.missing


def as_read(question: Question) -> str:
    """The words that its Evidence has as the question: what the guard reads of the message that puts it."""
    return split_supplied(question.asked).question


def thorough(policy: Policy, *, second_model: str | None = None) -> Policy:
    """The policy with nothing cut short by time or budget, and draws also where the model itself abstains."""
    named = None if second_model is None else SecondModel(upstream="second", model=second_model)
    return policy.model_copy(
        update={
            "budget": Budget(min_tokens=ALL_TOKENS),
            "deadline": Deadline(min_seconds=PATIENCE),
            "on_upstream_abstention": "recover",
            "second_model": named,
        }
    )


def guard_of(policy: Policy, second: Second | None = None) -> Guard:
    """A guard that gathers by this policy; what it would decide rests on the shipped prior."""
    ruling = Ruling("collect", policy, Standing(prior(), "prior"))
    return Guard(ruling, DIALECT, JUDGES[policy.judge], Memory(), second)


async def collect(
    guard: Guard,
    upstream: Upstream,
    request: Request,
    questions: Sequence[Question],
    out: Path,
    found: Collected,
    *,
    concurrency: int = 4,
    progress: Callable[[], None] = lambda: None,
) -> None:
    """Ask all questions that `out` does not hold yet from this model, and append a line for each answer.

    `found` is filled meanwhile, so that a run that is stopped can be told of too. A question whose candidate fails is
    counted and left out, so that the next run asks it again; a look that fails is in the line's `failures`. Raises
    `ConfigurationError` where `out` cannot be written or holds another question under the same id.
    """
    with Journal(out, Asked) as journal:
        waiting = _missing(questions, journal.rows, request.model)
        found.kept = found.questions - len(waiting)

        async def ask(question: Question) -> None:
            circumstances = Circumstances(policy=guard.ruling.name, mode="enforce")
            line = _identify(request.model, question)
            try:
                answered = await guard.answer(request.exchange(question), upstream, request.model, circumstances, line)
            except UpstreamError as error:
                found.failed(question, error)
            else:
                evidence = answered.verdict.evidence
                if evidence is not None:
                    journal.add(beside(evidence, question))
                    found.wrote(evidence)
            progress()

        await at_once(waiting, ask, concurrency)


def beside(evidence: Evidence, question: Question) -> Asked:
    """Evidence with what is known of its question."""
    fields = {
        "question_id": question.id,
        "source": question.source,
        "references": question.references,
        "should_abstain": question.should_abstain,
        "scenario": question.scenario,
    }
    return Asked.model_validate(evidence.model_dump(by_alias=True) | fields)


def _missing(questions: Sequence[Question], rows: Sequence[Asked], model: str) -> list[Question]:
    there = {row.question_id: row.question for row in rows if row.model == model}
    for question in questions:
        if there.get(question.id, as_read(question)) != as_read(question):
            raise ConfigurationError(f"the file holds another question under the id {question.id}: name another --out")
    return [question for question in questions if question.id not in there]


def _identify(model: str, question: Question) -> str:
    # By content: the same question put to the same model has the same line.
    digest = hashlib.sha256(f"{model}\n{question.id}".encode("utf-8", "replace"))
    return f"c-{digest.hexdigest()[:32]}"
