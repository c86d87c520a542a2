"""What a transport must not do by itself, and how it uses its connections."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
import trustme

from guard.errors import (
    UpstreamBroken,
    UpstreamUnreachable,
)
from guard.upstream import Call

from .asking import CALL, SECRET, Connect, fails
from .misbehaving import OK, Peer, keeping_alive, saying, server_tls, serving, whole


async def test_a_redirect_is_a_reply(connect: Connect) -> None:
    async with serving(keeping_alive(whole(b"", "location: /elsewhere", status="307 Over There"))) as server:
        reply = await connect(server.url).send(CALL)
    assert (reply.status, reply.header("location")) == (307, "/elsewhere")
    assert len(server.requests) == 1


async def test_cookies_are_not_kept(connect: Connect) -> None:
    async with serving(keeping_alive(whole(b"ok", "set-cookie: session=abc; Path=/"))) as server:
        upstream = connect(server.url.replace("127.0.0.1", "localhost"))
        reply = await upstream.send(CALL)
        await upstream.send(CALL)
    assert reply.header("set-cookie") == "session=abc; Path=/"
    assert all(b"cookie" not in request.lower() for request in server.requests)


async def test_the_environment_is_ignored(connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    (tmp_path / ".netrc").write_text(f"machine 127.0.0.1 login me password {SECRET}\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    async with serving(keeping_alive()) as server:
        assert (await connect(server.url).send(CALL)).body == b"ok"
    assert b"authorization" not in server.requests[0].lower()


async def test_a_configured_proxy_is_used(connect: Connect) -> None:
    async with serving(keeping_alive()) as proxy:
        address = proxy.url.replace("//", f"//user:{SECRET}@")
        upstream = connect("http://model.test/v1", proxy=address)
        assert (await upstream.send(CALL)).body == b"ok"
    head = proxy.requests[0].lower()
    assert head.startswith(b"post http://model.test/v1/chat/completions ")
    assert b"\r\nproxy-authorization: basic " in head
    assert SECRET not in repr(upstream)


async def test_tls_through_a_proxy(connect: Connect, authority: trustme.CA, tmp_path: Path) -> None:
    async def behave(peer: Peer) -> None:
        await peer.request()
        await peer.say(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await peer.tunnel(int(server.url.rpartition(":")[2]))

    async with serving(keeping_alive(), server_tls(authority)) as server, serving(behave) as proxy:
        upstream = connect(server.url, proxy=proxy.url, ca_file=tmp_path / "ca.pem", api_key=SECRET)
        assert [(await upstream.send(CALL)).body for _ in range(2)] == [b"ok"] * 2
        await upstream.close()
    assert proxy.requests[0].startswith(b"CONNECT 127.0.0.1:")
    assert len(proxy.requests) == 1
    assert SECRET.encode() not in proxy.requests[0]
    assert SECRET.encode() in server.requests[0]


async def test_a_proxy_that_refuses(connect: Connect) -> None:
    async with serving(saying(whole(b"", status="407 Who"))) as proxy:
        address = proxy.url.replace("//", f"//user:{SECRET}@")
        await fails(connect("https://model.test", proxy=address), UpstreamUnreachable)
    await fails(connect("https://model.test", proxy=address), UpstreamUnreachable)


async def test_a_connection_is_used_again(connect: Connect) -> None:
    async with serving(keeping_alive()) as server:
        upstream = connect(server.url)
        for _ in range(5):
            await upstream.send(CALL)
    assert server.connections == 1


@pytest.mark.parametrize("by_reset", [True, False])
async def test_a_dead_kept_alive_connection_is_replaced_once(connect: Connect, by_reset: bool) -> None:
    async def behave(peer: Peer) -> None:
        await peer.request()
        await peer.say(OK)
        if server.connections == 1:  # it closes as the next request comes in: the race of every keep-alive
            await peer.request()
            if by_reset:
                peer.reset()

    async with serving(behave) as server:
        upstream = connect(server.url)
        assert (await upstream.send(CALL)).body == b"ok"
        assert (await upstream.send(CALL)).body == b"ok"
    assert (server.connections, len(server.requests)) == (2, 3)


async def test_a_second_death_is_not_hidden(connect: Connect) -> None:
    async def behave(peer: Peer) -> None:
        await peer.request()
        if server.connections == 1:
            await peer.say(OK)
            await peer.request()

    async with serving(behave) as server:
        upstream = connect(server.url)
        await upstream.send(CALL)
        await fails(upstream, UpstreamBroken)
    assert (server.connections, len(server.requests)) == (2, 3)


async def test_a_kept_alive_connection_that_dies_in_the_body_is_not_replaced(connect: Connect) -> None:
    async def behave(peer: Peer) -> None:
        await peer.request()
        await peer.say(OK)
        await peer.request()
        await peer.say(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx")

    async with serving(behave) as server:
        upstream = connect(server.url)
        await upstream.send(CALL)
        await fails(upstream, UpstreamBroken)
    assert len(server.requests) == 2


async def test_fifty_calls_at_once(connect: Connect) -> None:
    async def behave(peer: Peer) -> None:
        while True:
            request = await peer.request()
            await asyncio.sleep(0.2)
            await peer.say(whole(request.rpartition(b"\r\n\r\n")[2]))

    async with serving(behave) as server:
        upstream = connect(server.url)
        started = time.monotonic()
        bodies = [f"call {number}".encode() for number in range(50)]
        replies = await asyncio.gather(*(upstream.send(Call("POST", "/x", body)) for body in bodies))
        assert [reply.body for reply in replies] == bodies
        assert time.monotonic() - started < 1.5
    assert server.connections == 50


async def test_connections_are_limited(connect: Connect) -> None:
    async with serving(keeping_alive()) as server:
        upstream = connect(server.url, limits={"max_connections": 3})
        await asyncio.gather(*(upstream.send(CALL) for _ in range(20)))
    assert server.connections <= 3
    assert len(server.requests) == 20


@pytest.mark.parametrize("moment", ["upload", "head", "body", "tls"])
async def test_cancelling_closes_the_socket_at_once(
    connect: Connect, moment: str, authority: trustme.CA, tmp_path: Path
) -> None:
    arrived = asyncio.Event()

    async def behave(peer: Peer) -> None:
        if moment == "upload":
            arrived.set()
            await asyncio.sleep(0.2)  # reads nothing yet: the body waits in the client
            await peer.client_gone()
            return
        await peer.request()
        if moment == "body":
            await peer.say(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nsome")
        arrived.set()
        await peer.client_gone()

    call = Call("POST", "/x", bytes(24 << 20)) if moment == "upload" else CALL
    async with serving(behave, server_tls(authority) if moment == "tls" else None) as server:
        asking = asyncio.create_task(connect(server.url, ca_file=tmp_path / "ca.pem").send(call))
        await arrived.wait()
        await asyncio.sleep(0.05)
        cancelled = time.monotonic()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert await server.client_closed_at() - cancelled < 0.5
    assert server.read_on < 24 << 20
