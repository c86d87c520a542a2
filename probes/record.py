"""Recording a model: its candidate, further draws and self-check for every question, as `samples` rows.

Asks an OpenAI-compatible endpoint over HTTP and grades by reference. A recording is what `serve-recorded`
answers from and what the offline measurements read, so that they need no model.
"""

import asyncio
import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import httpx
import typer
from annotated_types import Len
from pydantic import BaseModel, ValidationError
from rich.console import Console
from rich.progress import Progress

from guard.errors import ConfigurationError
from probes.grade import grade_by_reference
from probes.probe import Question
from probes.samples import Sample, lines
from probes.sets import RECORDED, SETS

# Examples shorten what a small model says; none of them is in a probe set.
SYSTEM = (
    "Answer briefly and correctly, like this: '20 + 50 = 70.' 'The capital of Switzerland is Bern.' "
    "'The plural of sandwich is sandwiches.'"
)
CHECK = "Question: {question}\nAnswer: {answer}\nIs this answer correct? Answer yes or no."
_DECIMALS = 3
_CHECK_TOKENS = 3
_SHOWN = 5


@dataclass(frozen=True)
class Plan:
    """How each question is asked.

    `candidate_temperature` 0 is the greedy candidate; above it the candidate is a seeded draw, as a model
    used hot would give it. Seeds come from the question's id: others for each question, equal in each run.
    """

    model: str
    draws: int = 6
    temperature: float = 0.8
    candidate_temperature: float = 0.0
    max_tokens: int = 32
    system: str = SYSTEM
    record_as: str | None = None


@dataclass(frozen=True)
class Summary:
    """What a run left in the file (rows, rows with a right candidate), and what failed, with the reason."""

    rows: int
    right: int
    failures: tuple[str, ...]


class _Token(BaseModel):
    logprob: float


class _Tokens(BaseModel):
    content: list[_Token] | None = None


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message
    logprobs: _Tokens | None = None

    @property
    def text(self) -> str:
        return self.message.content or ""

    @property
    def rounded(self) -> list[float] | None:
        """The tokens' natural-log probabilities; None where the endpoint gives none."""
        tokens = self.logprobs.content if self.logprobs else None
        # Adding 0.0 turns -0.0 into 0.0.
        return [round(token.logprob, _DECIMALS) + 0.0 for token in tokens] if tokens else None


class _Reply(BaseModel):
    choices: Annotated[list[_Choice], Len(1)]


async def record(
    base_url: str,
    model: str,
    questions: Sequence[Question],
    out: Path,
    draws: int = 6,
    temperature: float = 0.8,
    max_tokens: int = 32,
    *,
    candidate_temperature: float = 0.0,
    system: str = SYSTEM,
    record_as: str | None = None,
    concurrency: int = 2,
    call_seconds: float = 300.0,
    progress: Callable[[], None] = lambda: None,
) -> Summary:
    """Ask `model` behind `base_url` all questions that `out` does not hold yet, and write `out`.

    Rows are kept in `out` + `.part` as they come and moved to `out` at the end, in the order of the questions
    (gzip where the name ends in `.gz`), so an interrupted run goes on where it stopped. A question of which a
    call fails or takes longer than `call_seconds` is left out and told; running again asks it again. Rows
    that are there already are graded anew by the references that their question has now.
    Raises `ConfigurationError` when `out` holds rows of another model.
    """
    plan = Plan(model, draws, temperature, candidate_temperature, max_tokens, system, record_as)
    part = out.with_name(out.name + ".part")
    rows = _so_far(plan, out, part, questions)
    waiting = iter([question for question in questions if question.id not in rows])
    failures: list[str] = []

    async def work(client: httpx.AsyncClient) -> None:
        for question in waiting:
            try:
                row = await _ask(client, plan, question)
            except (httpx.HTTPError, ValueError) as error:
                failures.append(f"{question.id}: {error}")
            else:
                rows[row.id] = row
                with part.open("a", encoding="utf-8") as file:
                    file.write(row.model_dump_json() + "\n")
            progress()

    async with httpx.AsyncClient(base_url=_api(base_url), timeout=call_seconds) as client:
        await asyncio.gather(*(work(client) for _ in range(concurrency)))
    _finish(out, part, rows, questions)
    return Summary(len(rows), sum(row.correct is True for row in rows.values()), tuple(failures))


async def _ask(client: httpx.AsyncClient, plan: Plan, question: Question) -> Sample:
    seed = int(hashlib.sha256(question.id.encode()).hexdigest()[:7], 16)
    messages = _messages(plan.system, question.asked)
    first = {"messages": messages, "temperature": plan.candidate_temperature, "seed": seed}
    candidate = (await _chat(client, plan, first))[0]
    # Other seeds than the candidate's: at equal temperature the first draw would be the candidate again.
    more = {"messages": messages, "temperature": plan.temperature, "seed": seed + 1000, "n": plan.draws}
    draws = await _chat(client, plan, more)
    if len(draws) != plan.draws:
        raise ValueError(f"asked for {plan.draws} choices, got {len(draws)}")
    asked = CHECK.format(question=question.asked, answer=candidate.text)
    check = {"messages": _messages(plan.system, asked), "temperature": 0, "max_tokens": _CHECK_TOKENS}
    verdict = (await _chat(client, plan, check))[0]
    return _row(plan, question, candidate, draws, verdict)


def _row(plan: Plan, question: Question, candidate: _Choice, draws: Sequence[_Choice], verdict: _Choice) -> Sample:
    row = {
        "id": question.id,
        "source": question.source,
        "model": plan.record_as or plan.model,
        "question": question.question,
        "context": question.context,
        "references": None if question.references is None else list(question.references),
        "greedy": candidate.text,
        "samples": [draw.text for draw in draws],
        "greedy_logprobs": candidate.rounded,
        "sample_logprobs": [draw.rounded for draw in draws],
        "greedy_verbalized": None,
        "verbalized": None,
        "self_check": verdict.text.strip().lower().startswith("yes"),
        "self_check_logprobs": verdict.rounded,
        "idk_prompt_abstained": None,
        "decomposed": None,
        "correct": _right(candidate.text, question),
        "should_abstain": question.should_abstain,
        "scenario": question.scenario,
        "label_source": "reference",
        "system": plan.system,
        "temperature": plan.temperature,
        "candidate_temperature": plan.candidate_temperature,
    }
    return Sample.model_validate(row)


def _relabelled(row: Sample, question: Question) -> Sample:
    references = None if question.references is None else list(question.references)
    return row.model_copy(update={"references": references, "correct": _right(row.greedy, question)})


def _right(answer: str, question: Question) -> bool:
    return not question.should_abstain and grade_by_reference(answer, question.references or ())


def _messages(system: str, text: str) -> list[dict[str, str]]:
    return [{"role": "system", "content": system}, {"role": "user", "content": text}]


async def _chat(client: httpx.AsyncClient, plan: Plan, fields: Mapping[str, object]) -> list[_Choice]:
    body = {"model": plan.model, "max_tokens": plan.max_tokens, "logprobs": True, **fields}
    reply = await client.post("chat/completions", json=body)
    reply.raise_for_status()
    return _Reply.model_validate_json(reply.content).choices


def _api(base_url: str) -> str:
    stem = base_url.rstrip("/")
    return f"{stem}/" if stem.endswith("/v1") else f"{stem}/v1/"


def _so_far(plan: Plan, out: Path, part: Path, questions: Sequence[Question]) -> dict[str, Sample]:
    """The rows of earlier runs, graded by the references of today, and all of them in `part`."""
    model = plan.record_as or plan.model
    rows = _recorded(out, model) | _recorded(part, model)
    for question in questions:
        if question.id in rows:
            rows[question.id] = _relabelled(rows[question.id], question)
    _write_plain(part, rows.values())
    return rows


def _recorded(path: Path, model: str) -> dict[str, Sample]:
    rows: dict[str, Sample] = {}
    for _, line in lines(path) if path.exists() else ():
        try:
            row = Sample.model_validate_json(line)
        except ValidationError:
            continue  # the line that was being written when the last run was stopped
        if row.model != model:
            raise ConfigurationError(f"{path}: holds rows of {row.model}, not of {model}")
        rows[row.id] = row
    return rows


def _write_plain(path: Path, rows: Iterable[Sample]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(row.model_dump_json() + "\n" for row in rows), encoding="utf-8")


def _finish(out: Path, part: Path, rows: dict[str, Sample], questions: Sequence[Question]) -> None:
    order = {question.id: place for place, question in enumerate(questions)}
    ordered = sorted(rows.values(), key=lambda row: order.get(row.id, len(order)))
    _write_plain(part, ordered)
    if out.suffix == ".gz":
        # No time stamp inside, so that equal rows make an equal file.
        packed = gzip.compress(part.read_bytes(), compresslevel=9, mtime=0)
        out.write_bytes(packed)
        part.unlink()
    else:
        part.replace(out)


def record_command(
    base_url: Annotated[str, typer.Option(help="OpenAI-compatible endpoint, with or without /v1.")],
    model: Annotated[str, typer.Option(help="Model name that is sent to the endpoint.")],
    out: Annotated[Path, typer.Option(help="File to write or to go on with, .jsonl or .jsonl.gz.")],
    sets: Annotated[list[str] | None, typer.Option("--set", help="Probe set; repeat. Default: the recorded.")] = None,
    draws: Annotated[int, typer.Option(min=1, help="Draws beside the candidate.")] = 6,
    temperature: Annotated[float, typer.Option(min=0.0, help="Temperature of the draws.")] = 0.8,
    candidate_temperature: Annotated[float, typer.Option(min=0.0, help="Candidate's; 0 = greedy.")] = 0.0,
    max_tokens: Annotated[int, typer.Option(min=1, help="Most tokens of an answer.")] = 32,
    system: Annotated[str, typer.Option(help="System prompt.")] = SYSTEM,
    record_as: Annotated[str | None, typer.Option(help="Model name in the file; default: --model.")] = None,
    concurrency: Annotated[int, typer.Option(min=1, help="Questions at a time.")] = 2,
    limit: Annotated[int | None, typer.Option(min=1, help="Only so many questions, evenly spread.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON document.")] = False,
) -> None:
    """Record a model's candidates, draws and self-checks on the probe sets that ship."""
    questions = _questions(sets or RECORDED, limit)
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(out.name, total=len(questions))
        summary = asyncio.run(
            record(
                base_url,
                model,
                questions,
                out,
                draws,
                temperature,
                max_tokens,
                candidate_temperature=candidate_temperature,
                system=system,
                record_as=record_as,
                concurrency=concurrency,
                progress=lambda: bar.advance(task),
            )
        )
    _print(summary, out, as_json)
    for failure in summary.failures[:_SHOWN]:
        console.print(failure, markup=False)
    raise typer.Exit(1 if summary.failures else 0)


def _questions(names: Sequence[str], limit: int | None) -> list[Question]:
    unknown = [name for name in names if name not in SETS]
    if unknown:
        raise typer.BadParameter(f"no probe set {unknown[0]!r}; there are: {', '.join(SETS)}")
    questions = [question for name in names for question in SETS[name]()]
    if limit is None or limit >= len(questions):
        return questions
    return [questions[place * len(questions) // limit] for place in range(limit)]


def _print(summary: Summary, out: Path, as_json: bool) -> None:
    if as_json:
        result = {
            "out": str(out),
            "rows": summary.rows,
            "right": summary.right,
            "failed": len(summary.failures),
        }
        typer.echo(json.dumps(result))
        return
    share = f"{summary.right / summary.rows:.1%}" if summary.rows else "none"
    typer.echo(f"{out}: {summary.rows} rows, {share} right, {len(summary.failures)} failed")


if __name__ == "__main__":
    typer.run(record_command)
