"""The two listening servers of one process, and how they stop."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import math
import socket
from collections.abc import Iterator
from types import FrameType

import uvicorn

from guard.errors import ConfigurationError
from service.app import create_admin_app, create_app
from service.serving import Serving

BACKLOG = 2048


class DrainingServer(uvicorn.Server):
    """A server that says "not ready" from the moment it is told to stop."""

    def __init__(self, config: uvicorn.Config, serving: Serving) -> None:
        super().__init__(config)
        self._serving = serving

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """See `uvicorn.Server`."""
        self._serving.draining = True
        super().handle_exit(sig, frame)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """See `uvicorn.Server`. A stop that was asked for is no failure: the signal is not raised again at the end."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()


class QuietServer(uvicorn.Server):
    """The admin port's server: the signals are the other one's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """See `uvicorn.Server`."""
        yield


def bind(host: str, port: int) -> socket.socket:
    """A listening socket. Raises `ConfigurationError` that names the address and what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        busy = error.errno == errno.EADDRINUSE
        why = "is in use: stop what listens there, or choose another port" if busy else f"cannot be used: {error}"
        raise ConfigurationError(f"{host}:{port} {why}") from error
    return listening


async def serve(serving: Serving, proxy: socket.socket, admin: socket.socket | None) -> None:
    """Serve until told to stop, then finish what is under way within `server.drain_seconds`."""
    main, side = servers(serving)
    work = [main.serve(sockets=[proxy])]
    if admin is not None:
        work.append(_beside(side, admin))
    tasks = [asyncio.create_task(part) for part in work]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    side.should_exit = main.should_exit = True
    await asyncio.gather(*tasks)


def servers(serving: Serving) -> tuple[DrainingServer, QuietServer]:
    """The proxy's server and the admin port's, not started."""
    main = DrainingServer(_config(create_app(serving), serving), serving)
    return main, QuietServer(_config(create_admin_app(serving), serving))


async def _beside(server: QuietServer, listening: socket.socket) -> None:
    await server.serve(sockets=[listening])


def _config(app: object, serving: Serving) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]  # FastAPI is an ASGI application; uvicorn's type names protocols of its own
        http="httptools",
        loop="uvloop",
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=True,
        backlog=BACKLOG,
        timeout_graceful_shutdown=math.ceil(serving.deployment.settings.server.drain_seconds),
    )
