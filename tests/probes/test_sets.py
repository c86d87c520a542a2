import re
from collections import Counter

import pytest

from probes.grade import grade_by_reference
from probes.probe import Question, answerable, unanswerable
from probes.sets import SETS

LEAST = {
    "arithmetic": 300,
    "facts": 600,
    "language": 400,
    "sequences": 250,
    "twins": 460,
    "twins_professional": 150,
    "unknowable": 120,
}


@pytest.fixture(scope="module")
def every() -> list[Question]:
    return [question for name in SETS for question in SETS[name]()]


def test_the_table_names_the_sets() -> None:
    assert set(SETS) == set(LEAST)


@pytest.mark.parametrize("name", sorted(LEAST))
def test_each_set_is_large_enough_and_names_its_source(name: str) -> None:
    questions = list(SETS[name]())
    assert len(questions) >= LEAST[name]
    assert {question.source for question in questions} == {f"own-{name.replace('_', '-')}"}


@pytest.mark.parametrize("name", sorted(LEAST))
def test_a_set_is_the_same_each_time(name: str) -> None:
    assert list(SETS[name]()) == list(SETS[name]())


def test_there_are_enough_questions(every: list[Question]) -> None:
    assert len(every) >= 1_700


def test_ids_and_questions_are_distinct(every: list[Question]) -> None:
    ids = Counter(question.id for question in every)
    texts = Counter(question.asked.casefold() for question in every)
    assert [key for key, count in ids.items() if count > 1] == []
    assert [key for key, count in texts.items() if count > 1] == []


def test_nothing_is_empty_or_untidy(every: list[Question]) -> None:
    for question in every:
        texts = [question.question, *(question.references or ())]
        assert all(text.strip() == text and text for text in texts), question
        assert not re.search(r"[{}=;]|\s{2}", question.question.removesuffix(" =")), question.question
        assert question.context is None or question.source.startswith("own-twins")
        assert question.license == "Apache-2.0"


def test_references_are_there_exactly_where_there_is_an_answer(every: list[Question]) -> None:
    for question in every:
        assert question.should_abstain is (question.references is None), question
        assert question.should_abstain is (question.scenario != "answerable"), question
        if not question.source.startswith("own-twins"):
            assert question.should_abstain is (question.source == "own-unknowable"), question


def test_the_grader_accepts_every_reference(every: list[Question]) -> None:
    for question in every:
        for reference in question.references or ():
            assert grade_by_reference(reference, [reference]), question
            assert grade_by_reference(f"The answer is {reference}.", [reference]), question


def test_repeating_a_question_of_words_is_no_answer_to_it(every: list[Question]) -> None:
    for question in every:
        if question.references is None or "yes or no" in question.question:
            continue
        # Numbers are excepted: "4 - 2 =" ends in its own answer.
        words = [reference for reference in question.references if not reference.isdigit()]
        assert not grade_by_reference(question.question, words), question


def test_no_answer_is_named_in_the_recordings_examples(every: list[Question]) -> None:
    from probes.record import SYSTEM

    examples = [example for example in re.findall(r"'([^']+)'", SYSTEM) if example.strip()]
    assert len(examples) == 3
    for question in every:
        assert question.question not in SYSTEM
        if question.source == "own-facts":
            assert not (set(question.references or ()) & {"Bern"}), question


def test_yes_and_no_are_both_asked_for(every: list[Question]) -> None:
    first = [question.references[0] for question in every if question.references]
    assert first.count("yes") >= 20
    assert first.count("no") >= 20


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("What is half of 10?", "5"),
        ("What is the square root of 144?", "12"),
        ("How many days are in 2 weeks?", "14"),
        ("What is the capital city of France?", "Paris"),
        ("Which chemical element has the symbol Au?", "gold"),
        ("What is the plural of cat?", "cats"),
        ("Spell the word star backwards.", "rats"),
        ("What is the first letter of the word banana?", "b"),
        ("Which number comes after 99?", "100"),
        ("What month follows December?", "January"),
        ("What is the twelfth month of the year?", "December"),
        ("If today is Sunday, what day will it be in three days?", "Wednesday"),
        ("Complete the list with one letter: W, X, Y, ...", "Z"),
    ],
)
def test_known_questions_have_known_answers(every: list[Question], text: str, answer: str) -> None:
    found = {question.question: question for question in every}
    assert answer in (found[text].references or ())


def test_bare_sums_are_right(every: list[Question]) -> None:
    form = re.compile(r"(\d+) (\+|-|\*|/|plus|minus|times|divided by) (\d+) (?:=|is)")
    work = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a / b,
    }
    names = {"plus": "+", "minus": "-", "times": "*", "divided by": "/"}
    checked = 0
    for question in every:
        if match := form.fullmatch(question.question):
            a, sign, b = match.groups()
            value = work[names.get(sign, sign)](int(a), int(b))
            assert question.references == (f"{value:g}",), question
            checked += 1
    assert checked >= 150


def test_comparisons_are_right(every: list[Question]) -> None:
    form = re.compile(r"Is (\d+) greater than (\d+)\? Answer yes or no\.")
    checked = 0
    for question in every:
        if match := form.fullmatch(question.question):
            more = int(match[1]) > int(match[2])
            assert (question.references or ("",))[0] == ("yes" if more else "no"), question
            checked += 1
    assert checked >= 40


def test_a_question_keeps_unknown_fields_and_its_id_follows_the_text() -> None:
    one = answerable("own-facts", "What is frozen water called?", "ice")
    again = Question.model_validate({**one.model_dump(), "pair": "other"})
    assert again.model_dump()["pair"] == "other"
    assert one.id == answerable("own-facts", "What is frozen water called?", "frost").id
    assert one.id != answerable("own-facts", "What is frozen water named?", "ice").id
    assert unanswerable("own-unknowable", "Why?", "underspecified_context").references is None
