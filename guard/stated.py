"""The confidence that a completion states with its own answer, where it does.

An application may ask for it ("answer, then give your confidence"), and some models add it unasked. It is read, never
asked for, and is no part of the answer that is compared.
"""

from __future__ import annotations

import json
import re
from typing import Final

TAIL: Final = 80
"""A statement stands within the last so many characters."""

_STATED: Final = re.compile(
    r"[\s.,;(\[*_-]*\b(?:confidence|certainty|probability)(?:[ \t]+(?:level|score|rating))?[ \t*_]*(?:[:=]|is)[ \t*_]*"
    r"(?P<number>\d{1,3}(?:\.\d+)?|\.\d+)[ \t]*(?P<per>%|percent\b|/[ \t]*100?\b)?[\s.)\]*_]*$",
    re.IGNORECASE,
)
JSON_LIMIT: Final = 100_000


def split_stated(text: str) -> tuple[str, float | None]:
    """`text` without the confidence that it ends with, and that confidence in [0, 1]; None where it states none.

    "Confidence: 85%", "confidence = 0.85", "(Certainty: 8/10)" at the end, or the key `confidence` of a JSON object,
    which stays as it is. Linear; total.
    """
    match = _STATED.search(text, max(len(text) - TAIL, 0))
    if match:
        value = _share(float(match["number"]), (match["per"] or "").replace(" ", ""))
        rest = text[: match.start()].rstrip()
        return (rest, value) if value is not None and rest else (text, None)
    return text, _in_json(text)


def _share(number: float, per: str) -> float | None:
    """A number as a share of one; None where it is none. A bare number above 1 is of a hundred."""
    if per == "/10":
        number /= 10
    elif per or number > 1:
        number /= 100
    return number if 0 <= number <= 1 else None


def _in_json(text: str) -> float | None:
    start = text.find("{", 0, 12)
    if start < 0 or text[:start].strip("`json \n\t") or len(text) > JSON_LIMIT or '"confidence"' not in text:
        return None
    try:
        found = json.JSONDecoder().raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None
    value = found.get("confidence") if isinstance(found, dict) else None
    return _share(float(value), "") if isinstance(value, int | float) and not isinstance(value, bool) else None
