"""How long a request waited for its upstream: overlapping calls count once, pauses not at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from guard.errors import UpstreamBroken
from guard.testing import Failing, ScriptedUpstream
from guard.upstream import Call
from service.waiting import Waiting

CALL = Call("POST", "/chat/completions", b"{}")


def slow(seconds: float) -> ScriptedUpstream:
    async def answer(_: Call) -> str:
        await asyncio.sleep(seconds)
        return "x"

    return ScriptedUpstream(answer, name="slow")


async def test_overlapping_calls_count_once() -> None:
    waiting = Waiting(slow(0.2))
    assert waiting.seconds == 0
    await asyncio.gather(*(waiting.send(CALL) for _ in range(5)))
    assert 0.2 <= waiting.seconds < 0.5
    await asyncio.sleep(0.2)
    assert waiting.seconds < 0.5


async def test_calls_one_after_the_other_add_up() -> None:
    waiting = Waiting(slow(0.1))
    for _ in range(3):
        await waiting.send(CALL)
    assert 0.3 <= waiting.seconds < 0.7


async def test_it_can_be_read_while_a_call_is_under_way() -> None:
    waiting = Waiting(slow(5))
    task = asyncio.create_task(waiting.send(CALL))
    await asyncio.sleep(0.15)
    assert 0.1 <= waiting.seconds < 1
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    seen = waiting.seconds
    await asyncio.sleep(0.05)
    assert waiting.seconds == seen


async def test_a_stream_is_waited_for_to_its_last_byte() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(3):
            await asyncio.sleep(0.05)
            yield b"x"

    waiting = Waiting(ScriptedUpstream([pieces()], name="piecemeal"))
    async with waiting.stream(CALL) as arriving:
        assert [chunk async for chunk in arriving.chunks] == [b"x"] * 3
    assert 0.15 <= waiting.seconds < 0.6


async def test_a_failure_ends_the_wait() -> None:
    waiting = Waiting(Failing(UpstreamBroken("gone"), name="failing"))
    with pytest.raises(UpstreamBroken):
        await waiting.send(CALL)
    with pytest.raises(UpstreamBroken):
        async with waiting.stream(CALL):
            pass
    seen = waiting.seconds
    await asyncio.sleep(0.05)
    assert waiting.seconds == seen
    assert waiting.name == "failing"


async def test_it_closes_nothing_that_is_not_its_own() -> None:
    upstream = slow(0)
    await Waiting(upstream).close()
    assert not upstream.closed
