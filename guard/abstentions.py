"""Does a reply answer, say that it does not know, or decline?

The reply is cut into sentences; each sentence is classed by the phrases in it (`guard.phrases`), the later
phrase winning ("I'm not sure, but I think it is Paris" commits); then a few rules look at where the classes
stand. No model and no state. Only the beginning and the end of a long reply are read, so the cost is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from guard.answers import json_answer
from guard.languages import language_of
from guard.normalising import fold, normalise, visible_characters
from guard.phrases import BARE, ROMAN, Script, script_of
from guard.reasoning import split_reasoning

__all__ = ["Stance", "recognise"]

Stance = Literal["answer", "abstain", "refuse"]
"""`abstain`: does not know, or something about the question is missing or wrong. `refuse`: will not."""

Kind = Literal[
    "refuses", "lacks", "ignores", "vague", "asks", "commits", "concludes", "turns", "offers", "plain", "empty"
]

HEAD: Final = 2_000
TAIL: Final = 4_000
OPENING: Final = 2
"""A refusal, or "I don't know", counts in so many first sentences."""
ENDING: Final = 2
"""A reservation behind which at most so many plain sentences follow ends the reply."""
SHORT: Final = 300
"""Below so many characters the language is a guess: the phrases of all languages are tried."""
SHORTEST: Final = 12
"""A sentence below so many bytes that says nothing known ("Step 1:") does not count as content."""
ECHO: Final = 12
LONGEST_BARE: Final = 60
"""No phrase of `BARE` is longer, in characters."""

_SENTENCE_END = re.compile(r"(?<=[.!?;:؟।])[\"')*\]]*\s+|\n+|(?<=[。])|(?<=[!?;])(?=[\u3040-\u30ff\u3400-\u9fff])")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_ASKED: Final = ("?", "？", "؟", "ですか", "ますか", "ましたか", "でしょうか")
_QUOTED = re.compile(r'"[^"\n]{1,200}"')
_EMPHASIS = re.compile(r"\*{1,3}|__|`")
_COMMITTED: Final = frozenset(("commits", "concludes"))
_TAKES_BACK: Final = frozenset(("turns", "concludes"))
"""What takes back "I don't know", but not "this is missing": that needs an answer announced as one."""
_BARE: Final = frozenset(normalise(phrase) for phrase in BARE)


def recognise(text: str, question: str = "") -> Stance:
    """What the visible part of `text` does with a question.

    A hedge with an answer behind it is an answer; an answer withdrawn in the last sentences is none. Words
    in quotation marks, and words that only repeat `question`, are nobody's stance. Works in the eight
    languages of `guard.languages`; text in another language is an answer. Never raises; empty is an answer.
    """
    visible = split_reasoning(visible_characters(text))[1]
    told = _unquoted(fold(_window(json_answer(visible) or visible)))
    told = _EMPHASIS.sub("", told)
    if normalise(told) in _BARE:
        return "abstain"
    languages = ROMAN if len(told) < SHORT else tuple(sorted({"en", language_of(told)} & set(ROMAN)))
    echo = fold(_window(visible_characters(question)))
    kinds = [kind for sentence in _sentences(told) if (kind := _kind(sentence, languages, echo)) != "empty"]
    if len(kinds) == 1 and kinds[0] == "plain" and _asks_back(visible):
        return "abstain"
    return _stance(kinds)


def _asks_back(reply: str) -> bool:
    """Whether a reply of one sentence is a question ("Which year are we talking about?") and no title."""
    asked = reply.rstrip(" \n\t*_\"'”»。").endswith(_ASKED)
    words = _LONG_WORD.findall(reply)
    return asked and not (words and all(word[0].isupper() for word in words))


def _stance(kinds: Sequence[Kind]) -> Stance:
    if "refuses" in kinds[:OPENING]:
        return "refuse"
    reserved = [place for place, kind in enumerate(kinds) if _reserves(kind, place, len(kinds))]
    if not reserved:
        return "answer"
    first, last = reserved[0], reserved[-1]
    if kinds[last] == "ignores" and _COMMITTED & set(kinds[:last]) and kinds[first] == "ignores":
        return "answer"
    after = kinds[last + 1 :]
    if "commits" in after or (_TAKES_BACK & set(after) and kinds[last] in ("ignores", "vague")):
        return "answer"
    opens = first < OPENING and kinds[first] != "vague"
    return "abstain" if opens or after.count("plain") <= ENDING else "answer"


def _reserves(kind: Kind, place: int, count: int) -> bool:
    """Whether a sentence of this kind, standing there, withholds an answer."""
    if kind == "ignores":
        return place < OPENING or place == count - 1
    if kind == "vague":
        return place == 0
    return kind in ("lacks", "asks")


def _kind(sentence: str, languages: tuple[str, ...], echo: str) -> Kind:
    if len(sentence) <= LONGEST_BARE and normalise(sentence) in _BARE:
        return "lacks"
    script = script_of(sentence, languages)
    missing = _last(script.missing, sentence, echo)
    if _declines(script, sentence, echo, missing):
        return "refuses"
    ignorance = _last(script.ignorance, sentence, echo)
    vague = _last(script.vague, sentence, echo)
    request = _last(script.request, sentence)
    reservation = max(missing, ignorance, vague, request)
    if reservation < 0:
        return "refuses" if _last(script.incapable, sentence, echo) >= 0 else _unreserved(script, sentence)
    if script.condition.match(sentence) and min(missing, request) < 0:
        return "offers"
    if _last(script.commitment, sentence) > reservation:
        return "commits"
    if request >= 0:
        return "asks"
    if missing >= 0:
        return "lacks"
    if _turned(script, sentence, reservation) or _qualified(script, sentence, reservation):
        return "commits"
    return "ignores" if ignorance >= 0 else "vague"


def _declines(script: Script, sentence: str, echo: str, missing: int) -> bool:
    """Whether the sentence refuses: nothing is said to be missing, or what it names is private."""
    refuses = _last(script.refusal, sentence, echo) >= 0
    if missing < 0 or not script.private.search(sentence):
        return refuses and missing < 0
    return refuses or _last(script.incapable, sentence, echo) >= 0


def _qualified(script: Script, sentence: str, reservation: int) -> bool:
    """Whether the reservation only qualifies an answer in front of it: "I think it is 7, but I'm not sure"."""
    committed = script.commitment.search(sentence, 0, reservation)
    return committed is not None and script.pivot.search(sentence, committed.end(), reservation) is not None


def _turned(script: Script, sentence: str, behind: int) -> bool:
    """Whether a "but ..." that is no offer of other help follows in the sentence."""
    pivot = script.pivot.search(sentence, behind)
    if pivot is None or len(sentence) - pivot.end() <= 3:
        return False
    return script.offer.search(sentence, pivot.end()) is None


def _unreserved(script: Script, sentence: str) -> Kind:
    if script.commitment.search(sentence):
        return "commits"
    if script.conclusion.match(sentence):
        return "concludes"
    if script.offer.search(sentence):
        return "offers"
    if script.pivot.match(sentence):
        return "turns"
    return "plain" if len(sentence.encode()) > SHORTEST else "empty"


def _last(pattern: re.Pattern[str], sentence: str, echo: str = "") -> int:
    """Where the last phrase begins that is more than a repetition of the question; -1 where there is none."""
    position = -1
    for match in pattern.finditer(sentence):
        context = sentence[match.start() : match.end() + ECHO]
        if not echo or len(context) < match.end() - match.start() + ECHO // 2 or context not in echo:
            position = match.start()
    return position


def _unquoted(told: str) -> str:
    """A reply that is one quotation is the speaker's own words all the same."""
    inner = told[1:-1]
    return inner if told.startswith('"') and told.endswith('"') and '"' not in inner else told


def _window(text: str) -> str:
    return text if len(text) <= HEAD + TAIL else text[:HEAD] + "\n" + text[-TAIL:]


def _sentences(text: str) -> list[str]:
    pieces = _SENTENCE_END.split(_QUOTED.sub('"x"', text))
    return [piece.strip() for piece in pieces if piece.strip(" -*#>|_`\"'.")]
