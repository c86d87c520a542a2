"""What the settings refuse, and what they never show."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from guard.errors import ConfigurationError
from guard.transports import TRANSPORTS, TransportSettings, build_transport

from .asking import SECRET


def settings(**changed: Any) -> TransportSettings:
    return TransportSettings(**{"name": "one", "base_url": "https://model.test/v1", **changed})


def test_the_defaults() -> None:
    made = settings()
    assert made.timeouts.model_dump() == {"connect_seconds": 5, "idle_seconds": 600, "total_seconds": 900}
    assert made.limits.model_dump() == {
        "max_connections": 1024,
        "max_reply_bytes": 32 << 20,
        "max_header_bytes": 64 << 10,
    }
    assert (made.api_key, made.api_key_header, made.proxy) == (None, "authorization", None)
    assert settings(base_url="http://[::1]:8080/v1/").base_url == "http://[::1]:8080/v1"
    assert settings(headers={"X-Org": "a"}, api_key_header="X-API-Key").headers == {"x-org": "a"}


@pytest.mark.parametrize(
    "base_url",
    [
        "model.test/v1",
        "ftp://model.test",
        "https://",
        "https://user:SECRET@model.test",
        "https://SECRET@model.test",
        "https://model.test/v1?key=SECRET",
        "https://model.test/v1?",
        "https://model.test/v1#part",
        "https://model.test/v1 \r\nx: SECRET",
        "https://model.test\\@elsewhere.test",
        "https://model.test:0",
        "https://model.test:port",
        "https://[::1",
        "https://modèle.test",
    ],
)
def test_an_address_must_be_plain_and_complete(base_url: str) -> None:
    with pytest.raises(ValidationError) as caught:
        settings(base_url=base_url.replace("SECRET", SECRET))
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "changed",
    [
        {"headers": {"x": f"{SECRET}\r\ny: 1"}},
        {"headers": {f"x {SECRET}": "1"}},
        {"headers": {"Content-Length": SECRET}},
        {"headers": {"transfer-encoding": SECRET}},
        {"api_key": ""},
        {"api_key": f"{SECRET}\nx"},
        {"api_key_header": f"x {SECRET}"},
        {"proxy": f"socks5://user:{SECRET}@proxy.test"},
        {"proxy": f"proxy.test/{SECRET}"},
        {"timeouts": {"total_seconds": 0}},
        {"timeouts": {"idle_seconds": float("inf")}},
        {"limits": {"max_connections": 0}},
        {"unknown": SECRET},
    ],
)
def test_what_cannot_be_used_is_refused_without_being_shown(changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        settings(**changed)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("name", sorted(TRANSPORTS))
def test_no_secret_is_shown(name: str) -> None:
    made = settings(api_key=SECRET, headers={"x": SECRET}, query={"key": SECRET}, proxy=f"http://u:{SECRET}@proxy.test")
    upstream = build_transport(name, made)
    assert upstream.name == "one"
    assert "https://model.test/v1" in repr(upstream)
    for shown in (repr(made), str(made), repr(upstream), str(upstream)):
        assert SECRET not in shown


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        settings().name = "two"  # type: ignore[misc]


def test_an_unknown_transport_is_named_with_the_known_ones() -> None:
    with pytest.raises(ConfigurationError, match="no transport 'curl'; there are: aiohttp, httpx"):
        build_transport("curl", settings())
