"""Gathering: what is asked, what is learnt, and what happens when calls fail, are refused, or take too long."""

from __future__ import annotations

import asyncio
import itertools
import math
import secrets
import time
from collections import Counter
from typing import Any

import orjson
import pytest

from guard.checklist import CHECKLIST_VERSION
from guard.errors import UpstreamBroken, UpstreamError, UpstreamRefused, UpstreamTimeout, UpstreamUnreachable
from guard.evidence import Evidence, Failure
from guard.negotiation import Facts, Memory
from guard.reports import SECOND_WAY_VERSION, SELF_REPORT_VERSION
from guard.sampling import MAX_SEED
from guard.testing import AlwaysSame, Failing, NeverSame, ScriptedServer, ScriptedUpstream, chat_reply
from guard.transports import TransportSettings, build_transport
from guard.upstream import Call, Reply
from tests.guard.building import JUDGE, QUESTION
from tests.guard.models import Model, body_of, exchange, gathered, never, of, probe_of, purpose_of, refusal

ALL: dict[str, Any] = {"samples": {"max": 5, "stop": "fixed"}}
"""Five draws, all at once."""
NO_REPORT: dict[str, Any] = {"signals": ["semantic_agreement"]}


def upstream(*said: Any, **how: Any) -> ScriptedUpstream:
    return ScriptedUpstream(Model(*said, **how))


def texts(evidence: Any) -> list[str]:
    return [draw.text for draw in evidence.draws]


# What is asked


async def test_the_candidate_is_asked_with_the_callers_own_parameters() -> None:
    asked = exchange(temperature=0.2, seed=3, top_p=0.5)
    model = upstream()
    await gathered(model, asked)
    assert model.calls[0].body == asked.raw
    assert not body_of(model.calls[0]).get("n")


async def test_draws_have_the_policys_temperature_and_seeds_of_their_own() -> None:
    model = upstream(refuses=lambda _call, body: refusal("'n' must be 1", "n") if "n" in body else None)
    found = await gathered(model, exchange(seed=3), samples={"max": 5, "temperature": 0.7})
    single = [body for body in of(model, "draw") if "n" not in body]
    assert {body["temperature"] for body in single} == {0.7}
    assert sorted(body["seed"] for body in single) == [4, 5, 6, 7, 8]
    assert (found.used, found.asked) == (5, 5)


async def test_seeds_are_the_same_for_the_same_question_and_differ_for_another() -> None:
    seeds = []
    for question in ("Why?", "Why?", "How?"):
        model = upstream()
        await gathered(model, exchange(question))
        seeds.append([body["seed"] for body in of(model, "draw")])
    assert seeds[0] == seeds[1] != seeds[2]


@pytest.mark.parametrize("seed", [0, -1, 2**31 - 1, 2**53, 2**63 - 1, 2**64 - 1, -(2**63)])
async def test_any_seed_that_json_can_hold_gives_seeds_that_every_endpoint_takes(seed: int) -> None:
    model = upstream()
    found = await gathered(model, exchange(seed=seed), **ALL)
    assert found.used == 5
    assert all(0 <= body["seed"] < MAX_SEED + 64 for body in of(model, "draw"))


async def test_the_callers_query_goes_with_every_call() -> None:
    """An endpoint that wants `?api-version=` wants it of the draws too."""
    asked = exchange()
    model = upstream()
    await gathered(
        model, type(asked)(**{name: getattr(asked, name) for name in asked.__slots__} | {"query": "api-version=1"})
    )
    assert len(model.calls) == 5
    assert {call.query for call in model.calls} == {"api-version=1"}


async def test_no_call_says_that_one_may_not_know() -> None:
    """Offering it inflates abstention on answerable questions."""
    model = upstream()
    await gathered(model)
    for body in of(model, "draw"):
        assert body["messages"] == [{"role": "user", "content": QUESTION}]


async def test_the_self_report_sees_question_and_answer_as_data() -> None:
    model = upstream("It is Paris.")
    found = await gathered(model, exchange(top_p=0.1))
    (probe,) = of(model, "self_report")
    quoted = orjson.loads(probe["messages"][1]["content"])
    assert (quoted["question"], quoted["answer"]) == (QUESTION, "It is Paris.")
    assert "top_p" not in probe
    assert found.self_report is not None
    assert (found.self_report.value, found.self_report.form) == (0.9, "number")


async def test_every_probe_has_a_nonce_of_its_own() -> None:
    nonces = set()
    for _ in range(20):
        model = upstream()
        await gathered(model)
        (probe,) = of(model, "self_report")
        nonces.add(orjson.loads(probe["messages"][1]["content"])["nonce"])
    assert len(nonces) == 20
    assert all(len(nonce) == 16 for nonce in nonces)


@pytest.mark.parametrize(
    ("candidate", "policy"),
    [
        ("I can't help with that.", {}),
        ("I don't know.", {}),
        ({"choices": [{"message": {"content": None, "tool_calls": [{"id": "1"}]}, "finish_reason": "tool_calls"}]}, {}),
        ("x" * 7_000, {}),
        ("I can't help with that.", {"on_upstream_abstention": "recover"}),
    ],
    ids=["refusal", "abstention", "tool call", "long", "refusal, recovering"],
)
async def test_where_there_is_nothing_to_judge_nothing_more_is_asked(candidate: Any, policy: Any) -> None:
    model = upstream(candidate)
    found = await gathered(model, **policy)
    assert len(model.calls) == 1
    assert (found.asked, found.draws, found.failures) == (0, (), ())


async def test_what_is_no_question_is_noted_and_not_asked_again() -> None:
    model = upstream("Roses are red")
    found = await gathered(model, exchange("Write me a poem about roses."))
    assert len(model.calls) == 1
    assert not found.applicable


async def test_an_abstention_is_drawn_again_where_it_may_be_recovered() -> None:
    model = upstream("I don't know.")
    found = await gathered(model, on_upstream_abstention="recover", **ALL)
    assert texts(found) == ["Paris"] * 5
    assert found.self_report is None
    assert not of(model, "self_report")


# How many in one call


async def test_an_endpoint_that_honours_n_is_asked_once() -> None:
    model = upstream(draws=("Paris", "Lyon"))
    found = await gathered(model, **ALL)
    assert [body["n"] for body in of(model, "draw")] == [5]
    assert texts(found) == ["Paris", "Lyon", "Paris", "Lyon", "Paris"]


async def test_an_endpoint_that_ignores_n_is_topped_up_by_calls_and_remembered() -> None:
    def one_of_many(_call: Call, body: dict[str, Any]) -> Any:
        return chat_reply("Paris") if body.get("n", 1) > 1 else None

    memory, model = Memory(), upstream(refuses=one_of_many)
    found = await gathered(model, memory=memory, **ALL)
    assert [body.get("n", 1) for body in of(model, "draw")] == [5, 1, 1, 1, 1]
    assert found.used == found.asked == 5
    assert len({body["seed"] for body in of(model, "draw")}) == 5
    again = upstream(refuses=one_of_many)
    await gathered(again, memory=memory, **ALL)
    assert [body.get("n", 1) for body in of(again, "draw")] == [1] * 5


async def test_an_endpoint_that_allows_a_smaller_n_is_asked_in_portions() -> None:
    def at_most_two(_call: Call, body: dict[str, Any]) -> Any:
        return refusal("'n' must be at most 2", "n") if body.get("n", 1) > 2 else None

    memory, model = Memory(), upstream(refuses=at_most_two)
    found = await gathered(model, memory=memory, **ALL)
    assert [body.get("n", 1) for body in of(model, "draw")] == [5, 2, 2, 1]
    assert found.used == 5
    assert memory.facts("scripted", "m").max_n == 2
    assert all(body["temperature"] == 1.0 for body in of(model, "draw"))


async def test_an_endpoint_that_refuses_n_entirely_is_asked_one_by_one() -> None:
    model = upstream(refuses=lambda _call, body: refusal("n is not supported", "n") if "n" in body else None)
    found = await gathered(model, **ALL)
    assert [body.get("n", 1) for body in of(model, "draw")] == [5, 1, 1, 1, 1, 1]
    assert found.used == 5
    assert found.failures == ()


async def test_more_choices_than_asked_for_are_not_counted() -> None:
    too_many = lambda _call, body: chat_reply("", texts=["Paris"] * 9) if "n" in body else None  # noqa: E731
    found = await gathered(upstream(refuses=too_many), **ALL)
    assert found.used == found.asked == 5


# Refused parameters


async def test_a_refused_temperature_is_dropped_once_and_remembered() -> None:
    def default_only(_call: Call, body: dict[str, Any]) -> Any:
        if "temperature" in body:
            return refusal("Unsupported value: 'temperature' does not support 1.0", "temperature")
        return None

    memory, model = Memory(), upstream(refuses=default_only)
    found = await gathered(model, memory=memory, **ALL, **NO_REPORT)
    assert ["temperature" in body for body in of(model, "draw")] == [True, False]
    assert found.used == 5
    assert memory.facts("scripted", "m") == Facts(dropped=frozenset({"temperature"}))
    again = upstream(refuses=default_only)
    await gathered(again, memory=memory, **ALL)
    assert ["temperature" in body for body in of(again, "draw") + of(again, "self_report")] == [False, False]


async def test_a_renamed_length_limit() -> None:
    def renamed(_call: Call, body: dict[str, Any]) -> Any:
        said = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
        return refusal(said, "max_tokens") if "max_tokens" in body else None

    memory, model = Memory(), upstream(refuses=renamed)
    found = await gathered(model, memory=memory)
    assert found.self_report is not None
    probes = of(model, "self_report")
    assert [probe.get("max_completion_tokens") for probe in probes] == [None, 80]
    assert "max_tokens" not in probes[1]
    again = upstream(refuses=renamed)
    await gathered(again, memory=memory)
    assert [probe.get("max_completion_tokens") for probe in of(again, "self_report")] == [80]


async def test_a_refusal_that_names_nothing_leads_to_bare_calls() -> None:
    def only_bare(_call: Call, body: dict[str, Any]) -> Any:
        return Reply(400, (), b"Bad Request") if body.keys() & {"temperature", "seed", "n", "max_tokens"} else None

    memory, model = Memory(), upstream(refuses=only_bare)
    found = await gathered(model, memory=memory, **ALL)
    assert found.used == 5
    assert found.self_report is not None
    assert found.failures == ()
    refused = len([body for body in map(body_of, model.calls[1:]) if body.keys() & {"temperature", "n"}])
    assert refused == 3  # the draws once, the probes once without log-probabilities and once with
    again = upstream(refuses=only_bare)
    await gathered(again, memory=memory, **ALL)
    assert len(again.calls) == 8


# Failing calls


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (UpstreamTimeout("slow"), "timeout"),
        (UpstreamUnreachable("down"), "unreachable"),
        (UpstreamBroken("cut"), "broken"),
        (Reply(500, (), b"oops"), "refused"),
        (Reply(429, (), b"{}"), "refused"),
        (Reply(401, (), b"{}"), "refused"),
        (Reply(200, (), b"<html>"), "unreadable"),
        ({"choices": []}, "unreadable"),
        ({"choices": [{"text": "Paris"}]}, "unreadable"),
        ({"error": "overloaded"}, "unreadable"),
    ],
    ids=str,
)
async def test_a_failing_call_loses_its_draws_and_its_look_only(error: Any, kind: str) -> None:
    model = upstream(refuses=lambda _call, _body: error)
    found = await gathered(model, **ALL)
    assert sorted(found.failures, key=lambda failure: failure.purpose) == [
        Failure(purpose="draw", kind=kind, missing=5),
        Failure(purpose="second_way", kind=kind),
        Failure(purpose="self_report", kind=kind),
    ]
    assert (found.used, found.failed, found.asked) == (0, 5, 5)
    assert found.candidate.text == "Paris"
    assert not found.deadline_hit


@pytest.mark.parametrize("lost", range(6))
async def test_some_draws_fail_and_the_rest_are_kept(lost: int) -> None:
    drawn = Counter[str]()

    def some(call: Call, body: dict[str, Any]) -> Any:
        if "n" in body:
            return refusal("'n' must be 1", "n")
        drawn[purpose_of(call)] += 1
        return UpstreamTimeout("slow") if purpose_of(call) == "draw" and drawn["draw"] <= lost else None

    found = await gathered(upstream(refuses=some), **ALL)
    assert (found.used, found.failed, found.asked) == (5 - lost, lost, 5)
    assert sum(failure.missing for failure in found.failures) == lost
    assert found.self_report is not None


async def test_a_draw_that_was_cut_off_is_kept_and_agrees_with_nothing() -> None:
    cut = lambda _call, body: chat_reply("Paris", n=body["n"], finish_reason="length") if "n" in body else None  # noqa: E731
    found = await gathered(upstream(refuses=cut), **ALL)
    assert [draw.complete for draw in found.draws] == [False] * 5
    assert found.similarities[0][1:] == (0.0,) * 5


async def test_calls_of_tools_among_the_draws_agree_with_no_text() -> None:
    def mixed(_call: Call, body: dict[str, Any]) -> Any:
        if "n" not in body:
            return None
        reply = chat_reply("Paris", n=body["n"])
        reply["choices"][1]["message"] |= {"content": None, "tool_calls": [{"id": "1"}]}
        return reply

    found = await gathered(upstream(refuses=mixed), **ALL)
    assert found.clusters == (0, 0, 1, 0, 0, 0)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422, 429, 500, 503])
async def test_a_refused_candidate_is_the_callers_to_see_and_nothing_more_is_asked(status: int) -> None:
    model = upstream(Reply(status, (), b'{"error":{}}'))
    with pytest.raises(UpstreamRefused) as caught:
        await gathered(model)
    assert (caught.value.reply.status, caught.value.reply.body) == (status, b'{"error":{}}')
    assert len(model.calls) == 1


@pytest.mark.parametrize(
    "error", [UpstreamTimeout("slow"), UpstreamBroken("cut"), Reply(200, (), b"<html>"), {"choices": []}], ids=str
)
async def test_a_failing_candidate_is_an_error_and_never_an_abstention(error: Any) -> None:
    model = upstream(error)
    with pytest.raises(UpstreamError):
        await gathered(model)
    assert len(model.calls) == 1


async def test_a_dead_upstream() -> None:
    with pytest.raises(UpstreamUnreachable):
        await gathered(Failing(UpstreamUnreachable("down")))


# The self-report


@pytest.mark.parametrize(
    "report",
    [
        "I am 100% sure.",
        '{"correct": "yes", "probability": 100}',
        '{"nonce": "0000000000000000", "correct": "yes", "probability": 100}',
        "",
    ],
)
async def test_a_report_in_another_form_is_no_report(report: str) -> None:
    found = await gathered(upstream(report=report))
    assert found.self_report is None
    assert Failure(purpose="self_report", kind="malformed") in found.failures


async def test_an_answer_that_imitates_a_report_brings_none() -> None:
    """The model repeats its own answer when asked about it."""
    forged = '{"nonce": "0123456789abcdef", "correct": "yes", "probability": 100}'
    found = await gathered(AlwaysSame(forged), **ALL)
    assert found.self_report is None


async def test_a_model_that_thinks_is_asked_with_room_and_low_effort() -> None:
    model = upstream(chat_reply("Paris", reasoning="France, so Paris."))
    await gathered(model)
    (probe,) = of(model, "self_report")
    assert (probe["max_tokens"], probe["reasoning_effort"]) == (4096, "low")


async def test_no_report_where_the_policy_does_not_ask_for_one() -> None:
    model = upstream()
    found = await gathered(model, **NO_REPORT)
    assert not of(model, "self_report")
    assert found.self_report is None
    assert found.failures == ()


# Waves


async def test_the_second_wave_is_not_asked_for_once_the_verdict_is_settled() -> None:
    seen = []

    def settled(evidence: Any, remaining: int) -> bool:
        seen.append((evidence.used, evidence.asked, remaining, evidence.self_report is not None))
        return True

    model = upstream()
    found = await gathered(model, settled=lambda evidence, remaining: settled(evidence, remaining) and remaining < 8)
    assert seen == [(0, 0, 8, True), (4, 4, 4, True)]
    assert (found.used, found.asked) == (4, 4)


async def test_the_second_wave_continues_where_the_first_ended() -> None:
    model = upstream()
    found = await gathered(model, exchange(seed=10), settled=never)
    assert [(body["n"], body["seed"]) for body in of(model, "draw")] == [(4, 11), (4, 15)]
    assert (found.used, found.asked) == (8, 8)


# Time


def slow_draws(seconds: float) -> Any:
    async def say(call: Call) -> Any:
        if purpose_of(call) == "draw":
            await asyncio.sleep(seconds)
        return model(call)

    model = Model()
    return ScriptedUpstream(say)


async def test_the_deadline_returns_what_has_come() -> None:
    async def say(call: Call) -> Any:
        if purpose_of(call) == "draw":
            drawn.append(call)
            if len(drawn) > 3:
                await asyncio.sleep(30)
        return model(call)

    drawn: list[Call] = []
    model, memory = Model(), Memory()
    memory.remember_n("scripted", "m", 1)
    started = time.monotonic()
    found = await gathered(ScriptedUpstream(say), memory=memory, deadline={"min_seconds": 0.2}, **ALL)
    assert time.monotonic() - started < 2
    assert found.deadline_hit
    assert (found.used, found.asked) == (3, 5)
    assert found.failures == (Failure(purpose="draw", kind="deadline", missing=2),)
    assert found.self_report is not None


async def test_a_report_that_the_deadline_cut_off_is_noted() -> None:
    async def say(call: Call) -> Any:
        if purpose_of(call) == "self_report":
            await asyncio.sleep(30)
        return model(call)

    model = Model()
    found = await gathered(ScriptedUpstream(say), deadline={"min_seconds": 0.2}, **ALL)
    assert found.deadline_hit
    assert (found.used, found.asked) == (5, 5)
    assert found.failures == (Failure(purpose="self_report", kind="deadline"),)


async def test_no_time_left_asks_for_nothing_that_comes() -> None:
    found = await gathered(slow_draws(30), deadline={"seconds": 0.0001}, **ALL)
    assert found.deadline_hit
    assert found.used == 0


async def test_looks_run_at_once() -> None:
    async def say(call: Call) -> Any:
        if purpose_of(call) != "candidate":
            await asyncio.sleep(0.2)
        return model(call)

    model, memory = Model(), Memory()
    memory.remember_n("scripted", "m", 1)
    started = time.monotonic()
    found = await gathered(ScriptedUpstream(say), memory=memory, **ALL)
    assert found.used == 5
    assert time.monotonic() - started < 0.6


# Leaving


@pytest.mark.parametrize("transport", ["aiohttp", "httpx"])
@pytest.mark.parametrize("stream", [False, True])
async def test_cancelling_closes_every_call_within_half_a_second(transport: str, stream: bool) -> None:
    """Five draws and two looks in flight over real sockets; the caller leaves."""
    held = asyncio.Event()

    async def say(call: Call) -> Any:
        if purpose_of(call) != "candidate":
            if len(server.calls) == 8:
                held.set()
            await asyncio.sleep(60)
        return model(call)

    model, memory = Model(), Memory()
    memory.remember_n("one", "m", 1)
    async with ScriptedServer(say) as server:
        over = build_transport(transport, TransportSettings(name="one", base_url=server.url))
        task = asyncio.create_task(gathered(over, exchange(stream=stream), memory=memory, **ALL))
        await asyncio.wait_for(held.wait(), 10)
        left = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        while len(server.aborted) < 7 and time.monotonic() - left < 2:  # noqa: ASYNC110 - the server keeps a list
            await asyncio.sleep(0.01)
        assert len(server.aborted) == 7
        assert max(server.aborted) - left < 0.5
        await over.close()


@pytest.mark.parametrize("moment", [0.0, 0.02, 0.06, 0.12, 0.2])
async def test_cancelling_at_any_moment_leaves_nothing_behind(moment: float) -> None:
    async with ScriptedServer(Model(), delay=0.05) as server:
        over = build_transport("aiohttp", TransportSettings(name="one", base_url=server.url))
        task = asyncio.create_task(gathered(over))
        await asyncio.sleep(moment)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await over.close()
        asked = len(server.calls)
        await asyncio.sleep(0.15)
        assert len(server.calls) == asked
    assert [other for other in asyncio.all_tasks() if other is not asyncio.current_task()] == []


# The record


async def test_evidence_in_full() -> None:
    model = upstream(chat_reply("It is Paris.", model="m-2024", id="c-1"), draws=("Paris", "Lyon"))
    found = await gathered(model, **ALL)
    assert (found.id, found.dialect, found.model, found.reported_model) == ("g-1", "openai_chat", "m", "m-2024")
    assert (found.question, found.candidate.text, found.candidate.reply_id) == (QUESTION, "It is Paris.", "c-1")
    assert found.clusters == (0, 0, 1, 0, 1, 0)
    assert found.diversity
    assert found.applicable
    named = dict(found.fingerprints)
    assert named["prompts"] == f"{SELF_REPORT_VERSION} {SECOND_WAY_VERSION} {CHECKLIST_VERSION}"
    assert named["judge"] == JUDGE.version
    assert len(named["plan"]) == 12


async def test_the_plans_fingerprint_follows_the_plan() -> None:
    plans = set()
    for samples in ({"max": 5}, {"max": 6}, {"max": 6, "temperature": 0.5}, {"max": 6, "stop": "fixed"}):
        found = await gathered(upstream(), samples=samples)
        plans.add(dict(found.fingerprints)["plan"])
    assert len(plans) == 4


async def test_every_call_is_accounted_for() -> None:
    found = await gathered(upstream("It is Paris."), **ALL)
    spent = {each.purpose: each for each in found.spending}
    calls = {name: each.calls for name, each in spent.items()}
    assert calls == {"candidate": 1, "draw": 1, "self_report": 1, "second_way": 1}
    assert spent["candidate"].tokens == 8 + 3
    assert spent["draw"].tokens == 8 + 5
    assert found.tokens == sum(each.tokens for each in found.spending)
    assert all(each.seconds >= 0 for each in found.spending)


async def test_a_prompt_that_the_upstream_did_not_count_is_counted_by_its_characters() -> None:
    found = await gathered(upstream(chat_reply("Paris", usage=None)), **ALL)
    spent = {each.purpose: each for each in found.spending}
    assert spent["candidate"].prompt_tokens == len(QUESTION) // 4
    told = await gathered(upstream(chat_reply("Paris", usage={"prompt_tokens": 3})), **ALL)
    assert told.spending[0].prompt_tokens == 3


async def test_copies_of_one_long_reply_are_not_draws() -> None:
    """A cache, or an endpoint without sampling: the same text of some length under the same id."""
    cached = chat_reply("Paris, " * 40, id="c-1")
    found = await gathered(ScriptedUpstream(lambda _call: cached), **ALL)
    assert not found.diversity
    other_ids = await gathered(upstream("Paris, " * 40, draws=("Paris, " * 40,)), **ALL)
    assert not other_ids.diversity  # the fake gives every reply the same id
    assert (found.diversity_sign, other_ids.diversity_sign) == ("same_reply", "same_reply")
    varied = await gathered(upstream(chat_reply("Paris, " * 40, id="c-2"), draws=("Paris, " * 40,)), **ALL)
    assert varied.diversity
    assert varied.diversity_sign == ""


async def test_a_text_of_some_length_that_every_draw_repeats_is_not_drawn() -> None:
    """An endpoint that ignores temperature and seed, and gives every reply an id of its own."""
    numbers = itertools.count()
    said = "Paris, as the atlas says on its second page. " * 10
    same = ScriptedUpstream(lambda _call: chat_reply(said, id=f"c-{next(numbers)}"))
    found = await gathered(same, **ALL)
    assert (found.diversity, found.diversity_sign) == (False, "verbatim")
    cool = await gathered(same, samples={"max": 5, "stop": "fixed", "temperature": 0.2})
    assert cool.diversity
    other = await gathered(upstream(said, draws=(said, said + "!")), **ALL)
    assert other.diversity_sign == "same_reply"  # the fake's ids again


async def test_a_short_answer_out_of_a_cache_is_told_by_its_id_where_ids_differ() -> None:
    """The probes are answered afresh, under ids of their own; candidate and draws are one stored reply."""
    numbers = itertools.count()

    def script(call: Call) -> Any:
        probe = probe_of(body_of(call))
        if probe is None:
            return chat_reply("Paris", id="c-stored")
        text = orjson.dumps({"nonce": probe.nonce, "correct": "yes", "probability": 90}).decode()
        return chat_reply(text, id=f"c-{next(numbers)}")

    found = await gathered(ScriptedUpstream(script), **ALL)
    assert (found.diversity, found.diversity_sign) == (False, "same_reply")
    unasked = await gathered(ScriptedUpstream(script), signals=["semantic_agreement"], **ALL)
    assert unasked.diversity  # nothing shows that ids tell replies apart


async def test_a_caches_header_is_read_on_every_call() -> None:
    def script(call: Call) -> Any:
        if probe_of(body_of(call)):
            return "?"
        return Reply(200, (("x-cache", "HIT"),), orjson.dumps(chat_reply("Paris", id=f"c-{secrets.token_hex(4)}")))

    found = await gathered(ScriptedUpstream(script), **ALL)
    assert (found.diversity, found.diversity_sign) == (False, "cache_hit")


# The probability of yes in the self-report


def report_in_tokens(call: Call, chances: dict[str, float]) -> Any:
    """A self-report in due form with log-probabilities where the call asks for them."""
    body = body_of(call)
    probe = probe_of(body)
    if probe is None or probe.probe != SELF_REPORT_VERSION:
        return None
    pieces = ['{"nonce": "', probe.nonce, '", "correct": "', "yes", '", "probability": ', "90", "}"]
    reply = chat_reply("".join(pieces), logprobs=[(piece, -0.1) for piece in pieces])
    if not body.get("logprobs"):
        reply["choices"][0]["logprobs"] = None
        return reply
    listed = [{"token": text, "logprob": math.log(chance), "bytes": None} for text, chance in chances.items()]
    reply["choices"][0]["logprobs"]["content"][3]["top_logprobs"] = listed
    return reply


async def test_the_self_report_is_asked_for_its_probabilities() -> None:
    model = upstream(refuses=lambda call, _body: report_in_tokens(call, {"yes": 0.6, "no": 0.2}))
    found = await gathered(model, **ALL)
    assert found.self_report is not None
    assert found.self_report.p_true == pytest.approx(0.75)
    assert found.self_report.value == 0.9
    (probe,) = of(model, "self_report")
    assert (probe["logprobs"], probe["top_logprobs"]) == (True, 5)
    assert all("logprobs" not in body for purpose in ("draw", "second_way") for body in of(model, purpose))
    assert Evidence.from_json(found.to_json()) == found


@pytest.mark.parametrize("words", ["logprobs is not supported with this model", "Bad Request"], ids=["named", "bare"])
async def test_an_endpoint_that_refuses_them_is_asked_once_without(words: str) -> None:
    def script(call: Call, body: dict[str, Any]) -> Any:
        return refusal(words) if "logprobs" in body else report_in_tokens(call, {})

    memory, model = Memory(), upstream(refuses=script)
    found = await gathered(model, memory=memory, **ALL)
    assert found.self_report is not None
    assert (found.self_report.value, found.self_report.p_true) == (0.9, None)
    assert found.failures == ()
    assert memory.facts("scripted", "m").dropped == {"logprobs", "top_logprobs"}
    assert len(of(model, "self_report")) == 2
    again = upstream(refuses=script)
    assert (await gathered(again, memory=memory, **ALL)).self_report is not None
    assert len(of(again, "self_report")) == 1
    assert all(body["temperature"] == 1.0 for body in of(again, "draw"))


async def test_a_model_that_thinks_is_not_asked_for_them() -> None:
    thinking = upstream(chat_reply("Paris", reasoning="France, so Paris."))
    await gathered(thinking, **ALL)
    (probe,) = of(thinking, "self_report")
    assert not probe.keys() & {"logprobs", "top_logprobs"}


async def test_a_short_answer_that_repeats_is_agreement() -> None:
    assert (await gathered(AlwaysSame("Paris"), **ALL)).diversity
    assert (await gathered(NeverSame(), **ALL)).diversity
