"""Faults on purpose: the ones that were asked for, as often as asked for, the same for the same seed."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import orjson
import pytest

from guard.errors import UpstreamBroken, UpstreamError, UpstreamUnreachable
from guard.testing import FAULTS, AlwaysSame, Chaos, Fault
from guard.upstream import Call


def asking(**body: Any) -> Call:
    return Call("POST", "/chat/completions", orjson.dumps({"model": "m", **body}))


async def outcomes(chaos: Chaos, calls: int = 60) -> list[str]:
    found = []
    for number in range(calls):
        try:
            found.append(str((await chaos.send(asking(number=number))).status))
        except UpstreamError as error:
            found.append(error.kind)
    return found


async def test_the_same_seed_plays_the_same_faults() -> None:
    first, second, other = (Chaos(AlwaysSame("x"), seed, 0.5, delay_seconds=0.001) for seed in (1, 1, 2))
    played = await outcomes(first)
    assert played == await outcomes(second)
    assert played != await outcomes(other)
    assert {one.fault for one in first.injected} == set(FAULTS)
    assert 15 <= len(first.injected) <= 45
    assert {"200", "timeout", "broken", "unreachable"} <= set(played)
    assert {"500", "502", "503", "529"} & set(played)


async def test_faults_do_not_depend_on_the_order_of_arrival() -> None:
    async def faults_of(numbers: list[int]) -> dict[bytes, Fault]:
        chaos = Chaos(AlwaysSame("x"), 3, 0.5, ["delay"], delay_seconds=0)
        await asyncio.gather(*(chaos.send(asking(number=number)) for number in numbers))
        return {one.call.body or b"": one.fault for one in chaos.injected}

    forwards = await faults_of(list(range(40)))
    assert forwards == await faults_of(list(reversed(range(40))))
    assert 0 < len(forwards) < 40


@pytest.mark.parametrize(("rate", "played"), [(0.0, 0), (1.0, 60)])
async def test_the_rate_is_kept_at_its_ends(rate: float, played: int) -> None:
    chaos = Chaos(AlwaysSame("x"), 1, rate, delay_seconds=0)
    await outcomes(chaos)
    assert len(chaos.injected) == played


async def test_each_fault_is_what_it_says() -> None:
    async def met(fault: Fault, **how: Any) -> tuple[str, int, float]:
        inner, started = AlwaysSame("x", name="inner"), time.monotonic()
        chaos = Chaos(inner, 0, 1, [fault], delay_seconds=0.1)
        assert chaos.name == "inner"
        try:
            outcome = str((await chaos.send(asking(), **how)).status)
        except UpstreamError as error:
            outcome = error.kind
        return outcome, len(inner.calls), time.monotonic() - started

    outcome, asked, seconds = await met("delay")
    assert (outcome, asked, seconds >= 0.1) == ("200", 1, True)
    outcome, asked, seconds = await met("timeout")
    assert (outcome, asked, seconds >= 0.1) == ("timeout", 0, True)
    assert (await met("timeout", timeout_seconds=0.01))[2] < 0.1
    assert (await met("broken"))[:2] == ("broken", 1)
    assert (await met("unreachable"))[:2] == ("unreachable", 0)
    outcome, asked, _ = await met("5xx")
    assert (outcome in {"500", "502", "503", "529"}, asked) == (True, 0)


async def test_faults_in_a_stream() -> None:
    async with Chaos(AlwaysSame("a b c"), 0, 1, ["broken"]).stream(asking(stream=True)) as reply:
        assert (await anext(reply.chunks)).startswith(b"data: ")
        with pytest.raises(UpstreamBroken):
            await anext(reply.chunks)
    async with Chaos(AlwaysSame("x"), 0, 1, ["5xx"]).stream(asking(stream=True)) as reply:
        assert reply.status >= 500
        assert b"failed on purpose" in b"".join([piece async for piece in reply.chunks])
    with pytest.raises(UpstreamUnreachable):
        async with Chaos(AlwaysSame("x"), 0, 1, ["unreachable"]).stream(asking(stream=True)):
            pass


async def test_chaos_refuses_what_it_cannot_play() -> None:
    with pytest.raises(ValueError, match="0 to 1"):
        Chaos(AlwaysSame("x"), 0, 1.5)
    with pytest.raises(ValueError, match="no such fault: flood"):
        Chaos(AlwaysSame("x"), 0, 1, ["flood"])  # type: ignore[list-item]
    inner = AlwaysSame("x")
    await Chaos(inner, 0, 0).close()
    assert inner.closed
