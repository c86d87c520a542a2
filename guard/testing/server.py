"""A real HTTP server on the loopback interface that answers from a script."""

from __future__ import annotations

import asyncio
import socket
import struct
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from types import TracebackType
from typing import Self

from guard.errors import UpstreamError, UpstreamRefused, UpstreamTimeout
from guard.testing.replies import Wire, on_the_wire
from guard.testing.scripted import Lines, Script, pieces_of
from guard.upstream import Call, Reply

Delay = float | Callable[[Call], float]

_PREFIX = "/v1"
_MAX_HEAD_BYTES = 1 << 20
_FRAMING = frozenset({"content-length", "transfer-encoding", "connection"})
_STATUSES = frozenset(int(status) for status in HTTPStatus)


class ScriptedServer:
    """Serves a script over HTTP/1.1 on 127.0.0.1, with keep-alive and chunked streams.

    Inside `async with ScriptedServer(script) as server`: `url`, the base URL, which ends in `/v1`; `calls`,
    every request as a `Call` whose path is relative to it; `aborted`, the `time.monotonic()` of each client
    that left before its reply was complete; `connections`, how many were opened.

    The script is that of `ScriptedUpstream`; `delay` seconds pass before each answer. An `UpstreamError`
    plays the fault: `UpstreamRefused` sends its reply, `UpstreamTimeout` says nothing until the client
    leaves, any other resets the connection. Every other exception is a mistake in the script: the client
    gets a 500, and it is raised on leaving the block.
    """

    def __init__(self, replies: Lines, *, delay: Delay = 0.0) -> None:
        self._script = Script(replies)
        self._delay = delay
        self._tasks: set[asyncio.Task[None]] = set()
        self._mistakes: list[BaseException] = []
        self._server: asyncio.Server | None = None
        self.url = ""
        self.calls: list[Call] = []
        self.aborted: list[float] = []
        self.connections = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=_MAX_HEAD_BYTES)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}{_PREFIX}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await self._server.wait_closed()
        if self._mistakes and error is None:
            raise self._mistakes[0]

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.create_task(self._serve(_Connection(reader, writer)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, connection: _Connection) -> None:
        try:
            while (call := await connection.request()) is not None:
                await self._exchange(call, connection)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            pass  # the client left between two calls, or does not speak HTTP
        finally:
            connection.close()

    async def _exchange(self, call: Call, connection: _Connection) -> None:
        self.calls.append(call)
        leaving = asyncio.create_task(connection.client_left())
        answering = asyncio.create_task(self._answer(call, connection))
        try:
            await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if answering.done():
                await self._settle(answering.exception(), connection, leaving)
            if connection.in_reply:
                self.aborted.append(time.monotonic())
                raise ConnectionAbortedError
        finally:
            answering.cancel()
            leaving.cancel()
            await asyncio.gather(answering, leaving, return_exceptions=True)

    async def _answer(self, call: Call, connection: _Connection) -> None:
        await asyncio.sleep(self._delay(call) if callable(self._delay) else self._delay)
        await connection.reply(on_the_wire(call, await self._script.answer(call)))

    async def _settle(self, error: BaseException | None, connection: _Connection, leaving: asyncio.Task[None]) -> None:
        match error:
            case None | ConnectionError():
                return
            case UpstreamTimeout():
                await asyncio.wait({leaving})
                return
            case UpstreamRefused() if not connection.head_sent:
                await connection.reply(_as_wire(error.reply))
                return
            case UpstreamError():
                pass
            case _:
                self._mistakes.append(error)
                if not connection.head_sent:
                    await connection.reply(_as_wire(Reply(500, (), repr(error).encode())))
                    return
        connection.reset()
        raise ConnectionAbortedError


class _Connection:
    """One client's connection: requests read, replies written, and whether the client is still there."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._early = b""
        self._bodiless = False
        self.in_reply = False
        self.head_sent = False

    async def request(self) -> Call | None:
        """The next request; None where the client has closed."""
        start, self._early = self._early, b""
        try:
            head = start + await self._reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return None
        first, *lines = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
        method, target, _ = first.split(" ", 2)
        pairs = (line.partition(":") for line in lines)
        headers = tuple((name.lower(), value.strip()) for name, _, value in pairs)
        length = int(dict(headers).get("content-length", "0"))
        body = await self._reader.readexactly(length) if length else None
        path, _, query = target.partition("?")
        relative = path.removeprefix(_PREFIX) if path.startswith(f"{_PREFIX}/") else path
        self.in_reply, self.head_sent, self._bodiless = True, False, method == "HEAD"
        return Call(method, relative, body, query, headers)

    async def client_left(self) -> None:
        """Return once the client has closed; a byte of the next request is kept for it."""
        self._early = await self._reader.read(1)
        if self._early:
            await asyncio.Event().wait()

    async def reply(self, wire: Wire) -> None:
        """Write a reply: with its length where the body is one piece, else chunk by chunk as it comes."""
        if isinstance(wire.pieces, Sequence) and len(wire.pieces) == 1:
            self._head(wire, ("content-length", str(len(wire.pieces[0]))))
            await self._last(b"" if self._bodiless else wire.pieces[0])
            return
        self._head(wire, ("transfer-encoding", "chunked"))
        async for piece in pieces_of(wire):
            if piece:  # an empty chunk would end the body
                self._writer.write(b"%x\r\n%b\r\n" % (len(piece), piece))
                await self._writer.drain()
        await self._last(b"0\r\n\r\n")

    def reset(self) -> None:
        """Drop the connection so that the client sees a reset rather than an end."""
        linger = struct.pack("ii", 1, 0)
        self._writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._writer.transport.abort()

    def close(self) -> None:
        """Close, dropping what the client has not taken."""
        if self.in_reply:
            self._writer.transport.abort()
        else:
            self._writer.close()

    def _head(self, wire: Wire, framing: tuple[str, str]) -> None:
        kept = [pair for pair in wire.headers if pair[0].lower() not in _FRAMING]
        lines = "".join(f"{name}: {value}\r\n" for name, value in (*kept, framing))
        reason = HTTPStatus(wire.status).phrase if wire.status in _STATUSES else ""
        self._writer.write(f"HTTP/1.1 {wire.status} {reason}\r\n{lines}\r\n".encode("latin-1"))
        self.head_sent = True

    async def _last(self, data: bytes) -> None:
        self._writer.write(data)
        self.in_reply = False  # before the wait: a client may leave as soon as it has the last byte
        await self._writer.drain()


def _as_wire(reply: Reply) -> Wire:
    return Wire(reply.status, reply.headers, [reply.body])
