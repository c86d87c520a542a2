"""Which of the eight languages of the guard's own words a text is written in."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LANGUAGES: Final = ("en", "es", "fr", "de", "zh", "ja", "ar", "hi")

# Only the beginning is read: a language does not change after a thousand words, and the cost stays flat.
WINDOW: Final = 8_000

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]")
_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_DEVANAGARI = re.compile("[\u0900-\u0963\u0966-\u097f]+")
_WORD = re.compile("[a-z\u00df-\u00f6\u00f8-\u00ff\u0153]+")

_WORDS: Final = {
    "en": (
        "the a of and to in is was are were what which who whom whose when where why how do does did can "
        "could would should will has have had an for on at by with from that this these those it its be been not "
        "many much or if you your my me i we they he she his her their there about into than then"
    ),
    "es": (
        "el la los las un una unos unas de del que y en es son era fue qué cuál cuáles quién quiénes cuándo "
        "dónde cómo cuánto cuántos cuánta cuántas por para con se su sus al lo le no sí más pero como está "
        "están hay ser porque este esta esto hace ha han tiene muy puede sobre entre desde mi tu yo donde "
        "quien cual cuando hola dime"
    ),
    "fr": (
        "le la les un une des du de et en est sont était été que qui quoi quel quelle quels quelles où quand "
        "comment pourquoi combien ce cette ces il elle ils elles on nous vous je tu ne pas plus pour par "
        "avec dans sur moi toi donne dis au aux se sa son ses leur mais ou donc ont qu fait être peut si mon "
        "ma"
    ),
    "de": (
        "der die das den dem des ein eine einen einem einer und ist sind war waren wer wie was wo wann warum "
        "welche welcher welches welchen wieviel viele nicht mit von zu zum zur auf für im in aus bei nach "
        "über es er sie ich wir ihr man hat haben wird werden kann wurde heißt gibt bitte als auch am an "
        "oder durch mir mein gib nenne"
    ),
}
_SETS: Final = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_HINTS: Final = {
    "es": re.compile("[¿¡ñáíóúé]|ción\\b"),
    "fr": re.compile("[çéèêëœîïâùûà]|\\b(?:l|d|qu|n|c|j|s|m)['’](?=[a-zéèêà])|-(?:t-)?(?:il|elle|on|ce|vous|tu|je)\\b"),
    "de": re.compile("[äöüß]|sch|\\b[a-zäöü]{3,20}(?:ung|keit|heit|lich)\\b"),
}
HINT: Final = 0.75
"""The vote of an accent, against 1 for a function word."""


def language_of(text: str) -> str:
    """One of `LANGUAGES`; English where nothing speaks for another.

    The script decides first (kana: Japanese; Han without kana: Chinese; Arabic; Devanagari), if it holds at
    least as many words as the Latin letters do. Among the languages in Latin letters, function words vote,
    with accents and elisions as hints.
    """
    sample = unicodedata.normalize("NFC", text[:WINDOW]).lower()
    words = _WORD.findall(sample)
    kana = len(_KANA.findall(sample))
    foreign = {
        "ja" if kana else "zh": len(_HAN.findall(sample)) + kana,
        "ar": len(_ARABIC.findall(sample)),
        "hi": len(_DEVANAGARI.findall(sample)),
    }
    language = max(foreign, key=lambda name: foreign[name])
    if foreign[language] and foreign[language] >= len(words):
        return language
    return _roman(sample, words)


def _roman(sample: str, words: list[str]) -> str:
    votes = {language: float(sum(word in known for word in words)) for language, known in _SETS.items()}
    for language, hint in _HINTS.items():
        votes[language] += HINT * min(len(hint.findall(sample)), 1 + len(words) // 4)
    return max(votes, key=lambda name: votes[name])
