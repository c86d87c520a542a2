"""Verdicts and replies to HTTP responses."""

from __future__ import annotations

from guard.release import shows_confidence
from guard.verdict import Decision, Reason, Verdict
from service.incoming import returned
from service.serving import Ticket

EVENT_STREAM = "text/event-stream; charset=utf-8"


def verdict_headers(ticket: Ticket, verdict: Verdict) -> dict[str, str]:
    """The `x-guard-*` headers of the wire contract."""
    headers = {
        "x-guard-id": ticket.id,
        "x-guard-decision": str(verdict.decision),
        "x-guard-reason": str(verdict.reason),
        "x-guard-mode": verdict.mode,
        "x-guard-policy": verdict.policy,
        "x-guard-calibration": verdict.calibration,
    }
    evidence = verdict.evidence
    if evidence is not None:
        headers["x-guard-samples"] = f"{evidence.used}/{evidence.asked}"
        headers["x-guard-tokens"] = str(evidence.tokens)
        headers["x-guard-calls"] = str(sum(spent.calls for spent in evidence.spending))
    if verdict.would is not None:
        headers["x-guard-would"] = str(verdict.would.decision)
    return headers | _figures(ticket, verdict)


def _figures(ticket: Ticket, verdict: Verdict) -> dict[str, str]:
    if not shows_confidence(ticket.case.exchange, ticket.case.policy):
        return {}
    figures = {
        "x-guard-confidence": verdict.confidence.correctness,
        "x-guard-threshold": verdict.threshold.correctness,
    }
    return {name: f"{value:.4f}" for name, value in figures.items() if value is not None}


def pending_headers(ticket: Ticket) -> dict[str, str]:
    """Headers of a stream whose verdict is still to come."""
    return {
        "x-guard-id": ticket.id,
        "x-guard-decision": "pending",
        "x-guard-mode": ticket.case.mode,
        "x-guard-policy": ticket.case.route.guard.ruling.name,
        "content-type": EVENT_STREAM,
        "cache-control": "no-store",
    }


def error_headers(ticket: Ticket, reason: Reason) -> dict[str, str]:
    """Headers of an error, the upstream's own or ours."""
    headers = {"x-guard-id": ticket.id, "x-guard-decision": str(Decision.ERROR), "x-guard-reason": str(reason)}
    if ticket.admitted is not None:
        headers |= {"x-guard-mode": ticket.case.mode, "x-guard-policy": ticket.case.route.guard.ruling.name}
    return headers


def reply_headers(upstream: tuple[tuple[str, str], ...], ours: dict[str, str], *, streamed: bool) -> dict[str, str]:
    """The upstream's headers with ours; the content type says what is really sent."""
    kind = EVENT_STREAM if streamed else "application/json"
    return returned(upstream) | ours | {"content-type": kind, "cache-control": "private, no-store"}
