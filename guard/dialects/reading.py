"""Small readings that the dialects share: pure, and tolerant of anything that JSON can hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def text_of(content: Any) -> str:
    """The text in a message's content: a string as it is, the text parts of an array joined by line ends."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    texts = (part.get("text") for part in content if isinstance(part, dict))
    return "\n".join(text for text in texts if isinstance(text, str))


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean; None for nothing."""
    return sum(values) / len(values) if values else None
