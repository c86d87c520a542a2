"""Judges: how far two answers mean the same."""

from __future__ import annotations

from collections.abc import Mapping

from guard.agreement import Judge
from guard.judges.lexical import Lexical

JUDGES: Mapping[str, Judge] = {"lexical": Lexical()}
"""Name in the configuration -> judge, for those that need nothing else. The others: `guard.judges.building`."""

__all__ = ["JUDGES", "Judge"]
