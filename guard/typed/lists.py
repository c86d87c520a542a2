"""Comparing two lists: order tells nothing, every item does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from rapidfuzz import fuzz

from guard.typed.agreeing import agree
from guard.typed.places import PARTS, REGIONS
from guard.typed.reading import Reading, read

Verdict = Literal["same", "different"]
MAX_ITEMS: Final = 12
MAX_ITEM: Final = 4
"""Words of an item that is a name or a thing rather than a clause."""
SLIP: Final = 80
"""Likeness of spelling, in percent, from which an item may be the same one misspelt."""


def compare_lists(a: Reading, b: Reading, known: Reading) -> Verdict | None:
    """The same items in any order; fewer of them, or another in the place of one, is another list."""
    if not a.items or not b.items or max(len(a.items), len(b.items)) > MAX_ITEMS or a.dates or b.dates:
        return None
    if _chain(a.items) or _chain(b.items):
        return _compare_chains(a.items, b.items)
    left, right = [read(item) for item in a.items], [read(item) for item in b.items]
    rest_left = [item for item in left if not any(_same_item(item, other) for other in right)]
    rest_right = [item for item in right if not any(_same_item(item, other) for other in left)]
    if not rest_left and not rest_right:
        return "same" if len(left) == len(right) else None
    if len(left) == len(right) and len(rest_left) == len(rest_right):
        return "different" if _other_items(rest_left, rest_right, len(left)) else None
    if not rest_left or not rest_right:
        if ";" in a.text or ";" in b.text:
            return None
        few, many = (left, right) if not rest_left else (right, left)
        return "different" if _less(few, many, rest_left or rest_right) else None
    return None


def _other_items(left: Sequence[Reading], right: Sequence[Reading], size: int) -> bool:
    """Are the items that have no partner short and others, not the same in other words?"""
    if len(left) == size:
        return False
    return all(not any(_kin(one, two) for two in right) and _plain(one) for one in left) and all(map(_plain, right))


def _plain(item: Reading) -> bool:
    return 0 < len(item.words) + 2 * item.valued <= MAX_ITEM


def _kin(one: Reading, two: Reading) -> bool:
    """May the two be one item: with words in common, or misspelt?"""
    return not one.vocabulary.isdisjoint(two.vocabulary) or (
        not one.valued and one.text[:1] == two.text[:1] and fuzz.ratio(one.text, two.text) > SLIP
    )


def _less(few: Sequence[Reading], many: Sequence[Reading], rest: Sequence[Reading]) -> bool:
    """Does the longer list name more of the same kind? A place and the places that it lies in are no list."""
    if len(few) < 2 or len(few) + len(rest) != len(many) or not all(map(_plain, (*few, *many))):
        return False
    if len({item.valued for item in (*few, *many)}) > 1 or any(_measured(item) for item in many):
        return False
    others = [item for item in many if item not in rest]
    return not any(_kin(item, other) or _equal(item, other) for item in rest for other in others)


def _measured(item: Reading) -> bool:
    """Part of one measure ("1 year, 8 months") rather than an item."""
    return any(quantity.dimension in ("time", "length", "mass") for quantity in item.quantities)


def _chain(items: Sequence[str]) -> bool:
    """A place and what it lies in: "Paris, France"."""
    nested = len(items) <= 3 or (len(items) == 4 and items[-2] in REGIONS)
    return nested and items[-1] in REGIONS and items[0] not in REGIONS


def _compare_chains(left: Sequence[str], right: Sequence[str]) -> Verdict | None:
    """One name in two regions: Paris, France and Paris, Texas. England and the United Kingdom are none."""
    if len(left) != 2 or len(right) != 2 or left[0] != right[0] or not (_chain(left) and _chain(right)):
        return "same" if frozenset(left) == frozenset(right) else None
    one, two = (PARTS.get(place, place) for place in (left[1], right[1]))
    if one != two:
        return "different"
    both = left[1] in PARTS and right[1] in PARTS
    return "same" if left[1] == right[1] else "different" if both else None


def _equal(one: Reading, two: Reading) -> bool:
    """Is it the same value again, in another unit?"""
    return any(agree(x, y) is not False for x in one.quantities for y in two.quantities) or bool(one.dates or two.dates)


def _same_item(one: Reading, two: Reading) -> bool:
    if one.valued != two.valued:
        return False
    if one.valued:
        values, others = (*one.quantities, *one.dates, *one.times), (*two.quantities, *two.dates, *two.times)
        same = len(values) == len(others) and all(agree(x, y) for x, y in zip(values, others, strict=True))
        return same and frozenset(one.content) == frozenset(two.content)
    return bool(one.words) and frozenset(one.content or one.words) == frozenset(two.content or two.words)
