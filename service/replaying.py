"""Evidence to Verdicts, offline: the same pure functions that decided the first time."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError

from guard.errors import ConfigurationError
from guard.evidence import Evidence
from guard.pipeline import Ruling, verdict_of
from service.config_file import Loaded
from service.deployment import standing_of
from service.evidence_log import summary


@dataclass(frozen=True, slots=True)
class Replayed:
    """One line replayed. `identical` is None where the line carries no verdict to compare with."""

    id: str
    verdict: dict[str, Any]
    identical: bool | None


@dataclass(frozen=True, slots=True)
class Replay:
    """A whole file replayed."""

    rows: tuple[Replayed, ...]

    @property
    def different(self) -> list[str]:
        """Ids of lines whose verdict came out differently."""
        return [row.id for row in self.rows if row.identical is False]

    def as_json(self) -> dict[str, Any]:
        """The result as one document."""
        compared = [row for row in self.rows if row.identical is not None]
        return {
            "n": len(self.rows),
            "compared": len(compared),
            "identical": sum(row.identical is True for row in compared),
            "different": self.different,
            "verdicts": [{"id": row.id, **row.verdict} for row in self.rows],
        }

    def lines(self) -> Iterator[str]:
        """The result for people: a line a verdict, then the sum."""
        for row in self.rows:
            confidence = row.verdict["confidence"]
            shown = "  -   " if confidence is None else f"{confidence:.4f}"
            mark = {None: "", True: "", False: "  DIFFERENT"}[row.identical]
            yield f"{row.id}  {row.verdict['decision']:8} {row.verdict['reason']:20} {shown}{mark}"
        document = self.as_json()
        yield f"{document['n']} lines, {document['identical']} of {document['compared']} recorded verdicts identical"


def replay(file: Path, loaded: Loaded) -> Replay:
    """Replay every line under the policy that it names. Raises `ConfigurationError` with file and line."""
    rulings = {
        name: Ruling(name, policy, standing_of(policy, loaded.folder))
        for name, policy in loaded.settings.policies.items()
    }
    return Replay(tuple(_replayed(line, place, rulings) for place, line in _lines(file)))


def _lines(file: Path) -> Iterator[tuple[str, bytes]]:
    opener = gzip.open if file.suffix == ".gz" else open
    try:
        with opener(file, "rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield f"{file}:{number}", line
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or error
        raise ConfigurationError(f"{file}: cannot be read: {why}") from error


def _replayed(line: bytes, place: str, rulings: dict[str, Ruling]) -> Replayed:
    try:
        evidence = Evidence.from_json(line)
        recorded = orjson.loads(line).get("verdict")
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigurationError(f"{place}: not Evidence: {first['loc']}: {first['msg']}") from error
    ruling = rulings.get(evidence.circumstances.policy)
    if ruling is None:
        name = evidence.circumstances.policy
        raise ConfigurationError(
            f"{place}: no policy {name!r} in the configuration; pass the one in force with --config"
        )
    verdict = orjson.loads(orjson.dumps(summary(verdict_of(evidence, ruling))))
    return Replayed(evidence.id, verdict, None if recorded is None else recorded == verdict)
