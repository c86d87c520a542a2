"""Use `guard` as a library: ask one question, print the verdict and what it rests on.

    python examples/library.py "What is the capital of France?"
    python examples/library.py "How tall is Mont Blanc?" --base-url http://127.0.0.1:11434/v1 --model llama3.2

Without `--base-url` the embedded model is started for the one question. `--evidence FILE` appends the
Evidence line, which `examples/write_a_signal.py` reads.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import uuid
from collections.abc import Sequence
from pathlib import Path

import orjson

from guard import Answered, Circumstances, Exchange, Guard, Policy, Ruling, Standing
from guard.calibration import prior
from guard.dialects import DIALECTS
from guard.judges import JUDGES
from guard.negotiation import Memory
from guard.release import said
from guard.transports import TransportSettings, build_transport
from service.embedded import running

DIALECT = DIALECTS["openai_chat"]
RULING = Ruling("example", Policy(), Standing(prior(), "prior"))
"""By what is decided: the default policy on the shipped prior, which promises nothing."""


def exchange_of(question: str, model: str) -> Exchange:
    """One question as a request in OpenAI's chat dialect."""
    body = {"model": model, "messages": [{"role": "user", "content": question}]}
    return DIALECT.read(orjson.dumps(body), body)


async def ask(exchange: Exchange, base_url: str) -> Answered:
    """The candidate, the looks at it, the verdict. Raises `UpstreamError` where the candidate fails."""
    upstream = build_transport("aiohttp", TransportSettings(name="example", base_url=base_url))
    guard = Guard(RULING, DIALECT, JUDGES["lexical"], Memory())
    circumstances = Circumstances(policy=RULING.name, mode="enforce")
    evidence_id = f"example-{uuid.uuid4().hex}"
    try:
        return await guard.answer(exchange, upstream, exchange.model, circumstances, evidence_id)
    finally:
        await upstream.close()


def report(exchange: Exchange, answered: Answered) -> list[str]:
    """The verdict in lines: decision, what the caller reads, the figures."""
    verdict = answered.verdict
    released = verdict.recovered or answered.candidate.answer.text
    words = said(verdict, exchange, RULING.policy) if verdict.withheld else released
    figures = (
        ("confidence", verdict.confidence.correctness),
        ("threshold", verdict.threshold.correctness),
        *verdict.scores,
    )
    shown = [f"{name:20} {'-' if value is None else f'{value:.3f}'}" for name, value in figures]
    return [f"{verdict.decision} ({verdict.reason})", words, "", *shown]


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask from the command line."""
    parser = argparse.ArgumentParser(description="Ask one question through the guard.")
    parser.add_argument("question")
    parser.add_argument("--base-url", help="an OpenAI-compatible endpoint; without it, the embedded model")
    parser.add_argument("--model", default="smollm2-135m")
    parser.add_argument("--evidence", type=Path, help="append the Evidence line to this file")
    given = parser.parse_args(arguments)
    exchange = exchange_of(given.question, given.model)
    with contextlib.ExitStack() as stack:
        base_url = given.base_url or stack.enter_context(running()).base_url
        answered = asyncio.run(ask(exchange, base_url))
    print("\n".join(report(exchange, answered)))
    evidence = answered.verdict.evidence
    if given.evidence is not None and evidence is not None:
        with given.evidence.open("a", encoding="utf-8") as file:
            file.write(evidence.to_json() + "\n")


if __name__ == "__main__":
    main()
