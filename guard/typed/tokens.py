"""The words, numerals and signs of a folded text."""

from __future__ import annotations

import re
from typing import Final

from guard.typed.numbers import NUMERAL

_CJK: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_MARKS: Final = "\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff"
"""Vowel signs, which Python counts as no letters."""
TOKEN: Final = re.compile(
    rf"(?:us|hk|nz|[acsr])\$|(?:[^\W\d_{_CJK}]+|[{_MARKS}])+(?:'[^\W\d_]+)?"
    rf"|(?:(?<![\w)])-(?=\.?\d))?(?:{NUMERAL}|(?<![\d.])\.\d+)|°[cf]?\b|°|百万|[{_CJK}]"
    r"|[-%‰$€£¥₹₩₽₺₪₫₱฿₴₦¢<>≤≥~/^√×+#=·*]"
)
