"""A cascade over many pairs, without a request around them."""

from __future__ import annotations

import orjson
import pytest

from guard.dialects import DIALECTS
from guard.errors import UpstreamBroken, UpstreamRefused
from guard.judges.cascade import MAX_ASKED, Cascade
from guard.judges.costly import ModelAt
from guard.judges.lexical import AGREED, VETO
from guard.judges.llm import LlmJudge
from guard.judges.offline import Row, asker, compare_all, nobody
from guard.negotiation import Memory
from guard.testing import ScriptedUpstream
from guard.upstream import Call
from tests.guard.judges.cascades import Doubtful, Told, cascade
from tests.guard.models import body_of, refusal

CHAT = DIALECTS["openai_chat"]


async def test_rows_keep_their_order_and_only_open_ones_are_asked_about() -> None:
    costly = Told(lambda a, b: "same" if "1" in a + b else "different")
    rows = [Row("q", "a", "a"), Row("q", "maybe 1", "b"), Row("r", "a", "b"), Row("q", "maybe 2", "b")]
    found = await compare_all(cascade(costly), rows, nobody)
    same, told, apart, vetoed = found.similarities
    assert (same, apart) == (1.0, 0.0)
    assert told >= AGREED
    assert vetoed <= VETO
    assert (found.asked, found.calls, found.failures) == (2, 2, [])


async def test_pairs_of_one_question_are_asked_about_together_up_to_the_cap() -> None:
    costly = Told()
    rows = [Row("q", f"maybe {number}", "b") for number in range(MAX_ASKED + 1)]
    found = await compare_all(cascade(costly), rows, nobody)
    assert (found.asked, found.calls) == (MAX_ASKED + 1, 2)
    assert min(found.similarities) >= AGREED


async def test_a_failure_is_counted_and_leaves_the_lexical_values() -> None:
    costly = Told(lambda a, _b: UpstreamBroken("gone") if "1" in a else "same")
    found = await compare_all(cascade(costly), [Row("q", "maybe 1", "z"), Row("r", "maybe 2", "z")], nobody)
    assert found.failures == ["broken"]
    assert found.similarities[0] == 0.5
    assert found.similarities[1] >= AGREED


async def test_nothing_to_compare() -> None:
    assert (await compare_all(cascade(), [], nobody)).similarities == []


def saying_same(call: Call) -> str:
    asked = orjson.loads(body_of(call)["messages"][1]["content"])
    return orjson.dumps({"nonce": asked["nonce"], "verdicts": dict.fromkeys(asked["pairs"], "same")}).decode()


async def test_a_model_is_asked_through_its_dialect_and_a_refused_parameter_left_out() -> None:
    def script(call: Call) -> object:
        if "response_format" in body_of(call):
            return refusal("unknown parameter response_format", "response_format")
        return saying_same(call)

    upstream = ScriptedUpstream(script)  # type: ignore[arg-type]
    ask = asker(upstream, CHAT, "m", Memory())
    found = await compare_all(Cascade(Doubtful(), LlmJudge()), [Row("q", "maybe 1", "b")], ask)
    assert found.similarities[0] >= AGREED
    assert [body_of(call)["model"] for call in upstream.calls] == ["m", "m"]


async def test_a_judge_with_its_own_model_is_asked_there() -> None:
    main, other = ScriptedUpstream([]), ScriptedUpstream(saying_same, name="other")
    judge = Cascade(Doubtful(), LlmJudge(ModelAt(other, "big-one")))
    await compare_all(judge, [Row("q", "maybe 1", "b")], asker(main, CHAT, "m", Memory()))
    assert main.calls == []
    assert [body_of(call)["model"] for call in other.calls] == ["big-one"]


async def test_without_a_model_a_judge_that_needs_one_is_a_mistake() -> None:
    with pytest.raises(LookupError, match="asks a model"):
        await compare_all(Cascade(Doubtful(), LlmJudge()), [Row("q", "maybe 1", "b")], nobody)


async def test_a_refusal_is_an_upstream_error() -> None:
    upstream = ScriptedUpstream([refusal("no", status=403)])
    with pytest.raises(UpstreamRefused):
        await LlmJudge().decide("q", [], asker(upstream, CHAT, "m", Memory()))
