"""`guard ask`: one question through the whole line, with everything it rests on shown."""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import dataclass
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from guard.errors import ConfigurationError
from guard.evidence import Circumstances, Evidence
from guard.exchange import Exchange
from guard.pipeline import Answered
from guard.release import explanation, said
from service.config_file import Loaded
from service.deployment import Deployment, Route, deploy


@dataclass(frozen=True, slots=True)
class AskedOnce:
    """A question, what came back, what the caller would have read."""

    exchange: Exchange
    answered: Answered
    said: str
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """The result as one document, texts included."""
        return {
            "question": self.exchange.question,
            "model": self.exchange.model,
            "said": self.said,
            "seconds": round(self.seconds, 3),
            **explanation(self.answered.verdict, texts=True),
        }


def ask(loaded: Loaded, question: str, model: str | None) -> AskedOnce:
    """Ask a configured route. Raises `ConfigurationError` without a model, `UpstreamError`."""
    return asyncio.run(_ask(loaded, question, model))


async def _ask(loaded: Loaded, question: str, model: str | None) -> AskedOnce:
    deployment = deploy(loaded.settings, loaded.folder)
    try:
        return await _asked(deployment, question, model)
    finally:
        await deployment.close()


async def _asked(deployment: Deployment, question: str, model: str | None) -> AskedOnce:
    if model is None:
        raise ConfigurationError("which model? pass --model")
    route = route_of(deployment, model)
    exchange = plain_exchange(route, model, question)
    circumstances = Circumstances(policy=route.guard.ruling.name, mode="enforce", route=route.name)
    started = time.monotonic()
    answered = await route.guard.answer(
        exchange, route.upstream, route.model(model), circumstances, f"g-{uuid.uuid4().hex}"
    )
    seconds = time.monotonic() - started
    verdict = answered.verdict
    words = said(verdict, exchange, route.policy) if verdict.withheld else verdict.recovered
    return AskedOnce(exchange, answered, words or answered.candidate.answer.text, seconds)


def route_of(deployment: Deployment, model: str) -> Route:
    """The route that takes a model. Raises `ConfigurationError`."""
    route = deployment.route_for(model)
    if route is None:
        raise ConfigurationError(f"no route takes the model {model!r}")
    return route


def plain_exchange(route: Route, model: str, question: str) -> Exchange:
    """One question as a chat request."""
    body = {"model": model, "messages": [{"role": "user", "content": question}]}
    return route.guard.dialect.read(orjson.dumps(body), body)


def render(asked: AskedOnce, console: Console) -> None:
    """The result for people: decision, answer, the looks grouped by meaning, the figures."""
    verdict, evidence = asked.answered.verdict, asked.answered.verdict.evidence
    console.print(Text(f"{verdict.decision} ({verdict.reason})", style="bold"))
    console.print(Text(asked.said))
    if evidence is None:
        return
    console.print(_looks(evidence))
    confidence, threshold = verdict.confidence.correctness, verdict.threshold.correctness
    figures = [("confidence", confidence), ("threshold", threshold), *verdict.scores]
    console.print(Text("  ".join(f"{name} {value:.2f}" for name, value in figures if value is not None)))
    calls = sum(spent.calls for spent in evidence.spending)
    console.print(Text(f"{calls} calls, {evidence.tokens} tokens, {asked.seconds:.1f} s, {verdict.calibration}"))


def _looks(evidence: Evidence) -> Table:
    table = Table("look", "meaning", "like candidate", "answer")
    answers = (evidence.candidate, *evidence.draws)
    for number, answer in enumerate(answers):
        name = "candidate" if number == 0 else f"draw {number}"
        shown = answer.text if len(answer.text) <= 160 else answer.text[:157] + "..."
        meaning, alike = str(evidence.clusters[number]), f"{evidence.similarities[0][number]:.2f}"
        table.add_row(name, meaning, alike, Text(shown.replace("\n", " ")))
    return table
