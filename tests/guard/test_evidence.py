"""Evidence is one line of JSON that reads back as the very same value."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from guard.evidence import SCHEMA, Circumstances, Evidence, SelfReport, Spending
from tests.guard.building import answer, evidence, evidences, self_report, with_matrix


@settings(deadline=None, max_examples=120)
@given(evidences())
def test_it_reads_back_exactly(found: Evidence) -> None:
    line = found.to_json()
    assert Evidence.from_json(line) == found
    assert Evidence.from_json(line.encode()) == found
    assert Evidence.from_json(line).to_json() == line


@settings(deadline=None, max_examples=100)
@given(evidences())
def test_it_is_one_line_and_says_its_schema(found: Evidence) -> None:
    line = found.to_json()
    assert "\n" not in line
    assert "\r" not in line
    assert orjson.loads(line)["schema"] == SCHEMA == "evidence/1"


@settings(deadline=None, max_examples=100)
@given(
    evidences(),
    st.dictionaries(st.text(min_size=1, max_size=6).map("later_".__add__), st.integers(-(2**63), 2**63), max_size=3),
)
def test_fields_of_a_later_version_are_ignored_at_every_level(found: Evidence, later: dict[str, int]) -> None:
    body = orjson.loads(found.to_json())
    body |= later
    body["candidate"] |= later
    body["circumstances"] |= later
    assert Evidence.from_json(orjson.dumps(body)) == found


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"schema": "evidence/1"}',
        evidence().to_json().replace("evidence/1", "evidence/2"),
        evidence().to_json()[:-1],
        evidence(self_report=self_report(0.5)).to_json().replace('"value":0.5', '"value":1.5'),
        evidence().to_json().replace('"kind":"answer"', '"kind":"guess"', 1),
    ],
)
def test_anything_else_is_refused(line: str) -> None:
    with pytest.raises(ValidationError):
        Evidence.from_json(line)


def test_it_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        evidence().asked = 3  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        answer().text = "Lyon"  # type: ignore[misc]


def test_what_is_missing_is_counted() -> None:
    found = evidence(draws=("Paris", "Paris", "Lyon"), asked=5)
    assert (found.used, found.failed) == (3, 2)
    assert evidence().failed == 0
    assert evidence(asked=0).failed == 0


def test_tokens_are_those_of_all_calls_prompts_included() -> None:
    spent = (
        Spending(purpose="candidate", calls=1, prompt_tokens=10, completion_tokens=5),
        Spending(purpose="draw", calls=4, prompt_tokens=40, completion_tokens=20, seconds=1.5),
    )
    assert spent[1].tokens == 60
    assert evidence(spending=spent).tokens == 75


def test_what_is_not_known_is_none_and_never_a_number() -> None:
    bare = with_matrix(((1.0,),))
    assert bare.self_report is None
    assert bare.candidate.logprob is None
    assert bare.circumstances.min_confidence is None


@pytest.mark.parametrize("value", [-0.01, 1.01, float("nan")])
def test_a_self_report_is_in_the_unit_interval(value: float) -> None:
    with pytest.raises(ValidationError):
        SelfReport(value=value, form="number", affirmed=True, prompt="p")


def test_the_schema_field_goes_by_both_names() -> None:
    said = {"id": "g", "dialect": "d", "model": "m", "question": "q", "candidate": answer()}
    around = Circumstances(policy="p", mode="enforce")
    assert Evidence(**said, circumstances=around) == Evidence(**said, circumstances=around, schema="evidence/1")
    assert Evidence(**said, circumstances=around, schema_="evidence/1").schema_ == "evidence/1"
