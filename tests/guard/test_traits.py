"""Traits: what kind of answer it is, how long, with a context or without."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.traits import KIND_NAMES, TRAITS, traits_of
from tests.guard.building import answer, evidence


def kind_of(final: str, context: str = "") -> str:
    found = traits_of(evidence(candidate=answer(final), context=context))
    (kind,) = [name for name in KIND_NAMES if found[name]]
    return kind


@pytest.mark.parametrize(
    ("final", "kind"),
    [
        ("B", "choice"),
        ("(C)", "choice"),
        ("Yes", "yes_no"),
        ("True", "yes_no"),
        ("No, it is.", "yes_no"),
        ("Nein", "yes_no"),
        ("1,204", "value"),
        ("$5.20", "value"),
        ("March 5, 1999", "value"),
        ("twelve", "value"),
        ("Paris", "words"),
        ("12 angry men", "words"),
        ("Yes, the council of the city voted for the new bridge", "words"),
        ("", "words"),
    ],
)
def test_the_kind_of_an_answer(final: str, kind: str) -> None:
    assert kind_of(final) == f"kind.{kind}"
    assert kind_of(final, "Old maps.") == f"kind.{kind}.context"


def test_the_sizes() -> None:
    found = traits_of(evidence(question="Which river runs through Paris?", candidate=answer("the Paris Seine")))
    assert found["answer_chars"] == len("the Paris Seine")
    assert found["question_chars"] == len("Which river runs through Paris?")
    assert found["words_of_question"] == pytest.approx(1 / 3)
    assert found.keys() == TRAITS


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=20))
def test_every_answer_is_of_one_kind_and_every_share_is_one(final: str, question: str, context: str) -> None:
    found = traits_of(evidence(question=question, candidate=answer(final), context=context))
    assert sum(found[name] for name in KIND_NAMES) == 1
    assert 0 <= found["words_of_question"] <= 1


def test_no_look_changes_a_trait() -> None:
    """Early stopping relies on it: the outcomes that it weighs differ in the looks alone."""
    few, many = evidence(draws=(), asked=0), evidence(draws=(answer("Lyon"),) * 3, asked=3)
    assert traits_of(few) == traits_of(many)
