"""Streams in mode enforce: nothing of an answer before the verdict, and a sign of life where the verdict takes long."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import openai
import orjson
import pytest

from guard.errors import UpstreamBroken, UpstreamTimeout
from guard.testing import chat_reply
from guard.upstream import Reply
from service import routes

from .conftest import Start
from .reading import decided, error_of, events, ours, words_of
from .running import QUESTION, RunningGuard, asking, eventually, guarding
from .scripts import Gate, agreeing, by_purpose, disagreeing, held, purpose_of, refusing
from .talking import connect, request_of

COMMENT = b": keep-alive\n\n"
SLOW = 0.1
"""Seconds to an answer: longer than headers are held where they are not held at all."""

DECISION = {"id", "decision", "reason", "policy", "calibration"}


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "KEEP_ALIVE_SECONDS", 0.05)


def hold(seconds: float = 0.0, **keys: Any) -> dict[str, Any]:
    return {"policies": {"balanced": {"stream_hold_seconds": seconds, **keys}}}


class Following:
    """A streamed request that is read in the background, as it comes."""

    def __init__(self, guard: RunningGuard, **body: Any) -> None:
        self.reply: httpx.Response | None = None
        self.got = b""
        self._client = guard.client()
        self._thread = threading.Thread(target=self._read, args=(asking(stream=True, **body),))
        self._thread.start()

    def _read(self, body: dict[str, Any]) -> None:
        with self._client.stream("POST", "/v1/chat/completions", json=body) as reply:
            self.reply = reply
            for chunk in reply.iter_raw():
                self.got += chunk

    def whole(self) -> httpx.Response:
        """Wait for the end: the reply with its body."""
        self._thread.join(20)
        assert self.reply is not None
        return httpx.Response(self.reply.status_code, headers=self.reply.headers, content=self.got)


# Before the verdict


def test_not_a_byte_while_the_headers_are_held(start: Start) -> None:
    gate = Gate()
    guard = start(held(agreeing(), gate, "self_report", "second_way"))
    with connect(guard.url) as speaking:
        speaking.sendall(request_of(asking(stream=True)))
        eventually(lambda: gate.waiting == 2)
        speaking.settimeout(0.4)
        with pytest.raises(TimeoutError):
            speaking.recv(1)
        gate.open()
        speaking.settimeout(20)
        got = b"".join(iter(lambda: speaking.recv(65536), b""))
    assert got.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"x-guard-decision: answer" in got
    assert COMMENT not in got


@pytest.mark.parametrize("script", [agreeing, disagreeing])
def test_only_comments_until_the_verdict(start: Start, script: Callable[[], Any]) -> None:
    gate = Gate()
    guard = start(held(script(), gate, "draw", "self_report"), hold())
    following = Following(guard)
    eventually(lambda: following.got.count(COMMENT) >= 4)
    assert following.got == COMMENT * following.got.count(COMMENT)
    assert following.reply is not None
    assert following.reply.status_code == 200
    assert ours(following.reply).keys() == {"id", "decision", "mode", "policy"}
    assert ours(following.reply) | {"id": ""} == {
        "id": "",
        "decision": "pending",
        "mode": "enforce",
        "policy": "balanced",
    }
    assert following.reply.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert following.reply.headers["cache-control"] == "no-store"
    assert guard.metric("guard_inflight") == 1
    gate.open()
    reply = following.whole()
    (told,) = [event["guard"] for event in events(reply.content) if "guard" in event]
    assert told.keys() == DECISION
    assert told["id"] == ours(reply)["id"]
    if script is agreeing:
        assert (told["decision"], told["reason"]) == ("answer", "confident")
        assert words_of(reply) == "Paris"
    else:
        assert (told["decision"], told["reason"]) == ("abstain", "low_agreement")
        assert "know" in words_of(reply)
        assert "Paris" not in reply.text
    eventually(lambda: guard.metric("guard_inflight") == 0)


def test_the_decision_is_in_the_last_frame_with_a_choice(start: Start) -> None:
    guard = start(agreeing(), hold(), delay=SLOW)
    for fields in ({}, {"stream_options": {"include_usage": True}}):
        found = events(guard.ask(stream=True, **fields).content)
        last = [event for event in found if event["choices"]][-1]
        assert last["choices"][0]["finish_reason"] == "stop"
        assert last["guard"]["decision"] == "answer"
        assert ("usage" in found[-1] and found[-1]["choices"] == []) == bool(fields)


@pytest.mark.parametrize(("allow", "full"), [("never", False), ("on_request", True), ("always", True)])
def test_figures_only_with_permission(start: Start, allow: str, full: bool) -> None:
    guard = start(agreeing(), hold(explain={"allow": allow}), delay=SLOW)
    reply = guard.ask(stream=True, guard={"explain": True})
    (told,) = [event["guard"] for event in events(reply.content) if "guard" in event]
    assert (told.keys() == DECISION) == (not full)
    assert ("confidence" in told) == full


def test_a_pass_after_the_headers(start: Start) -> None:
    reply = start(agreeing("I don't know."), hold(), delay=SLOW).ask(stream=True)
    (told,) = [event["guard"] for event in events(reply.content) if "guard" in event]
    assert (told["decision"], told["reason"]) == ("pass", "upstream_abstained")
    assert words_of(reply) == "I don't know."


def test_a_plain_reply_to_a_streamed_request(start: Start) -> None:
    plain = Reply(200, (("content-type", "application/json"),), orjson.dumps(chat_reply("Paris")))
    for settings in (hold(), hold(10)):
        guard = start(by_purpose(candidate=plain), settings, delay=SLOW)
        assert words_of(guard.ask(stream=True)) == "Paris"


# Failures


FAILURES: list[tuple[Any, str]] = [
    (refusing(429, "slow down", retry_after="3"), "upstream_refused"),
    (refusing(503, "down"), "upstream_refused"),
    (UpstreamBroken("gone"), "upstream_broken"),
    (UpstreamTimeout("slow"), "upstream_timeout"),
    (Reply(200, (("content-type", "text/html"),), b"<html>"), "upstream_unreadable"),
    (Reply(200, (("content-type", "text/event-stream"),), b'data: {"choices":[{"delta":{"content":"Pa'), "upstream_"),
    (
        Reply(200, (("content-type", "text/event-stream"),), b'data: {"choices":[{"delta":{"content":"Pa"}}]}\n\n'),
        "upstream_broken",
    ),
    (Reply(200, (("content-type", "text/event-stream"),), b'data: {"error":{"message":"no"}}\n\n'), "upstream_broken"),
    (Reply(200, (("content-type", "text/event-stream"),), b""), "upstream_broken"),
    (Reply(200, (("content-type", "text/event-stream"),), b'data: {"choices": 5}\n\ndata: [DONE]\n\n'), "upstream_"),
]
BRIEF = {"upstreams": {"main": {"timeouts": {"total_seconds": 2}}}}


class Failing:
    """A model whose candidate a test sets."""

    candidate: Any = None

    def __call__(self, call: Any) -> Any:
        return by_purpose(candidate=self.candidate)(call)


@pytest.fixture(scope="module")
def failing() -> Failing:
    return Failing()


@pytest.fixture(scope="module")
def pending(failing: Failing) -> Iterator[RunningGuard]:
    with guarding(failing, {**hold(), **BRIEF}, delay=SLOW) as guard:
        yield guard


@pytest.fixture(scope="module")
def holding(failing: Failing) -> Iterator[RunningGuard]:
    with guarding(failing, {**hold(10), **BRIEF}) as guard:
        yield guard


@pytest.mark.parametrize(("line", "code"), FAILURES)
def test_the_candidate_fails_after_the_headers(pending: RunningGuard, failing: Failing, line: Any, code: str) -> None:
    failing.candidate = line
    reply = pending.ask(stream=True)
    assert (reply.status_code, ours(reply)["decision"]) == (200, "pending")
    (last,) = events(reply.content)
    assert sorted(last["error"]) == ["code", "message", "param", "type"]
    assert last["error"]["code"].startswith(code)
    assert b"[DONE]" not in reply.content
    assert b'"Pa' not in reply.content
    (request,) = [logged for logged in pending.log_lines if logged.get("id") == ours(reply)["id"]]
    assert (request["decision"], request["reason"]) == ("error", "upstream_error")
    with pytest.raises(openai.APIError):
        list(pending.openai().chat.completions.create(**asking(stream=True)))


@pytest.mark.parametrize(("line", "code"), FAILURES)
def test_the_candidate_fails_before_them(holding: RunningGuard, failing: Failing, line: Any, code: str) -> None:
    failing.candidate = line
    before = len(holding.upstream.calls)
    reply = holding.ask(stream=True)
    refused = code == "upstream_refused"
    assert reply.status_code == (line.status if refused else 504 if code == "upstream_timeout" else 502)
    assert decided(reply) == ("error", "upstream_error")
    error = error_of(reply)
    assert error["code"].startswith("test" if refused else code)
    assert {purpose_of(call) for call in holding.upstream.calls[before:]} == {"candidate"}


def test_style_error_after_the_headers(start: Start) -> None:
    reply = start(disagreeing(), hold(abstain={"style": "error"}), delay=SLOW).ask(stream=True)
    assert reply.status_code == 200
    (last,) = events(reply.content)
    assert (last["error"]["type"], last["error"]["code"]) == ("guard_abstention", "low_confidence")


def test_too_few_draws_after_the_headers(start: Start) -> None:
    guard = start(by_purpose(draw=UpstreamBroken("gone")), hold(on_insufficient_samples="error"), delay=SLOW)
    (last,) = events(guard.ask(stream=True).content)
    assert last["error"]["code"] == "insufficient_samples"


def test_a_bad_request_is_told_before_any_stream(start: Start) -> None:
    reply = start(agreeing(), hold()).ask(stream=True, n=0)
    assert (reply.status_code, error_of(reply)["param"]) == (400, "n")


# The real client


@pytest.fixture(scope="module", params=[0.0, 10.0], ids=["pending", "held"])
def speaking(request: pytest.FixtureRequest) -> Iterator[RunningGuard]:
    """A guard whose question decides: about France it is sure, about Mars it is not, of itself it knows nothing."""
    sure, unsure, honest = agreeing("Paris"), disagreeing("Elysium"), agreeing("I don't know.")

    def answer(call: Any) -> Any:
        asked = (call.body or b"").decode()
        return (unsure if "Mars" in asked else honest if "Flurb" in asked else sure)(call)

    with guarding(answer, hold(request.param), delay=SLOW) as guard:
        yield guard


CASES = [(QUESTION, "Paris"), ("What is the capital of Mars?", "know"), ("What is Flurb?", "I don't know.")]


@pytest.mark.parametrize(("question", "words"), CASES)
def test_the_clients_stream_helper(speaking: RunningGuard, question: str, words: str) -> None:
    options: Any = {"stream_options": {"include_usage": True}}
    with speaking.openai().chat.completions.stream(**asking(question), **options) as stream:
        kinds = {event.type for event in stream}
        completion = stream.get_final_completion()
    assert {"chunk", "content.delta", "content.done"} <= kinds
    assert words in (completion.choices[0].message.content or "")
    assert completion.choices[0].finish_reason == "stop"
    assert completion.choices[0].message.refusal is None
    assert completion.usage is not None


@pytest.mark.parametrize(("question", "words"), CASES)
def test_the_clients_plain_stream(speaking: RunningGuard, question: str, words: str) -> None:
    chunks = list(speaking.openai().chat.completions.create(**asking(question, stream=True)))
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert words in text
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert len({chunk.id for chunk in chunks}) == 1


@pytest.mark.parametrize(("question", "words"), CASES)
def test_the_client_without_a_stream(speaking: RunningGuard, question: str, words: str) -> None:
    raw = speaking.openai().chat.completions.with_raw_response.create(**asking(question))
    completion = raw.parse()
    assert words in (completion.choices[0].message.content or "")
    assert raw.headers["x-guard-decision"] in ("answer", "abstain", "pass")
