"""Recorded answers behind an OpenAI-compatible endpoint: a real model's words, with neither the model nor a network.

Model and last user message pick the recording. Without a temperature, or at 0, the greedy answer comes; otherwise draws
from `seed` on, or from a counter of that question where no seed is given, wrapping round. The guard's own probes are
answered from what was recorded; whatever was not is a 404.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from guard.dialects.openai_stream import DONE, frame
from guard.dialects.reading import text_of
from guard.reports import SAME_MEANING_VERSION, SECOND_WAY_VERSION, Quoted, recognise_probe
from probes.samples import Sample

CHARS_PER_TOKEN = 4
MAX_CHOICES = 128

Body = dict[str, Any]


class RecordedResponse(BaseModel):
    """A row of a responses file: one answer of one model."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    model: str
    question: str
    response: str


class NotRecorded(LookupError):
    """Nothing was recorded that answers this call."""


class BadCall(ValueError):
    """A call that no OpenAI-compatible endpoint would take."""


@dataclass(slots=True)
class Recording:
    """What one model said to one question; `next_draw` counts the draws given without a seed."""

    greedy: str
    draws: tuple[str, ...] = ()
    greedy_logprobs: list[float] | None = None
    draw_logprobs: tuple[list[float] | None, ...] = ()
    self_check: bool | None = None
    verbalized: float | None = None
    decomposed: str | None = None
    next_draw: int = 0

    def drawn(self, seed: int | None, n: int) -> list[tuple[str, list[float] | None]]:
        """`n` draws with their log-probabilities. Raises `NotRecorded` where there are none."""
        if not self.draws:
            raise NotRecorded("no draws were recorded for this question")
        first = self.next_draw if seed is None else seed
        if seed is None:
            self.next_draw += n
        places = [(first + step) % len(self.draws) for step in range(n)]
        return [(self.draws[i], self.draw_logprobs[i] if i < len(self.draw_logprobs) else None) for i in places]


@dataclass(slots=True)
class Shelf:
    """All recordings, by model and by the question as a client asks it."""

    recordings: dict[tuple[str, str], Recording] = field(default_factory=dict)
    serial: Iterator[int] = field(default_factory=itertools.count)

    @classmethod
    def of(cls, samples: Sequence[Sample], responses: Sequence[RecordedResponse] = ()) -> Shelf:
        """A shelf of samples and responses; the first recording of a question stands."""
        shelf = cls()
        for sample in samples:
            recording = _recording(sample)
            for asked in (sample.asked, sample.question):
                shelf.recordings.setdefault((sample.model, _key(asked)), recording)
        for row in responses:
            shelf.recordings.setdefault((row.model, _key(row.question)), Recording(greedy=row.response))
        return shelf

    @property
    def models(self) -> list[str]:
        """The recorded models, sorted."""
        return sorted({model for model, _ in self.recordings})

    def find(self, model: str, question: str) -> Recording:
        """The recording of a question. Raises `NotRecorded`."""
        found = self.recordings.get((model, _key(question)))
        if found is None:
            known = any(name == model for name, _ in self.recordings)
            raise NotRecorded(
                "this question was not recorded" if known else f"no recording of the model {model[:80]!r}"
            )
        return found

    def answer(self, body: Body) -> Body:
        """The reply to a chat request. Raises `NotRecorded`, `BadCall`."""
        model, message = _asked(body)
        probe = recognise_probe(message)
        if probe is not None:
            return self._reply(body, message, [(self._probed(model, probe), None)])
        recording = self.find(model, message)
        n = _count(body)
        if not body.get("temperature"):
            return self._reply(body, message, [(recording.greedy, recording.greedy_logprobs)] * n)
        seed = body.get("seed")
        return self._reply(body, message, recording.drawn(seed if isinstance(seed, int) else None, n))

    def _probed(self, model: str, probe: Quoted) -> str:
        """The reply to a probe of the guard's. Raises `NotRecorded` where none was recorded."""
        recording = self.find(model, probe.question)
        if probe.probe == SECOND_WAY_VERSION:
            if not recording.decomposed:
                raise NotRecorded("no decomposition was recorded for this question")
            return orjson.dumps({"nonce": probe.nonce, "steps": [], "answer": recording.decomposed}).decode()
        if probe.probe == SAME_MEANING_VERSION:
            raise NotRecorded("recordings hold no comparing of answers: use the judge lexical")
        if probe.answer.strip() != recording.greedy.strip():
            raise NotRecorded("a self-report was recorded for another answer only")
        if recording.self_check is None and recording.verbalized is None:
            raise NotRecorded("no self-report was recorded for this question")
        reply: Body = {"nonce": probe.nonce}
        if recording.verbalized is not None:
            reply["probability"] = round(100 * recording.verbalized, 4)
        else:
            reply["correct"] = "yes" if recording.self_check else "no"
        return orjson.dumps(reply).decode()

    def _reply(self, body: Body, message: str, texts: Sequence[tuple[str, list[float] | None]]) -> Body:
        prompt = -(-len(message) // CHARS_PER_TOKEN)
        completion = sum(-(-len(text) // CHARS_PER_TOKEN) for text, _ in texts)
        wants_logprobs = body.get("logprobs") is True
        return {
            "id": f"chatcmpl-recorded-{next(self.serial)}",
            "object": "chat.completion",
            "created": 0,
            "model": body["model"],
            "choices": [_choice(i, text, values, wants_logprobs) for i, (text, values) in enumerate(texts)],
            "usage": {
                "prompt_tokens": prompt,
                "completion_tokens": completion,
                "total_tokens": prompt + completion,
            },
        }


def _recording(sample: Sample) -> Recording:
    return Recording(
        greedy=sample.greedy,
        draws=tuple(sample.samples or ()),
        greedy_logprobs=sample.greedy_logprobs,
        draw_logprobs=tuple(sample.sample_logprobs or ()),
        self_check=sample.self_check,
        verbalized=sample.greedy_verbalized,
        decomposed=sample.decomposed,
    )


def _key(question: str) -> str:
    return question.strip()


def _asked(body: Body) -> tuple[str, str]:
    """Model and last user message. Raises `BadCall`."""
    model, messages = body.get("model"), body.get("messages")
    if not isinstance(model, str) or not isinstance(messages, list):
        raise BadCall("`model` must be a string and `messages` an array")
    said = [m for m in messages if isinstance(m, dict) and m.get("role") == "user"]
    if not said:
        raise BadCall("`messages` must hold a user message")
    return model, text_of(said[-1].get("content"))


def _count(body: Body) -> int:
    n = body.get("n") or 1
    if not isinstance(n, int) or isinstance(n, bool) or not 1 <= n <= MAX_CHOICES:
        raise BadCall(f"`n` must be a whole number from 1 to {MAX_CHOICES}")
    return n


def _choice(index: int, text: str, values: list[float] | None, wants_logprobs: bool) -> Body:
    choice: Body = {
        "index": index,
        "message": {"role": "assistant", "content": text, "refusal": None},
        "finish_reason": "stop",
        "logprobs": None,
    }
    if wants_logprobs and values:
        entries: list[Body] = [{"token": "", "logprob": value, "bytes": None, "top_logprobs": []} for value in values]
        choice["logprobs"] = {"content": entries, "refusal": None}
    return choice


def stream_of(reply: Body, usage: bool) -> Iterator[bytes]:
    """A reply as frames, every choice word by word."""
    head = {key: reply[key] for key in ("id", "created", "model")} | {"object": "chat.completion.chunk"}
    for choice in reply["choices"]:
        index, pieces = choice["index"], choice["message"]["content"].split(" ")
        yield frame(head | {"choices": [_piece(index, {"role": "assistant", "content": ""}, None)]})
        for number, piece in enumerate(pieces):
            word = piece if number == 0 else " " + piece
            yield frame(head | {"choices": [_piece(index, {"content": word}, None)]})
        yield frame(head | {"choices": [_piece(index, {}, "stop")]})
    if usage:
        yield frame(head | {"choices": [], "usage": reply["usage"]})
    yield DONE


def _piece(index: int, delta: Body, finish: str | None) -> Body:
    return {"index": index, "delta": delta, "finish_reason": finish}


def create_app(shelf: Shelf) -> Starlette:
    """The endpoint: `POST /v1/chat/completions`, `GET /v1/models`."""

    async def chat(request: Request) -> Response:
        try:
            body = orjson.loads(await request.body())
            if not isinstance(body, dict):
                raise BadCall("the body must be a JSON object")
            reply = shelf.answer(body)
        except NotRecorded as error:
            return _error(404, str(error), "not_recorded")
        except ValueError as error:
            return _error(400, str(error), "bad_request")
        if body.get("stream") is True:
            options = body.get("stream_options")
            usage = isinstance(options, dict) and options.get("include_usage") is True
            return Response(b"".join(stream_of(reply, usage)), media_type="text/event-stream")
        return Response(orjson.dumps(reply), media_type="application/json")

    async def models(_: Request) -> Response:
        listed = [{"id": model, "object": "model", "created": 0, "owned_by": "recorded"} for model in shelf.models]
        return Response(orjson.dumps({"object": "list", "data": listed}), media_type="application/json")

    return Starlette(
        routes=[Route("/v1/chat/completions", chat, methods=["POST"]), Route("/v1/models", models)],
    )


def _error(status: int, message: str, code: str) -> Response:
    body = {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}
    return Response(orjson.dumps(body), status, media_type="application/json")
