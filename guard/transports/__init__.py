"""The HTTP transports: two classes behind the one `Upstream` protocol, held to the one contract test."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from guard.errors import ConfigurationError
from guard.transports.over_aiohttp import AiohttpUpstream
from guard.transports.over_httpx import HttpxUpstream
from guard.transports.settings import Limits, Timeouts, TransportSettings
from guard.upstream import Upstream

TRANSPORTS: Mapping[str, Callable[[TransportSettings], Upstream]] = {
    "aiohttp": AiohttpUpstream,
    "httpx": HttpxUpstream,
}

__all__ = [
    "TRANSPORTS",
    "AiohttpUpstream",
    "HttpxUpstream",
    "Limits",
    "Timeouts",
    "TransportSettings",
    "build_transport",
]


def build_transport(name: str, settings: TransportSettings) -> Upstream:
    """The transport of that name for one upstream.

    Raises `ConfigurationError` for a name that is not in the table and for a file that cannot be used.
    Nothing is connected yet.
    """
    if name not in TRANSPORTS:
        raise ConfigurationError(f"no transport {name!r}; there are: {', '.join(sorted(TRANSPORTS))}")
    return TRANSPORTS[name](settings)
