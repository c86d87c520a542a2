"""Evidence lines in a file: content included, so only where the operator asked for it."""

from __future__ import annotations

import os
from pathlib import Path

import orjson

from guard.errors import ConfigurationError
from guard.verdict import Verdict


class EvidenceLog:
    """Appends one line a judged request. A line is written by one call, so that a crash leaves whole lines.

    Raises `ConfigurationError` where the file cannot be opened, `OSError` where a line cannot be written.
    """

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        except OSError as error:
            raise ConfigurationError(f"{path}: cannot be written: {error.strerror}") from error

    def append(self, verdict: Verdict) -> None:
        """Write the verdict's Evidence, and beside it the verdict in short, so that a replay can be compared."""
        if verdict.evidence is None:
            return
        line = orjson.loads(verdict.evidence.to_json()) | {"verdict": summary(verdict)}
        os.write(self._file, orjson.dumps(line) + b"\n")

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def summary(verdict: Verdict) -> dict[str, object]:
    """What a replay has to reproduce to the letter."""
    return {
        "decision": str(verdict.decision),
        "reason": str(verdict.reason),
        "would": [str(verdict.would.decision), str(verdict.would.reason)] if verdict.would else None,
        "confidence": verdict.confidence.correctness,
        "threshold": verdict.threshold.correctness,
        "scores": dict(verdict.scores),
        "calibration": verdict.calibration,
    }
