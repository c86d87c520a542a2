"""The fakes must behave like the real thing: as an `Upstream`, and for a real client behind a real socket."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import openai
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.errors import UpstreamBroken, UpstreamRefused, UpstreamTimeout, UpstreamUnreachable
from guard.testing import (
    AlwaysSame,
    Failing,
    NeverSame,
    ScriptedServer,
    ScriptedUpstream,
    chat_reply,
    stream_frames,
)
from guard.transports import TransportSettings, build_transport
from guard.upstream import Call, Forwarding, Reply, Upstream


def asking(**body: Any) -> Call:
    return Call("POST", "/chat/completions", orjson.dumps({"model": "m", **body}))


async def said(upstream: Upstream, **body: Any) -> list[str]:
    reply = await upstream.send(asking(**body))
    return [choice["message"]["content"] for choice in orjson.loads(reply.body)["choices"]]


def events(body: bytes) -> list[Any]:
    frames = body.decode().removesuffix("\n\n").split("\n\n")
    assert all(frame.startswith("data: ") for frame in frames)
    assert frames[-1] == "data: [DONE]"
    return [orjson.loads(frame.removeprefix("data: ")) for frame in frames[:-1]]


def over_a_socket(server: ScriptedServer) -> Upstream:
    return build_transport("aiohttp", TransportSettings(name="one", base_url=server.url))


# Bodies


def test_a_chat_reply_in_full() -> None:
    reply = chat_reply("two words", logprobs=[("two", -0.1)], reasoning="because", id="chatcmpl-7", model="m")
    assert reply["id"] == "chatcmpl-7"
    assert reply["object"] == "chat.completion"
    assert reply["model"] == "m"
    assert reply["usage"] == {"prompt_tokens": 8, "completion_tokens": 3, "total_tokens": 11}
    (choice,) = reply["choices"]
    assert choice["message"] == {
        "role": "assistant",
        "content": "two words",
        "refusal": None,
        "reasoning_content": "because",
    }
    assert choice["finish_reason"] == "stop"
    assert choice["logprobs"]["content"][0] | {"bytes": None} == {
        "token": "two",
        "logprob": -0.1,
        "bytes": None,
        "top_logprobs": [],
    }


def test_a_chat_reply_of_several_choices() -> None:
    assert [choice["index"] for choice in chat_reply("x", n=3)["choices"]] == [0, 1, 2]
    texts = [choice["message"]["content"] for choice in chat_reply("", texts=["a", "b"])["choices"]]
    assert texts == ["a", "b"]
    assert chat_reply("x", usage={"total_tokens": 1})["usage"] == {"total_tokens": 1}
    assert "usage" not in chat_reply("x", usage=None)
    assert chat_reply("x", finish_reason="length")["choices"][0]["finish_reason"] == "length"
    assert chat_reply("x") == chat_reply("x")


@given(st.text(), st.booleans())
def test_the_frames_of_a_stream_add_up_to_the_reply(text: str, include_usage: bool) -> None:
    reply = chat_reply(text, texts=[text, "other"], reasoning="why")
    found = events(b"".join(stream_frames(reply, include_usage=include_usage)))
    for choice in (0, 1):
        deltas = [one for event in found for one in event["choices"] if one["index"] == choice]
        assert deltas[0]["delta"]["role"] == "assistant"
        assert "".join(one["delta"].get("content") or "" for one in deltas) == [text, "other"][choice]
        assert "".join(one["delta"].get("reasoning_content", "") for one in deltas) == "why"
        assert [one["finish_reason"] for one in deltas] == [None] * (len(deltas) - 1) + ["stop"]
    assert all(event["object"] == "chat.completion.chunk" for event in found)
    assert {event["id"] for event in found} == {"chatcmpl-scripted"}
    if include_usage:
        assert (found[-1]["choices"], found[-1]["usage"]) == ([], reply["usage"])
        assert all(event["usage"] is None for event in found[:-1])
    else:
        assert all("usage" not in event and event["choices"] for event in found)


# Scripts in memory


async def test_a_list_is_used_in_order_and_calls_are_kept() -> None:
    reply = Reply(503, (("retry-after", "1"),), b"full")
    upstream = ScriptedUpstream(["first", {"any": "json"}, reply, UpstreamBroken("gone")], name="fake")
    assert await said(upstream) == ["first"]
    second = await upstream.send(asking())
    assert (second.status, orjson.loads(second.body)) == (200, {"any": "json"})
    assert second.header("content-type") == "application/json"
    third = await upstream.send(asking())
    assert (third.status, third.body, third.header("retry-after")) == (503, b"full", "1")
    with pytest.raises(UpstreamBroken, match="gone"):
        await upstream.send(asking())
    with pytest.raises(AssertionError, match="4 lines are used up"):
        await upstream.send(asking(last=True))
    assert len(upstream.calls) == 5
    assert orjson.loads(upstream.calls[-1].body or b"") == {"model": "m", "last": True}
    assert upstream.name == "fake"
    await upstream.close()
    assert upstream.closed


async def test_a_function_sees_the_call() -> None:
    def answer(call: Call) -> str:
        return f"{call.method} {call.path} {orjson.loads(call.body or b'{}')['model']}"

    async def answer_later(call: Call) -> str:
        await asyncio.sleep(0)
        return "later"

    assert await said(ScriptedUpstream(answer)) == ["POST /chat/completions m"]
    assert await said(ScriptedUpstream(answer_later)) == ["later"]


async def test_words_honour_n_and_the_callers_model() -> None:
    upstream = ScriptedUpstream(["a", "b", "c", "d"])
    reply = orjson.loads((await upstream.send(asking(n=3))).body)
    assert [choice["message"]["content"] for choice in reply["choices"]] == ["a", "b", "c"]
    assert reply["model"] == "m"
    assert await said(upstream) == ["d"]
    assert await said(AlwaysSame("x"), n=2) == ["x", "x"]
    assert await said(NeverSame(), n=2) == ["answer 1", "answer 2"]
    turns = NeverSame(["a", "b"])
    assert [await said(turns) for _ in range(3)] == [["a"], ["b"], ["a"]]


async def test_words_for_only_some_of_the_choices_are_a_mistake() -> None:
    with pytest.raises(AssertionError, match="every choice"):
        await ScriptedUpstream(["a", {"b": 1}]).send(asking(n=2))
    with pytest.raises(TypeError, match="AlwaysSame"):
        ScriptedUpstream("not a list")


async def test_a_number_is_a_wait_and_the_time_allowed_is_kept() -> None:
    started = time.monotonic()
    reply = await ScriptedUpstream([0.1, "after"]).send(asking())
    assert time.monotonic() - started >= 0.1 <= reply.seconds
    slow = ScriptedUpstream([5, "too late"])
    with pytest.raises(UpstreamTimeout):
        await slow.send(asking(), timeout_seconds=0.05)
    assert time.monotonic() - started < 1


async def test_a_stream_in_memory() -> None:
    async with AlwaysSame("some words here").stream(asking(stream=True)) as reply:
        assert dict(reply.headers)["content-type"].startswith("text/event-stream")
        pieces = [piece async for piece in reply.chunks]
    assert len(events(b"".join(pieces))) == len(pieces) - 1 == 5
    whole = await AlwaysSame("some words here").send(asking(stream=True))
    assert whole.body == b"".join(pieces)
    async with ScriptedUpstream([Reply(429, (), b"no")]).stream(asking(stream=True)) as refused:
        assert (refused.status, [piece async for piece in refused.chunks]) == (429, [b"no"])


async def test_failing_fails_every_time() -> None:
    upstream = Failing(UpstreamUnreachable("down"))
    for _ in range(2):
        with pytest.raises(UpstreamUnreachable, match="down"):
            await upstream.send(asking())
    with pytest.raises(UpstreamUnreachable):
        async with upstream.stream(asking()):
            pass
    assert len(upstream.calls) == 3


async def test_forwarding_adds_the_callers_headers_under_the_calls_own() -> None:
    inner = AlwaysSame("x", name="inner")
    upstream = Forwarding(inner, (("authorization", "Bearer k"), ("Content-Type", "text/plain")))
    call = Call("POST", "/x", b"{}", headers=(("content-type", "application/json"),))
    await upstream.send(call)
    async with upstream.stream(call):
        pass
    await upstream.close()
    expected = (("authorization", "Bearer k"), ("content-type", "application/json"))
    assert [one.headers for one in inner.calls] == [expected, expected]
    assert upstream.name == "inner"
    assert not inner.closed


# A real server


async def test_a_real_client_is_served() -> None:
    async with (
        ScriptedServer(["a b", "c", "one two", "x"]) as server,
        openai.AsyncOpenAI(base_url=server.url, api_key="key", max_retries=0) as client,
    ):
        messages: Any = [{"role": "user", "content": "?"}]
        whole = await client.chat.completions.create(model="m", messages=messages, n=2)
        assert [choice.message.content for choice in whole.choices] == ["a b", "c"]
        stream = await client.chat.completions.create(
            model="m", messages=messages, stream=True, stream_options={"include_usage": True}
        )
        chunks = [chunk async for chunk in stream]
        assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices) == "one two"
        assert chunks[-1].usage is not None
        assert chunks[-1].usage.completion_tokens == 2
        raw = await client.chat.completions.with_raw_response.create(model="m", messages=messages)
        assert raw.status_code == 200
    assert [call.path for call in server.calls] == ["/chat/completions"] * 3
    assert dict(server.calls[0].headers)["authorization"] == "Bearer key"
    assert server.aborted == []
    assert server.connections == 1


async def test_the_server_gives_replies_as_they_are() -> None:
    refused = UpstreamRefused(Reply(402, (("x-why", "unpaid"),), b"pay"))
    async with ScriptedServer([Reply(418, (("x-a", "1"), ("x-a", "2")), b""), refused, "end"]) as server:
        upstream = over_a_socket(server)
        teapot = await upstream.send(Call("GET", "/models", query="a=1"))
        assert (teapot.status, [v for k, v in teapot.headers if k == "x-a"]) == (418, ["1", "2"])
        unpaid = await upstream.send(Call("POST", "/x", b"\x00\xff", headers=(("x-b", "2"),)))
        assert (unpaid.status, unpaid.body, unpaid.header("x-why")) == (402, b"pay", "unpaid")
        head = await upstream.send(Call("HEAD", "/models"))
        assert (head.status, head.body) == (200, b"")
        await upstream.close()
    assert (server.calls[0].path, server.calls[0].query) == ("/models", "a=1")
    assert (server.calls[1].body, dict(server.calls[1].headers)["x-b"]) == (b"\x00\xff", "2")
    assert server.connections == 1


async def test_pieces_leave_the_server_as_they_come() -> None:
    async def pieces(_call: Call) -> AsyncIterator[bytes]:
        for number in range(3):
            yield b"data: %d\n\n" % number
            await asyncio.sleep(0.15)

    async with ScriptedServer(pieces, delay=0.1) as server:
        upstream, started = over_a_socket(server), time.monotonic()
        async with upstream.stream(asking(stream=True)) as reply:
            assert time.monotonic() - started >= 0.1
            arrived = [(time.monotonic(), piece) async for piece in reply.chunks]
        await upstream.close()
    assert [piece for _, piece in arrived] == [b"data: 0\n\n", b"data: 1\n\n", b"data: 2\n\n"]
    assert arrived[2][0] - arrived[0][0] >= 0.25


@pytest.mark.parametrize("streamed", [True, False])
async def test_the_server_notes_when_a_client_leaves(streamed: bool) -> None:
    async def endless(_call: Call) -> AsyncIterator[bytes]:
        while True:
            yield b"more"
            await asyncio.sleep(0.01)

    async with ScriptedServer(lambda call: endless(call) if streamed else UpstreamTimeout()) as server:
        upstream = over_a_socket(server)
        with pytest.raises(UpstreamTimeout):
            await upstream.send(asking(), timeout_seconds=0.1)
        left = time.monotonic()
        await asyncio.sleep(0.1)
        await upstream.close()
        assert len(server.aborted) == 1
        assert abs(server.aborted[0] - left) < 0.1


async def test_the_server_resets_on_purpose() -> None:
    async def half(_call: Call) -> AsyncIterator[bytes]:
        yield b"half"
        await asyncio.sleep(0.05)
        raise UpstreamBroken("on purpose")

    for script in (lambda call: UpstreamBroken("on purpose"), lambda call: half(call)):
        async with ScriptedServer(script) as server:
            upstream = over_a_socket(server)
            with pytest.raises(UpstreamBroken):
                await upstream.send(asking())
            await upstream.close()
        assert server.aborted == []


async def test_a_mistake_in_the_script_reaches_the_test() -> None:
    server = await ScriptedServer(lambda call: str(1 // 0)).__aenter__()
    upstream = over_a_socket(server)
    assert (await upstream.send(asking())).status == 500
    await upstream.close()
    with pytest.raises(ZeroDivisionError):
        await server.__aexit__(None, None, None)


async def test_the_server_serves_many_at_once_and_waits_as_told() -> None:
    async with ScriptedServer(lambda call: "x", delay=lambda call: float(call.query or 0)) as server:
        upstream, started = over_a_socket(server), time.monotonic()
        calls = [Call("POST", "/x", b"{}", query="0.2") for _ in range(30)]
        replies = await asyncio.gather(*(upstream.send(call) for call in calls))
        assert 0.2 <= time.monotonic() - started < 1
        await upstream.close()
    assert {reply.status for reply in replies} == {200}
    assert len(server.calls) == 30


async def test_what_is_not_http_only_ends_its_connection() -> None:
    async with ScriptedServer(["x"]) as server:
        port = int(server.url.removesuffix("/v1").rpartition(":")[2])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"nonsense\r\n\r\n")
        assert await reader.read() == b""
        writer.close()
        upstream = over_a_socket(server)
        assert await said(upstream) == ["x"]
        await upstream.close()
