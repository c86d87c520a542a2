"""The policy: what its owner wants, and the one place where a confidence meets a threshold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from guard.calibration import Standing
from guard.evidence import Checklist, Evidence
from guard.judges.settings import NliSettings
from guard.verdict import Decision, PerAxis, Reason, Verdict, Would

Mode = Literal["off", "shadow", "canary", "enforce"]
Preset = Literal["fast", "balanced", "careful"]
OnFailure = Literal["abstain", "pass", "error"]

SIGNALS = (
    "semantic_agreement",
    "self_report",
    "second_way",
    "premise_doubt",
    "answerability",
    "token_probability",
    "grounding",
)
"""The signals that a policy names by default; those that this version cannot measure are None in every verdict."""

PRESETS: Mapping[str, Mapping[str, Mapping[str, int]]] = {
    "fast": {"samples": {"min": 1, "max": 1}},
    "balanced": {"samples": {"min": 1, "max": 8}},
    "careful": {"samples": {"min": 3, "max": 10}},
}
"""What each preset sets; a key that the owner writes wins."""


class Settings(BaseModel):
    """A group of settings: frozen, unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Samples(Settings):
    """Draws beside the candidate."""

    min: int = Field(1, ge=0, description="how many of the planned draws must come back")
    max: int = Field(8, ge=0, le=64, description="at most this many draws; 0 = none")
    temperature: float = Field(1.0, ge=0.0, le=2.0, description="temperature of the draws, not of the candidate")
    stop: Literal["sequential", "fixed"] = Field(
        "sequential", description="sequential: stop when the verdict can no longer change; fixed: always draw `max`"
    )

    @model_validator(mode="after")
    def _ordered(self) -> Samples:
        if self.min > self.max:
            raise ValueError(f"samples.min ({self.min}) is above samples.max ({self.max})")
        return self


class Canary(Settings):
    """Which share of the traffic is enforced in mode `canary`; the rest is shadowed."""

    percent: float = Field(
        10, ge=0, le=100, description="share of credentials enforced, sticky by credential and route"
    )


class Shadow(Settings):
    """How mode `shadow` judges."""

    fraction: float = Field(0.1, ge=0, le=1, description="share of requests that are judged")
    wait: bool = Field(False, description="judge before the release and say the verdict in `x-guard-would`")


class Thresholds(Settings):
    """Manual thresholds in [0, 1], instead of a calibration. null = that axis is not judged."""

    correctness: float | None = Field(None, ge=0, le=1, description="least confidence that the answer is right")
    answerability: float | None = Field(
        None, ge=0, le=1, description="least confidence that the question can be answered as posed"
    )


class Deadline(Settings):
    """How long the guard may take, in multiples of the candidate's own time."""

    factor: float = Field(4, gt=0, description="times the candidate's own time")
    min_seconds: float = Field(20, ge=0, description="never less than this")
    seconds: float | None = Field(None, gt=0, description="absolute cap; null = none")


class Budget(Settings):
    """How many tokens the looks may cost, in multiples of the candidate's own."""

    token_factor: float = Field(6, ge=0, description="times the candidate's own tokens, prompt included")
    min_tokens: int = Field(4000, ge=0, description="never less than this")
    max_extra_tokens: int | None = Field(None, ge=0, description="absolute cap; null = none")


class Abstain(Settings):
    """How an abstention is said."""

    style: Literal["auto", "text", "refusal", "error"] = Field(
        "auto", description="auto: text, or `refusal` under a strict schema; error: status 422 for batch pipelines"
    )
    message: str | None = Field(None, description="your own words; {reason} is replaced by the reason's sentence")
    language: Literal["auto", "en", "es", "fr", "de", "zh", "ja", "ar", "hi"] = Field(
        "auto", description="auto: the question's language"
    )


class Explain(Settings):
    """Who may see the confidence."""

    allow: Literal["never", "on_request", "always"] = Field(
        "on_request", description="when the `guard` object is given"
    )
    texts: bool = Field(False, description="show the texts of the draws in it")


class SecondModel(Settings):
    """Another model, at an upstream that is configured."""

    upstream: str = Field(description="a name from `upstreams`")
    model: str = Field(min_length=1, description="that upstream's own name of the model")


class Policy(Settings):
    """Everything that may differ between routes. Field names and defaults are the configuration contract."""

    mode: Mode = Field("enforce", description="off | shadow | canary | enforce")
    canary: Canary = Canary()
    shadow: Shadow = Shadow()
    preset: Preset = Field("balanced", description="fast | balanced | careful; keys beside it override it")
    samples: Samples = Samples()
    second_model: SecondModel | None = Field(None, description="one answer of another model as a look; null = none")
    judge: Literal["lexical", "nli", "llm"] = Field(
        "lexical", description="how two answers are compared; nli, llm: only the pairs that lexical leaves open"
    )
    judge_model: SecondModel | None = Field(
        None, description="whom `judge: llm` asks; null = the model whose answers are compared"
    )
    mathematics: bool = Field(
        False, description="compute whether two mathematical answers are equal, before `judge` is asked (extra `math`)"
    )
    nli: NliSettings | None = Field(None, description="the model of `judge: nli`: a file, or a server")
    signals: tuple[str, ...] = Field(
        SIGNALS, description="which looks are paid for; a signal that costs nothing is always measured"
    )
    checklist: Literal["list", "single"] = Field(
        "list",
        description="list: what is needed, assumed, meant; single: one question, whether all is given (small models)",
    )
    calibration: str | None = Field(None, description="a calibration file; null = the shipped prior")
    thresholds: Thresholds | None = Field(None, description="manual thresholds instead of a calibration's")
    on_uncertified: Literal["tighten", "prior", "shadow", "abstain"] = Field(
        "tighten", description="what happens without a matching, undamaged calibration"
    )
    deadline: Deadline = Deadline()
    budget: Budget = Budget()
    on_insufficient_samples: OnFailure = Field("abstain", description="fewer draws than `samples.min` came back")
    on_scorer_failure: OnFailure = Field("abstain", description="no signal could be measured")
    on_upstream_abstention: Literal["keep", "recover"] = Field(
        "keep", description="the model itself says it does not know: keep its words, or release what the draws agree on"
    )
    tools: Literal["passthrough"] = Field("passthrough", description="tool calls are passed on unguarded")
    abstain: Abstain = Abstain()
    explain: Explain = Explain()
    usage: Literal["reply", "billed"] = Field(
        "reply", description="reply: the reply's own usage, untouched; billed: the tokens of all calls"
    )
    audit_fraction: float = Field(0.01, ge=0, le=1, description="share of decisions marked for audit")
    on_alarm: Literal["alert", "tighten", "abstain"] = Field("alert", description="what a risk alarm does")
    stream_hold_seconds: float = Field(10, ge=0, description="how long a stream's headers wait for the verdict")

    @model_validator(mode="after")
    def _judgeable(self) -> Policy:
        if self.judge == "nli" and (self.nli is None or not self.nli.named):
            raise ValueError(
                "`judge: nli` needs `nli`: a file by path, sha256 and tokenizer, or a server by url and model"
            )
        return self

    @model_validator(mode="before")
    @classmethod
    def _preset(cls, data: Any) -> Any:
        """Lay the preset's values under what the owner wrote."""
        if not isinstance(data, Mapping):
            return data
        preset = PRESETS.get(str(data.get("preset", "balanced")), {})
        filled = dict(data)
        for group, values in preset.items():
            written = data.get(group, {})
            if isinstance(written, Mapping):
                filled[group] = {**values, **written}
        return filled


def judged_axes(policy: Policy, min_confidence: float | None) -> tuple[bool, bool]:
    """Which axes a request is judged on: correctness, answerability. What is not judged is not asked for."""
    if policy.thresholds is None:
        return True, False
    correctness = policy.thresholds.correctness is not None or min_confidence is not None
    return correctness, policy.thresholds.answerability is not None


def threshold_of(standing: Standing, thresholds: Thresholds | None, evidence: Evidence) -> PerAxis:
    """The thresholds in force: the owner's own, else the calibration's; a request may raise, never lower them."""
    correctness = thresholds.correctness if thresholds is not None else standing.calibration.threshold
    answerability = thresholds.answerability if thresholds is not None else None
    stricter = evidence.circumstances.min_confidence
    if correctness is not None and stricter is not None:
        correctness = max(correctness, stricter)
    elif stricter is not None:
        correctness = stricter
    return PerAxis(correctness, answerability)


def decide(
    evidence: Evidence,
    scores: tuple[tuple[str, float | None], ...],
    confidence: PerAxis,
    name: str,
    policy: Policy,
    standing: Standing,
) -> Verdict:
    """The decision on one candidate: pure, total, and the only place where a confidence meets a threshold.

    In mode `shadow` the decision is `pass`, and what enforcing would have done is in `would`.
    """
    threshold = threshold_of(standing, policy.thresholds, evidence)
    decision, reason, failure = _decision(evidence, dict(scores), confidence, threshold, policy, standing)
    shadowed = evidence.circumstances.mode == "shadow"
    return Verdict(
        decision=Decision.PASS if shadowed else decision,
        reason=Reason.SHADOW if shadowed else reason,
        mode=evidence.circumstances.mode,
        policy=name,
        calibration=standing.status,
        confidence=confidence,
        threshold=threshold,
        scores=scores,
        would=Would(decision, reason) if shadowed else None,
        failure=failure,
        evidence=evidence,
    )


def _decision(
    evidence: Evidence,
    scores: Mapping[str, float | None],
    confidence: PerAxis,
    threshold: PerAxis,
    policy: Policy,
    standing: Standing,
) -> tuple[Decision, Reason, str | None]:
    """Decision, reason, and the stage that failed where one did. Rules in the order in which they apply."""
    untouched = _untouched(evidence)
    if untouched is not None:
        return Decision.PASS, untouched, None
    if standing.blocked:
        return Decision.ABSTAIN, Reason.UNCERTIFIED, None
    if threshold.answerability is not None:
        if confidence.answerability is None:
            return _on_failure(policy.on_scorer_failure), Reason.SCORER_FAILED, "answerability"
        if confidence.answerability < threshold.answerability:
            return Decision.CLARIFY, _lacking(evidence.checklist), None
    if threshold.correctness is None:
        return Decision.ANSWER, Reason.CONFIDENT, None
    if evidence.used < _needed(evidence, policy):
        reason = Reason.DEADLINE if evidence.deadline_hit else Reason.INSUFFICIENT_SAMPLES
        return _on_failure(policy.on_insufficient_samples), reason, "samples"
    if confidence.correctness is None:
        reason = Reason.SCORER_FAILED if evidence.diversity else Reason.NO_DIVERSITY
        return _on_failure(policy.on_scorer_failure), reason, "scorer"
    if confidence.correctness >= threshold.correctness and _supported(scores):
        return Decision.ANSWER, Reason.CONFIDENT, None
    return Decision.ABSTAIN, _why_not(evidence, scores), None


def _lacking(found: Checklist | None) -> Reason:
    """Why a question cannot be answered as it is posed; without a checklist that says more, something is missing."""
    if found is not None and found.false:
        return Reason.FALSE_PREMISE
    if found is None or found.missing or not found.all_given:
        return Reason.UNANSWERABLE
    if len(found.readings) > 1:
        return Reason.AMBIGUOUS
    return Reason.STALE if found.changes else Reason.UNANSWERABLE


def _why_not(evidence: Evidence, scores: Mapping[str, float | None]) -> Reason:
    """Why a measured confidence does not release: a low one, no support, or draws that say nothing."""
    if _supported(scores):
        return Reason.LOW_CONFIDENCE
    silent = not evidence.diversity and scores.get("second_way") is None
    return Reason.NO_DIVERSITY if silent else Reason.LOW_AGREEMENT


def _needed(evidence: Evidence, policy: Policy) -> int:
    """Draws that must be there: none where the looks settled it before any was asked for, unless time ended that."""
    return policy.samples.min if evidence.deadline_hit else min(policy.samples.min, evidence.asked)


def _untouched(evidence: Evidence) -> Reason | None:
    """Why the candidate is none of the guard's business, if so."""
    candidate = evidence.candidate
    if candidate.tool_call:
        return Reason.TOOL_CALL
    if candidate.kind == "refuse":
        return Reason.UPSTREAM_REFUSED
    if candidate.kind == "abstain":
        return Reason.UPSTREAM_ABSTAINED
    return None if evidence.applicable else Reason.NOT_APPLICABLE


def _supported(scores: Mapping[str, float | None]) -> bool:
    """Does anything but the model's own word speak for the answer? Self-report alone never clears a threshold."""
    return any((scores.get(name) or 0.0) >= 0.5 for name in ("semantic_agreement", "second_way"))


def _on_failure(choice: OnFailure) -> Decision:
    return {"abstain": Decision.ABSTAIN, "pass": Decision.PASS, "error": Decision.ERROR}[choice]
