"""Many things to do at a live endpoint, so many at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import TypeVar

ItemT = TypeVar("ItemT")


async def at_once(items: Iterable[ItemT], do: Callable[[ItemT], Awaitable[None]], concurrency: int) -> None:
    """Do it for every item, so many at a time, in their order. The first error of one ends the rest, and is raised."""
    left = iter(items)

    async def work(mine: Iterator[ItemT]) -> None:
        for item in mine:
            await do(item)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(concurrency):
                group.create_task(work(left))
    except ExceptionGroup as several:  # the group's own wrapping: callers know the errors in it, not a group of them
        raise several.exceptions[0] from None
