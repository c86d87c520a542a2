"""What a costly judge is: a model that is asked about the pairs which the lexical judge leaves open, all at once.

Asking is asynchronous and may fail; nothing of it is left after `guard.sampling`, which freezes the similarities into
the Evidence.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from guard.dialects.shape import Probing
from guard.errors import UpstreamError
from guard.typed import Verdict
from guard.upstream import Upstream


class Pair(NamedTuple):
    """Two final answers in alphabetical order, so that a pair has one name and its order tells nothing."""

    a: str
    b: str


def pair_of(a: str, b: str) -> Pair:
    """The pair of two answers, in whichever order they come."""
    return Pair(a, b) if a <= b else Pair(b, a)


@dataclass(frozen=True, slots=True)
class ModelAt:
    """A model behind an upstream of its own."""

    upstream: Upstream
    model: str


class JudgeMalformed(UpstreamError):
    """The judge replied, and not in the form that was asked for."""

    kind = "malformed"
    retryable = False


Ask = Callable[[Probing, ModelAt | None], Awaitable[str]]
"""Puts a probe to a model (None: the one whose answers are compared) and returns its visible words. `UpstreamError`."""


class Costly(Protocol):
    """A judge that costs a call. `asks_model`: it asks through `Ask`, which accounts for the tokens."""

    asks_model: bool

    @property
    def version(self) -> str:
        """Which judge, prompt and model."""
        ...

    @property
    def place(self) -> str | None:
        """The name of what answers, for metrics; None = the upstream whose answers are compared."""
        ...

    async def decide(self, question: str, pairs: Sequence[Pair], ask: Ask) -> tuple[Verdict | None, ...]:
        """ "same" or "different" for each pair, None for one that stays open. Raises `UpstreamError`."""
        ...

    async def close(self) -> None:
        """Close what is its own."""
        ...
