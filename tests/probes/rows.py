"""Rows for the tests of the recorded answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from guard.traits import KIND_NAMES
from probes.samples import Sample

FRANCE: dict[str, Any] = {
    "id": "1",
    "source": "geo",
    "model": "m",
    "question": "What is the capital of France?",
    "greedy": "Paris",
    "samples": ["Paris", "Lyon", "It is Paris."],
    "greedy_logprobs": [-0.1, -0.3],
    "sample_logprobs": [[-0.2], [-1.5], None],
    "self_check": True,
    "correct": True,
}


def traits(kind: str = "kind.words", **sizes: float) -> dict[str, float]:
    """All traits of a short answer of one kind, with other sizes."""
    plain = {"answer_chars": 5.0, "question_chars": 30.0, "words_of_question": 0.0}
    return {**plain, **{name: float(name == kind) for name in KIND_NAMES}, **sizes}


def sample(**changes: object) -> Sample:
    """The usual row with changes."""
    return Sample.model_validate(FRANCE | changes)


def write(path: Path, *rows: dict[str, Any] | str) -> Path:
    """A JSON Lines file."""
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))
    return path
