"""One answer, read: its values, whether it affirms or denies, and the words that are left."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from guard.normalising import visible_characters
from guard.typed.dates import Date, When, dates_in
from guard.typed.folding import folded, plain_letters
from guard.typed.listing import items_of
from guard.typed.numbers import regnal
from guard.typed.polarity import polarity_of
from guard.typed.quantities import Quantity, Scanner
from guard.typed.tables import APPROXIMATE, FOREIGN_NUMBERS, LESS, MONTH_NAMES, MORE, WEEKDAYS
from guard.typed.tokens import TOKEN
from guard.typed.words import AFFIRMED, CONTRACTED, FILLERS, NEGATED_ENDINGS, NEGATIONS, PHRASES

MAX_CHARS: Final = 6000
"""So much of an answer is read, so that neither the time nor the memory of a comparison grows with a runaway draw."""
SHORT: Final = 25
"""Words up to which a text is one statement, so that a number in it is the answer's."""

_CHOICE: Final = re.compile(
    r"(?:(?:option|choice|answer)\s*:?\s*)?(?:\((?P<bracketed>[A-Ja-j])\)|(?P<closed>[A-J])[).:](?=\s|$)|(?P<bare>[A-J])\.?$)",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"\bno\.? ?(?=\d)|\bnot only\b|\bnobody else\b")


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer says. `words` are all in order, `content` those that tell something beside the values."""

    text: str
    words: tuple[str, ...]
    content: tuple[str, ...]
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[When, ...] = ()
    times: tuple[int, ...] = ()
    numerals: tuple[int, ...] = ()
    polarity: str = ""
    negated: bool = False
    choice: str = ""
    items: tuple[str, ...] = ()
    symbols: frozenset[str] = frozenset()
    code: str = ""

    vocabulary: frozenset[str] = frozenset()
    claim: tuple[str, ...] = ()
    """The words behind a leading yes or no."""

    @property
    def valued(self) -> bool:
        """Is there a number, date or time?"""
        return bool(self.quantities or self.dates or self.times)


@lru_cache(maxsize=1024)
def read(answer: str) -> Reading:
    """Read one answer. Total, pure, linear in its length up to `MAX_CHARS`; the middle of a longer one is skipped."""
    raw = window(visible_characters(answer)).strip()
    text = folded(raw)
    if not text:
        return Reading("", (), ())
    said = text.partition(" explanation:")[0]
    text = said or text
    polarity, start = polarity_of(text)
    dates, times, rest = dates_in(text)
    scanner = Scanner(TOKEN.findall(rest))
    words = _canonical([word for word in scanner.words if word[0].isalpha() or not word.isascii()])
    quantities = tuple(scanner.quantities)
    if len(words) == 1 and not (quantities or dates or times) and words[0] in _FOREIGN:
        quantities, words = (Quantity(_FOREIGN[words[0]], _FOREIGN[words[0]]),), ()
    return Reading(
        text=text,
        words=words,
        content=_content(words),
        quantities=quantities,
        dates=dates,
        times=times,
        numerals=regnal(raw) if len(raw) < 400 and _CAPITALS.search(raw) else (),
        polarity=polarity,
        negated=_negated(text, words),
        choice=_choice(raw),
        items=items_of(text),
        symbols=frozenset(_SYMBOL.findall(text)),
        code=_code(raw if raw.isascii() else unicodedata.normalize("NFKC", raw[:40])),
        vocabulary=frozenset(words),
        claim=_claim(text, start, words) if polarity else words,
    )


_FOREIGN: Final = {plain_letters(word): value for word, value in FOREIGN_NUMBERS.items()}
_CAPITALS: Final = re.compile(r"\b[IVXLCDM]+\b")
_CODE: Final = re.compile(r"(?=\D*\d)[A-Za-z][A-Za-z0-9.-]*")
_SYMBOL: Final = re.compile(r"[+#<>≤≥≠√^*=]")


def window(text: str) -> str:
    """The beginning and the end of a long text: every answer that is judged at all is read whole."""
    return text if len(text) <= MAX_CHARS else f"{text[: MAX_CHARS // 2]} {text[-MAX_CHARS // 2 :]}"


def _canonical(words: list[str]) -> tuple[str, ...]:
    """Words without apostrophes, other forms of a name replaced by the one that is compared."""
    if _CHANGING.isdisjoint(words) and "'" not in " ".join(words):
        return tuple(words)
    plain: list[str] = []
    for word in words:
        if word in CONTRACTED or word.endswith("n't"):
            plain += CONTRACTED.get(word) or (word.removesuffix("n't"), "not")
        else:
            plain.append((word.removesuffix("'s").replace("'", "") or word) if "'" in word else word)
    plain = _calendar(plain)
    found: list[str] = []
    place = 0
    while place < len(plain):
        for length in _LENGTHS.get(plain[place], ()):
            phrase = tuple(plain[place : place + length])
            if phrase in PHRASES:
                found += PHRASES[phrase]
                place += length
                break
        else:
            found.append(plain[place])
            place += 1
    return tuple(found)


def _calendar(words: list[str]) -> list[str]:
    """Days and months in full; "sun" is one only beside another day."""
    days = sum(word in WEEKDAYS or word in _DAYS for word in words)
    return [
        _MONTHS_SHORT.get(word, word) if word not in WEEKDAYS else WEEKDAYS[word] if days > 1 or word != "sun" else word
        for word in words
    ]


_DAYS: Final = frozenset(WEEKDAYS.values())
_MONTHS_SHORT: Final = {name[:3]: name for name in MONTH_NAMES if len(name) > 3} | {"sept": "september"}


def _phrase_lengths() -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for phrase in PHRASES:
        lengths.setdefault(phrase[0], set()).add(len(phrase))
    return {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}


_LENGTHS: Final = _phrase_lengths()
_CHANGING: Final = frozenset((*_LENGTHS, *CONTRACTED, *WEEKDAYS, *_MONTHS_SHORT))
_MARKS: Final = FILLERS | APPROXIMATE | MORE | LESS | {"than", "between", "up", "through"}


def _content(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _MARKS)


def _claim(text: str, start: int, words: tuple[str, ...]) -> tuple[str, ...]:
    lead = _canonical([word for word in TOKEN.findall(text[:start]) if word[0].isalpha() or not word.isascii()])
    return words[len(lead) :]


def _negated(text: str, words: tuple[str, ...]) -> bool:
    if "no" in text and _NUMBERED.search(text):
        return not NEGATIONS.isdisjoint(_NUMBERED.sub(" ", text).split())
    plain = _affirmed(text)
    if plain is not text:
        return _negated(plain, tuple(TOKEN.findall(plain)))
    if "n't" in text or not NEGATIONS.isdisjoint(words):
        return True
    if "n'" in text and _ELIDED.search(text):
        return True
    return not text.isascii() and any(ending in text for ending in NEGATED_ENDINGS)


def _affirmed(text: str) -> str:
    """Without the phrases that hold the sign of a negation and deny nothing."""
    if not text.isascii():
        for phrase in AFFIRMED:
            if phrase in text:
                text = text.replace(phrase, " ")
    return text


_ELIDED: Final = re.compile(r"\bn'(?:est|a|ai|as|ont|etait|y)\b")


def _choice(raw: str) -> str:
    match = _CHOICE.match(raw)
    if not match or (match["bare"] and not match["bare"].isupper() and len(raw) == 1 and raw.islower()):
        return ""
    return (match["bracketed"] or match["closed"] or match["bare"] or "").upper()


def _code(raw: str) -> str:
    """A formula or label of letters with digits ("H2O", "HA4"), letters and digits only; a number is none."""
    if len(raw) > 12 or not _CODE.fullmatch(raw):
        return ""
    return "".join(letter for letter in raw.lower() if letter.isalnum())


_YEARS: Final = range(1000, 2101)


def years_of(reading: Reading) -> tuple[Date, ...]:
    """Bare numbers that may be years."""
    return tuple(
        Date(int(quantity.value))
        for quantity in reading.quantities
        if not quantity.dimension and quantity.upper is None and quantity.value in _YEARS
    )
