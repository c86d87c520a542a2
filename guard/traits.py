"""Traits of a question and its candidate: what kind of answer it is, how long, with a context or without.

They say nothing for or against an answer by themselves, and their weights are free in sign. A route's own traffic mixes
kinds of questions, and the same agreement means one thing of a number and another of a yes. They are known before any
look is taken, so no look changes them. What they weigh does not carry over to other traffic: only a map of a model that
it was fitted on uses them (decision 0013).
"""

from __future__ import annotations

from typing import Final

from guard.evidence import Evidence
from guard.typed import Reading, read

KINDS: Final = ("choice", "yes_no", "value", "words")
"""Kinds of answers: a letter, a yes or no, a number or date with nothing beside it, anything else."""

SIZES: Final = ("answer_chars", "question_chars", "words_of_question")
"""Traits that are a size: characters of the final answer and of the question, and the share of the answer's words that
the question has, in [0, 1]."""


def kind_name(kind: str, context: bool) -> str:
    """The name of the trait that is 1 for this kind of answer, to a question with or without a context."""
    return f"kind.{kind}.context" if context else f"kind.{kind}"


KIND_NAMES: Final = tuple(kind_name(kind, context) for kind in KINDS for context in (False, True))

TRAITS: Final = frozenset((*SIZES, *KIND_NAMES))


def traits_of(evidence: Evidence) -> dict[str, float]:
    """All traits by name: sizes, and 1 for the kind that it is, 0 for the others."""
    answer, question = read(evidence.candidate.final), read(evidence.question)
    asked = frozenset(question.words)
    told = frozenset(answer.words)
    kind = kind_name(_kind(answer), bool(evidence.context))
    return {
        "answer_chars": float(len(evidence.candidate.final)),
        "question_chars": float(len(evidence.question)),
        "words_of_question": len(told & asked) / len(told) if told else 0.0,
        **{name: float(name == kind) for name in KIND_NAMES},
    }


def _kind(answer: Reading) -> str:
    if answer.choice:
        return "choice"
    if answer.polarity and len(answer.content) <= 1:
        return "yes_no"
    return "value" if answer.valued and not answer.content else "words"
