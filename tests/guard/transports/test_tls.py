"""Trust: whom a transport believes, and how it shows itself."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme
from cryptography.hazmat.primitives import serialization

from guard.errors import (
    ConfigurationError,
    UpstreamUnreachable,
)

from .asking import CALL, SECRET, Connect, fails
from .misbehaving import OK, Peer, keeping_alive, server_tls, serving


async def test_tls_with_the_named_authority(connect: Connect, authority: trustme.CA, tmp_path: Path) -> None:
    async with serving(keeping_alive(), server_tls(authority)) as server:
        upstream = connect(server.url, ca_file=tmp_path / "ca.pem")
        assert [(await upstream.send(CALL)).body for _ in range(3)] == [b"ok"] * 3
        assert server.connections == 1


@pytest.mark.parametrize("together", [True, False])
async def test_tls_with_a_client_certificate(
    connect: Connect, authority: trustme.CA, tmp_path: Path, together: bool
) -> None:
    cert = tmp_path / "client.pem" if together else (tmp_path / "client.crt", tmp_path / "client.key")
    async with serving(keeping_alive(), server_tls(authority, ask_client=True)) as server:
        upstream = connect(server.url, ca_file=tmp_path / "ca.pem", client_cert=cert)
        assert (await upstream.send(CALL)).body == b"ok"


async def test_tls_with_an_unknown_authority(connect: Connect, authority: trustme.CA) -> None:
    async with serving(keeping_alive(), server_tls(authority)) as server:
        error = await fails(connect(server.url, api_key=SECRET), UpstreamUnreachable)
    assert "TLS" in str(error)
    assert server.requests == []


async def test_tls_for_another_host(connect: Connect, authority: trustme.CA, tmp_path: Path) -> None:
    async with serving(keeping_alive(), server_tls(authority, "elsewhere.test")) as server:
        error = await fails(connect(server.url, ca_file=tmp_path / "ca.pem"), UpstreamUnreachable)
    assert "TLS" in str(error)


async def test_tls_where_plain_http_is_spoken(connect: Connect) -> None:
    async def behave(peer: Peer) -> None:
        await peer.say(OK)
        await peer.client_gone()

    async with serving(behave) as server:
        await fails(connect(server.url.replace("http:", "https:")), UpstreamUnreachable)


async def test_certificate_files_are_looked_at_before_the_first_call(connect: Connect, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("")
    for settings in ({"ca_file": tmp_path / "absent.pem"}, {"client_cert": tmp_path / "empty.pem"}):
        with pytest.raises(ConfigurationError, match="'one'"):
            connect("https://127.0.0.1:1", **settings)


async def test_an_encrypted_key_is_refused_and_does_not_ask(
    connect: Connect, authority: trustme.CA, tmp_path: Path
) -> None:
    key = serialization.load_pem_private_key((tmp_path / "client.key").read_bytes(), None)
    locked = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"secret"),
    )
    (tmp_path / "locked.key").write_bytes(locked)
    with pytest.raises(ConfigurationError, match="`client_cert`"):
        connect("https://127.0.0.1:1", client_cert=(tmp_path / "client.crt", tmp_path / "locked.key"))
