"""What of a caller travels on to the upstream, who the caller is, and what it may ask of the guard."""

from __future__ import annotations

import time
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest

from guard.upstream import Call

from .conftest import Start
from .reading import decided, error_of, ours
from .running import RunningGuard, asking, guarding
from .scripts import agreeing, purpose_of
from .talking import talk

ALICE, BOB = "key-of-alice", "key-of-bob"
CLIENTS = {
    "clients": [
        {"name": "alice", "key_sha256": sha256(ALICE.encode()).hexdigest(), "may_turn_off": True},
        {"name": "bob", "key_sha256": sha256(BOB.encode()).hexdigest()},
    ]
}


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def header(call: Call, name: str) -> list[str]:
    return [value for key, value in call.headers if key == name]


@pytest.fixture(scope="module")
def open_to_all() -> Iterator[RunningGuard]:
    with guarding(agreeing()) as guard:
        yield guard


@pytest.fixture(scope="module")
def known_only() -> Iterator[RunningGuard]:
    with guarding(agreeing(), {"auth": CLIENTS}) as guard:
        yield guard


# Headers


def test_what_never_reaches_the_upstream(open_to_all: RunningGuard) -> None:
    sent = {
        "x-guard-explain": "1",
        "x-guard-decision": "answer",
        "x-guard-anything": "x",
        "connection": "keep-alive, X-Named, x-other",
        "x-named": "1",
        "x-other": "1",
        "keep-alive": "timeout=5",
        "te": "trailers",
        "trailer": "x-end",
        "upgrade": "h2c",
        "proxy-authorization": "Basic eA==",
        "proxy-connection": "keep-alive",
        "cookie": "session=1",
        "forwarded": "for=10.0.0.1",
        "via": "1.1 other",
        "x-forwarded-for": "10.0.0.1",
        "x-forwarded-host": "other",
        "x-forwarded-proto": "https",
        "x-real-ip": "10.0.0.1",
        "expect": "",
        "idempotency-key": "same",
        "accept-encoding": "gzip, br",
    }
    before = len(open_to_all.upstream.calls)
    assert open_to_all.ask(headers=sent).status_code == 200
    calls = open_to_all.upstream.calls[before:]
    assert {purpose_of(call) for call in calls} == {"candidate", "draw", "self_report", "second_way"}
    for call in calls:
        names = [name for name, _ in call.headers]
        assert set(names) & (set(sent) - {"connection", "accept-encoding"}) == set()
        assert set(header(call, "connection")) <= {"keep-alive"}
        assert header(call, "accept-encoding") == ["identity"]
        assert header(call, "host") == [open_to_all.upstream.url.removeprefix("http://").removesuffix("/v1")]
        assert header(call, "content-type") == ["application/json"]


def test_every_connection_header_names_what_ends_here(open_to_all: RunningGuard) -> None:
    body = b'{"model":"m","messages":[{"role":"user","content":"Which city?"}]}'
    head = b"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nconnection: x-one\r\nconnection: x-two, close\r\n"
    head += b"x-one: 1\r\nx-two: 2\r\nx-three: 3\r\ncontent-type: application/json\r\n"
    status, _ = talk(open_to_all.url, head + b"content-length: %d\r\n\r\n" % len(body) + body)
    assert status == 200
    names = {name for name, _ in open_to_all.upstream.calls[-1].headers}
    assert names & {"x-one", "x-two", "x-three"} == {"x-three"}


def test_what_does_travel(open_to_all: RunningGuard) -> None:
    sent = {"openai-organization": "org-1", "x-stainless-lang": "python", "user-agent": "own/1", "accept": "x/y"}
    before = len(open_to_all.upstream.calls)
    open_to_all.ask(headers=sent | bearer("sk-of-the-caller"))
    for call in open_to_all.upstream.calls[before:]:
        for name, value in (sent | bearer("sk-of-the-caller")).items():
            assert header(call, name) == [value]


def test_the_query_travels_with_every_call(open_to_all: RunningGuard) -> None:
    before = len(open_to_all.upstream.calls)
    reply = open_to_all.client().post("/v1/chat/completions?api-version=2026-01&x=%20", json=asking())
    assert decided(reply) == ("answer", "confident")
    assert {call.query for call in open_to_all.upstream.calls[before:]} == {"api-version=2026-01&x=%20"}


# Credentials


def test_without_a_key_of_its_own_the_upstream_gets_the_callers(start: Start) -> None:
    guard = start(agreeing())
    guard.ask(headers={"x-api-key": "k-1"} | bearer("sk-1"))
    for call in guard.upstream.calls:
        assert header(call, "authorization") == ["Bearer sk-1"]
        assert header(call, "x-api-key") == ["k-1"]


def test_with_a_key_of_its_own_the_upstream_gets_that(start: Start) -> None:
    guard = start(agreeing(), {"upstreams": {"main": {"api_key": "sk-of-the-owner"}}})
    guard.ask(headers={"x-api-key": "k-1", "api-key": "k-2"} | bearer("sk-1"))
    for call in guard.upstream.calls:
        assert header(call, "authorization") == ["Bearer sk-of-the-owner"]
        assert header(call, "x-api-key") + header(call, "api-key") == []


@pytest.mark.parametrize("shown", [bearer(BOB), {"x-api-key": BOB}])
def test_a_key_of_the_guards_own_never_travels(known_only: RunningGuard, shown: dict[str, str]) -> None:
    before = len(known_only.upstream.calls)
    assert known_only.ask(headers=shown).status_code == 200
    assert known_only.ask(headers=shown, stream=True).status_code == 200
    assert known_only.ask(headers=shown, tools=[{"type": "function"}]).status_code == 200
    assert known_only.client().get("/v1/models", headers=shown).status_code == 200
    calls = known_only.upstream.calls[before:]
    assert len(calls) >= 8
    assert not any(header(call, "authorization") + header(call, "x-api-key") for call in calls)


@pytest.mark.parametrize(
    "shown", [{}, bearer("wrong"), {"authorization": "Bearer"}, {"authorization": BOB}, {"x-api-key": "wrong"}]
)
@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/embeddings"])
def test_an_unknown_caller(known_only: RunningGuard, shown: dict[str, str], path: str) -> None:
    before = len(known_only.upstream.calls)
    reply = known_only.client().post(path, json=asking(), headers=shown)
    assert reply.status_code == 401
    error = error_of(reply)
    assert (error["type"], error["code"]) == ("authentication_error", "invalid_api_key")
    assert decided(reply) == ("error", "bad_request")
    assert len(known_only.upstream.calls) == before


def test_health_and_metrics_need_no_key(known_only: RunningGuard) -> None:
    for path in ("/livez", "/readyz", "/metrics"):
        assert known_only.client().get(path).status_code == 200


# The mode, by request


def test_some_may_turn_the_guard_off(known_only: RunningGuard) -> None:
    before = len(known_only.upstream.calls)
    reply = known_only.ask(headers={"x-guard-mode": "OFF"} | bearer(ALICE))
    assert decided(reply) == ("pass", "mode_off")
    assert ours(reply)["mode"] == "off"
    assert len(known_only.upstream.calls) == before + 1


def test_others_may_not(known_only: RunningGuard, open_to_all: RunningGuard) -> None:
    for guard, shown in ((known_only, bearer(BOB)), (open_to_all, bearer(ALICE)), (open_to_all, {})):
        before = len(guard.upstream.calls)
        reply = guard.ask(headers={"x-guard-mode": "off"} | shown)
        assert reply.status_code == 403
        error = error_of(reply)
        assert (error["type"], error["code"]) == ("permission_error", "mode_not_permitted")
        assert len(guard.upstream.calls) == before


@pytest.mark.parametrize("wish", ["shadow", "canary", "enforce", "none", ""])
def test_no_other_mode_can_be_wished_for(known_only: RunningGuard, wish: str) -> None:
    reply = known_only.ask(headers={"x-guard-mode": wish} | bearer(ALICE))
    assert decided(reply) == ("answer", "confident")
    assert ours(reply)["mode"] == "enforce"


def test_off_where_it_is_off_already(start: Start) -> None:
    guard = start(agreeing(), {"policies": {"balanced": {"mode": "off"}}})
    assert decided(guard.ask(headers={"x-guard-mode": "off"})) == ("pass", "mode_off")


# Routes


def routed(**keys: Any) -> dict[str, Any]:
    return {
        "upstreams": {"main": {"models": {"fast": "vendor/fast-1"}}},
        "routes": [
            {"match": {"model": "fast*"}, "upstream": "main", "policy": "loose", "name": "quick"},
            {"match": {"model": "gpt-*"}, "upstream": "main"},
        ],
        "policies": {"loose": {"mode": "off"}},
        **keys,
    }


def test_first_match_wins_and_aliases_are_replaced(start: Start) -> None:
    guard = start(agreeing(), routed())
    assert decided(guard.ask(model="fast")) == ("pass", "mode_off")
    assert guard.bodies()[0]["model"] == "vendor/fast-1"
    assert decided(guard.ask(model="gpt-5")) == ("answer", "confident")
    assert {body["model"] for body in guard.bodies()[1:]} == {"gpt-5"}
    assert [line["route"] for line in guard.log_lines if line["event"] == "request"] == ["quick", "gpt-*"]


@pytest.mark.parametrize("stream", [False, True])
def test_a_model_that_no_route_takes(start: Start, stream: bool) -> None:
    guard = start(agreeing(), routed())
    started = time.monotonic()
    reply = guard.ask(model="other" * 100, stream=stream)
    assert time.monotonic() - started < 2
    assert reply.status_code == 404
    error = error_of(reply)
    assert (error["type"], error["code"], error["param"]) == ("not_found_error", "model_not_found", "model")
    assert len(error["message"]) < 200
    assert guard.upstream.calls == []
