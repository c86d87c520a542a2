"""Support of the answer by the context that the request supplies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from guard.evidence import Evidence
from guard.passages import passages, shortened
from guard.supplied import material
from guard.typed import Reading, read
from guard.typed.agreeing import Value, agree
from guard.typed.comparing import values_against
from guard.typed.words import NO, YES

VALUE_WEIGHT: Final = 3
"""A number or a date counts like so many words: it is what an answer is wrong in."""
ANSWER_WEIGHT: Final = 4
"""In the search for passages a word of the answer counts like so many of the question's."""
PASSAGES: Final = 4
MISMATCH: Final = 0.5
"""What is left where the passage denies what the answer affirms, or the other way round."""
STEM: Final = 0.6
"""Share of the longer word that a common beginning has from which it is the same word in another form."""
STEM_LETTERS: Final = 4

_ASKING: Final = frozenset(
    "what which who whom whose when where why how did does do many much long old name type kind year".split()
)


def grounding(evidence: Evidence) -> float | None:
    """How far the context bears the answer out, in [0, 1]; None without a context, and for an answer without new words.

    Words and typed values, no entailment: it tells an answer that has no place in the context, not which of two places
    is the right one (figures in docs/reference/signals.md).
    """
    candidate = evidence.candidate
    if not evidence.context or candidate.kind != "answer":
        return None
    return support(evidence.context, evidence.question, candidate.final)


@lru_cache(maxsize=8)
def support(context: str, question: str, answer: str) -> float | None:
    """See `grounding`: share of what the answer asserts that a passage has, less where that passage is about another
    question, half where one denies and the other does not.

    The passage is the one of the best few that has most of both. Linear in the context, of which at most
    `guard.passages.MAX_TEXT` characters are searched.
    """
    said, known = read(answer), read(question)
    asserted = [word for word in dict.fromkeys(said.content) if word not in known.vocabulary and word not in YES | NO]
    values = _new_values(said, said, known)
    supplied = material(shortened(context)) if asserted or values else ""
    if not supplied:
        return None
    asked = [word for word in dict.fromkeys(known.content) if word not in _ASKING]
    wanted = dict.fromkeys([*asserted, *_numerals(answer)], ANSWER_WEIGHT) | dict.fromkeys(asked, 1)
    found = [read(passage) for passage in passages(supplied.casefold(), wanted, PASSAGES)]
    return max((_borne_out(passage, said, known, asserted, asked) for passage in found), default=0.0)


def _borne_out(passage: Reading, said: Reading, known: Reading, asserted: Sequence[str], asked: Sequence[str]) -> float:
    """Support by one passage, in [0, 1]."""
    values = _new_values(said, passage, known)
    told = values_against(passage, said)
    borne = sum(any(agree(value, other) for other in told) for value in values)
    whole = len(asserted) + VALUE_WEIGHT * len(values)
    share = (_shared(asserted, passage) + VALUE_WEIGHT * borne) / whole if whole else 0.0
    relevance = _shared(asked, passage) / len(asked) if asked else 1.0
    denial = MISMATCH if passage.negated != (said.negated or known.negated) else 1.0
    return share * (1 + relevance) / 2 * denial


def _new_values(said: Reading, other: Reading, known: Reading) -> list[Value]:
    """The answer's values, as they compare with another text, without those that the question has."""
    asked = values_against(known, said)
    return [value for value in values_against(said, other) if not any(agree(value, given) for given in asked)]


def _shared(words: Iterable[str], passage: Reading) -> int:
    return sum(word in passage.vocabulary or any(_kin(word, other) for other in passage.vocabulary) for word in words)


def _kin(word: str, other: str) -> bool:
    """The same word in another form: a long common beginning."""
    least = max(STEM_LETTERS, int(STEM * max(len(word), len(other)) + 0.999))
    return word[:least] == other[:least] and len(word) >= least


def _numerals(answer: str) -> list[str]:
    """The numbers of an answer as they are written, to search for."""
    return [piece.strip(".,;:!?$%()") for piece in answer.split() if any(letter.isdigit() for letter in piece)]
