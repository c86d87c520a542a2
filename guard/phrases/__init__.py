"""The phrase tables of all languages, compiled per script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from guard.normalising import fold
from guard.phrases.arabic import ARABIC
from guard.phrases.chinese import CHINESE
from guard.phrases.english import ENGLISH
from guard.phrases.french import FRENCH
from guard.phrases.german import GERMAN
from guard.phrases.hindi import HINDI
from guard.phrases.japanese import JAPANESE
from guard.phrases.spanish import SPANISH
from guard.phrases.table import Phrases

__all__ = ["BARE", "ROMAN", "TABLES", "Phrases", "Script", "compiled", "script_for", "script_of"]


@dataclass(frozen=True)
class Script:
    """The compiled phrases of the languages that share a script."""

    refusal: re.Pattern[str]
    incapable: re.Pattern[str]
    private: re.Pattern[str]
    missing: re.Pattern[str]
    ignorance: re.Pattern[str]
    vague: re.Pattern[str]
    request: re.Pattern[str]
    condition: re.Pattern[str]
    commitment: re.Pattern[str]
    conclusion: re.Pattern[str]
    pivot: re.Pattern[str]
    offer: re.Pattern[str]


@dataclass(frozen=True)
class _Writing:
    """How words are told apart in a script: what stands before and behind a phrase, what fills a gap."""

    before: str
    behind: str
    gap: str

    def compiled(self, phrases: tuple[str, ...], whole: bool) -> re.Pattern[str]:
        body = "|".join(fold(phrase).replace(" .. ", self.gap) for phrase in phrases)
        return re.compile(f"{self.before}(?:{body}){self.behind if whole else ''}")


_LATIN: Final = _Writing(r"(?<!\w)", r"(?!\w)", r"\b.{0,80}?\b")
_HAN: Final = _Writing("", "", ".{0,40}?")
# Conjunctions are written onto an Arabic word, endings onto words of both scripts.
_ARABIC: Final = _Writing('(?<![^\\s،,؛:"(*])[وف]?', "(?!\\w)", ".{0,60}?")
_DEVANAGARI: Final = _Writing('(?<![^\\s,;:"(*])', "(?![\\w\u0900-\u097f])", ".{0,60}?")


ROMAN: Final = ("en", "es", "fr", "de")
TABLES: Final = {
    "en": ENGLISH, "es": SPANISH, "fr": FRENCH, "de": GERMAN,
    "zh": CHINESE, "ja": JAPANESE, "ar": ARABIC, "hi": HINDI,
}  # fmt: skip
_FOREIGN: Final = (
    (re.compile("[\u3040-\u30ff\u3400-\u9fff]"), _HAN, ("zh", "ja")),
    (re.compile("[\u0600-\u06ff]"), _ARABIC, ("ar",)),
    (re.compile("[\u0900-\u097f]"), _DEVANAGARI, ("hi",)),
)

_WRITTEN: Final = {language: (writing, names) for _, writing, names in _FOREIGN for language in names}

BARE: Final = tuple(phrase for table in TABLES.values() for phrase in table.bare)
"""What abstains as the whole of an answer, in all languages."""


def script_of(sentence: str, roman: tuple[str, ...] = ROMAN) -> Script:
    """The phrases to look up in `sentence`: by the first foreign script found in it, else of the languages
    `roman`. Compiled when first asked for."""
    for characters, writing, languages in _FOREIGN:
        if characters.search(sentence):
            return _script(writing, languages)
    return _script(_LATIN, roman)


def script_for(language: str) -> Script:
    """The phrases of one of `guard.languages.LANGUAGES`, with those of the language that shares its script."""
    return _script(_LATIN, (language,)) if language in ROMAN else _script(*_WRITTEN[language])


def compiled(phrases: tuple[str, ...], language: str) -> re.Pattern[str]:
    """One pattern for phrases of a language, whole words where its script has any, for folded text."""
    writing = _LATIN if language in ROMAN else _WRITTEN[language][0]
    return writing.compiled(phrases, whole=writing is _LATIN)


@cache
def _script(writing: _Writing, languages: tuple[str, ...]) -> Script:
    def compiled(field: str, whole: bool = writing is _LATIN) -> re.Pattern[str]:
        tables = (TABLES[language] for language in languages)
        return writing.compiled(tuple(phrase for table in tables for phrase in getattr(table, field)), whole)

    return Script(
        refusal=compiled("refusal"),
        incapable=compiled("incapable"),
        private=compiled("private"),
        missing=compiled("missing"),
        ignorance=compiled("ignorance"),
        vague=compiled("vague"),
        request=compiled("request"),
        condition=compiled("condition"),
        commitment=compiled("commitment"),
        conclusion=compiled("conclusion", whole=True),
        pivot=compiled("pivot", whole=True),
        offer=compiled("offer"),
    )
