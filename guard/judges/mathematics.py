r"""Mathematical equality: `\frac{1}{2}` and `0.5`, `(x+1)^2` and `x^2+2x+1`. Needs the extra `math`.

Computed by Math-Verify (Hugging Face, on SymPy) in a process of its own, which is killed when it takes too long:
symbolic computation cannot be bounded from within. See `guard.judges.math_worker`.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from typing import Final

import orjson

from guard.errors import ConfigurationError, UpstreamBroken, UpstreamTimeout
from guard.judges.costly import Pair
from guard.judges.expressions import calculable, read_expression
from guard.typed import Verdict

MATH_VERSION: Final = "math/1"
PLACE: Final = "math"
"""What stands for the process in metrics that tell upstreams apart."""
WORKER: Final = Path(__file__).with_name("math_worker.py")
LIMIT_SECONDS: Final = 3.0
"""For all pairs of one call; a pair takes about 20 ms."""
START_SECONDS: Final = 60.0
"""For importing the libraries, on a busy machine."""
EXTRA: Final = ("math_verify", "latex2sympy2_extended", "antlr4")
_MEANINGS: Final[dict[str | None, Verdict | None]] = {"same": "same", "different": "different"}


class CalculationTimeout(UpstreamTimeout):
    """The computation was ended for taking too long."""

    hint = "none needed: the pairs keep what the lexical judge made of them"


class MissingMathematics(ConfigurationError):
    """The extra `math` is not installed."""


class Mathematics:
    """Says of two mathematical answers whether they are equal. One process, started when it is first needed."""

    version = MATH_VERSION

    def __init__(self, limit: float = LIMIT_SECONDS) -> None:
        self._limit = limit
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="math")
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def takes(self, pair: Pair) -> bool:
        """Is the pair one to compute?"""
        return calculable(*pair)

    async def decide(self, pairs: Sequence[Pair]) -> tuple[Verdict | None, ...]:
        """A verdict on each pair, None where it cannot be told. Pairs of other requests wait for these. Raises
        `CalculationTimeout`, and `UpstreamBroken` for a process that ended; the next call has a new one."""
        readable = [pair for pair in pairs if self.takes(pair)]
        if not readable:
            return (None,) * len(pairs)
        said = await asyncio.get_running_loop().run_in_executor(self._thread, self._compute, readable)
        found = dict(zip(readable, said, strict=True))
        return tuple(found.get(pair) for pair in pairs)

    def _compute(self, pairs: Sequence[Pair]) -> list[Verdict | None]:
        process = self._running()
        latex = [[expression.latex for answer in pair if (expression := read_expression(answer))] for pair in pairs]
        reply = _told(process, orjson.dumps(latex) + b"\n", self._limit)
        if not reply:
            self._end()
            if reply is None:
                raise CalculationTimeout(f"comparing {len(pairs)} expressions took more than {self._limit:g} s")
            raise UpstreamBroken("the process that compares expressions ended")
        return [_MEANINGS.get(word) for word in orjson.loads(reply)]

    def _running(self) -> subprocess.Popen[bytes]:
        """The process, started where there is none or it has ended."""
        if self._closed:
            raise UpstreamBroken("the process that compares expressions was closed")
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        self._process = process = _started()
        if not _told(process, b"", START_SECONDS):
            self._end()
            raise UpstreamBroken("the process that compares expressions did not start")
        return process

    def _end(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    async def close(self) -> None:
        """End the process; what is being computed is lost."""
        self._closed = True
        if self._process is not None:
            self._process.kill()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._end)
        self._thread.shutdown(wait=False, cancel_futures=True)


def check_extra() -> None:
    """Imports nothing. Raises `MissingMathematics`."""
    for name in EXTRA:
        if find_spec(name) is None:
            raise MissingMathematics(f"`mathematics: true` needs {name}: pip install 'abstention-guard[math]'")


def _started() -> subprocess.Popen[bytes]:
    """A new process. It gets the paths of this one's modules and nothing else of its environment: no credential."""
    paths = os.pathsep.join(path for path in sys.path if path)
    return subprocess.Popen(  # noqa: S603 - this very interpreter, with a file of ours
        [sys.executable, "-P", str(WORKER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": paths},
    )


def _told(process: subprocess.Popen[bytes], line: bytes, seconds: float) -> bytes | None:
    """Its next line after this one; None where it had to be killed for it, empty where it ended by itself."""
    late: list[bool] = []

    def end() -> None:
        late.append(True)
        process.kill()

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        if process.stdin is not None and line:
            process.stdin.write(line)
            process.stdin.flush()
        reply = process.stdout.readline() if process.stdout is not None else b""
    except BrokenPipeError:
        reply = b""
    finally:
        timer.cancel()
    return None if late and not reply.endswith(b"\n") else reply
