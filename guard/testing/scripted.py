"""Upstreams that answer from a script: no network, no model, every call kept."""

from __future__ import annotations

import asyncio
import inspect
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from guard.errors import UpstreamTimeout
from guard.testing.replies import Wire, asked, chat_reply, on_the_wire
from guard.upstream import Call, Reply, StreamedReply

Line = Reply | Mapping[str, Any] | str | AsyncIterator[bytes] | BaseException | float
"""One line of a script: a reply, a JSON body, words, a body in pieces, an error, or seconds to wait."""

Lines = Sequence[Line] | Callable[[Call], Line | Awaitable[Line]]
"""A script: lines in the order of use, or a function of the call, plain or `async`."""

Answer = Reply | Mapping[str, Any] | AsyncIterator[bytes]


class Script:
    """Turns calls into answers. Words are one draw each: a call with `n: 3` takes three lines of words."""

    def __init__(self, lines: Lines) -> None:
        if isinstance(lines, str | bytes):
            raise TypeError("a script is a list of lines or a function; for one text see `AlwaysSame`")
        self._ask = lines if callable(lines) else None
        self._left = iter(() if callable(lines) else lines)
        self._length = 0 if callable(lines) else len(lines)

    async def answer(self, call: Call) -> Answer:
        """The next answer. Raises the script's own errors, and `AssertionError` past the end of a list."""
        line = await self._line(call)
        if not isinstance(line, str):
            return line
        body = asked(call)
        texts = [line]
        while len(texts) < _choices(body):
            more = await self._line(call)
            if not isinstance(more, str):
                raise AssertionError("a script must have words for every choice that a call asks for")
            texts.append(more)
        return chat_reply(line, texts=texts, model=str(body.get("model", "scripted")))

    async def _line(self, call: Call) -> str | Answer:
        while True:
            line = await self._next(call)
            if isinstance(line, int | float):
                await asyncio.sleep(line)
            elif isinstance(line, BaseException):
                raise line
            else:
                return line

    async def _next(self, call: Call) -> Line:
        if self._ask is None:
            try:
                return next(self._left)
            except StopIteration:
                raise AssertionError(f"the script's {self._length} lines are used up") from None
        said = self._ask(call)
        return await said if inspect.isawaitable(said) else said


class ScriptedUpstream:
    """An `Upstream` that answers from a script and keeps what it was asked in `calls`.

    `replies` is a list used in order, or a function of the call. Words (`str`) become a chat completion,
    honouring `n` and `stream`; a dictionary is a JSON body with status 200; a `Reply` is given as it is; an
    exception is raised; a number is a wait in seconds before the next line. `timeout_seconds` is honoured.
    """

    def __init__(self, replies: Lines, *, name: str = "scripted") -> None:
        self._script = Script(replies)
        self._name = name
        self.calls: list[Call] = []
        self.closed = False

    @property
    def name(self) -> str:
        """The name given."""
        return self._name

    async def send(self, call: Call, *, timeout_seconds: float | None = None) -> Reply:
        """The next reply, whole."""
        started = time.perf_counter()
        try:
            async with asyncio.timeout(timeout_seconds):
                wire = await self._next(call)
                body = b"".join([piece async for piece in pieces_of(wire)])
        except TimeoutError:
            raise UpstreamTimeout(f"upstream {self._name!r}: no complete reply in the time allowed") from None
        return Reply(wire.status, wire.headers, body, time.perf_counter() - started)

    def stream(self, call: Call) -> AbstractAsyncContextManager[StreamedReply]:
        """The next reply, in pieces."""
        return self._stream(call)

    async def close(self) -> None:
        """Note that it was closed."""
        self.closed = True

    @asynccontextmanager
    async def _stream(self, call: Call) -> AsyncIterator[StreamedReply]:
        wire = await self._next(call)
        yield StreamedReply(wire.status, wire.headers, pieces_of(wire))

    async def _next(self, call: Call) -> Wire:
        self.calls.append(call)
        return on_the_wire(call, await self._script.answer(call))


class AlwaysSame(ScriptedUpstream):
    """A model that says the same words to every call: full agreement."""

    def __init__(self, text: str, *, name: str = "always-same") -> None:
        super().__init__(lambda _call: text, name=name)


class NeverSame(ScriptedUpstream):
    """A model that never repeats itself: the given texts in turn, or `answer 1`, `answer 2`, ..."""

    def __init__(self, texts: Sequence[str] | None = None, *, name: str = "never-same") -> None:
        turns = itertools.cycle(texts) if texts else (f"answer {number}" for number in itertools.count(1))
        super().__init__(lambda _call: next(turns), name=name)


class Failing(ScriptedUpstream):
    """An upstream that raises the same error for every call."""

    def __init__(self, error: Exception, *, name: str = "failing") -> None:
        super().__init__(lambda _call: error, name=name)


async def pieces_of(wire: Wire) -> AsyncIterator[bytes]:
    """The body's pieces, one by one."""
    if isinstance(wire.pieces, AsyncIterator):
        async for piece in wire.pieces:
            yield piece
        return
    for piece in wire.pieces:
        yield piece


def _choices(body: Mapping[str, Any]) -> int:
    n = body.get("n")
    return n if isinstance(n, int) else 1
