from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.signals.semantic_agreement import degree, semantic_agreement
from tests.guard.building import UNITS, evidence, matrices, permuted, with_matrix


def test_the_mean_similarity_of_the_candidate_to_the_draws() -> None:
    assert degree((1.0, 0.5, 0.0), 3) == 0.5
    found = with_matrix(((1.0, 0.9, 0.3), (0.9, 1.0, 1.0), (0.3, 1.0, 1.0)))
    assert semantic_agreement(found) == pytest.approx(0.6)


def test_a_lost_draw_counts_as_unlike() -> None:
    assert degree((1.0, 1.0), 4) == 0.5
    assert semantic_agreement(evidence(draws=("Paris",), asked=4)) == 0.25


def test_nothing_to_say_without_draws_or_diversity() -> None:
    assert semantic_agreement(evidence(draws=(), asked=0)) is None
    assert semantic_agreement(evidence(draws=(), asked=4)) is None
    assert semantic_agreement(evidence(diversity=False)) is None


def test_agreement_on_not_knowing_is_no_agreement_with_an_answer() -> None:
    found = evidence("Paris", ("I don't know.",) * 4)
    assert semantic_agreement(found) == 0


@given(st.lists(UNITS, min_size=1, max_size=8), st.integers(0, 4))
def test_in_the_unit_interval(similarities: list[float], missing: int) -> None:
    assert 0 <= degree(tuple(similarities), len(similarities) + missing) <= 1


@given(matrices(least=2), st.randoms(use_true_random=False))
def test_the_order_of_the_draws_does_not_matter_to_the_last_bit(
    matrix: tuple[tuple[float, ...], ...], dice: random.Random
) -> None:
    found = with_matrix(matrix)
    order = list(range(found.used))
    dice.shuffle(order)
    assert semantic_agreement(permuted(found, order)) == semantic_agreement(found)


def test_sums_that_depend_on_their_order_do_not() -> None:
    """0.1 + 0.2 + 0.3 is not 0.3 + 0.2 + 0.1 in floating point."""
    assert degree((0.1, 0.2, 0.3), 3) == degree((0.3, 0.2, 0.1), 3)
