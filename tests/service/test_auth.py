"""Who is calling."""

from __future__ import annotations

import hmac
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from service.auth import Clients, token_shown
from service.settings import AuthSettings, ClientSettings


def hashed(key: bytes) -> str:
    return sha256(key).hexdigest()


AUTH = AuthSettings(
    clients=(
        ClientSettings(name="alice", key_sha256=hashed(b"key-of-alice"), may_turn_off=True),
        ClientSettings(name="bob", key_sha256=hashed(b"key-of-bob")),
        ClientSettings(name="zoe", key_sha256=hashed("schlüssel".encode())),
    )
)
CLIENTS = Clients.from_settings(AUTH)


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ({"authorization": "Bearer key-of-alice"}, "alice"),
        ({"authorization": "bearer key-of-bob"}, "bob"),
        ({"authorization": "BEARER   key-of-bob "}, "bob"),
        ({"x-api-key": "key-of-bob"}, "bob"),
        ({"authorization": "Bearer of-the-upstream", "x-api-key": "key-of-bob"}, "bob"),
        ({"authorization": "Bearer key-of-alice", "x-api-key": "key-of-bob"}, "alice"),
        ({"authorization": "Bearer " + "schlüssel".encode().decode("latin-1")}, "zoe"),
        ({}, None),
        ({"authorization": ""}, None),
        ({"authorization": "Bearer"}, None),
        ({"authorization": "Bearer "}, None),
        ({"authorization": "Basic key-of-alice"}, None),
        ({"authorization": "key-of-alice"}, None),
        ({"authorization": "Bearer Key-Of-Alice"}, None),
        ({"authorization": "Bearer " + hashed(b"key-of-alice")}, None),
        ({"x-api-key": ""}, None),
        ({"x-api-key": "key-of-alice\x00"}, None),
    ],
)
def test_identify(headers: dict[str, str], name: str | None) -> None:
    assert CLIENTS.identify(headers) == name


def test_only_some_may_turn_the_guard_off() -> None:
    assert [CLIENTS.may_turn_off(name) for name in ("alice", "bob", "nobody", None)] == [
        True,
        False,
        False,
        False,
    ]


def test_without_clients_nobody_is_asked() -> None:
    nobody = Clients.from_settings(AuthSettings())
    assert (CLIENTS.required, nobody.required) == (True, False)
    assert nobody.identify({"authorization": "Bearer key-of-alice"}) is None


def test_every_hash_is_compared_whichever_matches(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work must not depend on which key is shown, or on whether one is right."""
    counted: list[int] = []
    real = hmac.compare_digest

    def counting(one: bytes, other: bytes) -> bool:
        counted.append(1)
        return real(one, other)

    monkeypatch.setattr(hmac, "compare_digest", counting)
    for key in ("key-of-alice", "key-of-bob", "wrong"):
        counted.clear()
        CLIENTS.identify({"authorization": f"Bearer {key}"})
        assert len(counted) == len(AUTH.clients)


@given(st.dictionaries(st.sampled_from(["authorization", "x-api-key"]), st.text() | st.text().map("Bearer {}".format)))
def test_no_header_breaks_it(headers: dict[str, str]) -> None:
    assert CLIENTS.identify(headers) is None
    assert not token_shown(SecretStr("the token"), headers)


@given(st.binary(min_size=1).filter(lambda raw: raw.strip() == raw))
def test_any_bytes_can_be_a_key(raw: bytes) -> None:
    clients = Clients.from_settings(AuthSettings(clients=(ClientSettings(name="it", key_sha256=hashed(raw)),)))
    assert clients.identify({"x-api-key": raw.decode("latin-1")}) == "it"


def test_no_key_and_no_hash_in_what_is_shown() -> None:
    assert hashed(b"key-of-alice") not in repr(CLIENTS)


@pytest.mark.parametrize(
    ("token", "headers", "allowed"),
    [
        (SecretStr("hush"), {"authorization": "Bearer hush"}, True),
        (SecretStr("hush"), {"x-api-key": "hush"}, True),
        (SecretStr("hush"), {"authorization": "Bearer hus"}, False),
        (SecretStr("hush"), {}, False),
        (None, {"authorization": "Bearer hush"}, False),
        (None, {}, False),
    ],
)
def test_the_admin_token(token: SecretStr | None, headers: dict[str, str], allowed: bool) -> None:
    assert token_shown(token, headers) is allowed
