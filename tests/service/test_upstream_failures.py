"""When the upstream fails, the caller learns just that: its own words, or the envelope; never an abstention."""

from __future__ import annotations

import socket
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import openai
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guard.errors import UpstreamBroken, UpstreamError, UpstreamTimeout
from guard.testing import chat_reply
from guard.upstream import Call, Reply

from .conftest import Start
from .reading import decided, error_of, events, ours
from .running import RunningGuard, asking, eventually, guarding
from .scripts import Gate, agreeing, by_purpose, held, purpose_of, refusing

plain_and_streamed = pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])


class Scripted:
    """A model whose candidate a test sets; its other answers agree."""

    def __init__(self) -> None:
        self.candidate: Any = "Paris"

    def __call__(self, call: Call) -> Any:
        return by_purpose(candidate=self.candidate)(call)


@pytest.fixture(scope="module")
def said() -> Scripted:
    return Scripted()


@pytest.fixture(scope="module")
def guard(said: Scripted) -> Iterator[RunningGuard]:
    with guarding(said) as running:
        yield running


@pytest.fixture(scope="module")
def impatient(said: Scripted) -> Iterator[RunningGuard]:
    """For the timeouts alone: on a busy machine any other reply could be late by this measure."""
    with guarding(said, {"upstreams": {"main": {"timeouts": {"total_seconds": 0.4}}}}) as running:
        yield running


@pytest.fixture(autouse=True)
def _never_more_than_the_candidate(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a failed candidate nothing else is asked (U7), in every test with a shared guard."""
    name = next((name for name in ("guard", "impatient") if name in request.fixturenames), None)
    if name is None:
        yield
        return
    running: RunningGuard = request.getfixturevalue(name)
    before = len(running.upstream.calls)
    yield
    assert {purpose_of(call) for call in running.upstream.calls[before:]} == {"candidate"}


# Its own words


@plain_and_streamed
@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 499])
def test_a_4xx_is_passed_on_unchanged(guard: RunningGuard, said: Scripted, stream: bool, status: int) -> None:
    body = b'{"error" : {"message":"own \\u00e9", "own": [1.0]} }\n'
    own = {"retry-after": "17", "x-request-id": "req-9", "x-should-retry": "false", "www-authenticate": "Bearer x"}
    said.candidate = Reply(status, (("content-type", "application/problem+json"), *own.items()), body)
    reply = guard.ask(stream=stream)
    assert (reply.status_code, reply.content) == (status, body)
    assert reply.headers["content-type"] == "application/problem+json"
    for name, value in own.items():
        assert reply.headers[name] == value
    assert decided(reply) == ("error", "upstream_error")
    assert ours(reply).keys() == {"id", "decision", "reason", "mode", "policy"}


def test_a_4xx_without_an_envelope_too(guard: RunningGuard, said: Scripted) -> None:
    said.candidate = Reply(403, (("content-type", "text/html"),), b"<h1>Forbidden</h1>")
    reply = guard.ask()
    assert (reply.status_code, reply.content) == (403, b"<h1>Forbidden</h1>")
    assert reply.headers["content-type"] == "text/html"


@plain_and_streamed
@pytest.mark.parametrize("status", [500, 502, 503, 504, 529])
def test_a_5xx_in_an_envelope_is_passed_on(guard: RunningGuard, said: Scripted, stream: bool, status: int) -> None:
    said.candidate = refusing(status, "down for a while", retry_after="9")
    reply = guard.ask(stream=stream)
    assert (reply.status_code, reply.content) == (status, said.candidate.body)
    assert reply.headers["retry-after"] == "9"
    assert decided(reply) == ("error", "upstream_error")


@plain_and_streamed
@pytest.mark.parametrize("body", [b"<html>Bad gateway</html>", b"", b"upstream connect error", b"[]", b'{"detail":1}'])
def test_a_gateways_5xx_is_put_into_the_envelope(
    guard: RunningGuard, said: Scripted, stream: bool, body: bytes
) -> None:
    said.candidate = Reply(503, (("content-type", "text/html"), ("retry-after", "9"), ("x-request-id", "r")), body)
    reply = guard.ask(stream=stream)
    assert reply.status_code == 503
    assert error_of(reply)["code"] == "upstream_refused"
    assert (reply.headers["retry-after"], reply.headers["x-request-id"]) == ("9", "r")
    assert decided(reply) == ("error", "upstream_error")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, openai.AuthenticationError),
        (403, openai.PermissionDeniedError),
        (404, openai.NotFoundError),
        (422, openai.UnprocessableEntityError),
        (429, openai.RateLimitError),
        (503, openai.InternalServerError),
    ],
)
def test_the_real_client_raises_what_it_would_raise(
    guard: RunningGuard, said: Scripted, status: int, kind: type[openai.APIStatusError]
) -> None:
    said.candidate = refusing(status, "told by the upstream")
    with pytest.raises(kind, match="told by the upstream") as caught:
        guard.openai().chat.completions.create(**asking())
    assert caught.value.response.headers["x-guard-decision"] == "error"


# No words at all


@plain_and_streamed
def test_a_timeout_is_504(impatient: RunningGuard, said: Scripted, stream: bool) -> None:
    said.candidate = UpstreamTimeout("silent")
    reply = impatient.ask(stream=stream)
    assert reply.status_code == 504
    error = error_of(reply)
    assert (error["type"], error["code"]) == ("upstream_error", "upstream_timeout")


@plain_and_streamed
def test_a_broken_connection_is_502(guard: RunningGuard, said: Scripted, stream: bool) -> None:
    said.candidate = UpstreamBroken("gone")
    reply = guard.ask(stream=stream)
    assert reply.status_code == 502
    assert error_of(reply)["code"] == "upstream_broken"


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
@pytest.mark.parametrize("how", ["enforce", "off"])
def test_a_refused_connection_is_502(start: Start, stream: bool, how: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: every connection is refused
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        running = start(agreeing(), {"upstreams": {"main": {"base_url": url}}, "policies": {"balanced": {"mode": how}}})
        reply = running.ask(stream=stream)
    assert reply.status_code == 502
    assert error_of(reply)["code"] == "upstream_unreachable"
    assert decided(reply) == ("error", "upstream_error")
    assert running.metric("guard_upstream_errors_total", upstream="main", kind="unreachable") == 1


UNREADABLE = [
    b"<html>login</html>",
    b"",
    b"null",
    b"[]",
    b'"text"',
    b"{}",
    b'{"choices":[]}',
    b'{"choices":{}}',
    b'{"choices":[1]}',
    b'{"choices":[{}]}',
    b'{"choices":[{"message":null}]}',
    b'{"choices":[{"message":{"content":NaN}}]}',
    b'{"choices":[{"message":{"content":"\\ud800"}}]}',
    b'\xef\xbb\xbf{"choices":[{"message":{"content":"x"}}]}',
    b'{"choices":[{"message":{"content":"\xff"}}]}',
    b'{"choices":' + b"[" * 2000,
    b'{"choices":[{"message":{"content":"Paris"',
]


@plain_and_streamed
@pytest.mark.parametrize("body", UNREADABLE)
def test_a_reply_that_is_none_is_502(guard: RunningGuard, said: Scripted, stream: bool, body: bytes) -> None:
    said.candidate = Reply(200, (("content-type", "text/html"),), body)
    reply = guard.ask(stream=stream)
    assert reply.status_code == 502
    assert error_of(reply)["code"] == "upstream_unreadable"
    assert decided(reply) == ("error", "upstream_error")


def test_no_partial_answer_counts_as_one(guard: RunningGuard, said: Scripted) -> None:
    """The connection is cut at every place of a short reply; only the whole one is an answer (U3)."""
    whole = orjson.dumps(chat_reply("Paris"))

    async def cut(at: int) -> AsyncIterator[bytes]:
        yield whole[:at]
        raise UpstreamBroken("gone")

    for at in range(1, len(whole) + 1, 11):
        said.candidate = cut(at)
        reply = guard.ask()
        assert reply.status_code == 502, at
        assert error_of(reply)["code"] == "upstream_broken"


# Anything at all

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS = (
    "choices message delta content role tool_calls logprobs usage finish_reason refusal reasoning index id model error "
    "system_fingerprint prompt_tokens"
).split()
shaped = st.recursive(
    json_values,
    lambda inner: st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5) | st.lists(inner, max_size=2),
    max_leaves=12,
)
mutated = st.fixed_dictionaries(
    {"choices": st.lists(st.fixed_dictionaries({"message": shaped, "delta": shaped, "finish_reason": json_values})
                         | shaped, max_size=2) | shaped},
    optional={"usage": shaped, "id": json_values, "model": json_values},
)  # fmt: skip


@plain_and_streamed
@given(body=mutated | shaped)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_upstream_says_is_no_fault_of_the_guard(
    open_guard: RunningGuard, heard: Scripted, stream: bool, body: Any
) -> None:
    raw = orjson.dumps(body)
    frames = b"data: " + raw + b'\n\ndata: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
    kind = "text/event-stream" if stream else "application/json"
    heard.candidate = Reply(200, (("content-type", kind),), frames if stream else raw)
    reply = open_guard.ask(stream=stream, guard={"explain": True})
    assert reply.status_code in (200, 502), reply.text
    if reply.status_code == 502:
        error_of(reply)
    elif stream:
        assert events(reply.content)
    else:
        assert reply.json()["choices"]


@pytest.fixture(scope="module")
def heard() -> Scripted:
    return Scripted()


@pytest.fixture(scope="module")
def open_guard(heard: Scripted) -> Iterator[RunningGuard]:
    with guarding(heard) as running:
        yield running


# Some of it


@pytest.mark.parametrize("error", [UpstreamBroken("x"), UpstreamTimeout("x"), refusing(400, "no"), refusing(500, "no")])
def test_a_failed_look_is_no_failure(start: Start, error: UpstreamError | Reply) -> None:
    brief = {"upstreams": {"main": {"timeouts": {"total_seconds": 2}}}}
    running = start(by_purpose(self_report=error), brief)
    assert decided(running.ask()) == ("answer", "confident")
    assert running.metric("guard_failures_total", route="default", stage="self_report", outcome="went_on") == 1
    kind = {"UpstreamBroken": "broken", "UpstreamTimeout": "timeout", "Reply": "refused"}[type(error).__name__]
    assert running.metric("guard_upstream_errors_total", upstream="main", kind=kind) == 1


def test_a_slow_look_ends_with_the_deadline(start: Start) -> None:
    gate = Gate()
    running = start(
        held(agreeing(), gate, "draw", "self_report"),
        {"policies": {"balanced": {"deadline": {"factor": 0.1, "min_seconds": 0.3}}}},
    )
    started = time.monotonic()
    reply = running.ask()
    assert decided(reply) == ("abstain", "deadline")
    assert time.monotonic() - started < 5
    eventually(lambda: len(running.upstream.aborted) == 2)  # the self-report, and the draws in one call
