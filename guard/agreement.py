"""Agreement among answers: a similarity matrix, and clusters of one meaning.

Pure and quadratic in the number of answers only, which is small. What two answers have in common is a judge's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from guard.evidence import Answer

Matrix = tuple[tuple[float, ...], ...]

SAME = 0.7
"""Similarity from which two answers count as one meaning."""


class Judge(Protocol):
    """Compares two answers to one question. `version` is part of a calibration's fingerprint."""

    version: str

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
            rows[i][j] = rows[j][i] = round(_pair(question, answers, i, j, judge), 6)
    return tuple(tuple(row) for row in rows)


def _pair(question: str, answers: Sequence[Answer], i: int, j: int, judge: Judge) -> float:
    first, a, b = answers[0], answers[i], answers[j]
    if a.kind != b.kind:
        return 0.0
    if a.kind != "answer":
        return 1.0
    if a.tool_call != b.tool_call or (first.complete and not (a.complete and b.complete)):
        return 0.0
    return min(max(judge.similarity(question, a.final, b.final), 0.0), 1.0)


def clusters(matrix: Matrix, same: float = SAME) -> tuple[int, ...]:
    """The number of each answer's cluster: greedy, joining the cluster whose mean similarity is highest.

    The first answer is always in cluster 0. Average linkage, so that one bridge does not merge two meanings.
    """
    members: list[list[int]] = []
    for i in range(len(matrix)):
        best, score = -1, same
        for number, group in enumerate(members):
            mean = sum(matrix[i][j] for j in group) / len(group)
            if mean >= score:
                best, score = number, mean
        if best < 0:
            members.append([i])
        else:
            members[best].append(i)
    numbers = {i: number for number, group in enumerate(members) for i in group}
    return tuple(numbers[i] for i in range(len(matrix)))
