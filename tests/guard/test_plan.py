"""The plan: budgets and deadlines follow the candidate's own size."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.dialects import Usage
from guard.plan import FIRST_WAVE, Candidate, Plan, needs_looks, plan_of
from guard.policy import Policy
from guard.upstream import Reply
from tests.guard.building import answer
from tests.guard.models import exchange

OTHER = {"upstream": "main", "model": "x"}


def candidate(prompt: int = 20, completion: int = 5, seconds: float = 1.0, **fields: Any) -> Candidate:
    thought = Usage(prompt, completion, fields.pop("thought", 0))
    return Candidate(Reply(200, (), b""), {}, answer(**fields), thought, "m", seconds)


def plan(of: Candidate | None = None, **policy: Any) -> Plan:
    return plan_of(Policy(**policy), exchange(), of or candidate())


def test_a_short_answer_gets_all_draws_in_two_waves_and_the_looks() -> None:
    assert plan() == Plan((FIRST_WAVE, 4), ("self_report", "second_way"), 19.0)
    assert plan().draws == 8


@pytest.mark.parametrize(
    ("policy", "waves"),
    [
        ({"preset": "fast"}, (1,)),
        ({"preset": "careful"}, (4, 6)),
        ({"samples": {"max": 3}}, (3,)),
        ({"samples": {"max": 4}}, (4,)),
        ({"samples": {"max": 5}}, (4, 1)),
        ({"samples": {"max": 64}}, (4, 60)),
        ({"samples": {"min": 0, "max": 0}}, ()),
        ({"samples": {"max": 6, "stop": "fixed"}}, (6,)),
    ],
    ids=str,
)
def test_waves(policy: dict[str, Any], waves: tuple[int, ...]) -> None:
    assert plan(**policy).waves == waves


@pytest.mark.parametrize("least", [1, 3, 8])
def test_a_slow_model_with_a_long_answer_keeps_its_draws(least: int) -> None:
    """No fixed budget may make the guard abstain from a model that thinks for 12,000 tokens."""
    slow = candidate(prompt=400, completion=12_000, seconds=90.0, thought=11_800)
    found = plan(slow, samples={"min": least})
    assert found.draws >= max(least, 3)
    assert found.looks == ("self_report", "second_way")
    assert found.seconds == 270.0


def test_the_budget_is_a_multiple_of_the_candidates_own_tokens() -> None:
    big = candidate(prompt=1_000, completion=1_000)
    without = {"signals": ["semantic_agreement"]}
    assert plan(big, **without).draws == 6
    assert plan(big, budget={"token_factor": 3}, **without).draws == 3
    assert plan(big, budget={"token_factor": 100}, **without).draws == 8
    assert plan(big, budget={"token_factor": 0, "min_tokens": 0}, **without).draws == 1
    assert plan(big, budget={"token_factor": 0, "min_tokens": 5_000}, **without).draws == 2


def test_the_looks_take_their_part_of_the_budget() -> None:
    big = candidate(prompt=1_000, completion=1_000)
    assert plan(big, signals=["self_report"]).draws == 5
    assert plan(big, signals=["self_report", "second_way"]).draws == 5
    assert plan(big, signals=["self_report", "second_way"], second_model=OTHER).draws == 5
    assert plan(candidate(1_000, 9_000, thought=8_000), signals=["self_report"]).draws == 5
    assert plan(candidate(1_000, 9_000, thought=8_000)).draws == 4
    assert plan(candidate(1_000, 9_000, thought=8_000), second_model=OTHER).draws == 3


def test_an_absolute_cap_wins_over_everything() -> None:
    big = candidate(prompt=1_000, completion=1_000)
    assert plan(big, budget={"max_extra_tokens": 4_100}).draws == 2
    assert plan(big, budget={"max_extra_tokens": 1_999}).waves == ()
    assert plan(big, samples={"min": 3}, budget={"max_extra_tokens": 2_000}).draws == 1


@pytest.mark.parametrize(
    ("seconds", "deadline", "left"),
    [
        (1.0, {}, 19.0),
        (10.0, {}, 30.0),
        (10.0, {"factor": 2}, 10.0),
        (10.0, {"factor": 0.5, "min_seconds": 0}, 0.0),
        (0.0, {"min_seconds": 0}, 0.0),
        (10.0, {"seconds": 15}, 5.0),
        (10.0, {"seconds": 5}, 0.0),
        (1.0, {"seconds": 100}, 19.0),
    ],
    ids=str,
)
def test_what_is_left_of_the_deadline(seconds: float, deadline: dict[str, float], left: float) -> None:
    assert plan(candidate(seconds=seconds), deadline=deadline).seconds == left


@pytest.mark.parametrize(("kind", "asked"), [("answer", True), ("abstain", False), ("refuse", False)])
def test_only_an_answer_is_asked_about(kind: str, asked: bool) -> None:
    every = ("self_report", "second_way", "cross_model")
    assert plan(candidate(kind=kind), second_model=OTHER).looks == (every if asked else ())
    assert plan(candidate(kind=kind), signals=["semantic_agreement"]).looks == ()


@pytest.mark.parametrize(
    ("policy", "looks"),
    [
        ({}, ("self_report", "second_way")),
        ({"signals": ["second_way"]}, ("second_way",)),
        ({"signals": ["self_report"]}, ("self_report",)),
        ({"signals": [], "second_model": {"upstream": "main", "model": "x"}}, ("cross_model",)),
        ({"signals": ["cross_model"]}, ()),
    ],
    ids=str,
)
def test_a_look_is_taken_where_the_policy_pays_for_it(policy: dict[str, Any], looks: tuple[str, ...]) -> None:
    assert plan(**policy).looks == looks


@given(st.integers(0, 200_000), st.integers(0, 200_000), st.integers(0, 16), st.integers(0, 48), st.floats(0, 1e4))
def test_any_candidate_gets_a_plan_within_bounds(
    prompt: int, completion: int, least: int, more: int, seconds: float
) -> None:
    found = plan(candidate(prompt, completion, seconds), samples={"min": least, "max": least + more})
    assert least <= found.draws <= least + more
    assert all(found.waves)
    assert len(found.waves) <= 2
    assert found.seconds >= 0


@pytest.mark.parametrize(
    ("fields", "question", "looks", "recovering"),
    [
        ({}, "Why?", True, True),
        ({"kind": "abstain"}, "Why?", False, True),
        ({"kind": "refuse"}, "Why?", False, False),
        ({"tool_call": True}, "Why?", False, False),
        ({"kind": "abstain", "tool_call": True}, "Why?", False, False),
        ({}, "Write a poem about the sea.", False, False),
        ({"text": "x" * 7_000}, "Why?", False, False),
    ],
    ids=str,
)
def test_there_must_be_something_to_judge(fields: dict[str, Any], question: str, looks: bool, recovering: bool) -> None:
    recover = Policy(on_upstream_abstention="recover")
    assert needs_looks(Policy(), exchange(question), answer(**fields)) == looks
    assert needs_looks(recover, exchange(question), answer(**fields)) == recovering
