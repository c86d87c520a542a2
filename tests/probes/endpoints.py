"""Live endpoints on the loopback interface, beside a test that is not `async` itself."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from guard.testing import Lines, ScriptedServer
from service.embedded import free_port


@contextmanager
def scripted(script: Lines) -> Iterator[ScriptedServer]:
    """A scripted server in a thread of its own."""
    loop, started = asyncio.new_event_loop(), threading.Event()
    server, ended = ScriptedServer(script), asyncio.Event()

    async def serve() -> None:
        async with server:
            started.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    assert started.wait(20)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()


@contextmanager
def recorded(*samples: Path, responses: Sequence[Path] = ()) -> Iterator[str]:
    """`probes serve-recorded` as a process; its address."""
    port = free_port()
    named = [word for path in samples for word in ("--samples", str(path))]
    named += [word for path in responses for word in ("--responses", str(path))]
    command = [sys.executable, "-m", "probes", "serve-recorded", "--port", str(port), *named]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as child:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            child.terminate()
            child.communicate(timeout=20)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            httpx.get(f"http://127.0.0.1:{port}/v1/models", trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the command does not answer")
