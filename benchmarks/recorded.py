"""The guard before recorded answers of real models, over HTTP: what it lets through, what it withholds, per model.

    python -m benchmarks.recorded [--samples FILE] [--questions 500]

Prints, for each model, its own error, the error among the answers that the guard let through, and the coverage, with
95 % intervals; the requests per second; whether anything failed; whether an abstention held the withheld answer; and
whether a replay of the Evidence gives the same verdicts.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import orjson

from benchmarks.running import ROOT, data_file, guarding, machine, recorded
from guard.normalising import normalise
from probes.metrics import wilson
from probes.samples import Sample, read_samples

IN_FLIGHT = 16
LEAKABLE_CHARS = 4


@dataclass(frozen=True, slots=True)
class Told:
    """What the caller got for one question."""

    sample: Sample
    status: int
    decision: str
    reason: str
    text: str

    @property
    def withheld(self) -> bool:
        """Was the candidate withheld?"""
        return self.decision in ("abstain", "clarify")

    @property
    def leaks(self) -> bool:
        """Does an abstention hold the answer that it withholds? Short answers and the question's own words are not
        counted."""
        answer = normalise(self.sample.greedy)
        hidden = self.withheld and len(answer) > LEAKABLE_CHARS and answer not in normalise(self.sample.question)
        return hidden and answer in normalise(self.text)


async def ask_all(url: str, samples: Sequence[Sample]) -> tuple[list[Told], float]:
    """Every question once, so many at a time; with the seconds that all took."""
    gate = asyncio.Semaphore(IN_FLIGHT)
    async with httpx.AsyncClient(base_url=url, timeout=120, trust_env=False) as client:

        async def one(sample: Sample) -> Told:
            body = {"model": sample.model, "messages": [{"role": "user", "content": sample.asked}]}
            async with gate:
                reply = await client.post("/chat/completions", json=body)
            said = reply.json().get("choices", [{}])[0].get("message", {}).get("content") or ""
            headers = reply.headers
            return Told(sample, reply.status_code, headers["x-guard-decision"], headers["x-guard-reason"], said)

        started = time.monotonic()
        told = await asyncio.gather(*(one(sample) for sample in samples))
        return list(told), time.monotonic() - started


def table(told: Sequence[Told]) -> str:
    """One row a model and one for all, as Markdown."""
    rows = [
        "| model | n | own error | error among answered (95 %) | coverage (95 %) | right withheld |",
        "|---|---|---|---|---|---|",
    ]
    for model in sorted({t.sample.model for t in told}):
        rows.append(_row(model, [t for t in told if t.sample.model == model]))
    rows.append(_row("**all**", told))
    return "\n".join(rows)


def _row(name: str, told: Sequence[Told]) -> str:
    released = [t for t in told if not t.withheld]
    wrong, wrong_released = (sum(not t.sample.correct for t in part) for part in (told, released))
    right = [t for t in told if t.sample.correct]
    cells = (
        name,
        str(len(told)),
        f"{wrong / len(told):.3f}",
        _share(wrong_released, len(released)),
        _share(len(released), len(told)),
        _share(sum(t.withheld for t in right), len(right)),
    )
    return "| " + " | ".join(cells) + " |"


def _share(part: int, whole: int) -> str:
    interval = wilson(part, whole)
    return "-" if interval is None else f"{part / whole:.3f} ({interval[0]:.2f}-{interval[1]:.2f})"


def replayed(evidence: Path) -> dict[str, object]:
    """`guard replay` of the run's Evidence."""
    command = [sys.executable, "-m", "service", "replay", str(evidence), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    result: dict[str, object] = orjson.loads(done.stdout)
    return {key: result[key] for key in ("n", "compared", "identical")}


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--questions", type=int, default=500)
    arguments = parser.parse_args()
    file = arguments.samples or data_file("samples-dba-multihop.jsonl.gz")
    samples = [sample for sample in read_samples([file]) if sample.correct is not None]
    random.Random(0).shuffle(samples)
    samples = samples[: arguments.questions]
    with tempfile.TemporaryDirectory() as folder:
        evidence = Path(folder) / "evidence.jsonl"
        with recorded([file]) as upstream, guarding("--upstream", upstream, "--evidence-log", str(evidence)) as url:
            told, seconds = asyncio.run(ask_all(url, samples))
        replay = replayed(evidence)
    print(machine())
    print(
        f"{file.name}: {len(told)} questions over HTTP, {len(told) / seconds:.0f} requests/s, {IN_FLIGHT} in flight\n"
    )
    print(table(told))
    print(f"\ndecisions: {dict(Counter(f'{t.decision}/{t.reason}' for t in told).most_common())}")
    failed = [t for t in told if t.status != 200 or t.decision == "error"]
    leaks = [t for t in told if t.leaks]
    print(f"failed: {len(failed)}; abstentions that hold the withheld answer: {len(leaks)}")
    print(f"replay of the Evidence: {replay['identical']} of {replay['compared']} verdicts identical")
    if failed or leaks or replay["identical"] != len(told):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
