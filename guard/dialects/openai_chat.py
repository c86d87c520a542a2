"""OpenAI's chat completions: `POST /v1/chat/completions`, plain and streamed.

The wire format is OpenAI's published API reference; what real clients accept of it was measured with openai-python,
openai-node, LangChain, LlamaIndex and the AI SDK. Unknown fields travel untouched because a body is overlaid, never
rebuilt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import orjson

from guard.abstentions import recognise
from guard.answers import final_answer
from guard.dialects import openai_stream
from guard.dialects.reading import mean, text_of
from guard.dialects.shape import Body, Drawing, Parsed, Probing, Token, Usage
from guard.errors import DialectError, UpstreamUnreadable
from guard.evidence import Answer, Kind
from guard.exchange import Exchange, Unguardable
from guard.reasoning import split_reasoning
from guard.stated import split_stated
from guard.supplied import Supplied, split_supplied

MAX_CHOICES = 128
"""Largest `n` that is passed on: OpenAI's own limit. Beyond it a request is refused before anything is allocated."""

LEAST_LOGPROB = -9999.0
"""Below this a log-probability says the same: OpenAI's own for a token that was not among the likeliest."""

TOP_LOGPROBS = 5
"""Alternatives asked for at each token: the least that every endpoint with log-probabilities gives."""

ROLES = frozenset({"system", "developer", "user", "assistant", "tool", "function"})


class OpenAIChat:
    """See `guard.dialects.shape.Dialect`."""

    name = "openai_chat"
    path = "/v1/chat/completions"
    own_in_draw: tuple[str, ...] = ("temperature", "seed", "n", "max_tokens")
    own_in_probe: tuple[str, ...] = (
        "temperature", "response_format", "reasoning_effort", "max_tokens", "logprobs", "top_logprobs",
    )  # fmt: skip
    renames: Mapping[str, str] = MappingProxyType({"max_tokens": "max_completion_tokens"})
    spare: tuple[str, ...] = ("logprobs", "top_logprobs")

    def read(self, raw: bytes, body: Any) -> Exchange:
        """See `Dialect.read`."""
        if not isinstance(body, dict):
            raise DialectError("the request body must be a JSON object")
        messages = _messages(body)
        _check_fields(body)
        unguardable, why = _unguardable(body, messages)
        last_user = max((i for i, m in enumerate(messages) if m["role"] == "user"), default=-1)
        asked = split_supplied(text_of(messages[last_user].get("content")) if last_user >= 0 else "")
        if unguardable is None and not asked.question.strip():
            unguardable, why = "not_applicable", "there is no question in text"
        options = body.get("stream_options")
        return Exchange(
            dialect=self.name,
            path=self.path,
            model=body["model"],
            question=asked.question,
            context=_context(messages[: max(last_user, 0)], asked),
            stream=body.get("stream") is True,
            stream_usage=isinstance(options, dict) and options.get("include_usage") is True,
            structured=_strict_schema(body),
            unguardable=unguardable,
            why=why,
            explain=_wants_explanation(body),
            seed=_seed(body),
            body=body,
            raw=raw,
        )

    def forward(self, exchange: Exchange, model: str) -> bytes:
        """See `Dialect.forward`."""
        if model == exchange.model and "guard" not in exchange.body:
            return exchange.raw
        return orjson.dumps(_without(exchange.body, "guard") | {"model": model})

    def draw(self, exchange: Exchange, model: str, drawing: Drawing) -> Body:
        """See `Dialect.draw`."""
        body = _without(exchange.body, "guard", "stream", "stream_options", "store", "metadata", "n")
        body |= {"model": model, "temperature": drawing.temperature, "seed": drawing.seed}
        if drawing.n > 1:
            body["n"] = drawing.n
        if drawing.max_tokens is not None and not body.keys() & {"max_tokens", "max_completion_tokens"}:
            body["max_tokens"] = drawing.max_tokens
        return body

    def probe(self, model: str, probing: Probing) -> Body:
        """See `Dialect.probe`."""
        body: Body = {
            "model": model,
            "messages": [
                {"role": "system", "content": probing.system},
                {"role": "user", "content": probing.user},
            ],
            "temperature": 0,
            "max_tokens": probing.max_tokens,
        }
        if probing.schema is not None:
            schema = {"name": "reply", "strict": True, "schema": probing.schema}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        if probing.low_effort:
            body["reasoning_effort"] = "low"
        if probing.chances:
            body |= {"logprobs": True, "top_logprobs": TOP_LOGPROBS}
        return body

    def parse(self, reply: Any, question: str) -> Parsed:
        """See `Dialect.parse`."""
        choices = reply.get("choices") if isinstance(reply, dict) else None
        if not isinstance(choices, list) or not choices:
            raise UpstreamUnreadable("the upstream's reply has no choices")
        answers = tuple(_answer(choice, reply, question) for choice in choices)
        return Parsed(answers, _usage(reply, choices, answers), str(reply.get("model") or ""))

    def tokens(self, reply: Any) -> tuple[Token, ...]:
        """See `Dialect.tokens`."""
        choices = reply.get("choices") if isinstance(reply, dict) else None
        first = choices[0] if isinstance(choices, list) and choices else None
        return tuple(_token(entry) for entry in _entries(first))

    def join(self, stream: bytes) -> Body:
        """See `Dialect.join`."""
        return openai_stream.join(stream)

    def replace(self, reply: Body, words: str, *, as_refusal: bool) -> Body:
        """See `Dialect.replace`."""
        choice = reply["choices"][0]
        kept = _without(choice.get("message") or {}, *GONE_WITH_THE_WORDS)
        message = kept | {"role": "assistant", "content": words, "refusal": None}
        if as_refusal:
            message |= {"content": None, "refusal": words}
        first = _without(choice, *GONE_WITH_THE_WORDS) | {"index": 0, "message": message, "finish_reason": "stop"}
        if "logprobs" in first:
            first["logprobs"] = None
        return _without(reply, *GONE_WITH_THE_WORDS) | {"choices": [first]}

    def with_usage(self, reply: Body, prompt: int, completion: int) -> Body:
        """See `Dialect.with_usage`."""
        usage = (reply.get("usage") or {}) | {
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt + completion,
        }
        return reply | {"usage": usage}

    def annotate(self, stream: bytes, extra: Body) -> bytes:
        """See `Dialect.annotate`."""
        return openai_stream.annotate(stream, extra)

    def finishes(self, tail: bytes) -> bool:
        """See `Dialect.finishes`."""
        return openai_stream.finishes(tail)

    def frames(self, reply: Body, *, usage: bool, extra: Body | None) -> Iterator[bytes]:
        """See `Dialect.frames`."""
        return openai_stream.frames(reply, usage=usage, extra=extra)

    def error(self, message: str, *, kind: str, code: str | None, param: str | None) -> Body:
        """See `Dialect.error`."""
        return {"error": {"message": message, "type": kind, "param": param, "code": code}}

    def error_frame(self, error: Body) -> bytes:
        """See `Dialect.error_frame`."""
        return openai_stream.frame(error)

    def keep_alive(self) -> bytes:
        """See `Dialect.keep_alive`."""
        return b": keep-alive\n\n"


GONE_WITH_THE_WORDS = tuple(
    "annotations audio citations function_call provider_specific_fields reasoning reasoning_content reasoning_details "
    "search_results thinking_blocks token_ids tool_calls".split()
)
"""Fields of a reply, a choice or a message that speak about the words that are replaced, or hold them once more:
OpenAI's own, and those of DeepSeek, vLLM, OpenRouter, LiteLLM and Perplexity."""


def _without(body: Mapping[str, Any], *names: str) -> Body:
    return {key: value for key, value in body.items() if key not in names}


def _messages(body: Body) -> list[Body]:
    model, messages = body.get("model"), body.get("messages")
    if not isinstance(model, str) or not model.strip():
        raise DialectError("`model` must be a non-empty string", param="model")
    if not isinstance(messages, list) or not messages:
        raise DialectError("`messages` must be a non-empty array", param="messages")
    for position, message in enumerate(messages):
        if not isinstance(message, dict):
            raise DialectError("each message must be an object", param=f"messages.{position}")
        role = message.get("role")
        if not isinstance(role, str) or role not in ROLES:
            raise DialectError(f"`role` must be one of {', '.join(sorted(ROLES))}", param=f"messages.{position}.role")
        if not isinstance(message.get("content"), str | list | None):
            raise DialectError("`content` must be text or an array of parts", param=f"messages.{position}.content")
    return messages


def _check_fields(body: Body) -> None:
    """Refuse what would make the guard itself go wrong; every other field is the upstream's to judge."""
    if not isinstance(body.get("stream"), bool | None):
        raise DialectError("`stream` must be true or false", param="stream")
    if not isinstance(body.get("stream_options"), dict | None):
        raise DialectError("`stream_options` must be an object", param="stream_options")
    if not isinstance(body.get("guard"), dict | None):
        raise DialectError("`guard` must be an object", param="guard")
    n = body.get("n")
    if n is not None and (isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= MAX_CHOICES):
        raise DialectError(f"`n` must be a whole number from 1 to {MAX_CHOICES}", param="n")


def _unguardable(body: Body, messages: list[Body]) -> tuple[Unguardable | None, str]:
    if (body.get("tools") or body.get("functions")) and body.get("tool_choice") != "none":
        return "tool_call", "the request offers tools"
    if any(message["role"] in ("tool", "function") for message in messages):
        return "tool_call", "the conversation holds results of tools"
    if (body.get("n") or 1) > 1:
        return "not_applicable", "the caller asked for several choices"
    form = body.get("response_format")
    if isinstance(form, dict) and form.get("type") in ("json_schema", "json_object"):
        return "not_applicable", "the caller asked for structured output"
    modalities = body.get("modalities")
    if body.get("audio") or (isinstance(modalities, list) and "audio" in modalities):
        return "not_applicable", "the caller asked for audio"
    if messages[-1]["role"] != "user":
        return "not_applicable", "the last message is not the user's"
    return None, ""


def _seed(body: Body) -> int | None:
    seed = body.get("seed")
    return seed if isinstance(seed, int) and not isinstance(seed, bool) else None


def _strict_schema(body: Body) -> bool:
    form = body.get("response_format")
    return isinstance(form, dict) and form.get("type") == "json_schema"


def _wants_explanation(body: Body) -> bool:
    wish = body.get("guard")
    return isinstance(wish, dict) and wish.get("explain") is True


def _conversation(messages: list[Body]) -> str:
    lines = ((message["role"], text_of(message.get("content"))) for message in messages)
    return "\n".join(f"{role}: {text}" for role, text in lines if text)


def _context(before: list[Body], asked: Supplied) -> str:
    """The conversation before the question, and what its message supplies to answer it from."""
    supplied = f"context: {asked.context}" if asked.context else ""
    return "\n".join(part for part in (_conversation(before), supplied) if part)


def _answer(choice: Any, reply: Body, question: str) -> Answer:
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(message, dict):
        raise UpstreamUnreadable("a choice of the upstream's reply has no message")
    refusal = message.get("refusal")
    thought, visible = split_reasoning(text_of(message.get("content")))
    hidden = message.get("reasoning_content") or message.get("reasoning") or ""
    said, stated = split_stated(visible)
    finish = choice.get("finish_reason")
    kind: Kind = recognise(visible, question)
    if (isinstance(refusal, str) and refusal) or finish == "content_filter":
        kind, visible = "refuse", visible or str(refusal or "")
        said = visible
    return Answer(
        text=visible,
        final=final_answer(said, question),
        kind=kind,
        reasoning="\n".join(part for part in (hidden if isinstance(hidden, str) else "", thought) if part),
        complete=finish != "length",
        tool_call=bool(message.get("tool_calls") or message.get("function_call")),
        logprob=mean(_logprobs(choice)),
        stated=stated,
        reply_id=str(reply.get("id") or ""),
        fingerprint=str(reply.get("system_fingerprint") or ""),
    )


def _logprobs(choice: Body) -> list[float]:
    values = (_logprob(entry) for entry in _entries(choice))
    return [value for value in values if value is not None]


def _entries(choice: Any) -> list[Body]:
    """What a choice tells of its tokens, one entry each."""
    told = choice.get("logprobs") if isinstance(choice, dict) else None
    entries = told.get("content") if isinstance(told, dict) else None
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _logprob(entry: Body) -> float | None:
    value = entry.get("logprob")
    return min(max(float(value), LEAST_LOGPROB), 0.0) if isinstance(value, int | float) else None


def _token(entry: Body) -> Token:
    """A token with the likeliest at its place, itself among them, each once."""
    said, others = str(entry.get("token") or ""), entry.get("top_logprobs")
    listed = [other for other in others if isinstance(other, dict)] if isinstance(others, list) else []
    chances = {str(other.get("token")): value for other in listed if (value := _logprob(other)) is not None}
    own = _logprob(entry)
    if chances and own is not None:
        chances.setdefault(said, own)
    return Token(said, tuple(chances.items()))


def _usage(reply: Body, choices: list[Any], answers: tuple[Answer, ...]) -> Usage:
    """The upstream's own count, or more where its text or its log-probabilities show more.

    Some servers count one choice only when `n` is above 1, and some count nothing.
    """
    told = reply.get("usage") if isinstance(reply.get("usage"), dict) else {}
    told = told or {}
    details = told.get("completion_tokens_details")
    reasoning = _count(details.get("reasoning_tokens")) if isinstance(details, dict) else 0
    seen = sum(
        max(len(_logprobs(choice)), (len(answer.text) + len(answer.reasoning)) // 4)
        for choice, answer in zip(choices, answers, strict=True)
    )
    return Usage(_count(told.get("prompt_tokens")), max(_count(told.get("completion_tokens")), seen), reasoning)


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
