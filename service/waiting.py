"""How long a request waited for its upstream: a wrapper of the upstream's own shape, made for one request."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from guard.upstream import Call, Reply, StreamedReply, Upstream


class Waiting:
    """Adds up the time in which at least one call is under way; overlapping calls count once."""

    def __init__(self, inner: Upstream) -> None:
        self._inner = inner
        self._open = 0
        self._since = 0.0
        self._waited = 0.0

    @property
    def name(self) -> str:
        """The inner upstream's name."""
        return self._inner.name

    @property
    def seconds(self) -> float:
        """Seconds waited so far."""
        return self._waited + (time.monotonic() - self._since if self._open else 0.0)

    def _start(self) -> None:
        if not self._open:
            self._since = time.monotonic()
        self._open += 1

    def _stop(self) -> None:
        self._open -= 1
        if not self._open:
            self._waited += time.monotonic() - self._since

    async def send(self, call: Call, *, timeout_seconds: float | None = None) -> Reply:
        """Send, timed."""
        self._start()
        try:
            return await self._inner.send(call, timeout_seconds=timeout_seconds)
        finally:
            self._stop()

    @asynccontextmanager
    async def stream(self, call: Call) -> AsyncIterator[StreamedReply]:
        """Stream, timed to the last byte."""
        self._start()
        try:
            async with self._inner.stream(call) as arriving:
                yield arriving
        finally:
            self._stop()

    async def close(self) -> None:
        """Nothing of its own to close."""
