from __future__ import annotations

from guard.signals.premise_doubt import premise_doubt
from tests.guard.building import answer, evidence

QUESTION = "A box holds 12 pens. How many pens does Ann have?"
SURE = "Ann has 12 pens, as one box holds 12."
LACKING = "The question does not say how many boxes Ann has, so the number of pens cannot be determined."


def found(said: str, reasoning: str = "") -> float:
    value = premise_doubt(evidence(answer(said, reasoning=reasoning), question=QUESTION))
    assert value is not None
    return value


def test_doubt_in_the_answer_lowers_it() -> None:
    assert found(LACKING) < 0.2 < 0.6 < found(SURE)


def test_doubt_in_the_reasoning_lowers_it_though_the_answer_has_none() -> None:
    assert found(SURE, LACKING * 2) < found(SURE, "One box holds 12 pens. " * 4) - 0.2


def test_it_reads_the_candidate_alone() -> None:
    assert premise_doubt(evidence(SURE, (LACKING,) * 4, question=QUESTION)) == found(SURE)


def test_without_text_it_is_not_measured() -> None:
    assert premise_doubt(evidence(answer("", tool_call=True), question=QUESTION)) is None


def test_a_long_row_of_doubts_stays_in_the_unit_interval() -> None:
    assert 0 <= found(LACKING * 2_000, LACKING * 2_000) <= 1
