"""What happens when something fails: the table that `guard config explain` prints, for one policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from guard.policy import OnFailure, Policy
from service.settings import ServerSettings

RELEASED = "the model's own reply, untouched"
ENVELOPE = "in the caller's envelope"

UNCERTIFIED: Mapping[str, str] = MappingProxyType(
    {
        "tighten": "the shipped prior decides: no older certificate is known to tighten to",
        "prior": "the shipped prior decides",
        "shadow": "nothing is withheld (`guard_disarmed` says so)",
        "abstain": "an abstention, reason uncertified",
    }
)


@dataclass(frozen=True, slots=True)
class FailureRow:
    """One failure: what the client gets under this policy, and the key that decides it (None: always so)."""

    failure: str
    client_gets: str
    decided_by: str | None = None
    choice: str | None = None
    counted: bool = True


def failure_table(policy: Policy, server: ServerSettings) -> tuple[FailureRow, ...]:
    """Every failure class with its effective cell, in the order in which a request can meet them."""
    return (
        FailureRow("body unreadable, too large, wrong type", f"400, 413 or 415 {ENVELOPE}"),
        FailureRow("upstream 4xx on the candidate", "the same status and body; everything else cancelled at once"),
        FailureRow(
            "upstream 5xx, timeout, truncated, unreadable on the candidate",
            f"its status, or 502 or 504, {ENVELOPE}; never an abstention",
        ),
        FailureRow(
            "some draws fail",
            _in_mode(policy, "decided with the rest; a missing draw never raises confidence"),
        ),
        FailureRow(
            f"fewer than {policy.samples.min} draws (samples.min)",
            _in_mode(policy, _on_failure(policy.on_insufficient_samples, "insufficient_samples")),
            "on_insufficient_samples",
            policy.on_insufficient_samples,
        ),
        *_looks(policy),
        *_judge(policy),
        _certificate(policy),
        FailureRow(
            "over capacity",
            f"503 and retry-after at once, beyond {server.max_inflight} requests; health and metrics answer",
            "server.max_inflight",
            str(server.max_inflight),
        ),
        FailureRow("store or cache down", "the request is served; the loss is counted"),
        FailureRow("client gone", "nothing; every upstream call closed within 500 ms"),
    )


def _looks(policy: Policy) -> tuple[FailureRow, FailureRow]:
    choice = policy.on_scorer_failure
    lost = _on_failure(choice, "scorer_failed")
    alike = _on_failure(choice, "no_diversity")
    return (
        FailureRow(
            "judge or probe fails",
            _in_mode(policy, f"that signal is null; where none is left: {lost}"),
            "on_scorer_failure",
            choice,
        ),
        FailureRow(
            "no diversity (cached or deterministic upstream)",
            _in_mode(policy, f"agreement is null; where nothing else speaks: {alike}"),
            "on_scorer_failure",
            choice,
        ),
    )


def _judge(policy: Policy) -> tuple[FailureRow, ...]:
    if policy.judge == "lexical":
        return ()
    gets = _in_mode(policy, "the pairs that it was asked about keep what lexical makes of them")
    return (FailureRow(f"the judge {policy.judge} fails, or is late", gets),)


def _certificate(policy: Policy) -> FailureRow:
    failure = "certificate missing, foreign, damaged"
    if policy.thresholds is not None:
        return FailureRow(
            failure, _in_mode(policy, "not asked for: the thresholds are set by hand"), "thresholds", "manual"
        )
    if policy.calibration is None:
        return FailureRow(failure, _in_mode(policy, "none is named: the shipped prior decides"), "calibration", "null")
    gets = _in_mode(policy, UNCERTIFIED[policy.on_uncertified])
    return FailureRow(failure, gets, "on_uncertified", policy.on_uncertified)


def _on_failure(choice: OnFailure, reason: str) -> str:
    if choice == "abstain":
        return f"an abstention, reason {reason}"
    return f"{RELEASED}, reason {reason}" if choice == "pass" else f"503 {ENVELOPE}, reason {reason}"


def _in_mode(policy: Policy, enforced: str) -> str:
    """What a cell of the enforcing policy comes to in the policy's own mode."""
    if policy.mode == "off":
        return f"{RELEASED}: nothing is drawn or judged in mode off"
    if policy.mode == "shadow":
        return f"{RELEASED}; only counted and logged: {enforced}"
    if policy.mode == "canary":
        return f"for {policy.canary.percent:g} % of credentials: {enforced}; for the rest: {RELEASED}, counted"
    return enforced
