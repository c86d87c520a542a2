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

NEVER_IN_PIECES = frozenset({"role", "id", "type", "name", "index"})
"""Strings of a delta that are whole whenever they come."""


def frame(body: Body) -> bytes:
    """One server-sent event."""
    return b"data: " + orjson.dumps(body) + b"\n\n"


def events(stream: bytes) -> Iterator[Body]:
    """The JSON objects of a stream, in order, up to the end mark. Raises `UpstreamUnreadable`."""
    for line in stream.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n"):
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
            if key != "choices":
                _replace(reply, key, value)
        for delta in _choices(event):
            _add(choices.setdefault(_index(delta), _empty_choice(_index(delta))), delta)
    if not choices or any(choice["finish_reason"] is None for choice in choices.values()):
        raise UpstreamBroken("the upstream's stream ended before its answer did")
    return reply | {"object": "chat.completion", "choices": [_whole(choices[index]) for index in sorted(choices)]}


def _choices(event: Body) -> list[Body]:
    listed = event.get("choices")
    return [choice for choice in listed if isinstance(choice, dict)] if isinstance(listed, list) else []


def _index(delta: Body) -> int:
    index = delta.get("index")
    return index if isinstance(index, int) else 0


def _empty_choice(index: int) -> Body:
    return {"index": index, "message": {"role": "assistant", "content": None}, "finish_reason": None}


def _add(choice: Body, delta: Body) -> None:
    """Lay one event's choice onto the choice so far: words and log-probabilities come in pieces, the rest whole."""
    piece, logprobs = delta.get("delta"), delta.get("logprobs")
    _lay(choice["message"], piece if isinstance(piece, dict) else {})
    for key, value in delta.items():
        if key not in ("delta", "index", "logprobs", "message"):
            _replace(choice, key, value)
    if "logprobs" in delta:
        _lay(choice, {"logprobs": logprobs if isinstance(logprobs, dict) else None})


def _replace(onto: Body, key: str, value: Any) -> None:
    if value is None:
        onto.setdefault(key, None)
    else:
        onto[key] = value


def _lay(onto: Body, piece: Body) -> None:
    """Strings and arrays grow, objects field by field, everything else is replaced; null replaces nothing."""
    for key, value in piece.items():
        before = onto.get(key)
        if value is None or before is None or key in NEVER_IN_PIECES:
            _replace(onto, key, value)
        elif isinstance(before, str) and isinstance(value, str):
            onto[key] = before + value
        elif isinstance(before, dict) and isinstance(value, dict):
            _lay(before, value)
        elif isinstance(before, str | list) and isinstance(value, str | list):
            onto[key] = _as_parts(before)
            _extend(onto[key], _as_parts(value))
        else:
            onto[key] = value


def _extend(entries: list[Any], pieces: list[Any]) -> None:
    """Append; a piece that bears the index of the last entry belongs to that one (calls of tools come in pieces)."""
    for piece in pieces:
        last = entries[-1] if entries else None
        if isinstance(last, dict) and isinstance(piece, dict) and last.get("index", -1) == piece.get("index"):
            _lay(last, piece)
        else:
            entries.append(piece)


def _as_parts(content: str | list[Any]) -> list[Any]:
    """Content that comes partly as text and partly as an array (Mistral's thinking models), as an array."""
    if isinstance(content, list):
        return content
    return [{"type": "text", "text": content}] if content else []


def _whole(choice: Body) -> Body:
    """A choice as a plain reply has it: its calls of tools are not numbered."""
    calls = choice["message"].get("tool_calls")
    if isinstance(calls, list):
        choice["message"]["tool_calls"] = [_unnumbered(call) if isinstance(call, dict) else call for call in calls]
    return choice


def _unnumbered(call: Body) -> Body:
    return {key: value for key, value in call.items() if key != "index"}


def annotate(stream: bytes, extra: Body) -> bytes:
    """The stream with `extra` in the frame that carries the finish reason; every other byte as it came."""
    lines = stream.split(b"\n")
    for position in range(len(lines) - 1, -1, -1):
        event = _finishing(lines[position])
        if event is not None:
            end = b"\r" if lines[position].endswith(b"\r") else b""
            lines[position] = b"data: " + orjson.dumps(event | extra) + end
            break
    return b"\n".join(lines)


def _finishing(line: bytes) -> Body | None:
    """The event on a line of a stream where it carries a finish reason."""
    if not line.startswith(b"data:") or b"finish_reason" not in line:
        return None
    found = list(events(line))
    return found[0] if found and any(choice.get("finish_reason") for choice in _choices(found[0])) else None


FINISHED = re.compile(rb'"finish_reason"\s*:\s*"|^data:\s*\[DONE\]', re.MULTILINE)
"""The end mark counts at the start of a line only: inside an answer those are just words."""


def finishes(tail: bytes) -> bool:
    """Does the end of a stream hold a finish reason or the end mark?"""
    return FINISHED.search(tail) is not None


def frames(reply: Body, *, usage: bool, extra: Body | None) -> Iterator[bytes]:
    """A reply with one choice as frames: role, words, finish (with `extra` beside `choices`), usage if asked, end.

    Whatever else the reply, its choice and its message hold comes along, so that `join` gives the reply back.
    """
    head: Body = {key: value for key, value in reply.items() if key not in ("choices", "usage")}
    head |= {"object": "chat.completion.chunk"}
    choice = reply["choices"][0]
    message = {"role": "assistant"} | (choice.get("message") or {})
    begun = {key: value for key, value in message.items() if key == "role" or value is None or value == ""}
    if message.get("content"):
        begun["content"] = ""
    yield frame(head | {"choices": [_delta(begun)]})
    for field, value in message.items():
        if field not in begun or (field == "content" and value):
            yield frame(head | {"choices": [_delta({field: _numbered(value) if field == "tool_calls" else value})]})
    ending = {key: value for key, value in choice.items() if key not in ("message", "index")}
    ending["finish_reason"] = ending.get("finish_reason") or "stop"
    yield frame(head | {"choices": [_delta({}) | ending]} | (extra or {}))
    if usage:
        yield frame(head | {"choices": [], "usage": reply.get("usage")})
    yield DONE


def _numbered(calls: Any) -> Any:
    if not isinstance(calls, list):
        return calls
    return [{"index": number} | call if isinstance(call, dict) else call for number, call in enumerate(calls)]


def _delta(delta: Body) -> Body:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": None}
