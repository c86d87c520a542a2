"""What the tests of the service share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from .running import RunningGuard, guarding

Start = Callable[..., RunningGuard]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a guard for an upstream script and a settings mapping; see `guarding`. Stopped after the test."""
    with ExitStack() as stack:

        def started(*script: Any, **how: Any) -> RunningGuard:
            return stack.enter_context(guarding(*script, **how))

        yield started
