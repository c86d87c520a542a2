"""One request through the guard: admitted, asked, judged, answered in its own dialect, counted, logged."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from guard.asking import Asked, call_of, decoded
from guard.dialects import Dialect
from guard.errors import GuardError, UpstreamError
from guard.evidence import Circumstances
from guard.exchange import Exchange
from guard.judges.building import place_of
from guard.pipeline import Answered
from guard.policy import Policy
from guard.sampling import read_candidate
from guard.upstream import Reply
from guard.verdict import Decision, Reason, Verdict
from service.deployment import Deployment, Route
from service.evidence_log import EvidenceLog
from service.logs import RequestLog
from service.metrics import Account, Metrics
from service.store import Recent
from service.waiting import Waiting

MAX_SHADOWS = 64
"""Shadow judgements at once; one more is dropped and counted, so that shadowing never queues behind itself."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """What an admitted request is: read, routed, with an upstream that carries its caller's headers."""

    exchange: Exchange
    route: Route
    upstream: Waiting
    mode: str

    @property
    def model(self) -> str:
        """The upstream's own name of the model."""
        return self.route.model(self.exchange.model)

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self.route.policy


@dataclass(slots=True)
class Ticket:
    """One request on its way: where it goes, what became of it. `admitted` is None until it has been taken.

    `held` is let go of when the last byte is sent or nobody waits any more: connections, tasks, the place it takes.
    """

    id: str
    dialect: Dialect
    started: float
    client: str = ""
    owner: str = ""
    admitted: Admitted | None = None
    verdict: Verdict | None = None
    closed: bool = False
    held: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def case(self) -> Admitted:
        """The admitted request. Raises `LookupError` before admission."""
        if self.admitted is None:
            raise LookupError("a ticket is used before it was admitted")
        return self.admitted


@dataclass(slots=True)
class Serving:
    """What lives as long as the process: the deployment in force, the instruments, the books."""

    deployment: Deployment
    metrics: Metrics
    log: RequestLog
    recent: Recent
    evidence_log: EvidenceLog | None = None
    inflight: int = 0
    draining: bool = False
    shadows: set[asyncio.Task[None]] = field(default_factory=set)
    chance: Callable[[], float] = random.random

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Counts a request for as long as it lasts."""
        self.inflight += 1
        self.metrics.inflight.set(self.inflight)
        try:
            yield
        finally:
            self.inflight -= 1
            self.metrics.inflight.set(self.inflight)

    @contextmanager
    def closed_at_last(self, ticket: Ticket) -> Iterator[None]:
        """Closes a request that nothing else has closed: its caller left, or the guard itself failed (status 500)."""
        status, reason = 500, Reason.UPSTREAM_ERROR
        try:
            yield
            status, reason = 499, Reason.BAD_REQUEST
        except asyncio.CancelledError:
            status, reason = 499, Reason.BAD_REQUEST
            raise
        finally:
            self.close(ticket, status=status, decision=Decision.ERROR, reason=reason)

    async def judged(self, ticket: Ticket) -> Answered:
        """The verdict on a request, asked from the start. Raises `UpstreamError` for the candidate."""
        case = ticket.case
        answered = await case.route.guard.answer(
            case.exchange, case.upstream, case.model, _circumstances(case), ticket.id
        )
        self._note(ticket, answered)
        return answered

    async def judge_reply(self, ticket: Ticket, reply: Reply, streamed: bool) -> None:
        """The verdict on a reply that is already released: shadow mode's work. Failures are counted, not raised."""
        case = ticket.case
        guard, asking = case.route.guard, case.route.guard.asking(case.upstream, case.model)
        try:
            body = ticket.dialect.join(reply.body) if streamed else decoded(reply)
            candidate = read_candidate(asking, case.exchange, Asked(reply, body), reply.seconds)
            answered = await guard.judge_candidate(case.exchange, asking, candidate, _circumstances(case), ticket.id)
        except UpstreamError as error:
            self.metrics.failures.labels(case.route.name, "shadow", error.kind).inc()
            return
        self._note(ticket, answered)

    def shadow(self, ticket: Ticket, reply: Reply, *, streamed: bool) -> None:
        """Judge a released reply in the background, for the configured fraction of requests."""
        if self.chance() >= ticket.case.policy.shadow.fraction:
            return
        if len(self.shadows) >= MAX_SHADOWS:
            self.metrics.shed.labels("shadow").inc()
            return
        self._background(self.judge_reply(ticket, reply, streamed))

    def _background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self.shadows.add(task)
        task.add_done_callback(self.shadows.discard)

    def _note(self, ticket: Ticket, answered: Answered) -> None:
        """Put a verdict into the books."""
        verdict, route = answered.verdict, ticket.case.route
        second = route.guard.second
        self.metrics.observe_verdict(
            route.name,
            route.upstream.name,
            verdict,
            second.upstream.name if second else None,
            place_of(route.guard.judge),
        )
        self.metrics.phase_seconds.labels("candidate").observe(answered.candidate.seconds)
        looks = time.monotonic() - ticket.started - answered.candidate.seconds
        self.metrics.phase_seconds.labels("looks").observe(max(looks, 0.0))
        self.recent.add(verdict, ticket.owner)
        self._keep(route.name, verdict)
        if ticket.closed:
            self.log.shadow(ticket.id, route.name, verdict)
        else:
            ticket.verdict = verdict

    def _keep(self, route: str, verdict: Verdict) -> None:
        """Append to the evidence log. One that cannot be written costs no request its answer: the loss is counted."""
        if self.evidence_log is None:
            return
        try:
            self.evidence_log.append(verdict)
        except OSError as error:
            self.metrics.failures.labels(route, "evidence_log", "lost").inc()
            self.log.say("evidence_log", route=route, lost=error.strerror)

    def untouched(self, ticket: Ticket, reason: Reason) -> Verdict:
        """The verdict on a request that is passed on without being judged."""
        case, ruling = ticket.case, ticket.case.route.guard.ruling
        ticket.verdict = Verdict(
            Decision.PASS, reason, mode=case.mode, policy=ruling.name, calibration=ruling.standing.status
        )
        return ticket.verdict

    async def passed_on(self, ticket: Ticket) -> Reply:
        """The upstream's plain reply to the caller's own request, whatever its status."""
        case, started = ticket.case, time.monotonic()
        reply = await case.upstream.send(call_of(case.exchange, ticket.dialect, case.model))
        return Reply(reply.status, reply.headers, reply.body, time.monotonic() - started)

    def close(self, ticket: Ticket, *, status: int, decision: Decision, reason: Reason) -> None:
        """Count and log a finished request, once."""
        if ticket.closed:
            return
        ticket.closed = True
        case, seconds = ticket.admitted, time.monotonic() - ticket.started
        waited = case.upstream.seconds if case else 0.0
        account = Account(
            route=case.route.name if case else "none",
            dialect=ticket.dialect.name,
            mode=case.mode if case else "off",
            decision=str(decision),
            reason=str(reason),
            seconds=seconds,
            overhead_seconds=max(seconds - waited, 0.0),
        )
        self.metrics.observe(account)
        self.log.request(ticket.id, account, status, ticket.verdict, ticket.client)

    def close_with(self, ticket: Ticket, verdict: Verdict, status: int = 200) -> None:
        """Count and log a request by its verdict."""
        self.close(ticket, status=status, decision=verdict.decision, reason=verdict.reason)

    def count_error(self, ticket: Ticket, error: GuardError) -> None:
        """Count a failure of the candidate."""
        if isinstance(error, UpstreamError) and ticket.admitted is not None:
            self.metrics.observe_upstream_error(ticket.admitted.upstream.name, error)

    async def stop(self) -> None:
        """End what runs in the background, and close every connection."""
        for task in tuple(self.shadows):
            task.cancel()
        await asyncio.gather(*self.shadows, return_exceptions=True)
        await self.deployment.close()


def _circumstances(case: Admitted) -> Circumstances:
    return Circumstances(
        policy=case.route.guard.ruling.name,
        mode="shadow" if case.mode == "shadow" else "enforce",
        route=case.route.name,
        min_confidence=case.exchange.min_confidence,
        structured=case.exchange.structured,
    )
