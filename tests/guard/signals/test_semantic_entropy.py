from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.signals.semantic_entropy import entropy, semantic_entropy
from tests.guard.building import evidence, with_matrix


def test_the_textbook_values_in_nats() -> None:
    assert entropy([5]) == 0
    assert entropy([1, 1]) == pytest.approx(math.log(2))
    assert entropy([2, 1, 1]) == pytest.approx(1.0397207708)
    assert entropy([4, 0]) == 0


def test_one_meaning_is_one_and_all_different_is_zero() -> None:
    assert semantic_entropy(evidence()) == 1
    assert semantic_entropy(evidence(draws=("Lyon", "Nice", "Lille"))) == 0
    mixed = semantic_entropy(evidence(draws=("Paris", "Lyon", "Lyon")))
    assert mixed == pytest.approx(1 - math.log(2) / math.log(4))


def test_a_lost_draw_counts_as_a_meaning_of_its_own() -> None:
    lost = semantic_entropy(evidence(draws=("Paris", "Paris"), asked=4))
    assert lost == semantic_entropy(evidence(draws=("Paris", "Paris", "Lyon", "Nice")))


def test_nothing_to_say_without_draws_or_diversity() -> None:
    assert semantic_entropy(evidence(draws=(), asked=3)) is None
    assert semantic_entropy(evidence(diversity=False)) is None


@pytest.mark.parametrize("count", range(1, 64))
def test_never_below_zero_by_rounding(count: int) -> None:
    found = semantic_entropy(
        with_matrix(tuple(tuple(float(i == j) for j in range(count + 1)) for i in range(count + 1)))
    )
    assert found is not None
    assert 0 <= found < 1e-9


@given(st.lists(st.integers(1, 20), min_size=1, max_size=8))
def test_bounded_by_the_number_of_answers(counts: list[int]) -> None:
    assert -1e-12 <= entropy(counts) <= math.log(sum(counts)) + 1e-12
    assert entropy(counts) == entropy(counts[::-1])
