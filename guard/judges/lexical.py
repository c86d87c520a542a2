"""The default judge: no model, no network.

Typed values first, since word overlap is blind exactly where it matters (12 and 13, "is" and "is not"): values that
contradict each other veto agreement. What they leave open is settled by what the two texts have in common, weighed by
small boosted trees whose numbers are in `weights.json`.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Prefix

from guard.judges.features import FEATURES, Said, features
from guard.judges.opinion import Opinion
from guard.judges.trees import Trees, shipped
from guard.typed import Verdict, compare_readings, read
from guard.typed.reading import MAX_CHARS, window

__all__ = ["MAX_CHARS", "OPEN", "VETO", "Lexical", "agreed", "graded", "inputs", "said", "vetoed"]

VETO: Final = 0.1
"""Similarity that two answers have at most whose typed values contradict each other."""
VETOED: Final = 0.25
"""Share of that which any such pair has: a wrong number is nearer to the right one than an answer of another kind."""
WORDS: Final = 0.2
"""Weight of the plain overlap of words beside the learned similarity where types leave it open."""
AGREED: Final = 0.9
"""Similarity that two answers have at least whose typed values are the same."""
SPELT_ALIKE: Final = 0.84
"""Likeness of spelling from which it counts: a slip of the pen, not another name."""
SPELT_OTHERWISE: Final = 0.6
"""The same for one word of several, where the others speak for a common name."""
CONTAINED: Final = 0.95
SLIP: Final = 0.9
"""Likeness of spelling that counts like words in common."""
MIN_SPELT: Final = 5
"""Letters that a word needs for a slip of the pen to count as one."""
STEM: Final = 0.6
"""Share of the longer word that a common beginning has from which it is the same word in another form."""
MAX_NAME: Final = 4
OTHER_WORD: Final = 0.45
"""Similarity that answers have at most that differ in one word of a name."""
SAME_FROM: Final = 0.7
"""Similarity that stands for even odds: `guard.agreement.SAME`."""
OPEN: Final = (0.01, 0.8)
"""Learned similarities, the upper one excluded, that leave a pair open for a judge that costs more: see `probes.bands`,
which measures what share of the pairs and of the mistakes lies between them."""
BELOW: Final = 8.0
ABOVE: Final = 0.25
"""Exponents that shape the scale around even odds. Chosen on recorded draws: a mean of similarities tells right answers
from wrong ones best where unlike answers all count next to nothing, and equal texts more than texts that are alike."""


class Lexical:
    """See `guard.agreement.Judge`. At 0.7 the pair is as likely the same as not, on balanced data."""

    version = "lexical/2"

    def __init__(self, trees: Trees | None = None) -> None:
        self._trees = trees

    def similarity(self, question: str, a: str, b: str) -> float:
        """Similarity of two final answers in [0, 1]; empty answers are alike to nothing."""
        return self.compare(question, a, b).similarity

    def compare(self, question: str, a: str, b: str) -> Opinion:
        """The same, and whether the pair is left open: no typed value decides it, and the likeness is middling."""
        left, right = _read(window(a)), _read(window(b))
        if not left.reading.text or not right.reading.text:
            return Opinion(0.0)
        if left.reading.text == right.reading.text:
            return Opinion(1.0)
        verdict, vector = inputs(question, left, right)
        alike = graded(1 / (1 + math.exp(-(self._trees or shipped()).log_odds(vector))))
        if verdict is not None:
            return Opinion(vetoed(alike) if verdict == "different" else agreed(alike))
        learned = min(alike, OTHER_WORD) if _other_words(left, right) else alike
        similarity = (1 - WORDS) * learned + WORDS * overlap(left, right, vector)
        return Opinion(similarity, open=OPEN[0] <= similarity < OPEN[1])


def agreed(alike: float) -> float:
    """The similarity of a pair that was decided to mean the same, by how alike it looks."""
    return AGREED + (1 - AGREED) * alike


def vetoed(alike: float) -> float:
    """The similarity of a pair that was decided to differ."""
    return VETO * (VETOED + (1 - VETOED) * alike)


def inputs(question: str, a: Said, b: Said) -> tuple[Verdict | None, list[float]]:
    """The typed verdict on a pair, and its features."""
    known = read(window(question))
    verdict = compare_readings(a.reading, b.reading, known)
    return verdict, features(a, b, question, known, verdict)


def said(answer: str) -> Said:
    """An answer, read for comparing."""
    return _read(window(answer))


def overlap(a: Said, b: Said, vector: list[float]) -> float:
    """Plain overlap of what the question does not have: F1 of the words, or nearly 1 where one answer holds the other's
    words, or values, or is nearly spelt like it. None between formulae, of which each sign counts."""
    if _formulae(a, b):
        return 0.0
    told = dict(zip(FEATURES, vector, strict=True))
    words = max(told["f1_new"], CONTAINED * told["containment_new"])
    if words < 0:
        words = max(told["f1"], CONTAINED * told["containment"])
    held = CONTAINED * told["values_hit"] if told["core_short"] else 0.0
    spelt = told["ratio"] if _spelt_words(a, b, told["ratio"]) else 0.0
    return max(words, held, spelt)


def _formulae(a: Said, b: Said) -> bool:
    signs = (a.reading.symbols ^ b.reading.symbols) - {"="}
    return bool(signs) or "\\" in a.raw or "\\" in b.raw


def _spelt_words(a: Said, b: Said, ratio: float) -> bool:
    """A slip of the pen in words that are long enough for one, or a plural: one letter more makes "cat" no "cart"."""
    one, two = sorted((a.joined, b.joined), key=len)
    return two in (one + "s", one + "es") or (ratio >= SLIP and len(one) >= MIN_SPELT)


def _other_words(a: Said, b: Said) -> bool:
    """Answers of few words that differ in one, and not by a slip of the pen: another name. In Chinese and Japanese any
    other character makes another word."""
    one, two = a.content, b.content
    if len(one) != len(two) or len(one) > MAX_NAME:
        return False
    if not a.joined.isascii() and max(map(len, one + two)) == 1:
        return one != two
    differing = [(left, right) for left, right in zip(one, two, strict=True) if left != right]
    if len(differing) != 1:
        return False
    left, right = differing[0]
    spelt = SPELT_ALIKE if len(one) == 1 else SPELT_OTHERWISE
    stem = Prefix.similarity(left, right)
    return stem < STEM * max(len(left), len(right)) and fuzz.ratio(left, right) < 100 * spelt


def graded(probability: float) -> float:
    """A probability of "the same" on the scale of similarities: rising, even odds at `SAME_FROM`, ends kept."""
    moved = SAME_FROM * probability / (SAME_FROM * probability + (1 - SAME_FROM) * (1 - probability))
    if moved < SAME_FROM:
        return float(SAME_FROM * (moved / SAME_FROM) ** BELOW)
    return float(1 - (1 - SAME_FROM) * ((1 - moved) / (1 - SAME_FROM)) ** ABOVE)


@lru_cache(maxsize=1024)
def _read(answer: str) -> Said:
    return Said(answer)
