"""Allow-listed paths go through byte for byte; every other path is a 404 or 405 in the envelope."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import orjson
import pytest

from guard.errors import UpstreamBroken, UpstreamTimeout
from guard.upstream import Call, Reply
from service.passthrough import allowed

from .conftest import Start
from .reading import decided, error_of, ours
from .running import RunningGuard, guarding, post
from .talking import talk

MODELS = b' {"object":"list", "data": [ {"id":"m","own":1.0} ]}\n'
LIST = ("/v1/models", "/v1/models/*", "/v1/embeddings")


class Scripted:
    """An upstream whose next answer a test sets."""

    def __init__(self) -> None:
        self.next: Any = Reply(200, (("content-type", "application/json"),), MODELS)

    def __call__(self, _: Call) -> Any:
        return self.next


@pytest.fixture
def said() -> Scripted:
    return Scripted()


@pytest.fixture
def guard(said: Scripted, shared: RunningGuard, spoken: list[Scripted]) -> RunningGuard:
    spoken[:] = [said]
    return shared


@pytest.fixture(scope="module")
def spoken() -> list[Scripted]:
    return []


@pytest.fixture(scope="module")
def shared(spoken: list[Scripted]) -> Iterator[RunningGuard]:
    with guarding(lambda call: spoken[0](call), {"upstreams": {"main": {"timeouts": {"total_seconds": 2}}}}) as running:
        yield running


# Byte for byte


def test_the_models(guard: RunningGuard, said: Scripted) -> None:
    headers = (("content-type", "application/json"), ("etag", '"1"'), ("vary", "a"), ("vary", "b"), ("x-own", "é"))
    said.next = Reply(200, headers, MODELS)
    reply = guard.client().get("/v1/models?after=1&x=%2F", headers={"authorization": "Bearer sk-1", "x-guard-a": "1"})
    assert (reply.status_code, reply.content) == (200, MODELS)
    assert reply.headers["etag"] == '"1"'
    assert reply.headers["vary"] == "a, b"
    assert decided(reply) == ("pass", "not_applicable")
    call = guard.upstream.calls[-1]
    assert (call.method, call.path, call.query, call.body) == ("GET", "/models", "after=1&x=%2F", None)
    assert dict(call.headers)["authorization"] == "Bearer sk-1"
    assert not any(name.startswith("x-guard") for name, _ in call.headers)


def test_gzip_stays_gzip(guard: RunningGuard, said: Scripted) -> None:
    packed = gzip.compress(MODELS * 100)
    said.next = Reply(200, (("content-type", "application/json"), ("content-encoding", "gzip")), packed)
    with guard.client().stream("GET", "/v1/models", headers={"accept-encoding": "gzip"}) as reply:
        assert b"".join(reply.iter_raw()) == packed
    assert reply.headers["content-encoding"] == "gzip"
    assert dict(guard.upstream.calls[-1].headers)["accept-encoding"] == "gzip"
    assert guard.client().get("/v1/models").content == MODELS * 100


def test_without_a_wish_nothing_is_packed(guard: RunningGuard) -> None:
    talk(guard.url, b"GET /v1/models HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
    assert dict(guard.upstream.calls[-1].headers)["accept-encoding"] == "identity"


def test_the_real_client_lists_models(guard: RunningGuard) -> None:
    assert [model.id for model in guard.openai().models.list()] == ["m"]


def test_a_body_of_any_kind(guard: RunningGuard, said: Scripted) -> None:
    for kind, body in (
        ("application/json", b' {"input" : "x"}'),
        ("multipart/form-data; boundary=b", b"--b\r\n\xff\x00"),
    ):
        post(f"{guard.url}/v1/embeddings", body, {"content-type": kind})
        call = guard.upstream.calls[-1]
        assert (call.method, call.path, call.body) == ("POST", "/embeddings", body)
        assert [value for name, value in call.headers if name == "content-type"] == [kind]


@pytest.mark.parametrize("status", [201, 204, 301, 401, 404, 429, 500, 503])
def test_any_status(guard: RunningGuard, said: Scripted, status: int) -> None:
    body = b"" if status == 204 else b"<own words>"
    said.next = Reply(status, (("content-type", "text/html"), ("retry-after", "5")), body)
    reply = guard.client().get("/v1/models/gpt-4o")
    assert (reply.status_code, reply.content, reply.headers["retry-after"]) == (status, body, "5")


@pytest.mark.parametrize("method", ["HEAD", "DELETE"])
def test_other_methods(guard: RunningGuard, method: str) -> None:
    reply = guard.client().request(method, "/v1/models/ft:m-1")
    assert reply.status_code == 200
    assert (guard.upstream.calls[-1].method, guard.upstream.calls[-1].path) == (method, "/models/ft:m-1")


def test_the_route_is_the_models(start: Start) -> None:
    settings = {
        "upstreams": {"main": {}, "other": {"headers": {"x-which": "other"}}},
        "routes": [{"match": {"model": "o-*"}, "upstream": "other"}, {"match": {"model": "m"}, "upstream": "main"}],
    }
    running = start(lambda _: {"ok": True}, settings)
    for model, which in (("o-1", "other"), ("m", None)):
        post(f"{running.url}/v1/embeddings", {"model": model, "input": "x"})
        assert dict(running.upstream.calls[-1].headers).get("x-which") == which
    running.client().get("/v1/models")
    assert dict(running.upstream.calls[-1].headers)["x-which"] == "other"  # the first one, where no model is named
    reply = post(f"{running.url}/v1/embeddings", {"model": "unknown", "input": "x"})
    assert (reply.status_code, error_of(reply)["code"]) == (404, "model_not_found")


# Failures


@pytest.mark.parametrize(
    ("line", "status", "code"),
    [(UpstreamTimeout("x"), 504, "upstream_timeout"), (UpstreamBroken("x"), 502, "upstream_broken")],
)
def test_a_failing_upstream(guard: RunningGuard, said: Scripted, line: Any, status: int, code: str) -> None:
    said.next = line
    reply = guard.client().get("/v1/models")
    assert (reply.status_code, error_of(reply)["code"]) == (status, code)
    assert decided(reply) == ("error", "upstream_error")


def test_a_body_that_breaks_off_is_not_made_whole(start: Start) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield MODELS
        raise UpstreamBroken("gone")

    running = start(lambda _: broken())
    with pytest.raises(httpx.RemoteProtocolError):
        running.client().get("/v1/models")
    running.forgive("UpstreamBroken")


def test_too_large(start: Start) -> None:
    running = start(lambda _: {"ok": True}, {"server": {"max_body_bytes": 2000}})
    reply = post(f"{running.url}/v1/embeddings", {"input": "x" * 3000})
    assert (reply.status_code, error_of(reply)["code"]) == (413, "request_too_large")


# Not on the list


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/"),
        ("GET", "/v1"),
        ("GET", "/v1/"),
        ("GET", "/v1/files"),
        ("POST", "/v1/completions"),
        ("POST", "/v1/messages"),
        ("POST", "/v1/images/generations"),
        ("GET", "/v1/models/"),
        ("GET", "/v1/Models"),
        ("GET", "/V1/models"),
        ("GET", "/v1/modelsx"),
        ("GET", "//v1/models"),
        ("GET", "/v1//models"),
        ("GET", "/v1/../v1/models"),
        ("GET", "/v1/models/../files"),
        ("GET", "/v1/models/.."),
        ("GET", "/v1/models/%2e%2e/files"),
        ("GET", "/v1/models/%2E%2E%2Ffiles"),
        ("GET", "/v1/models/..%2ffiles"),
        ("GET", "/v1/models/a%2Fb"),
        ("GET", "/v1/models/a%2fb"),
        ("GET", "/v1/models%2Fa"),
        ("GET", "/v1%2Fmodels"),
        ("GET", "/v1/models/a%5Cb"),
        ("GET", "/v1/models/a\\b"),
        ("GET", "/v1/models/%252e%252e/files"),
        ("GET", "/v1/models/a%252Fb"),
        ("GET", "/admin/settings"),
        ("GET", "/admin/decisions"),
        ("GET", "/docs"),
        ("GET", "/openapi.json"),
        ("POST", "/v1/chat/completions/"),
        ("POST", "/v1/chat/completions/extra"),
        ("POST", "/v1/chat%2Fcompletions/.."),
        ("GET", "/chat/completions"),
    ],
)
def test_no_such_path(guard: RunningGuard, method: str, target: str) -> None:
    before = len(guard.upstream.calls)
    head = f"{method} {target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{{}}"
    status, said = talk(guard.url, head.encode())
    assert status == 404
    body = orjson.loads(said.partition(b"\r\n\r\n")[2])
    assert sorted(body["error"]) == ["code", "message", "param", "type"]
    assert (body["error"]["code"], body["error"]["type"]) == ("unknown_url", "not_found_error")
    assert b"x-guard-decision: error" in said
    assert len(guard.upstream.calls) == before


@pytest.mark.parametrize("target", ["/v1/models/.", "/v1/models/./a", "/v1/models/a%20b", "/v1/models/%C3%A9"])
def test_a_path_that_cannot_be_sent(guard: RunningGuard, target: str) -> None:
    before = len(guard.upstream.calls)
    status, said = talk(guard.url, f"GET {target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".encode())
    assert status in (400, 404)
    assert list(orjson.loads(said.partition(b"\r\n\r\n")[2])) == ["error"]
    assert len(guard.upstream.calls) == before


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/guard/feedback"])
def test_only_post(guard: RunningGuard, method: str, path: str) -> None:
    reply = guard.client().request(method, path)
    assert reply.status_code == 405
    assert reply.headers["allow"] == "POST"
    assert decided(reply) == ("error", "bad_request")
    if method != "HEAD":
        assert error_of(reply)["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", "/v1/models"), ("PATCH", "/v1/x"), ("POST", "/livez"), ("PUT", "/metrics")]
)
def test_a_method_that_is_not_there(guard: RunningGuard, method: str, path: str) -> None:
    reply = guard.client().request(method, path)
    assert (reply.status_code, error_of(reply)["code"]) == (405, "method_not_allowed")
    assert "GET" in reply.headers["allow"]


def test_the_list_is_the_owners(start: Start) -> None:
    running = start(lambda _: {"ok": True}, {"passthrough": ["/v1/audio/*"]})
    assert running.client().get("/v1/audio/speech/1").json() == {"ok": True}
    assert running.client().get("/v1/models").status_code == 404
    assert ours(running.client().get("/v1/audio/x"))["decision"] == "pass"


@pytest.mark.parametrize("path", ["/v1/models", "/v1/models/a", "/v1/models/a/b", "/v1/models/a:b@1"])
def test_allowed(path: str) -> None:
    assert allowed(path, path.encode(), LIST)


@pytest.mark.parametrize("path", ["/v1/models/..", "/v1//models", "/v1/models/%2e", "/v1/models\\a", "/v1/model"])
def test_not_allowed(path: str) -> None:
    assert not allowed(path, path.encode(), LIST)
