"""One call to an upstream in a dialect: sent, refused parameters negotiated, the reply decoded."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from guard.dialects import Dialect
from guard.dialects.shape import Body
from guard.errors import UpstreamRefused, UpstreamUnreadable
from guard.exchange import Exchange
from guard.negotiation import Facts, Memory, adapt, learn
from guard.upstream import Call, Reply, Upstream

MAX_NEGOTIATIONS = 8
"""Refusals that one call may learn from: one for each parameter of the guard's own, and a bare last try."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A reply as it came, and its JSON."""

    reply: Reply
    body: Body


def decoded(reply: Reply) -> Body:
    """The reply's JSON object. Raises `UpstreamRefused` for a status of 400 and above, else `UpstreamUnreadable`."""
    if reply.status >= 400:
        raise UpstreamRefused(reply)
    try:
        body = orjson.loads(reply.body)
    except orjson.JSONDecodeError as error:
        raise UpstreamUnreadable("the upstream's reply is not JSON") from error
    if not isinstance(body, dict):
        raise UpstreamUnreadable("the upstream's reply is not a JSON object")
    return body


def call_of(exchange: Exchange, dialect: Dialect, model: str) -> Call:
    """The caller's own request as a call to the upstream."""
    return Call("POST", relative(exchange.path), dialect.forward(exchange, model), query=exchange.query)


def relative(path: str) -> str:
    """A path of ours below an upstream's base URL, which already ends in the version."""
    return path.removeprefix("/v1")


async def ask_candidate(upstream: Upstream, dialect: Dialect, exchange: Exchange, model: str) -> Asked:
    """The caller's own request, plain or streamed as the caller asked; a stream is read to its end. `UpstreamError`."""
    call = call_of(exchange, dialect, model)
    if not exchange.stream:
        reply = await upstream.send(call)
        return Asked(reply, decoded(reply))
    async with upstream.stream(call) as arriving:
        body = b"".join([chunk async for chunk in arriving.chunks])
        reply = Reply(arriving.status, arriving.headers, body)
    streamed = reply.status < 400 and "text/event-stream" in (reply.header("content-type") or "")
    return Asked(reply, dialect.join(body) if streamed else decoded(reply))


async def ask_negotiated(
    upstream: Upstream,
    dialect: Dialect,
    path: str,
    body: Body,
    own: tuple[str, ...],
    memory: Memory,
    model: str,
    *,
    query: str = "",
) -> Asked:
    """A call of the guard's own: parameters that the endpoint refuses are dropped or renamed, and that remembered.

    Raises `UpstreamError`; `UpstreamRefused` also where only a smaller `n` would do (see `refuses_n`).
    """
    facts = memory.facts(upstream.name, model)
    for _ in range(MAX_NEGOTIATIONS):
        adapted = adapt(body, facts, own)
        reply = await upstream.send(Call("POST", relative(path), orjson.dumps(adapted), query=query))
        if reply.status < 400:
            memory.remember(upstream.name, model, facts)
            break
        learnt = learn(facts, adapted, reply.status, reply.body, own, dialect.renames, dialect.spare)
        if learnt is None or learnt == facts:
            break
        facts = learnt
        if refuses_n(facts, adapted.get("n", 1)):
            memory.remember(upstream.name, model, facts)
            break
    return Asked(reply, decoded(reply))


def refuses_n(facts: Facts, n: int) -> bool:
    """Is this `n` known to be more than the endpoint gives in one call?"""
    return facts.max_n is not None and n > facts.max_n
