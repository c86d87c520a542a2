"""The web applications: the proxy, and the admin port."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any

import orjson
from fastapi import Depends, FastAPI, Query
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

import guard
from guard.dialects import DIALECTS, Dialect
from service.auth import token_shown
from service.contradictions import is_loopback
from service.errors import RequestProblem, problem_of, response_of
from service.feedback import feedback
from service.passthrough import METHODS, pass_through
from service.routes import handle
from service.serving import Serving

OTHER_METHODS = ["GET", "PUT", "PATCH", "DELETE", "OPTIONS"]

Endpoint = Callable[[Request], Awaitable[Response]]


def create_app(serving: Serving) -> FastAPI:
    """The proxy: guarded paths, allow-listed paths, health and metrics."""
    app = FastAPI(
        title="Abstention Guard",
        version=guard.__version__,
        lifespan=_lifespan(serving),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    for dialect in DIALECTS.values():
        app.router.routes.append(Route(dialect.path, _guarded(serving, dialect), methods=["POST"]))
    app.router.routes.append(Route("/v1/guard/feedback", _feedback(serving), methods=["POST"]))
    taken = [dialect.path for dialect in DIALECTS.values()] + ["/v1/guard/feedback"]
    app.router.routes.extend(Route(path, _only_post, methods=OTHER_METHODS) for path in taken)
    _add_health(app, serving)
    app.router.routes.append(Route("/v1/{path:path}", _passing(serving), methods=METHODS))
    _add_errors(app)
    return app


def create_admin_app(serving: Serving) -> FastAPI:
    """The admin port: health, metrics, the effective settings, the last decisions. A token is needed off loopback."""
    app = FastAPI(title="Abstention Guard admin", version=guard.__version__, docs_url=None, redoc_url=None)
    _add_health(app, serving)
    _add_errors(app)
    settings = serving.deployment.settings

    def authorised(request: Request) -> None:
        token = settings.auth.admin_token
        open_here = token is None and is_loopback(settings.server.host)
        if not open_here and not token_shown(token, request.headers):
            raise HTTPException(401, "the admin token is needed")

    @app.get("/admin/decisions", dependencies=[Depends(authorised)])
    def decisions(most: Annotated[int, Query(ge=1, le=1000)] = 100) -> list[dict[str, Any]]:
        """The last decisions, the newest first, without content."""
        return serving.recent.newest(most)

    @app.get("/admin/settings", dependencies=[Depends(authorised)])
    def effective() -> dict[str, Any]:
        """The settings in force, secrets masked."""
        shown: dict[str, Any] = serving.deployment.settings.model_dump(mode="json")
        return shown

    return app


def _lifespan(serving: Serving) -> Callable[[FastAPI], Any]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await serving.stop()

    return lifespan


def _guarded(serving: Serving, dialect: Dialect) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return await handle(request, serving, dialect)

    return endpoint


async def _only_post(_: Request) -> Response:
    """Without this, the allow-list would answer for a path that is there: 404 instead of 405."""
    raise HTTPException(405, headers={"allow": "POST"})


def _passing(serving: Serving) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return await pass_through(request, serving)

    return endpoint


def _feedback(serving: Serving) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return await feedback(request, serving, DIALECTS["openai_chat"])

    return endpoint


def _add_health(app: FastAPI, serving: Serving) -> None:
    @app.get("/livez", include_in_schema=False)
    async def livez() -> Response:
        return PlainTextResponse("ok\n")

    @app.get("/readyz", include_in_schema=False)
    async def readyz(request: Request) -> Response:
        status = 503 if serving.draining else 200
        if "verbose" not in request.query_params:
            return PlainTextResponse("ok\n" if status == 200 else "draining\n", status)
        return Response(orjson.dumps(readiness(serving)), status, media_type="application/json")

    if serving.deployment.settings.metrics.enabled:

        @app.get("/metrics", include_in_schema=False)
        async def metrics() -> Response:
            return Response(serving.metrics.text(), media_type="text/plain; version=1.0.0; charset=utf-8")


def readiness(serving: Serving) -> dict[str, Any]:
    """What `/readyz?verbose` says: each route, what decides there, and what is not as configured."""
    routes = [
        {
            "route": route.name,
            "upstream": route.upstream.name,
            "policy": route.guard.ruling.name,
            "mode": route.mode,
            "calibration": route.guard.ruling.standing.status,
            "disarmed": route.guard.ruling.standing.disarmed,
            "notice": route.guard.ruling.standing.notice,
        }
        for route in serving.deployment.routes
    ]
    return {"ready": not serving.draining, "version": guard.__version__, "routes": routes}


def _add_errors(app: FastAPI) -> None:
    """Whatever the framework itself turns away is told in the envelope too."""
    dialect = DIALECTS["openai_chat"]

    async def turned_away(request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        codes = {404: "unknown_url", 405: "method_not_allowed"}
        message = f"{error.detail}: {request.method} {request.scope['path'][:200]}"
        problem = RequestProblem(error.status_code, message, code=codes.get(error.status_code, "bad_request"))
        headers = dict(error.headers or {}) | {"x-guard-decision": "error", "x-guard-reason": "bad_request"}
        return response_of(problem_of(problem), dialect, headers)

    async def misread(_: Request, error: Exception) -> Response:
        if not isinstance(error, RequestValidationError):
            raise error
        first = error.errors()[0]
        problem = RequestProblem(422, str(first["msg"]), code="bad_request", param=str(first["loc"][-1]))
        return response_of(problem_of(problem), dialect, {"x-guard-decision": "error"})

    async def broken(_: Request, __: Exception) -> Response:
        return response_of(problem_of(guard_failed()), dialect, {"x-guard-decision": "error"})

    app.add_exception_handler(HTTPException, turned_away)
    app.add_exception_handler(RequestValidationError, misread)
    app.add_exception_handler(Exception, broken)


def guard_failed() -> RequestProblem:
    """The error for a fault of the guard's own: the traceback goes to the log, never to the caller."""
    return RequestProblem(500, "the guard failed on this request", code="guard_failed")
