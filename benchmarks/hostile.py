"""Hostile request bodies to a running guard: none may bring a 5xx, none may hang.

    python -m benchmarks.hostile [--bodies 2000]

Bodies are generated from a seed: broken JSON, deep nesting, huge numbers, wrong types in every field, odd Unicode,
wrong content types, sizes over the limit.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import string
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import orjson

from benchmarks.running import guarding, machine
from guard.testing import ScriptedServer, chat_reply

LIMIT_SECONDS = 5.0
IN_FLIGHT = 16


@dataclass(frozen=True, slots=True)
class Hostile:
    """One request: body and content type."""

    body: bytes
    content_type: str = "application/json"


def _good() -> dict[str, object]:
    return {"model": "m", "messages": [{"role": "user", "content": "What is the capital of France?"}]}


def _odd_value(rng: random.Random) -> object:
    return rng.choice(
        [
            None,
            True,
            -1,
            0,
            1e308,
            2**63,
            "",
            "x" * 10_000,
            [],
            {},
            [None],
            [[[]]],
            {"a": {}},
            "\x00",
            "\u202e",
            "💥" * 99,
        ]
    )


def _wrong_field(rng: random.Random) -> Hostile:
    body = _good()
    fields = (
        "model messages stream stream_options n tools response_format guard seed temperature modalities audio logprobs"
    )
    body[rng.choice(fields.split())] = _odd_value(rng)
    return Hostile(orjson.dumps(body))


def _wrong_message(rng: random.Random) -> Hostile:
    message = {"role": "user", "content": "hi"} | {
        rng.choice(["role", "content", "name", "tool_calls"]): _odd_value(rng)
    }
    return Hostile(orjson.dumps({"model": "m", "messages": [message] * rng.choice([1, 2, 500])}))


def _cut(rng: random.Random) -> Hostile:
    body = orjson.dumps(_good())
    return Hostile(body[: rng.randrange(len(body))])


def _flipped(rng: random.Random) -> Hostile:
    body = bytearray(orjson.dumps(_good()))
    for _ in range(rng.randrange(1, 6)):
        body[rng.randrange(len(body))] = rng.randrange(256)
    return Hostile(bytes(body))


def _deep(rng: random.Random) -> Hostile:
    depth = rng.choice([65, 500, 1023, 1025, 100_000])
    opening, closing = rng.choice([(b"[", b"]"), (b'{"a":', b"}")])
    inner = opening * depth + (b"1" if opening != b"[" else b"") + closing * depth
    return Hostile(rng.choice([inner, b'{"model":"m","messages":' + inner + b"}"]))


def _literal(rng: random.Random) -> Hostile:
    value = rng.choice([b"NaN", b"Infinity", b"1e999", b"9" * 5000, b'"\\ud800"', b"\xff\xfe", b"-", b"tru", b"0x10"])
    return Hostile(b'{"model":"m","temperature":' + value + b',"messages":[{"role":"user","content":"q"}]}')


def _noise(rng: random.Random) -> Hostile:
    return Hostile(rng.randbytes(rng.choice([0, 1, 50, 5000])))


def _text(rng: random.Random) -> Hostile:
    return Hostile("".join(rng.choices(string.printable, k=rng.randrange(200))).encode())


def _content_type(rng: random.Random) -> Hostile:
    kinds = [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "image/png",
        ";;",
        "a/b",
    ]
    return Hostile(orjson.dumps(_good()), rng.choice(kinds))


def _large(rng: random.Random) -> Hostile:
    return Hostile(b'{"model":"m","messages":"' + b"a" * (16_777_216 + rng.randrange(1, 99)) + b'"}')


KINDS: tuple[tuple[Callable[[random.Random], Hostile], int], ...] = (
    (_wrong_field, 30),
    (_wrong_message, 25),
    (_cut, 10),
    (_flipped, 20),
    (_deep, 10),
    (_literal, 10),
    (_noise, 10),
    (_text, 10),
    (_content_type, 5),
    (_large, 1),
)


def generated(seed: int) -> Hostile:
    """The body of a seed: always the same one."""
    rng = random.Random(seed)
    makers, weights = zip(*KINDS, strict=True)
    made: Hostile = rng.choices(makers, weights)[0](rng)
    return made


async def send_all(url: str, bodies: int) -> tuple[Counter[str], list[int]]:
    """Statuses, and the seeds that brought a 5xx, hung, or were not answered in the envelope."""
    statuses: Counter[str] = Counter()
    bad: list[int] = []
    gate = asyncio.Semaphore(IN_FLIGHT)
    async with httpx.AsyncClient(base_url=url, timeout=LIMIT_SECONDS, trust_env=False) as client:

        async def one(seed: int) -> None:
            hostile = generated(seed)
            async with gate:
                try:
                    headers = {"content-type": hostile.content_type}
                    reply = await client.post("/chat/completions", content=hostile.body, headers=headers)
                except httpx.TransportError as error:
                    statuses[f"{type(error).__name__} after {len(hostile.body)} bytes"] += 1
                    bad.append(seed)
                    return
            statuses[str(reply.status_code)] += 1
            if reply.status_code >= 500 or (reply.status_code >= 400 and not _envelope(reply)):
                bad.append(seed)

        await asyncio.gather(*(one(seed) for seed in range(bodies)))
    return statuses, bad


def _envelope(reply: httpx.Response) -> bool:
    error = reply.json().get("error")
    there = isinstance(error, dict) and error.keys() >= {"message", "type", "param", "code"}
    return there and "Traceback" not in reply.text


async def run(bodies: int) -> tuple[Counter[str], list[int], float]:
    """Send the bodies to a guard before a scripted upstream."""
    async with ScriptedServer(lambda call: chat_reply("Paris")) as server:

        def guarded() -> tuple[Counter[str], list[int], float]:
            with guarding("--upstream", server.url) as url:
                started = time.monotonic()
                statuses, bad = asyncio.run(send_all(url, bodies))
                return statuses, bad, time.monotonic() - started

        return await asyncio.to_thread(guarded)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bodies", type=int, default=2000)
    arguments = parser.parse_args()
    statuses, bad, seconds = asyncio.run(run(arguments.bodies))
    print(machine())
    print(f"{arguments.bodies} hostile bodies in {seconds:.0f} s: {dict(sorted(statuses.items()))}")
    print(f"5xx, hung, or outside the envelope: {len(bad)}" + (f", seeds {bad[:10]}" if bad else ""))
    if bad:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
