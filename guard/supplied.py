"""What a request supplies to answer from: the documents in a message, told apart from its question.

Retrieval prompts have few shapes: labels at the start of a line ("Context: ... Question: ..."; the templates of
LangChain and Haystack), a sentence that announces the documents ("Context information is below", LlamaIndex), or tags
(<documents>). A message without them is taken as it is: a word problem is no document with a question behind it.

Pure and linear in the length of the message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_TAGS: Final = tuple("context documents document passages passage sources source articles article excerpts".split())
_LABELLED: Final = (
    r"(?:(?:retrieved |relevant |supporting |background |reference )?(?:context|documents?|passages?|sources?|"
    r"articles?|excerpts?|knowledge)|background information|reference text|kontext|dokumente?|contexto|"
    r"documentos?|contexte|上下文|背景|资料|文档|参考资料|文脈|コンテキスト|資料|السياق|संदर्भ)"
)
_LINE: Final = r"^[ \t#*>]{0,8}"
_LABEL: Final = re.compile(rf"{_LINE}{_LABELLED}(?: ?\d{{1,3}})?[*]{{0,2}}[ \t]*[:：]", re.IGNORECASE | re.MULTILINE)
_ANNOUNCED: Final = re.compile(
    r"(?:context information is below|following (?:pieces of )?(?:retrieved )?(?:context|documents|passages|sources|"
    r"excerpts|information)|(?:context|documents|passages|information|text|article) (?:provided |given )?below)",
    re.IGNORECASE,
)
_QUESTION: Final = re.compile(
    rf"{_LINE}(?:(?:user(?:'s)? )?(?:question|query)|q|pregunta|frage|问题|質問|السؤال|प्रश्न)"
    r"[*]{0,2}[ \t]*[:：][*]{0,2}",
    re.IGNORECASE | re.MULTILINE,
)
_CUE: Final = re.compile(
    r"\n[ \t#*>]{0,8}(?:(?:helpful |final |your |short )?answer|a|respuesta|antwort|réponse|答案|回答)"
    r"[*]{0,2}[ \t]*[:：][*]{0,2}\s{0,8}$",
    re.IGNORECASE,
)
_ROLE: Final = re.compile(r"(?:system|developer|user|assistant|tool|function): ")


WINDOW: Final = 20_000
"""Characters at either end of a message in which its form is looked for: documents stand between."""


@dataclass(frozen=True, slots=True)
class Supplied:
    """A message as question and context; `context` is empty where the message supplies none."""

    question: str
    context: str = ""


def split_supplied(message: str) -> Supplied:
    """The question of a user's message and what it supplies to answer it from, as far as its form tells them apart."""
    tagged = _by_tags(message)
    if tagged is not None:
        return tagged
    label = _question_label(message)
    if label is None or not (_begins(message[:WINDOW]) or _begins(message[label[0] :][:WINDOW])):
        return Supplied(message)
    behind = message[label[1] :]
    after = _LABEL.search(behind[:WINDOW])
    question = behind[: after.start()] if after else _uncued(behind)
    context = message[: label[0]] + (_uncued(behind[after.start() :]) if after else "")
    return Supplied(question.strip(), context.strip()) if question.strip() else Supplied(message)


def material(context: str) -> str:
    """The part of a conversation that supplies something to answer from; "" where none is marked as such.

    Instructions and small talk support nothing. A context that is no conversation is a document as it is.
    """
    if not _ROLE.match(context):
        return context
    begin = _begins(context)
    return context[begin - 1 :] if begin else ""


def _question_label(message: str) -> tuple[int, int] | None:
    """Where the label of the question begins and ends: the last near the end, else the last near the beginning."""
    for start in dict.fromkeys((max(len(message) - WINDOW, 0), 0)):
        labels = list(_QUESTION.finditer(message[start : start + WINDOW]))
        if labels:
            return start + labels[-1].start(), start + labels[-1].end()
    return None


def _uncued(text: str) -> str:
    """Without the "Answer:" that a prompt ends in."""
    return text[:-WINDOW] + _CUE.sub("", text[-WINDOW:])


def _begins(text: str) -> int:
    """Where documents begin, counted from 1; 0 where none are marked."""
    places = [match.start() + 1 for match in (_LABEL.search(text), _ANNOUNCED.search(text)) if match]
    places += [place + 1 for tag in _TAGS if (place := text.find(f"<{tag}")) >= 0]
    # The first line of a message stands behind its role.
    role = _ROLE.match(text)
    if role and (first := _LABEL.match(text[role.end() : role.end() + 200])):
        places.append(role.end() + first.start() + 1)
    return min(places, default=0)


def _by_tags(message: str) -> Supplied | None:
    """A message whose documents are between tags: the rest is its question."""
    for tag in _TAGS:
        begin, end = message.find(f"<{tag}>"), message.rfind(f"</{tag}>")
        if 0 <= begin < end:
            rest = f"{message[:begin]}\n{message[end + len(tag) + 3 :]}".strip()
            question = _untagged(rest)
            return Supplied(question, message[begin + len(tag) + 2 : end].strip()) if question else None
    return None


def _untagged(rest: str) -> str:
    """The question beside the documents: behind its label or in its tags where it has them."""
    begin, end = rest.find("<question>"), rest.rfind("</question>")
    if 0 <= begin < end:
        return rest[begin + len("<question>") : end].strip()
    label = _question_label(rest)
    return _uncued(rest[label[1] :] if label else rest).strip()
