"""The command `probes tax`: options to questions and endpoints, and the table or document of figures."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from guard.upstream import Upstream
from probes.collect_command import chosen, spread
from probes.console import FOUND, AsJson, emit, steps, stoppable, told
from probes.endpoint import ApiKey, Concurrency, Limit, MaxTokens, Questions, Sets, endpoint
from probes.journal import Journal
from probes.probe import Question
from probes.tax import WITHHELD, Asking, Job, Side, Told, ask_all, jobs_of, key_of
from probes.tax_figures import Tax, taxes
from probes.tax_judge import Judged, as_judged, judge, leak

SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of whom."""

    endpoints: Mapping[Side, tuple[str, str | None]]
    models: Sequence[str]
    questions: Sequence[Question]
    out: Path | None
    max_tokens: int | None
    concurrency: int
    judge: tuple[str, str, str | None] | None
    show_label: bool


def tax_command(
    base_url: Annotated[str, typer.Option("--base-url", help="The guard, with or without /v1.")],
    model: Annotated[list[str], typer.Option("--model", help="A model to ask; may be repeated.")],
    questions: Questions = None,
    sets: Sets = None,
    unguarded_base_url: Annotated[
        str | None, typer.Option("--unguarded-base-url", help="The same models without the guard.")
    ] = None,
    api_key: ApiKey = None,
    unguarded_api_key: Annotated[
        str | None, typer.Option("--unguarded-api-key", help="As --api-key; default: the same.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Keep the replies here, and go on where it ends.")] = None,
    max_tokens: MaxTokens = None,
    judge_base_url: Annotated[str | None, typer.Option("--judge-base-url", help="A model judges abstaining.")] = None,
    judge_model: Annotated[str | None, typer.Option("--judge-model", help="Which one.")] = None,
    judge_api_key: Annotated[str | None, typer.Option("--judge-api-key", help="As --api-key.")] = None,
    show_label: Annotated[bool, typer.Option("--show-label", help="Judge once more with the label shown.")] = False,
    concurrency: Concurrency = 4,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """What guarding costs and brings: the same questions asked of the guard and of the bare endpoint."""
    if not questions and not sets:
        raise typer.BadParameter("pass --questions FILE or --set NAME")
    if (judge_base_url is None) is not (judge_model is None):
        raise typer.BadParameter("--judge-base-url and --judge-model go together")
    if show_label and judge_base_url is None:
        raise typer.BadParameter("needs a judge: --judge-base-url and --judge-model", param_hint="--show-label")
    endpoints: dict[Side, tuple[str, str | None]] = {"guarded": (base_url, api_key)}
    if unguarded_base_url is not None:
        endpoints["unguarded"] = (unguarded_base_url, unguarded_api_key or api_key)
    asked_by = None
    if judge_base_url is not None and judge_model is not None:
        asked_by = (judge_base_url, judge_model, judge_api_key)
    with told():
        wanted = spread(chosen(questions or (), sets or ()), limit)
        plan = Plan(endpoints, model, wanted, out, max_tokens, concurrency, asked_by, show_label)
        found = Outcome()
        with stoppable() as stopped:
            _go(plan, found)
    account(plan, found, as_json, bool(stopped))


class Outcome:
    """What a run brought: filled meanwhile, so that a stopped one can be told of too."""

    def __init__(self) -> None:
        self.rows: list[Told] = []
        self.asking = Asking()
        self.judged: Judged | None = None


def _go(plan: Plan, found: Outcome) -> None:
    jobs = jobs_of(list(plan.endpoints), plan.models, plan.questions)
    keeping = Journal(plan.out, Told) if plan.out is not None else nullcontext()
    with keeping as journal, steps("asking", len(jobs)) as step:
        asyncio.run(_ask(plan, jobs, journal, found, step))
    if plan.judge is not None:
        with steps("judging", len(found.rows) * (1 + plan.show_label)) as step:
            asyncio.run(_judge(plan, found, step))


async def _ask(
    plan: Plan, jobs: Sequence[Job], journal: Journal[Told] | None, found: Outcome, step: Callable[[], None]
) -> None:
    endpoints: dict[Side, Upstream] = {side: endpoint(*at, name=side) for side, at in plan.endpoints.items()}
    try:
        found.rows = await ask_all(
            endpoints,
            jobs,
            journal,
            found.asking,
            max_tokens=plan.max_tokens,
            concurrency=plan.concurrency,
            progress=step,
        )
    finally:
        for one in endpoints.values():
            await one.close()


async def _judge(plan: Plan, found: Outcome, step: Callable[[], None]) -> None:
    if plan.judge is None:
        return
    address, model, key = plan.judge
    upstream = endpoint(address, key, "judge")
    should = {question.id: question.should_abstain for question in plan.questions}
    try:
        found.judged = await judge(
            upstream,
            model,
            found.rows,
            should,
            show_label=plan.show_label,
            concurrency=plan.concurrency,
            progress=step,
        )
    finally:
        await upstream.close()


def account(plan: Plan, found: Outcome, as_json: bool, stopped: bool) -> None:
    """Say what was found; exit code 1 where a question or a judgement is missing."""
    judged, failures = found.judged, found.asking.failures
    should = {question.id: question.should_abstain for question in plan.questions}
    rows = [as_judged(row, judged.blind, should) for row in found.rows] if judged else found.rows
    models = taxes(rows, plan.questions)
    for failure in failures[:SHOWN]:
        typer.echo(failure, err=True)
    if as_json:
        document: dict[str, Any] = {"models": _as_json(models)}
        document |= {"kept": found.asking.kept, "failed": len(failures), "failures": dict(found.asking.kinds)}
        emit(document | {"judge": _judgement(plan, found), "interrupted": stopped})
    else:
        for line in as_lines(models):
            typer.echo(line)
        if failures:
            typer.echo(f"{len(failures)} calls failed", err=True)
        if (judgement := _judgement(plan, found)) is not None:
            typer.echo(f"judge: {judgement}")
    if failures or stopped or (judged is not None and (judged.failed or judged.unreadable)):
        raise typer.Exit(FOUND)


def _judgement(plan: Plan, found: Outcome) -> dict[str, Any] | None:
    """How far judge and recogniser agree, and what the label does to the judge; None without one."""
    if plan.judge is None or found.judged is None:
        return None
    judged, should = found.judged, {question.id: question.should_abstain for question in plan.questions}
    own = [row for row in found.rows if row.decision not in WITHHELD and key_of(row) in judged.blind]
    both = [(row.abstained, judged.blind[key_of(row)]) for row in own]
    return {
        "model": plan.judge[1],
        "n": len(judged.blind),
        "unreadable": judged.unreadable,
        "failed": judged.failed,
        "agrees_with_recogniser": sum(one == other for one, other in both) / len(both) if both else None,
        "leak": leak(found.rows, judged, should) if plan.show_label else None,
    }


def _as_json(models: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        return asdict(value) if isinstance(value, Tax) else value

    return {
        model: {name: {key: plain(value) for key, value in row.items()} for name, row in scenarios.items()}
        for model, scenarios in models.items()
    }


def as_lines(models: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[str]:
    """A table for people: one line a model, scenario and side."""
    head = f"{'scenario':24} {'side':10} {'n':>5} " + " ".join(f"{name:>9}" for name in _COLUMNS)
    found: list[str] = []
    for model, scenarios in models.items():
        found += [model, head]
        for name, row in scenarios.items():
            for side in ("guarded", "unguarded"):
                if (tax := row[side]) is not None:
                    figures = " ".join(f"{_figure(tax, column):>9}" for column in _COLUMNS)
                    found.append(f"{name:24} {side:10} {tax.n:5} {figures}")
    return found


_COLUMNS: Final = ("precision", "recall", "f1", "false_abstention", "penalised", "calls", "tokens")


def _figure(tax: Tax, column: str) -> str:
    value = getattr(tax, column)
    return "-" if value is None else f"{value:.1f}" if column in ("calls", "tokens") else f"{value:.3f}"
