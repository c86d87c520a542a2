"""Pairs by somebody who has never seen the rules, and pairs written after the rules and before they were tried on them.

Both have become development sets since: what is read there is that nothing is lost. How well new pairs are judged is
read on the blind ones, by a second outsider, which nobody has looked at to change a rule.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from guard.agreement import SAME
from guard.judges import JUDGES

JUDGE = JUDGES["lexical"]
HERE = Path(__file__).parent
OUTSIDER = [line.split("\t") for line in (HERE / "outsider_pairs.tsv").read_text("utf-8").splitlines()]
BLIND = [line.split("\t") for line in (HERE / "blind_pairs.tsv").read_text("utf-8").splitlines()]
OURS = [line.split("\t") for line in (HERE / "typed_pairs.tsv").read_text("utf-8").splitlines()]
FURTHER = [line.split("\t") for line in (HERE / "further_pairs.tsv").read_text("utf-8").splitlines()]
TYPED = [row for row in OUTSIDER if row[1] != "phrase"]
PHRASES = [row for row in OUTSIDER if row[1] == "phrase"]
KINDS = sorted({row[1] for row in TYPED})


def wrong(rows: list[list[str]]) -> list[list[str]]:
    return [row for row in rows if (JUDGE.similarity("", row[2], row[3]) >= SAME) != (row[0] == "same")]


def test_the_sets_are_of_some_size_and_balanced() -> None:
    assert len(OUTSIDER) == 510
    assert len(FURTHER) > 750
    for rows in (OUTSIDER, FURTHER):
        assert min(Counter(row[0] for row in rows).values()) > 0.4 * len(rows)
        assert len({frozenset(row[2:]) for row in rows}) == len(rows)


def test_the_typed_kinds_are_judged_right() -> None:
    assert len(wrong(TYPED)) <= 0.02 * len(TYPED), wrong(TYPED)


@pytest.mark.parametrize("kind", KINDS)
def test_each_typed_kind_is_judged_right(kind: str) -> None:
    rows = [row for row in TYPED if row[1] == kind]
    assert len(wrong(rows)) <= 0.05 * len(rows), wrong(rows)


def test_phrases_are_judged_right_where_a_table_or_their_words_tell() -> None:
    """Synonyms need a table that has them or a model: nine of ten is what the common ones come to."""
    assert len(wrong(PHRASES)) <= 0.1 * len(PHRASES), wrong(PHRASES)


def test_the_further_pairs_are_judged_right() -> None:
    assert len(wrong(FURTHER)) <= 0.03 * len(FURTHER), wrong(FURTHER)


def test_pairs_that_no_rule_was_made_with() -> None:
    assert len(BLIND) == 350
    assert min(Counter(row[0] for row in BLIND).values()) == 175
    assert len(wrong(BLIND)) <= 0.04 * len(BLIND)


def test_of_a_thousand_pairs_a_third_by_outsiders() -> None:
    rows = [*OURS[::2], *OURS[1::6], *BLIND]
    assert len(rows) >= 1000
    assert len(wrong(rows)) <= 0.02 * len(rows)


def test_every_pair_is_judged_alike_in_both_orders() -> None:
    rows = OUTSIDER + FURTHER + BLIND
    assert all(JUDGE.similarity("", row[2], row[3]) == JUDGE.similarity("", row[3], row[2]) for row in rows)
