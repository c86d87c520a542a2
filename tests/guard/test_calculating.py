"""Mathematics within one request: before the costly judge, apart from it in failure, none of it twice."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from guard.comparing import comparing
from guard.errors import UpstreamBroken
from guard.evidence import Answer, Failure
from guard.judges.cascade import MAX_ASKED, Cascade, Pairs
from guard.judges.costly import Pair, pair_of
from guard.judges.lexical import AGREED, VETO, Lexical
from guard.judges.mathematics import CalculationTimeout, Mathematics
from guard.judges.offline import Row, compare_all, nobody
from guard.typed import Verdict
from tests.guard.building import answer
from tests.guard.judges.cascades import Told

Q = "Simplify."
HALF, ALSO_HALF, THIRD = r"\sqrt{\frac{1}{4}}", r"\frac{2}{4}", r"\frac{1}{3}"
ROOTS = (r"\frac{\sqrt{3}}{3}", r"\frac{1}{\sqrt{3}}")
"""The lexical judge leaves these open."""


class Computed(Mathematics):
    """Says what it is told, and starts nothing."""

    def __init__(self, says: Any) -> None:
        super().__init__()
        self._says = says
        self.asked: list[Pair] = []

    async def decide(self, pairs: Sequence[Pair]) -> tuple[Verdict | None, ...]:
        self.asked += pairs
        if isinstance(self._says, Exception):
            raise self._says
        if self._says == "late":
            await asyncio.Event().wait()
        return (self._says,) * len(pairs)


def answers(*said: str) -> tuple[Answer, ...]:
    return tuple(answer(text) for text in said)


def by(says: Any, costly: Told | None = None) -> tuple[Any, Computed]:
    computed = Computed(says)
    return comparing(Cascade(Lexical(), costly, computed), Q), computed


async def test_its_word_counts_whatever_the_lexical_judge_said() -> None:
    for other, says, expected in ((r"\sqrt{8}", "same", True), ("y/x", "different", False)):
        first = r"2\sqrt{2}" if expected else "x/y"
        lexical = Lexical().similarity(Q, first, other)
        assert (lexical <= VETO) if expected else (lexical >= AGREED)
        made, _ = by(says)
        assert await made.calculate(answers(first, other), (), 10) is None
        after = made.pairs.similarity(Q, first, other)
        assert (after >= AGREED) if expected else (after <= VETO)


async def test_only_the_candidates_expressions_are_computed_and_once() -> None:
    made, computed = by(None)
    said = answers(HALF, ALSO_HALF, "about a half", HALF, "0.5")
    for _ in range(2):
        await made.calculate(said, answers(THIRD), 10)
    assert sorted(computed.asked) == sorted(pair_of(HALF, other) for other in (ALSO_HALF, "0.5", THIRD))
    assert made.unasked(said, ()) == []


async def test_no_more_than_the_cap() -> None:
    made, computed = by("different")
    await made.calculate(answers("x+1", *(f"x+{number}" for number in range(2, 60))), (), 10)
    await made.calculate(answers("x+1", *(f"x+{number}" for number in range(60, 90))), (), 10)
    assert len(computed.asked) == MAX_ASKED


@pytest.mark.parametrize(("says", "asked"), [("same", 0), ("different", 0), (None, 1)])
async def test_what_was_computed_is_not_put_to_the_costly_judge(says: Any, asked: int) -> None:
    costly = Told()
    made, _ = by(says, costly)
    await made.calculate(answers(*ROOTS), (), 10)
    await made.judge(answers(*ROOTS), (), nobody, 10)
    assert len(costly.asked) == asked


@pytest.mark.parametrize(
    ("says", "kind"),
    [(CalculationTimeout("late"), "timeout"), (UpstreamBroken("gone"), "broken"), ("late", "deadline")],
)
async def test_a_failure_leaves_the_lexical_value_and_the_costly_judge_is_still_asked(says: Any, kind: str) -> None:
    costly = Told()
    made, computed = by(says, costly)
    failed = await made.calculate(answers(*ROOTS), (), 0.05)
    assert failed == Failure(purpose="judge", kind=kind, missing=1)
    assert made.pairs.similarity(Q, *ROOTS) == Lexical().similarity(Q, *ROOTS)
    assert await made.calculate(answers(*ROOTS), (), 10) is None
    assert len(computed.asked) == 1
    await made.judge(answers(*ROOTS), (), nobody, 10)
    assert costly.asked == [pair_of(*ROOTS)]


async def test_what_there_was_no_time_for_is_told_of_both() -> None:
    made, _ = by(None, Told())
    await made.compare(answers(*ROOTS), ())
    assert made.unasked(answers(*ROOTS), ()) == [Failure(purpose="judge", kind="deadline", missing=1)] * 2


async def test_without_mathematics_nothing_is_computed() -> None:
    made = comparing(Lexical(), Q)
    assert await made.calculate(answers(HALF, ALSO_HALF), (), 10) is None
    assert made.pairs.similarity(Q, HALF, ALSO_HALF) == Lexical().similarity(Q, HALF, ALSO_HALF)


async def test_offline_too() -> None:
    rows = [Row(Q, *ROOTS), Row(Q, "Lyon", "Paris")]
    found = await compare_all(Cascade(Lexical(), None, Computed("same")), rows, nobody)
    assert (found.calculated, found.asked, found.similarities[0] >= AGREED) == (1, 0, True)
    failed = await compare_all(Cascade(Lexical(), None, Computed(UpstreamBroken("gone"))), rows, nobody)
    assert failed.failures == ["broken"]
    assert failed.similarities == [Lexical().similarity(Q, row.a, row.b) for row in rows]


def test_equal_texts_are_not_computed() -> None:
    pairs = Pairs(Cascade(Lexical(), None, Computed(None)), Q)
    pairs.learn(pairs.opinions(pairs.new([("x+1", "x+1 ")])))
    assert pairs.calculable([("x+1", "x+1 ")], Computed(None)) == []
