"""Denials counted: double negation, words that exclude each other, negating prefixes."""

from __future__ import annotations

import pytest

from guard.typed import compare
from guard.typed.denial import stem

SAME = [
    ("It is not impossible.", "It is possible."),
    ("It is not legal.", "It is illegal."),
    ("The number is irrational.", "The number is not rational."),
    ("The statement isn't false.", "The statement is true."),
    ("The patient is not alive.", "The patient is dead."),
    ("It cannot be undone.", "It is irreversible."),
    ("The function does not return anything.", "It returns nothing."),
    ("The service is always available.", "The service is never unavailable."),
    ("The integer is not even.", "The integer is odd."),
    ("He never smoked.", "He did not ever smoke."),
    ("There is no cure.", "No cure exists."),
    ("The substance is harmless.", "The substance is not harmful."),
    ("She did not fail.", "She passed."),
    ("No, no es posible.", "Es imposible."),
    ("The lamp is not on.", "The lamp is off."),
]
DIFFERENT = [
    ("It is poisonous.", "It is not poisonous."),
    ("It is not impossible.", "It is impossible."),
    ("The door is not closed.", "The door is closed."),
    ("He is not dead.", "He is dead."),
    ("これは安全です。", "これは安全ではありません。"),
    ("その薬は効果がある。", "その薬は効果がない。"),
    ("彼は来る。", "彼は来ない。"),
    ("Es legal.", "No es legal."),
    ("He is able to walk.", "He is unable to walk."),
    ("It is harmful.", "It is harmless."),
]
OPEN = [
    ("It is not red.", "It is blue."),
    ("He does not live in Paris.", "She works in Lyon."),
    ("It is not safe.", "It is dangerous to drive there at night in winter."),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_same(a: str, b: str) -> None:
    assert compare(a, b) == compare(b, a) == "same"


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_different(a: str, b: str) -> None:
    assert compare(a, b) == compare(b, a) == "different"


@pytest.mark.parametrize(("a", "b"), OPEN)
def test_open(a: str, b: str) -> None:
    assert compare(a, b) is compare(b, a) is None


def test_two_denials_of_two_things_are_not_one_affirmation() -> None:
    assert compare("It is not red and not blue", "It is red and blue") != "same"


@pytest.mark.parametrize(
    ("word", "found"),
    [("smoked", "smok"), ("smoke", "smok"), ("harmful", "harm"), ("harmless", "harmless"), ("is", "is")],
)
def test_stems(word: str, found: str) -> None:
    assert stem(word) == found
