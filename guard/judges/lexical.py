"""The default judge: no model, no network.

Typed values first, since word overlap is blind exactly where it matters (12 and 13, "is" and "is not"): numbers that
differ and a negation on one side veto agreement. Then the words that the question does not have already, with their
overlap measured so that a short answer inside a longer one counts as the same ("Paris", "The capital is Paris").
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from guard.normalising import normalise, tokens

NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?![\w.]*\d)")
NEGATIONS = frozenset(
    "not no never none neither nor n't cannot cant isnt arent wasnt werent doesnt dont didnt wont hasnt havent hadnt "
    "couldnt wouldnt shouldnt".split()
)
NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
}
FILLERS = frozenset("it is was the a an of in to are were answer this that he she they by".split())
SPELT_ALIKE = 0.85
"""Likeness of spelling from which it counts: a slip of the pen, not another name."""
MAX_CHARS = 6000
"""So much of an answer is read, so that neither the time nor the memory of a comparison grows with a runaway draw."""
VETO = 0.1
"""Similarity left to two answers whose typed values contradict each other."""


class Lexical:
    """See `guard.agreement.Judge`."""

    version = "lexical/1"

    def similarity(self, question: str, a: str, b: str) -> float:
        """Similarity of two final answers in [0, 1]; empty answers are alike to nothing."""
        left, right = _read(_window(a)), _read(_window(b))
        if not left.words or not right.words:
            return 0.0
        if left.words == right.words:
            return 1.0
        if _contradict(left, right):
            return VETO
        known = _words_of(_window(question))
        a_words, b_words = left.beyond(known), right.beyond(known)
        if not a_words or not b_words or _choose(left, right, known):
            a_words, b_words = left.content, right.content
        return _overlap(a_words, b_words)


class _Read:
    """One answer, normalised: its words in order, its numbers, whether it denies."""

    __slots__ = ("content", "negated", "numbers", "words")

    def __init__(self, answer: str) -> None:
        self.words = tuple(NUMBER_WORDS.get(word, word) for word in tokens(answer))
        self.content = tuple(word for word in self.words if word not in FILLERS) or self.words
        self.numbers = frozenset(float(number) for number in NUMBER.findall(normalise(" ".join(self.words))))
        self.negated = not NEGATIONS.isdisjoint(self.words)

    def beyond(self, known: frozenset[str]) -> tuple[str, ...]:
        """The words that carry the answer: those that the question does not have."""
        return tuple(word for word in self.content if word not in known)


def _window(text: str) -> str:
    """The beginning and the end of a long text: every answer that is judged at all is read whole."""
    return text if len(text) <= MAX_CHARS else f"{text[: MAX_CHARS // 2]} {text[-MAX_CHARS // 2 :]}"


@lru_cache(maxsize=1024)
def _read(answer: str) -> _Read:
    return _Read(answer)


def _contradict(a: _Read, b: _Read) -> bool:
    if a.numbers and b.numbers and not (a.numbers <= b.numbers or b.numbers <= a.numbers):
        return True
    return a.negated != b.negated


def _choose(a: _Read, b: _Read, known: frozenset[str]) -> bool:
    """Does each pick something else of what the question names ("Was A or B born first?")?"""
    left, right = known.intersection(a.content), known.intersection(b.content)
    return not (left <= right or right <= left)


@lru_cache(maxsize=512)
def _words_of(question: str) -> frozenset[str]:
    return frozenset(tokens(question))


def _overlap(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """The best of F1, containment of the shorter, and likeness of spelling where it is near."""
    left, right = frozenset(a), frozenset(b)
    shared = len(left & right)
    containment = shared / min(len(left), len(right))
    f1 = 2 * shared / (len(left) + len(right))
    letters = fuzz.ratio(" ".join(a), " ".join(b)) / 100
    return max(f1, 0.95 * containment, letters if letters >= SPELT_ALIKE else 0.0)
