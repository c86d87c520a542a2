"""`Guard.answer`: the whole line for one request, over a scripted model."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from guard.errors import UpstreamError, UpstreamRefused, UpstreamTimeout
from guard.evidence import Evidence
from guard.negotiation import Memory
from guard.pipeline import Answered, verdict_of
from guard.testing import AlwaysSame, Chaos, Failing, NeverSame, ScriptedServer, ScriptedUpstream
from guard.transports import TransportSettings, build_transport
from guard.upstream import Call, Reply, Upstream
from guard.verdict import Decision, Reason
from tests.guard.building import calibration, ruling
from tests.guard.models import AROUND, Model, exchange, guard, of, purpose_of, refusal

BY = ruling(calibration(0.6, {"semantic_agreement": 4.0}))


async def answered(upstream: Upstream, memory: Memory | None = None, by: Any = BY, **fields: Any) -> Answered:
    return await guard(by, memory).answer(exchange(**fields), upstream, "m", AROUND, "g-1")


def outcome(found: Answered) -> tuple[str, str]:
    return str(found.verdict.decision), str(found.verdict.reason)


async def test_a_model_that_always_says_the_same_is_released() -> None:
    found = await answered(AlwaysSame("Paris"))
    assert outcome(found) == ("answer", "confident")
    assert found.candidate.answer.text == "Paris"


async def test_a_model_that_never_says_the_same_is_withheld() -> None:
    cities = ["Paris", "Lyon", "Nice", "Lille", "Brest", "Nancy", "Metz", "Dijon", "Tours", "Rouen"]
    assert outcome(await answered(NeverSame(cities))) == ("abstain", "low_agreement")


@pytest.mark.parametrize(
    ("draws", "asked"),
    [
        (("Paris",), 4),
        (("Lyon",), 4),
        (("Lyon", "Nice", "Lille", "Brest"), 4),
        (("Paris", "Paris", "Lyon", "Paris"), 8),
        (("Paris", "Lyon", "Nice", "Lille"), 8),
    ],
)
async def test_draws_stop_once_the_decision_is_settled(draws: tuple[str, ...], asked: int) -> None:
    found = await answered(ScriptedUpstream(Model(draws=draws)))
    assert found.verdict.evidence is not None
    assert found.verdict.evidence.asked == asked


async def test_a_fixed_plan_draws_all() -> None:
    by = ruling(BY.standing.calibration, samples={"stop": "fixed"})
    found = await answered(ScriptedUpstream(Model()), by=by)
    assert found.verdict.evidence is not None
    assert found.verdict.evidence.used == 8


async def test_what_one_request_learnt_the_next_one_knows() -> None:
    memory = Memory()
    calls = []
    for _ in range(3):
        upstream = ScriptedUpstream(Model(refuses=lambda _call, body: refusal("no", "n") if "n" in body else None))
        await answered(upstream, memory)
        calls.append(len(of(upstream, "draw")))
    assert calls == [5, 4, 4]


async def test_the_verdict_is_that_of_its_own_evidence() -> None:
    found = await answered(ScriptedUpstream(Model(draws=("Paris", "Lyon", "It is Paris."))))
    assert found.verdict.evidence is not None
    line = found.verdict.evidence.to_json()
    assert verdict_of(Evidence.from_json(line), BY) == found.verdict


async def test_a_failing_candidate_is_raised() -> None:
    with pytest.raises(UpstreamTimeout):
        await answered(Failing(UpstreamTimeout("slow")))
    with pytest.raises(UpstreamRefused):
        await answered(ScriptedUpstream([Reply(404, (), b"{}")]))


async def test_the_self_report_can_withhold_and_never_release() -> None:
    by = ruling(calibration(0.6, {"semantic_agreement": 2.2, "self_report.number": 2.0}))
    said_no = await answered(ScriptedUpstream(Model(report=0)), by=by)
    assert outcome(said_no) == ("abstain", "low_confidence")
    assert outcome(await answered(ScriptedUpstream(Model(report=100)), by=by)) == ("answer", "confident")
    alone = await answered(ScriptedUpstream(Model(draws=("Lyon",), report=100, steps="Lyon")), by=by)
    assert outcome(alone) == ("abstain", "low_agreement")


async def test_an_error_is_what_the_policy_asks_for() -> None:
    by = ruling(BY.standing.calibration, on_insufficient_samples="error")
    model = Model(refuses=lambda _call, _body: Reply(503, (), b""))
    found = await answered(ScriptedUpstream(model), by=by)
    assert (found.verdict.decision, found.verdict.reason) == (Decision.ERROR, Reason.INSUFFICIENT_SAMPLES)
    assert found.verdict.failure == "samples"


@pytest.mark.parametrize("seed", range(40))
async def test_faults_lose_draws_and_never_turn_into_an_answer(seed: int) -> None:
    """A model that disagrees with itself, behind an upstream that fails every other call in every way there is."""
    cities = ("Lyon", "Nice", "Lille", "Brest")
    memory = Memory()
    memory.remember_n("scripted", "m", 1)
    faulty = Chaos(ScriptedUpstream(Model(draws=cities, report=100)), seed, 0.5, delay_seconds=0.001)
    try:
        found = await answered(faulty, memory)
    except UpstreamError:  # the candidate itself
        assert faulty.injected
        return
    assert found.verdict.decision is Decision.ABSTAIN
    evidence = found.verdict.evidence
    assert evidence is not None
    assert evidence.used + sum(lost.missing for lost in evidence.failures if lost.purpose == "draw") == evidence.asked


async def test_one_caller_leaves_and_the_others_are_served() -> None:
    model = Model()

    async def say(call: Call) -> Any:
        if purpose_of(call) != "candidate":
            await asyncio.sleep(0.2)
        return model(call)

    async with ScriptedServer(say) as server:
        over = build_transport("aiohttp", TransportSettings(name="one", base_url=server.url))
        tasks = [asyncio.create_task(answered(over)) for _ in range(3)]
        await asyncio.sleep(0.1)
        tasks[0].cancel()
        left = time.monotonic()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        assert isinstance(done[0], asyncio.CancelledError)
        assert [outcome(found) for found in done[1:] if isinstance(found, Answered)] == [("answer", "confident")] * 2
        assert len(server.aborted) == 2
        assert max(server.aborted) - left < 0.5
        await over.close()
