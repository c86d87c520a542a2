"""Rows for the tests of the recorded answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

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


def sample(**changes: object) -> Sample:
    """The usual row with changes."""
    return Sample.model_validate(FRANCE | changes)


def write(path: Path, *rows: dict[str, Any] | str) -> Path:
    """A JSON Lines file."""
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))
    return path
