"""Starting what is measured: real processes on loopback ports, stopped at the end."""

from __future__ import annotations

import contextlib
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx

from service.embedded import free_port

ROOT = Path(__file__).parent.parent

FILES = ("dba-multihop", "vce-llama3.2-3b", "math-m8", "triviaqa-uqnlg-demo", "esc-lastletters-gpt3.5", "dlm-logprobs")
"""Files of recorded samples, by the name in the middle of theirs."""

SECONDS = ("meta-llama-llama-3-3-70b-instruct", "qwen-qwen2-5-72b-instruct")
"""The second model of the multi-hop answers, and who stands in for its own."""


def data_folder() -> Path:
    """Where recorded answers of real models lie: $PROBES_DATA, else ../shared/data beside the project."""
    return Path(os.environ.get("PROBES_DATA", ROOT.parent / "shared" / "data"))


def data_file(name: str) -> Path:
    """A file of recorded answers. Ends the program with a message where it is absent."""
    path = data_folder() / name
    if not path.is_file():
        raise SystemExit(f"{path} is not there: set PROBES_DATA to the folder that holds {name}")
    return path


def samples_file(name: str) -> Path:
    """One of `FILES`. Ends the program with a message where it is absent."""
    return data_file(f"samples-{name}.jsonl.gz")


@contextlib.contextmanager
def process(arguments: Sequence[str], ready: str, log: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A process of our own interpreter that answers at the URL `ready`; its standard error goes to `log`."""
    output = log.open("wb") if log is not None else subprocess.DEVNULL
    child = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=output, cwd=ROOT)
    try:
        _await(child, ready)
        yield child
    finally:
        child.terminate()
        child.wait(30)


def _await(child: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise SystemExit(f"a process ended at once with code {child.returncode}: {child.args!r}")
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(url, timeout=2, trust_env=False).status_code < 500:
                return
        time.sleep(0.1)
    raise SystemExit(f"nothing answers at {url}")


@contextlib.contextmanager
def recorded(samples: Sequence[Path]) -> Iterator[str]:
    """`probes serve-recorded` for the files; yields its base URL."""
    port = free_port()
    files = [part for path in samples for part in ("--samples", str(path))]
    with process(["-m", "probes", "serve-recorded", *files, "--port", str(port)], f"http://127.0.0.1:{port}/v1/models"):
        yield f"http://127.0.0.1:{port}/v1"


@contextlib.contextmanager
def guarding(*arguments: str, log: Path | None = None) -> Iterator[str]:
    """`guard serve` with the arguments; yields its base URL."""
    port = free_port()
    command = ["-m", "service", "serve", "--port", str(port), "--admin-port", "0", *arguments]
    with process(command, f"http://127.0.0.1:{port}/livez", log):
        yield f"http://127.0.0.1:{port}/v1"


def machine() -> str:
    """The machine in a line, for RESULTS.md."""
    info = Path("/proc/cpuinfo")
    names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    processor = names[0] if names else platform.processor()
    return f"{os.cpu_count()} x {processor}, Python {platform.python_version()}, {platform.system()}"
