"""The features of doubt: numbers that say how far the words of a completion question the question.

Only the first 1,000 and the last 1,900 characters of a completion are read, so the cost is bounded, and a long text is
counted as it was when the weights were fitted. None needs a model; none looks at what the question is about.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from guard.answers import worked_out
from guard.doubt.arithmetic import density, unknown_left
from guard.doubt.counting import COUNTED, distances
from guard.languages import language_of
from guard.normalising import fold, visible_characters

HEAD: Final = 1_000
TAIL: Final = 1_900
LATE: Final = 900
DENSE: Final = 6.0
"""Numbers per hundred characters from which an answer is all calculation."""
FINAL: Final = 200
QUESTION: Final = 8_000


@dataclass(frozen=True, slots=True)
class Spoken:
    """A completion as its doubts are read: the question, what the model thought, what it said, its short answer.

    `chars` is the length of reasoning and answer together; more than is there where a recording has cut the text.
    """

    question: str
    reasoning: str
    answer: str
    final: str
    kind: Literal["answer", "abstain", "refuse"] = "answer"
    chars: int = 0

    @property
    def hidden(self) -> bool:
        """Whether no reasoning is there to read: the figures for such answers are others."""
        return not self.reasoning.strip()


FEATURES: Final = (
    *(f"any.{name}" for name in COUNTED),
    *(f"said.{name}" for name in COUNTED),
    *(f"late.{name}" for name in COUNTED),
    "abstains",
    "unknown_left",
    "no_number",
    "wordy",
    "thought_length",
    "thought",
)
"""Names, in the order of the weights. `any.*` counts in reasoning and answer, `said.*` in the answer alone (the log of
1 + the count); `late.*` is 1 where one stands in the last 900 characters. `thought_length` is the log of 1 + the
thousands of characters where reasoning is shown, else 0. The others are yes or no, or in [0, 1]."""

FREE: Final = frozenset({"thought"})
"""The one feature that is no doubt: whether reasoning is shown. All others can only lower trust."""


def features_of(spoken: Spoken) -> dict[str, float | None]:
    """Every feature by name; None where it does not apply: numbers, to a question that is none to work out."""
    reasoning, answer = map(fold, _windows(visible_characters(spoken.reasoning), visible_characters(spoken.answer)))
    question = fold(spoken.question[:QUESTION])
    language = language_of(answer or reasoning)
    said = distances(answer, question, language)
    thought = distances(reasoning, question, language) if reasoning else dict.fromkeys(COUNTED, ())
    chars = max(spoken.chars, len(spoken.reasoning) + len(spoken.answer))
    return {
        **{f"any.{name}": math.log1p(len(said[name]) + len(thought[name])) for name in COUNTED},
        **{f"said.{name}": math.log1p(len(said[name])) for name in COUNTED},
        **{f"late.{name}": float(_late(said[name], thought[name], len(answer))) for name in COUNTED},
        "abstains": float(spoken.kind == "abstain"),
        "unknown_left": float(unknown_left(spoken.final[-FINAL:])),
        **_arithmetic(question, spoken.final, f"{reasoning}\n{answer}"),
        "thought_length": math.log1p(chars / 1_000) if reasoning else 0.0,
        "thought": float(not spoken.hidden),
    }


def _late(said: Sequence[int], thought: Sequence[int], behind: int) -> bool:
    """Whether a doubt stands in the last characters of the whole; `behind` is the length of the answer."""
    return any(distance <= LATE for distance in said) or any(distance + behind <= LATE for distance in thought)


def _arithmetic(question: str, final: str, text: str) -> Mapping[str, float | None]:
    if not worked_out(question):
        return {"no_number": None, "wordy": None}
    return {
        "no_number": float(not any(sign.isdigit() for sign in final)),
        "wordy": 1 - min(density(text), DENSE) / DENSE,
    }


def _windows(reasoning: str, answer: str) -> tuple[str, str]:
    """Of reasoning and answer, one after the other, what stands in the first `HEAD` and the last `TAIL` characters."""
    whole = len(reasoning) + len(answer)
    if whole <= HEAD + TAIL:
        return reasoning, answer
    edge = whole - TAIL
    return (
        _cut(reasoning, HEAD, edge),
        _cut(answer, HEAD - len(reasoning), edge - len(reasoning)),
    )


def _cut(text: str, head: int, tail: int) -> str:
    """`text` without what stands between two places; either may lie outside it."""
    begin, end = min(max(head, 0), len(text)), min(max(tail, 0), len(text))
    return f"{text[:begin]}\n{text[end:]}" if begin and end < len(text) else text[:begin] + text[end:]
