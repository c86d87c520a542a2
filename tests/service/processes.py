"""`python -m service` as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from service.embedded import free_port

from .running import PATIENCE, eventually

ROOT = Path(__file__).parents[2]


class Served:
    """A running `guard serve`. `url` and `admin_url` are where it listens."""

    def __init__(self, *arguments: str, admin: bool = True, **environment: str) -> None:
        port = free_port()
        ports = ["--port", "0", "--admin-port", str(port) if admin else "0"]
        self.admin_url = f"http://127.0.0.1:{port}"
        self.url = ""
        self.out: list[str] = []
        self.err: list[str] = []
        self.process = started(["serve", *ports, *arguments], environment)
        self._readers = [
            threading.Thread(target=_collect, args=(pipe, lines), daemon=True)
            for pipe, lines in ((self.process.stdout, self.out), (self.process.stderr, self.err))
        ]

    def __enter__(self) -> Self:
        for reader in self._readers:
            reader.start()
        eventually(lambda: self._listening() or self.process.poll() is not None, 120)
        assert self.url, self.err
        eventually(lambda: answers(f"{self.url}/livez"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        for reader in self._readers:
            reader.join(PATIENCE)
        for pipe in (self.process.stdout, self.process.stderr):
            assert pipe is not None
            pipe.close()

    def _listening(self) -> bool:
        said = [line for line in self.out if line.startswith("guard listens on ")]
        self.url = said[0].split()[-1].removesuffix("/v1") if said else ""
        return bool(said)

    def ended(self, seconds: float = PATIENCE) -> int:
        """Wait for the end of the process: its exit code."""
        code = self.process.wait(seconds)
        for reader in self._readers:
            reader.join(PATIENCE)
        return code


def started(arguments: list[str], environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """`python -m service` with these arguments."""
    return subprocess.Popen(
        [sys.executable, "-m", "service", *arguments],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answers(url: str) -> bool:
    """Does anything answer there?"""
    try:
        return httpx.get(url, timeout=2, trust_env=False, verify=False).status_code < 600
    except httpx.TransportError:
        return False


def _collect(pipe: Iterator[str], lines: list[str]) -> None:
    for line in pipe:
        lines.append(line.rstrip("\n"))


@contextmanager
def serving(*arguments: str, admin: bool = True, **environment: str) -> Iterator[Served]:
    """A running `guard serve`, killed at the end."""
    with Served(*arguments, admin=admin, **environment) as served:
        yield served
