"""The figures of `probes tax`: known numbers, what is undefined, and where a question counts."""

from __future__ import annotations

from typing import Any

import pytest

from probes.probe import Question
from probes.sets.twins import general
from probes.tax import Side, Told
from probes.tax_figures import ALL, penalised, scenarios_of, tax_of, taxes


def row(name: str, *, abstained: bool = False, correct: bool | None = None, **more: Any) -> Told:
    fields: dict[str, Any] = {
        "side": "guarded",
        "model": "m",
        "question_id": name,
        "question": name,
        "text": "",
        "abstained": abstained,
        "correct": correct,
        "calls": 4,
        "tokens": 100,
    }
    return Told.model_validate(fields | more)


def question(name: str, scenario: str, source: str = "s", **more: Any) -> Question:
    unanswerable = scenario != "answerable"
    fields = {"id": name, "source": source, "question": name, "should_abstain": unanswerable, "scenario": scenario}
    return Question.model_validate({**fields, "references": None if unanswerable else ["x"], **more})


SHOULD = {"a": True, "b": True, "c": False, "d": False, "e": False}
ROWS = [
    row("a", abstained=True),
    row("b", correct=False),
    row("c", correct=True),
    row("d", abstained=True),
    row("e", correct=True),
]


def test_known_figures() -> None:
    tax = tax_of(ROWS, SHOULD)
    assert (tax.n, tax.answered, tax.graded) == (5, 3, 5)
    assert (tax.precision, tax.recall, tax.f1) == (0.5, 0.5, 0.5)
    assert tax.false_abstention == pytest.approx(1 / 3)
    assert tax.accuracy == pytest.approx(2 / 3)
    assert tax.penalised == pytest.approx((0 - 1 + 1 + 0 + 1) / 5)
    assert tax.penalised_at == {
        "0.50": pytest.approx(1 / 5),
        "0.75": pytest.approx((2 - 3) / 5),
        "0.90": pytest.approx((2 - 9) / 5),
    }
    assert (tax.calls, tax.tokens) == (pytest.approx(20 / 3), pytest.approx(500 / 3))


def test_what_is_undefined_is_none() -> None:
    nothing = tax_of([row("a", abstained=True)], SHOULD)
    assert (nothing.precision, nothing.recall, nothing.f1) == (1.0, 1.0, 1.0)
    assert (nothing.false_abstention, nothing.accuracy, nothing.calls, nothing.tokens) == (None, None, None, None)
    assert nothing.penalised == 0.0
    answered = tax_of([row("c", correct=True)], SHOULD)
    assert (answered.precision, answered.recall, answered.f1) == (None, None, None)
    ungraded = tax_of([row("c")], SHOULD)
    assert (ungraded.graded, ungraded.penalised, ungraded.accuracy) == (0, None, None)
    assert penalised([], 0.5) is None


def test_a_cost_that_one_reply_does_not_tell_is_unknown() -> None:
    tax = tax_of([row("c", correct=True, calls=None), row("e", correct=True, tokens=None)], SHOULD)
    assert (tax.calls, tax.tokens) == (None, None)


def test_an_answerable_question_counts_where_its_twin_does() -> None:
    asked = [
        question("a", "stale", pair="b"),
        question("b", "answerable", pair="a"),
        question("c", "answerable", twin_of="subjective"),
        question("d", "false_premise", "one"),
        question("e", "answerable", "one"),
        question("f", "stale", "two"),
        question("g", "subjective", "two"),
        question("h", "answerable", "two"),
        question("i", "answerable", "two", pair="not here"),
        question("j", "answerable", "three", pair=None),
    ]
    assert scenarios_of(asked) == {
        "a": "stale",
        "b": "stale",
        "c": "subjective",
        "d": "false_premise",
        "e": "false_premise",
        "f": "stale",
        "g": "subjective",
        "h": "answerable",
        "i": "answerable",
        "j": "answerable",
    }


def test_own_twins_share_a_scenario() -> None:
    twins = list(general())
    found = scenarios_of(twins)
    assert all(found[twin.id] == found[twin.pair] == twin.twin_of for twin in twins)


def test_the_document_by_model_scenario_and_side() -> None:
    questions = [question("a", "stale", pair="c"), question("c", "answerable", pair="a")]
    rows = [row("a", abstained=True), row("c", correct=True), row("a", side="unguarded", correct=False, calls=1)]
    found = taxes([*rows, row("a", model="other", correct=False)], questions)
    assert set(found) == {"m", "other"}
    assert set(found["m"]) == {"stale", ALL}
    stale = found["m"]["stale"]
    assert stale["n"] == 2
    assert (stale["guarded"].recall, stale["unguarded"].recall) == (1.0, 0.0)
    assert found["other"]["stale"]["unguarded"] is None


@pytest.mark.parametrize("side", ["guarded", "unguarded"])
def test_sides_do_not_mix(side: Side) -> None:
    found = taxes([row("a", side=side, abstained=True)], [question("a", "stale")])["m"][ALL]
    assert found[side].n == 1
    assert [found[other] for other in ("guarded", "unguarded") if other != side] == [None]
