"""What both transports share: deadlines, limits, the one retry, one client for the whole life.

A transport adds how its library opens a call, what it says of a dead connection, and what its errors mean
here.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import ClassVar, Protocol

from guard.errors import UpstreamError, UpstreamTooLarge, UpstreamUnreachable
from guard.transports.incoming import check_head, end_to_end, whole_reply
from guard.transports.outgoing import Outgoing, wants_raw
from guard.transports.settings import TransportSettings
from guard.upstream import Call, Reply, StreamedReply


@dataclass(slots=True)
class Connection:
    """What a library tells of the connection that carried a call."""

    reused: bool = False


class Opened(Protocol):
    """A reply whose head has arrived."""

    status: int
    raw_headers: Sequence[tuple[bytes, bytes]]

    async def read(self) -> bytes:
        """The bytes that came next, undecoded; empty at the end."""
        ...

    async def close(self) -> None:
        """Give the connection back if the reply was read to its end, else close it."""
        ...


class HttpUpstream(ABC):
    """An `Upstream` over HTTP/1.1.

    No redirects, no cookies, no proxy or credential from the environment. A kept-alive connection that
    turns out to be dead is replaced once, whatever the method. The deadline runs from sending the call to
    its last byte.
    """

    _errors: ClassVar[tuple[type[Exception], ...]]

    def __init__(self, settings: TransportSettings) -> None:
        self._settings = settings
        self._outgoing = Outgoing(settings)
        self._closed = False

    def __repr__(self) -> str:
        return f"{type(self).__name__}(name={self.name!r}, base_url={self._settings.base_url!r})"

    @property
    def name(self) -> str:
        """The configured name."""
        return self._settings.name

    async def send(self, call: Call, *, timeout_seconds: float | None = None) -> Reply:
        """Send and wait for the whole reply; see `Upstream.send`.

        The body is decoded unless the call names its own `accept-encoding`.
        """
        arriving = self._arriving(call, timeout_seconds)
        return await whole_reply(self.name, arriving, self._settings.limits, raw=wants_raw(call))

    def stream(self, call: Call) -> AbstractAsyncContextManager[StreamedReply]:
        """Send and hand over the body as it arrives; see `Upstream.stream`."""
        return self._arriving(call, None)

    async def close(self) -> None:
        """Close every connection; calls from then on find the upstream unreachable."""
        self._closed = True
        await self._shut()

    @abstractmethod
    async def _request(self, call: Call, connection: Connection) -> Opened:
        """Send and wait for the head, noting what the connection was. Raises `_errors`."""

    @abstractmethod
    def _without_a_word(self, error: Exception) -> bool:
        """Whether the error says that an open connection ended before any of the reply came."""

    @abstractmethod
    def _translated(self, error: Exception) -> UpstreamError:
        """The guard's error for one of `_errors`. Theirs may hold address and query: no text is copied."""

    @abstractmethod
    async def _shut(self) -> None:
        """Close the library's client, if there is one."""

    @asynccontextmanager
    async def _arriving(self, call: Call, timeout_seconds: float | None) -> AsyncIterator[StreamedReply]:
        if self._closed:
            raise UpstreamUnreachable(f"upstream {self.name!r}: closed")
        deadline = self._deadline(timeout_seconds)
        try:
            async with asyncio.timeout_at(deadline):
                opened = await self._open(call)
        except self._errors as error:
            raise self._translated(error) from None
        chunks = self._chunks(opened, deadline)
        try:
            check_head(self.name, opened.raw_headers, self._settings.limits, has_body=call.method != "HEAD")
            yield StreamedReply(opened.status, end_to_end(opened.raw_headers), chunks)
        finally:
            await chunks.aclose()
            await opened.close()

    async def _open(self, call: Call) -> Opened:
        connection = Connection()
        try:
            return await self._request(call, connection)
        except self._errors as error:
            if not (connection.reused and self._without_a_word(error)):
                raise
        return await self._request(call, Connection())

    async def _chunks(self, opened: Opened, deadline: float) -> AsyncGenerator[bytes, None]:
        size, limit = 0, self._settings.limits.max_reply_bytes
        while True:
            try:
                async with asyncio.timeout_at(deadline):
                    chunk = await opened.read()
            except self._errors as error:
                raise self._translated(error) from None
            if not chunk:
                return
            size += len(chunk)
            if size > limit:
                raise UpstreamTooLarge(f"upstream {self.name!r}: a reply of more than {limit} bytes")
            yield chunk

    def _deadline(self, timeout_seconds: float | None) -> float:
        own = self._settings.timeouts.total_seconds
        seconds = own if timeout_seconds is None else min(timeout_seconds, own)
        return asyncio.get_running_loop().time() + seconds
