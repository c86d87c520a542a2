"""A table of pairs whose values decide, and the eighteen pairs that embeddings cannot tell apart."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from guard.agreement import SAME
from guard.judges import JUDGES

JUDGE = JUDGES["lexical"]
ROWS = [line.split("\t") for line in (Path(__file__).parent / "typed_pairs.tsv").read_text("utf-8").splitlines()]
KINDS = sorted({row[1] for row in ROWS})
RIGHT_FROM = 0.98
RIGHT_PER_KIND = 0.95

EIGHTEEN = [
    ("Paris", "It is Paris.", True),
    ("Paris", "The capital is the city of Paris", True),
    ("Paris", "Lyon", False),
    ("It is Paris.", "It is not Paris.", False),
    ("12", "twelve", True),
    ("12", "12.0", True),
    ("12", "13", False),
    ("March 5, 1999", "5 March 1999", True),
    ("March 5, 1999", "1999-03-05", True),
    ("March 5, 1999", "March 6, 1999", False),
    ("about 40 million", "40M", True),
    ("about 40 million", "about 14 million", False),
    ("William Shakespeare", "Shakespeare", True),
    ("William Shakespeare", "Christopher Marlowe", False),
    ("Yes", "No, it is not safe", False),
    ("Yes", "Yes, it is safe.", True),
    ("the UK", "United Kingdom", True),
    ("North Korea", "South Korea", False),
]


def right(verdict: str, a: str, b: str) -> bool:
    return (JUDGE.similarity("", a, b) >= SAME) == (verdict == "same")


@pytest.mark.parametrize(("a", "b", "same"), EIGHTEEN)
def test_the_eighteen(a: str, b: str, same: bool) -> None:
    assert right("same" if same else "different", a, b)


def test_the_table_is_of_some_size() -> None:
    verdicts = Counter(row[0] for row in ROWS)
    assert min(verdicts["same"], verdicts["different"]) > 400
    assert len(KINDS) >= 15
    assert len({frozenset(row[2:]) for row in ROWS}) == len(ROWS)


def test_the_table_is_judged_right() -> None:
    wrong = [row for row in ROWS if not right(row[0], row[2], row[3])]
    assert len(wrong) <= (1 - RIGHT_FROM) * len(ROWS), wrong


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_judged_right(kind: str) -> None:
    rows = [row for row in ROWS if row[1] == kind]
    wrong = [row for row in rows if not right(row[0], row[2], row[3])]
    assert len(wrong) <= (1 - RIGHT_PER_KIND) * len(rows), wrong


def test_every_pair_is_judged_alike_in_both_orders() -> None:
    assert all(JUDGE.similarity("", row[2], row[3]) == JUDGE.similarity("", row[3], row[2]) for row in ROWS)
