"""A server on a real socket that does exactly what a test says, wrong things included."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import trustme

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"


class Peer:
    """The server's side of one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, server: Server) -> None:
        self._reader, self._writer, self._server = reader, writer, server

    async def request(self) -> bytes:
        """Read one request, head and body."""
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
        )
        whole = head + await self._reader.readexactly(length)
        self._server.requests.append(whole)
        return whole

    async def say(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def client_gone(self) -> None:
        """Wait until the client has closed, and note when."""
        try:
            while data := await self._reader.read(65536):
                self._server.read_on += len(data)
        except ConnectionError:
            pass
        self._server.closed_at = time.monotonic()
        self._server.left.set()

    async def tunnel(self, port: int) -> None:
        """Carry everything to a port of this machine and back."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            await asyncio.gather(_carry(self._reader, writer), _carry(reader, self._writer))
        finally:
            writer.close()

    def reset(self) -> None:
        self._writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


class Server:
    """What happened on the server's side."""

    def __init__(self) -> None:
        self.url = ""
        self.requests: list[bytes] = []
        self.connections = 0
        self.left = asyncio.Event()
        self.closed_at = 0.0
        self.read_on = 0  # bytes that came after those of `requests`

    async def client_closed_at(self) -> float:
        """When the client that a behaviour waits for left, as `time.monotonic()`; at most 3 s are waited."""
        async with asyncio.timeout(3):
            await self.left.wait()
        return self.closed_at


Behaviour = Callable[[Peer], Awaitable[None]]


@asynccontextmanager
async def serving(behave: Behaviour, tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    server, tasks = Server(), set[asyncio.Task[None]]()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await behave(Peer(reader, writer, server))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.connections += 1
        tasks.add(asyncio.create_task(serve(reader, writer)))

    listening = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=tls)
    port = listening.sockets[0].getsockname()[1]
    server.url = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
    try:
        yield server
    finally:
        listening.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await listening.wait_closed()


def saying(*parts: bytes) -> Behaviour:
    """Answer one request with these bytes and close."""

    async def behave(peer: Peer) -> None:
        await peer.request()
        for part in parts:
            await peer.say(part)

    return behave


def keeping_alive(answer: bytes = OK) -> Behaviour:
    """Answer every request with these bytes."""

    async def behave(peer: Peer) -> None:
        while True:
            await peer.request()
            await peer.say(answer)

    return behave


def whole(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A complete reply."""
    lines = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", *headers, f"content-length: {len(body)}"))
    return lines.encode() + b"\r\n" + body


def server_tls(authority: trustme.CA, host: str = "127.0.0.1", *, ask_client: bool = False) -> ssl.SSLContext:
    """A server's side of TLS for that host."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    if ask_client:
        authority.configure_trust(context)
        context.verify_mode = ssl.CERT_REQUIRED
    return context


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()
