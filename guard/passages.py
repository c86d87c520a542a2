"""The places of a long text that speak of some words: found by searching, so that a megabyte costs milliseconds.

Nothing is read word by word here. A reader that is dear in time (`guard.typed`) then sees a few sentences only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

MAX_TEXT: Final = 1_000_000
"""So much is searched; of a longer text the beginning and the end."""
MAX_TERMS: Final = 24
MAX_HITS: Final = 24
"""Occurrences of one term that are looked at: a word that comes more often leads nowhere."""
MAX_SENTENCE: Final = 300
"""Characters to each side of an occurrence in which its sentence ends, or is cut."""

_END: Final = re.compile(r"[.!?](?=\s|$)|[。！？।؟\n]")


def shortened(text: str) -> str:
    """So much of a text as is searched."""
    half = MAX_TEXT // 2
    return text if len(text) <= MAX_TEXT else f"{text[:half]}\n{text[-half:]}"


def passages(text: str, terms: Mapping[str, int], most: int) -> tuple[str, ...]:
    """The sentences of a text in lower case with the greatest sum of terms, best first; the earlier of equals.

    At most `most` of them, and none where no term occurs. `terms` are folded words, the first `MAX_TERMS` of them, with
    what each counts. Linear in the text's length.
    """
    found: Counter[tuple[int, int]] = Counter()
    for term, weight in islice(terms.items(), MAX_TERMS):
        for sentence in {_sentence(text, place) for place in _places(text, term)}:
            found[sentence] += weight
    best = sorted(found, key=lambda span: (-found[span], span))
    return tuple(text[begin:end].strip() for begin, end in best[:most])


def _places(text: str, term: str) -> Iterator[int]:
    """Where the term begins a word, the first `MAX_HITS` times; inside a word too, where words are not spaced."""
    place = -1
    for _ in range(MAX_HITS * 4 if term else 0):
        place = text.find(term, place + 1)
        if place < 0:
            return
        if place == 0 or not text[place - 1].isalnum() or not term.isascii():
            yield place


def _sentence(text: str, place: int) -> tuple[int, int]:
    """Begin and end of the sentence around a place."""
    low, high = max(place - MAX_SENTENCE, 0), min(place + MAX_SENTENCE, len(text))
    before = [match.end() for match in _END.finditer(text, low, place)]
    after = _END.search(text, place, high)
    return before[-1] if before else low, after.end() if after else high
