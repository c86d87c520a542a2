"""What the numbers of an answer betray."""

from __future__ import annotations

import pytest

from guard.doubt.arithmetic import SHORTEST, density, unknown_left


@pytest.mark.parametrize("final", ["15x", "10h", "P = 6000(n - 6)", r"\frac{1}{1-c^2}", "x + y", "0.28 X", "3n"])
def test_an_expression_with_an_unknown_is_told(final: str) -> None:
    assert unknown_left(final)


@pytest.mark.parametrize(
    "final",
    [
        "48",
        "B",
        "A",
        "Paris",
        "48 apples",
        r"\frac{3}{4}",
        r"2\sqrt{5} \text{ meters}",
        "$1,200",
        "a third of them",
        "",
    ],
)
def test_numbers_words_and_choices_are_none(final: str) -> None:
    assert not unknown_left(final)


def test_density_is_per_hundred_characters() -> None:
    assert density("12 and 13" + "x" * 91) == pytest.approx(2.0)
    assert density("no numbers here at all") == 0


def test_a_bare_number_is_dense() -> None:
    assert density("42") == pytest.approx(100 / SHORTEST)


def test_a_number_counts_once_with_its_commas_and_decimals() -> None:
    assert density("1,234.5" + " " * 93) == pytest.approx(1.0)
