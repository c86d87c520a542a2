"""What an upstream is: something that answers one HTTP call.

Everything around it (caller's headers, retries, limits) is a wrapper of the same shape. The two real ones
live in `guard/transports/`; both pass the one contract test.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from typing import Protocol

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request to an upstream. `path` is relative to the base URL and begins with a slash."""

    method: str
    path: str
    body: bytes | None = None
    query: str = ""
    headers: Headers = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete HTTP reply: lower-case header names, the body decoded unless the call asked for raw bytes.

    `seconds` is the time from sending the call to the last byte.
    """

    status: int
    headers: Headers = field(repr=False)
    body: bytes = field(repr=False)
    seconds: float = 0.0

    def header(self, name: str) -> str | None:
        """The first value of a header, by lower-case name."""
        return next((value for key, value in self.headers if key == name), None)


@dataclass(frozen=True, slots=True)
class StreamedReply:
    """A reply whose body is still arriving. `chunks` raises the same errors as `Upstream.send`."""

    status: int
    headers: Headers = field(repr=False)
    chunks: AsyncIterator[bytes] = field(repr=False)


class Upstream(Protocol):
    """An endpoint that answers calls.

    Raises `UpstreamUnreachable`, `UpstreamTimeout`, `UpstreamBroken`, `UpstreamUnreadable` and
    `UpstreamTooLarge`; a status of 400 and above is a reply like any other. Cancelling the awaiting task
    closes the connection.
    """

    @property
    def name(self) -> str:
        """The configured name, safe for metrics."""
        ...

    async def send(self, call: Call, *, timeout_seconds: float | None = None) -> Reply:
        """Send and wait for the whole reply, at most `timeout_seconds` (None: the upstream's own limit)."""
        ...

    def stream(self, call: Call) -> AbstractAsyncContextManager[StreamedReply]:
        """Send and hand over the body as it arrives, undecoded."""
        ...

    async def close(self) -> None:
        """Close every connection."""
        ...


class Forwarding:
    """An upstream that adds the caller's own headers to each call: the one place where a credential travels.

    Where the call has a header of that name already, the call's stands alone.
    """

    def __init__(self, inner: Upstream, headers: Headers) -> None:
        self._inner = inner
        self._headers = headers

    @property
    def name(self) -> str:
        """The inner upstream's name."""
        return self._inner.name

    def _with_headers(self, call: Call) -> Call:
        own = {name.lower() for name, _ in call.headers}
        forwarded = tuple(pair for pair in self._headers if pair[0].lower() not in own)
        return replace(call, headers=forwarded + call.headers)

    async def send(self, call: Call, *, timeout_seconds: float | None = None) -> Reply:
        """Send with the caller's headers."""
        return await self._inner.send(self._with_headers(call), timeout_seconds=timeout_seconds)

    def stream(self, call: Call) -> AbstractAsyncContextManager[StreamedReply]:
        """Stream with the caller's headers."""
        return self._inner.stream(self._with_headers(call))

    async def close(self) -> None:
        """Nothing of its own to close."""
