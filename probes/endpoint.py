"""The live endpoint that a command asks: its address, its key by reference, and the options that go with it.

The only place of `probes` that reads the environment.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from pydantic import SecretStr, ValidationError

from guard.errors import ConfigurationError
from guard.transports import TransportSettings, build_transport
from guard.upstream import Upstream

ApiKey = Annotated[
    str | None, typer.Option("--api-key", help="The endpoint's key by reference: env:NAME or file:/path.")
]
Questions = Annotated[list[Path] | None, typer.Option("--questions", help="Questions; may be repeated.")]
Sets = Annotated[list[str] | None, typer.Option("--set", help="A probe set that ships; may be repeated.")]
MaxTokens = Annotated[int | None, typer.Option("--max-tokens", min=1, help="Most tokens of an answer.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Only so many, evenly spread.")]
Concurrency = Annotated[int, typer.Option("--concurrency", min=1, help="Questions at a time.")]


def endpoint(base_url: str, api_key: str | None = None, name: str = "endpoint") -> Upstream:
    """An OpenAI-compatible endpoint; `/v1` is added to an address with no path. Raises `ConfigurationError`."""
    try:
        address = base_url.rstrip("/") if urlsplit(base_url).path.strip("/") else f"{base_url.rstrip('/')}/v1"
        key = None if api_key is None else SecretStr(secret(api_key))
        return build_transport("aiohttp", TransportSettings(name=name, base_url=address, api_key=key))
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigurationError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except ValueError:
        raise ConfigurationError("base_url: not an address of the form http://host or https://host") from None


def secret(reference: str) -> str:
    """What a reference points at. Raises `ConfigurationError`, which never repeats what may be a key."""
    kind, _, place = reference.partition(":")
    if kind == "env" and place:
        found = os.environ.get(place)
        if not found:
            raise ConfigurationError(f"--api-key: the environment variable {place} is not set")
        return found
    if kind == "file" and place:
        try:
            return Path(place).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"--api-key: {place} cannot be read") from error
    raise ConfigurationError("--api-key takes a reference, env:NAME or file:/path, never the key itself")
