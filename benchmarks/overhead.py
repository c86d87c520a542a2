"""What the guard adds before an upstream that answers at once: CPU and time a request, as ratios within one run.

    python -m benchmarks.overhead [--requests 600] [--rounds 3]

Targets are visited in turn, round after round: the upstream itself, the guard with mode `off`, the guard enforcing with
the default policy, for each transport. CPU is that of the guard's process, from the operating system's account.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.running import free_port, machine, process, recorded
from probes.samples import Sample

IN_FLIGHT = 8
CONFIG = """\
server: {{port: {port}, admin_port: 0}}
upstreams: {{recorded: {{base_url: "{upstream}", transport: {transport}}}}}
routes: [{{upstream: recorded, policy: measured}}]
policies: {{measured: {{mode: {mode}}}}}
"""


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked: its URL, and the process whose CPU is counted (none for the upstream itself)."""

    name: str
    url: str
    pid: int | None


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def round_of(target: Target, requests: int) -> tuple[float, float]:
    """Median milliseconds and CPU milliseconds a request."""
    gate = asyncio.Semaphore(IN_FLIGHT)
    times: list[float] = []
    body = {"model": "bench", "messages": [{"role": "user", "content": "What is the capital of France?"}]}
    before = cpu_seconds(target.pid) if target.pid else 0.0
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:

        async def one() -> None:
            async with gate:
                started = time.monotonic()
                reply = await client.post(f"{target.url}/chat/completions", json=body)
                times.append(time.monotonic() - started)
            if reply.status_code != 200:
                raise SystemExit(f"{target.name} answered {reply.status_code}: {reply.text[:200]}")

        await asyncio.gather(*(one() for _ in range(requests)))
    spent = cpu_seconds(target.pid) - before if target.pid else 0.0
    return statistics.median(times) * 1000, spent / requests * 1000


def measure(targets: Sequence[Target], requests: int, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Every target once a round, after a warm-up."""
    results: dict[str, list[tuple[float, float]]] = {target.name: [] for target in targets}
    for target in targets:
        asyncio.run(round_of(target, 50))
    for _ in range(rounds):
        for target in targets:
            results[target.name].append(asyncio.run(round_of(target, requests)))
    return results


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sample = Sample(
            id="1", model="bench", question="What is the capital of France?", greedy="Paris",
            samples=["Paris", "It is Paris.", "Paris", "paris", "Paris."] * 2, greedy_verbalized=0.9,
        )  # fmt: skip
        (folder / "one.jsonl").write_text(sample.model_dump_json() + "\n")
        upstream = stack.enter_context(recorded([folder / "one.jsonl"]))
        targets = [Target("upstream itself", upstream, None)]
        for transport in ("aiohttp", "httpx"):
            for mode in ("off", "enforce"):
                port, config = free_port(), folder / f"{transport}-{mode}.yaml"
                config.write_text(CONFIG.format(port=port, upstream=upstream, transport=transport, mode=mode))
                command = ["-m", "service", "serve", "--config", str(config)]
                child = stack.enter_context(process(command, f"http://127.0.0.1:{port}/livez"))
                targets.append(Target(f"{transport}, {mode}", f"http://127.0.0.1:{port}/v1", child.pid))
        results = measure(targets, arguments.requests, arguments.rounds)
    print(f"{machine()}\n\n| target | median ms | CPU ms a request | CPU over `aiohttp, off` |\n|---|---|---|---|")
    base = statistics.median(cpu for _, cpu in results["aiohttp, off"])
    for name, rows in results.items():
        cpu = statistics.median(cpu for _, cpu in rows)
        median = statistics.median(median for median, _ in rows)
        print(f"| {name} | {median:.1f} | {cpu:.2f} | {cpu / base:.1f} |")


if __name__ == "__main__":
    main()
