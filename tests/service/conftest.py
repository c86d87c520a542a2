"""What the tests of the service share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from .running import RunningGuard

Start = Callable[..., RunningGuard]


@pytest.fixture(scope="session")
def leaving() -> Iterator[list[RunningGuard]]:
    """Guards that were told to stop, which takes a moment. Whatever went unhandled in one of them fails here."""
    guards: list[RunningGuard] = []
    yield guards
    for guard in guards:
        guard.stop()


@pytest.fixture
def start(request: pytest.FixtureRequest, leaving: list[RunningGuard]) -> Iterator[Start]:
    """Starts a guard for an upstream script and a settings mapping; see `guarding`. Told to stop after the test."""
    mine: list[RunningGuard] = []

    def started(script: Any, settings: Any = None, **how: Any) -> RunningGuard:
        mine.append(RunningGuard(script, settings or {}, name=request.node.nodeid, **how))
        return mine[-1].__enter__()

    yield started
    for guard in mine:
        guard.leave()
    for guard in [guard for guard in leaving if guard.ended]:
        leaving.remove(guard)
        guard.stop()
    leaving.extend(mine)
