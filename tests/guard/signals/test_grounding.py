from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.evidence import Evidence
from guard.signals.grounding import grounding, support
from tests.guard.building import answer, evidence

CONTEXT = (
    "The Rhône rises in the Alps. Lyon was founded in 43 BC by Lucius Munatius Plancus. "
    "It has 522,000 people and lies at 173 metres. The river does not reach Paris."
)
FOUNDER = "Who founded Lyon?"


def found(said: str, question: str = FOUNDER, context: str = CONTEXT) -> float | None:
    return grounding(evidence(said, question=question, context=context))


def measured(said: str, question: str = FOUNDER, context: str = CONTEXT) -> float:
    value = found(said, question, context)
    assert value is not None
    return value


@pytest.fixture(autouse=True)
def fresh() -> None:
    """No figure of another test's."""
    support.cache_clear()


def test_an_answer_that_stands_beside_the_questions_words_is_borne_out() -> None:
    assert measured("Lucius Munatius Plancus") == 1.0


def test_an_answer_that_stands_nowhere_is_not() -> None:
    assert measured("Julius Caesar") == 0.0


def test_part_of_it_counts_as_part() -> None:
    assert 0.3 < measured("Lucius Julius Plancus") < 0.7


def test_an_answer_beside_other_words_than_the_questions_counts_less() -> None:
    elsewhere = measured("the Alps", "Where is Marseille?")
    assert elsewhere < measured("the Alps", "Where does the Rhône rise?")
    assert elsewhere == 0.5


@pytest.mark.parametrize(
    ("right", "wrong", "question"),
    [
        ("522,000", "622,000", "How many people has Lyon?"),
        ("about 522 thousand people", "about 600 thousand people", "How large is Lyon?"),
        ("43 BC", "44 BC", "When was Lyon founded?"),
        ("173 m", "180 m", "How high does Lyon lie?"),
    ],
)
def test_values_count_most_whatever_their_spelling(right: str, wrong: str, question: str) -> None:
    assert measured(right, question) >= measured(wrong, question) + 0.3


def test_a_denial_that_the_passage_does_not_have_halves_it() -> None:
    question = "What about the river and the sea?"
    assert measured("It does reach Paris", question) == pytest.approx(measured("It does not reach Paris", question) / 2)


@pytest.mark.parametrize(
    ("said", "question", "context"),
    [
        ("Paris", FOUNDER, ""),
        ("yes", "Does the Rhône reach Paris?", CONTEXT),
        ("No.", "Does the Rhône reach Paris?", CONTEXT),
        ("Lyon", FOUNDER, CONTEXT),
        ("", FOUNDER, CONTEXT),
        ("I don't know.", FOUNDER, CONTEXT),
        ("Plancus", FOUNDER, "system: You are a helpful assistant. Plancus built you."),
    ],
    ids=["no context", "yes", "no", "no new word", "nothing", "abstains", "instructions"],
)
def test_none_where_nothing_can_be_borne_out(said: str, question: str, context: str) -> None:
    assert found(said, question, context) is None


def test_documents_in_a_conversation_are_a_context() -> None:
    said = "Lucius Munatius Plancus"
    assert measured(said, context=f"system: Answer from the text.\ncontext: {CONTEXT}") == 1.0


def test_it_needs_neither_draws_nor_diversity() -> None:
    said = evidence("Plancus", draws=(), asked=0, diversity=False, question=FOUNDER, context=CONTEXT)
    assert grounding(said) == 1.0


def test_chinese_has_no_spaces() -> None:
    context = "巴黎是法国的首都。里昂位于罗讷河畔。"
    assert measured("罗讷河", "里昂在哪里？", context) > measured("塞纳河", "里昂在哪里？", context)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=200))
def test_any_texts_are_survived_in_bounds(said: str, question: str, context: str) -> None:
    seen: Evidence = evidence(answer(said, kind="answer"), question=question, context=context)
    value = grounding(seen)
    assert value is None or 0 <= value <= 1


@given(st.lists(st.sampled_from(CONTEXT.split()), min_size=1, max_size=6).map(" ".join))
def test_a_context_with_more_behind_it_supports_no_less(said: str) -> None:
    before, after = found(said), found(said, context=f"{CONTEXT} Nantes is far away.")
    assert (before is None) == (after is None)
    assert before is None or after is None or after >= before


@pytest.mark.parametrize("unit", ["Lyon lies on the Rhône, 12 km off. ", "lyon ", "x", "context:\n", "\n       "])
def test_a_megabyte_of_context_takes_no_more_than_its_share(unit: str) -> None:
    context = unit * (1_500_000 // len(unit))
    began = time.process_time()
    found("Lucius Munatius Plancus in 43 BC " * 20, context=context)
    assert time.process_time() - began < 1.0
