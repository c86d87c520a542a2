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
from guard.normalising import fold
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


def counts(text: str, question: str, language: str) -> dict[str, int]:
    """How often each class of doubt is voiced in `text`: by name, English and `language` together.

    Words that the question has to the letter are an echo and do not count. `question` is folded already.
    """
    told = fold(text)
    found = dict.fromkeys(COUNTED, 0)
    for spoken in dict.fromkeys(("en", language)):
        for name, pattern in _patterns(spoken):
            found[name] += sum(match.group() not in question for match in pattern.finditer(told))
    return found
