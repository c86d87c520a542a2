"""Secrets, paths, variables and flags."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.config_file import ConfigError, load

from .written import ENVIRON, SECRET, VALID, findings_of, written


def test_secrets_come_from_files_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{SECRET}\n")
    text = VALID.replace("env:MAIN_KEY", "file:key").replace("env:ADMIN_TOKEN", f"file:{tmp_path}/key")
    config = load(written(tmp_path, text), {}).settings
    upstream = config.upstreams["main"]
    assert upstream.api_key is not None
    assert upstream.api_key.get_secret_value() == SECRET
    assert config.auth.admin_token is not None
    assert config.auth.admin_token.get_secret_value() == SECRET


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe", b"x" * 70_000], ids=["empty", "blank", "binary", "huge"])
def test_a_file_that_holds_no_secret_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    found = findings_of(tmp_path, VALID.replace("env:MAIN_KEY", "file:key"))
    assert [(item.key, item.line) for item in found] == [("upstreams.main.api_key", 17)]


def test_a_secret_that_no_header_can_carry_is_refused_unsaid(tmp_path: Path) -> None:
    found = findings_of(tmp_path, VALID, {**ENVIRON, "MAIN_KEY": f"{SECRET}\r\nx-evil: 1"})
    assert [item.key for item in found] == ["upstreams.main.api_key"]
    assert SECRET not in str(found[0])


def test_headers_may_be_references_or_plain(tmp_path: Path) -> None:
    text = VALID.replace("      x-team: blue", "      X-Team: blue\n      x-api-key: env:MAIN_KEY")
    upstream = load(written(tmp_path, text), ENVIRON).settings.upstreams["main"]
    assert upstream.transport_settings("main").headers == {"x-team": "blue", "x-api-key": SECRET}
    assert SECRET not in repr(upstream)


def test_relative_paths_start_at_the_file(tmp_path: Path) -> None:
    text = VALID.replace("    transport: httpx", "    ca_file: ca.pem\n    client_cert: [cert.pem, /etc/key.pem]")
    upstream = load(written(tmp_path, text), ENVIRON).settings.upstreams["main"]
    assert upstream.ca_file == tmp_path / "ca.pem"
    assert upstream.client_cert == (tmp_path / "cert.pem", Path("/etc/key.pem"))


def test_flag_beats_variable_beats_file_beats_default(tmp_path: Path) -> None:
    file = written(tmp_path, VALID)
    environ = {**ENVIRON, "GUARD__SERVER__PORT": "7000", "GUARD__SERVER__ADMIN_PORT": "7001"}
    server = load(file, environ, {"server.port": 6000}).settings.server
    assert (server.port, server.admin_port, server.drain_seconds, server.max_depth) == (6000, 7001, 2.5, 64)


def test_variables_reach_every_kind_of_place(tmp_path: Path) -> None:
    environ = {
        **ENVIRON,
        "GUARD__POLICIES__STRICT__MODE": "off",
        "GUARD__POLICIES__STRICT__SAMPLES__TEMPERATURE": "0.5",
        "GUARD__POLICIES__STRICT__SECOND_MODEL": "null",
        "GUARD__POLICIES__STRICT__ABSTAIN__MESSAGE": "Sorry: I don't know # really",
        "GUARD__ROUTES__0__MATCH__MODEL": "o*",
        "GUARD__ROUTES__1__NAME": "rest",
        "GUARD__UPSTREAMS__MAIN__HEADERS": "{x-team: red}",
        "GUARD__UPSTREAMS__MAIN__API_KEY": "env:ADMIN_TOKEN",
        "GUARD__AUTH__CLIENTS__BOB__MAY_TURN_OFF": "false",
        "GUARD__PASSTHROUGH": "[/v1/audio/*]",
        "GUARD__LOGS__CONTENT": "true",
        "GUARDED": "no business of ours",
        "GUARD_X": "nor this",
    }
    config = load(written(tmp_path, VALID), environ).settings
    strict = config.policies["strict"]
    assert (strict.mode, strict.samples.temperature, strict.samples.max) == ("off", 0.5, 12)
    assert strict.abstain.message == "Sorry: I don't know # really"
    assert [(route.match.model, route.name) for route in config.routes] == [("o*", "o*"), ("*", "rest")]
    assert config.upstreams["main"].transport_settings("m").headers == {"x-team": "red"}
    key = config.upstreams["main"].api_key
    assert key is not None
    assert key.get_secret_value() == ENVIRON["ADMIN_TOKEN"]
    assert [client.may_turn_off for client in config.auth.clients] == [False, False]
    assert (config.passthrough, config.logs.content) == (("/v1/audio/*",), True)


def test_names_with_dashes_are_reached(tmp_path: Path) -> None:
    text = "policies: {Very-Strict: {mode: shadow}}\n"
    config = load(written(tmp_path, text), {"GUARD__POLICIES__VERY_STRICT__MODE": "canary"}).settings
    assert {name: policy.mode for name, policy in config.policies.items()} == {
        "balanced": "enforce",
        "Very-Strict": "canary",
    }


def test_an_upstream_may_come_from_variables_alone() -> None:
    environ = {
        "GUARD__UPSTREAMS__MAIN__BASE_URL": "http://localhost:1234",
        "GUARD__UPSTREAMS__MAIN__API_KEY": "env:K",
        "K": SECRET,
    }
    config = load(None, environ).settings
    assert config.upstreams["main"].base_url == "http://localhost:1234/v1"
    assert [(route.match.model, route.upstream, route.policy) for route in config.routes] == [("*", "main", "balanced")]


@pytest.mark.parametrize(
    ("name", "value", "key", "suggestion"),
    [
        ("GUARD__SERVR__PORT", "1", "servr", "SERVER"),
        ("GUARD__SERVER__PROT", "1", "server.prot", "PORT"),
        ("GUARD__SERVER__PORT", "high", "server.port", None),
        ("GUARD__SERVER__PORT", "", "server.port", None),
        ("GUARD__SERVER__PORT__DEEPER", "1", "server.port.deeper", None),
        ("GUARD__SERVER", "[1", "", None),
        ("GUARD__", "1", "", None),
        ("GUARD__POLICIES__STRICT__TEMPERATURE", "1", "policies.strict.temperature", "SAMPLES__TEMPERATURE"),
        ("GUARD__POLICIES__STRICT__MODE", "enforc", "policies.strict.mode", "enforce"),
        ("GUARD__POLICIES__STRICT__JUDGE", "embedding", "policies.strict.judge", None),
        ("GUARD__ROUTES__7__POLICY", "strict", "routes.7", None),
        ("GUARD__ROUTES__0__POLICY", "strikt", "routes.0.policy", "strict"),
        ("GUARD__PASSTHROUGH__9", "/v1/x", "passthrough", None),
        ("GUARD__UPSTREAMS__MAIN__API_KEY", SECRET, "upstreams.main.api_key", None),
    ],
)
def test_a_mistake_in_a_variable_names_the_variable(
    tmp_path: Path, name: str, value: str, key: str, suggestion: str | None
) -> None:
    found = findings_of(tmp_path, VALID, {**ENVIRON, name: value})
    assert [(item.file, item.line, item.key, item.suggestion) for item in found] == [(name, None, key, suggestion)]
    assert str(found[0]).startswith(f"{name}: ")
    assert SECRET not in str(found[0])


def test_a_mistake_in_a_flag_names_the_key() -> None:
    with pytest.raises(ConfigError, match=r"^flag: server\.prot: unknown key; did you mean 'port'\?$"):
        load(None, {}, {"server.prot": 1})
    with pytest.raises(ConfigError, match=r"^flag: server\.host: '0\.0\.0\.0' can be reached by others"):
        load(None, {}, {"server.host": "0.0.0.0"})


def test_flags_may_hold_whole_groups() -> None:
    overrides = {
        "upstreams.only": {"base_url": "http://127.0.0.1:9"},
        "routes": [{"upstream": "only", "name": "all"}],
    }
    config = load(None, {}, overrides).settings
    assert (config.routes[0].name, config.upstreams["only"].base_url) == ("all", "http://127.0.0.1:9/v1")


def test_the_process_environment_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUARD__SERVER__PORT", "7123")
    assert load().settings.server.port == 7123
