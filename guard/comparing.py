"""Comparing the answers of one request: off the event loop where they are many, open pairs put to the costly judge.

All of it is awaited by `guard.sampling`; afterwards the similarities are a pure function of `Pairs`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from guard.agreement import Judge, compared
from guard.errors import UpstreamError
from guard.evidence import Answer, Failure
from guard.judges.cascade import Cascade, Pairs
from guard.judges.costly import Ask, Costly, Pair
from guard.judges.mathematics import Mathematics

FEW = 6
"""So many new pairs are compared on the spot: about 1 ms of work. More of them go to another thread."""

JUDGE_SHARE = 0.2
"""Part of the time that one call to the costly judge may take: one that hangs must not cost the draws."""

JUDGE_LAST = 0.9
"""Part of what is left in the end that it may take: its lateness must not pass for the deadline of everything."""

JUDGE_ROOM = 4096
"""Tokens for a judge that thinks before it answers."""


@dataclass(frozen=True, slots=True)
class Free:
    """The judge was asked, and what it cost no upstream has counted."""


@dataclass(slots=True)
class Comparing:
    """One request's comparing. A judge that has failed once is not asked again in the same request; mathematics and
    the costly judge fail apart."""

    question: str
    pairs: Pairs
    costly: Costly | None
    mathematics: Mathematics | None = None
    failed: bool = field(default=False, init=False)
    uncalculated: bool = field(default=False, init=False)

    async def compare(self, answers: Sequence[Answer], looks: Sequence[Answer]) -> None:
        """Compare what was not compared yet: the candidate (the first answer), the draws, the looks."""
        new = self.pairs.new(compared(answers, looks))
        if len(new) > FEW:
            self.pairs.learn(await asyncio.to_thread(self.pairs.opinions, new))
        else:
            self.pairs.learn(self.pairs.opinions(new))

    def open(self, answers: Sequence[Answer], looks: Sequence[Answer]) -> list[Pair]:
        """The pairs to ask about: those of the candidate, since its own cluster and signals decide."""
        if self.costly is None or self.failed:
            return []
        return self.pairs.open(_of_candidate(answers, looks))

    def calculable(self, answers: Sequence[Answer], looks: Sequence[Answer]) -> list[Pair]:
        """The mathematical pairs of the candidate that were not computed yet."""
        if self.mathematics is None or self.uncalculated:
            return []
        return self.pairs.calculable(_of_candidate(answers, looks), self.mathematics)

    async def calculate(self, answers: Sequence[Answer], looks: Sequence[Answer], patience: float) -> Failure | None:
        """Compare, then compute what is mathematical, for so many seconds at most. Where that fails the pairs keep what
        the lexical judge made of them, and a costly judge is still asked about those that are open."""
        await self.compare(answers, looks)
        pairs = self.calculable(answers, looks)
        if self.mathematics is None or not pairs:
            return None
        try:
            async with asyncio.timeout(patience):
                verdicts = await self.mathematics.decide(pairs)
        except TimeoutError:
            return self._uncalculated("deadline", pairs)
        except UpstreamError as error:
            return self._uncalculated(error.kind, pairs)
        self.pairs.calculate(pairs, verdicts)
        return None

    async def judge(
        self, answers: Sequence[Answer], looks: Sequence[Answer], ask: Ask, patience: float
    ) -> Failure | Free | None:
        """Compare, then put what is open to the costly judge, for so many seconds at most. What it says is kept; where
        it fails the pairs keep what the lexical judge made of them. None: it was not asked, or the call is accounted
        for."""
        await self.compare(answers, looks)
        pairs = self.open(answers, looks)
        if self.costly is None or not pairs:
            return None
        try:
            async with asyncio.timeout(patience):
                verdicts = await self.costly.decide(self.question, pairs, ask)
        except TimeoutError:
            return self._failure("deadline", pairs)
        except UpstreamError as error:
            return self._failure(error.kind, pairs)
        self.pairs.decide(pairs, verdicts)
        return None if self.costly.asks_model else Free()

    def unasked(self, answers: Sequence[Answer], looks: Sequence[Answer]) -> list[Failure]:
        """Pairs that there was no time to compute, or to ask about."""
        found = []
        if pairs := self.calculable(answers, looks):
            found.append(self._uncalculated("deadline", pairs))
        if pairs := self.open(answers, looks):
            found.append(self._failure("deadline", pairs))
        return found

    def _uncalculated(self, kind: str, pairs: Sequence[Pair]) -> Failure:
        self.uncalculated = True
        return Failure(purpose="judge", kind=kind, missing=len(pairs))

    def _failure(self, kind: str, pairs: Sequence[Pair]) -> Failure:
        self.failed = True
        return Failure(purpose="judge", kind=kind, missing=len(pairs))


def comparing(judge: Judge, question: str) -> Comparing:
    """Comparing the answers to one question by a judge."""
    costly, mathematics = (judge.costly, judge.mathematics) if isinstance(judge, Cascade) else (None, None)
    return Comparing(question, Pairs(judge, question), costly, mathematics)


def _of_candidate(answers: Sequence[Answer], looks: Sequence[Answer]) -> Iterator[tuple[str, str]]:
    return (pair for other in (*answers[1:], *looks) for pair in compared((answers[0], other)))
