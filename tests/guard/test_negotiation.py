"""What a refusal teaches, in the words of servers that there are."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard import negotiation
from guard.negotiation import Facts, Memory, adapt, learn

OWN = ("temperature", "seed", "n")
PROBE = ("temperature", "response_format", "reasoning_effort", "max_tokens")
RENAMES = {"max_tokens": "max_completion_tokens"}
DRAW = {"model": "m", "messages": [], "temperature": 1.0, "seed": 7, "n": 4}
ASKED = {"model": "m", "messages": [], "temperature": 0, "max_tokens": 80, "response_format": {}}


def envelope(message: str, param: str | None = None) -> bytes:
    return orjson.dumps({"error": {"message": message, "type": "invalid_request_error", "param": param, "code": None}})


def detail(*place: Any, message: str = "Extra inputs are not permitted") -> bytes:
    return orjson.dumps({"detail": [{"type": "extra_forbidden", "loc": place, "msg": message}]})


@pytest.mark.parametrize(
    ("body", "own", "reply", "learnt"),
    [
        # OpenAI, reasoning models
        (
            DRAW,
            OWN,
            envelope(
                "Unsupported value: 'temperature' does not support 0.7 with this model. Only the default (1) value is "
                "supported.",
                "temperature",
            ),
            Facts(dropped=frozenset({"temperature"})),
        ),
        (
            ASKED,
            PROBE,
            envelope(
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' "
                "instead.",
                "max_tokens",
            ),
            Facts(renamed={"max_tokens": "max_completion_tokens"}),
        ),
        (ASKED, PROBE, envelope("max_tokens is too large: 80"), Facts(dropped=frozenset({"max_tokens"}))),
        (
            DRAW,
            OWN,
            envelope("Invalid 'n': integer above maximum value. Expected a value <= 2, but got 4 instead.", "n"),
            Facts(max_n=2),
        ),
        # Groq, vLLM, llama.cpp, DeepSeek
        (DRAW, OWN, envelope("'n' : number must be at most 1"), Facts(max_n=1)),
        (DRAW, OWN, orjson.dumps({"message": "n must be 1 when using greedy sampling, got 4."}), Facts(max_n=1)),
        (DRAW, OWN, envelope("n_cmpl cannot be greater than the number of slots, please increase -np"), Facts(max_n=1)),
        (DRAW, OWN, envelope("The parameter n is not supported"), Facts(max_n=1)),
        (DRAW, OWN, envelope("Invalid n value (currently only n = 1 is supported)"), Facts(max_n=1)),
        # FastAPI, Mistral
        (DRAW, OWN, detail("body", "seed"), Facts(dropped=frozenset({"seed"}))),
        (DRAW, OWN, detail("body", "n"), Facts(max_n=1)),
        (
            DRAW,
            OWN,
            orjson.dumps(
                {"object": "error", "message": {"detail": [{"loc": ["body", "seed"], "msg": "Extra inputs"}]}}
            ),
            Facts(dropped=frozenset({"seed"})),
        ),
        (
            ASKED,
            PROBE,
            envelope("response_format json_schema is not supported"),
            Facts(dropped=frozenset({"response_format"})),
        ),
        # The envelope knows better than the words
        (DRAW, OWN, envelope("n must be 1 when temperature is 0", "n"), Facts(max_n=1)),
        # Nothing named: all of the guard's own, since the caller's request went through
        (DRAW, OWN, b"Bad Request", Facts(dropped=frozenset(OWN), max_n=1)),
        (DRAW, OWN, b"", Facts(dropped=frozenset(OWN), max_n=1)),
        (DRAW, OWN, b"\xff\xfe\x00", Facts(dropped=frozenset(OWN), max_n=1)),
        (
            ASKED,
            PROBE,
            envelope("something is wrong"),
            Facts(dropped=frozenset({"temperature", "max_tokens", "response_format"})),
        ),
        # Words that only contain a name, and line ends that look like one
        (
            DRAW,
            OWN,
            b'{"message": "1 error for Request\\nvalue is wrong\\n: seed"}',
            Facts(dropped=frozenset({"seed"})),
        ),
        (DRAW, OWN, envelope("seedless request refused, temperatures differ"), Facts(dropped=frozenset(OWN), max_n=1)),
    ],
)
def test_what_a_refusal_teaches(body: Any, own: tuple[str, ...], reply: bytes, learnt: Facts) -> None:
    assert learn(Facts(), body, 400, reply, own, RENAMES) == learnt


SPARE = ("logprobs", "top_logprobs")
EXTRA = {**ASKED, "logprobs": True, "top_logprobs": 5}


@pytest.mark.parametrize(
    "reply",
    [
        # OpenAI, reasoning models
        envelope("Unsupported parameter: 'logprobs' is not supported with this model.", "logprobs"),
        envelope("'top_logprobs' must be less than or equal to 3.", "top_logprobs"),
        # Groq
        envelope("`logprobs` is not supported with this model"),
        # Mistral
        detail("body", "top_logprobs"),
        # Those that name nothing
        b"Bad Request",
        envelope("Invalid request"),
    ],
)
def test_what_only_brings_something_extra_goes_together_and_first(reply: bytes) -> None:
    facts = learn(Facts(), EXTRA, 400, reply, (*PROBE, *SPARE), RENAMES, SPARE)
    assert facts == Facts(dropped=frozenset(SPARE))
    assert adapt(EXTRA, facts, (*PROBE, *SPARE)) == ASKED


def test_another_parameter_that_is_named_leaves_it_alone_and_a_bare_refusal_comes_to_the_rest() -> None:
    own = (*PROBE, *SPARE)
    named = learn(Facts(), EXTRA, 400, envelope("bad `response_format`", "response_format"), own, RENAMES, SPARE)
    assert named == Facts(dropped=frozenset({"response_format"}))
    first = Facts(dropped=frozenset(SPARE))
    bare = learn(first, adapt(EXTRA, first, own), 400, b"no", own, RENAMES, SPARE)
    assert bare == Facts(dropped=frozenset({*SPARE, "temperature", "max_tokens", "response_format"}))


@pytest.mark.parametrize("status", [401, 402, 403, 408, 409, 413, 429, 500, 502, 503, 529])
def test_only_a_bad_request_teaches_anything(status: int) -> None:
    assert learn(Facts(), DRAW, status, envelope("'temperature'", "temperature"), OWN, RENAMES) is None


@pytest.mark.parametrize("status", [400, 404, 422])
def test_the_callers_own_parameters_are_never_at_fault(status: int) -> None:
    body = {"model": "m", "messages": [], "top_p": 0.5}
    assert learn(Facts(), body, status, envelope("'top_p' is not supported", "top_p"), OWN, RENAMES) is None


def test_what_was_learnt_before_is_kept() -> None:
    before = Facts(frozenset({"seed"}), {"max_tokens": "max_completion_tokens"}, 3)
    learnt = learn(before, {"temperature": 1}, 400, envelope("'temperature'"), OWN, RENAMES)
    assert learnt == Facts(frozenset({"seed", "temperature"}), before.renamed, 3)


@pytest.mark.parametrize(
    ("says", "most"),
    [
        ("'n' must be <= 3", 3),
        ("'n' at most 2 allowed", 2),
        ("'n': maximum is 3", 3),
        ("'n' up to 1", 1),
        ("'n' should be less than or equal to 2", 2),
        ("'n' <= 4", 1),  # as many as were asked for: the server contradicts itself
        ("'n' <= 400", 1),
        ("'n' <= 0", 1),
        ("'n' is too large", 1),
    ],
)
def test_the_largest_n_that_is_allowed(says: str, most: int) -> None:
    assert learn(Facts(), DRAW, 400, envelope(says), OWN, RENAMES) == Facts(max_n=most)


def test_a_body_is_adapted_without_touching_what_is_the_callers() -> None:
    facts = Facts(frozenset({"temperature", "messages"}), {"max_tokens": "max_completion_tokens"})
    assert adapt(ASKED, facts, PROBE) == {
        "model": "m",
        "messages": [],
        "response_format": {},
        "max_completion_tokens": 80,
    }
    assert adapt(ASKED, facts, ()) == ASKED
    assert ASKED["max_tokens"] == 80


@given(st.binary(max_size=60), st.sampled_from((400, 404, 422, 500)))
def test_any_refusal_is_survived(reply: bytes, status: int) -> None:
    learnt = learn(Facts(), DRAW, status, reply, OWN, RENAMES)
    assert learnt is None or len(adapt(DRAW, learnt, OWN)) < len(DRAW) or learnt.max_n is not None


# Memory


def test_facts_are_kept_for_each_model_at_each_upstream() -> None:
    memory = Memory()
    assert memory.facts("u", "m") == Facts()
    memory.remember("u", "m", Facts(max_n=2))
    assert memory.facts("u", "m") == Facts(max_n=2)
    assert memory.facts("u", "other") == memory.facts("other", "m") == Facts()


def test_calls_that_learn_at_the_same_time_add_up() -> None:
    memory = Memory()
    memory.remember("u", "m", Facts(dropped=frozenset({"seed"}), max_n=4))
    memory.remember("u", "m", Facts(renamed={"a": "b"}, max_n=2))
    memory.remember("u", "m", Facts(dropped=frozenset({"temperature"})))
    assert memory.facts("u", "m") == Facts(frozenset({"seed", "temperature"}), {"a": "b"}, 2)


def test_the_limit_on_n_only_falls() -> None:
    memory = Memory()
    memory.remember_n("u", "m", 1)
    memory.remember("u", "m", Facts(max_n=8))
    assert memory.facts("u", "m").max_n == 1


def test_memory_is_bounded_and_forgets_what_was_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(negotiation, "MAX_REMEMBERED", 3)
    memory = Memory()
    for model in ("a", "b", "c"):
        memory.remember_n("u", model, 1)
    assert memory.facts("u", "a").max_n == 1  # used again
    memory.remember_n("u", "d", 1)
    kept = [model for model in "abcd" if memory.facts("u", model) != Facts()]
    assert kept == ["a", "c", "d"]


def test_a_flood_of_models_does_not_grow_the_memory() -> None:
    memory = Memory()
    for number in range(2 * negotiation.MAX_REMEMBERED):
        memory.remember_n("u", f"model-{number}", 1)
    kept = sum(memory.facts("u", f"model-{number}") != Facts() for number in range(2 * negotiation.MAX_REMEMBERED))
    assert kept == negotiation.MAX_REMEMBERED
