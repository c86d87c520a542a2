"""The similarity matrix and the clusters: symmetric, independent of the order in which draws came."""

from __future__ import annotations

import itertools
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.agreement import SAME, Matrix, clusters, similarities
from guard.evidence import Answer
from guard.judges import JUDGES
from tests.guard.building import ANSWERS, QUESTION, answer, matrices, permuted, random_matrix, with_matrix, without

LEXICAL = JUDGES["lexical"]


class Fixed:
    """A judge that finds everything just so alike, and keeps what it was asked."""

    version = "fixed/1"

    def __init__(self, similarity: float) -> None:
        self._similarity = similarity
        self.asked: list[tuple[str, str, str]] = []

    def similarity(self, question: str, a: str, b: str) -> float:
        self.asked.append((question, a, b))
        return self._similarity


def matrix_of(*answers: Answer, judge: Fixed | None = None) -> Matrix:
    return similarities(QUESTION, answers, judge or Fixed(0.8))


# Similarities


def test_every_pair_is_judged_once_on_its_final_answers() -> None:
    judge = Fixed(0.5)
    long = answer("I looked it up. The answer is Paris.")
    matrix = matrix_of(answer("Lyon"), long, answer("Nice"), judge=judge)
    assert judge.asked == [(QUESTION, "Lyon", "Paris"), (QUESTION, "Lyon", "Nice"), (QUESTION, "Paris", "Nice")]
    assert matrix == ((1.0, 0.5, 0.5), (0.5, 1.0, 0.5), (0.5, 0.5, 1.0))


def test_one_answer_is_like_itself_and_none_is_nothing() -> None:
    assert matrix_of(answer()) == ((1.0,),)
    assert matrix_of() == ()


@pytest.mark.parametrize(("given", "kept"), [(1.7, 1.0), (-0.2, 0.0), (1 / 3, 0.333333)])
def test_a_judges_value_is_kept_within_bounds_and_to_six_digits(given: float, kept: float) -> None:
    assert matrix_of(answer("a"), answer("b"), judge=Fixed(given))[0][1] == kept


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ({"kind": "abstain"}, {"kind": "abstain"}, 1.0),
        ({"kind": "refuse"}, {"kind": "refuse"}, 1.0),
        ({"kind": "abstain"}, {"kind": "refuse"}, 0.0),
        ({}, {"kind": "abstain"}, 0.0),
        ({}, {"kind": "refuse"}, 0.0),
        ({}, {"tool_call": True}, 0.0),
        ({"tool_call": True}, {"tool_call": True}, 0.8),
        ({}, {"complete": False}, 0.0),
        ({"complete": False}, {"complete": False}, 0.8),
        ({"complete": False}, {}, 0.8),
    ],
    ids=str,
)
def test_what_is_no_answer_is_alike_only_to_its_own_kind(
    a: dict[str, object], b: dict[str, object], alike: float
) -> None:
    assert matrix_of(answer("Paris", **a), answer("Paris", **b))[0][1] == alike


def test_draws_that_were_cut_off_do_not_agree_with_each_other_either() -> None:
    cut = answer("The capital is", complete=False)
    matrix = matrix_of(answer(), cut, cut)
    assert matrix[1][2] == 0


@settings(deadline=None)
@given(st.lists(ANSWERS, max_size=6))
def test_symmetric_with_ones_on_the_diagonal(answers: list[Answer]) -> None:
    matrix = similarities(QUESTION, answers, LEXICAL)
    for i, j in itertools.product(range(len(answers)), repeat=2):
        assert matrix[i][j] == matrix[j][i]
        assert 0 <= matrix[i][j] <= 1
    assert all(matrix[i][i] == 1 for i in range(len(answers)))


# Clusters


def test_the_candidates_meaning_is_cluster_zero_and_numbers_follow_the_answers() -> None:
    matrix = (
        (1.0, 0.1, 0.9, 0.1, 0.0),
        (0.1, 1.0, 0.1, 0.8, 0.0),
        (0.9, 0.1, 1.0, 0.1, 0.0),
        (0.1, 0.8, 0.1, 1.0, 0.0),
        (0.0, 0.0, 0.0, 0.0, 1.0),
    )
    assert clusters(matrix) == (0, 1, 0, 1, 2)
    assert clusters(((1.0,),)) == (0,)
    assert clusters(()) == ()


def test_the_threshold_itself_counts_as_the_same() -> None:
    assert clusters(((1.0, SAME), (SAME, 1.0))) == (0, 0)
    assert clusters(((1.0, SAME - 1e-6), (SAME - 1e-6, 1.0))) == (0, 1)
    assert clusters(((1.0, 0.5), (0.5, 1.0)), same=0.5) == (0, 0)


def test_a_bridge_does_not_carry_another_meaning_to_the_candidate() -> None:
    """What is like a draw that is like the candidate need not be like the candidate."""
    matrix = ((1.0, 0.8, 0.1), (0.8, 1.0, 0.9), (0.1, 0.9, 1.0))
    assert clusters(matrix) == (0, 0, 1)


@settings(deadline=None, max_examples=300)
@given(matrices())
def test_a_partition_numbered_from_zero(matrix: Matrix) -> None:
    numbers = clusters(matrix)
    assert len(numbers) == len(matrix)
    assert numbers[0] == 0
    assert sorted(set(numbers)) == list(range(max(numbers) + 1))
    first = [numbers.index(number) for number in range(max(numbers) + 1)]
    assert first == sorted(first)


@settings(deadline=None, max_examples=300)
@given(matrices())
def test_in_the_candidates_cluster_is_exactly_what_means_the_same(matrix: Matrix) -> None:
    numbers = clusters(matrix)
    assert [number == 0 for number in numbers] == [alike >= SAME for alike in matrix[0]]


@settings(deadline=None, max_examples=300)
@given(matrices(least=2), st.randoms(use_true_random=False))
def test_the_order_of_the_draws_changes_no_cluster(matrix: Matrix, dice: random.Random) -> None:
    found = with_matrix(matrix)
    order = list(range(found.used))
    dice.shuffle(order)
    moved = permuted(found, order)
    before = {found.draws[i].text: found.clusters[i + 1] for i in range(found.used)}
    after = {moved.draws[i].text: moved.clusters[i + 1] for i in range(found.used)}
    together = [before[a] == before[b] for a, b in itertools.combinations(sorted(before), 2)]
    assert together == [after[a] == after[b] for a, b in itertools.combinations(sorted(before), 2)]
    assert Counter(found.clusters)[0] == Counter(moved.clusters)[0]


def test_losing_a_draw_moves_no_other_into_the_candidates_cluster() -> None:
    dice = random.Random(7)
    for _ in range(500):
        found = with_matrix(random_matrix(dice.randint(2, 8), dice))
        lost = dice.randrange(found.used)
        with_it = {draw.text for draw, number in zip(found.draws, found.clusters[1:], strict=True) if number == 0}
        fewer = without(found, lost)
        kept = {draw.text for draw, number in zip(fewer.draws, fewer.clusters[1:], strict=True) if number == 0}
        assert kept == with_it - {found.draws[lost].text}
