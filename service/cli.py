"""The `guard` command."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console

import guard
from guard.errors import ConfigurationError, GuardError
from service.config_cli import config_app, init_command
from service.config_file import load
from service.embedded import Embedded, running
from service.starting import Start, print_welcome, run

FOUND, USAGE = 1, 2

app = typer.Typer(no_args_is_help=True, add_completion=False, help="An answer, or an honest 'I don't know'.")
app.add_typer(config_app, name="config")
app.command("init")(init_command)

ConfigFile = Annotated[Path | None, typer.Option("--config", help="guard.yaml")]
UpstreamUrl = Annotated[str | None, typer.Option("--upstream", help="Base URL of an OpenAI-compatible endpoint.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(guard.__version__)
        raise typer.Exit


@app.callback()
def _main(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """An answer, or an honest 'I don't know'."""


@app.command("serve")
def serve_command(
    config: ConfigFile = None,
    upstream: UpstreamUrl = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port of the proxy.")] = None,
    admin_port: Annotated[int | None, typer.Option(help="Port of the admin pages; 0 = none.")] = None,
    evidence_log: Annotated[Path | None, typer.Option(help="Append each Evidence line, content included.")] = None,
) -> None:
    """Serve the proxy. With neither --config nor --upstream: before the embedded model."""
    if config is not None and upstream is not None:
        typer.echo("--config and --upstream exclude each other: name the upstream in the file", err=True)
        raise typer.Exit(USAGE)
    start = Start(config, upstream, host, port, admin_port, evidence_log)
    with _told(), contextlib.ExitStack() as stack:
        loaded = load(config, overrides=start.overrides())
        embedded: Embedded | None = None
        if not loaded.settings.upstreams:
            typer.echo("starting the embedded model ...", err=True)
            embedded = stack.enter_context(running())
            loaded = load(config, overrides=start.overrides(embedded.base_url))
        serving, sockets = start.prepare(loaded)
        print_welcome(serving, loaded, embedded, sockets)
        run(serving, sockets)


@app.command("replay")
def replay_command(
    file: Annotated[Path, typer.Argument(help="Evidence lines, gzip or plain.")],
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Evidence to Verdicts, offline. Exit 1 where a recorded verdict is not reproduced."""
    from service.replaying import replay

    with _told():
        result = replay(file, load(config))
    if as_json:
        _emit(result.as_json())
    else:
        for line in result.lines():
            typer.echo(line)
    if result.different:
        raise typer.Exit(FOUND)


@app.command("ask")
def ask_command(
    question: Annotated[str, typer.Argument(help="What to ask.")],
    model: Annotated[str | None, typer.Option("--model", help="The model to ask.")] = None,
    config: ConfigFile = None,
    upstream: UpstreamUrl = None,
    as_json: AsJson = False,
) -> None:
    """Ask, and see the looks, their clusters and the confidence."""
    from service.asking_once import ask, render

    with _told(), _loaded(config, upstream) as (loaded, embedded):
        asked = ask(loaded, question, model or (embedded.model if embedded else None))
    if as_json:
        _emit(asked.as_json())
    else:
        render(asked, Console())


@app.command("doctor")
def doctor_command(
    upstream: UpstreamUrl = None,
    model: Annotated[str | None, typer.Option("--model", help="The model to examine.")] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Ask the upstream what it can do. Exit 1 where something stands in the guard's way."""
    from service.doctor import examine, render

    with _told(), _loaded(config, upstream) as (loaded, embedded):
        report = examine(loaded, model or (embedded.model if embedded else None))
    if as_json:
        _emit(report.as_json())
    else:
        render(report, Console())
    if report.faults:
        raise typer.Exit(FOUND)


@contextlib.contextmanager
def _loaded(config: Path | None, upstream: str | None) -> Any:
    """The settings, with the embedded upstream running where none is named."""
    start = Start(config, upstream, None, None, None, None)
    loaded = load(config, overrides=start.overrides())
    if loaded.settings.upstreams:
        yield loaded, None
        return
    with running() as embedded:
        yield load(config, overrides=start.overrides(embedded.base_url)), embedded


@contextlib.contextmanager
def _told() -> Any:
    """Errors of ours as one message each, with the exit code of the contract; anything else is a fault and shows."""
    try:
        yield
    except ConfigurationError as error:
        typer.echo(f"guard: {error}", err=True)
        raise typer.Exit(FOUND) from None
    except GuardError as error:
        typer.echo(f"guard: {error}" + (f" ({error.hint})" if error.hint else ""), err=True)
        raise typer.Exit(FOUND) from None


def _emit(document: Any) -> None:
    sys.stdout.buffer.write(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")
    sys.stdout.flush()


def main() -> None:
    """Entry point of the console script."""
    app()
