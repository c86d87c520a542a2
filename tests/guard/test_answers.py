"""The final short answer out of a completion: cases, properties, and the cost of hostile texts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.answers import final_answer, json_answer, split_reasoning

HOSTILE = (
    "a", " ", "\n", "{", "[", "*", "$", "`", "```\n", '"', "\\boxed{", "\\boxed{}", "#### ", "answer ", "Answer: ",
    "the answer is ", "the answer to ", ".", "<think>", "</think>", "\u200b", "答案是", "答えは", "الإجابة هي ",
    "उत्तर है ",
    "\ud800", '{"a":', "[[",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("A: The last letter of Amy is y. Putting them together gives yajo. The answer is yajo.", "yajo"),
        ("<think>Rome? No.</think>The capital is Paris.", "The capital is Paris"),
        ("Paris", "Paris"),
        ("A: Paris", "Paris"),
        ('"Paris"', "Paris"),
        ("**Paris**", "Paris"),
        ("The answer is: **Paris**.", "Paris"),
        ("the answer to the question is J. K. Rowling.", "J. K. Rowling"),
        ("The answer is the U.S.", "the U.S."),
        ("The answer is 3.5. That is all.", "3.5"),
        ("First the answer is 3. Wait. So the correct answer is 4.", "4"),
        ("**Answer:** 84", "84"),
        ("### Answer\n\n* Paris\n", "Paris"),
        ("**Final Answer**\n\n\\[ \\boxed{84} \\]\n\nHope it helps!", "84"),
        ("Final answer: **12.5** because it doubles", "12.5 because it doubles"),
        ("so 6 * 7\n#### 42", "42"),
        ("#### 1\nno, wait\n#### 1,234", "1,234"),
        ("It is $\\boxed{\\frac{1}{2}}$.", "\\frac{1}{2}"),
        ("\\boxed{\\text{Paris}}", "Paris"),
        ("\\boxed{1 + {2", "1 + {2"),
        ("The final answer is $\\boxed{30}$", "30"),
        ("The answer is (B).", "B"),
        ("(C)", "C"),
        ("The correct answer is B) the red one", "B"),
        ("Answer: A", "A"),
        ("Both (A) and (B)", "Both (A) and (B)"),
        ('{"answer": "Paris", "confidence": 90}', "Paris"),
        ('```json\n{"final_answer": 12}\n```', "12"),
        ('{"Final Answer": ["a", "b"]} Note: two.', "a, b"),
        ('{"result": true}', "true"),
        ('{"city": "Paris"}', '{"city": "Paris"}'),
        ('{"answer": null}', '{"answer": null}'),
        ("```python\nprint(1)\n```", "print(1)"),
        ("La respuesta correcta es Madrid.", "Madrid"),
        ("Respuesta final: Madrid", "Madrid"),
        ("La réponse est Paris.", "Paris"),
        ("Réponse : Paris", "Paris"),
        ("Die Antwort lautet: Berlin.", "Berlin"),
        ("Die Antwort auf die Frage ist Berlin.", "Berlin"),
        ("所以，答案是北京。", "北京"),
        ("最终答案：北京", "北京"),
        ("したがって、答えは東京です。", "東京"),
        ("إذن الإجابة هي باريس.", "باريس"),
        ("उत्तर: दिल्ली।", "दिल्ली"),
        ("I do not know what the answer is.", "I do not know what the answer is"),
        ("", ""),
        ("   ", ""),
        ("**", "**"),
    ],
)
def test_cases(text: str, answer: str) -> None:
    assert final_answer(text) == answer


def test_a_long_text_ends_with_its_answer() -> None:
    steps = "We look at the map and follow the river to the sea. " * 8
    assert final_answer(f"{steps}So it is Rome.") == "So it is Rome"
    assert final_answer(f"{steps}\n\nSo it is Rome.\n\nLet me know if you need more!") == "So it is Rome"


PROSE = (
    "The Raven was written by Edgar Allan Poe. It first appeared in January 1845 in a newspaper of New York, and it "
    "made its author known in his whole country within a few weeks. Many parodies and several films followed."
)
SUM = (
    "Tom starts with twelve apples in his basket and gives away five of them on the way home, so he has seven apples. "
    "Then his sister puts three more into the basket, which makes it seven and three. In the end there are 10 apples."
)


@pytest.mark.parametrize(
    ("text", "question", "begins"),
    [
        (PROSE, "Who wrote The Raven?", "The Raven was written"),
        ("Sure! " + PROSE, "Who wrote The Raven?", "The Raven was written"),
        (PROSE, "", "Many parodies"),
        (PROSE, "Which painter lived in Delft?", "Many parodies"),
        (PROSE + "\nThe answer is Poe.", "Who wrote The Raven?", "Poe"),
        (SUM, "How many apples does Tom have in the end?", "In the end there are 10"),
        (SUM, "Tom has 12 apples, gives 5 away and gets 3. What is left of the apples?", "In the end there are 10"),
    ],
)
def test_prose_opens_with_its_answer_unless_it_is_worked_out(text: str, question: str, begins: str) -> None:
    assert final_answer(text, question).startswith(begins)


def test_a_long_text_of_one_word_stays_whole() -> None:
    assert final_answer("x" * 300) == "x" * 300


def test_json_is_read_only_where_it_opens_the_text() -> None:
    assert json_answer('{"answer": "Paris"}') == "Paris"
    assert json_answer('Here it is: {"answer": "Paris"}') == ""
    assert json_answer('{"answer": ') == ""
    assert json_answer("[" * 50_000) == ""
    assert json_answer('{"answer":' * 9_000) == ""
    assert json_answer('{"answer": [["a"], "b"]}') == '[["a"], "b"]'
    for depth in (400, 900, 980, 5_000):
        final_answer('{"answer":' + "[" * depth + "]" * depth + "}")
    assert json_answer('{"answer": ' + "9" * 5_000 + "}") == ""


@given(st.text())
def test_never_raises_and_never_empties_visible_text(text: str) -> None:
    answer = final_answer(text)
    assert bool(answer) == bool(split_reasoning(text)[1])


@given(st.from_regex(r"[A-Za-z][a-z]{1,10}( [a-z]{1,10}){0,3}", fullmatch=True))
def test_every_mark_gives_the_same_answer(answer: str) -> None:
    marks = (
        "The answer is {}.",
        "Answer: {}",
        "#### {}",
        "\\boxed{{{}}}",
        '{{"answer": "{}"}}',
        "**Final answer:** {}",
    )
    assert {final_answer(mark.format(answer)) for mark in marks} == {answer}


@pytest.mark.parametrize("piece", HOSTILE)
def test_two_hundred_thousand_characters_take_less_than_half_a_second(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begin = time.process_time()
    final_answer(text)
    assert time.process_time() - begin < 0.5


@pytest.mark.parametrize("piece", ["The answer is (B). ", "\\boxed{1} {", "We go on. "])
def test_cost_is_linear(piece: str) -> None:
    def cost(length: int) -> float:
        text = piece * (length // len(piece))
        begin = time.process_time()
        for _ in range(5):
            final_answer(text)
        return time.process_time() - begin

    cost(1_000)
    assert cost(160_000) < 40 * max(cost(16_000), 0.002)
