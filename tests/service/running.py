"""A guard that really listens, with its scripted upstream: in a thread of their own, on ports of the loopback."""

from __future__ import annotations

import asyncio
import gc
import io
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
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
    """One guard before one upstream. `url` and `admin_url` are where they listen, without `/v1`."""

    def __init__(self, script: Lines, settings: Mapping[str, Any], delay: Delay, log_to: Path | None) -> None:
        self.upstream = ScriptedServer(script, delay=delay)
        self.log = io.StringIO()
        self.complaints: list[str] = []
        self.serving: Serving
        self.url = self.admin_url = ""
        self._written = settings
        self._evidence = log_to
        self._clients = ExitStack()
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._failed: BaseException | None = None
        self._thread = threading.Thread(target=self._work, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(PATIENCE), "the guard does not start"
        self._raise()
        return self

    def __exit__(self, *_: object) -> None:
        self._clients.close()
        self._stop.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the guard does not stop"
        self._raise()
        unhandled = self.complaints + HEARD.errors
        HEARD.errors = []
        assert not unhandled, unhandled

    def _raise(self) -> None:
        if self._failed is not None:
            raise self._failed

    def _work(self) -> None:
        try:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(self._serve())
        except BaseException as error:
            self._failed = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        asyncio.get_running_loop().set_exception_handler(self._complain)
        async with self.upstream:
            proxy, admin = bind("127.0.0.1", 0), bind("127.0.0.1", 0)
            self.url = f"http://127.0.0.1:{proxy.getsockname()[1]}"
            self.admin_url = f"http://127.0.0.1:{admin.getsockname()[1]}"
            self.serving = self._assembled()
            main, side = servers(self.serving)
            tasks = [asyncio.create_task(main.serve([proxy])), asyncio.create_task(side.serve([admin]))]
            while not (main.started and side.started):
                await asyncio.sleep(0.002)
            self._ready.set()
            while not self._stop.is_set():
                await asyncio.sleep(0.01)
            main.should_exit = side.should_exit = True
            await asyncio.gather(*tasks)
            gc.collect()  # a task that failed unseen complains when it is collected
            await asyncio.sleep(0)

    def _assembled(self) -> Serving:
        upstreams = self._written.get("upstreams", {"main": {}})
        named = {name: {"base_url": self.upstream.url, **values} for name, values in upstreams.items()}
        settings = Settings.model_validate({**self._written, "upstreams": named})
        log = RequestLog(logger_to(self.log))
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
        return [orjson.loads(line) for line in self.log.getvalue().splitlines()]

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


@contextmanager
def guarding(
    script: Lines,
    settings: Mapping[str, Any] | None = None,
    *,
    delay: Delay = 0.0,
    evidence_log: Path | None = None,
) -> Iterator[RunningGuard]:
    """A running guard before a scripted upstream, called `main` unless `settings` has upstreams of its own.

    The settings are the mapping of `guard.yaml`; an upstream's `base_url` is the script's where none is written.
    At the end: nothing went unhandled, nothing is left running.
    """
    with RunningGuard(script, settings or {}, delay, evidence_log) as guard:
        yield guard


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
