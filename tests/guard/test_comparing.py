"""Comparing in one request: off the loop where it is much, open pairs asked about once, failures without a price."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import Any

import orjson
import pytest

from guard.agreement import similarities
from guard.comparing import FEW, JUDGE_ROOM, Comparing, comparing
from guard.errors import UpstreamBroken, UpstreamTimeout
from guard.evidence import Answer, Evidence, Failure
from guard.judges.cascade import Cascade
from guard.judges.costly import ModelAt
from guard.judges.lexical import AGREED, VETO
from guard.judges.llm import LlmJudge
from guard.judges.offline import nobody
from guard.negotiation import Memory
from guard.pipeline import Guard, verdict_of
from guard.plan import plan_of
from guard.policy import Policy
from guard.sampling import Asking, gather, gather_candidate
from guard.testing import ScriptedUpstream, chat_reply
from guard.upstream import Call, Forwarding
from tests.guard.building import JUDGE, answer, ruling
from tests.guard.judges.cascades import Doubtful, Told, cascade
from tests.guard.models import AROUND, CHAT, Model, body_of, exchange, never, probe_of, refusal

Q = "Why did the bridge close?"
DRAWS = ("maybe rust", "maybe wind", "rust")


def answers(*said: str) -> tuple[Answer, ...]:
    return tuple(answer(text) for text in said)


def by(judge: Any) -> Comparing:
    return comparing(judge, Q)


# Comparing


async def test_what_was_compared_is_not_compared_again() -> None:
    judge = cascade()
    made = by(judge)
    await made.compare(answers("rust", "wind"), ())
    await made.compare(answers("rust", "wind", "ice"), answers("snow"))
    assert isinstance(judge.first, Doubtful)
    compared = [frozenset(pair) for pair in judge.first.compared]
    assert len(compared) == len(set(compared)) == 6
    similarities(Q, answers("rust", "wind", "ice"), made.pairs)
    assert len(judge.first.compared) == 6


@pytest.mark.parametrize(("count", "here"), [(3, True), (5, False)])
async def test_much_work_is_done_in_another_thread(count: int, here: bool) -> None:
    threads: set[int] = set()

    class Where(Doubtful):
        def compare(self, question: str, a: str, b: str) -> Any:
            threads.add(threading.get_ident())
            return super().compare(question, a, b)

    assert (count * (count - 1) // 2 <= FEW) == here
    await by(Cascade(Where(), Told())).compare(answers(*map(str, range(count))), ())
    assert (threads == {threading.get_ident()}) == here


async def test_only_the_candidates_open_pairs_are_asked_about() -> None:
    costly = Told()
    made = by(cascade(costly))
    await made.judge(answers("rust", "maybe a", "maybe b", "ice"), answers("maybe c"), nobody, 10)
    assert sorted(costly.asked) == [("maybe a", "rust"), ("maybe b", "rust"), ("maybe c", "rust")]
    assert costly.calls == 1


async def test_what_is_no_answer_is_never_asked_about() -> None:
    costly = Told()
    made = by(cascade(costly))
    others = [answer("maybe x", kind="abstain"), answer("maybe y", complete=False), answer("maybe z", tool_call=True)]
    assert await made.judge((answer("rust"), *others), (), nobody, 10) is None
    assert costly.calls == 0


async def test_a_pair_is_asked_about_once_whatever_came_of_it() -> None:
    costly = Told(lambda _a, _b: None)
    made = by(cascade(costly))
    for _ in range(3):
        await made.judge(answers("rust", "maybe a"), (), nobody, 10)
    await made.judge(answers("rust", "maybe a", "maybe b"), (), nobody, 10)
    assert costly.asked == [("maybe a", "rust"), ("maybe b", "rust")]


async def test_after_a_failure_it_is_not_asked_again() -> None:
    costly = Told(lambda _a, _b: UpstreamBroken("gone"))
    made = by(cascade(costly))
    failure = await made.judge(answers("rust", "maybe a", "maybe b"), (), nobody, 10)
    assert failure == Failure(purpose="judge", kind="broken", missing=2)
    assert await made.judge(answers("rust", "maybe c"), (), nobody, 10) is None
    assert costly.calls == 1
    assert made.pairs.similarity(Q, "rust", "maybe a") == 0.5


async def test_a_judge_that_hangs_is_left() -> None:
    class Hanging(Told):
        async def decide(self, *_: Any) -> Any:
            await asyncio.Event().wait()

    made = by(cascade(Hanging()))
    failure = await made.judge(answers("rust", "maybe a"), (), nobody, 0.01)
    assert failure == Failure(purpose="judge", kind="deadline", missing=1)


async def test_without_a_costly_judge_there_is_nothing_to_ask() -> None:
    made = by(JUDGE)
    assert await made.judge(answers("rust", "maybe rust"), (), nobody, 10) is None
    assert made.unasked(answers("rust", "maybe a"), ()) == []


async def test_open_pairs_that_time_did_not_allow_are_noted() -> None:
    made = by(cascade())
    await made.compare(answers("rust", "maybe a", "maybe b"), ())
    assert made.unasked(answers("rust", "maybe a", "maybe b"), ()) == [
        Failure(purpose="judge", kind="deadline", missing=2)
    ]


# In a request


def script(verdicts: Any, **how: Any) -> Any:
    """A model whose candidate is "rust"; `verdicts` makes its reply as a judge of the nonce and the pairs."""
    model = Model("rust", **{"draws": DRAWS, "steps": "maybe ice", **how})

    def answer(call: Call) -> Any:
        probe = probe_of(body_of(call))
        if probe is None or probe.probe != "llm/1":
            return model(call)
        pairs = orjson.loads(body_of(call)["messages"][1]["content"])["pairs"]
        return verdicts(probe.nonce, pairs) if callable(verdicts) else verdicts

    return answer


def all_of(word: str) -> Any:
    return lambda nonce, pairs: orjson.dumps({"nonce": nonce, "verdicts": dict.fromkeys(pairs, word)}).decode()


def judged(upstream: ScriptedUpstream) -> list[dict[str, Any]]:
    """The calls to the judge."""
    found = []
    for body in map(body_of, upstream.calls):
        probe = probe_of(body)
        if probe is not None and probe.probe == "llm/1":
            found.append(body)
    return found


def asking(upstream: Any, judge: Any = None, **policy: Any) -> Asking:
    policy = {"samples": {"max": 6, "stop": "fixed"}, "judge": "llm", **policy}
    return Asking(upstream, CHAT, "m", Policy(**policy), judge or Cascade(Doubtful(), LlmJudge()), Memory())


async def gathered(upstream: Any, judge: Any = None, **policy: Any) -> Evidence:
    with_, asked = asking(upstream, judge, **policy), exchange(Q)
    return await gather(with_, asked, await gather_candidate(with_, asked), AROUND, "g-1", never)


async def test_a_model_decides_what_is_open_and_only_that() -> None:
    upstream = ScriptedUpstream(script(all_of("same")))
    found = await gathered(upstream)
    assert found.failures == ()
    assert found.similarities[0][1] >= AGREED
    assert found.similarities[0][3] == 1.0
    assert found.similarities[1][2] == 0.5
    assert found.clusters == (0,) * 7
    assert found.second_way is not None
    assert found.second_way.similarities[0] >= AGREED
    (body,) = judged(upstream)
    pairs = orjson.loads(body["messages"][1]["content"])["pairs"]
    assert sorted(pair["a"] for pair in pairs.values()) == ["maybe ice", "maybe rust", "maybe wind"]
    assert dict(found.fingerprints)["judge"] == "doubtful/1 llm/1 own"


async def test_the_evidence_alone_gives_the_same_verdict_again() -> None:
    found = await gathered(ScriptedUpstream(script(all_of("different"))))
    again = Evidence.from_json(found.to_json())
    assert again == found
    rules = ruling(thresholds={"correctness": 0.5})
    assert verdict_of(again, rules) == verdict_of(found, rules)
    assert max(found.similarities[0][1:3]) <= VETO


async def test_what_it_costs_is_accounted_for() -> None:
    found = await gathered(ScriptedUpstream(script(all_of("same"))))
    spent = {each.purpose: each for each in found.spending}["judge"]
    assert spent.calls == 1
    assert spent.prompt_tokens > 0
    assert spent.completion_tokens > 0


async def test_a_judge_without_a_model_costs_time_only() -> None:
    found = await gathered(ScriptedUpstream(script(None)), cascade())
    spent = {each.purpose: each for each in found.spending}["judge"]
    assert (spent.calls, spent.tokens) == (1, 0)


async def test_each_round_asks_only_about_what_is_new() -> None:
    upstream = ScriptedUpstream(script(all_of("same"), draws=("maybe a", "rust", "maybe a", "rust", "maybe b", "rust")))
    await gathered(upstream, samples={"max": 6, "stop": "sequential"})
    rounds = [orjson.loads(body["messages"][1]["content"])["pairs"] for body in judged(upstream)]
    asked = [pair["a"] for pairs in rounds for pair in pairs.values()]
    assert asked == ["maybe ice", "maybe a", "maybe b"]
    assert len(rounds) == 3


def ready_made(_nonce: str, pairs: Any) -> str:
    return orjson.dumps({"nonce": "0" * 16, "verdicts": dict.fromkeys(pairs, "same")}).decode()


def short(nonce: str, _pairs: Any) -> str:
    return orjson.dumps({"nonce": nonce, "verdicts": {"1": "same"}}).decode()


@pytest.mark.parametrize(
    ("verdicts", "kind"),
    [
        (refusal("no such thing", status=404), "refused"),
        (refusal("slow down", status=429), "refused"),
        (UpstreamTimeout("silent"), "timeout"),
        (UpstreamBroken("gone"), "broken"),
        ("They are all the same.", "malformed"),
        (chat_reply(""), "malformed"),
        (ready_made, "malformed"),
        (short, "malformed"),
    ],
)
async def test_a_judge_that_fails_leaves_the_lexical_values(verdicts: Any, kind: str) -> None:
    upstream = ScriptedUpstream(script(verdicts))
    found = await gathered(upstream)
    assert [failure for failure in found.failures if failure.purpose == "judge"] == [
        Failure(purpose="judge", kind=kind, missing=3)
    ]
    assert found.similarities[0][1:4] == (0.5, 0.5, 1.0)
    assert found.used == 6
    assert not found.deadline_hit


async def test_a_judge_that_hangs_costs_its_share_of_the_time_and_no_draw() -> None:
    async def hang(_nonce: str, _pairs: Any) -> str:
        await asyncio.Event().wait()
        return ""

    upstream = ScriptedUpstream(script(hang))
    deadline = {"factor": 0.001, "min_seconds": 5.0}
    found = await gathered(upstream, samples={"max": 6, "stop": "sequential"}, deadline=deadline)
    assert Failure(purpose="judge", kind="deadline", missing=1) in found.failures
    assert (found.used, found.deadline_hit) == (6, False)
    assert len(judged(upstream)) == 1


async def test_a_thinking_model_gets_room_and_is_asked_for_little_effort() -> None:
    candidate = chat_reply("rust", reasoning="It was rust, I think.")
    upstream = ScriptedUpstream(thinking(candidate))
    await gathered(upstream)
    (body,) = judged(upstream)
    assert (body["max_tokens"], body["reasoning_effort"]) == (JUDGE_ROOM, "low")


def thinking(candidate: Any) -> Any:
    """The same model, with a candidate that shows its thoughts."""
    rest, first = script(all_of("same")), iter([True])
    return lambda call: (rest(call), candidate)[1] if next(first, False) else rest(call)


async def test_the_callers_credential_stays_with_the_callers_upstream() -> None:
    mine = (("authorization", "Bearer mine"),)
    main, other = ScriptedUpstream(script(None)), ScriptedUpstream(script(all_of("same")), name="other")
    judge = Cascade(Doubtful(), LlmJudge(ModelAt(other, "big-one")))
    found = await gathered(Forwarding(main, mine), judge)
    (call,) = other.calls
    assert body_of(call)["model"] == "big-one"
    assert call.headers == ()
    assert call.query == ""
    assert all(("authorization", "Bearer mine") in call.headers for call in main.calls)
    assert found.similarities[0][1] >= AGREED
    assert dict(found.fingerprints)["judge"] == "doubtful/1 llm/1 big-one"


async def test_another_model_at_the_callers_upstream_gets_it() -> None:
    mine = (("authorization", "Bearer mine"),)
    main = ScriptedUpstream(script(all_of("same")))
    judge = Cascade(Doubtful(), LlmJudge(ModelAt(main, "big-one")))
    await gathered(Forwarding(main, mine), judge)
    (body,) = judged(main)
    assert body["model"] == "big-one"
    assert all(("authorization", "Bearer mine") in call.headers for call in main.calls)


async def test_a_lone_draw_is_compared_and_judged_as_well() -> None:
    upstream = ScriptedUpstream(script(all_of("same")))
    found = await gathered(upstream, samples={"max": 1}, signals=[])
    assert found.similarities[0][1] >= AGREED
    assert len(judged(upstream)) == 1


async def test_an_abstaining_candidate_leaves_nothing_to_ask() -> None:
    upstream = ScriptedUpstream(Model("I don't know.", draws=DRAWS))
    found = await gathered(upstream, on_upstream_abstention="recover")
    assert found.used == 6
    assert judged(upstream) == []


async def test_the_whole_guard_decides_by_it() -> None:
    decisions = {}
    for word in ("same", "different"):
        upstream = ScriptedUpstream(script(all_of(word), draws=("maybe rust",), steps="maybe ice"))
        made = Guard(ruling(thresholds={"correctness": 0.3}), CHAT, Cascade(Doubtful(), LlmJudge()), Memory())
        answered = await made.answer(exchange(Q), upstream, "m", AROUND, "g-1")
        decisions[word] = str(answered.verdict.decision)
    assert decisions == {"same": "answer", "different": "abstain"}


async def test_the_budget_of_the_draws_pays_for_a_model_as_judge() -> None:
    with_, asked = asking(ScriptedUpstream(script(None))), exchange(Q)
    candidate = await gather_candidate(with_, asked)
    tight = with_.policy.model_copy(update={"samples": with_.policy.samples.model_copy(update={"max": 64})})
    plain = tight.model_copy(update={"judge": "lexical"})
    large = replace(candidate, usage=replace(candidate.usage, prompt=150, completion=20))
    assert 0 < plan_of(tight, asked, large).draws < plan_of(plain, asked, large).draws
