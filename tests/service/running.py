"""A guard that really listens, with its scripted upstream: in a thread of their own, on ports of the loopback."""

from __future__ import annotations

import asyncio
import gc
import io
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import httpx
import openai
import orjson
import uvloop

from guard.testing import ScriptedServer
from guard.testing.scripted import Lines
from guard.testing.server import Delay
from service.deployment import deploy
from service.evidence_log import EvidenceLog
from service.logs import RequestLog, logger_to
from service.metrics import Metrics
from service.server import bind, servers
from service.serving import Serving
from service.settings import Settings
from service.starting import state_calibrations
from service.store import Recent

PATIENCE = 20.0
QUESTION = "What is the capital of France?"


class _Heard(logging.Filter):
    """Keeps what the web server logs as an error: a traceback there is an exception that nobody handled."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[str] = []

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno >= logging.ERROR:
            self.errors.append(f"{record.getMessage()}: {record.exc_info}")
        return True


HEARD = _Heard()
logging.getLogger("uvicorn.error").addFilter(HEARD)


class RunningGuard:
    """One guard before one upstream. `url` and `admin_url` are where they listen, without `/v1`.

    The upstream is called `main` unless `settings` has upstreams of its own; the settings are the mapping of
    `guard.yaml`, an upstream's `base_url` is the script's where none is written. `name` is told with a complaint.
    """

    def __init__(
        self,
        script: Lines,
        settings: Mapping[str, Any],
        *,
        delay: Delay = 0.0,
        evidence_log: Path | None = None,
        name: str = "",
    ) -> None:
        self.name = name
        self.upstream = ScriptedServer(script, delay=delay)
        self.log = io.StringIO()
        self.complaints: list[str] = []
        self.serving: Serving
        self.url = self.admin_url = ""
        self._written = settings
        self._evidence = evidence_log
        self._clients = ExitStack()
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._thread = ThreadPoolExecutor(1)
        self._work: Future[None]

    def __enter__(self) -> Self:
        self._work = self._thread.submit(self._run)
        eventually(lambda: self._ready.is_set() or self._work.done())
        if self._work.done():
            self._work.result()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def leave(self) -> None:
        """Tell it to stop, and do not wait."""
        self._clients.close()
        self._stop.set()

    @property
    def ended(self) -> bool:
        """Has it stopped?"""
        return self._work.done()

    def stop(self) -> None:
        """Stop it: nothing may have gone unhandled, nothing may be left running."""
        self.leave()
        self._work.result(PATIENCE)
        self._thread.shutdown()
        unhandled = self.complaints + HEARD.errors
        HEARD.errors = []
        assert not unhandled, f"{self.name}: {unhandled}"

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        asyncio.get_running_loop().set_exception_handler(self._complain)
        async with self.upstream:
            proxy, admin = bind("127.0.0.1", 0), bind("127.0.0.1", 0)
            self.url = f"http://127.0.0.1:{proxy.getsockname()[1]}"
            self.admin_url = f"http://127.0.0.1:{admin.getsockname()[1]}"
            self.serving = self._assembled()
            main, side = servers(self.serving)
            tasks = [asyncio.create_task(main.serve([proxy])), asyncio.create_task(side.serve([admin]))]
            while not (main.started and side.started):  # noqa: ASYNC110 - uvicorn has a flag and no event
                await asyncio.sleep(0.002)
            self._ready.set()
            while not self._stop.is_set():  # noqa: ASYNC110 - another thread's event
                await asyncio.sleep(0.01)
            main.should_exit = side.should_exit = True
            await asyncio.gather(*tasks)
            gc.collect()  # a task that failed unseen complains when it is collected
            await asyncio.sleep(0)

    def _assembled(self) -> Serving:
        upstreams = self._written.get("upstreams", {"main": {}})
        named = {name: {"base_url": self.upstream.url, **values} for name, values in upstreams.items()}
        settings = Settings.model_validate({**self._written, "upstreams": named})
        log = RequestLog(logger_to(self.log), content=settings.logs.content)
        serving = Serving(deploy(settings, Path()), Metrics(), log, Recent())
        if self._evidence is not None:
            serving.evidence_log = EvidenceLog(self._evidence)
        state_calibrations(serving)
        return serving

    def _complain(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        self.complaints.append(f"{context.get('message')}: {context.get('exception')!r}")

    def forgive(self, expected: str) -> None:
        """Drop the complaints that a test has provoked: there must be some, and each must say this."""
        eventually(lambda: bool(HEARD.errors))
        assert all(expected in error for error in HEARD.errors)
        HEARD.errors = []

    # What the tests look at

    @property
    def log_lines(self) -> list[dict[str, Any]]:
        """Every line logged so far: each must be one JSON object."""
        return [orjson.loads(line) for line in self.log.getvalue().removesuffix("\n").split("\n") if line]

    def client(self, **how: Any) -> httpx.Client:
        """An HTTP client of the proxy, closed with the guard."""
        client = httpx.Client(**{"base_url": self.url, "trust_env": False, "verify": False, "timeout": PATIENCE, **how})
        return self._clients.enter_context(client)

    @cached_property
    def client_kept(self) -> httpx.Client:
        """One client for many JSON requests over the same connections."""
        return self.client(headers={"content-type": "application/json"})

    def openai(self, api_key: str = "sk-of-the-caller") -> openai.OpenAI:
        """The real SDK, without retries of its own; closed with the guard."""
        client = openai.OpenAI(base_url=f"{self.url}/v1", api_key=api_key, max_retries=0, timeout=PATIENCE)
        return self._clients.enter_context(client)

    def ask(self, question: str = QUESTION, *, headers: Mapping[str, str | bytes] = {}, **body: Any) -> httpx.Response:
        """One chat completion, read to its end."""
        return post(f"{self.url}/v1/chat/completions", asking(question, **body), headers)

    def metric(self, name: str, **labels: str) -> float:
        """One sample's value, 0 where there is none yet."""
        return self.serving.metrics.registry.get_sample_value(name, labels) or 0.0

    def bodies(self) -> list[dict[str, Any]]:
        """What the upstream was asked, in order."""
        return [orjson.loads(call.body or b"{}") for call in self.upstream.calls]


def guarding(script: Lines, settings: Mapping[str, Any] | None = None, **how: Any) -> RunningGuard:
    """A guard to be run in a `with` statement; see `RunningGuard`."""
    return RunningGuard(script, settings or {}, **how)


@contextmanager
def scripted(script: Lines, *, delay: Delay = 0.0) -> Iterator[ScriptedServer]:
    """A scripted upstream alone, in a thread of its own."""
    server, ready, stop = ScriptedServer(script, delay=delay), threading.Event(), threading.Event()

    async def serve() -> None:
        async with server:
            ready.set()
            while not stop.is_set():  # noqa: ASYNC110 - another thread's event
                await asyncio.sleep(0.005)

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(PATIENCE)
    try:
        yield server
    finally:
        stop.set()
        thread.join(PATIENCE)


def asking(question: str = QUESTION, **body: Any) -> dict[str, Any]:
    """A chat request."""
    return {"model": "m", "messages": [{"role": "user", "content": question}], **body}


def post(url: str, body: Any, headers: Mapping[str, str | bytes] = {}) -> httpx.Response:
    """Send JSON, or bytes as they are, over a connection of its own."""
    raw = body if isinstance(body, bytes) else orjson.dumps(body)
    with httpx.Client(trust_env=False, verify=False, timeout=PATIENCE) as client:
        return client.post(url, content=raw, headers={"content-type": "application/json", **headers})


def eventually(true: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait until it is so; the test fails where it never is."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.005)
