"""`guard init`, `guard config check | schema | explain`. Exit codes: 0 done, 1 findings, 2 wrong usage."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from service.config_explain import Explanation, explain
from service.config_file import ConfigError, Finding, Loaded, load
from service.config_init import commented_yaml
from service.config_keys import written_as
from service.settings import Settings

config_app = typer.Typer(no_args_is_help=True, help="Check, describe and explain the configuration.")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
FOUND, USAGE = 1, 2
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@config_app.command("check")
def check_command(
    file: Annotated[Path, typer.Argument(help="The file to check.")] = Path("guard.yaml"),
    as_json: AsJson = False,
) -> None:
    """Validate a file: every mistake with its line, and the nearest valid key."""
    _must_exist(file)
    try:
        loaded = load(file)
    except ConfigError as error:
        if as_json:
            _emit(_report(file, error.findings, ()))
        else:
            typer.echo(str(error))
        raise typer.Exit(FOUND) from None
    if as_json:
        _emit(_report(file, (), loaded.notices))
        return
    for notice in loaded.notices:
        typer.echo(f"notice: {notice}")
    typer.echo(f"{file}: valid")


@config_app.command("schema")
def schema_command(as_json: AsJson = False) -> None:
    """Print the JSON Schema (draft 2020-12) of the file, for editors and CI."""
    _emit(schema(), indent=None if as_json else 2)


@config_app.command("explain")
def explain_command(
    model: Annotated[str, typer.Option("--model", help="The model that the request asks for.")],
    config: Annotated[Path | None, typer.Option("--config", help="The file; without it, the defaults.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what a request for a model meets: route, upstream, policy with origins, and its failure table."""
    loaded = _loaded(config, as_json)
    explanation = explain(loaded, model)
    if explanation is None:
        if as_json:
            _emit({"model": model, "route": None})
        typer.echo(f"no route takes the model '{model}': the client gets a 404", err=True)
        raise typer.Exit(FOUND)
    if as_json:
        _emit(asdict(explanation))
        return
    for line in _lines(explanation):
        typer.echo(line)


def init_command(
    path: Annotated[Path, typer.Argument(help="Where to write.")] = Path("guard.yaml"),
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")] = False,
) -> None:
    """Write a commented guard.yaml: every key with its default and meaning."""
    try:
        with path.open("w" if force else "x", encoding="utf-8") as opened:
            opened.write(commented_yaml())
    except FileExistsError:
        _wrong(f"{path} exists; --force overwrites it")
    except OSError as error:
        _wrong(f"{path}: {error.strerror}")
    typer.echo(f"{path} written: name an upstream in it, then `guard config check {path}`", err=True)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the configuration as it is written in the file."""
    return {
        "$schema": SCHEMA_DIALECT,
        **Settings.model_json_schema(mode="validation"),
        "title": "guard.yaml",
        "description": "Configuration of the abstention guard.",
    }


def _loaded(config: Path | None, as_json: bool) -> Loaded:
    if config is not None:
        _must_exist(config)
    try:
        return load(config)
    except ConfigError as error:
        if as_json:
            _emit(_report(config, error.findings, ()))
        typer.echo(str(error), err=True)
        raise typer.Exit(FOUND) from None


def _must_exist(file: Path) -> None:
    if not file.exists():
        _wrong(f"{file}: no such file")


def _wrong(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(USAGE)


def _report(file: Path | None, findings: Sequence[Finding], notices: Sequence[Finding]) -> dict[str, Any]:
    return {
        "file": None if file is None else str(file),
        "valid": not findings,
        "findings": [asdict(item) for item in findings],
        "notices": [asdict(item) for item in notices],
    }


def _emit(document: Any, indent: int | None = None) -> None:
    typer.echo(json.dumps(document, ensure_ascii=False, indent=indent))


def _lines(explanation: Explanation) -> Iterator[str]:
    yield f"model     {explanation.model}"
    yield f"route     {explanation.route}  (takes '{explanation.pattern}'; {explanation.route_origin})"
    upstream = explanation.upstream
    if upstream is None:
        yield "upstream  the embedded model: none is configured"
    else:
        asked = f"as '{upstream.model}'  with {upstream.credential}"
        yield f"upstream  {upstream.name}  {upstream.base_url}  {asked}"
        extra = [f"headers {', '.join(upstream.headers)}"] if upstream.headers else []
        extra += [f"query {', '.join(upstream.query)}"] if upstream.query else []
        yield from (f"          sends {names}" for names in extra)
    yield f"policy    {explanation.policy}"
    yield ""
    yield from _columns([(value.key, written_as(value.value), value.origin) for value in explanation.values])
    yield ""
    yield "When something fails (all of it is counted):"
    for row in explanation.failures:
        decided = f"  [{row.decided_by}: {row.choice}]" if row.decided_by else ""
        yield f"- {row.failure}{decided}"
        yield f"    {row.client_gets}"


def _columns(rows: list[tuple[str, str, str]]) -> Iterator[str]:
    widest = [max(len(row[column]) for row in rows) for column in (0, 1)]
    key_width, value_width = widest[0], min(widest[1], 32)
    for key, value, origin in rows:
        yield f"{key.ljust(key_width)}  {value.ljust(value_width)}  {origin}"
