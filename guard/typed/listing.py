"""The items of a list, whatever separates them, without what introduces it."""

from __future__ import annotations

import re
from typing import Final

MAX_ITEM_WORDS: Final = 6
MAX_LIST_CHARS: Final = 200
_SPLIT: Final = re.compile(
    r"(?<!\d),|,(?!\d)|[;\n]|(?<=\s)[&/+](?=\s)|、|،|\band\b|\by\b(?=\s)|\bet\b|\bund\b|\bor\b|\bas well as\b"
)
_INTRODUCED: Final = re.compile(r"[^,;:]*(?:\b(?:are|is|were|was|include|includes|including)\b(?: the)?:?|:)\s+")
_SEPARATED: Final = re.compile(r"[,;&\n、،/+]|\b(?:and|or|et|und|y)\b")


_SEPARATORS: Final = (",", ";", " and ", " or ", "&", "\n", "/", "、", "،", " y ", " et ", " und ", "+", " as well as ")
_APPENDED: Final = frozenset("inc ltd llc co corp jr sr phd md dds esq".split())
"""What stands behind a comma and belongs to the item before it."""


def items_of(text: str) -> tuple[str, ...]:
    """The items of a folded text that is a list; none where it is no list."""
    if len(text) > MAX_LIST_CHARS or not any(mark in text for mark in _SEPARATORS):
        return ()
    listed = text.strip(" .[](){}\"'")
    lead = _INTRODUCED.match(listed)
    if lead and _SEPARATED.search(listed[lead.end() :]):
        listed = listed[lead.end() :]
    parts = (part.strip(" \t.[](){}\"'").removeprefix("the ") for part in _SPLIT.split(listed))
    items = tuple(item for item in parts if item and item not in _APPENDED)
    if len(items) < 2 or any(item.count(" ") >= MAX_ITEM_WORDS for item in items):
        return ()
    return items
