"""A caller that leaves: every upstream connection is closed within half a second, and nothing is left behind."""

from __future__ import annotations

import asyncio
import random
import re
import socket
import struct
import time
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from guard.testing import chat_reply, stream_frames
from guard.testing.scripted import Line
from guard.upstream import Call

from .conftest import Start
from .running import RunningGuard, asking, eventually
from .scripts import Gate, agreeing, body_of, held, report
from .talking import connect, request_of

ALLOWED_SECONDS = 0.5
SECONDS = 0.8
"""How long each call of the slow model takes: a whole request is a candidate and one round of looks."""

ENFORCE: dict[str, Any] = {}
PENDING = {"policies": {"balanced": {"stream_hold_seconds": 0}}}
OFF = {"policies": {"balanced": {"mode": "off"}}}
KINDS = [
    pytest.param(ENFORCE, False, id="plain"),
    pytest.param(ENFORCE, True, id="streamed, held"),
    pytest.param(PENDING, True, id="streamed, pending"),
    pytest.param(OFF, False, id="passed"),
    pytest.param(OFF, True, id="passed, streamed"),
]


class SlowModel:
    """Takes its time over every call, and keeps which callers' calls are still open and when the last one ended."""

    def __init__(self) -> None:
        self.open: dict[str, int] = {}
        self.ended: dict[str, float] = {}

    async def __call__(self, call: Call) -> Line:
        found = re.search(rb"Riddle (\d+)", call.body or b"")
        caller = found.group(1).decode() if found else ""
        if body_of(call).get("stream") and b'"probe"' not in (call.body or b""):
            return self._frames(caller)
        return await self._counted(caller, self._said(call))

    async def _said(self, call: Call) -> Line:
        await asyncio.sleep(SECONDS)
        return report(call, 95) if b"self_report/1" in (call.body or b"") else "Paris"

    async def _frames(self, caller: str) -> AsyncIterator[bytes]:
        frames = list(stream_frames(chat_reply("the sea is wide")))
        for frame in frames:
            await self._counted(caller, asyncio.sleep(SECONDS / len(frames)))
            yield frame

    async def _counted(self, caller: str, work: Any) -> Any:
        self.open[caller] = self.open.get(caller, 0) + 1
        try:
            return await work
        finally:
            self.open[caller] -= 1
            self.ended[caller] = time.monotonic()


async def leaves(guard: RunningGuard, model: SlowModel, number: int, stream: bool, after: float, rudely: bool) -> float:
    """Ask, leave after a while, and see how long the upstream's connections outlive that."""
    parts = urlsplit(guard.url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(request_of(asking(f"Riddle {number}: which city?", stream=stream)))
    reading = asyncio.create_task(reader.read())
    await asyncio.sleep(after)
    if rudely:
        speaking = writer.get_extra_info("socket")
        speaking.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    left = time.monotonic()
    writer.transport.abort()
    await asyncio.gather(reading, return_exceptions=True)
    await asyncio.to_thread(eventually, lambda: not model.open.get(str(number), 0))
    return model.ended.get(str(number), left) - left


@pytest.mark.parametrize(("settings", "stream"), KINDS)
async def test_forty_callers_leave_at_random_times(start: Start, settings: dict[str, Any], stream: bool) -> None:
    model, rng, callers = SlowModel(), random.Random(7), 40
    guard = start(model, settings)
    longest = SECONDS if settings is OFF else 2 * SECONDS
    outlived = await asyncio.gather(
        *(
            leaves(guard, model, number, stream, rng.uniform(0.0, longest), rudely=number % 2 == 0)
            for number in range(callers)
        )
    )
    late = [seconds for seconds in outlived if seconds > ALLOWED_SECONDS]
    assert len(late) <= callers // 10, sorted(outlived)  # a starved machine may be late for some, never for most
    calls = len(guard.upstream.calls)
    await asyncio.sleep(0.3)
    assert len(guard.upstream.calls) == calls  # nobody is asked on behalf of one who left
    assert set(model.open.values()) <= {0}
    assert len(guard.upstream.aborted) > 5
    await asyncio.to_thread(eventually, lambda: guard.metric("guard_inflight") == 0)
    lines = [line for line in guard.log_lines if line["event"] == "request"]
    assert len(lines) == callers
    assert {line["status"] for line in lines} <= {200, 499}
    total = sum(
        sample.value
        for metric in guard.serving.metrics.registry.collect()
        for sample in metric.samples
        if sample.name == "guard_requests_total"
    )
    assert total == callers


# At a known moment


@pytest.mark.parametrize(("settings", "stream"), KINDS[:3])
@pytest.mark.parametrize(("during", "aborted"), [("candidate", 1), ("looks", 2)])
def test_leaving_during_a_phase(
    start: Start, settings: dict[str, Any], stream: bool, during: str, aborted: int
) -> None:
    gate = Gate()
    guard = start(
        held(agreeing(), gate, *(["candidate"] if during == "candidate" else ["self_report", "second_way"])), settings
    )
    left = leave_once(guard, lambda: gate.waiting == aborted, stream)
    eventually(lambda: len(guard.upstream.aborted) == aborted)
    assert max(guard.upstream.aborted) - left <= ALLOWED_SECONDS
    eventually(lambda: guard.metric("guard_inflight") == 0)
    eventually(lambda: any(line["event"] == "request" for line in guard.log_lines))
    (line,) = [line for line in guard.log_lines if line["event"] == "request"]
    assert (line["status"], line["decision"], line["reason"]) == (499, "error", "bad_request")
    gate.open()


def leave_once(guard: RunningGuard, when: Callable[[], bool], stream: bool = False, raw: bytes | None = None) -> float:
    """Send one request, wait for the moment, close: the time of that."""
    with connect(guard.url) as speaking:
        speaking.sendall(raw or request_of(asking(stream=stream)))
        eventually(when)
    return time.monotonic()


def test_leaving_a_pass_through_path(start: Start) -> None:
    gate = Gate()
    guard = start(held(agreeing(), gate, "other"))
    left = leave_once(guard, lambda: gate.waiting == 1, raw=request_of({"input": "x"}, "/v1/embeddings"))
    eventually(lambda: len(guard.upstream.aborted) == 1)
    assert guard.upstream.aborted[0] - left <= ALLOWED_SECONDS
    eventually(lambda: guard.metric("guard_inflight") == 0)
    eventually(lambda: any(line["event"] == "request" for line in guard.log_lines))
    assert [line["status"] for line in guard.log_lines if line["event"] == "request"] == [499]
    gate.open()


def test_leaving_while_sending(start: Start) -> None:
    guard = start(agreeing())
    whole = request_of(asking())
    left = leave_once(guard, lambda: guard.metric("guard_inflight") == 1, raw=whole[:-10])
    eventually(lambda: guard.metric("guard_inflight") == 0)
    assert time.monotonic() - left < 5
    assert guard.upstream.calls == []
    eventually(lambda: [line["status"] for line in guard.log_lines if line["event"] == "request"] == [499])


def test_leaving_after_the_answer_leaves_the_connections_alone(start: Start) -> None:
    """Upstream connections are kept for the next caller where nothing was cut off."""
    guard = start(agreeing())
    for _ in range(5):
        guard.ask()
    assert guard.upstream.aborted == []
    assert guard.upstream.connections <= 3


def test_a_reader_that_does_not_read_costs_nobody_else(start: Start) -> None:
    """Somebody asks for much and takes nothing (C2): the others are served as before."""
    frames = list(stream_frames(chat_reply("x" * 200_000)))

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield frames[1]

    guard = start(lambda call: endless() if b"much" in (call.body or b"") else "Paris", OFF)
    with connect(guard.url) as lazy:
        lazy.sendall(request_of(asking("much", stream=True)))
        eventually(lambda: guard.metric("guard_inflight") == 1)
        for _ in range(5):
            assert guard.ask().status_code == 200
    eventually(lambda: guard.metric("guard_inflight") == 0)
    eventually(lambda: len(guard.upstream.aborted) == 1)
