"""Evidence with what is known of its question, and with labels, as a line of JSON."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict

from guard.evidence import Evidence

Label = Literal["right", "wrong", "abstained"]
"""What a candidate does: states a right answer, states another one, or states none (does not know, or will not)."""


class Asked(Evidence):
    """Evidence beside the question that it was gathered for, as `probes collect` writes it.

    `references` are the accepted answers, None where no answer is right or none is known.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    question_id: str | None = None
    source: str = ""
    references: tuple[str, ...] | None = None
    should_abstain: bool | None = None
    scenario: str | None = None
    conversation: str | None = None


class Graded(Asked):
    """With a label. `correct` is that of the candidate, None while nobody has graded it; `grader` says who has.

    An abstention is never `correct`, since it states no answer: whether it was right to abstain follows from
    `label` and `should_abstain`.
    """

    correct: bool | None = None
    label: Label | None = None
    grader: str | None = None


def with_label(row: Asked, label: Label | None, grader: str) -> Graded:
    """The line with its label; no label leaves it ungraded. No plain answer to a question without one is correct."""
    correct = None if label is None else label == "right" and row.should_abstain is not True
    fields = row.model_dump(by_alias=True) | {"correct": correct, "label": label}
    return Graded.model_validate(fields | {"grader": None if label is None else grader})
