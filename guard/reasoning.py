"""The part of a completion that is thinking aloud, set apart from what is said to the reader."""

from __future__ import annotations

import re
from typing import Final

_TAG: Final = re.compile(r"<(?P<close>/?)(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_QUOTES: Final = frozenset("`\"'")


def split_reasoning(text: str) -> tuple[str, str]:
    """(reasoning, visible rest) of a completion.

    Reasoning is what stands inside `<think>`, `<thinking>`, `<thought>` or `<reasoning>`, the whole rest
    where the tag is never closed (a completion cut short), and everything before a lone closing tag
    (chat templates that open the block in the prompt). A tag behind a backtick or a quote is prose, unless
    it closes an open block.
    """
    reasoning: list[str] = []
    visible: list[str] = []
    position, depth = 0, 0
    for tag in _TAG.finditer(text):
        closes = bool(tag["close"])
        if text[max(tag.start() - 1, 0) : tag.start()] in _QUOTES and not (closes and depth):
            continue
        piece = text[position : tag.start()]
        if closes and depth == 0:
            reasoning += [*visible, piece]
            visible.clear()
        else:
            (reasoning if depth else visible).append(piece)
        depth = max(depth - 1, 0) if closes else depth + 1
        position = tag.end()
    (reasoning if depth else visible).append(text[position:])
    return _joined(reasoning), _joined(visible)


def _joined(pieces: list[str]) -> str:
    return "\n".join(stripped for piece in pieces if (stripped := piece.strip()))
