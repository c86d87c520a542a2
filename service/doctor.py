"""`guard doctor`: what an upstream can do, found out by asking it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from guard.asking import Asked, ask_negotiated, relative
from guard.dialects.shape import Drawing
from guard.errors import ConfigurationError, UpstreamError, UpstreamRefused
from guard.judges.building import costly_of
from guard.judges.costly import pair_of
from guard.judges.offline import asker
from guard.negotiation import Memory
from guard.upstream import Call
from service.asking_once import plain_exchange, route_of
from service.config_file import Loaded
from service.deployment import Route, deploy

Status = Literal["yes", "no", "fault"]

EASY = "What is the capital of France? Answer with one word."
LONG = "Write two sentences about the sea."

JUDGED = ((pair_of("Paris", "It is the city of Paris."), "same"), (pair_of("Paris", "Lyon"), "different"))
"""What a judge that costs something should be able to tell."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One capability: whether it is there, and what the guard makes of that. A `fault` stands in its way."""

    capability: str
    status: Status
    detail: str


@dataclass(frozen=True, slots=True)
class Report:
    """All findings about one model at one upstream."""

    upstream: str
    model: str
    findings: tuple[Finding, ...]

    @property
    def faults(self) -> list[Finding]:
        """What stands in the guard's way."""
        return [finding for finding in self.findings if finding.status == "fault"]

    def as_json(self) -> dict[str, Any]:
        """The report as one document."""
        capabilities = {
            finding.capability: {"status": finding.status, "detail": finding.detail} for finding in self.findings
        }
        return {"upstream": self.upstream, "model": self.model, "capabilities": capabilities}


def examine(loaded: Loaded, model: str | None) -> Report:
    """Ask the upstream that takes a model. Raises `ConfigurationError` without a model."""
    if model is None:
        raise ConfigurationError("which model? pass --model")
    return asyncio.run(_examine(loaded, model))


async def _examine(loaded: Loaded, model: str) -> Report:
    deployment = deploy(loaded.settings, loaded.folder)
    try:
        route = route_of(deployment, model)
        examination = Examination(route, model)
        return Report(route.upstream.name, model, tuple(await examination.findings()))
    finally:
        await deployment.close()


class Examination:
    """The questions put to one upstream, one after the other."""

    def __init__(self, route: Route, model: str) -> None:
        self._route = route
        self._model = route.model(model)
        self._exchange = plain_exchange(route, model, EASY)

    async def findings(self) -> list[Finding]:
        """Every finding; only the first where the upstream does not answer at all."""
        first = await self._guarded("chat", self._chat)
        if first.status == "fault":
            return [first]
        rest: list[tuple[str, Callable[[], Awaitable[Finding]]]] = [
            ("n", self._n),
            ("temperature", lambda: self._parameter("temperature", 0.7)),
            ("seed", lambda: self._parameter("seed", 7)),
            ("max_tokens", lambda: self._parameter("max_tokens", 64)),
            ("reasoning_effort", lambda: self._parameter("reasoning_effort", "low")),
            ("response_format", lambda: self._parameter("response_format", {"type": "json_object"})),
            ("log_probabilities", self._log_probabilities),
            ("streaming_usage", self._streaming_usage),
            ("diversity", self._diversity),
        ]
        if self._route.policy.judge != "lexical":
            rest.append(("judge", self._judge))
        return [first, *[await self._guarded(name, check) for name, check in rest]]

    async def _guarded(self, name: str, check: Callable[[], Awaitable[Finding]]) -> Finding:
        try:
            return await check()
        except UpstreamRefused as error:
            said = error.reply.body[:200].decode("utf-8", "replace")
            fault: Status = "fault" if name == "chat" else "no"
            return Finding(name, fault, f"refused with status {error.reply.status}: {said}")
        except UpstreamError as error:
            return Finding(name, "fault", f"{error.kind}: {error}")

    async def _post(self, body: dict[str, Any]) -> Asked:
        """A call exactly as it is: nothing negotiated away, so that a refusal shows."""
        guard = self._route.guard
        return await ask_negotiated(
            self._route.upstream, guard.dialect, guard.dialect.path, body, (), Memory(), self._model
        )

    def _body(self, question: str = EASY, **extra: Any) -> dict[str, Any]:
        return {"model": self._model, "messages": [{"role": "user", "content": question}], **extra}

    async def _chat(self) -> Finding:
        asked = await self._post(self._body())
        parsed = self._route.guard.dialect.parse(asked.body, EASY)
        return Finding("chat", "yes", f"answers as {parsed.model or 'a model without a name'}")

    async def _n(self) -> Finding:
        drawing = Drawing(temperature=1.0, seed=1, n=4)
        body = self._route.guard.dialect.draw(self._exchange, self._model, drawing)
        asked = await self._post({key: value for key, value in body.items() if key not in ("temperature", "seed")})
        got = len(asked.body.get("choices") or ())
        if got >= 4:
            return Finding("n", "yes", "several draws in one call")
        return Finding("n", "no", f"n=4 brought {got}: draws are calls of their own")

    async def _parameter(self, name: str, value: Any) -> Finding:
        await self._post(self._body(**{name: value}))
        return Finding(name, "yes", "accepted")

    async def _log_probabilities(self) -> Finding:
        asked = await self._post(self._body(logprobs=True))
        parsed = self._route.guard.dialect.parse(asked.body, EASY)
        if parsed.answers[0].logprob is None:
            return Finding("log_probabilities", "no", "accepted and ignored")
        return Finding("log_probabilities", "yes", "given for every token")

    async def _streaming_usage(self) -> Finding:
        body = self._body(stream=True, stream_options={"include_usage": True})
        call = Call("POST", relative(self._exchange.path), orjson.dumps(body))
        async with self._route.upstream.stream(call) as arriving:
            stream = b"".join([chunk async for chunk in arriving.chunks])
        if arriving.status >= 400:
            return Finding("streaming_usage", "no", f"refused with status {arriving.status}")
        joined = self._route.guard.dialect.join(stream)
        there = isinstance(joined.get("usage"), dict)
        detail = "the last frame counts tokens" if there else "streams without a count of tokens"
        return Finding("streaming_usage", "yes" if there else "no", detail)

    async def _judge(self) -> Finding:
        """Two pairs that everybody can tell: one the same, one different."""
        guard, name = self._route.guard, self._route.policy.judge
        costly = costly_of(guard.judge)
        if costly is None:
            return Finding("judge", "yes", "lexical: nothing to ask")
        ask = asker(self._route.upstream, guard.dialect, self._model, guard.memory)
        verdicts = await costly.decide(EASY, [pair for pair, _ in JUDGED], ask)
        right = sum(said == meant for said, (_, meant) in zip(verdicts, JUDGED, strict=True))
        detail = f"{name} ({costly.version}) told {right} of {len(JUDGED)} easy pairs"
        return Finding("judge", "yes" if right == len(JUDGED) else "no", detail)

    async def _diversity(self) -> Finding:
        """Two long free answers under different seeds: the same to the letter means a cache, or no sampling."""
        texts = []
        for seed in (1, 2, 3):
            drawing = Drawing(temperature=1.0, seed=seed, n=1)
            guard = self._route.guard
            body = guard.dialect.draw(plain_exchange(self._route, self._model, LONG), self._model, drawing)
            asked = await ask_negotiated(
                self._route.upstream, guard.dialect, guard.dialect.path, body, guard.dialect.own_in_draw, Memory(), ""
            )
            texts.append(guard.dialect.parse(asked.body, LONG).answers[0].text)
        if len(set(texts)) == 1:
            detail = "three draws are one text: cached or deterministic, agreement would mean nothing"
            return Finding("diversity", "fault", detail)
        return Finding("diversity", "yes", "draws differ")


def render(report: Report, console: Console) -> None:
    """The report as a table."""
    table = Table("capability", "", "what it means", title=f"{report.model} at {report.upstream}")
    styles = {"yes": "green", "no": "yellow", "fault": "red"}
    for finding in report.findings:
        table.add_row(finding.capability, Text(finding.status, style=styles[finding.status]), Text(finding.detail))
    console.print(table)
