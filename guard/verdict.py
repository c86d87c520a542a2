"""Verdict: what is decided, why, and on which figures. Metrics, headers, logs and explanations are functions of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from guard.evidence import Evidence


class Decision(StrEnum):
    """What the caller gets."""

    ANSWER = "answer"
    ABSTAIN = "abstain"
    CLARIFY = "clarify"
    PASS = "pass"  # noqa: S105 - a decision, not a password
    ERROR = "error"


class Reason(StrEnum):
    """Why. The closed list of the wire contract."""

    CONFIDENT = "confident"
    LOW_AGREEMENT = "low_agreement"
    LOW_CONFIDENCE = "low_confidence"
    UNANSWERABLE = "unanswerable"
    FALSE_PREMISE = "false_premise"
    AMBIGUOUS = "ambiguous"
    STALE = "stale"
    UNGROUNDED = "ungrounded"
    UPSTREAM_ABSTAINED = "upstream_abstained"
    UPSTREAM_REFUSED = "upstream_refused"
    RECOVERED = "recovered"
    NOT_APPLICABLE = "not_applicable"
    TOOL_CALL = "tool_call"
    MODE_OFF = "mode_off"
    SHADOW = "shadow"
    INSUFFICIENT_SAMPLES = "insufficient_samples"
    SCORER_FAILED = "scorer_failed"
    NO_DIVERSITY = "no_diversity"
    UNCERTIFIED = "uncertified"
    DEADLINE = "deadline"
    UPSTREAM_ERROR = "upstream_error"
    OVERLOADED = "overloaded"
    BAD_REQUEST = "bad_request"


@dataclass(frozen=True, slots=True)
class PerAxis:
    """A figure for each of the two axes; None where that axis was not measured or is not judged."""

    correctness: float | None = None
    answerability: float | None = None


@dataclass(frozen=True, slots=True)
class Would:
    """The decision that an enforcing policy would have taken."""

    decision: Decision
    reason: Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision with its reason and everything that it rests on.

    `scores` holds each signal's value in [0, 1] or None; `recovered` is the answer of the draws that is released in
    place of a candidate that abstained; `failure` names the stage of a failure that the policy decided about.
    """

    decision: Decision
    reason: Reason
    mode: str
    policy: str
    calibration: str = "none"
    confidence: PerAxis = field(default_factory=PerAxis)
    threshold: PerAxis = field(default_factory=PerAxis)
    scores: tuple[tuple[str, float | None], ...] = ()
    would: Would | None = None
    recovered: str | None = None
    failure: str | None = None
    evidence: Evidence | None = None

    @property
    def withheld(self) -> bool:
        """True when the candidate is not released."""
        return self.decision in (Decision.ABSTAIN, Decision.CLARIFY)

    @property
    def missing(self) -> tuple[str, ...]:
        """What a clarification names: the facts that are missing, the false claims, or the readings."""
        found = self.evidence.checklist if self.evidence else None
        reason = self.would.reason if self.would is not None else self.reason
        if found is None:
            return ()
        named = {
            Reason.UNANSWERABLE: found.missing,
            Reason.FALSE_PREMISE: found.false,
            Reason.AMBIGUOUS: found.readings,
        }
        return named.get(reason, ())

    def score(self, name: str) -> float | None:
        """One signal's value."""
        return next((value for key, value in self.scores if key == name), None)
