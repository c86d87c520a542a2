"""The thinking aloud set apart from the reply."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.reasoning import split_reasoning


@pytest.mark.parametrize(
    ("text", "reasoning", "visible"),
    [
        ("Paris", "", "Paris"),
        ("<think>France, so</think>Paris", "France, so", "Paris"),
        ("<thinking>\na\n</thinking>\n\nParis\n", "a", "Paris"),
        ("<reasoning>a</reasoning>b<think>c</think>d", "a\nc", "b\nd"),
        ("<THINK>a</Think>b", "a", "b"),
        ("<think>it never ends", "it never ends", ""),
        ("the template opened it</think>Paris", "the template opened it", "Paris"),
        ("<think>a<think>b</think>c</think>d", "a\nb\nc", "d"),
        ("Write `<think>` first.", "", "Write `<think>` first."),
        ("", "", ""),
        ("a < b and b > c", "", "a < b and b > c"),
    ],
)
def test_cases(text: str, reasoning: str, visible: str) -> None:
    assert split_reasoning(text) == (reasoning, visible)


@given(st.text(), st.text())
def test_a_block_never_leaks_into_the_visible_part(inside: str, after: str) -> None:
    inside, after = inside.replace("<", ""), after.replace("<", "")
    reasoning, visible = split_reasoning(f"<think>{inside}</think>{after}")
    assert (reasoning, visible) == (inside.strip(), after.strip())


@pytest.mark.parametrize("piece", ["<think>", "</think>", "<think></think>", "`<think>", "<", "a</thinking>\n"])
def test_two_hundred_thousand_characters_take_less_than_half_a_second(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begin = time.process_time()
    split_reasoning(text)
    assert time.process_time() - begin < 0.5
