"""The failure table, row by row, and the settings that it depends on."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from guard.calibration import Standing, prior
from guard.evidence import Circumstances, Evidence
from guard.pipeline import verdict_of
from guard.policy import PRESETS, Policy, Thresholds, threshold_of
from guard.verdict import Decision, PerAxis, Reason, Verdict, Would
from tests.guard.building import answer, calibration, evidence, evidences, look, ruling, self_report, with_matrix

AGREED = calibration(0.6, {"semantic_agreement": 5.0})
"""Confidence 0.95 on full agreement, 0.12 on none."""
WORD_ONLY = calibration(0.6, {"self_report.number": 20.0}, {"self_report.yes_no": 20.0}, intercept=0.0)
"""Believes every word of the model's."""


def around(mode: str = "enforce", min_confidence: float | None = None) -> Circumstances:
    return Circumstances(policy="balanced", mode=mode, min_confidence=min_confidence)


def decided(found: Evidence, calibrated: Any = AGREED, **how: Any) -> Verdict:
    return verdict_of(found, ruling(calibrated, **how))


def outcome(verdict: Verdict) -> tuple[str, str, str | None]:
    return str(verdict.decision), str(verdict.reason), verdict.failure


# The rows


@pytest.mark.parametrize(
    ("candidate", "reason"),
    [
        (answer("", tool_call=True), "tool_call"),
        (answer("I can't help with that.", kind="refuse"), "upstream_refused"),
        (answer("I don't know.", kind="abstain"), "upstream_abstained"),
        (answer("I can't help.", kind="refuse", tool_call=True), "tool_call"),
    ],
)
def test_what_is_none_of_the_guards_business_is_passed_on(candidate: Any, reason: str) -> None:
    """Before everything else: even without a certificate, without draws, with every failure closed."""
    found = evidence(candidate, (), asked=0)
    for how in ({}, {"blocked": True}, {"on_insufficient_samples": "error"}, {"thresholds": {"correctness": 1}}):
        assert outcome(decided(found, **how)) == ("pass", reason, None)


def test_what_is_no_question_is_passed_on() -> None:
    assert outcome(decided(evidence(applicable=False), blocked=True)) == ("pass", "not_applicable", None)


def test_without_a_certificate_where_one_is_demanded_nothing_is_released() -> None:
    assert outcome(decided(evidence(), blocked=True)) == ("abstain", "uncertified", None)
    assert outcome(decided(evidence(draws=(), asked=0), blocked=True)) == ("abstain", "uncertified", None)


def test_an_axis_without_a_threshold_is_not_judged() -> None:
    found = evidence(draws=("Lyon",) * 4)
    verdict = decided(found, thresholds={"correctness": None, "answerability": None})
    assert outcome(verdict) == ("answer", "confident", None)
    assert verdict.threshold == PerAxis(None, None)


@pytest.mark.parametrize("choice", ["abstain", "pass", "error"])
@pytest.mark.parametrize("deadline_hit", [False, True])
def test_too_few_draws(choice: str, deadline_hit: bool) -> None:
    found = evidence(draws=("Paris",), asked=4, deadline_hit=deadline_hit)
    verdict = decided(found, samples={"min": 2}, on_insufficient_samples=choice)
    assert outcome(verdict) == (choice, "deadline" if deadline_hit else "insufficient_samples", "samples")


def test_just_enough_draws() -> None:
    found = evidence(draws=("Paris", "Paris"), asked=2, deadline_hit=True)
    assert outcome(decided(found, samples={"min": 2})) == ("answer", "confident", None)


@pytest.mark.parametrize("choice", ["abstain", "pass", "error"])
def test_nothing_could_be_measured(choice: str) -> None:
    found = evidence(draws=(), asked=0)
    verdict = decided(found, samples={"min": 0, "max": 0}, on_scorer_failure=choice)
    assert outcome(verdict) == (choice, "scorer_failed", "scorer")
    assert verdict.confidence.correctness is None


@pytest.mark.parametrize("choice", ["abstain", "pass", "error"])
def test_copies_of_one_reply_are_no_evidence(choice: str) -> None:
    verdict = decided(evidence(diversity=False), on_scorer_failure=choice)
    assert outcome(verdict) == (choice, "no_diversity", "scorer")


def test_copies_and_only_the_models_own_word() -> None:
    """A map of the self-report alone has a confidence, which may not release: what is missing are the draws."""
    by = calibration(0.6, {"self_report.yes_no": 8.0}, {"second_way": 1.0, "self_report.yes_no": 8.0})
    copies = evidence(diversity=False, self_report=self_report(0.95))
    alone = verdict_of(copies, ruling(by))
    assert (alone.decision, alone.reason) == ("abstain", "no_diversity")
    contradicted = copies.model_copy(update={"second_way": look(0.0, 0.0, 0.0, 0.0, 0.0)})
    assert verdict_of(contradicted, ruling(by)).reason == "low_agreement"


def test_confident() -> None:
    verdict = decided(evidence())
    assert outcome(verdict) == ("answer", "confident", None)
    assert verdict.confidence.correctness == pytest.approx(0.952574)
    assert verdict.threshold.correctness == 0.6


def test_the_threshold_itself_clears() -> None:
    exactly = decided(evidence()).confidence.correctness
    assert decided(evidence(), thresholds={"correctness": exactly}).decision == "answer"
    assert exactly is not None
    assert decided(evidence(), thresholds={"correctness": exactly + 1e-6}).decision == "abstain"


def test_low_agreement_and_low_confidence_are_told_apart() -> None:
    disagreed = evidence(draws=("Paris", "Lyon", "Nice", "Lille"))
    assert outcome(decided(disagreed)) == ("abstain", "low_agreement", None)
    half = evidence(draws=("Paris", "Paris", "Nice", "Lille"))
    assert outcome(decided(half, thresholds={"correctness": 0.9})) == ("abstain", "low_confidence", None)


# Modes


@settings(deadline=None, max_examples=100)
@given(evidences(), st.sampled_from(("abstain", "pass", "error")), st.sampled_from(("keep", "recover")))
def test_shadow_releases_and_says_what_enforcing_would_have_done(found: Evidence, choice: str, recover: str) -> None:
    how = {"on_insufficient_samples": choice, "on_scorer_failure": choice, "on_upstream_abstention": recover}
    enforced = decided(found.model_copy(update={"circumstances": around()}), prior(), **how)
    shadowed = decided(found.model_copy(update={"circumstances": around("shadow")}), prior(), **how)
    assert (shadowed.decision, shadowed.reason, shadowed.mode) == (Decision.PASS, Reason.SHADOW, "shadow")
    assert shadowed.would == Would(enforced.decision, enforced.reason)
    assert shadowed.recovered is None
    assert enforced.would is None
    assert (shadowed.confidence, shadowed.scores) == (enforced.confidence, enforced.scores)


def test_the_verdict_says_by_what_it_was_decided() -> None:
    verdict = decided(evidence(), status="certified")
    assert (verdict.mode, verdict.policy, verdict.calibration) == ("enforce", "balanced", "certified")
    assert verdict.evidence == evidence()


# The model's own word


@settings(deadline=None, max_examples=120)
@given(st.floats(0, 1), st.sampled_from(("number", "yes_no")), st.floats(0, 1), st.integers(0, 8))
def test_the_models_own_word_alone_never_clears(value: float, form: str, threshold: float, asked: int) -> None:
    """Whatever it says, however low the threshold, whether the looks contradict it or are missing."""
    report = self_report(value, form)
    missing = evidence(draws=(), asked=asked, self_report=report)
    contradicted = evidence(draws=("Lyon",) * max(asked, 1), self_report=report)
    for found in (missing, contradicted):
        verdict = decided(found, WORD_ONLY, samples={"min": 0}, thresholds={"correctness": threshold})
        assert verdict.decision is Decision.ABSTAIN
        lost = found is missing and asked > 0
        assert verdict.reason is (Reason.SCORER_FAILED if lost else Reason.LOW_AGREEMENT)


@settings(deadline=None, max_examples=100)
@given(
    st.floats(0, 1),
    st.dictionaries(st.sampled_from(("self_report.number", "cluster_share", "token_probability")), st.floats(0, 50)),
)
def test_no_calibration_can_make_it_clear(value: float, weights: dict[str, float]) -> None:
    found = evidence(answer(logprob=0.0), ("Lyon",) * 3, self_report=self_report(value))
    verdict = decided(found, calibration(0.0, weights, intercept=50.0))
    assert verdict.decision is Decision.ABSTAIN


def test_a_low_word_can_withhold_what_the_draws_support() -> None:
    both = calibration(0.6, {"semantic_agreement": 2.0, "self_report.number": 2.0})
    assert decided(evidence(self_report=self_report(1.0)), both).decision == "answer"
    assert decided(evidence(self_report=self_report(0.0)), both).decision == "abstain"


# Stricter, never looser


LEVELS = (None, 0.0, 0.3, 0.6, 0.9, 1.0)


@pytest.mark.parametrize(("own", "wished"), [*itertools.product(LEVELS, LEVELS)])
def test_a_request_may_raise_the_threshold_and_never_lower_it(own: float | None, wished: float | None) -> None:
    found = with_matrix(((1.0,),), circumstances=around(min_confidence=wished))
    standing = Standing(prior(), "manual")
    effective = threshold_of(standing, Thresholds(correctness=own), found).correctness
    assert effective == max((level for level in (own, wished) if level is not None), default=None)
    unset = threshold_of(standing, None, found).correctness
    assert unset == max(prior().threshold, wished or 0.0)


@settings(deadline=None, max_examples=120)
@given(evidences(kinds=st.just("answer")), st.floats(0, 1))
def test_a_wish_never_turns_an_abstention_into_an_answer(found: Evidence, wished: float) -> None:
    plain = found.model_copy(update={"circumstances": around()})
    strict = found.model_copy(update={"circumstances": around(min_confidence=wished)})
    for thresholds in (None, {"correctness": None}, {"correctness": 0.4}):
        how: dict[str, Any] = {"thresholds": thresholds, "samples": {"min": 0}}
        if decided(plain, prior(), **how).decision is not Decision.ANSWER:
            assert decided(strict, prior(), **how).decision is not Decision.ANSWER


def test_answerability_keeps_its_own_threshold() -> None:
    found = with_matrix(((1.0,),), circumstances=around(min_confidence=0.9))
    assert threshold_of(Standing(prior(), "manual"), Thresholds(answerability=0.5), found) == PerAxis(0.9, 0.5)


# Settings


def test_presets_are_laid_under_what_the_owner_wrote() -> None:
    assert (Policy().samples.min, Policy().samples.max) == (1, 8)
    assert (Policy(preset="fast").samples.min, Policy(preset="fast").samples.max) == (1, 1)
    careful = Policy(preset="careful", samples={"max": 12})
    assert (careful.samples.min, careful.samples.max, careful.samples.temperature) == (3, 12, 1.0)
    assert set(PRESETS) == {"fast", "balanced", "careful"}


@pytest.mark.parametrize(
    "written",
    [
        {"mode": "on"},
        {"preset": "slow"},
        {"unheard_of": 1},
        {"samples": {"min": 3, "max": 2}},
        {"preset": "fast", "samples": {"min": 2}},
        {"samples": {"max": 65}},
        {"samples": {"unheard_of": 1}},
        {"samples": 3},
        {"thresholds": {"correctness": 1.1}},
        {"judge": "oracle"},
        {"on_insufficient_samples": "guess"},
        {"abstain": {"style": "shout"}},
        {"abstain": {"language": "xx"}},
        {"deadline": {"factor": 0}},
        {"second_model": {"upstream": "a"}},
        {"second_model": {"upstream": "a", "model": ""}},
        {"second_model": {"upstream": "a", "model": "b", "samples": 2}},
    ],
)
def test_what_cannot_be_meant_is_refused(written: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Policy(**written)


def test_a_policy_cannot_be_changed_and_every_key_is_described() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Policy().mode = "off"  # type: ignore[misc]
    groups = {"canary", "shadow", "samples", "deadline", "budget", "abstain", "explain"}
    for name, field in Policy.model_fields.items():
        assert field.description or name in groups
