"""Faults on purpose, the same ones for the same seed."""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Literal, get_args

import orjson

from guard.errors import UpstreamBroken, UpstreamTimeout, UpstreamUnreachable
from guard.upstream import Call, Reply, StreamedReply, Upstream

Fault = Literal["delay", "timeout", "broken", "unreachable", "5xx"]
FAULTS: tuple[Fault, ...] = get_args(Fault)

_SERVER_ERRORS = (500, 502, 503, 529)


@dataclass(frozen=True, slots=True)
class Injected:
    """One fault that was played, and the call that met it."""

    fault: Fault
    call: Call


class Chaos:
    """An `Upstream` that lets most calls through and plays a fault on the share `rate` (0 to 1) of them.

    `delay` waits `delay_seconds` and goes on; `timeout` waits as long and raises `UpstreamTimeout`;
    `broken` lets the inner upstream answer and raises `UpstreamBroken` (in a stream: after the first
    piece); `unreachable` raises `UpstreamUnreachable` at once; `5xx` answers 500, 502, 503 or 529. Which
    fault meets a call depends on the seed, the call and how often it was sent before, not on the order of
    arrival.
    """

    def __init__(
        self,
        inner: Upstream,
        seed: int,
        rate: float,
        faults: Sequence[Fault] = FAULTS,
        *,
        delay_seconds: float = 0.05,
    ) -> None:
        if not 0 <= rate <= 1:
            raise ValueError("rate is a share: from 0 to 1")
        if unknown := set(faults) - set(FAULTS):
            raise ValueError(f"no such fault: {', '.join(sorted(unknown))}; there are {', '.join(FAULTS)}")
        self._inner = inner
        self._seed = seed
        self._rate = rate
        self._faults = tuple(faults)
        self._delay_seconds = delay_seconds
        self._sent: Counter[str] = Counter()
        self.injected: list[Injected] = []

    @property
    def name(self) -> str:
        """The inner upstream's name."""
        return self._inner.name

    async def send(self, call: Call, *, timeout_seconds: float | None = None) -> Reply:
        """Send, or play a fault."""
        fault, status = self._drawn(call)
        await self._before(fault, timeout_seconds)
        if fault == "5xx":
            return _server_error(status)
        reply = await self._inner.send(call, timeout_seconds=timeout_seconds)
        if fault == "broken":
            raise UpstreamBroken(f"upstream {self.name!r}: broken on purpose")
        return reply

    def stream(self, call: Call) -> AbstractAsyncContextManager[StreamedReply]:
        """Stream, or play a fault."""
        return self._stream(call)

    async def close(self) -> None:
        """Close the inner upstream."""
        await self._inner.close()

    @asynccontextmanager
    async def _stream(self, call: Call) -> AsyncIterator[StreamedReply]:
        fault, status = self._drawn(call)
        await self._before(fault, None)
        if fault == "5xx":
            error = _server_error(status)
            yield StreamedReply(error.status, error.headers, _pieces([error.body]))
            return
        async with self._inner.stream(call) as reply:
            chunks = self._broken(reply.chunks) if fault == "broken" else reply.chunks
            yield StreamedReply(reply.status, reply.headers, chunks)

    async def _before(self, fault: Fault | None, timeout_seconds: float | None) -> None:
        if fault == "delay":
            await asyncio.sleep(self._delay_seconds)
        elif fault == "timeout":
            await asyncio.sleep(min(self._delay_seconds, timeout_seconds or self._delay_seconds))
            raise UpstreamTimeout(f"upstream {self.name!r}: timed out on purpose")
        elif fault == "unreachable":
            raise UpstreamUnreachable(f"upstream {self.name!r}: unreachable on purpose")

    async def _broken(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for chunk in chunks:
            yield chunk
            break
        raise UpstreamBroken(f"upstream {self.name!r}: broken on purpose")

    def _drawn(self, call: Call) -> tuple[Fault | None, int]:
        identity = hashlib.sha256(repr((call.method, call.path, call.query, call.body)).encode()).hexdigest()
        self._sent[identity] += 1
        dice = random.Random(f"{self._seed}:{identity}:{self._sent[identity]}")  # noqa: S311  faults are no secret
        if not self._faults or dice.random() >= self._rate:
            return None, 0
        fault = dice.choice(self._faults)
        self.injected.append(Injected(fault, call))
        return fault, dice.choice(_SERVER_ERRORS)


def _server_error(status: int) -> Reply:
    body = {"error": {"message": "failed on purpose", "type": "server_error", "param": None, "code": None}}
    return Reply(status, (("content-type", "application/json"),), orjson.dumps(body))


async def _pieces(body: Sequence[bytes]) -> AsyncIterator[bytes]:
    for piece in body:
        yield piece
