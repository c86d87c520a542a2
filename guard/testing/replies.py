"""What the fakes say: chat completions, whole and as the frames of a stream.

Shapes as in OpenAI's API reference for `chat.completion` and `chat.completion.chunk`.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import EllipsisType
from typing import Any

import orjson

from guard.upstream import Call, Headers, Reply

Json = dict[str, Any]
JSON_HEADERS: Headers = (("content-type", "application/json"),)
EVENT_STREAM_HEADERS: Headers = (("content-type", "text/event-stream; charset=utf-8"),)

_CREATED = 1_700_000_000  # a fixed date, so that two runs give the same bytes
_PROMPT_TOKENS = 8


@dataclass(frozen=True, slots=True)
class Wire:
    """A reply as pieces of a body: one piece for a whole reply, one per frame for a stream."""

    status: int
    headers: Headers
    pieces: AsyncIterator[bytes] | Sequence[bytes]


def chat_reply(
    text: str,
    *,
    model: str = "scripted",
    n: int = 1,
    finish_reason: str = "stop",
    usage: Mapping[str, Any] | EllipsisType | None = ...,
    reasoning: str | None = None,
    logprobs: Sequence[tuple[str, float]] | None = None,
    id: str | None = None,
    texts: Sequence[str] | None = None,
) -> Json:
    """An OpenAI chat completion with `n` choices that say `text`, or one choice for each of `texts`.

    `usage` left out counts words as tokens; None leaves the object out of the reply. `reasoning` becomes
    `reasoning_content`. `logprobs` are pairs of token and natural log-probability, the same for every choice.
    """
    said = list(texts) if texts is not None else [text] * n
    reply: Json = {
        "id": id or "chatcmpl-scripted",
        "object": "chat.completion",
        "created": _CREATED,
        "model": model,
        "choices": [
            {
                "index": index,
                "message": _message(words, reasoning),
                "logprobs": _logprobs(logprobs),
                "finish_reason": finish_reason,
            }
            for index, words in enumerate(said)
        ],
    }
    if usage is ...:
        usage = _counted([*said, *([reasoning] if reasoning else [])])
    if usage is not None:
        reply["usage"] = dict(usage)
    return reply


def stream_frames(reply: Mapping[str, Any], *, include_usage: bool = False) -> Iterator[bytes]:
    """A chat completion as server-sent events: role, words, finish, usage where asked, `[DONE]`."""
    shared = {key: reply[key] for key in ("id", "created", "model") if key in reply}
    shared["object"] = "chat.completion.chunk"
    if include_usage:
        shared["usage"] = None
    for choice in reply["choices"]:
        for delta, logprobs, finish_reason in _deltas(choice):
            yield _frame(
                {
                    **shared,
                    "choices": [
                        {
                            "index": choice["index"],
                            "delta": delta,
                            "logprobs": logprobs,
                            "finish_reason": finish_reason,
                        }
                    ],
                }
            )
    if include_usage:
        yield _frame({**shared, "choices": [], "usage": reply.get("usage")})
    yield b"data: [DONE]\n\n"


def asked(call: Call) -> Json:
    """The call's JSON object, or an empty one where there is none."""
    try:
        body = orjson.loads(call.body or b"{}")
    except orjson.JSONDecodeError:
        return {}
    return body if isinstance(body, dict) else {}


def on_the_wire(call: Call, answer: Reply | Mapping[str, Any] | AsyncIterator[bytes]) -> Wire:
    """An answer as an upstream sends it: a chat completion in frames where the call asks for a stream."""
    if isinstance(answer, Reply):
        return Wire(answer.status, answer.headers, [answer.body])
    if isinstance(answer, AsyncIterator):
        return Wire(200, EVENT_STREAM_HEADERS, answer)
    body = asked(call)
    if body.get("stream") is True and "choices" in answer:
        options = body.get("stream_options")
        include_usage = isinstance(options, dict) and options.get("include_usage") is True
        return Wire(200, EVENT_STREAM_HEADERS, list(stream_frames(answer, include_usage=include_usage)))
    return Wire(200, JSON_HEADERS, [orjson.dumps(dict(answer))])


def _message(words: str, reasoning: str | None) -> Json:
    message: Json = {"role": "assistant", "content": words, "refusal": None}
    if reasoning is not None:
        message["reasoning_content"] = reasoning
    return message


def _logprobs(pairs: Sequence[tuple[str, float]] | None) -> Json | None:
    if pairs is None:
        return None
    content = [
        {"token": token, "logprob": value, "bytes": list(token.encode()), "top_logprobs": []} for token, value in pairs
    ]
    return {"content": content, "refusal": None}


def _counted(said: Sequence[str]) -> Json:
    completion = sum(len(words.split()) for words in said)
    return {
        "prompt_tokens": _PROMPT_TOKENS,
        "completion_tokens": completion,
        "total_tokens": _PROMPT_TOKENS + completion,
    }


def _deltas(choice: Mapping[str, Any]) -> Iterator[tuple[Json, Json | None, str | None]]:
    message = choice["message"]
    yield {"role": "assistant", "content": "", "refusal": None}, None, None
    if message.get("reasoning_content"):
        yield {"reasoning_content": message["reasoning_content"]}, None, None
    logprobs = choice.get("logprobs")
    for index, piece in enumerate(re.findall(r"\s*\S+\s*$|\s*\S+|\s+", message.get("content") or "")):
        yield {"content": piece}, logprobs if index == 0 else None, None
    yield {}, None, choice.get("finish_reason")


def _frame(event: Json) -> bytes:
    return b"data: " + orjson.dumps(event) + b"\n\n"
