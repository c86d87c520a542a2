"""A cascade for tests: what the first judge leaves open is written down, and the costly one says what it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from guard.errors import UpstreamError
from guard.judges.cascade import Cascade
from guard.judges.costly import Ask, Pair
from guard.judges.opinion import Opinion
from guard.typed import Verdict


class Doubtful:
    """Equal texts are the same; what both have in common with "maybe" is open at .5; all else differs."""

    version = "doubtful/1"

    def __init__(self) -> None:
        self.compared: list[tuple[str, str]] = []

    def similarity(self, question: str, a: str, b: str) -> float:
        return self.compare(question, a, b).similarity

    def compare(self, question: str, a: str, b: str) -> Opinion:
        self.compared.append((a, b))
        if a == b:
            return Opinion(1.0)
        return Opinion(0.5, open=True) if "maybe" in a + b else Opinion(0.0)


class Told:
    """A costly judge that needs no model. `says` gives the verdict on a pair, or an error to raise."""

    asks_model = False
    version = "told/1"
    place: str | None = "nli"

    def __init__(self, says: Callable[[str, str], Verdict | UpstreamError | None] = lambda _a, _b: "same") -> None:
        self._says = says
        self.asked: list[Pair] = []
        self.calls = 0
        self.closed = False

    async def decide(self, question: str, pairs: Sequence[Pair], ask: Ask) -> tuple[Verdict | None, ...]:
        self.calls += 1
        self.asked += pairs
        found: list[Verdict | None] = []
        for pair in pairs:
            said = self._says(*pair)
            if isinstance(said, UpstreamError):
                raise said
            found.append(said)
        return tuple(found)

    async def close(self) -> None:
        self.closed = True


def cascade(costly: Any = None) -> Cascade:
    return Cascade(Doubtful(), costly or Told())
