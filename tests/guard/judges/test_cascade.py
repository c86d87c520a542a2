"""The store of one request's pairs: compared once, asked about once, pure afterwards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.agreement import SAME, Judge
from guard.judges import JUDGES
from guard.judges.cascade import MAX_ASKED, MAX_CHARS, MAX_PAIRS, Pairs, compare, similarity_of
from guard.judges.costly import pair_of
from guard.judges.lexical import AGREED, OPEN, VETO, Lexical
from guard.judges.opinion import Opinion
from tests.guard.building import JUDGE
from tests.guard.judges.cascades import Doubtful, Told, cascade

Q = "Why did the bridge close?"
LEXICAL = Lexical()
UNITS = st.floats(0, 1)


# What the lexical judge leaves open


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("", "cracks"),
        ("Cracks", "cracks."),
        ("12", "13"),
        ("twelve", "12"),
        ("It was cracked", "It was not cracked"),
        ("The steel was cracked", "It was repainted"),
    ],
)
def test_what_types_decide_and_what_is_far_apart_is_closed(a: str, b: str) -> None:
    assert not LEXICAL.compare(Q, a, b).open


def test_what_is_neither_alike_nor_unlike_is_open_both_ways_round() -> None:
    a, b = "The steel was cracked", "There were cracks in the steelwork"
    there, back = LEXICAL.compare(Q, a, b), LEXICAL.compare(Q, b, a)
    assert there == back
    assert there.open
    assert OPEN[0] <= there.similarity < OPEN[1]
    assert there.similarity == LEXICAL.similarity(Q, a, b)


def test_the_band_has_the_threshold_inside() -> None:
    assert OPEN[0] < SAME < OPEN[1] < AGREED


# A costly judge's word


@given(UNITS)
def test_a_word_counts_like_typed_values_and_no_word_changes_nothing(similarity: float) -> None:
    opinion = Opinion(similarity, open=True)
    assert similarity_of(opinion, None) == similarity
    assert AGREED <= similarity_of(opinion, "same") <= 1
    assert 0 < similarity_of(opinion, "different") <= VETO


@given(UNITS, UNITS)
def test_a_word_keeps_the_order_of_likeness(low: float, high: float) -> None:
    low, high = sorted((low, high))
    for verdict in ("same", "different"):
        assert similarity_of(Opinion(low), verdict) <= similarity_of(Opinion(high), verdict)


def test_the_version_names_both() -> None:
    assert cascade().version == "doubtful/1 told/1"
    assert Pairs(cascade(), Q).version == "doubtful/1 told/1"


@pytest.mark.parametrize("judge", [JUDGE, JUDGES["lexical"]])
def test_without_a_costly_judge_nothing_is_open(judge: Judge) -> None:
    opinion = compare(judge, Q, "The steel was cracked", "There were cracks in the steelwork")
    assert not opinion.open
    assert opinion.similarity == judge.similarity(Q, "The steel was cracked", "There were cracks in the steelwork")


# The store


def test_a_pair_is_compared_once_in_whichever_order_it_comes() -> None:
    by = cascade()
    pairs = Pairs(by, Q)
    assert [pairs.similarity(Q, *both) for both in (("b maybe", "a"), ("a", "b maybe"))] == [0.5, 0.5]
    assert isinstance(by.first, Doubtful)
    assert by.first.compared == [("a", "b maybe")]


def test_only_new_pairs_are_to_be_compared_and_each_once() -> None:
    pairs = Pairs(cascade(), Q)
    pairs.learn(pairs.opinions(pairs.new([("a", "b")])))
    assert pairs.new([("b", "a"), ("a", "c"), ("c", "a")]) == [pair_of("a", "c")]


def test_looking_changes_nothing_until_it_is_learnt() -> None:
    pairs = Pairs(cascade(), Q)
    found = pairs.opinions([pair_of("maybe", "b")])
    assert pairs.open([("maybe", "b")]) == []
    pairs.learn(found)
    assert pairs.open([("maybe", "b")]) == [pair_of("maybe", "b")]


def test_only_open_pairs_are_asked_about_and_none_twice() -> None:
    pairs, answers = Pairs(cascade(), Q), [("maybe a", "b"), ("b", "maybe a"), ("a", "b"), ("c", "c")]
    pairs.learn(pairs.opinions(pairs.new(answers)))
    asked = pairs.open(answers)
    assert asked == [pair_of("maybe a", "b")]
    pairs.decide(asked, [None])
    assert pairs.open(answers) == []
    assert pairs.similarity(Q, "b", "maybe a") == 0.5


def test_a_decided_pair_has_the_similarity_of_its_verdict() -> None:
    pairs, answers = Pairs(cascade(), Q), [("maybe a", "b"), ("maybe c", "b")]
    pairs.learn(pairs.opinions(pairs.new(answers)))
    pairs.decide([pair_of("maybe a", "b"), pair_of("maybe c", "b")], ["same", "different"])
    assert pairs.similarity(Q, "b", "maybe a") >= AGREED
    assert pairs.similarity(Q, "maybe c", "b") <= VETO


def test_the_most_doubtful_pairs_are_asked_about_first_and_never_more_than_the_cap() -> None:
    class Graded(Doubtful):
        def compare(self, question: str, a: str, b: str) -> Opinion:
            return Opinion(int(b) / 100, open=True)

    by = cascade()
    pairs = Pairs(type(by)(Graded(), Told()), Q)
    answers = [("0", str(number)) for number in range(40, 80)]
    pairs.learn(pairs.opinions(pairs.new(answers)))
    asked = pairs.open(answers)
    assert len(asked) == MAX_ASKED
    assert asked[0] == ("0", "70")
    assert {int(b) for _, b in asked} <= set(range(62, 79))
    pairs.decide(asked, ["same"] * len(asked))
    assert pairs.open(answers) == []


def test_a_long_answer_is_not_asked_about() -> None:
    pairs = Pairs(cascade(), Q)
    for length, asked in ((MAX_CHARS, 1), (MAX_CHARS + 1, 0)):
        answers = [("maybe".ljust(length, "x"), "b")]
        pairs.learn(pairs.opinions(pairs.new(answers)))
        assert len(pairs.open(answers)) == asked


def test_the_memory_is_bounded_and_what_does_not_fit_is_compared_each_time() -> None:
    by = cascade()
    pairs = Pairs(by, Q)
    pairs.learn({pair_of("a", str(number)): Opinion(0.0) for number in range(MAX_PAIRS + 5)})
    assert pairs.new([("x", "y")]) == []
    assert pairs.similarity(Q, "x", "maybe") == 0.5
    assert pairs.open([("x", "maybe")]) == []


def test_another_question_is_not_remembered() -> None:
    pairs = Pairs(cascade(), Q)
    pairs.learn({pair_of("a", "b"): Opinion(0.9)})
    assert (pairs.similarity(Q, "a", "b"), pairs.similarity("Another?", "a", "b")) == (0.9, 0.0)
