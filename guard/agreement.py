"""Agreement among answers: a similarity matrix, and clusters of one meaning.

Pure and quadratic in the number of answers only, which is small. What two answers have in common is a judge's business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from guard.evidence import Answer

Matrix = tuple[tuple[float, ...], ...]

SAME = 0.7
"""Similarity from which two answers count as one meaning."""


class Versioned(Protocol):
    """Has a version, which is part of a calibration's fingerprint."""

    @property
    def version(self) -> str:
        """Which judge, with which weights, models and prompts: another one voids a calibration."""
        ...


class Judge(Versioned, Protocol):
    """Compares two answers to one question."""

    def similarity(self, question: str, a: str, b: str) -> float:
        """How far two final answers mean the same, in [0, 1], higher = more alike; symmetric."""
        ...


def similarities(question: str, answers: Sequence[Answer], judge: Judge) -> Matrix:
    """The symmetric matrix of similarities, entries rounded to six digits so that they survive JSON unchanged.

    An answer that abstains or refuses is alike only to its own kind; a completion that was cut off, or that calls a
    tool, is alike to nothing unless the candidate (the first one) is so itself.
    """
    size = len(answers)
    rows = [[1.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1, size):
            rows[i][j] = rows[j][i] = _pair(question, answers[0], answers[i], answers[j], judge)
    return tuple(tuple(row) for row in rows)


def likenesses(question: str, look: Answer, answers: Sequence[Answer], judge: Judge) -> tuple[float, ...]:
    """Similarities of one further answer to the candidate and the draws, by the same rules."""
    return tuple(_pair(question, answers[0], look, answer, judge) for answer in answers)


def compared(answers: Sequence[Answer], looks: Sequence[Answer] = ()) -> Iterator[tuple[str, str]]:
    """The final answers of every pair that is a judge's business: the candidate (the first one) and the draws among
    themselves, and each look with all of them."""
    for i, answer in enumerate(answers):
        for other in (*answers[i + 1 :], *looks):
            if _ruled(answers[0], answer, other) is None:
                yield answer.final, other.final


def _pair(question: str, candidate: Answer, a: Answer, b: Answer, judge: Judge) -> float:
    ruled = _ruled(candidate, a, b)
    if ruled is not None:
        return ruled
    return round(min(max(judge.similarity(question, a.final, b.final), 0.0), 1.0), 6)


def _ruled(candidate: Answer, a: Answer, b: Answer) -> float | None:
    """The similarity of a pair that no judge has to look at; None for the others."""
    if a.kind != b.kind:
        return 0.0
    if a.kind != "answer":
        return 1.0
    if a.tool_call != b.tool_call or (candidate.complete and not (a.complete and b.complete)):
        return 0.0
    return None


def clusters(matrix: Matrix, same: float = SAME) -> tuple[int, ...]:
    """The number of each answer's cluster; numbers in the order of their first answers.

    Cluster 0 is the first answer with all that mean what it means, so that one answer more or less never moves another
    in or out of it; the rest fall into the connected parts of what is left. Neither depends on the order of the rest.
    """
    numbers = {i: 0 for i in range(len(matrix)) if i == 0 or matrix[0][i] >= same}
    for i in range(len(matrix)):
        reached = [] if i in numbers else [i]
        number = max(numbers.values(), default=-1) + 1
        while reached:
            j = reached.pop()
            numbers[j] = number
            reached += [k for k in range(len(matrix)) if k not in numbers and matrix[j][k] >= same]
    return tuple(numbers[i] for i in range(len(matrix)))
