"""Signals over real connections: P(True), grounding, and draws that are a cache's copies."""

from __future__ import annotations

import itertools
from typing import Any

import orjson
import pytest

from guard.reports import recognise_probe
from guard.testing import chat_reply
from guard.upstream import Call, Reply

from .conftest import Start
from .reading import decided, ours, words_of
from .running import QUESTION
from .scripts import agreeing, body_of, by_purpose, by_steps, purpose_of, refusing, report

EXPLAIN = {"x-guard-explain": "1"}


def scores(reply: Any) -> dict[str, float | None]:
    found = reply.json()["guard"]["scores"]
    assert isinstance(found, dict)
    return found


# The probability of yes


def sure(call: Call) -> Any:
    """A self-report with the probabilities of its words where the call asks for them."""
    probe = recognise_probe(body_of(call)["messages"][-1]["content"])
    assert probe is not None
    pieces = ['{"nonce":"', probe.nonce, '","correct":"', "yes", '","probability":', "95", "}"]
    reply = chat_reply("".join(pieces), logprobs=[(piece, -0.1) for piece in pieces])
    if body_of(call).get("logprobs") is not True:
        reply["choices"][0]["logprobs"] = None
        return reply
    chances = [{"token": "yes", "logprob": -0.105360516}, {"token": "no", "logprob": -2.302585093}]
    reply["choices"][0]["logprobs"]["content"][3]["top_logprobs"] = chances
    return reply


def test_p_true_is_read_from_the_self_report(start: Start) -> None:
    guard = start(by_purpose(self_report=sure))
    reply = guard.ask(headers=EXPLAIN)
    assert decided(reply) == ("answer", "confident")
    assert scores(reply)["p_true"] == pytest.approx(0.9, abs=1e-6)
    asked = [body for body in guard.bodies() if "top_logprobs" in body]
    assert len(asked) == 1
    assert "logprobs" not in guard.bodies()[0]


def test_an_endpoint_that_refuses_log_probabilities_is_asked_without_from_then_on(start: Start) -> None:
    def script(call: Call) -> Any:
        if "logprobs" in body_of(call):
            return refusing(400, "This model does not support 'logprobs'.")
        return sure(call) if purpose_of(call) == "self_report" else agreeing()(call)

    guard = start(script)
    for _ in range(2):
        reply = guard.ask(headers=EXPLAIN)
        assert decided(reply) == ("answer", "confident")
        assert (scores(reply)["self_report"], scores(reply)["p_true"]) == (0.95, None)
    assert len([body for body in guard.bodies() if "logprobs" in body]) == 1
    assert guard.metric("guard_failures_total", route="default", stage="self_report", outcome="went_on") == 0


def test_a_policy_without_a_self_report_has_none_and_may_name_it(start: Start) -> None:
    signals = ["semantic_agreement", "p_true"]
    guard = start(by_purpose(self_report=sure), {"policies": {"balanced": {"signals": signals}}})
    assert scores(guard.ask(headers=EXPLAIN))["p_true"] is None
    assert all("logprobs" not in body for body in guard.bodies())


# Token probabilities


@pytest.mark.parametrize("stream", [False, True])
def test_the_callers_own_log_probabilities_are_read_and_released(start: Start, stream: bool) -> None:
    said = chat_reply("Paris", logprobs=[("Par", -0.1), ("is", -0.3)])
    guard = start(by_purpose(candidate=said))
    reply = guard.ask(headers=EXPLAIN, logprobs=True, stream=stream)
    assert words_of(reply) == "Paris"
    assert b'"logprob":-0.3' in reply.content
    shown = orjson.loads(
        next(line for line in reply.content.split(b"\n") if b'"guard"' in line).removeprefix(b"data: ")
    )
    assert shown["guard"]["scores"]["token_probability"] == pytest.approx(0.818731)
    draws = [body_of(call) for call in guard.upstream.calls if purpose_of(call) == "draw"]
    assert all(body["logprobs"] is True for body in draws)  # the caller's own body, as it came


def test_the_guard_adds_none_to_the_candidate_or_the_draws(start: Start) -> None:
    guard = start(agreeing())
    assert scores(guard.ask(headers=EXPLAIN))["token_probability"] is None
    for call in guard.upstream.calls:
        assert purpose_of(call) == "self_report" or "logprobs" not in body_of(call)


# Grounding

DOCUMENT = "Lyon was founded in 43 BC by Lucius Munatius Plancus. It lies on the Rhône."


def test_an_answer_is_held_against_the_documents_in_its_question(start: Start) -> None:
    guard = start(agreeing("Munatius Plancus"))
    reply = guard.ask(f"Context: {DOCUMENT}\n\nQuestion: Who founded Lyon?", headers=EXPLAIN)
    assert scores(reply)["grounding"] == 1.0
    probes = [recognise_probe(body["messages"][-1]["content"]) for body in guard.bodies()]
    quoted = [probe for probe in probes if probe is not None]
    assert quoted
    assert {probe.question for probe in quoted} == {"Who founded Lyon?"}
    assert all(DOCUMENT in probe.context for probe in quoted)


def test_and_against_those_of_the_system_prompt(start: Start) -> None:
    guard = start(agreeing("Julius Caesar"))
    messages = [
        {"role": "system", "content": f"Answer from the context.\n\nContext:\n{DOCUMENT}"},
        {"role": "user", "content": "Who founded Lyon?"},
    ]
    assert scores(guard.ask(headers=EXPLAIN, messages=messages))["grounding"] == 0.0
    assert scores(guard.ask(headers=EXPLAIN))["grounding"] is None


# Copies

LONG = "Paris, as every atlas says on its second page, and as the register of cities confirms. " * 8


def stored(text: str, *headers: tuple[str, str]) -> Any:
    """A cache before the model that keeps one reply to a question, whatever the parameters; probes pass it."""
    numbers = itertools.count()
    kept = orjson.dumps(chat_reply(text, id="chatcmpl-stored"))

    def answer(call: Call) -> Any:
        if purpose_of(call) == "self_report":
            return chat_reply(report(call, 95), id=f"chatcmpl-{next(numbers)}")
        if purpose_of(call) == "second_way":
            return chat_reply("I cannot do steps.", id=f"chatcmpl-{next(numbers)}")
        hit = headers if purpose_of(call) == "draw" else ()
        return Reply(200, (("content-type", "application/json"), *hit), kept)

    return answer


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        ("Paris", ()),
        ("Paris", (("x-litellm-cache-key", "586bf3"),)),
        ("Paris", (("X-Cache", "HIT"),)),
        (LONG, ()),
        (LONG, (("cf-aig-cache-status", "HIT"),)),
    ],
    ids=["short", "LiteLLM", "a proxy", "long", "Cloudflare"],
)
def test_a_caches_copies_are_no_agreement(start: Start, text: str, headers: tuple[tuple[str, str], ...]) -> None:
    guard = start(stored(text, *headers))
    reply = guard.ask(headers=EXPLAIN)
    assert decided(reply) == ("abstain", "no_diversity")
    found = scores(reply)
    assert {found[name] for name in ("semantic_agreement", "cluster_share", "semantic_entropy")} == {None}
    assert found["self_report"] == 0.95


def test_where_something_else_speaks_it_decides(start: Start) -> None:
    cache = stored("Paris")

    def script(call: Call) -> Any:
        if purpose_of(call) == "second_way":
            return chat_reply(by_steps(call, "Paris"), id="chatcmpl-steps")
        return cache(call)

    reply = start(script, {"policies": {"balanced": {"samples": {"stop": "fixed"}}}}).ask(headers=EXPLAIN)
    assert decided(reply) == ("answer", "confident")
    assert scores(reply)["semantic_agreement"] is None
    assert ours(reply)["samples"] == "8/8"


def test_one_answer_again_and_again_is_agreement(start: Start) -> None:
    numbers = itertools.count()

    def script(call: Call) -> Any:
        said = report(call, 95) if purpose_of(call) == "self_report" else "Paris"
        texts = [said] * body_of(call).get("n", 1)
        return chat_reply(said, texts=texts, id=f"chatcmpl-{next(numbers)}")

    reply = start(script).ask(QUESTION, headers=EXPLAIN)
    assert decided(reply) == ("answer", "confident")
    assert scores(reply)["semantic_agreement"] == 1.0
