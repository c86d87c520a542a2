"""Counting a text's doubts: linear in the text, in English and in the text's own language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from guard.doubt.arabic import ARABIC
from guard.doubt.chinese import CHINESE
from guard.doubt.english import ENGLISH
from guard.doubt.french import FRENCH
from guard.doubt.german import GERMAN
from guard.doubt.hindi import HINDI
from guard.doubt.japanese import JAPANESE
from guard.doubt.spanish import SPANISH
from guard.doubt.table import CLASSES, Doubts
from guard.phrases import compiled, script_for

TABLES: Final[Mapping[str, Doubts]] = {
    "en": ENGLISH, "es": SPANISH, "fr": FRENCH, "de": GERMAN,
    "zh": CHINESE, "ja": JAPANESE, "ar": ARABIC, "hi": HINDI,
}  # fmt: skip

PHRASES: Final = ("missing", "ignorance", "request")
"""Fields of `guard.phrases.Phrases` that are counted beside the tables of doubt: what abstentions are told by."""

COUNTED: Final = (*CLASSES, *PHRASES)


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table, script = TABLES[language], script_for(language)
    return (
        *((name, compiled(getattr(table, name), language)) for name in CLASSES),
        *((name, getattr(script, name)) for name in PHRASES),
    )


def distances(told: str, question: str, language: str) -> dict[str, list[int]]:
    """Where each class of doubt is voiced, English and `language` together: characters from there to the end of `told`.

    Both texts are folded already. Words that the question has to the letter are an echo and do not count.
    """
    found: dict[str, list[int]] = {name: [] for name in COUNTED}
    for spoken in dict.fromkeys(("en", language)):
        for name, pattern in _patterns(spoken):
            voiced = (match.start() for match in pattern.finditer(told) if match.group() not in question)
            found[name] += [len(told) - place for place in voiced]
    return found
