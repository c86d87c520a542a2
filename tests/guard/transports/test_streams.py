"""Bodies that arrive in pieces."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import time

import pytest

from guard.errors import (
    UpstreamBroken,
    UpstreamTimeout,
    UpstreamTooLarge,
)

from .asking import CALL, Connect
from .misbehaving import Peer, saying, serving, whole


async def test_chunks_arrive_as_they_are_sent(connect: Connect) -> None:
    async def behave(peer: Peer) -> None:
        await peer.request()
        await peer.say(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
        for number in range(4):
            await peer.say(b"9\r\ndata: %d\n\n\r\n" % number)
            await asyncio.sleep(0.2)
        await peer.say(b"0\r\n\r\n")

    async with serving(behave) as server, connect(server.url).stream(CALL) as reply:
        assert (reply.status, dict(reply.headers)) == (200, {"content-type": "text/event-stream"})
        arrived = [(time.monotonic(), chunk) async for chunk in reply.chunks]
    assert [chunk for _, chunk in arrived] == [b"data: %d\n\n" % number for number in range(4)]
    assert all(later - earlier >= 0.15 for (earlier, _), (later, _) in itertools.pairwise(arrived))


async def test_a_stream_is_not_decoded(connect: Connect) -> None:
    packed = gzip.compress(b"plain" * 99)
    answer = whole(packed, "content-encoding: gzip")
    async with serving(saying(answer)) as server, connect(server.url).stream(CALL) as reply:
        assert dict(reply.headers)["content-encoding"] == "gzip"
        assert b"".join([chunk async for chunk in reply.chunks]) == packed


async def test_a_stream_cut_short(connect: Connect) -> None:
    cut = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n"
    async with serving(saying(cut)) as server, connect(server.url).stream(CALL) as reply:
        assert await anext(reply.chunks) == b"first"
        with pytest.raises(UpstreamBroken):
            await anext(reply.chunks)


async def test_a_stream_beyond_the_limit_or_the_deadline(connect: Connect) -> None:
    async def behave(peer: Peer) -> None:
        await peer.request()
        await peer.say(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        while True:
            await peer.say(b"4\r\nmore\r\n")
            await asyncio.sleep(0.02)

    async with serving(behave) as server:
        for settings, kind in (
            ({"limits": {"max_reply_bytes": 10}}, UpstreamTooLarge),
            ({"timeouts": {"total_seconds": 0.2}}, UpstreamTimeout),
        ):
            async with connect(server.url, **settings).stream(CALL) as reply:
                with pytest.raises(kind):
                    async for _ in reply.chunks:
                        pass


async def test_leaving_a_stream_closes_it(connect: Connect) -> None:
    async def behave(peer: Peer) -> None:
        await peer.request()
        await peer.say(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n")
        await peer.client_gone()

    async with serving(behave) as server:
        async with connect(server.url).stream(CALL) as reply:
            async for _ in reply.chunks:
                break
        left = time.monotonic()
        assert await server.client_closed_at() - left < 0.5
