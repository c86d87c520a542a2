"""What a judge thinks of one pair, and whether it would rather have somebody else decide."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opinion:
    """A similarity in [0, 1]; `open` where the judge that gave it is not sure."""

    similarity: float
    open: bool = False
