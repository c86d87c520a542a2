"""Stopping a real process: what is under way is finished, the exit code is 0, and nothing is lost on the way."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
import orjson
import pytest

from guard.errors import ConfigurationError
from service.server import bind

from .processes import Served, answers, serving
from .reading import decided, error_of, events, words_of
from .running import asking, eventually, post, scripted
from .scripts import Gate, agreeing, held


class Asking(threading.Thread):
    """A request in the background; `reply` is what came of it."""

    def __init__(self, url: str, **body: Any) -> None:
        super().__init__()
        self._url = url
        self._body = body
        self.reply: httpx.Response | None = None
        self.error: httpx.HTTPError | None = None

    def run(self) -> None:
        try:
            self.reply = post(f"{self._url}/v1/chat/completions", asking(**self._body))
        except httpx.HTTPError as error:
            self.error = error


def is_clean(served: Served) -> bool:
    """Is standard error nothing but JSON lines?"""
    return all(isinstance(orjson.loads(line), dict) for line in served.err)


@pytest.mark.parametrize(
    ("stop", "hold", "stream"),
    [
        pytest.param(signal.SIGTERM, "10", False, id="plain"),
        pytest.param(signal.SIGINT, "10", True, id="streamed, held"),
        pytest.param(signal.SIGTERM, "0", True, id="streamed, pending"),
    ],
)
def test_what_is_under_way_is_finished(stop: signal.Signals, hold: str, stream: bool) -> None:
    gate = Gate()
    with scripted(held(agreeing(), gate, "draw")) as upstream:
        environment = {"GUARD__POLICIES__BALANCED__STREAM_HOLD_SECONDS": hold}
        with serving("--upstream", upstream.url, **environment) as served:
            assert answers(f"{served.admin_url}/readyz")
            asked = Asking(served.url, stream=stream)
            asked.start()
            eventually(lambda: gate.waiting > 0)
            served.process.send_signal(stop)
            eventually(
                lambda: httpx.get(f"{served.admin_url}/readyz", trust_env=False, verify=False).status_code == 503
            )
            eventually(lambda: not answers(f"{served.url}/livez"))  # nobody new
            assert served.process.poll() is None
            assert asked.is_alive()
            gate.open()
            asked.join()
            assert served.ended() == 0
            assert is_clean(served)
    assert asked.reply is not None
    assert words_of(asked.reply) == "Paris"
    assert decided(asked.reply)[0] == ("pending" if hold == "0" else "answer")
    requests = [line for line in map(orjson.loads, served.err) if line["event"] == "request"]
    assert [line["decision"] for line in requests] == ["answer"]


def test_an_idle_process_ends_at_once() -> None:
    """Kept-alive connections do not hold it up."""
    with scripted(agreeing()) as upstream, serving("--upstream", upstream.url, admin=False) as served:
        with httpx.Client(trust_env=False, verify=False) as client:
            assert client.post(f"{served.url}/v1/chat/completions", json=asking()).status_code == 200
            started = time.monotonic()
            served.process.terminate()
            assert served.ended() == 0
            assert time.monotonic() - started < 5
        assert is_clean(served)
        assert upstream.aborted == []


@pytest.mark.parametrize(
    ("drain", "stream", "hold"),
    [("0", False, "10"), ("0.5", True, "10"), ("0", True, "0")],
    ids=["plain", "streamed, held", "streamed, pending"],
)
def test_draining_ends(drain: str, stream: bool, hold: str) -> None:
    """A request that takes longer than `drain_seconds` does not keep the process, and is told why."""
    gate = Gate()
    environment = {
        "GUARD__SERVER__DRAIN_SECONDS": drain,
        "GUARD__POLICIES__BALANCED__STREAM_HOLD_SECONDS": hold,
    }
    with (
        scripted(held(agreeing(), gate, "candidate")) as upstream,
        serving("--upstream", upstream.url, **environment) as served,
    ):
        asked = Asking(served.url, stream=stream)
        asked.start()
        eventually(lambda: gate.waiting == 1)
        started = time.monotonic()
        served.process.terminate()
        assert served.ended() == 0
        assert time.monotonic() - started < 8
        asked.join()
        eventually(lambda: len(upstream.aborted) == 1)
    assert asked.reply is not None, asked.error
    error = events(asked.reply.content)[-1]["error"] if hold == "0" else error_of(asked.reply)
    assert (error["code"], error["message"]) == ("overloaded", "the guard is stopping; try again")
    assert not any("Traceback" in line for line in served.err), served.err
    lines = [orjson.loads(line) for line in served.err if line.startswith("{")]
    assert [line["reason"] for line in lines if line["event"] == "request"] == ["overloaded"]


# Sockets


def test_a_busy_port_is_told_in_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"127.0.0.1:{port} is in use: stop what listens there"):
            bind("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid", "::ffff:192.0.2.1"])
def test_an_address_that_is_not_ours(host: str) -> None:
    with pytest.raises(ConfigurationError, match="cannot be used"):
        bind(host, 0)


def test_bound_sockets() -> None:
    checks: list[tuple[str, Callable[[socket.socket], bool]]] = [
        ("127.0.0.1", lambda bound: bound.family == socket.AF_INET),
        ("::1", lambda bound: bound.family == socket.AF_INET6),
    ]
    for host, right in checks:
        if host == "::1" and not socket.has_ipv6:
            continue
        with bind(host, 0) as bound:
            assert right(bound)
            assert bound.getsockname()[1] > 0
