"""The command `probes collect`: options to a guard and its questions, and the account of the run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from guard.errors import ConfigurationError
from guard.pipeline import Guard
from guard.policy import Policy
from guard.sampling import Second
from guard.upstream import Upstream
from probes.collect import Collected, Request, collect, guard_of, thorough
from probes.console import FOUND, AsJson, emit, steps, stoppable, told
from probes.endpoint import ApiKey, Concurrency, Limit, MaxTokens, Questions, Sets, endpoint
from probes.probe import Question
from probes.samples import read_rows
from probes.sets import SETS

SHOWN: Final = 5


class Stop(StrEnum):
    """When drawing ends."""

    FIXED = "fixed"
    SEQUENTIAL = "sequential"


def collect_command(
    base_url: Annotated[str, typer.Option("--base-url", help="OpenAI-compatible endpoint, with or without /v1.")],
    model: Annotated[str, typer.Option("--model", help="Model name that is sent to the endpoint.")],
    out: Annotated[Path, typer.Option("--out", help="File to write or to go on with, .jsonl or .jsonl.gz.")],
    questions: Questions = None,
    sets: Sets = None,
    api_key: ApiKey = None,
    config: Annotated[Path | None, typer.Option("--config", help="A guard.yaml whose policy says what to ask.")] = None,
    policy: Annotated[str, typer.Option("--policy", help="Name of the policy in it.")] = "balanced",
    stop: Annotated[Stop, typer.Option("--stop", help="sequential: as the guard stops; fixed: never.")] = Stop.FIXED,
    draws: Annotated[int | None, typer.Option("--draws", "--n", min=0, max=64, help="Draws; 0 = none.")] = None,
    temperature: Annotated[float | None, typer.Option("--temperature", min=0.0, max=2.0, help="Of the draws.")] = None,
    second_model: Annotated[str | None, typer.Option("--second-model", help="Its answer is one more look.")] = None,
    second_base_url: Annotated[str | None, typer.Option("--second-base-url", help="Default: --base-url.")] = None,
    second_api_key: Annotated[str | None, typer.Option("--second-api-key", help="As --api-key.")] = None,
    system: Annotated[str | None, typer.Option("--system", help="System prompt.")] = None,
    candidate_temperature: Annotated[float | None, typer.Option(min=0.0, max=2.0, help="Of the candidate.")] = None,
    max_tokens: MaxTokens = None,
    logprobs: Annotated[bool, typer.Option("--logprobs", help="Ask for token log-probabilities.")] = False,
    concurrency: Concurrency = 4,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """Ask a live endpoint through the guard's own line, and keep all that was learnt as Evidence."""
    if not questions and not sets:
        raise typer.BadParameter("pass --questions FILE or --set NAME")
    if second_model == model:
        raise typer.BadParameter("a second model is another one than --model", param_hint="--second-model")
    with told():
        wanted = spread(chosen(questions or (), sets or ()), limit)
        asking = thorough(adjusted(policy_of(config, policy), stop, draws, temperature), second_model=second_model)
        request = Request(model, system, candidate_temperature, max_tokens, logprobs)
        upstream, second = endpoint(base_url, api_key), None
        if second_model is not None:
            key = second_api_key or (api_key if second_base_url is None else None)
            second = Second(endpoint(second_base_url or base_url, key, "second"), second_model)
        found = Collected(len(wanted))
        with steps(out.name, len(wanted)) as step, stoppable() as stopped:
            asyncio.run(_run(guard_of(asking, second), upstream, request, wanted, out, found, concurrency, step))
    account(found, out, as_json, bool(stopped))


async def _run(
    guard: Guard,
    upstream: Upstream,
    request: Request,
    questions: Sequence[Question],
    out: Path,
    found: Collected,
    concurrency: int,
    step: Callable[[], None],
) -> None:
    try:
        await collect(guard, upstream, request, questions, out, found, concurrency=concurrency, progress=step)
    finally:
        for one in (upstream, *([guard.second.upstream] if guard.second else [])):
            await one.close()


def chosen(files: Sequence[Path], sets: Sequence[str]) -> list[Question]:
    """All questions of the files and sets, each id once. Raises `ConfigurationError`."""
    unknown = [name for name in sets if name not in SETS]
    if unknown:
        raise ConfigurationError(f"no probe set {unknown[0]!r}; there are: {', '.join(SETS)}")
    found: dict[str, Question] = {}
    for question in (*read_rows(files, Question), *(question for name in sets for question in SETS[name]())):
        if found.setdefault(question.id, question).question != question.question:
            raise ConfigurationError(f"two different questions have the id {question.id}")
    return list(found.values())


def spread(questions: Sequence[Question], limit: int | None) -> list[Question]:
    """So many of them, evenly spread."""
    if limit is None or limit >= len(questions):
        return list(questions)
    return [questions[place * len(questions) // limit] for place in range(limit)]


def policy_of(config: Path | None, name: str) -> Policy:
    """A policy of a `guard.yaml`, or the default one without a file.

    Only `policies` is read: neither references nor the environment matter to it. Raises `ConfigurationError`.
    """
    if config is None:
        return Policy()
    try:
        written = YAML(typ="safe").load(config.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise ConfigurationError(f"{config}: cannot be read: {error}") from error
    policies = written.get("policies") if isinstance(written, dict) else None
    if not isinstance(policies, dict) or name not in policies:
        raise ConfigurationError(f"{config}: there is no policy {name!r}: pass --policy")
    try:
        return Policy.model_validate(policies[name] or {})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, ("policies", name, *first["loc"])))
        raise ConfigurationError(f"{config}: {place}: {first['msg']}; see `guard config check`") from error


def adjusted(policy: Policy, stop: Stop, draws: int | None, temperature: float | None) -> Policy:
    """The policy with what the options say of its draws."""
    samples = policy.samples.model_copy(update={"stop": stop.value})
    if draws is not None:
        samples = samples.model_copy(update={"max": draws, "min": min(samples.min, draws)})
    if temperature is not None:
        samples = samples.model_copy(update={"temperature": temperature})
    return policy.model_copy(update={"samples": samples})


def account(found: Collected, out: Path, as_json: bool, stopped: bool) -> None:
    """Say what the run did; exit code 1 where a question failed or the run was stopped."""
    for name, why in found.failures[:SHOWN]:
        typer.echo(f"{name}: {why}", err=True)
    if as_json:
        emit(
            {
                "out": str(out),
                "questions": found.questions,
                "kept": found.kept,
                "written": found.written,
                "failed": len(found.failures),
                "failures": dict(found.kinds),
                "looks_failed": dict(found.looks_failed),
                "interrupted": stopped,
            }
        )
    else:
        typer.echo(f"{out}: {found.written} answers written, {found.kept} there already, {len(found.failures)} failed")
        if found.looks_failed:
            typer.echo("looks that brought nothing: " + _counted(found.looks_failed))
    if found.failures or stopped:
        typer.echo("run the same command again to ask what is missing", err=True)
        raise typer.Exit(FOUND)


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counts.items()))
