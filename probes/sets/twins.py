"""Twins: a question that has no answer as it is posed, and one much like it that has.

Six reasons why, as in AbstentionBench (Kirichenko et al. 2025), and beside the general set a medical, legal and
financial one. Each twin names the other in `pair`. A third of the pairs is marked `held_out`: whoever tunes leaves it
unread.

A table has two lines a pair, each with a line of context before it where there is one: `- question` has no answer,
`+ question = answer/alias` has; `@ context` belongs to the line below it, `# scenario` opens a group.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from probes.probe import Question, Scenario
from probes.sets.twins_facts import ANSWER_UNKNOWN, FALSE_PREMISE
from probes.sets.twins_law_money import FINANCIAL, LEGAL
from probes.sets.twins_medical import MEDICAL
from probes.sets.twins_time import STALE, SUBJECTIVE
from probes.sets.twins_wording import UNDERSPECIFIED_CONTEXT, UNDERSPECIFIED_INTENT

HELD_OUT: Final = 3
"""One pair in so many is held out."""

GENERAL: Final = f"""
# answer_unknown
{ANSWER_UNKNOWN}
# false_premise
{FALSE_PREMISE}
# stale
{STALE}
# subjective
{SUBJECTIVE}
# underspecified_context
{UNDERSPECIFIED_CONTEXT}
# underspecified_intent
{UNDERSPECIFIED_INTENT}
"""
DOMAINS: Final = {"medical": MEDICAL, "legal": LEGAL, "financial": FINANCIAL}


class Twin(Question):
    """One of two: `pair` is the id of the other, `twin_of` the scenario of the half without an answer.

    `held_out` marks the pairs that are left unread while something is tuned; `domain` is medical, legal or financial.
    """

    pair: str
    twin_of: Scenario
    held_out: bool
    domain: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A question of a table with its context, and its accepted answers; None where it has no answer."""

    question: str
    context: str | None
    references: tuple[str, ...] | None

    def named(self, source: str) -> str:
        """Its id: by content, as in every set."""
        text = self.question if self.context is None else f"{self.context}\n{self.question}"
        return f"{source}/{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def general() -> Iterator[Twin]:
    """The six scenarios over everyday subjects."""
    yield from _twins("own-twins", GENERAL, None)


def professional() -> Iterator[Twin]:
    """The six scenarios in medicine, law and finance."""
    for domain, table in DOMAINS.items():
        yield from _twins("own-twins-professional", table, domain)


def _twins(source: str, table: str, domain: str | None) -> Iterator[Twin]:
    for scenario, without, answerable in _pairs(table):
        names = without.named(source), answerable.named(source)
        held_out = int(hashlib.sha256("\n".join(names).encode()).hexdigest(), 16) % HELD_OUT == 0
        for line, name, pair in ((without, names[0], names[1]), (answerable, names[1], names[0])):
            yield Twin.model_validate(
                {
                    "id": name,
                    "source": source,
                    "question": line.question,
                    "context": line.context,
                    "references": line.references,
                    "should_abstain": line.references is None,
                    "scenario": scenario if line.references is None else "answerable",
                    "pair": pair,
                    "twin_of": scenario,
                    "held_out": held_out,
                    "domain": domain,
                }
            )


def _pairs(table: str) -> Iterator[tuple[str, Line, Line]]:
    """Scenario, the question without an answer, its twin. Raises `ValueError` for a line out of place."""
    scenario, context, waiting = "", None, None
    for mark, text in ((line[0], line[2:].strip()) for line in table.splitlines() if line):
        if mark == "#" and waiting is None:
            scenario = text
        elif mark == "@":
            context = text
        elif mark == "-" and waiting is None:
            waiting, context = Line(text, context, None), None
        elif mark == "+" and waiting is not None and " = " in text:
            asked, _, answers = text.rpartition(" = ")
            yield scenario, waiting, Line(asked, context, tuple(answers.split("/")))
            waiting = context = None
        else:
            raise ValueError(f"a line out of place: {mark} {text}")
