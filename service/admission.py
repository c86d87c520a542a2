"""Whether and how a request is taken: capacity, caller, body, route, mode."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from starlette.requests import Request

from guard.errors import DialectError
from guard.exchange import Exchange
from guard.upstream import Forwarding
from service.auth import Clients
from service.deployment import Route
from service.errors import RequestProblem
from service.incoming import credential_of, forwarded, parse_json, query_of, read_body
from service.serving import Admitted, Serving, Ticket
from service.waiting import Waiting


async def admit(request: Request, serving: Serving, ticket: Ticket) -> None:
    """Fill the ticket. Raises `RequestProblem`, `DialectError`, `ClientGone`."""
    settings = serving.deployment.settings
    check_capacity(serving)
    ticket.client = authenticated(request, serving)
    ticket.owner = credential_of(request)
    raw = await read_body(request, settings.server.max_body_bytes)
    body = parse_json(request, raw, settings.server.max_depth)
    exchange = replace(ticket.dialect.read(raw, body), query=query_of(request))
    route = serving.deployment.route_for(exchange.model)
    if route is None:
        message = f"no route takes the model {exchange.model[:100]!r}"
        raise RequestProblem(404, message, code="model_not_found", param="model")
    headers = forwarded(request, with_credential=not serving.deployment.clients.required)
    ticket.admitted = Admitted(
        exchange=_with_wishes(request, exchange),
        route=route,
        upstream=Waiting(Forwarding(route.upstream, headers)),
        mode=_mode(request, route, serving.deployment.clients, ticket),
    )


def check_capacity(serving: Serving) -> None:
    """Raises `RequestProblem` 503 where this request, counted already, is one too many."""
    if serving.inflight > serving.deployment.settings.server.max_inflight:
        serving.metrics.shed.labels("capacity").inc()
        raise RequestProblem(503, "the guard is at capacity; try again", code="overloaded", retry_after=1)


def authenticated(request: Request, serving: Serving) -> str:
    """The caller's configured name; empty where no callers are configured. Raises `RequestProblem` 401."""
    clients = serving.deployment.clients
    if not clients.required:
        return ""
    name = clients.identify(request.headers)
    if name is None:
        raise RequestProblem(401, "a valid key of this guard is needed", code="invalid_api_key")
    return name


def _with_wishes(request: Request, exchange: Exchange) -> Exchange:
    """What the caller asks of the guard itself, by header: to explain, and to be stricter."""
    explain = exchange.explain or request.headers.get("x-guard-explain", "").lower() in ("1", "true")
    least = request.headers.get("x-guard-min-confidence")
    if least is None:
        return replace(exchange, explain=explain)
    try:
        value = float(least)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise DialectError("x-guard-min-confidence must be a number from 0 to 1", param="x-guard-min-confidence")
    return replace(exchange, explain=explain, min_confidence=value)


def _mode(request: Request, route: Route, clients: Clients, ticket: Ticket) -> str:
    """The mode for this request: the policy's, a caller's permitted `off`, the arm of a canary."""
    wish = request.headers.get("x-guard-mode", "").lower()
    if wish == "off" and route.mode != "off":
        if not clients.may_turn_off(ticket.client):
            raise RequestProblem(403, "this caller may not turn the guard off", code="mode_not_permitted")
        return "off"
    if route.mode == "canary":
        return "enforce" if in_canary(ticket.owner, route) else "shadow"
    return route.mode


def in_canary(credential: str, route: Route) -> bool:
    """Is this caller in the enforced share of a route? The same answer every time."""
    digest = hashlib.sha256(f"{credential}\n{route.name}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32 * 100 < route.policy.canary.percent
