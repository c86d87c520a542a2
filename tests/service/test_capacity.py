"""Over capacity: 503 at once, with the time to try again; health and metrics always answer."""

from __future__ import annotations

import threading
import time
from typing import Any

import openai
import pytest

from .conftest import Start
from .reading import decided, error_of
from .running import RunningGuard, asking, eventually
from .scripts import Gate, agreeing, held

TWO = {"server": {"max_inflight": 2}}


def fill(guard: RunningGuard, gate: Gate, **body: Any) -> list[threading.Thread]:
    """Two requests that wait for the model."""
    threads = [threading.Thread(target=guard.ask, kwargs=body) for _ in range(2)]
    for thread in threads:
        thread.start()
    eventually(lambda: gate.waiting >= 2)
    return threads


@pytest.mark.parametrize(
    ("settings", "stream"),
    [
        ({}, False),
        ({}, True),
        ({"policies": {"balanced": {"stream_hold_seconds": 0}}}, True),
        ({"policies": {"balanced": {"mode": "off"}}}, False),
        ({"policies": {"balanced": {"mode": "off"}}}, True),
    ],
    ids=["plain", "streamed, held", "streamed, pending", "passed", "passed, streamed"],
)
def test_one_too_many(start: Start, settings: dict[str, Any], stream: bool) -> None:
    gate = Gate()
    guard = start(held(agreeing(), gate, "candidate"), {**settings, **TWO})
    threads = fill(guard, gate, stream=stream)
    assert guard.metric("guard_inflight") == 2
    before = len(guard.upstream.calls)
    started = time.monotonic()
    reply = guard.ask(stream=stream)
    assert time.monotonic() - started < 10  # at once, not after a place is free; a starved machine is slow
    assert reply.status_code == 503
    assert reply.headers["retry-after"] == "1"
    error = error_of(reply)
    assert (error["type"], error["code"]) == ("server_error", "overloaded")
    assert decided(reply) == ("error", "overloaded")
    for path in ("/livez", "/readyz", "/readyz?verbose", "/metrics"):
        assert guard.client().get(path).status_code == 200
    assert guard.client(base_url=guard.admin_url).get("/admin/decisions").status_code == 200
    assert guard.metric("guard_shed_total", reason="capacity") == 1
    assert len(guard.upstream.calls) == before
    gate.open()
    for thread in threads:
        thread.join()
    eventually(lambda: guard.metric("guard_inflight") == 0)
    assert guard.ask(stream=stream).status_code == 200


def test_a_stream_counts_to_its_last_byte(start: Start) -> None:
    """A stream whose headers are out still costs what it costs."""
    gate = Gate()
    settings = {"policies": {"balanced": {"stream_hold_seconds": 0}}, **TWO}
    guard = start(held(agreeing(), gate, "draw"), settings)
    with guard.client().stream("POST", "/v1/chat/completions", json=asking(stream=True)) as first:
        assert first.headers["x-guard-decision"] == "pending"
        assert guard.metric("guard_inflight") == 1
        with guard.client().stream("POST", "/v1/chat/completions", json=asking(stream=True)):
            assert guard.ask().status_code == 503
        eventually(lambda: guard.metric("guard_inflight") == 1)
        gate.open()
        first.read()
    eventually(lambda: guard.metric("guard_inflight") == 0)


def test_other_paths_count_too(start: Start) -> None:
    gate = Gate()
    guard = start(held(agreeing(), gate, "candidate"), TWO)
    threads = fill(guard, gate)
    reply = guard.client().get("/v1/models")
    assert (reply.status_code, error_of(reply)["code"]) == (503, "overloaded")
    assert reply.headers["retry-after"] == "1"
    gate.open()
    for thread in threads:
        thread.join()


def test_a_bad_request_leaves_its_place(start: Start) -> None:
    guard = start(agreeing(), {"server": {"max_inflight": 1}})
    for body in ({"n": 0}, {"messages": []}, {"model": ""}):
        assert guard.ask(**body).status_code == 400
    assert guard.ask().status_code == 200
    assert guard.metric("guard_inflight") == 0


def test_the_real_client_tries_again(start: Start) -> None:
    gate = Gate()
    guard = start(held(agreeing(), gate, "candidate"), TWO)
    threads = fill(guard, gate)
    with pytest.raises(openai.InternalServerError, match="at capacity"):
        guard.openai().chat.completions.create(**asking())
    threading.Timer(0.2, gate.open).start()
    client = guard.openai().with_options(max_retries=3)
    assert client.chat.completions.create(**asking()).choices[0].message.content == "Paris"
    for thread in threads:
        thread.join()
