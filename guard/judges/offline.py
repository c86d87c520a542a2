"""A cascade over many labelled pairs, offline: what `probes` measures a costly judge with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from guard.asking import ask_negotiated
from guard.dialects import Dialect
from guard.dialects.shape import Probing
from guard.errors import UpstreamError
from guard.judges.cascade import MAX_ASKED, Cascade, Pairs
from guard.judges.costly import Ask, ModelAt
from guard.judges.mathematics import Mathematics
from guard.negotiation import Memory
from guard.upstream import Upstream


class Row(NamedTuple):
    """One pair to be compared."""

    question: str
    a: str
    b: str


@dataclass(slots=True)
class Compared:
    """Similarities in the order of the rows, and how they came about: pairs computed, pairs put to the costly judge,
    calls of it, and the kinds of what failed (their pairs keep the lexical value)."""

    similarities: list[float] = field(default_factory=list)
    calculated: int = 0
    asked: int = 0
    calls: int = 0
    failures: list[str] = field(default_factory=list)


async def compare_all(cascade: Cascade, rows: Sequence[Row], ask: Ask) -> Compared:
    """Compare every row by a cascade. Rows with one question that follow each other are asked about together, as a
    request would: at most `MAX_ASKED` in a call. No row fails for a judge that does."""
    found = Compared()
    for some in _together(rows):
        question, answers = some[0].question, [(row.a, row.b) for row in some]
        pairs = Pairs(cascade, question)
        pairs.learn(pairs.opinions(pairs.new(answers)))
        if cascade.mathematics is not None:
            found.calculated += await _calculate(cascade.mathematics, pairs, answers, found.failures)
        open_ = pairs.open(answers) if cascade.costly is not None else []
        if cascade.costly is not None and open_:
            found.asked, found.calls = found.asked + len(open_), found.calls + 1
            try:
                pairs.decide(open_, await cascade.costly.decide(question, open_, ask))
            except UpstreamError as error:
                found.failures.append(error.kind)
        found.similarities += [pairs.similarity(question, a, b) for a, b in answers]
    return found


async def _calculate(by: Mathematics, pairs: Pairs, answers: Sequence[tuple[str, str]], failures: list[str]) -> int:
    """Compute what is mathematical; the number of pairs."""
    some = pairs.calculable(answers, by)
    try:
        pairs.calculate(some, await by.decide(some))
    except UpstreamError as error:
        failures.append(error.kind)
    return len(some)


def _together(rows: Sequence[Row]) -> Iterator[list[Row]]:
    for _, group in groupby(rows, key=lambda row: row.question):
        same = list(group)
        for start in range(0, len(same), MAX_ASKED):
            yield same[start : start + MAX_ASKED]


def asker(upstream: Upstream, dialect: Dialect, model: str, memory: Memory) -> Ask:
    """An `Ask` for a judge with a model, without a request around it: `model` at `upstream` unless it names another."""

    async def ask(probing: Probing, at: ModelAt | None) -> str:
        place, name = (upstream, model) if at is None else (at.upstream, at.model)
        body, own = dialect.probe(name, probing), dialect.own_in_probe
        asked = await ask_negotiated(place, dialect, dialect.path, body, own, memory, name)
        return dialect.parse(asked.body, "").answers[0].text

    return ask


async def nobody(_probing: Probing, _at: ModelAt | None) -> str:
    """The `Ask` of judges that ask no model. Raises `LookupError`."""
    raise LookupError("this judge asks a model: give it one")
