"""Allow-listed paths, byte for byte: what the guard has nothing to say about."""

from __future__ import annotations

import time
import uuid
from collections.abc import AsyncGenerator
from fnmatch import fnmatchcase

import orjson
from starlette.requests import Request
from starlette.responses import Response

from guard.asking import relative
from guard.dialects import DIALECTS
from guard.errors import GuardError
from guard.upstream import Call, StreamedReply
from guard.verdict import Decision, Reason
from service.admission import authenticated, check_capacity
from service.deployment import Deployment, Route
from service.errors import RequestProblem, problem_of, response_of
from service.incoming import REPLY_ENDS_HERE, forwarded, query_of, read_body, returned
from service.outgoing import error_headers
from service.routes import HeldStream, while_connected
from service.serving import Serving, Ticket

METHODS = ["GET", "HEAD", "POST", "DELETE"]


async def pass_through(request: Request, serving: Serving) -> Response:
    """The upstream's reply to an allow-listed path; 404 in the envelope for every other."""
    ticket = Ticket(id=f"g-{uuid.uuid4().hex}", dialect=DIALECTS["openai_chat"], started=time.monotonic())
    async with ticket.held:
        ticket.held.enter_context(serving.under_way())
        try:
            return await _taken(request, serving, ticket)
        except GuardError as error:
            problem = problem_of(error)
            serving.close(ticket, status=problem.status, decision=Decision.ERROR, reason=problem.reason)
            return response_of(problem, ticket.dialect, error_headers(ticket, problem.reason))


async def _taken(request: Request, serving: Serving, ticket: Ticket) -> Response:
    settings = serving.deployment.settings
    if not allowed(request.scope["path"], request.scope["raw_path"], settings.passthrough):
        message = f"no such path: {request.method} {request.scope['path'][:200]}"
        raise RequestProblem(404, message, code="unknown_url")
    check_capacity(serving)
    authenticated(request, serving)
    body = await read_body(request, settings.server.max_body_bytes)
    return await _passed(request, serving, ticket, body)


def allowed(path: str, raw_path: bytes, patterns: tuple[str, ...]) -> bool:
    """Is a path on the list? A path with dot segments or an encoded slash never is."""
    if ".." in path or "//" in path or path.endswith("/") or "%" in path or "\\" in path or b"%2f" in raw_path.lower():
        return False
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def _route_of(deployment: Deployment, body: bytes) -> Route:
    """The route of the model that the body names, else the first one. Raises `RequestProblem` 404."""
    try:
        found = orjson.loads(body) if body else None
    except orjson.JSONDecodeError:
        found = None
    model = found.get("model") if isinstance(found, dict) else None
    route = deployment.route_for(model) if isinstance(model, str) else next(iter(deployment.routes), None)
    if route is None:
        raise RequestProblem(404, "no route takes this model", code="model_not_found", param="model")
    return route


async def _passed(request: Request, serving: Serving, ticket: Ticket, body: bytes) -> Response:
    route = _route_of(serving.deployment, body)
    headers = forwarded(request, with_credential=not serving.deployment.clients.required)
    kind = request.headers.get("content-type")
    kept = tuple((name, value) for name, value in headers if name != "content-type")
    encoding = (("accept-encoding", request.headers.get("accept-encoding", "identity")),)
    call = Call(
        method=request.method,
        path=relative(request.scope["path"]),
        body=body or None,
        query=query_of(request),
        headers=(*kept, *encoding, *((("content-type", kind),) if kind else ())),
    )
    arriving = await while_connected(request, ticket.held.enter_async_context(route.upstream.stream(call)))
    reply_headers = returned(arriving.headers, REPLY_ENDS_HERE - {"content-encoding"})
    return HeldStream(_chunks(arriving), arriving.status, reply_headers | _marks(), ticket)


def _marks() -> dict[str, str]:
    return {"x-guard-decision": str(Decision.PASS), "x-guard-reason": str(Reason.NOT_APPLICABLE)}


async def _chunks(arriving: StreamedReply) -> AsyncGenerator[bytes, None]:
    async for chunk in arriving.chunks:
        yield chunk
