"""The twins: each question without an answer has one much like it that has, by scenario and domain."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from probes.probe import Question
from probes.sets import RECORDED, SETS
from probes.sets.twins import DOMAINS, Twin, _pairs, general, professional

SCENARIOS = (
    "answer_unknown",
    "false_premise",
    "stale",
    "subjective",
    "underspecified_context",
    "underspecified_intent",
)


@pytest.fixture(scope="module")
def twins() -> dict[str, Twin]:
    return {twin.id: twin for twin in (*general(), *professional())}


def test_there_are_six_hundred_and_every_scenario_has_its_share(twins: dict[str, Twin]) -> None:
    assert len(twins) == sum(len(list(SETS[name]())) for name in ("twins", "twins_professional")) >= 600
    counts = Counter(twin.scenario for twin in general())
    assert set(counts) == {*SCENARIOS, "answerable"}
    assert all(counts[scenario] >= 38 for scenario in SCENARIOS)
    assert counts["answerable"] == sum(counts[scenario] for scenario in SCENARIOS)


def test_the_professional_ones_cover_each_domain_and_scenario() -> None:
    asked = list(professional())
    assert len(asked) >= 150
    domains = Counter(twin.domain for twin in asked)
    assert set(domains) == set(DOMAINS)
    assert min(domains.values()) >= 50
    for domain in DOMAINS:
        scenarios = Counter(twin.twin_of for twin in asked if twin.domain == domain)
        assert set(scenarios) == set(SCENARIOS)
        assert min(scenarios.values()) >= 6


def test_every_twin_names_the_other_and_only_one_of_them_has_an_answer(twins: dict[str, Twin]) -> None:
    for twin in twins.values():
        other = twins[twin.pair]
        assert other.pair == twin.id
        assert other.should_abstain is not twin.should_abstain
        assert (other.held_out, other.domain, other.source) == (twin.held_out, twin.domain, twin.source)
        assert other.twin_of == twin.twin_of
        assert twin.scenario == (twin.twin_of if twin.should_abstain else "answerable")
        assert (twin.references is None) is twin.should_abstain
        assert all(twin.references or ("x",))


def test_about_a_third_of_the_pairs_is_held_out(twins: dict[str, Twin]) -> None:
    share = sum(twin.held_out for twin in twins.values()) / len(twins)
    assert 0.25 < share < 0.42
    for source in ("own-twins", "own-twins-professional"):
        kept = Counter(twin.held_out for twin in twins.values() if twin.source == source)
        assert min(kept.values()) >= 40


def test_some_have_a_context_and_then_both_twins_do(twins: dict[str, Twin]) -> None:
    with_context = [twin for twin in twins.values() if twin.context]
    assert len(with_context) >= 60
    for twin in with_context:
        other = twins[twin.pair]
        assert other.context
        assert other.context != twin.context
        assert twin.asked == f"Context: {twin.context}\n\nQuestion: {twin.question}"


def test_no_template_makes_more_than_six_questions(twins: dict[str, Twin]) -> None:
    forms = Counter(" ".join(re.findall(r"\w+", twin.question.casefold())[:5]) for twin in twins.values())
    assert [form for form, count in forms.items() if count > 6] == []
    assert len({twin.question for twin in twins.values()}) >= 600


def test_a_pair_is_two_different_questions_or_contexts(twins: dict[str, Twin]) -> None:
    texts = [twin.asked.casefold() for twin in twins.values()]
    assert len(set(texts)) == len(texts)


def test_the_set_is_no_part_of_the_recordings() -> None:
    assert set(RECORDED) == set(SETS) - {"twins", "twins_professional"}


def test_a_twin_is_a_line_of_questions(twins: dict[str, Twin]) -> None:
    for one, other in pairwise(list(twins.values())[:4]):
        read = Question.model_validate_json(one.model_dump_json())
        assert read.id == one.id != other.id
        assert read.model_dump()["pair"] == one.pair


@pytest.mark.parametrize(
    "table",
    ["+ Which? = a", "- One?\n- Two?", "- One?\n+ Two?", "? One", "- One?\n# stale"],
)
def test_a_line_out_of_place_is_an_error(table: str) -> None:
    with pytest.raises(ValueError, match="out of place"):
        list(_pairs(table))


def test_the_lines_of_a_table() -> None:
    (scenario, without, having), *rest = _pairs("# stale\n@ A context\n- Now?\n@ Another\n+ Then = in time? = a/b")
    assert rest == []
    assert (scenario, without.question, without.context, without.references) == ("stale", "Now?", "A context", None)
    assert (having.question, having.context, having.references) == ("Then = in time?", "Another", ("a", "b"))
    assert without.named("own") != without.named("other")
