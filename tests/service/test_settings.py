"""The records of `guard.yaml`: defaults of the contract, checks between keys, what the transports get."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from guard.policy import Policy
from service.contradictions import Contradictions, is_loopback, nearest
from service.settings import (
    AuthSettings,
    ClientSettings,
    Match,
    RouteSettings,
    ServerSettings,
    Settings,
    UpstreamSettings,
)

MAIN = {"main": {"base_url": "http://localhost:1/v1"}}
TWO = {**MAIN, "second": {"base_url": "http://localhost:2/v1"}}


def refused(**given: Any) -> list[tuple[tuple[str | int, ...], str | None]]:
    """What does not fit together: the key to change, and the nearest name."""
    with pytest.raises(ValidationError) as caught:
        Settings.model_validate(given)
    (error,) = caught.value.errors()
    contradictions = error["ctx"]["error"]
    assert isinstance(contradictions, Contradictions)
    return [(item.path, item.suggestion) for item in contradictions.items]


def test_the_defaults_are_the_contract() -> None:
    config = Settings()
    assert (config.server.host, config.server.port, config.server.admin_port) == ("127.0.0.1", 8080, 8081)
    assert (config.server.max_body_bytes, config.server.drain_seconds) == (16_777_216, 20)
    assert (config.server.max_depth, config.server.max_inflight) == (64, 512)
    assert config.auth == AuthSettings(clients=(), admin_token=None, allow_public_without_auth=False)
    assert (config.upstreams, config.routes) == ({}, ())
    assert config.policies == {"balanced": Policy()}
    assert (config.store.url, config.cache.url) == (None, None)
    assert (config.logs.content, config.logs.retention_days, config.metrics.enabled) == (False, 30, True)
    assert config.passthrough == ("/v1/models", "/v1/models/*", "/v1/embeddings")


def test_everything_is_frozen_and_closed() -> None:
    config = Settings()
    with pytest.raises(ValidationError, match="frozen"):
        config.server = ServerSettings()  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        config.server.port = 1  # type: ignore[misc]
    with pytest.raises(ValidationError, match="Extra inputs"):
        Settings.model_validate({"servers": {}})


def test_the_balanced_policy_is_always_there() -> None:
    config = Settings.model_validate({"policies": {"strict": {"preset": "careful"}}})
    assert set(config.policies) == {"balanced", "strict"}
    assert config.policies["balanced"] == Policy()
    assert config.policies["strict"].samples.max == 10
    own = Settings.model_validate({"policies": {"balanced": {"mode": "shadow"}}})
    assert own.policies["balanced"].mode == "shadow"


@pytest.mark.parametrize(
    ("written", "effective"),
    [
        ("https://api.example.org", "https://api.example.org/v1"),
        ("https://api.example.org/", "https://api.example.org/v1"),
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1"),
        ("https://api.example.org/v1/", "https://api.example.org/v1"),
        ("https://api.example.org/openai/v2", "https://api.example.org/openai/v2"),
    ],
)
def test_a_base_without_path_is_version_one(written: str, effective: str) -> None:
    assert UpstreamSettings(base_url=written).base_url == effective


@pytest.mark.parametrize(
    "base_url", ["", "example.org", "ftp://x", "http://", "http://u:p@x", "http://x?q=1", "http://x y"]
)
def test_a_base_that_is_no_address_is_refused_unsaid(base_url: str) -> None:
    with pytest.raises(ValidationError) as caught:
        UpstreamSettings(base_url=base_url)
    assert "u:p" not in str(caught.value)


def test_only_the_dialect_that_is_here() -> None:
    with pytest.raises(ValidationError):
        UpstreamSettings.model_validate({"base_url": "http://x", "dialect": "anthropic"})


def test_a_transport_gets_everything_it_needs() -> None:
    upstream = UpstreamSettings.model_validate(
        {
            "base_url": "https://api.example.org",
            "api_key": "the-key",
            "api_key_header": "Api-Key",
            "headers": {"X-Team": "blue"},
            "query": {"api-version": "2024"},
            "proxy": "http://me:pw@proxy:3128",
            "ca_file": "/etc/ca.pem",
            "client_cert": ["/etc/cert.pem", "/etc/key.pem"],
            "timeouts": {"total_seconds": 60},
            "limits": {"max_connections": 7},
            "models": {"small": "small-2024"},
        }
    )
    transport = upstream.transport_settings("main")
    assert (transport.name, transport.base_url) == ("main", "https://api.example.org/v1")
    assert transport.api_key is not None
    assert transport.api_key.get_secret_value() == "the-key"
    assert (transport.api_key_header, transport.headers) == ("api-key", {"x-team": "blue"})
    assert (transport.query, transport.proxy) == ({"api-version": "2024"}, "http://me:pw@proxy:3128")
    assert (transport.ca_file, transport.client_cert) == (
        Path("/etc/ca.pem"),
        (Path("/etc/cert.pem"), Path("/etc/key.pem")),
    )
    assert (transport.timeouts.total_seconds, transport.limits.max_connections) == (60, 7)
    assert upstream.upstream_model("small") == "small-2024"
    assert upstream.upstream_model("other") == "other"
    assert "the-key" not in repr(upstream)
    assert "pw" not in repr(upstream)
    assert "blue" not in repr(upstream)


@pytest.mark.parametrize(
    "bad",
    [
        {"headers": {"x team": "blue"}},
        {"headers": {"x-team": "blue\r\nx-evil: 1"}},
        {"api_key": "two\nlines"},
        {"api_key_header": "not a header"},
        {"proxy": "socks://x"},
        {"transport": "curl"},
        {"timeouts": {"total_seconds": 0}},
        {"limits": {"max_connections": -1}},
    ],
)
def test_what_no_transport_can_use_is_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        UpstreamSettings.model_validate({"base_url": "http://x", **bad})


def test_the_first_route_that_matches_wins() -> None:
    routes = [
        {"match": {"model": "gpt-4o*"}, "upstream": "main"},
        {"match": {"model": "[og]*"}, "upstream": "second"},
    ]
    config = Settings.model_validate({"upstreams": TWO, "routes": routes})
    chosen = {model: config.route_for(model) for model in ("gpt-4o-mini", "gpt-5", "o3", "GPT-4o", "claude")}
    assert {model: route and route.upstream for model, route in chosen.items()} == {
        "gpt-4o-mini": "main",
        "gpt-5": "second",
        "o3": "second",
        "GPT-4o": None,
        "claude": None,
    }


def test_a_single_upstream_implies_its_route() -> None:
    config = Settings.model_validate({"upstreams": MAIN})
    assert config.routes == (RouteSettings(match=Match(), upstream="main", policy="balanced", name="default"),)
    assert config.route_for("anything at all") == config.routes[0]


def test_every_route_has_a_name_of_its_own() -> None:
    routes = [
        {"match": {"model": "a*"}, "upstream": "main"},
        {"match": {"model": "a*"}, "upstream": "main"},
        {"upstream": "main", "name": "default"},
        {"upstream": "main"},
    ]
    config = Settings.model_validate({"upstreams": MAIN, "routes": routes})
    assert [route.name for route in config.routes] == ["a*", "a*-2", "default", "default-4"]


@given(st.lists(st.sampled_from(["*", "a*", "b?", "default"]), min_size=1, max_size=8))
def test_derived_names_never_clash(patterns: list[str]) -> None:
    routes = [{"match": {"model": pattern}, "upstream": "main"} for pattern in patterns]
    config = Settings.model_validate({"upstreams": MAIN, "routes": routes})
    assert len({route.name for route in config.routes}) == len(patterns)


def test_names_that_nothing_answers_to() -> None:
    assert refused(upstreams=MAIN, routes=[{"upstream": "mian"}]) == [(("routes", 0, "upstream"), "main")]
    assert refused(routes=[{"upstream": "main"}]) == [(("routes", 0, "upstream"), None)]
    assert refused(
        upstreams=MAIN,
        routes=[{"upstream": "main", "policy": "balanced"}, {"upstream": "main", "policy": "Balancd"}],
    ) == [(("routes", 1, "policy"), "balanced")]
    assert refused(upstreams=TWO) == [(("routes",), None)]


def test_things_said_twice() -> None:
    twice = [{"upstream": "main", "name": "a"}, {"upstream": "main", "name": "a"}]
    assert refused(upstreams=MAIN, routes=twice) == [(("routes", 1, "name"), None)]
    clients = [{"name": "a", "key_sha256": "0" * 64}, {"name": "a", "key_sha256": "0" * 64}]
    assert refused(auth={"clients": clients}) == [
        (("auth", "clients", 1, "name"), None),
        (("auth", "clients", 1, "key_sha256"), None),
    ]
    assert refused(server={"port": 9, "admin_port": 9}) == [(("server", "admin_port"), None)]
    assert Settings.model_validate({"server": {"port": 0, "admin_port": 0}}).server.admin_port == 0


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "guard.example.org", "localhost.example.org"])
def test_no_public_port_without_callers(host: str) -> None:
    assert refused(server={"host": host}) == [(("server", "host"), None)]
    client = {"name": "a", "key_sha256": "0" * 64}
    assert Settings.model_validate({"server": {"host": host}, "auth": {"clients": [client]}}).server.host == host
    open_door = {"allow_public_without_auth": True}
    assert Settings.model_validate({"server": {"host": host}, "auth": open_door}).server.host == host


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_loopback_needs_no_callers(host: str) -> None:
    assert is_loopback(host)
    assert Settings.model_validate({"server": {"host": host}}).server.host == host


@pytest.mark.parametrize("name", ["a b", "", "-x", "a\nb", "é", "x" * 65])
def test_names_are_safe_as_headers_and_labels(name: str) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({"policies": {name: {}}})
    with pytest.raises(ValidationError):
        Settings.model_validate({"upstreams": {name: MAIN["main"]}})
    with pytest.raises(ValidationError):
        ClientSettings(name=name, key_sha256="0" * 64)


@pytest.mark.parametrize("key", ["", "0" * 63, "0" * 65, "G" * 64, "A" * 64, "sk-live-1"])
def test_a_clients_key_is_a_hash(key: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ClientSettings(name="a", key_sha256=key)
    assert "sk-live" not in str(caught.value)


@pytest.mark.parametrize("path", ["/admin", "v1/models", "/v1/../admin", "/v1/x?y=1", "/v2/x", ""])
def test_passthrough_stays_below_v1(path: str) -> None:
    with pytest.raises(ValidationError):
        Settings(passthrough=(path,))


def test_secrets_stay_unsaid() -> None:
    config = Settings.model_validate(
        {
            "auth": {"admin_token": SecretStr("hush")},
            "upstreams": {"main": {"base_url": "http://x", "api_key": "hush"}},
        }
    )
    for shown in (repr(config), str(config), config.model_dump_json()):
        assert "hush" not in shown


def test_the_nearest_name() -> None:
    assert nearest("sampels", ["samples", "signals"]) == "samples"
    assert nearest("ADMIN-PORT", ["port", "admin_port"]) == "admin_port"
    assert nearest("zzz", ["samples"]) is None
    assert nearest("samples", []) is None
