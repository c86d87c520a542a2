"""Health, the admin port, the last decisions, and labels for them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

import guard as library
from service.serving import Serving
from service.store import Recent

from .conftest import Start
from .reading import error_of, ours
from .running import RunningGuard, eventually, post
from .scripts import agreeing, disagreeing

TOKEN = "admin-token-0815"
SECRETS = {"api_key": "sk-secret-1", "headers": {"x-own": "secret-2"}, "query": {"own": "secret-3"}}
PUBLIC = {"server": {"host": "0.0.0.0"}, "auth": {"allow_public_without_auth": True}}


def admin(guard: RunningGuard, path: str, **headers: str) -> Any:
    return guard.client(base_url=guard.admin_url).get(path, headers=headers)


# Health


@pytest.mark.parametrize("port", ["proxy", "admin"])
def test_health(start: Start, port: str) -> None:
    guard = start(agreeing(), {"policies": {"balanced": {"mode": "shadow"}}})
    http = guard.client(base_url=guard.url if port == "proxy" else guard.admin_url)
    assert (http.get("/livez").status_code, http.get("/livez").text) == (200, "ok\n")
    assert (http.get("/readyz").status_code, http.get("/readyz").text) == (200, "ok\n")
    assert http.get("/readyz?verbose").json() == {
        "ready": True,
        "version": library.__version__,
        "routes": [
            {
                "route": "default",
                "upstream": "main",
                "policy": "balanced",
                "mode": "shadow",
                "calibration": "prior",
                "disarmed": False,
                "notice": "no calibration: the shipped prior decides, a promise to nobody",
            }
        ],
    }
    guard.serving.draining = True
    assert (http.get("/readyz").status_code, http.get("/readyz").text) == (503, "draining\n")
    assert (http.get("/readyz?verbose").status_code, http.get("/readyz?verbose").json()["ready"]) == (503, False)
    assert http.get("/livez").status_code == 200


def test_health_asks_nobody(start: Start) -> None:
    guard = start(agreeing())
    for path in ("/livez", "/readyz", "/readyz?verbose", "/metrics"):
        guard.client().get(path)
    assert guard.upstream.calls == []


# Who may look


def test_on_loopback_without_a_token(start: Start) -> None:
    guard = start(agreeing())
    for path in ("/admin/decisions", "/admin/settings"):
        assert admin(guard, path).status_code == 200


def test_off_loopback_without_a_token(start: Start) -> None:
    guard = start(agreeing(), PUBLIC)
    for path in ("/admin/decisions", "/admin/settings"):
        for headers in ({}, {"authorization": "Bearer"}, {"authorization": "Bearer None"}, {"x-api-key": ""}):
            reply = admin(guard, path, **headers)
            assert reply.status_code == 401
            assert error_of(reply)["type"] == "authentication_error"
    assert admin(guard, "/readyz").status_code == 200


@pytest.mark.parametrize("settings", [{}, PUBLIC])
def test_with_a_token(start: Start, settings: dict[str, Any]) -> None:
    auth = {**settings.get("auth", {}), "admin_token": TOKEN}
    guard = start(agreeing(), {**settings, "auth": auth})
    for path in ("/admin/decisions", "/admin/settings"):
        assert admin(guard, path).status_code == 401
        assert admin(guard, path, authorization=f"Bearer {TOKEN}x").status_code == 401
        assert admin(guard, path, authorization=TOKEN).status_code == 401
        assert admin(guard, path, authorization=f"Bearer {TOKEN}").status_code == 200
        assert admin(guard, path, **{"x-api-key": TOKEN}).status_code == 200


def test_the_proxys_port_has_no_admin_pages(start: Start) -> None:
    guard = start(agreeing())
    for path in ("/admin/decisions", "/admin/settings", "/ui"):
        assert guard.client().get(path).status_code == 404


# What is shown


def test_the_settings_without_their_secrets(start: Start) -> None:
    auth = {
        "admin_token": TOKEN,
        "clients": [{"name": "alice", "key_sha256": sha256(b"key-of-alice").hexdigest()}],
    }
    proxy = "http://user:secret-4@127.0.0.1:9"
    guard = start(agreeing(), {"upstreams": {"main": {**SECRETS, "proxy": proxy}}, "auth": auth})
    reply = admin(guard, "/admin/settings", authorization=f"Bearer {TOKEN}")
    shown = reply.json()
    assert shown["policies"]["balanced"]["mode"] == "enforce"
    assert shown["auth"]["clients"][0]["name"] == "alice"
    assert shown["upstreams"]["main"]["base_url"] == guard.upstream.url
    assert set(shown["upstreams"]["main"]["headers"]) == {"x-own"}
    for secret in ("sk-secret-1", "secret-2", "secret-3", "secret-4", TOKEN, "key-of-alice"):
        assert secret not in reply.text


def test_the_last_decisions(start: Start) -> None:
    guard = start(disagreeing("Atlantis"))
    ids = [ours(guard.ask("Where is Atlantis?", stream=number == 1))["id"] for number in range(3)]
    guard.ask(tools=[{"type": "function"}])  # not judged: nothing was decided
    decisions = admin(guard, "/admin/decisions").json()
    assert [decision["id"] for decision in decisions] == ids[::-1]
    one = decisions[0]
    assert one.keys() == {
        "id", "at", "route", "policy", "model", "mode", "decision", "reason", "would", "confidence", "threshold",
        "samples_used", "samples_asked", "tokens",
    }  # fmt: skip
    assert (one["decision"], one["reason"], one["would"]) == ("abstain", "low_agreement", None)
    assert (one["route"], one["policy"], one["model"], one["mode"]) == ("default", "balanced", "m", "enforce")
    assert (one["samples_used"], one["samples_asked"]) == (4, 4)
    assert 0 <= one["confidence"] < one["threshold"] <= 1
    assert "Atlantis" not in admin(guard, "/admin/decisions").text
    assert [d["id"] for d in admin(guard, "/admin/decisions?most=2").json()] == ids[:0:-1]


@pytest.mark.parametrize("most", ["0", "1001", "-1", "x", "1e3", ""])
def test_how_many_is_checked(start: Start, most: str) -> None:
    reply = admin(start(agreeing()), f"/admin/decisions?most={most}")
    assert reply.status_code == 422
    assert error_of(reply)["param"] == "most"


def test_what_is_kept_is_bounded(start: Start) -> None:
    guard = start(agreeing())
    guard.serving.recent = Recent(kept=3)
    ids = [ours(guard.ask())["id"] for _ in range(5)]
    assert [decision["id"] for decision in guard.serving.recent.newest(10)] == ids[:1:-1]
    assert guard.serving.recent.find(ids[4]) is not None
    assert guard.serving.recent.find(ids[0]) is None


# Labels


def label(guard: RunningGuard, id_: object, word: object, **headers: str) -> Any:
    return post(f"{guard.url}/v1/guard/feedback", {"id": id_, "label": word}, headers)


def test_labels(start: Start) -> None:
    guard = start(agreeing())
    id_ = ours(guard.ask(headers={"authorization": "Bearer a"}))["id"]
    for word in ("correct", "wrong", "should_abstain", "should_answer"):
        reply = label(guard, id_, word, authorization="Bearer a")
        assert (reply.status_code, reply.json()) == (200, {"id": id_, "label": word})
        assert guard.metric("guard_feedback_total", route="default", label=word) == 1
    for headers in ({"authorization": "Bearer b"}, {"x-api-key": "a"}, {}):
        reply = label(guard, id_, "correct", **headers)
        assert (reply.status_code, error_of(reply)["code"]) == (403, "not_yours")
    reply = label(guard, "g-0", "correct", authorization="Bearer a")
    assert (reply.status_code, error_of(reply)["param"]) == (404, "id")
    for word in ("right", "", None, 1, [], "CORRECT"):
        reply = label(guard, id_, word, authorization="Bearer a")
        assert (reply.status_code, error_of(reply)["param"]) == (400, "label")
    for bad in (None, 5, [], {}):
        reply = label(guard, bad, "correct", authorization="Bearer a")
        assert (reply.status_code, error_of(reply)["param"]) == (400, "id")
    reply = post(f"{guard.url}/v1/guard/feedback", {"id": "x" * 5000, "label": "correct"})
    assert (reply.status_code, error_of(reply)["code"]) == (413, "request_too_large")
    assert guard.metric("guard_feedback_total", route="default", label="correct") == 1


def test_a_label_needs_a_key_where_requests_do(start: Start) -> None:
    client = {"name": "alice", "key_sha256": sha256(b"k").hexdigest()}
    guard = start(agreeing(), {"auth": {"clients": [client]}})
    id_ = ours(guard.ask(headers={"authorization": "Bearer k"}))["id"]
    assert label(guard, id_, "correct").status_code == 401
    assert label(guard, id_, "correct", authorization="Bearer k").status_code == 200


def test_a_shadows_verdict_can_be_labelled(start: Start) -> None:
    guard = start(disagreeing(), {"policies": {"balanced": {"mode": "shadow", "shadow": {"fraction": 1}}}})
    id_ = ours(guard.ask())["id"]
    serving: Serving = guard.serving
    eventually(lambda: serving.recent.find(id_) is not None)
    assert label(guard, id_, "should_answer").status_code == 200
