"""Shadow: released at once and judged afterwards. Canary: each caller always on the same side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from guard.upstream import Reply
from service.admission import in_canary
from service.deployment import deploy
from service.incoming import credential_of
from service.serving import MAX_SHADOWS
from service.settings import Settings

from .conftest import Start
from .reading import decided, events, ours, words_of
from .running import RunningGuard, eventually
from .scripts import Gate, agreeing, by_purpose, disagreeing, held


def shadow(fraction: float = 1.0, **keys: Any) -> dict[str, Any]:
    return {"policies": {"balanced": {"mode": "shadow", "shadow": {"fraction": fraction, **keys}}}}


def would_abstain(guard: RunningGuard) -> float:
    return guard.metric("guard_would_abstain_total", route="default", reason="low_agreement")


def lines(guard: RunningGuard, event: str) -> list[dict[str, Any]]:
    return [line for line in guard.log_lines if line["event"] == event]


# Released at once


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
def test_released_before_anything_else_is_asked(start: Start, stream: bool) -> None:
    gate = Gate()
    guard = start(held(disagreeing(), gate, "draw", "self_report", "second_way"), shadow())
    reply = guard.ask(stream=stream)
    assert decided(reply) == ("pass", "shadow")
    assert words_of(reply) == "Paris"
    assert ours(reply).keys() == {"id", "decision", "reason", "mode", "policy", "calibration"}
    assert ours(reply)["mode"] == "shadow"
    eventually(lambda: guard.metric("guard_inflight") == 0)
    eventually(lambda: gate.waiting == 2)  # the two looks; the draws come after them
    assert would_abstain(guard) == 0
    assert lines(guard, "shadow") == []
    gate.open()
    eventually(lambda: would_abstain(guard) == 1)
    (line,) = lines(guard, "shadow")
    assert (line["id"], line["would"], line["would_reason"]) == (ours(reply)["id"], "abstain", "low_agreement")
    (request,) = lines(guard, "request")
    assert (request["decision"], request["reason"], request["mode"]) == ("pass", "shadow", "shadow")
    labels = {"route": "default", "dialect": "openai_chat", "mode": "shadow", "decision": "pass", "reason": "shadow"}
    assert guard.metric("guard_requests_total", **labels) == 1
    assert guard.serving.recent.newest(1)[0]["would"] == "abstain"
    assert guard.metric("guard_samples_total", route="default", outcome="used") == 4


def test_the_bytes_are_the_upstreams(start: Start) -> None:
    body = b' {"choices": [{"index":0,"message":{"role":"assistant","content":"Paris"},"finish_reason":"stop"}]} '
    guard = start(by_purpose(candidate=Reply(200, (("content-type", "application/json"),), body)), shadow())
    assert guard.ask(headers={"x-guard-explain": "1"}).content == body


def test_an_answer_that_would_have_been_released(start: Start) -> None:
    guard = start(agreeing(), shadow())
    guard.ask()
    eventually(lambda: lines(guard, "shadow") != [])
    assert lines(guard, "shadow")[0]["would"] == "answer"
    assert b"guard_would_abstain_total{" not in guard.serving.metrics.text()


def test_only_the_share_asked_for_is_judged(start: Start) -> None:
    guard = start(agreeing(), shadow(0.1))
    for chance, judged in ((0.5, 0), (0.1, 0), (0.0999, 1), (0.0, 2)):
        guard.serving.chance = lambda chance=chance: chance
        guard.ask()
        eventually(lambda: not guard.serving.shadows)
        assert len(lines(guard, "shadow")) == judged


def test_a_reply_that_cannot_be_judged_is_counted(start: Start) -> None:
    page = Reply(200, (("content-type", "text/html"),), b"<html>")
    guard = start(lambda _: page, shadow())
    assert guard.ask().content == b"<html>"
    eventually(lambda: guard.metric("guard_failures_total", route="default", stage="shadow", outcome="unreadable") == 1)
    broken = start(lambda _: Reply(200, (("content-type", "text/event-stream"),), b"data: {}\n\n"), shadow())
    assert "error" in events(broken.ask(stream=True).content)[-1]
    assert lines(broken, "shadow") == []


def test_a_refusal_is_passed_and_not_judged(start: Start) -> None:
    guard = start(lambda _: Reply(429, (("retry-after", "3"),), b"slow"), shadow())
    reply = guard.ask()
    assert (reply.status_code, reply.content, reply.headers["retry-after"]) == (429, b"slow", "3")
    assert len(guard.upstream.calls) == 1


def test_shadows_never_queue(start: Start) -> None:
    gate = Gate()
    guard = start(held(disagreeing(), gate, "draw", "self_report", "second_way"), shadow())
    for _ in range(MAX_SHADOWS + 2):
        assert decided(guard.ask()) == ("pass", "shadow")
    assert guard.metric("guard_shed_total", reason="shadow") == 2
    gate.open()
    eventually(lambda: would_abstain(guard) == MAX_SHADOWS)


def test_a_stop_ends_the_shadows(start: Start) -> None:
    gate = Gate()
    guard = start(held(agreeing(), gate, "draw", "self_report", "second_way"), shadow())
    guard.ask()
    eventually(lambda: gate.waiting == 2)
    guard.__exit__()  # must neither wait for the judgement nor complain of it
    assert not guard.serving.shadows


# Judged first, where the owner wants to wait


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
def test_waiting_says_what_would_have_been(start: Start, stream: bool) -> None:
    guard = start(disagreeing(), shadow(0.0, wait=True))
    reply = guard.ask(stream=stream)
    assert decided(reply) == ("pass", "shadow")
    assert ours(reply)["would"] == "abstain"
    assert words_of(reply) == "Paris"
    assert would_abstain(guard) == 1
    assert lines(guard, "request")[0]["would_reason"] == "low_agreement"
    explained = guard.ask(headers={"x-guard-explain": "1"}).json()
    assert explained["guard"]["would"] == {"decision": "abstain", "reason": "low_agreement"}
    assert explained["choices"][0]["message"]["content"] == "Paris"


# Canary


def canary(percent: float) -> dict[str, Any]:
    return {"policies": {"balanced": {"mode": "canary", "canary": {"percent": percent}}}}


def test_a_caller_stays_on_its_side(start: Start) -> None:
    guard = start(disagreeing(), canary(50))
    arms: dict[str, set[str]] = {}
    for turn in range(3):
        for number in range(20):
            reply = guard.ask(headers={"authorization": f"Bearer key-{number}"}, stream=turn == 1)
            arms.setdefault(f"key-{number}", set()).add(f"{ours(reply)['mode']} {ours(reply)['decision']}")
    assert all(len(seen) == 1 for seen in arms.values())
    assert {arm for seen in arms.values() for arm in seen} == {"enforce abstain", "shadow pass"}


@pytest.mark.parametrize(("percent", "mode"), [(0, "shadow"), (100, "enforce")])
def test_nobody_and_everybody(start: Start, percent: float, mode: str) -> None:
    guard = start(agreeing(), canary(percent))
    assert {ours(guard.ask(headers={"x-api-key": f"k{number}"}))["mode"] for number in range(8)} == {mode}
    assert ours(guard.ask())["mode"] == mode


def test_the_share_is_kept_and_routes_are_independent() -> None:
    settings = Settings.model_validate(
        {
            "upstreams": {"a": {"base_url": "http://localhost"}},
            "routes": [{"upstream": "a", "name": "one"}, {"upstream": "a", "name": "two"}],
            **canary(30),
        }
    )
    one, two = deploy(settings, Path()).routes
    first = [in_canary(f"{number}", one) for number in range(5000)]
    second = [in_canary(f"{number}", two) for number in range(5000)]
    assert sum(first) / 5000 == pytest.approx(0.3, abs=0.03)
    both = sum(a and b for a, b in zip(first, second, strict=True)) / 5000
    assert both == pytest.approx(0.09, abs=0.02)
    assert first == [in_canary(f"{number}", one) for number in range(5000)]


def test_the_handle_of_a_caller_is_no_key() -> None:
    def handle(*headers: tuple[bytes, bytes]) -> str:
        return credential_of(Request({"type": "http", "headers": list(headers), "client": ("10.0.0.1", 5)}))

    assert "secret" not in handle((b"authorization", b"Bearer secret"))
    assert handle((b"authorization", b"Bearer a")) == handle((b"authorization", b"Bearer a"), (b"x-other", b"1"))
    assert len({handle(), handle((b"authorization", b"Bearer a")), handle((b"x-api-key", b"a"))}) == 3
