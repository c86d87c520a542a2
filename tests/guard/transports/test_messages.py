"""What a call looks like on the wire, and what of the reply comes back."""

from __future__ import annotations

import gzip
import time
import zlib

import pytest

from guard.errors import (
    UpstreamTooLarge,
    UpstreamUnreadable,
)
from guard.upstream import Call

from .asking import CALL, SECRET, Connect, fails
from .misbehaving import Peer, keeping_alive, saying, serving, whole


async def test_a_plain_reply(connect: Connect) -> None:
    body = bytes(range(256)) * 3
    answer = whole(body, "Content-Type: application/json", "X-Unknown: Kept As It Is", "Set-Cookie: a=1")
    async with serving(saying(answer)) as server:
        reply = await connect(server.url + "/v1/").send(Call("POST", "/chat/completions", body))
    assert reply.status == 200
    assert reply.body == body
    assert reply.header("x-unknown") == "Kept As It Is"
    assert all(name == name.lower() for name, _ in reply.headers)
    assert 0 < reply.seconds < 5
    head, _, sent = server.requests[0].partition(b"\r\n\r\n")
    assert sent == body
    assert head.startswith(b"POST /v1/chat/completions HTTP/1.1\r\n")
    lines = head.lower().split(b"\r\n")
    assert b"accept-encoding: identity" in lines
    assert b"content-type: application/json" in lines
    assert b"user-agent: abstention-guard" in lines


@pytest.mark.parametrize("status", ["400 Bad", "401 No", "404 Gone", "429 Slow", "500 Oh", "503 Full", "529 Hm"])
async def test_a_status_of_400_and_above_is_a_reply(connect: Connect, status: str) -> None:
    async with serving(saying(whole(b'{"error":{}}', "retry-after: 7", status=status))) as server:
        reply = await connect(server.url).send(CALL)
    assert (reply.status, reply.body) == (int(status[:3]), b'{"error":{}}')
    assert reply.header("retry-after") == "7"


async def test_headers_of_the_connection_stay_with_it(connect: Connect) -> None:
    answer = (
        b"HTTP/1.1 200 OK\r\nConnection: keep-alive, X-Hop\r\nKeep-Alive: timeout=5\r\nX-Hop: 1\r\n"
        b"Trailer: x\r\nProxy-Authenticate: Basic\r\nX-End: 1\r\nX-End: 2\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
    )
    async with serving(keeping_alive(answer)) as server:
        reply = await connect(server.url).send(CALL)
    assert reply.headers == (("x-end", "1"), ("x-end", "2"))
    assert reply.body == b"ok"


async def test_queries_are_joined(connect: Connect) -> None:
    async with serving(keeping_alive()) as server:
        upstream = connect(server.url + "/openai", query={"api-version": "2024 06", "k": SECRET})
        await upstream.send(Call("GET", "/models", query="limit=2&q=%2Fa"))
        await upstream.send(Call("GET", "/models"))
    first, second = (request.split(b" ")[1] for request in server.requests)
    assert first == f"/openai/models?api-version=2024+06&k={SECRET}&limit=2&q=%2Fa".encode()
    assert second == f"/openai/models?api-version=2024+06&k={SECRET}".encode()


async def test_a_configured_key_replaces_the_callers(connect: Connect) -> None:
    call = Call("POST", "/x", b"{}", headers=(("Authorization", "Bearer caller"), ("X-Org", "a"), ("TE", "gzip")))
    async with serving(keeping_alive()) as server:
        await connect(server.url).send(call)
        await connect(server.url, api_key=SECRET, headers={"X-Org": "configured"}).send(call)
        await connect(server.url, api_key=SECRET, api_key_header="x-api-key").send(call)
    forwarded, replaced, other = (request.lower() for request in server.requests)
    assert b"authorization: bearer caller" in forwarded
    assert f"authorization: bearer {SECRET}".encode() in replaced
    assert b"x-org: configured" in replaced
    assert f"x-api-key: {SECRET}".encode() in other
    assert all(b"caller" not in request for request in (replaced, other))
    assert all(b"te: gzip" not in request for request in (forwarded, replaced, other))


async def test_a_long_body_goes_out_whole(connect: Connect) -> None:
    body = b"x" * (3 << 20)
    async with serving(keeping_alive()) as server:
        assert (await connect(server.url).send(Call("POST", "/x", body))).status == 200
    assert server.requests[0].endswith(b"\r\n\r\n" + body)


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", "Identity"])
async def test_a_coded_body_is_decoded(connect: Connect, coding: str) -> None:
    plain = b"plain text " * 99
    packed = {"deflate": zlib.compress(plain), "Identity": plain}.get(coding, gzip.compress(plain))
    async with serving(saying(whole(packed, f"Content-Encoding: {coding}"))) as server:
        reply = await connect(server.url).send(CALL)
    assert reply.body == plain
    assert coding == "Identity" or reply.header("content-encoding") is None


async def test_deflate_without_its_frame_is_decoded(connect: Connect) -> None:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packer.compress(b"plain") + packer.flush()
    async with serving(saying(whole(packed, "content-encoding: deflate"))) as server:
        assert (await connect(server.url).send(CALL)).body == b"plain"


async def test_a_call_that_names_its_codings_gets_the_bytes_as_they_came(connect: Connect) -> None:
    packed = gzip.compress(b"plain")
    async with serving(saying(whole(packed, "content-encoding: gzip"))) as server:
        reply = await connect(server.url).send(Call("GET", "/x", headers=(("Accept-Encoding", "gzip"),)))
    assert (reply.body, reply.header("content-encoding")) == (packed, "gzip")
    assert b"accept-encoding: gzip\r\n" in server.requests[0].lower()


@pytest.mark.parametrize(
    ("stated", "body"),
    [
        ("br", b"whatever"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x"))),
        ("gzip", b"not gzip at all"),
        ("gzip", gzip.compress(b"cut short" * 9)[:-9]),
        ("gzip", gzip.compress(b"x") + b"and more"),
    ],
)
async def test_a_coding_that_cannot_be_undone(connect: Connect, stated: str, body: bytes) -> None:
    async with serving(saying(whole(body, f"content-encoding: {stated}"))) as server:
        await fails(connect(server.url), UpstreamUnreadable)


async def test_a_bomb_is_stopped_at_the_limit(connect: Connect) -> None:
    bomb = gzip.compress(bytes(200 << 20), compresslevel=1)
    async with serving(saying(whole(bomb, "content-encoding: gzip"))) as server:
        started = time.monotonic()
        await fails(connect(server.url, limits={"max_reply_bytes": 1 << 20}), UpstreamTooLarge)
    assert time.monotonic() - started < 2
    assert len(bomb) < 1 << 20


@pytest.mark.parametrize("announced", [True, False])
async def test_an_oversized_body_is_not_read_on(connect: Connect, announced: bool) -> None:
    async def behave(peer: Peer) -> None:
        await peer.request()
        framing = b"content-length: 99999999" if announced else b"transfer-encoding: chunked"
        await peer.say(b"HTTP/1.1 200 OK\r\n" + framing + b"\r\n\r\n")
        while not announced:
            await peer.say(b"1000\r\n" + bytes(4096) + b"\r\n")
        await peer.client_gone()

    async with serving(behave) as server:
        await fails(connect(server.url, limits={"max_reply_bytes": 65536}), UpstreamTooLarge)


@pytest.mark.parametrize("lines", [1, 60, 6000])
async def test_an_oversized_head(connect: Connect, lines: int) -> None:
    padding = "".join(f"x-{number}: {'y' * (120_000 // lines)}\r\n" for number in range(lines))
    answer = f"HTTP/1.1 200 OK\r\n{padding}content-length: 0\r\n\r\n".encode()
    async with serving(saying(answer)) as server:
        await fails(connect(server.url), UpstreamTooLarge)
