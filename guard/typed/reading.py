"""One answer, read: its values, whether it affirms or denies, and the words that are left."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from guard.normalising import fold, visible_characters
from guard.typed.dates import Date, When, dates_in
from guard.typed.quantities import TOKEN, Quantity, Scanner, regnal
from guard.typed.tables import APPROXIMATE, FOREIGN_NUMBERS, LESS, MORE
from guard.typed.words import CONTRACTED, FILLERS, NEGATED_ENDINGS, NEGATIONS, NO, PHRASES, YES

MAX_CHARS: Final = 6000
"""So much of an answer is read, so that neither the time nor the memory of a comparison grows with a runaway draw."""
MAX_ITEM_WORDS: Final = 6
MAX_LIST_CHARS: Final = 200

_MAGNIFIED: Final = re.compile(r"(?<=\d)(?: ?(?P<million>M)|(?P<thousand>K)|(?P<billion>B|bn))\b(?!['’])")
_FEET: Final = re.compile(r"(\d)\s*(?:['’′]|ft\.?|feet|foot)\s*(\d{1,2})\s*(?:[\"”″]|''|inches|inch|in\b\.?|$)")
_LATEX: Final = re.compile(
    r"\\d?frac\{(-?\d+)\}\{(\d+)\}|\\(?:left|right|,|!|;|text|mathrm|displaystyle)\b|\\[,!; ]|[{}$]|\\(?=%)"
)
_CHOICE: Final = re.compile(
    r"(?:(?:option|choice|answer)\s*:?\s*)?(?:\((?P<bracketed>[A-Ja-j])\)|(?P<closed>[A-J])[).:](?=\s|$)|(?P<bare>[A-J])\.?$)",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"\bno\.? ?(?=\d)|\bnot only\b|\bno one else\b")
_LEAD: Final = re.compile(
    r"(?P<said>[^\W\d_]+|是的|不是)(?!\W*\d)(?:$|\s*[,.;:!)\-—،。、]|\s+(?:it|he|she|they|there|this|that|you|i|we|the|both|not|"
    r"explanation|answer|since|because|lo|no|las|il|elle|ce|es|sie|er)\b)"
)
_SPLIT: Final = re.compile(r"\s*(?:[,;&\n]|、|،|\s/\s|\band\b|\by\b(?=\s)|\bet\b|\bund\b|\bor\b)+\s*")
_LATIN_MARK: Final = re.compile("[\u0300-\u036f]")
_SCRIPTS: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


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

    @property
    def valued(self) -> bool:
        """Is there a number, date or time?"""
        return bool(self.quantities or self.dates or self.times)


@lru_cache(maxsize=1024)
def read(answer: str) -> Reading:
    """Read one answer. Total, pure, linear in its length up to `MAX_CHARS`; the middle of a longer one is skipped."""
    raw = window(visible_characters(answer)).strip()
    text = _folded(raw)
    if not text:
        return Reading("", (), ())
    said = text.partition(" explanation:")[0]
    text = said or text
    dates, times, rest = dates_in(text)
    scanner = Scanner(TOKEN.findall(rest))
    words = _canonical([word for word in scanner.words if word[0].isalpha() or not word.isascii()])
    quantities = tuple(scanner.quantities)
    if len(words) == 1 and not (quantities or dates or times) and words[0] in FOREIGN_NUMBERS:
        quantities, words = (Quantity(FOREIGN_NUMBERS[words[0]], FOREIGN_NUMBERS[words[0]]),), ()
    return Reading(
        text=text,
        words=words,
        content=_content(words),
        quantities=quantities,
        dates=dates,
        times=times,
        numerals=regnal(raw) if len(raw) < 400 and _CAPITALS.search(raw) else (),
        polarity=_polarity(text),
        negated=_negated(text, words),
        choice=_choice(raw),
        items=_items(text),
        symbols=frozenset(_SYMBOL.findall(text)),
        code=_code(raw),
        vocabulary=frozenset(words),
    )


_CAPITALS: Final = re.compile(r"\b[IVXLCDM]+\b")
_CODE: Final = re.compile(r"(?=\D*\d)[A-Za-z][A-Za-z0-9.-]*")
_SPACED: Final = re.compile(r"(?<![\d.,/])\b\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d/]|[.,]\d)")
_VULGAR: Final = re.compile("[½¼¾⅓⅔⅕⅛]")
_DIGIT: Final = re.compile(r"\d")
_SYMBOL: Final = re.compile(r"[+#<>≤≥≠√^*=]")


def window(text: str) -> str:
    """The beginning and the end of a long text: every answer that is judged at all is read whole."""
    return text if len(text) <= MAX_CHARS else f"{text[: MAX_CHARS // 2]} {text[-MAX_CHARS // 2 :]}"


def _folded(raw: str) -> str:
    if "\\" in raw or "$" in raw:
        raw = (
            _LATEX.sub(_unmarked, raw)
            if raw.count("$") != 1
            else _LATEX.sub(lambda m: m[0] if m[0] == "$" else _unmarked(m), raw)
        )
    if _DIGIT.search(raw):
        raw = _MAGNIFIED.sub(lambda match: f" {match.lastgroup}", raw)
        raw = _FEET.sub(r"\1 ft \2 inch", raw).replace("²", "2").replace("³", "3")
        raw = _SPACED.sub(lambda match: "".join(match.group().split()), raw)
    if raw.isascii():
        return fold(raw)
    return plain_letters(fold(_VULGAR.sub(r" \g<0>", raw)).replace("\u2044", "/"))


def _unmarked(match: re.Match[str]) -> str:
    """A mark of LaTeX: a fraction's becomes a slash, others nothing."""
    return f" {match[1]}/{match[2]} " if match[1] else " "


def plain_letters(text: str) -> str:
    """Latin letters without accents; other scripts keep their marks."""
    apart = _LATIN_MARK.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", apart).translate(_SCRIPTS)


def _canonical(words: list[str]) -> tuple[str, ...]:
    """Words without apostrophes, other forms of a name replaced by the one that is compared."""
    if _CHANGING.isdisjoint(words) and not any("'" in word for word in words):
        return tuple(words)
    plain: list[str] = []
    for word in words:
        if word in CONTRACTED or word.endswith("n't"):
            plain += CONTRACTED.get(word) or (word.removesuffix("n't"), "not")
        else:
            plain.append((word.removesuffix("'s").replace("'", "") or word) if "'" in word else word)
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


def _phrase_lengths() -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for phrase in PHRASES:
        lengths.setdefault(phrase[0], set()).add(len(phrase))
    return {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}


_LENGTHS: Final = _phrase_lengths()
_CHANGING: Final = frozenset((*_LENGTHS, *CONTRACTED))
_MARKS: Final = FILLERS | APPROXIMATE | MORE | LESS | {"than", "between", "up"}


def _content(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _MARKS)


def _polarity(text: str) -> str:
    lead = _LEAD.match(text)
    said = lead["said"] if lead else ""
    return "yes" if said in YES else "no" if said in NO else ""


def _negated(text: str, words: tuple[str, ...]) -> bool:
    if "no" in text and _NUMBERED.search(text):
        return not NEGATIONS.isdisjoint(_NUMBERED.sub(" ", text).split())
    if not NEGATIONS.isdisjoint(words) or "n't" in text:
        return True
    if "n'" in text and _ELIDED.search(text):
        return True
    return not text.isascii() and any(ending in text for ending in NEGATED_ENDINGS)


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


def _items(text: str) -> tuple[str, ...]:
    if len(text) > MAX_LIST_CHARS:
        return ()
    items = tuple(item for item in (part.strip(" .") for part in _SPLIT.split(text)) if item)
    if len(items) < 2 or any(item.count(" ") >= MAX_ITEM_WORDS for item in items):
        return ()
    return items


_YEARS: Final = range(1000, 2101)


def years_of(reading: Reading) -> tuple[Date, ...]:
    """Bare numbers that may be years."""
    return tuple(
        Date(int(quantity.value))
        for quantity in reading.quantities
        if not quantity.dimension and quantity.upper is None and quantity.value in _YEARS
    )
