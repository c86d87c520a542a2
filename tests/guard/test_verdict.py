"""The words of the wire contract, and what a Verdict says of itself."""

from __future__ import annotations

import dataclasses

import pytest

from guard.verdict import Decision, PerAxis, Reason, Verdict

DECISIONS = "answer abstain clarify pass error"
REASONS = (
    "confident low_agreement low_confidence unanswerable false_premise ambiguous stale ungrounded upstream_abstained "
    "upstream_refused recovered not_applicable tool_call mode_off shadow insufficient_samples scorer_failed "
    "no_diversity uncertified deadline upstream_error overloaded bad_request"
)


def test_decisions_and_reasons_are_the_contracts() -> None:
    assert " ".join(Decision) == DECISIONS
    assert sorted(Reason) == sorted(REASONS.split())
    assert f"{Decision.PASS}/{Reason.NOT_APPLICABLE}" == "pass/not_applicable"


@pytest.mark.parametrize("decision", Decision)
def test_only_abstain_and_clarify_withhold(decision: Decision) -> None:
    verdict = Verdict(decision, Reason.CONFIDENT, "enforce", "balanced")
    assert verdict.withheld == (decision in ("abstain", "clarify"))


def test_scores_are_found_by_name() -> None:
    scores = (("cluster_share", 0.5), ("self_report", None))
    verdict = Verdict(Decision.ANSWER, Reason.CONFIDENT, "enforce", "balanced", scores=scores)
    assert verdict.score("cluster_share") == 0.5
    assert verdict.score("self_report") is None
    assert verdict.score("unheard_of") is None


def test_a_verdict_without_figures_says_none() -> None:
    verdict = Verdict(Decision.PASS, Reason.MODE_OFF, "off", "balanced")
    assert verdict.confidence == verdict.threshold == PerAxis(None, None)
    assert verdict.calibration == "none"
    assert [verdict.would, verdict.recovered, verdict.failure, verdict.evidence] == [None] * 4
    with pytest.raises(dataclasses.FrozenInstanceError):
        verdict.decision = Decision.ANSWER  # type: ignore[misc]
