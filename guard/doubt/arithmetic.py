"""What the numbers of a worked-out answer betray: an unknown left over, words instead of a calculation."""

from __future__ import annotations

import re
from typing import Final

SHORTEST: Final = 20
"""Characters below which a text is as if it had so many: a bare number is no calculation without numbers."""

_NUMBER: Final = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
_WORDS: Final = re.compile(
    r"\\(?:text|mathrm|textbf|mbox)\s?\{[^}]*\}|\\[a-zA-Z]+|[^\W\d_]{2,}|\b[aAI]\b(?= [a-z])|'[a-z]\b"
)
_LETTER: Final = re.compile(r"[a-zA-Z]")


def unknown_left(final: str) -> bool:
    """Whether a final answer is an expression with an unknown in it (`15x`, `P = 6000(n - 6)`); no word, no choice."""
    rest = _WORDS.sub(" ", final)
    letters = _LETTER.findall(rest)
    return bool(letters) and (any(sign.isdigit() for sign in rest) or len(letters) > 1 or "=" in rest or "\\" in final)


def density(text: str) -> float:
    """Numbers per hundred characters."""
    return 100 * sum(1 for _ in _NUMBER.finditer(text)) / max(len(text), SHORTEST)
