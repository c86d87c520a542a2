"""How the tests read what the guard sends."""

from __future__ import annotations

from typing import Any

import httpx
import orjson

ENVELOPE = ["code", "message", "param", "type"]


def events(body: bytes) -> list[dict[str, Any]]:
    """The JSON events of a stream, comments left out; its end mark must be the last event where there is one."""
    lines = [line for line in body.decode().split("\n\n") if line and not line.startswith(":")]
    assert all(line.startswith("data: ") for line in lines), body
    datas = [line.removeprefix("data: ") for line in lines]
    assert "[DONE]" not in datas[:-1]
    return [orjson.loads(data) for data in datas if data != "[DONE]"]


def words_of(reply: httpx.Response) -> str:
    """What the reader sees of a completion, plain or streamed."""
    if not reply.headers["content-type"].startswith("text/event-stream"):
        return str(reply.json()["choices"][0]["message"]["content"])
    assert reply.content.endswith(b"data: [DONE]\n\n"), reply.content
    pieces = [choice["delta"] for event in events(reply.content) for choice in event["choices"]]
    return "".join(piece.get("content") or "" for piece in pieces)


def ours(reply: httpx.Response) -> dict[str, str]:
    """The `x-guard-*` headers, without the prefix."""
    return {name[8:]: value for name, value in reply.headers.items() if name.startswith("x-guard-")}


def decided(reply: httpx.Response) -> tuple[str | None, str | None]:
    """Decision and reason, as the headers say them."""
    return ours(reply).get("decision"), ours(reply).get("reason")


def error_of(reply: httpx.Response) -> dict[str, Any]:
    """The error of a reply, which must be OpenAI's envelope and hold nothing of a traceback."""
    assert reply.headers["content-type"] == "application/json", reply.headers
    body = reply.json()
    assert list(body) == ["error"], body
    error = body["error"]
    assert sorted(error) == ENVELOPE, error
    assert isinstance(error["message"], str)
    assert error["message"]
    assert "Traceback" not in reply.text
    assert 'File "' not in reply.text
    return dict(error)
