"""Connections that fail, and which error tells it."""

from __future__ import annotations

import asyncio
import socket
import time

import pytest

from guard.errors import (
    UpstreamBroken,
    UpstreamTimeout,
    UpstreamUnreachable,
    UpstreamUnreadable,
)

from .asking import CALL, SECRET, Connect, fails
from .misbehaving import Peer, keeping_alive, saying, serving


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\ncut",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nwhole\r\n5\r\ncu",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nwhole\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-le",
        b"",
    ],
)
async def test_a_reply_cut_short(connect: Connect, answer: bytes) -> None:
    async with serving(saying(answer)) as server:
        await fails(connect(server.url), UpstreamBroken)
    assert len(server.requests) == 1


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\ncut"])
async def test_a_reset(connect: Connect, said: bytes) -> None:
    async def behave(peer: Peer) -> None:
        await peer.request()
        await peer.say(said)
        await asyncio.sleep(0.05)
        peer.reset()

    async with serving(behave) as server:
        await fails(connect(server.url), UpstreamBroken)
    assert len(server.requests) == 1


async def test_something_that_is_not_http(connect: Connect) -> None:
    async with serving(saying(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")) as server:
        await fails(connect(server.url), UpstreamUnreadable)


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx"])
@pytest.mark.parametrize("limit", ["argument", "total_seconds", "idle_seconds"])
async def test_silence_times_out(connect: Connect, said: bytes, limit: str) -> None:
    async def behave(peer: Peer) -> None:
        await peer.request()
        await peer.say(said)
        await peer.client_gone()

    async with serving(behave) as server:
        started = time.monotonic()
        if limit == "argument":
            await fails(connect(server.url), UpstreamTimeout, timeout_seconds=0.2)
        else:
            await fails(connect(server.url, timeouts={limit: 0.2}, query={"k": SECRET}), UpstreamTimeout)
        assert 0.15 < time.monotonic() - started < 0.7
        assert await server.client_closed_at() - started < 0.7


async def test_a_drip_does_not_outlast_the_deadline(connect: Connect) -> None:
    async def behave(peer: Peer) -> None:
        await peer.request()
        await peer.say(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        while True:
            await peer.say(b"1\r\nx\r\n")
            await asyncio.sleep(0.02)

    async with serving(behave) as server:
        started = time.monotonic()
        await fails(connect(server.url), UpstreamTimeout, timeout_seconds=0.2)
        assert time.monotonic() - started < 0.5


async def test_nobody_listens(connect: Connect) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        error = await fails(connect(url, api_key=SECRET, query={"k": SECRET}), UpstreamUnreachable)
    assert "ConnectionRefusedError" in str(error)
    assert error.retryable


async def test_a_name_without_an_address(connect: Connect) -> None:
    error = await fails(connect("http://nowhere.invalid", query={"k": SECRET}), UpstreamUnreachable)
    assert "no address" in str(error)


async def test_a_connection_that_is_not_accepted_in_time(connect: Connect) -> None:
    with socket.socket() as deaf:  # a full backlog: further connections are neither taken nor refused
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        filling = [socket.socket() for _ in range(4)]
        for one in filling:
            one.setblocking(False)
            one.connect_ex(deaf.getsockname())
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        upstream = connect(url, timeouts={"connect_seconds": 0.3}, query={"k": SECRET})
        error = await fails(upstream, UpstreamUnreachable)
        for one in filling:
            one.close()
    assert "0.3 s" in str(error)


async def test_a_closed_upstream_is_unreachable(connect: Connect) -> None:
    async with serving(keeping_alive()) as server:
        upstream = connect(server.url)
        await upstream.send(CALL)
        await upstream.close()
        await fails(upstream, UpstreamUnreachable)
        await upstream.close()
