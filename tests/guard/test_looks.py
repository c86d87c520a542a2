"""The looks beside the draws: a second way, another model's answer; when they come, what they save."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import orjson
import pytest

from guard.errors import UpstreamError, UpstreamTimeout
from guard.evidence import Evidence, Failure
from guard.judges import JUDGES
from guard.negotiation import Memory
from guard.pipeline import Guard, settled
from guard.sampling import Second
from guard.testing import ScriptedUpstream, chat_reply
from guard.upstream import Call, Forwarding, Reply
from guard.verdict import Decision
from tests.guard.building import QUESTION, calibration, ruling
from tests.guard.models import AROUND, CHAT, SECOND, Model, body_of, exchange, gathered, of, purpose_of

ALL = {"samples": {"max": 5, "stop": "fixed"}}


def upstream(*said: Any, **how: Any) -> ScriptedUpstream:
    return ScriptedUpstream(Model(*said, **how))


def other(*lines: Any) -> ScriptedUpstream:
    return ScriptedUpstream(list(lines) or ["Paris"], name="elsewhere")


def purposes(model: ScriptedUpstream) -> list[str]:
    return [purpose_of(call) for call in model.calls]


# The second way


async def test_the_second_way_sees_the_question_and_never_the_answer() -> None:
    model = upstream("It is Paris.", steps="Lyon")
    found = await gathered(model, exchange(top_p=0.1))
    (probe,) = of(model, "second_way")
    quoted = orjson.loads(probe["messages"][1]["content"])
    assert quoted.keys() == {"probe", "nonce", "question", "context"}
    assert quoted["question"] == QUESTION
    assert "Paris" not in orjson.dumps(probe).decode()
    assert "top_p" not in probe
    assert found.second_way is not None
    assert (found.second_way.answer.text, found.second_way.answer.kind) == ("Lyon", "answer")


async def test_its_answer_is_compared_with_the_candidate_and_every_draw() -> None:
    found = await gathered(upstream(draws=("Paris", "Lyon"), steps="It is Lyon."), **ALL)
    assert found.second_way is not None
    assert found.second_way.similarities == (0.0, 0.0, 1.0, 0.0, 1.0, 0.0)
    assert Evidence.from_json(found.to_json()) == found


async def test_an_abstention_by_steps_resembles_no_answer() -> None:
    found = await gathered(upstream(steps="I don't know."))
    assert found.second_way is not None
    assert found.second_way.answer.kind == "abstain"
    assert set(found.second_way.similarities) == {0.0}


@pytest.mark.parametrize(
    "said",
    [
        chat_reply("Paris"),
        chat_reply('{"answer": "Paris"}'),
        chat_reply('{"nonce": "0000000000000000", "steps": [], "answer": "Paris"}'),
        chat_reply(""),
    ],
    ids=["words", "no nonce", "another nonce", "nothing"],
)
async def test_steps_in_another_form_are_no_look(said: Any) -> None:
    found = await gathered(upstream(steps=said))
    assert found.second_way is None
    assert found.self_report is not None
    assert found.failures == (Failure(purpose="second_way", kind="malformed"),)


async def test_a_model_that_thinks_has_room_for_its_steps() -> None:
    model = upstream(chat_reply("Paris", reasoning="France, so Paris."), steps="Paris")
    await gathered(model)
    (probe,) = of(model, "second_way")
    assert probe["max_tokens"] >= 8192
    assert probe["reasoning_effort"] == "low"


# The second model


async def test_the_second_model_answers_the_callers_own_request() -> None:
    elsewhere = other("It is Lyon.")
    model = upstream(draws=("Lyon",))
    found = await gathered(model, exchange(top_p=0.5), second=elsewhere, **ALL)
    (call,) = elsewhere.calls
    body = body_of(call)
    assert (body["model"], body["temperature"]) == (SECOND, 0.0)
    assert body["messages"] == [{"role": "user", "content": QUESTION}]
    assert found.cross_model is not None
    assert found.cross_model.answer.text == "It is Lyon."
    assert found.cross_model.similarities == (0.0, 1.0, 1.0, 1.0, 1.0, 1.0)
    assert {each.purpose: each.calls for each in found.spending}["cross_model"] == 1


async def test_none_where_the_policy_names_no_second_model() -> None:
    found = await gathered(upstream())
    assert found.cross_model is None
    assert all(failure.purpose != "cross_model" for failure in found.failures)


def secret(upstream: ScriptedUpstream) -> Forwarding:
    return Forwarding(upstream, (("authorization", "Bearer the-callers-own"), ("x-team", "blue")))


async def test_another_upstream_never_gets_the_callers_headers_or_query() -> None:
    elsewhere, model = other(), upstream()
    asked = exchange()
    asked = type(asked)(**{name: getattr(asked, name) for name in asked.__slots__} | {"query": "key=the-callers-own"})
    found = await gathered(secret(model), asked, second=elsewhere)
    assert found.cross_model is not None
    assert [(call.headers, call.query) for call in elsewhere.calls] == [((), "")]
    assert all(("authorization", "Bearer the-callers-own") in call.headers for call in model.calls)
    assert {call.query for call in model.calls} == {"key=the-callers-own"}


async def test_the_same_upstream_gets_them_since_the_credential_is_its_own() -> None:
    model = upstream(other="Paris")
    found = await gathered(secret(model), second=model)
    assert found.cross_model is not None
    (call,) = [call for call in model.calls if purpose_of(call) == "cross_model"]
    assert ("authorization", "Bearer the-callers-own") in call.headers


async def test_what_the_second_model_refuses_is_remembered_of_it_alone() -> None:
    def script(call: Call) -> Any:
        if "temperature" in body_of(call):
            error = {"message": "Unsupported value: 'temperature'", "param": "temperature"}
            return Reply(400, (), orjson.dumps({"error": error}))
        return "Paris"

    memory, elsewhere = Memory(), ScriptedUpstream(script, name="elsewhere")
    found = await gathered(upstream(), memory=memory, second=elsewhere)
    assert found.cross_model is not None
    assert memory.facts("elsewhere", SECOND).dropped == frozenset({"temperature"})
    assert memory.facts("scripted", "m").dropped == frozenset()


# Looks that fail


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (UpstreamTimeout("slow"), "timeout"),
        (Reply(500, (), b"oops"), "refused"),
        (Reply(401, (), b"{}"), "refused"),
        ({"choices": []}, "unreadable"),
    ],
    ids=str,
)
@pytest.mark.parametrize("lost", ["self_report", "second_way", "cross_model"])
async def test_a_look_that_fails_is_none_and_noted_and_the_others_are_kept(lost: str, error: Any, kind: str) -> None:
    model = upstream(refuses=lambda call, _body: error if purpose_of(call) == lost else None)
    found = await gathered(model, second=model, **ALL)
    looks = {"self_report": found.self_report, "second_way": found.second_way, "cross_model": found.cross_model}
    assert [name for name, look in looks.items() if look is None] == [lost]
    assert found.failures == (Failure(purpose=lost, kind=kind),)  # type: ignore[arg-type]
    assert found.used == 5


async def test_late_looks_are_noted_at_the_deadline_with_what_is_missing() -> None:
    async def say(call: Call) -> Any:
        if purpose_of(call) in ("second_way", "cross_model"):
            await asyncio.sleep(30)
        return model(call)

    model = Model()
    both = ScriptedUpstream(say)
    found = await gathered(both, second=both, deadline={"min_seconds": 0.2}, **ALL)
    assert found.deadline_hit
    assert found.self_report is not None
    assert found.used == 5
    assert found.failures == (
        Failure(purpose="second_way", kind="deadline"),
        Failure(purpose="cross_model", kind="deadline"),
    )


async def test_a_look_that_hangs_does_not_cost_the_draws() -> None:
    """They wait for the looks for their part of the time, and then begin beside them."""

    async def say(call: Call) -> Any:
        if purpose_of(call) == "second_way":
            await asyncio.sleep(30)
        return model(call)

    model = Model()
    started = time.monotonic()
    found = await gathered(ScriptedUpstream(say), deadline={"min_seconds": 0.4})
    assert time.monotonic() - started < 2
    assert (found.used, found.asked, found.deadline_hit) == (8, 8, True)
    assert found.failures == (Failure(purpose="second_way", kind="deadline"),)


# The order


async def test_all_looks_are_there_before_the_first_draw() -> None:
    seen: list[Evidence] = []

    def note(evidence: Evidence, _remaining: int) -> bool:
        seen.append(evidence)
        return False

    model = upstream()
    await gathered(model, second=model, settled=note)
    assert purposes(model)[0] == "candidate"
    assert set(purposes(model)[1:4]) == {"self_report", "second_way", "cross_model"}
    assert purposes(model)[4:] == ["draw", "draw"]
    assert [evidence.asked for evidence in seen] == [0, 4]
    assert all(evidence.self_report and evidence.second_way and evidence.cross_model for evidence in seen)


async def test_looks_run_beside_each_other() -> None:
    async def say(call: Call) -> Any:
        if purpose_of(call) in ("self_report", "second_way", "cross_model"):
            await asyncio.sleep(0.2)
        return model(call)

    model = Model()
    both = ScriptedUpstream(say)
    started = time.monotonic()
    found = await gathered(both, second=both)
    assert found.cross_model is not None
    assert time.monotonic() - started < 0.5


@pytest.mark.parametrize("policy", [ALL, {"samples": {"max": 1}}], ids=["fixed", "one draw"])
async def test_where_no_draw_can_be_saved_they_do_not_wait(policy: Any) -> None:
    async def say(call: Call) -> Any:
        if purpose_of(call) in ("self_report", "second_way"):
            await drawn.wait()
        if purpose_of(call) == "draw":
            drawn.set()
        return model(call)

    model, drawn = Model(), asyncio.Event()
    found = await gathered(ScriptedUpstream(say), **policy)
    assert found.second_way is not None
    assert not found.deadline_hit


async def test_settled_before_the_first_draw_saves_them_all() -> None:
    model = upstream()
    found = await gathered(model, settled=lambda _evidence, _remaining: True)
    assert sorted(purposes(model)) == ["candidate", "second_way", "self_report"]
    assert (found.asked, found.draws, found.failures) == (0, (), ())


# The whole line


BY = ruling(
    calibration(
        0.6,
        {"second_way": 3.0, "cross_model": 3.0},
        {"second_way": 3.0, "cross_model": 3.0, "semantic_agreement": 0.5},
        {"semantic_agreement": 4.0},
        intercept=-3.0,
    ),
    second_model={"upstream": "scripted", "model": SECOND},
)


async def decided(model: ScriptedUpstream) -> tuple[Decision, str, int]:
    whole = Guard(BY, CHAT, JUDGES["lexical"], Memory(), Second(model, SECOND))
    verdict = (await whole.answer(exchange(), model, "m", AROUND, "g-1")).verdict
    assert verdict.evidence is not None
    return verdict.decision, str(verdict.reason), verdict.evidence.asked


async def test_looks_that_agree_settle_it_and_no_draw_is_paid_for() -> None:
    assert await decided(upstream()) == (Decision.ANSWER, "confident", 0)


async def test_looks_that_disagree_settle_it_too() -> None:
    assert await decided(upstream(steps="Lyon", other="Nice")) == (Decision.ABSTAIN, "low_agreement", 0)


async def test_undecided_looks_leave_it_to_the_draws() -> None:
    """One for, one against: .5 or .62 with the draws."""
    assert await decided(upstream(other="Nice")) == (Decision.ANSWER, "confident", 4)
    assert await decided(upstream(other="Nice", draws=("Lyon",))) == (Decision.ABSTAIN, "low_confidence", 4)


async def test_looks_that_are_all_lost_leave_it_to_the_draws() -> None:
    def lost(call: Call, _body: Any) -> Any:
        return Reply(500, (), b"") if purpose_of(call) != "draw" else None

    assert await decided(upstream(refuses=lost)) == (Decision.ANSWER, "confident", 4)


async def test_a_verdict_that_is_only_a_failure_is_not_settled() -> None:
    """No look came: nothing is known yet, whatever the policy makes of that."""
    nothing = await gathered(upstream(refuses=lambda call, _body: Reply(500, (), b"")), samples={"max": 0, "min": 0})
    for choice in ("abstain", "pass", "error"):
        assert not settled(nothing, 4, ruling(calibration(0.99, {"second_way": 1.0}), on_scorer_failure=choice))


async def test_a_failing_candidate_asks_nobody_else() -> None:
    model, elsewhere = upstream(UpstreamTimeout("slow")), other()
    with pytest.raises(UpstreamError):
        await gathered(model, second=elsewhere)
    assert elsewhere.calls == []
