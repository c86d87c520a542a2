"""Pairs of answers with a label: do they mean the same?"""

from __future__ import annotations

import hashlib
import re
import string
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from probes.samples import read_rows

_ARTICLES: Final = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION: Final = str.maketrans("", "", string.punctuation)


class Pair(BaseModel):
    """A line of the `equivalence` schema; unknown fields are kept."""

    model_config = ConfigDict(frozen=True, extra="allow")

    question: str
    a: str
    b: str
    equivalent: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class PairFile:
    """The pairs of a file that are worth a comparison, with the digest of the whole file's content."""

    name: str
    pairs: tuple[Pair, ...]
    digest: str


def read_pairs(path: Path) -> PairFile:
    """The pairs of a file without those that are equal already once they are normalised. Raises
    `ConfigurationError` with file and line for a row that is none."""
    rows = read_rows([path], Pair)
    text = "\n".join("\x1f".join((row.question, row.a, row.b, str(row.equivalent))) for row in rows)
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
    return PairFile(path.name, tuple(row for row in rows if simply(row.a) != simply(row.b)), digest)


def simply(text: str) -> str:
    """NFKC, lower case, without ASCII punctuation and the words a, an, the; white space collapsed."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", plain).split())


def fold_of(pair: Pair, folds: int) -> int:
    """The fold that all pairs of one question fall into: by content, so that it never moves."""
    key = " ".join(pair.question.lower().split())
    return int(hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:8], 16) % folds


def in_fold(pairs: Sequence[Pair], fold: int, folds: int) -> list[bool]:
    """Which of the pairs are in a fold."""
    return [fold_of(pair, folds) == fold for pair in pairs]
