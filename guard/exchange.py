"""One request, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Unguardable = Literal["tool_call", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the guard must know of one request; everything else stays in `body`, untouched.

    `question` is the last thing the user said, without the documents that it is asked about; `context` is the
    conversation before it, as text, with the system prompt, and behind it those documents. `unguardable` is the
    reason why the request is passed on unguarded, with `why` in words for the explanation; None when it can be
    guarded. `explain` says that the caller asked for the `guard` object.
    """

    dialect: str
    path: str
    model: str
    question: str
    context: str = ""
    stream: bool = False
    stream_usage: bool = False
    structured: bool = False
    unguardable: Unguardable | None = None
    why: str = ""
    explain: bool = False
    min_confidence: float | None = None
    seed: int | None = None
    query: str = ""
    body: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    raw: bytes = field(default=b"", repr=False, compare=False)
