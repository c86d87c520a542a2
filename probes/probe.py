"""The records of a probe: one question with what is known about its answer."""

import hashlib
from typing import Literal

from pydantic import BaseModel, ConfigDict

Scenario = Literal[
    "answer_unknown",
    "false_premise",
    "stale",
    "subjective",
    "underspecified_context",
    "underspecified_intent",
    "answerable",
    "unsafe_other",
]


class Question(BaseModel):
    """One question of a probe set, a line of the `questions` schema; unknown fields are kept.

    `references` are the accepted answers, any one of which is right; None where no answer is.
    `should_abstain` is true when nobody could answer the question as it is posed.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str
    source: str
    question: str
    context: str | None = None
    references: tuple[str, ...] | None
    should_abstain: bool
    scenario: Scenario
    license: str = "Apache-2.0"

    @property
    def asked(self) -> str:
        """The question as it is put: with its context in front, where there is one."""
        return put(self.question, self.context)


def put(question: str, context: str | None) -> str:
    """A question as a client puts it: with its context in front, where there is one."""
    return f"Context: {context}\n\nQuestion: {question}" if context else question


def answerable(source: str, text: str, *references: str) -> Question:
    """A question of our own with its accepted answers, the usual one first."""
    return Question(
        id=_identify(source, text),
        source=source,
        question=text,
        references=references,
        should_abstain=False,
        scenario="answerable",
    )


def unanswerable(source: str, text: str, scenario: Scenario) -> Question:
    """A question of our own that no model can know the answer to, and why in `scenario`."""
    return Question(
        id=_identify(source, text),
        source=source,
        question=text,
        references=None,
        should_abstain=True,
        scenario=scenario,
    )


def _identify(source: str, text: str) -> str:
    # By content and not by number, so that a question added to a set leaves recorded ids valid.
    return f"{source}/{hashlib.sha256(text.encode()).hexdigest()[:10]}"
