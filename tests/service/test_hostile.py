"""Whatever comes in: the right status in OpenAI's envelope, soon, and nothing of the guard's inside in it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .hostile import Hostile, corpus, with_fields
from .reading import decided, error_of, ours
from .running import RunningGuard, guarding, post
from .scripts import agreeing
from .talking import connect, request_of, talk

CORPUS = list(corpus())
SECONDS = 1.0


@pytest.fixture(scope="module")
def guard() -> Iterator[RunningGuard]:
    with guarding(agreeing(), {"server": {"max_body_bytes": 65_536, "max_inflight": 64}}) as running:
        yield running


@pytest.fixture(scope="module")
def roomy() -> Iterator[RunningGuard]:
    with guarding(agreeing()) as running:
        yield running


def answered(reply: httpx.Response, statuses: frozenset[int]) -> None:
    assert reply.status_code in statuses, (reply.status_code, reply.text[:300])
    assert "id" in ours(reply)
    if reply.status_code >= 400:
        assert decided(reply) == ("error", "bad_request")
        assert len(error_of(reply)["message"]) < 500


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS) >= 150
    assert len({hostile.name for hostile in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("hostile", CORPUS, ids=[hostile.name[:60] for hostile in CORPUS])
def test_a_hostile_body(guard: RunningGuard, roomy: RunningGuard, hostile: Hostile) -> None:
    large = len(hostile.body) > 65_000 and 413 not in hostile.statuses
    running = roomy if large else guard
    before = len(running.upstream.calls)
    started = time.monotonic()
    reply = post(f"{running.url}/v1/chat/completions", hostile.body, dict(hostile.headers))
    assert time.monotonic() - started < SECONDS
    answered(reply, hostile.statuses)
    assert (len(running.upstream.calls) > before) == (reply.status_code == 200)


@pytest.mark.parametrize("path", ["/v1/embeddings", "/v1/guard/feedback"])
def test_other_paths_are_no_weaker(roomy: RunningGuard, path: str) -> None:
    for hostile in CORPUS[::5]:
        reply = post(f"{roomy.url}{path}", hostile.body[:200_000], dict(hostile.headers))
        assert reply.status_code < 500, hostile.name
        if path != "/v1/embeddings":
            error_of(reply)


def test_what_was_too_large_is_still_answered(guard: RunningGuard) -> None:
    """A caller that is still sending when it is turned away reads the reply, not a reset."""

    def megabytes() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 100_000

    for _ in range(3):
        reply = guard.client().post(
            "/v1/chat/completions", content=megabytes(), headers={"content-type": "application/json"}
        )
        assert (reply.status_code, error_of(reply)["code"]) == (413, "request_too_large")


# Generated

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=15,
)
fields = st.sampled_from(
    "model messages stream stream_options n tools functions tool_choice response_format guard seed temperature audio "
    "modalities logprobs top_logprobs max_tokens metadata store user own".split()
)
message = st.dictionaries(st.sampled_from(["role", "content", "name", "tool_calls"]), json_values, max_size=4)


@given(body=st.text() | st.binary())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text(guard: RunningGuard, body: str | bytes) -> None:
    raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    answered(guard.client_kept.post("/v1/chat/completions", content=raw), frozenset({400}))


@given(changes=st.dictionaries(fields, json_values | st.lists(message, max_size=3), min_size=1, max_size=3))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json(guard: RunningGuard, changes: dict[str, object]) -> None:
    """Python's own JSON, which writes NaN, lone surrogates and integers of any length."""
    raw = json.dumps(orjson.loads(with_fields()) | changes).encode()
    answered(guard.client_kept.post("/v1/chat/completions", content=raw), frozenset({200, 400}))


# Framing


@pytest.mark.parametrize(
    "head",
    [
        b"content-length: 5\r\ncontent-length: 6\r\n",
        b"content-length: +5\r\n",
        b"content-length: -1\r\n",
        b"content-length: 5x\r\n",
        b"content-length: \r\n",
        b"content-length: 99999999999999999999999999\r\n",
        b"content-length: 5\r\ntransfer-encoding: chunked\r\n",
        b"transfer-encoding: xchunked\r\n",
        b"transfer-encoding: chunked, identity\r\n",
        b"content-length : 5\r\n",
        b"x-name: a\x00b\r\n",
        b"x-name: a\r\n folded\r\ncontent-length: 5\r\n",
        b"x\xffy: 1\r\ncontent-length: 5\r\n",
    ],
)
def test_framing_that_means_two_things(guard: RunningGuard, head: bytes) -> None:
    before = len(guard.upstream.calls)
    raw = b"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nconnection: close\r\n" + head + b"\r\n{} {}"
    status, said = talk(guard.url, raw)
    assert status == 400
    assert b"Traceback" not in said
    assert said.count(b"HTTP/1.1") == 1
    assert len(guard.upstream.calls) == before


def test_a_body_shorter_than_announced_is_waited_for(guard: RunningGuard) -> None:
    with connect(guard.url) as speaking:
        speaking.sendall(
            request_of(with_fields(), "/v1/chat/completions").replace(b"content-length: 6", b"content-length: 9")
        )
        speaking.settimeout(0.3)
        with pytest.raises(TimeoutError):
            speaking.recv(1)


def test_a_body_longer_than_announced_is_cut(guard: RunningGuard) -> None:
    raw = (
        b"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}"
        + with_fields()
    )
    status, said = talk(guard.url, raw)
    assert status == 400
    assert b"`model` must be" in said


@pytest.mark.parametrize("chunks", [b"zz\r\n", b"5\r\n{}", b"-1\r\n\r\n", b"fffffffffffffffff\r\n"])
def test_broken_chunks(guard: RunningGuard, chunks: bytes) -> None:
    head = b"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n"
    with connect(guard.url) as speaking:
        speaking.sendall(head + chunks)
        speaking.settimeout(0.5)
        try:
            said = speaking.recv(65536)
        except TimeoutError:
            said = b""  # the rest of the chunk may still come
    assert said == b"" or said.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "target",
    [
        b"/v1/chat/completions?\xff\xfe",
        b"/v1/chat/completions?a=%00",
        b"/v1/chat/completions?a=<script>",
        b"/v1/chat/completions?" + b"a" * 20_000,
        b"/v1/models?\xff",
        b"/v1/models?a=|",
        b"/\xff\xfe",
        b"/v1/%ff",
        b"/v1/models/%00",
        b"/v1/models/a b",
        b"/v1/models/%20",
        b"/v1/models/%C3%A9",
        b"/v1/models/a%3Fb",
        b"/v1/models/a%23b",
        b"/v1/" + b"a" * 30_000,
        b"*",
        b"http://elsewhere.example/v1/models/%00",
    ],
)
def test_odd_targets(guard: RunningGuard, target: bytes) -> None:
    body = with_fields()
    method = b"POST" if b"chat" in target else b"GET"
    head = method + b" " + target + b" HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n"
    status, said = talk(guard.url, head + b"content-length: %d\r\n\r\n" % len(body) + body)
    assert status in (200, 400, 404, 405), said[:300]
    assert b"Traceback" not in said
    if status != 200 and b"x-guard-decision" in said:
        assert list(orjson.loads(said.partition(b"\r\n\r\n")[2])) == ["error"]


@pytest.mark.parametrize("host", [b"[", b"a/z?q#", b"a:b:c", b"\xff", b"", b"x" * 5000, b"evil@x"])
def test_odd_hosts(guard: RunningGuard, host: bytes) -> None:
    body = with_fields()
    head = b"POST /v1/chat/completions?own=1 HTTP/1.1\r\nhost: " + host + b"\r\nconnection: close\r\n"
    status, _ = talk(guard.url, head + b"content-length: %d\r\n\r\n" % len(body) + body)
    assert status in (200, 400)
    if status == 200:
        assert guard.upstream.calls[-1].query == "own=1"
        assert dict(guard.upstream.calls[-1].headers)["host"] == urlsplit(guard.upstream.url).netloc


def test_odd_header_values(guard: RunningGuard) -> None:
    for value in (b"caf\xc3\xa9", b"\xff\xfe", b"a\tb", b"x" * 30_000, b"\x7f"):
        body = with_fields()
        head = b"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-own: " + value + b"\r\n"
        status, said = talk(guard.url, head + b"content-length: %d\r\n\r\n" % len(body) + body)
        assert status in (200, 400, 431), (value[:10], said[:200])
    for name in ("authorization", "x-guard-mode", "x-guard-explain", "content-type", "connection"):
        reply = post(f"{guard.url}/v1/chat/completions", with_fields(), {name: b"\xff\xc3\xa9"})
        assert reply.status_code in (200, 400, 415), name
