"""Exception to response: the one place. Bodies are in the dialect of the path, statuses are chosen here."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from starlette.responses import Response

from guard.dialects import Dialect
from guard.errors import (
    DialectError,
    GuardError,
    InsufficientEvidence,
    UpstreamError,
    UpstreamRefused,
    UpstreamTimeout,
)
from guard.verdict import Reason


class RequestProblem(GuardError):
    """A request that the service itself turns away, with its status."""

    def __init__(self, status: int, message: str, *, code: str, param: str | None = None, retry_after: int = 0) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.param = param
        self.retry_after = retry_after


def stopping() -> RequestProblem:
    """What a request is told that takes longer than the guard may take to stop."""
    return RequestProblem(503, "the guard is stopping; try again", code="overloaded", retry_after=1)


class ClientGone(GuardError):
    """The caller closed the connection; nobody reads what would be answered."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as it is told: HTTP status, OpenAI-style kind and code, the verdict's reason for the headers."""

    status: int
    message: str
    kind: str
    code: str | None
    reason: Reason
    param: str | None = None
    retry_after: int = 0


KINDS = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error"}


def problem_of(error: GuardError) -> Problem:
    """What to tell the caller of an error."""
    if isinstance(error, RequestProblem):
        kind = KINDS.get(error.status, "invalid_request_error" if error.status < 500 else "server_error")
        reason = Reason.OVERLOADED if error.code == "overloaded" else Reason.BAD_REQUEST
        return Problem(error.status, str(error), kind, error.code, reason, error.param, error.retry_after)
    if isinstance(error, ClientGone):
        return Problem(499, str(error), "invalid_request_error", "client_gone", Reason.BAD_REQUEST)
    if isinstance(error, DialectError):
        return Problem(400, str(error), "invalid_request_error", "bad_request", Reason.BAD_REQUEST, error.param)
    if isinstance(error, UpstreamTimeout):
        return Problem(504, str(error), "upstream_error", f"upstream_{error.kind}", Reason.UPSTREAM_ERROR)
    if isinstance(error, UpstreamError):
        return Problem(502, str(error), "upstream_error", f"upstream_{error.kind}", Reason.UPSTREAM_ERROR)
    if isinstance(error, InsufficientEvidence):
        return Problem(503, str(error), "guard_error", error.reason, Reason(error.reason), retry_after=1)
    return Problem(500, "the guard failed on this request", "server_error", "guard_failed", Reason.UPSTREAM_ERROR)


def body_of(problem: Problem, dialect: Dialect) -> bytes:
    """The error's body in the dialect's envelope."""
    return orjson.dumps(dialect.error(problem.message, kind=problem.kind, code=problem.code, param=problem.param))


def in_envelope(body: bytes) -> bool:
    """Is this an upstream's error in words that a client of ours understands?"""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        return False
    return isinstance(found, dict) and isinstance(found.get("error"), dict)


def response_of(problem: Problem, dialect: Dialect, headers: dict[str, str]) -> Response:
    """The error as a response."""
    if problem.retry_after:
        headers = headers | {"retry-after": str(problem.retry_after)}
    body = body_of(problem, dialect)
    return Response(body, problem.status, headers | {"content-type": "application/json"})


def refused(error: GuardError) -> UpstreamRefused | None:
    """The upstream's own refusal, whose status and body the caller gets unchanged."""
    return error if isinstance(error, UpstreamRefused) else None
