"""A slow reasoning model behind the guard's defaults: it must be guarded, not abstained on for its slowness.

    python -m benchmarks.patience [--seconds 60] [--reasoning-tokens 12000]

The upstream thinks for so long, bills so many reasoning tokens, and refuses `temperature`, as reasoning models do.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Mapping
from typing import Any

import httpx
import orjson

from benchmarks.running import guarding, machine
from guard.reports import recognise_probe
from guard.testing import ScriptedServer, chat_reply
from guard.upstream import Call, Reply

REFUSAL = {
    "error": {
        "message": "Unsupported parameter: 'temperature' is not supported with this model.",
        "type": "invalid_request_error",
        "param": "temperature",
        "code": "unsupported_parameter",
    }
}


class SlowThinker:
    """The scripted model: slow, talkative to itself, without a temperature. It counts what it refused."""

    def __init__(self, seconds: float, reasoning_tokens: int) -> None:
        self._seconds = seconds
        self._tokens = reasoning_tokens
        self.refused = 0

    async def answer(self, call: Call) -> Reply | Mapping[str, Any]:
        """The reply to one call."""
        body = orjson.loads(call.body or b"{}")
        if "temperature" in body:
            self.refused += 1
            return Reply(400, (("content-type", "application/json"),), orjson.dumps(REFUSAL))
        probe = recognise_probe(str(body["messages"][-1]["content"]))
        if probe is not None:
            await asyncio.sleep(self._seconds / 10)
            return chat_reply(orjson.dumps({"nonce": probe.nonce, "correct": "yes", "probability": 90}).decode())
        await asyncio.sleep(self._seconds)
        n = body.get("n", 1)
        usage = {
            "prompt_tokens": 20,
            "completion_tokens": n * (self._tokens + 5),
            "total_tokens": 20 + n * (self._tokens + 5),
            "completion_tokens_details": {"reasoning_tokens": n * self._tokens},
        }
        return chat_reply("The answer is 42.", texts=["The answer is 42."] * n, usage=usage)


async def run(seconds: float, tokens: int) -> tuple[httpx.Response, float, int, int]:
    """One question through the guard; with the seconds, the calls, the refusals."""
    model = SlowThinker(seconds, tokens)
    async with ScriptedServer(model.answer) as server:
        return await asyncio.to_thread(_ask, server, model)


def _ask(server: ScriptedServer, model: SlowThinker) -> tuple[httpx.Response, float, int, int]:
    with guarding("--upstream", server.url) as url:
        started = time.monotonic()
        body = {"model": "thinker", "messages": [{"role": "user", "content": "How many roads must a man walk down?"}]}
        reply = httpx.post(f"{url}/chat/completions", json=body, timeout=900, trust_env=False)
        return reply, time.monotonic() - started, len(server.calls), model.refused


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--reasoning-tokens", type=int, default=12000)
    arguments = parser.parse_args()
    reply, seconds, calls, refused = asyncio.run(run(arguments.seconds, arguments.reasoning_tokens))
    shown = {name: value for name, value in reply.headers.items() if name.startswith("x-guard-")}
    print(machine())
    print(f"a model of {arguments.seconds:.0f} s and {arguments.reasoning_tokens} reasoning tokens, no `temperature`:")
    print(f"status {reply.status_code} after {seconds:.1f} s, {calls} upstream calls, {refused} refused")
    print("\n".join(f"  {name}: {value}" for name, value in shown.items()))
    if shown.get("x-guard-decision") != "answer":
        raise SystemExit(1)


if __name__ == "__main__":
    main()
