"""What a pair of answers has in common, in numbers: the inputs of the learned judge.

All are symmetric in the two answers: "short" is the one with fewer words that tell something, "long" the other. Words
of the question tell nothing, since both answers may repeat them; "new" words are those that it does not have. A feature
that is not defined is -1.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from guard.normalising import visible_characters
from guard.typed import Reading, Verdict, read
from guard.typed.agreeing import agree
from guard.typed.comparing import is_core, values_against
from guard.typed.reading import window
from guard.typed.words import DEMONYMS

FEATURES: Final = tuple(
    "same different containment f1 containment_new f1_new letters_new soft_mean soft_min soft_max soft_first soft_last "
    "partial ratio token_set phrase concatenated words_short words_long new_short new_long words_ratio short_asked "
    "asked_long place starts values_short values_long values_hit values_open core_short core_long valued gap "
    "negation_differs negated_long hedges rivals_short rivals_long capitals_short items_short items_long semicolons "
    "explained explained_hit mean_letters brackets who when where how_many how_old how_tall what which".split()
)
"""Names of the features, in the order of the vector."""

UNDEFINED: Final = -1.0
MAX_SHORT: Final = 12
MAX_LONG: Final = 80
_CAPITALISED: Final = re.compile(r"[A-Z][^\W\d_]+")
_HEDGES: Final = frozenset(
    "unknown unclear cannot unable unsure uncertain sorry however information access provided determine specify known "
    "available".split()
)
_ASKED: Final = ("who", "when", "where", "how many", "how old", "how tall", "what", "which")
_EXPLANATION: Final = " explanation:"


class Said:
    """One answer, read once: its typed reading, the words that tell something, its capitalised words."""

    __slots__ = ("capitals", "content", "explanation", "joined", "raw", "reading", "words")

    def __init__(self, answer: str) -> None:
        self.raw = answer = window(visible_characters(answer))
        self.reading: Reading = read(answer)
        self.content = self.reading.content or self.reading.words
        self.words = frozenset(self.content)
        self.joined = " ".join(self.reading.words)
        self.capitals = frozenset(word.lower() for word in _CAPITALISED.findall(answer))
        explained = answer.partition(_EXPLANATION)[2]
        self.explanation = read(explained).vocabulary if explained else frozenset()

    @property
    def order(self) -> tuple[int, int, str]:
        """Which of two answers is the short one; total, so that the pair has no order."""
        return len(self.content), len(self.reading.text), self.reading.text


@lru_cache(maxsize=256)
def asked(question: str) -> tuple[float, ...]:
    """What kind of question it is."""
    lowered = visible_characters(question).lower()
    return tuple(float(kind in lowered) for kind in _ASKED)


def features(a: Said, b: Said, question: str, known: Reading, verdict: Verdict | None) -> list[float]:
    """The vector for one pair, in the order of `FEATURES`. Linear in the length of the answers."""
    short, long = (a, b) if a.order <= b.order else (b, a)
    new_short = [word for word in short.content if word not in known.vocabulary]
    new_long = [word for word in long.content if word not in known.vocabulary]
    return [
        float(verdict == "same"),
        float(verdict == "different"),
        *_overlap(short.words, long.words, frozenset(new_short), frozenset(new_long)),
        *_spelling(short, long, new_short, new_long),
        *_sizes(short, long, new_short, new_long, known),
        *_values(short.reading, long.reading, known),
        *_manner(short, long, frozenset(new_short), known),
        *asked(question),
    ]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else UNDEFINED


def _overlap(short: frozenset[str], long: frozenset[str], new: frozenset[str], others: frozenset[str]) -> list[float]:
    shared, fresh = len(short & long), new & others
    return [
        _share(shared, len(short)),
        _share(2 * shared, len(short) + len(long)),
        _share(len(fresh), len(new)),
        _share(2 * len(fresh), len(new) + len(others)) if new and others else UNDEFINED,
        _share(sum(map(len, fresh)), sum(map(len, new))),
    ]


def _spelling(short: Said, long: Said, new_short: list[str], new_long: list[str]) -> list[float]:
    """Likeness of letters: the best partner of every word of the short one, then whole texts."""
    words = (new_short or list(short.content))[:MAX_SHORT]
    others = (new_long or list(long.content))[:MAX_LONG]
    best = [_best(word, others, long.reading.vocabulary) for word in words] or [UNDEFINED]
    text, rest = " ".join(words), " ".join(others)
    return [
        sum(best) / len(best),
        min(best),
        max(best),
        best[0],
        best[-1],
        fuzz.partial_ratio(text, long.joined[:MAX_CHARS]) / 100 if text and long.joined else UNDEFINED,
        fuzz.ratio(" ".join(new_short[:MAX_LONG]), " ".join(new_long[:MAX_LONG])) / 100
        if new_short and new_long
        else UNDEFINED,
        fuzz.token_set_ratio(text, rest) / 100 if text and rest else UNDEFINED,
        float(bool(short.joined) and f" {short.joined} " in f" {long.joined} "),
        float(len(short.joined) > 3 and short.joined.replace(" ", "") in long.joined.replace(" ", "")),
    ]


MAX_CHARS: Final = 600
"""So much of a text is searched letter by letter."""
CUTOFF: Final = 0.7


def _best(word: str, others: list[str], vocabulary: frozenset[str]) -> float:
    if word in vocabulary:
        return 1.0
    found = process.extractOne(word, others, scorer=JaroWinkler.similarity, score_cutoff=CUTOFF) if others else None
    country = DEMONYMS.get(word)
    if country and country.split()[0] in vocabulary:
        return 0.95
    return float(found[1]) if found else 0.0


def _sizes(short: Said, long: Said, new_short: list[str], new_long: list[str], known: Reading) -> list[float]:
    few, many = len(short.content), len(long.content)
    new = frozenset(new_short)
    first = next((place for place, word in enumerate(long.content) if word in new), None)
    return [
        few,
        min(many, 60),
        len(new_short),
        min(len(new_long), 60),
        few / max(many, 1),
        len(short.words & known.vocabulary) / max(len(short.words), 1),
        len(long.words & known.vocabulary) / max(len(known.vocabulary), 1),
        UNDEFINED if first is None else first / many,
        float(new_long[0] in new) if new_long else UNDEFINED,
    ]


def _values(short: Reading, long: Reading, known: Reading) -> list[float]:
    """Numbers, dates and times: how many, how many of the short one's the long one has, the smallest gap."""
    few, many = values_against(short, long)[:8], values_against(long, short)[:12]
    agreed = [[agree(one, two) for two in many] for one in few]
    hits = sum(any(row) for row in agreed)
    left = sum(not any(row) and None in row for row in agreed)
    return [
        len(few),
        len(many),
        _share(hits, len(few)),
        left,
        float(bool(few) and is_core(short, known)),
        float(bool(many) and is_core(long, known)),
        short.valued + 2 * long.valued,
        _gap(short, long),
    ]


WIDEST: Final = 5.0


def _gap(short: Reading, long: Reading) -> float:
    """The smallest relative difference of two comparable numbers, `WIDEST` where there are none."""
    gaps = [
        abs(one.value - two.value) / (max(abs(one.value), abs(two.value)) or 1.0)
        for one in short.quantities[:4]
        for two in long.quantities[:6]
        if (one.dimension == two.dimension or not one.dimension or not two.dimension) and two.value < 1e300
    ]
    return min(min(gaps, default=WIDEST), WIDEST)


def _manner(short: Said, long: Said, new: frozenset[str], known: Reading) -> list[float]:
    explained = short.explanation | long.explanation
    left, right = short.reading.vocabulary, long.reading.vocabulary
    return [
        float(short.reading.negated != long.reading.negated),
        float(long.reading.negated),
        len(_HEDGES & left) + len(_HEDGES & right),
        len(short.capitals - known.vocabulary - right),
        min(len(long.capitals - known.vocabulary - left), 12),
        len(short.capitals) / max(len(short.content), 1),
        len(short.reading.items),
        len(long.reading.items),
        (";" in short.raw) + (";" in long.raw),
        (_EXPLANATION in short.raw) + 2 * (_EXPLANATION in long.raw),
        _share(len(explained & new), len(new)) if explained else UNDEFINED,
        sum(map(len, short.content[:MAX_SHORT])) / max(len(short.content[:MAX_SHORT]), 1),
        ("(" in short.raw) + ("(" in long.raw),
    ]
