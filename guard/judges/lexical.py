"""The default judge: no model, no network.

Typed values first, since word overlap is blind exactly where it matters (12 and 13, "is" and "is not"): numbers that
differ and a negation on one side veto agreement. Then the words, with their overlap measured so that a short answer
inside a longer one counts as the same ("Paris", "It is Paris").
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from guard.normalising import normalise, tokens

NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?![\w.]*\d)")
NEGATIONS = frozenset("not no never none neither nor n't cannot isnt wasnt doesnt didnt arent wont".split())
NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
}
FILLERS = frozenset("it is was the a an of in to are were answer this that he she they by".split())
VETO = 0.1
"""Similarity left to two answers whose typed values contradict each other."""


class Lexical:
    """See `guard.agreement.Judge`."""

    version = "lexical/1"

    def similarity(self, question: str, a: str, b: str) -> float:
        """Similarity of two final answers in [0, 1]; empty answers are alike to nothing."""
        left, right = _read(a), _read(b)
        if not left.words or not right.words:
            return 0.0
        if left.words == right.words:
            return 1.0
        if _contradict(left, right):
            return VETO
        return _overlap(left, right)


class _Read:
    """One answer, normalised: its words in order, its numbers, whether it denies."""

    __slots__ = ("content", "negated", "numbers", "text", "words")

    def __init__(self, answer: str) -> None:
        self.words = tuple(NUMBER_WORDS.get(word, word) for word in tokens(answer))
        self.content = frozenset(self.words) - FILLERS or frozenset(self.words)
        self.text = " ".join(self.words)
        self.numbers = frozenset(float(number) for number in NUMBER.findall(normalise(self.text)))
        self.negated = not NEGATIONS.isdisjoint(self.words)


@lru_cache(maxsize=4096)
def _read(answer: str) -> _Read:
    return _Read(answer)


def _contradict(a: _Read, b: _Read) -> bool:
    if a.numbers and b.numbers and not (a.numbers <= b.numbers or b.numbers <= a.numbers):
        return True
    return a.negated != b.negated


def _overlap(a: _Read, b: _Read) -> float:
    shared = len(a.content & b.content)
    containment = shared / min(len(a.content), len(b.content))
    f1 = 2 * shared / (len(a.content) + len(b.content))
    letters = fuzz.ratio(a.text, b.text) / 100
    return max(f1, 0.95 * containment, letters if letters >= 0.85 else 0.0)
