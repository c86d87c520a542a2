"""Reading a request: its body within limits, its JSON, the headers that may travel on."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request

from guard.errors import DialectError, TooDeepError
from guard.upstream import Headers
from service.errors import ClientGone, RequestProblem

HOP_BY_HOP = frozenset(
    "connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade"
    " host content-length expect cookie forwarded via x-forwarded-for x-forwarded-host x-forwarded-proto x-real-ip"
    " accept-encoding".split()
)
"""Request headers that end here (RFC 9110 section 7.6.1), and those that speak of this connection only."""

ONCE_ONLY = frozenset({"idempotency-key", "content-type"})
"""Headers that belong to the caller's own request: a draw with its idempotency key would get the candidate again."""

REPLY_ENDS_HERE = frozenset(
    "content-length content-encoding transfer-encoding connection set-cookie date server".split()
)


LINGER_BYTES = 64 * 1024 * 1024
LINGER_SECONDS = 5.0


async def read_body(request: Request, max_bytes: int) -> bytes:
    """The whole body. Raises `RequestProblem` 413 or 415, `ClientGone`."""
    if request.headers.get("content-encoding", "identity") != "identity":
        raise RequestProblem(415, "send the body uncompressed", code="unsupported_content_encoding")
    arriving = request.stream()
    received = bytearray()
    try:
        async for chunk in arriving:
            received += chunk
            if len(received) > max_bytes:
                await _discard(arriving)
                message = f"the request body is larger than {max_bytes} bytes"
                raise RequestProblem(413, message, code="request_too_large")
    except ClientDisconnect as error:
        raise ClientGone("the caller left while sending") from error
    return bytes(received)


async def _discard(arriving: AsyncIterator[bytes]) -> None:
    """Read on for a while without keeping anything: a caller that is still sending would lose the reply to a reset."""
    discarded = 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LINGER_SECONDS):
            async for chunk in arriving:
                discarded += len(chunk)
                if discarded > LINGER_BYTES:
                    return


def parse_json(request: Request, raw: bytes, max_depth: int) -> Any:
    """The body's JSON. Raises `RequestProblem` 415 for another content type, `DialectError` for anything else."""
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        raise RequestProblem(415, "send content-type: application/json", code="unsupported_content_type")
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise DialectError(f"the request body is not valid JSON: {error}") from error
    if raw.count(b"[") + raw.count(b"{") > max_depth and too_deep(body, max_depth):
        raise TooDeepError(f"the request body is nested deeper than {max_depth} levels")
    return body


def too_deep(body: Any, most: int) -> bool:
    """Is the JSON nested beyond `most` levels? Level by level, without recursion."""
    level = [body]
    for _ in range(most):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return False
    return any(isinstance(item, dict | list) for item in level)


def _children(parent: Any) -> list[Any]:
    if isinstance(parent, dict):
        return list(parent.values())
    return parent if isinstance(parent, list) else []


def forwarded(request: Request, *, with_credential: bool) -> Headers:
    """The caller's headers for the upstream: end-to-end ones, without ours, the credential only where it is the
    upstream's own."""
    named = {name.strip().lower() for name in ",".join(request.headers.getlist("connection")).split(",")}
    dropped = HOP_BY_HOP | ONCE_ONLY | named
    if not with_credential:
        dropped = dropped | {"authorization", "x-api-key"}
    kept = (
        (name, value)
        for name, value in request.headers.items()
        if name not in dropped and not name.startswith("x-guard-")
    )
    return (*kept, ("content-type", "application/json"))


def returned(headers: Headers, ending_here: frozenset[str] = REPLY_ENDS_HERE) -> dict[str, str]:
    """The upstream's headers for the caller; the values of one that came twice are listed in one (RFC 9110 5.3)."""
    kept: dict[str, str] = {}
    for name, value in headers:
        if name not in ending_here and not name.startswith("x-guard-"):
            kept[name] = f"{kept[name]}, {value}" if name in kept else value
    return kept


def query_of(request: Request) -> str:
    """The query as it was sent: `request.url` is made of the Host header too, and fails on bytes outside UTF-8."""
    query: bytes = request.scope["query_string"]
    return query.decode("latin-1")


def credential_of(request: Request) -> str:
    """A caller's stable handle for sticky choices: a hash, never the key itself."""
    shown = request.headers.get("authorization") or request.headers.get("x-api-key") or ""
    seen = shown or (request.client.host if request.client else "")
    return hashlib.sha256(seen.encode()).hexdigest()
