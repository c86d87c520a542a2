"""Verdict to wire: what the caller reads. Pure.

A released answer is the candidate's own bytes. An abstention is the candidate's reply with other words, so that every
field that a client may look at is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from guard.dialects import Dialect
from guard.exchange import Exchange
from guard.languages import language_of
from guard.pipeline import Answered
from guard.policy import Policy
from guard.verdict import Verdict
from guard.wording import abstention_text

Body = dict[str, Any]

ABSTENTION_ERROR = "low_confidence"


@dataclass(frozen=True, slots=True)
class Released:
    """A body to send: complete bytes, streamed form included. `status` differs from 200 only in style `error`."""

    body: bytes
    status: int = 200


def release(answered: Answered, exchange: Exchange, dialect: Dialect, policy: Policy, *, pending: bool) -> Released:
    """The body for a verdict other than `error`. `pending`: the headers are gone, so the body must say the decision."""
    verdict, candidate = answered.verdict, answered.candidate
    extra = _extra(verdict, exchange, policy, pending=pending)
    if verdict.withheld and policy.abstain.style == "error":
        return _as_error(verdict, exchange, dialect, policy, pending=pending)
    words = said(verdict, exchange, policy) if verdict.withheld else verdict.recovered
    if words is None and policy.usage == "reply":
        return Released(_untouched(answered, exchange, dialect, extra))
    reply = candidate.body
    if words is not None:
        refusal = verdict.withheld and _as_refusal(exchange, policy)
        reply = dialect.replace(reply, words, as_refusal=refusal)
    if policy.usage == "billed" and verdict.evidence is not None:
        spent = verdict.evidence.spending
        prompt, completion = sum(s.prompt_tokens for s in spent), sum(s.completion_tokens for s in spent)
        reply = dialect.with_usage(reply, prompt, completion)
    if exchange.stream:
        return Released(b"".join(dialect.frames(reply, usage=exchange.stream_usage, extra=extra)))
    return Released(orjson.dumps(reply | (extra or {})))


def _untouched(answered: Answered, exchange: Exchange, dialect: Dialect, extra: Body | None) -> bytes:
    """The candidate's own bytes, with nothing but the `guard` object added where it is due."""
    reply, streamed = answered.candidate.reply, exchange.stream
    arrived_streamed = "text/event-stream" in (reply.header("content-type") or "")
    if streamed and not arrived_streamed:
        return b"".join(dialect.frames(answered.candidate.body, usage=exchange.stream_usage, extra=extra))
    if extra is None:
        return reply.body
    return dialect.annotate(reply.body, extra) if streamed else orjson.dumps(answered.candidate.body | extra)


def said(verdict: Verdict, exchange: Exchange, policy: Policy) -> str:
    """The guard's own words for an abstention, in the caller's language or the configured one."""
    wanted = policy.abstain.language
    language = language_of(exchange.question) if wanted == "auto" else wanted
    text = abstention_text(str(verdict.reason), language, chance=_certified_chance(verdict), missing=verdict.missing)
    return text if policy.abstain.message is None else policy.abstain.message.replace("{reason}", text)


def _certified_chance(verdict: Verdict) -> float | None:
    """The chance in words only where it was proved on the owner's own labels."""
    return verdict.confidence.correctness if verdict.calibration == "certified" else None


def _as_refusal(exchange: Exchange, policy: Policy) -> bool:
    return policy.abstain.style == "refusal" or (policy.abstain.style == "auto" and exchange.structured)


def _as_error(verdict: Verdict, exchange: Exchange, dialect: Dialect, policy: Policy, *, pending: bool) -> Released:
    words = said(verdict, exchange, policy)
    body = dialect.error(words, kind="guard_abstention", code=ABSTENTION_ERROR, param=None)
    return Released(dialect.error_frame(body) if pending else orjson.dumps(body), 422)


def shows_confidence(exchange: Exchange, policy: Policy) -> bool:
    """May this caller see the figures?"""
    return policy.explain.allow == "always" or (policy.explain.allow == "on_request" and exchange.explain)


def _extra(verdict: Verdict, exchange: Exchange, policy: Policy, *, pending: bool) -> Body | None:
    if shows_confidence(exchange, policy):
        return {"guard": explanation(verdict, texts=policy.explain.texts)}
    return {"guard": _decision(verdict)} if pending else None


def _decision(verdict: Verdict) -> Body:
    evidence = verdict.evidence
    return {
        "id": evidence.id if evidence else None,
        "decision": str(verdict.decision),
        "reason": str(verdict.reason),
        "policy": verdict.policy,
        "calibration": verdict.calibration,
    }


def explanation(verdict: Verdict, *, texts: bool) -> Body:
    """The `guard` object of the wire contract; the draws' texts only with `texts`."""
    evidence = verdict.evidence
    body = _decision(verdict) | {
        "confidence": {
            "correctness": verdict.confidence.correctness,
            "answerability": verdict.confidence.answerability,
        },
        "threshold": {
            "correctness": verdict.threshold.correctness,
            "answerability": verdict.threshold.answerability,
        },
        "scores": dict(verdict.scores),
        "missing": list(verdict.missing),
    }
    if verdict.would is not None:
        body["would"] = {"decision": str(verdict.would.decision), "reason": str(verdict.would.reason)}
    if evidence is None:
        return body
    body["samples"] = {"asked": evidence.asked, "used": evidence.used, "failed": evidence.failed}
    body["clusters"] = _clusters(evidence.clusters)
    body["usage_billed"] = {
        "prompt_tokens": sum(spent.prompt_tokens for spent in evidence.spending),
        "completion_tokens": sum(spent.completion_tokens for spent in evidence.spending),
    }
    if texts:
        body["texts"] = {"candidate": evidence.candidate.text, "draws": [draw.text for draw in evidence.draws]}
    return body


def _clusters(numbers: tuple[int, ...]) -> list[Body]:
    sizes = [numbers.count(number) for number in sorted(set(numbers))]
    return [{"size": size, "share": round(size / len(numbers), 4)} for size in sizes]
