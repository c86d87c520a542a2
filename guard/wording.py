"""What the guard says instead of an answer: "I don't know", why, and what would help, in eight languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from guard.languages import LANGUAGES
from guard.normalising import visible_characters
from guard.words import ARABIC, CHINESE, ENGLISH, FRENCH, GERMAN, HINDI, JAPANESE, SPANISH, Words

__all__ = ["LANGUAGES", "REASONS", "abstention_text"]

REASONS: Final = (
    "low_agreement", "low_confidence", "unanswerable", "false_premise", "ambiguous", "stale", "ungrounded",
    "insufficient_samples", "scorer_failed", "no_diversity", "uncertified", "deadline",
)  # fmt: skip
"""The reasons for which the guard itself withholds an answer (a subset of the wire's reasons)."""

MISHAPS: Final = frozenset({"insufficient_samples", "scorer_failed", "no_diversity", "deadline"})
NAMED_ITEMS: Final = 3
ITEM_LENGTH: Final = 120

_WORDS: Final[dict[str, Words]] = {
    "en": ENGLISH, "es": SPANISH, "fr": FRENCH, "de": GERMAN, "zh": CHINESE, "ja": JAPANESE, "ar": ARABIC,
    "hi": HINDI,
}  # fmt: skip


def abstention_text(reason: str, language: str, *, chance: float | None = None, missing: Sequence[str] = ()) -> str:
    """At most three sentences: "I don't know", the reason, and what would help.

    `chance` in [0, 1] is the calibrated share of answers like the withheld one that were right; give it only
    where it is certified. `missing` names what an unanswerable question lacks, what a false premise claims,
    or the readings of an ambiguous question; other reasons ignore it, and at most three items are named.
    The withheld answer is not among the arguments, so it cannot be told. Raises `ValueError` for an unknown
    reason or language and for a chance outside [0, 1].
    """
    if reason not in REASONS:
        raise ValueError(f"unknown reason {reason!r}; known: {', '.join(REASONS)}")
    if language not in _WORDS:
        raise ValueError(f"unknown language {language!r}; known: {', '.join(LANGUAGES)}")
    words = _WORDS[language]
    explanation = _reason(words, reason, missing) + _chance(words, language, chance) + words.stop
    space = "" if words.stop == "。" else " "
    return space.join((words.opening, explanation, _advice(words, reason)))


def _reason(words: Words, reason: str, missing: Sequence[str]) -> str:
    items = [item for raw in missing if (item := _item(raw))][:NAMED_ITEMS]
    if not items or reason not in words.named:
        return words.reasons[reason]
    return words.named[reason].replace("{missing}", words.separator.join(items))


def _item(raw: str) -> str:
    """One named item on one line, cut at a word, without a full stop of its own."""
    item = " ".join(visible_characters(raw[: 4 * ITEM_LENGTH]).split()).strip(" .;。；؛।")
    if len(item) <= ITEM_LENGTH:
        return item
    return item[:ITEM_LENGTH].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def _chance(words: Words, language: str, chance: float | None) -> str:
    if chance is None:
        return ""
    if not 0.0 <= chance <= 1.0:
        raise ValueError(f"a chance lies in [0, 1], not {chance!r}")
    tenths = round(10 * chance)
    if tenths == 0:
        return words.never
    if tenths == 10:
        return words.always
    return words.chance.replace("{times}", _times(language, tenths))


def _times(language: str, tenths: int) -> str:
    """The counted "times", where the language counts them with a word of its own."""
    counted = {"en": ("time", "times"), "es": ("vez", "veces"), "fr": ("fois", "fois")}
    one, many = counted.get(language, ("", ""))
    return f"{tenths} {one if tenths == 1 else many}".rstrip()


def _advice(words: Words, reason: str) -> str:
    return words.advice.get(reason) or words.advice["retry" if reason in MISHAPS else "source"]
