"""One call: the caller's own, whole or streamed, and the guard's own, negotiated."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.asking import MAX_NEGOTIATIONS, ask_candidate, ask_negotiated, call_of, decoded, refuses_n, relative
from guard.dialects import DIALECTS
from guard.errors import UpstreamBroken, UpstreamRefused, UpstreamTimeout, UpstreamUnreadable
from guard.exchange import Exchange
from guard.negotiation import Facts, Memory
from guard.testing import ScriptedUpstream, chat_reply, stream_frames
from guard.upstream import Call, Reply
from tests.guard.dialects.bodies import request
from tests.guard.test_negotiation import envelope

CHAT = DIALECTS["openai_chat"]
OWN = CHAT.own_in_draw
SSE = (("content-type", "text/event-stream"),)


def exchange(**fields: Any) -> Exchange:
    raw = orjson.dumps(request("Why?", **fields))
    return CHAT.read(raw, orjson.loads(raw))


def body_of(call: Call) -> Any:
    return orjson.loads(call.body or b"null")


# A reply's JSON


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 529])
def test_a_status_of_400_and_above_is_a_refusal_that_keeps_the_reply(status: int) -> None:
    reply = Reply(status, (), b"{}")
    with pytest.raises(UpstreamRefused) as caught:
        decoded(reply)
    assert caught.value.reply is reply


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b'"text"',
        b"null",
        b"NaN",
        b'{"a": NaN}',
        b"\xef\xbb\xbf{}",
        b'"\\ud800"',
        b"{}{}",
        b"[" * 5000,
    ],
)
def test_what_is_no_json_object_is_unreadable(body: bytes) -> None:
    with pytest.raises(UpstreamUnreadable):
        decoded(Reply(200, (), body))


# The caller's own request


def test_the_callers_request_goes_out_as_it_came() -> None:
    asked = exchange(x=1)
    call = call_of(asked, CHAT, "m")
    assert (call.method, call.path, call.body, call.headers) == ("POST", "/chat/completions", asked.raw, ())
    assert relative("/v1/chat/completions") == "/chat/completions"


async def test_a_plain_candidate() -> None:
    upstream = ScriptedUpstream(["Paris"])
    asked = await ask_candidate(upstream, CHAT, exchange(), "m")
    assert asked.body == orjson.loads(asked.reply.body)
    assert asked.body["choices"][0]["message"]["content"] == "Paris"


async def test_a_streamed_candidate_is_read_to_its_end() -> None:
    upstream = ScriptedUpstream(["Paris it is"])
    asked = await ask_candidate(upstream, CHAT, exchange(stream=True), "m")
    assert asked.body["choices"][0]["message"]["content"] == "Paris it is"
    assert asked.reply.body.endswith(b"data: [DONE]\n\n")
    assert body_of(upstream.calls[0])["stream"] is True


async def test_a_stream_that_was_asked_for_and_not_given() -> None:
    reply = Reply(200, (("content-type", "application/json"),), orjson.dumps(chat_reply("Paris")))
    asked = await ask_candidate(ScriptedUpstream([reply]), CHAT, exchange(stream=True), "m")
    assert asked.body == chat_reply("Paris")


async def test_a_refusal_of_a_stream_keeps_its_body() -> None:
    reply = Reply(429, (("content-type", "text/event-stream"),), b'{"error":{}}')
    with pytest.raises(UpstreamRefused) as caught:
        await ask_candidate(ScriptedUpstream([reply]), CHAT, exchange(stream=True), "m")
    assert (caught.value.reply.status, caught.value.reply.body) == (429, b'{"error":{}}')


async def test_a_stream_that_breaks_off() -> None:
    half = b"".join(list(stream_frames(chat_reply("Paris")))[:2])
    with pytest.raises(UpstreamBroken):
        await ask_candidate(ScriptedUpstream([Reply(200, SSE, half)]), CHAT, exchange(stream=True), "m")


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_a_stream_may_come_in_any_chunks(data: st.DataObject) -> None:
    stream = b"".join(stream_frames(chat_reply("größer, größer 🙂"), include_usage=True))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(stream)), max_size=12)))
    chunks = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]

    async def pieces() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    asked = asyncio.run(ask_candidate(ScriptedUpstream([pieces()]), CHAT, exchange(stream=True), "m"))
    assert asked.reply.body == stream
    assert asked.body == chat_reply("größer, größer 🙂")


# The guard's own


class Picky:
    """A script: refuses parameters by a table, and says yes to what is left."""

    def __init__(self, *refusals: tuple[str, bytes]) -> None:
        self._refusals = refusals

    def __call__(self, call: Call) -> Reply | str:
        body = body_of(call)
        for name, said in self._refusals:
            if name in body:
                return Reply(400, (), said)
        return "Paris"


async def ask(upstream: ScriptedUpstream, memory: Memory, **fields: Any) -> Any:
    body = request("Why?", temperature=1.0, seed=7, **fields)
    return await ask_negotiated(upstream, CHAT, "/v1/chat/completions", body, OWN, memory, "m")


async def test_a_refused_parameter_is_dropped_once_and_remembered() -> None:
    upstream, memory = ScriptedUpstream(Picky(("temperature", envelope("no", "temperature")))), Memory()
    await ask(upstream, memory)
    await ask(upstream, memory)
    assert [sorted(body_of(call).keys() & set(OWN)) for call in upstream.calls] == [
        ["seed", "temperature"],
        ["seed"],
        ["seed"],
    ]
    assert memory.facts("scripted", "m") == Facts(dropped=frozenset({"temperature"}))
    assert memory.facts("scripted", "other") == Facts()


async def test_several_refusals_are_learnt_one_after_the_other() -> None:
    picky = Picky(("temperature", envelope("no", "temperature")), ("seed", envelope("no", "seed")))
    upstream, memory = ScriptedUpstream(picky), Memory()
    await ask(upstream, memory)
    assert len(upstream.calls) == 3
    assert memory.facts("scripted", "m").dropped == {"temperature", "seed"}


async def test_a_refusal_that_names_nothing_ends_in_a_bare_try() -> None:
    upstream, memory = ScriptedUpstream(Picky(("temperature", b"Bad Request"), ("seed", b"Bad Request"))), Memory()
    asked = await ask(upstream, memory)
    assert asked.reply.status == 200
    assert [sorted(body_of(call).keys() & set(OWN)) for call in upstream.calls] == [["seed", "temperature"], []]


async def test_a_renamed_parameter() -> None:
    said = envelope("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", "max_tokens")
    upstream, memory = ScriptedUpstream(Picky(("max_tokens", said))), Memory()
    body = request("Why?", max_tokens=80)
    for _ in range(2):
        await ask_negotiated(upstream, CHAT, "/v1/chat/completions", body, CHAT.own_in_probe, memory, "m")
    assert [body_of(call).get("max_completion_tokens") for call in upstream.calls] == [None, 80, 80]


async def test_what_did_not_help_is_not_remembered() -> None:
    upstream, memory = ScriptedUpstream(lambda _call: Reply(400, (), b"Bad Request")), Memory()
    with pytest.raises(UpstreamRefused):
        await ask(upstream, memory)
    assert len(upstream.calls) == 2
    assert memory.facts("scripted", "m") == Facts()


@pytest.mark.parametrize("status", [401, 429, 500])
async def test_other_refusals_are_not_negotiated(status: int) -> None:
    upstream = ScriptedUpstream(lambda _call: Reply(status, (), envelope("no", "temperature")))
    with pytest.raises(UpstreamRefused):
        await ask(upstream, Memory())
    assert len(upstream.calls) == 1


async def test_negotiation_ends() -> None:
    """A server that refuses `seed` even where there is none."""
    upstream = ScriptedUpstream(lambda _call: Reply(400, (), envelope("'seed' 'temperature'")))
    with pytest.raises(UpstreamRefused):
        await ask(upstream, Memory())
    assert len(upstream.calls) <= MAX_NEGOTIATIONS


async def test_a_smaller_n_is_for_the_one_who_asks_to_make_of() -> None:
    upstream, memory = ScriptedUpstream([Reply(400, (), envelope("'n' must be at most 2", "n"))]), Memory()
    with pytest.raises(UpstreamRefused):
        await ask(upstream, memory, n=4)
    assert memory.facts("scripted", "m") == Facts(max_n=2)
    assert refuses_n(memory.facts("scripted", "m"), 3)
    assert not refuses_n(memory.facts("scripted", "m"), 2)
    assert not refuses_n(Facts(), 99)


async def test_errors_of_the_upstream_come_through() -> None:
    with pytest.raises(UpstreamTimeout):
        await ask(ScriptedUpstream([UpstreamTimeout("slow")]), Memory())


def bodies(upstream: ScriptedUpstream) -> Iterator[Any]:
    return (body_of(call) for call in upstream.calls)


async def test_what_is_sent_is_the_body_and_the_query() -> None:
    upstream = ScriptedUpstream(["Paris"])
    body = request("Why?", temperature=1.0)
    await ask_negotiated(upstream, CHAT, "/v1/chat/completions", body, OWN, Memory(), "m", query="api-version=1")
    assert list(bodies(upstream)) == [body]
    assert (upstream.calls[0].path, upstream.calls[0].query) == ("/chat/completions", "api-version=1")
