"""A second way and a second model over real connections: what they settle, and what they must not learn."""

from __future__ import annotations

from typing import Any

from guard.upstream import Call

from .conftest import Start
from .reading import decided, ours
from .running import QUESTION
from .scripts import agreeing, body_of, by_purpose, by_steps, purpose_of, refusing, report

OTHER = {"upstream": "other", "model": "big-one"}


def two(policy: dict[str, Any], **other: Any) -> dict[str, Any]:
    """Upstreams `main` and `other` (both the script's), one route to `main`."""
    return {
        "upstreams": {"main": {}, "other": {"api_key": "of-the-other", **other}},
        "routes": [{"upstream": "main"}],
        "policies": {"balanced": policy},
    }


def doubting(call: Call) -> Any:
    """A model that doubts its answer and comes to another one by steps."""
    if purpose_of(call) == "second_way":
        return by_steps(call, "Lyon")
    return report(call, 5) if purpose_of(call) == "self_report" else "Paris"


def seconds(calls: list[Call]) -> list[Call]:
    return [call for call in calls if body_of(call).get("model") == "big-one"]


def test_looks_that_doubt_the_answer_save_every_draw(start: Start) -> None:
    guard = start(doubting)
    reply = guard.ask(headers={"x-guard-explain": "1"})
    assert decided(reply)[0] == "abstain"
    assert ours(reply)["samples"] == "0/0"
    assert purpose_of(guard.upstream.calls[0]) == "candidate"
    assert sorted(purpose_of(call) for call in guard.upstream.calls[1:]) == ["second_way", "self_report"]
    assert reply.json()["guard"]["scores"]["second_way"] < 0.05


def test_another_way_to_the_same_answer_is_seen_in_the_explanation(start: Start) -> None:
    guard = start(by_purpose(second_way=lambda call: by_steps(call, "It is Paris.")))
    reply = guard.ask(headers={"x-guard-explain": "1"})
    assert decided(reply) == ("answer", "confident")
    assert reply.json()["guard"]["scores"]["second_way"] > 0.95
    assert guard.metric("guard_tokens_total", route="default", purpose="second_way", direction="completion") > 0


def test_a_model_that_knows_no_steps_is_judged_without(start: Start) -> None:
    guard = start(agreeing())
    reply = guard.ask(headers={"x-guard-explain": "1"})
    assert decided(reply) == ("answer", "confident")
    assert reply.json()["guard"]["scores"]["second_way"] is None
    assert guard.metric("guard_failures_total", route="default", stage="second_way", outcome="went_on") == 1


def test_the_second_model_is_asked_with_its_own_credential_only(start: Start) -> None:
    mine = "Bearer sk-of-the-caller"
    guard = start(agreeing(), two({"second_model": OTHER}))
    reply = guard.ask(headers={"authorization": mine, "x-guard-explain": "1", "openai-organization": "mine"})
    assert decided(reply) == ("answer", "confident")
    assert reply.json()["guard"]["scores"]["cross_model"] == 1.0
    (second,) = seconds(guard.upstream.calls)
    assert body_of(second)["messages"] == [{"role": "user", "content": QUESTION}]
    sent = dict(second.headers)
    assert sent["authorization"] == "Bearer of-the-other"
    assert mine not in str(second.headers)
    assert "openai-organization" not in sent
    assert all(dict(call.headers)["authorization"] == mine for call in guard.upstream.calls if call is not second)
    assert guard.metric("guard_upstream_seconds_count", upstream="other", purpose="cross_model") == 1


def test_on_the_same_upstream_the_callers_credential_is_the_right_one(start: Start) -> None:
    guard = start(agreeing(), {"policies": {"balanced": {"second_model": {"upstream": "main", "model": "big-one"}}}})
    assert decided(guard.ask(headers={"authorization": "Bearer mine"})) == ("answer", "confident")
    (second,) = seconds(guard.upstream.calls)
    assert dict(second.headers)["authorization"] == "Bearer mine"


def test_a_second_model_that_fails_is_counted_on_its_own_upstream_and_changes_nothing(start: Start) -> None:
    def script(call: Call) -> Any:
        return refusing(503) if body_of(call).get("model") == "big-one" else agreeing()(call)

    guard = start(script, two({"second_model": OTHER}))
    assert decided(guard.ask()) == ("answer", "confident")
    assert guard.metric("guard_upstream_errors_total", upstream="other", kind="refused") == 1
    assert guard.metric("guard_upstream_errors_total", upstream="main", kind="refused") == 0
    assert guard.metric("guard_failures_total", route="default", stage="cross_model", outcome="went_on") == 1


def test_a_second_model_that_is_not_there_changes_nothing_either(start: Start) -> None:
    guard = start(agreeing(), two({"second_model": OTHER}, base_url="http://127.0.0.1:9"))
    assert decided(guard.ask()) == ("answer", "confident")
    assert guard.metric("guard_upstream_errors_total", upstream="other", kind="unreachable") == 1
