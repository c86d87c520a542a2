"""What the numbers of a worked-out answer betray: made-up operands, an unknown left over, words instead of a result."""

from __future__ import annotations

import re
from typing import Final

SMALL: Final = 10.0
"""Numbers up to here, and a hundred or a thousand, are counters and factors of every calculation."""
LONGEST: Final = 15
"""Digits of a number that is read; longer runs are no quantity of a word problem."""
SHORTEST: Final = 20
"""Characters below which a text is as if it had so many: a bare number is no wordless calculation."""

_NUMBER: Final = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
_ENUMERATION: Final = re.compile(
    r"(?m)^[ \t]*(?:#+ *)?(?:\*\*)?(?:step )?\d{1,2}[.):]\s|step \d+|_\{?\d+\}?", re.IGNORECASE
)
_RESULT: Final = re.compile(
    r"(?:=|≈|\\approx|\bequals?|\bis|\bare|\bget|\bgives?|total of|\\boxed\{|\\implies|->|→)\s{0,3}"
    r"(?:\\?\$|\\\(|\\text\{|\*\*)?\s{0,3}-?$"
)
_BEFORE: Final = 24
_NO_LETTERS: Final = re.compile(
    r"\\(?:text|mathrm|textbf|mbox)\s?\{[^}]*\}|\\[a-zA-Z]+|[^\W\d_]{2,}|\b[aAI]\b(?= [a-z])|'[a-z]\b"
)
_LETTER: Final = re.compile(r"[a-zA-Z]")


def invented(question: str, text: str) -> int:
    """How many different numbers are calculated with that the question does not give and that are no result before.

    A number behind an equals sign, or a word like it, is a result. Shares of a given percentage count as given.
    """
    given = {value for number in _NUMBER.finditer(question) if (value := _value(number.group())) is not None}
    known = given | {round(value / 100, 6) for value in given} | {round(abs(100 - value), 6) for value in given}
    known |= {round(1 - value / 100, 6) for value in given} | {100.0, 1000.0}
    found = 0
    plain = _ENUMERATION.sub(" ", text)
    for number in _NUMBER.finditer(plain):
        value = _value(number.group())
        if value is None or value in known:
            continue
        result = _RESULT.search(plain[max(number.start() - _BEFORE, 0) : number.start()])
        found += result is None and value > SMALL
        known.add(value)
    return found


def unknown_left(final: str) -> bool:
    """Whether a final answer is an expression with an unknown in it (`15x`, `P = 6000(n - 6)`), and no word or choice."""
    rest = _NO_LETTERS.sub(" ", final)
    letters = _LETTER.findall(rest)
    return bool(letters) and (any(sign.isdigit() for sign in rest) or len(letters) > 1 or "=" in rest or "\\" in final)


def density(text: str) -> float:
    """Numbers per hundred characters."""
    return 100 * sum(1 for _ in _NUMBER.finditer(text)) / max(len(text), SHORTEST)


def _value(number: str) -> float | None:
    digits = number.replace(",", "")
    return round(float(digits), 6) if len(digits) <= LONGEST else None
