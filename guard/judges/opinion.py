"""What a judge thinks of one pair, and whether it would rather have somebody else decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from guard.agreement import Judge


@dataclass(frozen=True, slots=True)
class Opinion:
    """A similarity in [0, 1]; `open` where the judge that gave it is not sure."""

    similarity: float
    open: bool = False


class Opinionated(Judge, Protocol):
    """A judge that says how sure it is."""

    def compare(self, question: str, a: str, b: str) -> Opinion:
        """`similarity`, and whether the pair is left open."""
        ...
