"""Yes and no in a few words."""

from __future__ import annotations

import pytest

from guard.typed.polarity import polarity_of
from guard.typed.reading import read

YES = [
    "yes", "y", "yep, it is", "that's correct.", "that is right", "it is true.", "correct", "of course.", "absolutely",
    "certainly, it does.", "it does.", "they can", "i think so.", "the answer is yes", "answer: yes", "indeed",
    "the statement is accurate", "it isn't false.", "是", "はい、そうです。", "네", "да, это правда", "no doubt",
]  # fmt: skip
NO = [
    "no", "n", "nope.", "that's incorrect", "that is wrong.", "it's not true", "false.", "of course not", "not at all.",
    "absolutely not", "it doesn't.", "they cannot", "i don't think so.", "the answer is no", "the claim is inaccurate",
    "this isn't right", "by no means", "no, it is", "不是", "いいえ", "아니요", "нет",
]  # fmt: skip
NEITHER = [
    "paris", "right", "maybe", "i don't know.", "no evidence of it", "true north", "it is in paris", "yes-men 5",
    "correctional facility", "it does rain", "sure-footed", "", "no. 5", "that is 12", "absolute zero",
]  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_affirmations(text: str) -> None:
    assert polarity_of(text)[0] == "yes"


@pytest.mark.parametrize("text", NO)
def test_denials(text: str) -> None:
    assert polarity_of(text)[0] == "no"


@pytest.mark.parametrize("text", NEITHER)
def test_neither(text: str) -> None:
    assert polarity_of(text)[0] == ""


def test_what_is_said_behind_the_word() -> None:
    assert read("No, it is not possible").claim == ("it", "is", "not", "possible")
    assert read("No es legal").claim == ("no", "es", "legal")
    assert read("It is possible").claim == ("it", "is", "possible")
    assert read("Yes").claim == ()
