"""The lexical judge first, a costly one for what it leaves open; and the memory of one request's pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from guard.agreement import SAME, Judge
from guard.judges.costly import Costly, Pair, pair_of
from guard.judges.lexical import agreed, vetoed
from guard.judges.mathematics import Mathematics
from guard.judges.opinion import Opinion, Opinionated
from guard.typed import Verdict

MAX_PAIRS: Final = 4096
"""Pairs that one request remembers; 64 draws and two looks make 2,210."""
MAX_ASKED: Final = 16
"""Pairs of one request that a costly judge is asked about."""
MAX_CHARS: Final = 1000
"""A pair with a longer answer is not asked about: cut off, it could mean something else."""


@dataclass(frozen=True, slots=True)
class Cascade:
    """See `guard.agreement.Judge`. By itself it says what the lexical judge says: asking is `guard.comparing`'s.
    Mathematics goes before the costly judge; either may be missing."""

    first: Opinionated
    costly: Costly | None
    mathematics: Mathematics | None = None

    @property
    def version(self) -> str:
        """All the judges', since all decide."""
        further = (each.version for each in (self.mathematics, self.costly) if each is not None)
        return " ".join((self.first.version, *further))

    def similarity(self, question: str, a: str, b: str) -> float:
        """The lexical judge's."""
        return self.first.similarity(question, a, b)


def compare(judge: Judge, question: str, a: str, b: str) -> Opinion:
    """A judge's opinion of a pair, open only where somebody is there to be asked. Pure; any thread may do it."""
    if isinstance(judge, Cascade):
        return judge.first.compare(question, a, b)
    return Opinion(judge.similarity(question, a, b))


def similarity_of(opinion: Opinion, verdict: Verdict | None) -> float:
    """The similarity of a pair after a costly judge's word, on the scale on which typed values decide."""
    if verdict is None:
        return opinion.similarity
    return agreed(opinion.similarity) if verdict == "same" else vetoed(opinion.similarity)


class Pairs:
    """The pairs of answers to one question: each compared once, put to a costly judge at most once. A `Judge` itself,
    whose similarities change only when `decide` is called."""

    def __init__(self, judge: Judge, question: str) -> None:
        self._judge = judge
        self._question = question
        self._opinions: dict[Pair, Opinion] = {}
        self._verdicts: dict[Pair, Verdict | None] = {}
        self._calculated: dict[Pair, Verdict | None] = {}

    @property
    def version(self) -> str:
        """The judge's own."""
        return self._judge.version

    def similarity(self, question: str, a: str, b: str) -> float:
        """What is known of a pair; compared now where nothing is. Of another question nothing is remembered."""
        if question != self._question:
            return self._judge.similarity(question, a, b)
        pair = pair_of(a, b)
        if pair not in self._opinions:
            self.learn(self.opinions([pair]))
        opinion = self._opinions.get(pair) or compare(self._judge, question, *pair)
        return similarity_of(opinion, self._calculated.get(pair) or self._verdicts.get(pair))

    def new(self, answers: Iterable[tuple[str, str]]) -> list[Pair]:
        """The pairs among these that were not compared yet, each once, as many as can be remembered."""
        pairs = dict.fromkeys(pair_of(a, b) for a, b in answers)
        return [pair for pair in pairs if pair not in self._opinions][: MAX_PAIRS - len(self._opinions)]

    def opinions(self, pairs: Sequence[Pair]) -> Mapping[Pair, Opinion]:
        """Compare pairs and change nothing, so that another thread may do it."""
        return {pair: compare(self._judge, self._question, *pair) for pair in pairs}

    def learn(self, opinions: Mapping[Pair, Opinion]) -> None:
        """Remember opinions, as many as there is room for."""
        room = MAX_PAIRS - len(self._opinions)
        self._opinions.update(list(opinions.items())[:room])

    def open(self, answers: Iterable[tuple[str, str]]) -> list[Pair]:
        """The pairs among these to put to a costly judge: open, short, not asked before; the most doubtful first, and
        no more in a request than `MAX_ASKED`."""
        pairs = dict.fromkeys(pair_of(a, b) for a, b in answers)
        asking = [pair for pair in pairs if self._is_open(pair)]
        asking.sort(key=lambda pair: (abs(self._opinions[pair].similarity - SAME), pair))
        return asking[: MAX_ASKED - len(self._verdicts)]

    def _is_open(self, pair: Pair) -> bool:
        opinion = self._opinions.get(pair)
        short = max(map(len, pair)) <= MAX_CHARS
        asked = pair in self._verdicts or self._calculated.get(pair) is not None
        return opinion is not None and opinion.open and short and not asked

    def calculable(self, answers: Iterable[tuple[str, str]], mathematics: Mathematics) -> list[Pair]:
        """The pairs among these to compute: mathematical, unlike as texts, not computed before; whatever the lexical
        judge made of them, since typed values read no expression. No more in a request than `MAX_ASKED`."""
        pairs = dict.fromkeys(pair_of(a, b) for a, b in answers)
        new = [
            pair for pair in pairs if pair not in self._calculated and self._unlike(pair) and mathematics.takes(pair)
        ]
        return new[: MAX_ASKED - len(self._calculated)]

    def _unlike(self, pair: Pair) -> bool:
        opinion = self._opinions.get(pair)
        return opinion is not None and opinion.similarity < 1

    def calculate(self, pairs: Sequence[Pair], verdicts: Sequence[Verdict | None]) -> None:
        """Keep what was computed; None leaves a pair as it is, open for a costly judge where it was."""
        self._calculated.update(zip(pairs, verdicts, strict=True))

    def decide(self, pairs: Sequence[Pair], verdicts: Sequence[Verdict | None]) -> None:
        """Keep what was said of pairs that were asked about; None leaves a pair as it is, and is not asked again."""
        self._verdicts.update(zip(pairs, verdicts, strict=True))
