from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import openai
import orjson
import pytest
import uvicorn

from guard.reports import read_second_way, read_self_report, second_way
from guard.reports import self_report as probe_of
from probes.recorded import RecordedResponse, Shelf, create_app, stream_of
from tests.probes.rows import sample

QUESTION = "What is the capital of France?"


def ask(shelf: Shelf, question: str = QUESTION, **extra: Any) -> list[str]:
    body = {"model": "m", "messages": [{"role": "user", "content": question}], **extra}
    return [choice["message"]["content"] for choice in shelf.answer(body)["choices"]]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf.of([sample()])


@pytest.mark.parametrize("extra", [{}, {"temperature": 0}, {"temperature": None}, {"temperature": 0, "seed": 2}])
def test_without_a_temperature_the_greedy_answer_comes(shelf: Shelf, extra: dict[str, Any]) -> None:
    assert ask(shelf, **extra) == ["Paris"]


def test_draws_begin_at_the_seed_and_wrap_round(shelf: Shelf) -> None:
    assert ask(shelf, temperature=1.0, seed=1, n=2) == ["Lyon", "It is Paris."]
    assert ask(shelf, temperature=1.0, seed=2, n=3) == ["It is Paris.", "Paris", "Lyon"]
    assert ask(shelf, temperature=1.0, seed=7) == ["Lyon"]


def test_without_a_seed_draws_come_in_turn_for_each_question(shelf: Shelf) -> None:
    assert ask(shelf, temperature=1.0, n=2) == ["Paris", "Lyon"]
    assert ask(shelf, temperature=1.0, n=2) == ["It is Paris.", "Paris"]


def test_the_reply_counts_tokens_by_characters(shelf: Shelf) -> None:
    body = {"model": "m", "messages": [{"role": "user", "content": QUESTION}], "temperature": 1, "seed": 0, "n": 3}
    usage = shelf.answer(body)["usage"]
    assert usage == {"prompt_tokens": 8, "completion_tokens": 2 + 1 + 3, "total_tokens": 14}


def test_every_reply_has_its_own_id(shelf: Shelf) -> None:
    body = {"model": "m", "messages": [{"role": "user", "content": QUESTION}]}
    assert shelf.answer(body)["id"] != shelf.answer(body)["id"]


def test_log_probabilities_come_where_recorded_and_asked_for(shelf: Shelf) -> None:
    body: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": QUESTION}], "logprobs": True}
    greedy = shelf.answer(body)["choices"][0]["logprobs"]
    assert [entry["logprob"] for entry in greedy["content"]] == [-0.1, -0.3]
    drawn = shelf.answer(body | {"temperature": 1, "seed": 1, "n": 2})["choices"]
    assert drawn[0]["logprobs"]["content"][0]["logprob"] == -1.5
    assert drawn[1]["logprobs"] is None
    assert shelf.answer(body | {"logprobs": False})["choices"][0]["logprobs"] is None


@pytest.mark.parametrize(
    ("changes", "value", "form"),
    [
        ({"self_check": True}, 1.0, "yes_no"),
        ({"self_check": False}, 0.0, "yes_no"),
        ({"self_check": None, "greedy_verbalized": 0.85}, 0.85, "number"),
        ({"self_check": False, "greedy_verbalized": 0.3}, 0.3, "number"),
    ],
)
def test_the_guards_own_probe_is_answered_from_the_record(changes: dict[str, Any], value: float, form: str) -> None:
    probe = probe_of(QUESTION, "", "Paris", "nonce-1", reasoning=False)
    said = ask(Shelf.of([sample(**changes)]), probe.user)[0]
    report = read_self_report(said, "nonce-1")
    assert report is not None
    assert (report.value, report.form) == (pytest.approx(value), form)


@pytest.mark.parametrize(
    ("changes", "answer"), [({"self_check": None}, "Paris"), ({}, "Lyon")], ids=["none recorded", "another answer"]
)
def test_a_probe_that_was_not_recorded_is_not_made_up(changes: dict[str, Any], answer: str) -> None:
    probe = probe_of(QUESTION, "", answer, "n", reasoning=False)
    with pytest.raises(LookupError):
        ask(Shelf.of([sample(**changes)]), probe.user)


def test_the_second_way_is_answered_from_the_decomposition() -> None:
    probe = second_way(QUESTION, "", "nonce-2", reasoning=False)
    said = ask(Shelf.of([sample(decomposed="It is Lyon.")]), probe.user)[0]
    assert read_second_way(said, "nonce-2") == "It is Lyon."
    assert read_second_way(said, "nonce-1") is None


@pytest.mark.parametrize("decomposed", [None, ""])
def test_a_second_way_that_was_not_recorded_is_not_made_up(decomposed: str | None) -> None:
    probe = second_way(QUESTION, "", "n", reasoning=False)
    with pytest.raises(LookupError, match="decomposition"):
        ask(Shelf.of([sample(decomposed=decomposed)]), probe.user)


def test_a_context_is_matched_with_and_without_it() -> None:
    shelf = Shelf.of([sample(context="Old maps.")])
    assert ask(shelf) == ["Paris"]
    assert ask(shelf, f"Context: Old maps.\n\nQuestion: {QUESTION}") == ["Paris"]


def test_responses_are_answers_without_draws() -> None:
    shelf = Shelf.of([], [RecordedResponse(model="r", question="Why?", response="Because.")])
    body = {"model": "r", "messages": [{"role": "user", "content": "Why?"}]}
    assert shelf.answer(body)["choices"][0]["message"]["content"] == "Because."
    with pytest.raises(LookupError, match="no draws"):
        shelf.answer(body | {"temperature": 1})


@asynccontextmanager
async def serving(shelf: Shelf) -> AsyncIterator[str]:
    server = uvicorn.Server(uvicorn.Config(create_app(shelf), port=0, log_level="warning"))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn tells it by a flag only
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.should_exit = True
        await task


async def test_a_real_client_asks_plain_and_streamed(shelf: Shelf) -> None:
    async with serving(shelf) as url, openai.AsyncOpenAI(base_url=url, api_key="unused", max_retries=0) as client:
        messages: Any = [{"role": "user", "content": QUESTION}]
        plain = await client.chat.completions.create(model="m", messages=messages)
        assert plain.choices[0].message.content == "Paris"
        stream = await client.chat.completions.create(
            model="m", messages=messages, stream=True, temperature=1, seed=2, stream_options={"include_usage": True}
        )
        chunks = [chunk async for chunk in stream]
        text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
        assert text == "It is Paris."
        assert chunks[-1].usage is not None
        assert [model.id async for model in client.models.list()] == ["m"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"model": "other", "messages": [{"role": "user", "content": QUESTION}]}, 404),
        ({"model": "m", "messages": [{"role": "user", "content": "Never asked?"}]}, 404),
        ({"model": "m", "messages": [{"role": "system", "content": "x"}]}, 400),
        ({"model": "m", "messages": [{"role": "user", "content": QUESTION}], "n": 10**9}, 400),
        ([], 400),
        ("not json", 400),
    ],
)
async def test_what_was_not_recorded_is_an_error_in_the_envelope(shelf: Shelf, body: Any, status: int) -> None:
    async with serving(shelf) as url, httpx.AsyncClient(trust_env=False) as client:
        content = body.encode() if isinstance(body, str) else orjson.dumps(body)
        reply = await client.post(f"{url}/chat/completions", content=content)
    assert reply.status_code == status
    assert reply.json()["error"].keys() == {"message", "type", "param", "code"}


def test_a_stream_of_several_choices_ends_each_and_then_itself(shelf: Shelf) -> None:
    body = {"model": "m", "messages": [{"role": "user", "content": QUESTION}], "temperature": 1, "seed": 0, "n": 2}
    frames = list(stream_of(shelf.answer(body), usage=False))
    assert sum(b'"finish_reason":"stop"' in frame for frame in frames) == 2
    assert frames[-1] == b"data: [DONE]\n\n"
