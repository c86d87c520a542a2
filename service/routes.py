"""The guarded route: plain Starlette, since every reply's bytes are the upstream's or a dialect's.

handle -> admit -> (pass on | judge and release), plain or streamed
"""

from __future__ import annotations

import asyncio
import contextlib
import time
import uuid
from collections.abc import AsyncGenerator, Callable, Coroutine
from dataclasses import replace
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from guard.asking import call_of
from guard.dialects import Dialect
from guard.errors import GuardError, InsufficientEvidence, UpstreamBroken, UpstreamRefused
from guard.pipeline import Answered
from guard.release import Released, release
from guard.upstream import Reply, StreamedReply
from guard.verdict import Decision, Reason
from service import outgoing
from service.admission import admit
from service.errors import ClientGone, in_envelope, problem_of, refused, response_of, stopping
from service.incoming import returned
from service.serving import Admitted, Serving, Ticket

KEEP_ALIVE_SECONDS = 10.0
TAIL_BYTES = 4096

T = TypeVar("T")


async def handle(request: Request, serving: Serving, dialect: Dialect) -> Response:
    """Answer one request of a guarded path."""
    ticket = Ticket(id=f"g-{uuid.uuid4().hex}", dialect=dialect, started=time.monotonic())
    async with ticket.held:
        ticket.held.enter_context(serving.under_way())
        ticket.held.enter_context(serving.closed_at_last(ticket))
        try:
            await admit(request, serving, ticket)
            return await _respond(request, serving, ticket)
        except GuardError as error:
            return _failed(serving, ticket, error)
        except asyncio.CancelledError:
            if not serving.draining:
                raise
            return _failed(serving, ticket, stopping())


class HeldStream(StreamingResponse):
    """A stream with all that its request holds: let go of when it ends, also where the caller left before it began.

    `last_words` ends one that is cut off by the end of the process; without them, or where they are None, it breaks.
    """

    def __init__(
        self,
        chunks: AsyncGenerator[bytes, None],
        status: int,
        headers: dict[str, str],
        ticket: Ticket,
        last_words: Callable[[], bytes | None] = lambda: None,
    ) -> None:
        super().__init__(chunks, status, headers)
        self._last_words = last_words
        self._held = ticket.held.pop_all()
        self._held.push_async_callback(chunks.aclose)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See `StreamingResponse`."""
        async with self._held:
            try:
                await super().__call__(scope, receive, send)
            except asyncio.CancelledError:
                words = self._last_words()
                if words is None:
                    raise
                await send({"type": "http.response.body", "body": words, "more_body": False})


async def _respond(request: Request, serving: Serving, ticket: Ticket) -> Response:
    stream = ticket.case.exchange.stream
    reason = _unjudged(ticket.case)
    if reason is not None:
        pass_on = _pass_stream if stream else _pass_plain
        return await pass_on(request, serving, ticket, reason)
    if stream:
        return await _judge_stream(request, serving, ticket)
    answered = await while_connected(request, serving.judged(ticket))
    return _released(serving, ticket, answered)


def _unjudged(case: Admitted) -> Reason | None:
    """Why a request is passed on before any verdict, if so."""
    if case.mode == "off":
        return Reason.MODE_OFF
    if case.exchange.unguardable is not None:
        return Reason(case.exchange.unguardable)
    return Reason.SHADOW if case.mode == "shadow" and not case.policy.shadow.wait else None


async def while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Run work for as long as somebody waits for it. Raises `ClientGone` once the work is cancelled and has ended.

    A plain handler is not cancelled by the server when its caller leaves (measured with uvicorn and granian).
    """
    task = asyncio.create_task(work)
    watch = asyncio.create_task(_disconnected(request))
    try:
        await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise ClientGone("the caller left")
    finally:
        for pending in (task, watch):
            pending.cancel()
            with contextlib.suppress(asyncio.CancelledError, GuardError):
                await pending


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _released(serving: Serving, ticket: Ticket, answered: Answered) -> Response:
    """A plain response for a verdict."""
    verdict = answered.verdict
    released = _release(ticket, answered, pending=False)
    serving.close_with(ticket, verdict, released.status)
    ours = outgoing.verdict_headers(ticket, verdict)
    streamed = ticket.case.exchange.stream and released.status == 200
    headers = outgoing.reply_headers(answered.candidate.reply.headers, ours, streamed=streamed)
    return Response(released.body, released.status, headers)


def _release(ticket: Ticket, answered: Answered, *, pending: bool) -> Released:
    """What to send. Raises `InsufficientEvidence` where the policy wants an error."""
    if answered.verdict.decision is Decision.ERROR:
        raise InsufficientEvidence(str(answered.verdict.reason))
    return release(answered, ticket.case.exchange, ticket.dialect, ticket.case.policy, pending=pending)


def _failed(serving: Serving, ticket: Ticket, error: GuardError) -> Response:
    """The response for an error: the upstream's own words where it spoke, ours in the dialect's envelope otherwise."""
    serving.count_error(ticket, error)
    problem = problem_of(error)
    said = refused(error)
    if said is not None:
        problem = replace(problem, status=said.reply.status)
    serving.close(ticket, status=problem.status, decision=Decision.ERROR, reason=problem.reason)
    ours = outgoing.error_headers(ticket, problem.reason)
    if said is not None and _speaks_for_itself(ticket, said.reply):
        return _upstreams_own(said.reply, ours)
    if said is not None:
        ours = returned(said.reply.headers) | ours
    return response_of(problem, ticket.dialect, ours)


def _speaks_for_itself(ticket: Ticket, reply: Reply) -> bool:
    """Do the upstream's own words go out? Not those of a gateway's error page to a client that reads envelopes."""
    return reply.status < 500 or _unjudged(ticket.case) is not None or in_envelope(reply.body)


def _upstreams_own(reply: Reply, ours: dict[str, str]) -> Response:
    headers = returned(reply.headers) | ours
    return Response(reply.body, reply.status, headers)


async def _pass_plain(request: Request, serving: Serving, ticket: Ticket, reason: Reason) -> Response:
    """The upstream's reply as it is; in shadow mode judged afterwards."""
    reply = await while_connected(request, serving.passed_on(ticket))
    if reply.status >= 400:
        raise UpstreamRefused(reply)
    verdict = serving.untouched(ticket, reason)
    serving.close_with(ticket, verdict, reply.status)
    if reason is Reason.SHADOW:
        serving.shadow(ticket, reply, streamed=False)
    headers = returned(reply.headers) | outgoing.verdict_headers(ticket, verdict)
    return Response(reply.body, reply.status, headers)


async def _pass_stream(request: Request, serving: Serving, ticket: Ticket, reason: Reason) -> Response:
    """The upstream's stream as it arrives. Its head is awaited, so that a refusal keeps its status."""
    case = ticket.case
    call = call_of(case.exchange, ticket.dialect, case.model)
    arriving = await while_connected(request, ticket.held.enter_async_context(case.upstream.stream(call)))
    if arriving.status >= 400:
        body = b"".join([chunk async for chunk in arriving.chunks])
        raise UpstreamRefused(Reply(arriving.status, arriving.headers, body))
    verdict = serving.untouched(ticket, reason)
    headers = returned(arriving.headers) | outgoing.verdict_headers(ticket, verdict)
    chunks = _passing(serving, ticket, arriving)
    return HeldStream(chunks, arriving.status, headers, ticket, lambda: _last_words(serving, ticket))


async def _passing(serving: Serving, ticket: Ticket, arriving: StreamedReply) -> AsyncGenerator[bytes, None]:
    """The chunks as they come; a stream that breaks off ends in an error frame, never silently."""
    verdict = ticket.verdict
    shadowed = verdict is not None and verdict.reason is Reason.SHADOW
    kept: list[bytes] = []
    tail, finished = b"", False
    started = time.monotonic()
    try:
        async for chunk in arriving.chunks:
            seen = tail + chunk
            finished = finished or ticket.dialect.finishes(seen)
            tail = seen.rpartition(b"\n")[2][-TAIL_BYTES:]
            if shadowed:
                kept.append(chunk)
            yield chunk
        if not finished:
            raise UpstreamBroken("the upstream's stream ended before its answer did")
    except GuardError as error:
        yield b"\n\n" + _error_frame(serving, ticket, error)  # apart from an event that broke off in the middle
        return
    finally:
        if verdict is not None:
            serving.close_with(ticket, verdict, arriving.status)
    if shadowed:
        reply = Reply(arriving.status, arriving.headers, b"".join(kept), time.monotonic() - started)
        serving.shadow(ticket, reply, streamed=True)


def _error_frame(serving: Serving, ticket: Ticket, error: GuardError) -> bytes:
    """An error after the headers are gone."""
    serving.count_error(ticket, error)
    problem = problem_of(error)
    serving.close(ticket, status=200, decision=Decision.ERROR, reason=problem.reason)
    return ticket.dialect.error_frame(
        ticket.dialect.error(problem.message, kind=problem.kind, code=problem.code, param=problem.param)
    )


def _last_words(serving: Serving, ticket: Ticket) -> bytes | None:
    """The end of a stream that the end of the process cuts off; None where that is not the reason."""
    return b"\n\n" + _error_frame(serving, ticket, stopping()) if serving.draining else None


async def _judge_stream(request: Request, serving: Serving, ticket: Ticket) -> Response:
    """A stream in mode enforce: the headers wait for the verdict, up to the policy's patience."""
    task = asyncio.create_task(serving.judged(ticket))
    ticket.held.push_async_callback(_ended, task)
    await while_connected(request, _settled_within(task, ticket.case.policy.stream_hold_seconds))
    if task.done():
        return _released(serving, ticket, task.result())
    chunks, headers = _pending(serving, ticket, task), outgoing.pending_headers(ticket)
    return HeldStream(chunks, 200, headers, ticket, lambda: _last_words(serving, ticket))


async def _ended(task: asyncio.Task[Answered]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError, GuardError):
        await task


async def _settled_within(task: asyncio.Task[Answered], seconds: float) -> None:
    await asyncio.wait({task}, timeout=seconds)


async def _pending(serving: Serving, ticket: Ticket, task: asyncio.Task[Answered]) -> AsyncGenerator[bytes, None]:
    """Keep-alive comments until the verdict, then all of it."""
    yield ticket.dialect.keep_alive()
    while not task.done():
        await asyncio.wait({task}, timeout=KEEP_ALIVE_SECONDS)
        if not task.done():
            yield ticket.dialect.keep_alive()
    try:
        answered = task.result()
        released = _release(ticket, answered, pending=True)
    except GuardError as error:
        yield _error_frame(serving, ticket, error)
        return
    serving.close_with(ticket, answered.verdict)
    yield released.body
