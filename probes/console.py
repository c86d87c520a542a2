"""What the commands share: errors as one message, the document of `--json`, a bar on a terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.progress import Progress

from guard.errors import ConfigurationError

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]

FOUND = 1
"""Exit code: the command found something, or cannot do its work."""


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Errors of ours as one message each, with exit code 1."""
    try:
        yield
    except ConfigurationError as error:
        typer.echo(f"probes: {error}", err=True)
        raise typer.Exit(FOUND) from None


@contextlib.contextmanager
def extra(name: str) -> Iterator[None]:
    """Say which extra is missing. Raises `ConfigurationError`."""
    try:
        yield
    except ModuleNotFoundError as error:
        message = f"{error.name} is not installed: pip install 'abstention-guard[{name}]'"
        raise ConfigurationError(message) from error


def emit(document: Any) -> None:
    """One JSON document on stdout; what is undefined is null."""
    sys.stdout.buffer.write(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")
    sys.stdout.flush()


@contextlib.contextmanager
def steps(what: str, total: int) -> Iterator[Callable[[], None]]:
    """A function to call after each step: a bar on stderr where that is a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


@contextlib.contextmanager
def stoppable() -> Iterator[list[str]]:
    """Work that Ctrl-C ends without a traceback; the list is no longer empty then."""
    stopped: list[str] = []
    try:
        yield stopped
    except KeyboardInterrupt:
        stopped.append("interrupted")
