r"""Computes: reads a line of pairs, writes a line of verdicts, until its input ends.

Run by its path, by `guard.judges.mathematics`, and imports nothing of the guard: symbolic computation may hang or take
all memory there is, so the only process that it may cost is this one. Memory is bounded here, time by whoever started
it (who kills), and once more by an alarm for the case that nobody is left to kill.

A line is a JSON list of [a, b] in LaTeX; the reply a JSON list of "same", "different" or null.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

READY = b"ready\n"
MAX_MEMORY = 1024 * 1024 * 1024
ALARM_SECONDS = 30
NEAR = 0.01
"""Relative difference below which a decimal may be the other value, rounded: no verdict."""
POINTS = (0.7318, 1.9137, 3.2719)
"""Where two expressions are tried that could not be shown to be equal."""


REFUSALS = (ValueError, TypeError, AttributeError, ArithmeticError, LookupError, RuntimeError, MemoryError)
"""What the libraries raise for what they cannot do; anything else ends the process, which is started again."""


def main() -> None:
    """Serve until the input ends. What the libraries print goes nowhere."""
    bound_memory()
    replies = os.fdopen(os.dup(1), "wb", buffering=0)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    verdict_on("x", "y")
    replies.write(READY)
    serve(sys.stdin.buffer, replies)


def serve(lines: IO[bytes], replies: IO[bytes]) -> None:
    """One reply for each line."""
    for line in lines:
        alarm(ALARM_SECONDS)
        replies.write(json.dumps([verdict_on(a, b) for a, b in json.loads(line)]).encode() + b"\n")
        alarm(0)


def alarm(seconds: int) -> None:
    """End this process after so many seconds, 0 = not: the signal's own effect, which no computation can put off."""
    if hasattr(signal, "SIGALRM"):
        signal.alarm(seconds)


def bound_memory() -> None:
    """An allocation beyond `MAX_MEMORY` fails, where the system can bound it."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def verdict_on(a: str, b: str) -> str | None:
    """Do two LaTeX expressions mean the same? None where either cannot be read, or where it cannot be told."""
    try:
        return _verdict(a, b)
    except REFUSALS:
        return None


def _verdict(a: str, b: str) -> str | None:
    left, right = read(a), read(b)
    if left is None or right is None:
        return None
    if {a[:1], b[:1]} == {"(", "\\"} and {a[:2], b[:2]} & {r"\{"}:
        return "different"
    if equal(left, right) or equal(right, left):
        return "same"
    return None if undecided(left, right) else "different"


def read(latex: str) -> Any:
    """The expression in LaTeX; None where it cannot be read. By the grammar of LaTeX only: never evaluated as code."""
    from latex2sympy2_extended import NormalizationConfig
    from math_verify import LatexExtractionConfig, parse

    normalising = NormalizationConfig(
        basic_latex=True, units=False, malformed_operators=True, nits=False, boxed="none", equations=False
    )
    found = parse(
        f"${latex}$",
        extraction_config=[LatexExtractionConfig(normalization_config=normalising, boxed_match_priority=-1)],
        fallback_mode="no_fallback",
        parsing_timeout=None,
    )
    return _without_percent(found[0]) if found else None


def _without_percent(value: Any) -> Any:
    """5 % as 0.05: the library would take it for 5 as well."""
    from sympy import Mul, UnevaluatedExpr

    if isinstance(value, Mul) and any(isinstance(factor, UnevaluatedExpr) for factor in value.args):
        return value.doit()
    return value


def equal(gold: Any, answer: Any) -> bool:
    """The library's comparison, which is not symmetric."""
    from math_verify import verify

    return bool(verify(gold, answer, allow_set_relation_comp=True, timeout_seconds=None, raise_on_error=True))


def undecided(left: Any, right: Any) -> bool:
    """May two expressions be equal all the same: a rounded decimal, or a difference not simplified to 0?"""
    from sympy import Eq, Expr, Float

    if isinstance(left, Eq) != isinstance(right, Eq):
        left, right = (value.rhs if isinstance(value, Eq) else value for value in (left, right))
    if not (isinstance(left, Expr) and isinstance(right, Expr)):
        return False
    names = sorted(left.free_symbols | right.free_symbols, key=str)
    tried = [_distance(left, right, dict.fromkeys(names, point)) for point in (POINTS if names else POINTS[:1])]
    told = [distance for distance in tried if distance is not None]
    allowed = NEAR if left.has(Float) or right.has(Float) else 1e-9
    return not told or all(distance <= allowed for distance in told)


def _distance(left: Any, right: Any, values: dict[Any, float]) -> float | None:
    """Relative difference of two expressions at a point; None where one has no value there."""
    told = [complex(side.subs({name: value * (1 + place) for place, (name, value) in enumerate(values.items())}))
            for side in (left, right)]  # fmt: skip
    size = max(map(abs, told))
    return abs(told[0] - told[1]) / size if size and size == size else 0.0 if size == 0 else None


if __name__ == "__main__":
    main()
