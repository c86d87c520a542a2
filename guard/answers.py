"""The final short answer out of a completion, for comparing answers with each other.

Pure, total and linear in the length of the text. `recognise` (does it answer at all?) lives in
`guard.abstentions`; `normalise` and `tokens` in `guard.normalising`.
"""

from __future__ import annotations

import json
import re
from typing import Final

from guard.markers import Marked, last_boxed, last_cue, last_hashes
from guard.normalising import normalise, tokens
from guard.reasoning import split_reasoning

__all__ = ["final_answer", "json_answer", "normalise", "split_reasoning", "tokens", "worked_out"]

SHORT: Final = 200
JSON_LIMIT: Final = 100_000
JSON_KEYS: Final = ("final_answer", "finalanswer", "answer", "result")

_FENCE = re.compile(r"```[^\n`]*\n(?P<body>[^`]*)```")
# "(B)", "B)" before the option's words, or a letter alone; "J. K. Rowling" is none.
_CHOICE = re.compile(r"\(?([A-J])\)(?!.*\([A-J]\))|([A-J])[.:]?$")
_PROMPTED = re.compile(r"(?:A|Answer|答)[ \t]*[:：][ \t]*(?=\S)")
_PLEASANTRY = re.compile(
    r"(?:let me know|feel free|i hope|hope (?:this|that)|is there anything|if you have any|please let|note:|"
    r"n'hésite|no dudes|avísame|ich hoffe|希望|お役に立て)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\s])|(?<=[。！？।؟])")
_NUMBER = re.compile(r"\d+")
_WORKED_OUT = re.compile(
    r"\b(?:how (?:many|much|far|long|old)|calculate|compute|solve|evaluate|simplify|find the|what is the (?:value|sum|"
    r"product|probability)|cu[aá]nt[oa]s?|combien|wie ?viele?|berechne)\b|多少|几个|いくつ|كم|कितन",
    re.IGNORECASE,
)
_ASKING = frozenset(
    "what which who whom whose when where why how is are was were do does did the a an of in on to for and or by with "
    "from that this it its be been has have had name qué cuál quién quel quelle qui wer was welche der die das el "
    "la le de en est".split()
)
OPENING: Final = 2000
OPENING_SENTENCES: Final = 3
_WRAPPERS: Final = (
    ("__", "__"), ("_", "_"), ("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]"),
    ('"', '"'), ("'", "'"), ("“", "”"), ("‘", "’"), ("«", "»"), ("„", "“"), ("「", "」"),
    ("\\text{", "}"), ("\\textbf{", "}"), ("\\mathrm{", "}"), ("\\boxed{", "}"),
)  # fmt: skip
_BOLD = re.compile(r"(?:(?<=\s)|^)\*\*(?=\S)|(?<=\S)\*\*(?=[\s.,;:!?)]|$)")
_INITIALS = re.compile(r"\.[^\W\d_]\.$")


def final_answer(text: str, question: str = "") -> str:
    """The final answer that a completion gives, shortened to what a reader would compare.

    Reasoning blocks are dropped. Then, the first that is there: the value of a JSON object's answer key; the
    last marked answer (`\\boxed{}`, `####`, "the answer is ...", "Answer:", in eight languages); a code
    fence's content; the whole text up to 200 characters; the first sentence where it takes up the words of a question
    that is not one to work out; else the last sentence that is no pleasantry.
    Emphasis, quotes and the full stop around it go. Empty only where no visible text is.
    """
    visible = split_reasoning(text)[1]
    found = json_answer(visible) or _marked(visible) or _fenced(visible) or _short(visible, question)
    answer = _trimmed(found) or visible
    choice = _CHOICE.match(answer)
    return choice[1] or choice[2] if choice else answer


def worked_out(question: str) -> bool:
    """Whether an answer is to be worked out: the question has two numbers or more, or asks how many, to calculate."""
    return len(_NUMBER.findall(question)) > 1 or _WORKED_OUT.search(question) is not None


def json_answer(text: str) -> str:
    """The answer key's value of a JSON object that opens the text, bare or in a code fence; else empty."""
    start = text.find("{", 0, 12)
    if start < 0 or text[:start].strip("`json \n\t") or len(text) > JSON_LIMIT:
        return ""
    try:
        found = json.JSONDecoder().raw_decode(text, start)[0]
        return _answer_in(found) if isinstance(found, dict) else ""
    except (ValueError, RecursionError):
        return ""


def _answer_in(found: dict[str, object]) -> str:
    values = {key.casefold().replace(" ", "_"): value for key, value in found.items()}
    return next((said for key in JSON_KEYS if (said := _said(values.get(key)))), "")


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return ", ".join(said for item in value if (said := _said(item)))
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _marked(text: str) -> str:
    """What the last mark announces; a box beats the cue whose sentence or next line it stands in."""
    boxed = last_boxed(text)
    marks = [mark for mark in (boxed, last_hashes(text), last_cue(text)) if mark]
    if not marks:
        return ""
    last = max(marks, key=lambda mark: mark.end)
    if boxed and last is not boxed and _overlap(last, boxed):
        last = boxed
    return last.said


def _overlap(one: Marked, other: Marked) -> bool:
    return one.start <= other.end and other.start <= one.end


def _fenced(text: str) -> str:
    fences = _FENCE.findall(text)
    return fences[0].strip() if len(fences) == 1 else ""


def _short(text: str, question: str) -> str:
    if len(text) <= SHORT:
        return _PROMPTED.sub("", text, count=1) if _PROMPTED.match(text) else text
    return _opening(text, question) or _ending(text)


def _opening(text: str, question: str) -> str:
    """The sentence with which prose takes up the question's words, among its first; empty where the question is to be
    worked out, so that the answer comes last.

    On prose replies labelled right (EVOUNA, 2,650 of over 200 characters) the first sentence holds the reference in
    56 of 100, the last in 28.
    """
    telling = set(tokens(question)) - _ASKING
    if not telling or worked_out(question):
        return ""
    sentences = [sentence.strip() for sentence in _SENTENCE.split(text[:OPENING])][:OPENING_SENTENCES]
    return next((one for one in sentences if telling & set(tokens(one)) and not _PLEASANTRY.match(one)), "")


def _ending(text: str) -> str:
    """The last line or sentence that is no pleasantry."""
    lines = [line for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if not _PLEASANTRY.match(line.strip())] or lines
    line = telling[-1].strip()
    if len(line) <= SHORT:
        return line
    sentences = [sentence for sentence in _SENTENCE.split(line) if sentence.strip()]
    return next((s for s in reversed(sentences) if not _PLEASANTRY.match(s.strip())), line)


def _trimmed(answer: str) -> str:
    """`answer` without the emphasis, quotes, mathematics signs and full stop around it."""
    answer = _BOLD.sub("", answer)
    for _ in range(6):
        stripped = _unwrapped(answer.strip(" \t\r\n*`").lstrip(":：–—>#• \t"))
        if stripped.endswith((".", "。", "।")) and not _INITIALS.search(stripped[-3:]):
            stripped = stripped[:-1]
        if stripped == answer or not stripped.strip():
            break
        answer = stripped
    return answer.strip()


def _unwrapped(text: str) -> str:
    for opening, closing in _WRAPPERS:
        inner = text[len(opening) : -len(closing)]
        if inner and text.startswith(opening) and text.endswith(closing) and _whole(inner, opening, closing):
            return inner
    return text


def _whole(inner: str, opening: str, closing: str) -> bool:
    """Whether the pair around `inner` is one pair, and not the end of one and the start of the next."""
    if closing == "}":
        return inner.count("{") == inner.count("}")
    return opening not in inner and closing not in inner
