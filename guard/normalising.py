"""Text made comparable: one spelling for what a reader would call the same words.

Every function here is pure, total (any `str` is accepted, lone surrogates included) and linear in the
length of its argument.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# UAX #15, stream-safe text: no honest word carries more than 30 combining marks in a row, and the
# reordering inside `unicodedata.normalize` is quadratic in the length of such a run.
MARK_RUN: Final = 30
# One character may become at most this many; U+FDFA alone would become 18.
EXPANSION: Final = 8

INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
TYPOGRAPHY: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ＇", "'"),
        **dict.fromkeys("“”„‟«»″「」『』《》〈〉", '"'),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        "٫": ".",
        "٬": ",",
    }
)

# Spellings that writers of Arabic and Hindi choose freely between.
_SPELLING: Final = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys([*map(chr, range(0x064B, 0x0653)), "\u0670", "\u0640", "\u093c"]),
        "\u0901": "\u0902",
    }
)
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_PUNCTUATION: Final = r"[!-/:-@\[-`{-~]"
# Marks count as part of the word they compose with, or a second pass would read the text differently.
_INSIDE: Final = r"[\w.\u0300-\u036f\u3099\u309a]"
_NUMBER_OR_PUNCTUATION = re.compile(
    rf"(?P<number>(?:(?<!{_INSIDE})-)?"
    rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])|[0-9]+|(?<!{_INSIDE})\.[0-9]+)(?:\.[0-9]+)*)"
    rf"|(?P<between>(?<=[0-9]){_PUNCTUATION}+(?=[0-9]))"
    rf"|{_PUNCTUATION}(?:(?!-\.?[0-9]){_PUNCTUATION})*"
)
_ARTICLE = re.compile(r"(?<!\S)(?:a|an|the) (?=\S)")
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f"


def visible_characters(text: str) -> str:
    """`text` without zero-width, bidirectional, control and unpaired surrogate characters."""
    return INVISIBLE.sub("", text)


def normalise(text: str) -> str:
    """One spelling for equal answers, after Rajpurkar et al. 2016 (SQuAD), made safe for any script.

    Invisible characters go; compatibility forms, case and the digits of all scripts are unified; ASCII
    punctuation and the articles a / an / the go (an article that ends the text is a letter and stays);
    white space collapses. A number keeps its sign and its decimal point and loses the commas of its
    thousands. Idempotent; empty only where nothing visible was there.
    """
    folded = _folded(text)
    # Composed once more: a mark may have moved behind a letter when the punctuation between them went.
    plain = _collapse(_compatible(_NUMBER_OR_PUNCTUATION.sub(_plain, folded)))
    return _collapse(_ARTICLE.sub("", plain)) or _collapse(folded)


def tokens(text: str) -> tuple[str, ...]:
    """The words of the normalised text; a Chinese or Japanese character is a word of its own."""
    return tuple(_TOKEN.findall(normalise(text)))


def fold(text: str) -> str:
    """`text` in the spelling that phrases are looked up in: lower case, plain quotes and dashes, one alef, no
    vowel points, tatweel or nukta, single spaces. Line breaks stay."""
    lines = _folded(text).translate(_SPELLING).splitlines()
    return "\n".join(collapsed for line in lines if (collapsed := _collapse(line)))


def _folded(text: str) -> str:
    text = visible_characters(text)
    if text.isascii():
        return text.lower()
    text = _compatible(_compatible(text).casefold()).translate(TYPOGRAPHY)
    return _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit.group())), text)


def _compatible(text: str) -> str:
    """NFKC, with runs of combining marks cut and characters of unreasonable expansion left as they are."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MARK_RUN:
            kept.append(character)
    return _EXPANDING.sub(lambda run: unicodedata.normalize("NFKC", run.group()), "".join(kept))


def _plain(match: re.Match[str]) -> str:
    number = match["number"]
    if number:
        return (" " if number.startswith("-") else "") + number.replace(",", "")
    return " " if match["between"] else ""


def _collapse(text: str) -> str:
    return " ".join(text.split())


def _unreasonable() -> str:
    forms = (chr(point) for point in range(0xFB00, 0xFE00))
    return "".join(form for form in forms if len(unicodedata.normalize("NFKC", form)) > EXPANSION)


def _separators() -> str:
    """Non-ASCII punctuation and symbols of the planes that our eight languages write in."""
    points = (*range(0x80, 0x3100), *range(0xFE10, 0xFE70), *range(0xFF00, 0xFFF0))
    return "".join(c for c in map(chr, points) if unicodedata.category(c)[0] in "PS")


_EXPANDING = re.compile(f"[^{_unreasonable()}]+")
_TOKEN = re.compile(rf"-?[0-9]+(?:\.[0-9]+)*|[{_CJK}]|[^\s!-/:-@\[-`{{-~{re.escape(_separators())}{_CJK}]+")
