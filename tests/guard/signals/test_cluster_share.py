from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guard.signals.cluster_share import cluster_share, share
from tests.guard.building import evidence, with_matrix


def test_the_share_of_the_candidates_meaning() -> None:
    assert share((0, 0, 0, 1), 0) == 0.75
    assert share((0, 1, 2, 3), 0) == 0.25
    assert cluster_share(evidence(draws=("Paris", "It is Paris.", "Lyon"))) == 0.75


def test_a_lost_draw_counts_as_another_meaning() -> None:
    assert share((0, 0), 2) == 0.5
    assert cluster_share(evidence(draws=("Paris", "Paris"), asked=5)) == 0.5


def test_nothing_to_say_without_draws_or_diversity() -> None:
    assert cluster_share(evidence(draws=(), asked=0)) is None
    assert cluster_share(evidence(draws=(), asked=4)) is None
    assert cluster_share(evidence(diversity=False)) is None
    assert cluster_share(with_matrix(((1.0,),), asked=0)) is None


@given(st.lists(st.integers(0, 4), max_size=8), st.integers(0, 8))
def test_it_is_a_share_and_falls_with_what_is_missing(others: list[int], missing: int) -> None:
    clusters = (0, *others)
    assert 0 < share(clusters, missing) <= 1
    assert share(clusters, missing + 1) < share(clusters, missing)
