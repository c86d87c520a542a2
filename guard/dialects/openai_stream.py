"""OpenAI's chat stream: frames to the reply they amount to, and back.

Frames are `data: {json}` and an end mark `data: [DONE]` (OpenAI API reference, server-sent events of WHATWG HTML 9.2).
A stream that ends without a finish reason is broken: openai-python would take the half of it for the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

from guard.errors import UpstreamBroken, UpstreamUnreadable

Body = dict[str, Any]

DONE = b"data: [DONE]\n\n"


def frame(body: Body) -> bytes:
    """One server-sent event."""
    return b"data: " + orjson.dumps(body) + b"\n\n"


def events(stream: bytes) -> Iterator[Body]:
    """The JSON objects of a stream, in order, up to the end mark. Raises `UpstreamUnreadable`."""
    for line in stream.replace(b"\r\n", b"\n").split(b"\n"):
        if not line.startswith(b"data:"):
            continue
        data = line[5:].strip()
        if data == b"[DONE]":
            return
        try:
            event = orjson.loads(data)
        except orjson.JSONDecodeError as error:
            raise UpstreamUnreadable("an event of the upstream's stream is not JSON") from error
        if isinstance(event, dict):
            yield event


def join(stream: bytes) -> Body:
    """The plain reply that a complete stream amounts to. Raises `UpstreamBroken`, `UpstreamUnreadable`."""
    reply: Body = {}
    choices: dict[int, Body] = {}
    for event in events(stream):
        if isinstance(event.get("error"), dict | str):
            raise UpstreamBroken("the upstream ended its stream with an error")
        for key, value in event.items():
            if key != "choices" and value is not None:
                reply[key] = value
        for delta in event.get("choices") or ():
            if isinstance(delta, dict):
                _add(choices.setdefault(_index(delta), _empty_choice(_index(delta))), delta)
    if not choices or any(choice["finish_reason"] is None for choice in choices.values()):
        raise UpstreamBroken("the upstream's stream ended before its answer did")
    return reply | {"object": "chat.completion", "choices": [choices[index] for index in sorted(choices)]}


def _index(delta: Body) -> int:
    index = delta.get("index")
    return index if isinstance(index, int) else 0


def _empty_choice(index: int) -> Body:
    return {"index": index, "message": {"role": "assistant", "content": None}, "finish_reason": None}


def _add(choice: Body, delta: Body) -> None:
    """Lay one event's delta onto the choice: strings and arrays grow, everything else is replaced."""
    piece = delta.get("delta")
    for key, value in (piece if isinstance(piece, dict) else {}).items():
        if value is None:
            choice["message"].setdefault(key, None)
        elif isinstance(value, str) and key != "role":
            choice["message"][key] = (choice["message"].get(key) or "") + value
        elif isinstance(value, list):
            choice["message"][key] = (choice["message"].get(key) or []) + value
        else:
            choice["message"][key] = value
    if delta.get("finish_reason") is not None:
        choice["finish_reason"] = delta["finish_reason"]
    entries = delta["logprobs"].get("content") if isinstance(delta.get("logprobs"), dict) else None
    if isinstance(entries, list):
        choice.setdefault("logprobs", {"content": []})["content"] += entries


def annotate(stream: bytes, extra: Body) -> bytes:
    """The stream with `extra` in the frame that carries the finish reason; every other byte as it came."""
    lines = stream.split(b"\n")
    for position in range(len(lines) - 1, -1, -1):
        if not lines[position].startswith(b"data:") or b"finish_reason" not in lines[position]:
            continue
        event = orjson.loads(lines[position][5:])
        if any(choice.get("finish_reason") for choice in event.get("choices") or ()):
            lines[position] = b"data: " + orjson.dumps(event | extra)
            break
    return b"\n".join(lines)


FINISHED = re.compile(rb'"finish_reason"\s*:\s*"|data:\s*\[DONE\]')


def finishes(tail: bytes) -> bool:
    """Does the end of a stream hold a finish reason or the end mark?"""
    return FINISHED.search(tail) is not None


def frames(reply: Body, *, usage: bool, extra: Body | None) -> Iterator[bytes]:
    """A reply with one choice as frames: role, words, finish (with `extra` beside `choices`), usage if asked, end."""
    head: Body = {key: reply[key] for key in ("id", "created", "model", "system_fingerprint", "service_tier") if key in reply}
    head |= {"object": "chat.completion.chunk"}
    message = reply["choices"][0].get("message") or {}
    yield frame(head | {"choices": [_delta({"role": "assistant", "content": ""}, None)]})
    for field in ("content", "refusal"):
        if message.get(field):
            yield frame(head | {"choices": [_delta({field: message[field]}, None)]})
    finish = reply["choices"][0].get("finish_reason") or "stop"
    yield frame(head | {"choices": [_delta({}, finish)]} | (extra or {}))
    if usage:
        yield frame(head | {"choices": [], "usage": reply.get("usage")})
    yield DONE


def _delta(delta: Body, finish: str | None) -> Body:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
