"""Graders: what a candidate is held against, and how far two graders agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guard.agreement import SAME
from guard.evidence import Answer
from guard.judges import JUDGES
from probes.collect import as_read
from probes.grade import grade_by_reference
from probes.graded import Asked, Graded, Label
from probes.metrics import wilson
from probes.probe import Question

Key = tuple[str, str, str, str]


def by_reference(row: Asked) -> Label | None:
    """What the candidate does by its accepted answers; None where there are none to hold it against.

    Right is what states a reference word by word, or whose final answer the lexical judge takes for one. A candidate
    that does not answer has abstained, whatever else it says. A question without an answer has no right one.
    """
    candidate = row.candidate
    if candidate.tool_call:
        return None
    if candidate.kind != "answer":
        return "abstained"
    if row.should_abstain:
        return "wrong"
    if not row.references:
        return None
    return "right" if states(candidate, row.question, row.references) else "wrong"


def states(answer: Answer, question: str, references: Sequence[str]) -> bool:
    """Whether an answer states one of the accepted ones, word by word or to the lexical judge."""
    if grade_by_reference(answer.text, references):
        return True
    judge = JUDGES["lexical"]
    return max(judge.similarity(question, answer.final, reference) for reference in references) >= SAME


def key_of(row: Asked) -> Key:
    """What one grading is of: the same answer of the same model to the same question under the same id."""
    return row.id, row.model, row.question, row.candidate.text


def known(rows: Iterable[Graded], questions: Sequence[Question]) -> list[Graded]:
    """The lines with what these questions say of them, found by id, else by their words where only one has them."""
    by_id = {question.id: question for question in questions}
    by_words: dict[str, list[Question]] = {}
    for question in questions:
        by_words.setdefault(as_read(question), []).append(question)

    def told(row: Graded) -> Graded:
        same_words = by_words.get(row.question, [])
        question = by_id.get(row.question_id or "") or (same_words[0] if len(same_words) == 1 else None)
        if question is None:
            return row
        fields = ("source", "references", "should_abstain", "scenario")
        return row.model_copy(update={"question_id": question.id, **{name: getattr(question, name) for name in fields}})

    return [told(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often two labels are the same: the share with its 95 % interval (Wilson); None where nothing is compared."""

    n: int
    share: float | None
    interval: tuple[float, float] | None

    @classmethod
    def of(cls, pairs: Sequence[tuple[object, object]]) -> Agreement:
        """The agreement of the two labels of each pair."""
        same = sum(a == b for a, b in pairs)
        return cls(len(pairs), same / len(pairs) if pairs else None, wilson(same, len(pairs)))


def agreements(before: Sequence[Graded], after: Sequence[Graded], grader: str) -> dict[str, Agreement]:
    """Of the new labels with those by reference, and with those that the lines had; only what can be compared."""
    found = {}
    if grader != "reference":
        labels = [(row.label, by_reference(row)) for row in after if row.label is not None]
        found["reference"] = Agreement.of([pair for pair in labels if pair[1] is not None])
    earlier = [(old.correct, new.correct) for old, new in zip(before, after, strict=True)]
    found["earlier"] = Agreement.of([pair for pair in earlier if None not in pair])
    return {name: agreement for name, agreement in found.items() if agreement.n}


@dataclass(frozen=True, slots=True)
class Counts:
    """The lines by label. Of the abstentions, `rightly` are those to a question that has no answer, `needlessly` those
    to one that has."""

    n: int
    right: int
    wrong: int
    abstained: int
    rightly: int
    needlessly: int
    ungraded: int

    @classmethod
    def of(cls, rows: Sequence[Graded]) -> Counts:
        """Counted."""
        abstained = [row for row in rows if row.label == "abstained"]
        return cls(
            n=len(rows),
            right=sum(row.correct is True for row in rows),
            wrong=sum(row.correct is False and row.label != "abstained" for row in rows),
            abstained=len(abstained),
            rightly=sum(row.should_abstain is True for row in abstained),
            needlessly=sum(row.should_abstain is False for row in abstained),
            ungraded=sum(row.correct is None for row in rows),
        )


@dataclass(slots=True)
class Trouble:
    """What went wrong on the way: replies that were not the form asked for, calls that failed by kind."""

    unreadable: int = 0
    failed: dict[str, int] = field(default_factory=dict)
    stopped: bool = False
    unmatched: int = 0

    def fail(self, kind: str) -> None:
        """Note a call that failed."""
        self.failed[kind] = self.failed.get(kind, 0) + 1

    @property
    def any(self) -> bool:
        """Is there anything to do again?"""
        return bool(self.unreadable or self.failed or self.stopped or self.unmatched)

    def as_json(self) -> Mapping[str, Any]:
        """The account."""
        return {
            "unreadable": self.unreadable,
            "failed": sum(self.failed.values()),
            "failures": self.failed,
            "unmatched": self.unmatched,
            "interrupted": self.stopped,
        }
