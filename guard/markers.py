"""Where a completion announces its answer: boxes, hash marks and spoken cues in eight languages."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import Final

LIMIT: Final = 400
"""An announced answer is read up to so many characters."""
TAIL: Final = 20_000
"""Spoken cues are looked for in so many last characters."""


@dataclass(frozen=True)
class Marked:
    """An announced answer and the place in the text that announces and holds it."""

    start: int
    end: int
    said: str


_HASHES = re.compile(r"^[ \t]*####[ \t]*(?P<said>\S[^\n]*)", re.MULTILINE)
_BOX = re.compile(r"\\(?:boxed|fbox)[ \t]*(?P<open>\{)?")
_EMPHASIS: Final = r"[*_#`\s]{0,8}"
_CUES: Final = (
    # English
    r"(?<!what )(?<!what the )(?<!what's the )(?<!whether the )\b(?:(?:final |correct |right |best |only |"
    r"most likely )?answer|final result)(?:,? (?:to|for|of) [^.:\n]{1,120}?)? (?:is|would be|should be|"
    r"must be)\b(?! not\b)",
    r"(?:^|[\n.!?*#>])[ \t*_#>-]{0,8}(?:the |my )?(?:final |correct |short )?(?:answer|ans)"
    + _EMPHASIS
    + "(?:[:=]|\n)",
    # Spanish, French, German
    r"\bla (?:respuesta|solución)(?: correcta| final| más probable)?(?: [^.:\n]{1,60}?)? (?:es|sería|"
    r"debe ser)\b",
    r"\b(?:respuesta|réponse|antwort|lösung)(?: finale?| correcta| correcte| finale)?" + _EMPHASIS + "[:：]",
    r"\bla (?:bonne )?(?:réponse|solution)(?: correcte| finale| exacte)?(?: [^.:\n]{1,60}?)? (?:est|"
    r"serait)\b",
    r"\bdie (?:richtige |korrekte |endgültige )?(?:antwort|lösung)(?: [^.:\n]{1,60}?)? (?:ist|lautet|wäre)\b",
    r"\b(?:endgültige|richtige|abschließende) antwort" + _EMPHASIS + "[:：]",
    # Chinese, Japanese
    r"(?:最终|正确|最后)?(?:的)?答案(?:应该|应)?" + _EMPHASIS + "(?:是|为|為|[:：])",
    r"(?:^|\n)" + _EMPHASIS + "答" + _EMPHASIS + "[:：]",
    r"(?:最終的な|正しい)?(?:答え|回答|解答|正解)" + _EMPHASIS + "(?:は|[:：])",
    # Arabic, Hindi
    r"(?:الإجابة|الاجابة|الجواب|الحل)(?: (?:النهائية|النهائي|الصحيحة|الصحيح))?" + _EMPHASIS + "(?:هي|هو|[:：])",
    r"(?:अंतिम |सही )?(?:उत्तर|जवाब)" + _EMPHASIS + "(?:है|[:：])",
)
_CUE = re.compile("|".join(f"(?:{cue})" for cue in _CUES), re.IGNORECASE)
_OPENING: Final = " \t\n\r:：=-–—>#•"
# A full stop ends the announced answer unless it belongs to an initial ("J. K."), a title or a number.
_STOP = re.compile(
    r"(?<![\s.(][^\W\d_])(?<!\bdr)(?<!\bmr)(?<!\bst)(?<!\bms)(?<!\bmrs)[.!?][*_\"')]{0,4}(?=\s|$)"
    r"|[。！？।؟\n]",
    re.IGNORECASE,
)
_ENDINGS = re.compile("(?:です|である|だ|となります|になります| है| हैं| होगा| होगी)$")


def last_boxed(text: str) -> Marked | None:
    """The content of the last `\\boxed{...}`, braces balanced; its line where they never close."""
    opening = _last(_BOX, text)
    if opening is None:
        return None
    if not opening["open"]:
        return _line(text, opening.start(), opening.end())
    depth = 0
    for place in range(opening.end() - 1, len(text)):
        depth += (text[place] == "{") - (text[place] == "}")
        if depth == 0:
            said = text[opening.end() : place].strip()
            return Marked(opening.start(), place + 1, said) if said else None
    return _line(text, opening.start(), opening.end())


def last_hashes(text: str) -> Marked | None:
    """The line behind the last `####` (GSM8K's mark)."""
    found = _last(_HASHES, text)
    return Marked(found.start(), found.end(), found["said"].strip()) if found else None


def last_cue(text: str) -> Marked | None:
    """What the last "the answer is ..." or "Answer: ..." announces: to the end of its sentence or line, or
    the next line where its own is empty. Looked for in the last 20,000 characters."""
    last = None
    for cue in _CUE.finditer(text, max(0, len(text) - TAIL)):
        last = _announced(text, cue) or last
    return last


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return deque(pattern.finditer(text), maxlen=1).pop() if pattern.search(text) else None


def _announced(text: str, cue: re.Match[str]) -> Marked | None:
    end = min(len(text), cue.end() + LIMIT)
    behind = text[cue.end() : end]
    begin = end - len(behind.lstrip(_OPENING + "*_ "))
    stop = _STOP.search(text, begin, end)
    said = _ENDINGS.sub("", text[begin : stop.start() if stop else end]).strip()
    return Marked(cue.start(), stop.end() if stop else end, said) if said else None


def _line(text: str, start: int, begin: int) -> Marked | None:
    end = text.find("\n", begin)
    end = len(text) if end < 0 else end
    said = text[begin:end].strip(" ${}\\.")
    return Marked(start, end, said) if said else None
