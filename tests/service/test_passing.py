"""What the guard does not judge goes through untouched: mode off, tools, several choices, structured output."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import openai
import orjson
import pytest

from guard.errors import UpstreamBroken
from guard.testing import chat_reply, stream_frames
from guard.upstream import Call, Reply

from .conftest import Start
from .reading import decided, events, ours
from .running import PATIENCE, RunningGuard, asking, guarding, post
from .scripts import agreeing

OFF = {"policies": {"balanced": {"mode": "off"}}}
EVENT_STREAM = (("content-type", "text/event-stream"),)
WORDS = "the sea is wide and blue today"
FRAMES = list(stream_frames(chat_reply(WORDS), include_usage=True))
STREAM = b"".join(FRAMES)
FINISHED = next(n for n, frame in enumerate(FRAMES) if b'"finish_reason":"stop"' in frame)


class Scripted:
    """An upstream whose next answer a test sets."""

    def __init__(self) -> None:
        self.next: Any = None

    def __call__(self, _: Call) -> Any:
        return self.next


@pytest.fixture(scope="module")
def said() -> Scripted:
    return Scripted()


@pytest.fixture(scope="module")
def off(said: Scripted) -> Iterator[RunningGuard]:
    with guarding(said, OFF) as guard:
        yield guard


# Bytes


def varied(seed: int) -> Reply:
    """A reply as upstreams really send them, and as they should not."""
    rng = random.Random(seed)
    body = rng.choice(
        [
            orjson.dumps(chat_reply("Paris", n=rng.choice([1, 3]), reasoning=rng.choice([None, "hm"]))),
            orjson.dumps(chat_reply("東京 \u202e💥", usage=None), option=orjson.OPT_INDENT_2),
            b' {"b":1.0,"a" : 1e2, "a": 2,\r\n"c":"\\u00e9\\/"}\n\n',
            b"<html><body>503 but 200</body></html>",
            b"",
            b"null",
            b'{"choices": [NaN]}',
            b"\xff\xfe\x00",
            rng.randbytes(rng.randrange(1, 70_000)),
            b"x" * 300_000,
        ]
    )
    headers = [("content-type", rng.choice(["application/json", "application/json; charset=utf-8", "text/html"]))]
    headers += [("x-request-id", f"req-{seed}"), ("openai-processing-ms", "12"), ("x-ratelimit-limit", "5")]
    return Reply(rng.choice([200, 200, 200, 201, 203, 299, 302, 400, 404, 429, 500, 503]), tuple(headers), body)


@pytest.mark.parametrize("seed", range(50))
def test_a_reply_is_passed_byte_for_byte(off: RunningGuard, said: Scripted, seed: int) -> None:
    said.next = varied(seed)
    reply = off.ask()
    assert (reply.status_code, reply.content) == (said.next.status, said.next.body)
    for name, value in said.next.headers:
        assert reply.headers[name] == value
    expected = ("pass", "mode_off") if said.next.status < 400 else ("error", "upstream_error")
    assert decided(reply) == expected


def test_the_headers_of_a_pass(off: RunningGuard, said: Scripted) -> None:
    said.next = Reply(200, (("x-guard-decision", "answer"), ("vary", "a"), ("vary", "b"), ("set-cookie", "a=1")), b"{}")
    reply = off.ask(headers={"x-guard-explain": "1"})
    assert ours(reply).keys() == {"id", "decision", "reason", "mode", "policy", "calibration"}
    assert ours(reply)["decision"] == "pass"
    assert reply.headers["vary"] == "a, b"
    assert "set-cookie" not in reply.headers
    assert reply.content == b"{}"


def test_the_request_travels_byte_for_byte(off: RunningGuard, said: Scripted) -> None:
    said.next = chat_reply("x")
    raw = b' {"model":"m" , "temperature":1.0, "own":[1e2],\n "messages":[{"role":"user","content":"\\u00e9?"}]}'
    post(f"{off.url}/v1/chat/completions", raw)
    assert off.upstream.calls[-1].body == raw
    raw = raw.replace(b'"own":[1e2]', b'"guard":{"explain":true}')
    post(f"{off.url}/v1/chat/completions", raw)
    assert orjson.loads(off.upstream.calls[-1].body or b"") == {
        key: value for key, value in orjson.loads(raw).items() if key != "guard"
    }


# Streams


@pytest.mark.parametrize(
    "body",
    [
        STREAM,
        b": note\r\n\r\n" + STREAM.replace(b"\n", b"\r\n"),
        STREAM.removesuffix(b"data: [DONE]\n\n"),
        b"".join(FRAMES[: FINISHED + 1]),
        b'event: x\nid: 1\ndata: {"choices":[]}\n\ndata: [DONE]\n\n',
        b"".join(stream_frames(chat_reply("x", texts=["a", "b", "c"]))),
        STREAM + b": trailing " + b"x" * 10_000 + b"\n\n",
    ],
)
def test_a_stream_is_passed_byte_for_byte(off: RunningGuard, said: Scripted, body: bytes) -> None:
    said.next = Reply(200, (*EVENT_STREAM, ("x-request-id", "r")), body)
    reply = off.ask(stream=True)
    assert reply.content == body
    assert decided(reply) == ("pass", "mode_off")
    assert reply.headers["x-request-id"] == "r"
    assert reply.headers["content-type"] == "text/event-stream"


def test_a_refused_stream_keeps_its_status(off: RunningGuard, said: Scripted) -> None:
    said.next = Reply(429, (("content-type", "text/plain"), ("retry-after", "7")), b"slow down")
    reply = off.ask(stream=True)
    assert (reply.status_code, reply.content, reply.headers["retry-after"]) == (429, b"slow down", "7")
    assert decided(reply) == ("error", "upstream_error")


def test_chunks_arrive_as_they_are_sent(start: Start) -> None:
    """The upstream sends no chunk before the client has the one before: a guard that collects would wait for ever."""
    received = threading.Semaphore(0)

    async def frames() -> AsyncIterator[bytes]:
        for number, frame in enumerate(FRAMES):
            deadline = time.monotonic() + PATIENCE
            while number and not received.acquire(blocking=False):
                assert time.monotonic() < deadline
                await asyncio.sleep(0.002)
            yield frame

    guard = start(lambda _: frames(), OFF)
    got = b""
    with guard.client().stream("POST", "/v1/chat/completions", json=asking(stream=True)) as reply:
        for chunk in reply.iter_raw():
            got += chunk
            for _ in range(chunk.count(b"\n\n")):
                received.release()
    assert got == STREAM


def cuts() -> list[int]:
    """Ends of a stream that lacks its end: at each boundary before the finish reason, and inside each event."""
    before = b"".join(FRAMES[:FINISHED])
    boundaries = [sum(map(len, FRAMES[:number])) for number in range(1, FINISHED + 1)]
    return sorted({*boundaries, *(end - 7 for end in boundaries), *(end - 1 for end in boundaries), len(before) + 20})


@pytest.mark.parametrize("how", ["ended", "reset"])
def test_a_stream_that_breaks_off_ends_in_an_error(off: RunningGuard, said: Scripted, how: str) -> None:
    async def broken(body: bytes) -> AsyncIterator[bytes]:
        yield body
        await asyncio.sleep(0.03)  # a reset drops what is still on its way
        raise UpstreamBroken("gone")

    for cut in cuts():
        body = STREAM[:cut]
        said.next = Reply(200, EVENT_STREAM, body) if how == "ended" else broken(body)
        reply = off.ask(stream=True)
        assert reply.content.startswith(body)
        (last,) = events(reply.content[len(body) :].removeprefix(b"\n\n"))
        assert last["error"]["code"] == "upstream_broken"
        assert b"data: " + orjson.dumps(last) in reply.content.split(b"\n")
        assert not reply.content.endswith(b"[DONE]\n\n")


def test_the_real_client_notices(off: RunningGuard, said: Scripted) -> None:
    said.next = Reply(200, EVENT_STREAM, b"".join(FRAMES[:3]))
    stream = off.openai().chat.completions.create(**asking(stream=True))
    with pytest.raises(openai.APIError, match="ended before its answer"):
        list(stream)


@pytest.mark.parametrize(
    "words", ["data: [DONE]", '\ndata: [DONE]\n\n"finish_reason":"stop"', '"finish_reason": "stop"']
)
def test_words_are_no_end_mark(off: RunningGuard, said: Scripted, words: str) -> None:
    chunk = {"choices": [{"index": 0, "delta": {"content": words}, "finish_reason": None}]}
    said.next = Reply(200, EVENT_STREAM, b"data: " + orjson.dumps(chunk) + b"\n\n")
    assert "error" in events(off.ask(stream=True).content)[-1]


def test_no_end_mark_is_lost_between_chunks(off: RunningGuard, said: Scripted) -> None:
    body = b"".join(FRAMES[:FINISHED]) + b"data: [DONE]\n\n"

    async def slices(size: int) -> AsyncIterator[bytes]:
        for at in range(0, len(body), size):
            yield body[at : at + size]
            await asyncio.sleep(0.002)

    for size in (7, 1000):
        said.next = slices(size)
        assert off.ask(stream=True).content == body


# What cannot be judged

TOOLS = [{"type": "function", "function": {"name": "f", "parameters": {}}}]
USER = {"role": "user", "content": "What is the weather in Paris?"}
CASES: list[tuple[str, dict[str, Any]]] = [
    ("tool_call", {"tools": TOOLS}),
    ("tool_call", {"tools": TOOLS, "tool_choice": "auto"}),
    ("tool_call", {"functions": [{"name": "f"}]}),
    ("tool_call", {"messages": [USER, {"role": "tool", "tool_call_id": "1", "content": "rain"}]}),
    ("tool_call", {"messages": [{"role": "function", "name": "f", "content": "rain"}, USER]}),
    ("not_applicable", {"n": 2}),
    ("not_applicable", {"response_format": {"type": "json_object"}}),
    ("not_applicable", {"response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": {}}}}),
    ("not_applicable", {"modalities": ["text", "audio"]}),
    ("not_applicable", {"audio": {"voice": "alloy", "format": "wav"}}),
    ("not_applicable", {"messages": [USER, {"role": "assistant", "content": "It is"}]}),
    ("not_applicable", {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "u"}}]}]}),
    ("not_applicable", {"messages": [{"role": "user", "content": "  "}]}),
    ("not_applicable", {"messages": [{"role": "system", "content": "Be brief."}]}),
]


@pytest.fixture(scope="module")
def enforcing(said: Scripted) -> Iterator[RunningGuard]:
    with guarding(said) as guard:
        yield guard


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
@pytest.mark.parametrize(("reason", "fields"), CASES)
def test_what_cannot_be_judged_is_passed_on(
    enforcing: RunningGuard, said: Scripted, reason: str, fields: dict[str, Any], stream: bool
) -> None:
    plain = orjson.dumps(chat_reply("It rains.", n=fields.get("n", 1)), option=orjson.OPT_INDENT_2)
    said.next = Reply(200, EVENT_STREAM, STREAM) if stream else Reply(200, (("content-type", "a/json"),), plain)
    before = len(enforcing.upstream.calls)
    reply = enforcing.ask(**{"stream": stream, **fields, "guard": {"explain": True}})
    assert reply.content == said.next.body
    assert decided(reply) == ("pass", reason)
    assert ours(reply)["mode"] == "enforce"
    assert len(enforcing.upstream.calls) == before + 1
    assert "guard" not in enforcing.bodies()[-1]


@pytest.mark.parametrize(
    "fields",
    [
        {"tools": TOOLS, "tool_choice": "none"},
        {"tools": []},
        {"n": 1},
        {"response_format": {"type": "text"}},
        {"modalities": ["text"]},
        {"messages": [USER, {"role": "assistant", "content": "Where?"}, USER]},
        {"messages": [{"role": "user", "content": [{"type": "text", "text": "What is the capital of France?"}]}]},
    ],
)
def test_what_can_be_judged_is(start: Start, fields: dict[str, Any]) -> None:
    guard = start(agreeing())
    assert decided(guard.ask(**fields)) == ("answer", "confident")
