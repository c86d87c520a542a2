"""The reply as it comes in: bounded, decoded at most once, without the headers of the connection."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager

from guard.errors import UpstreamTooLarge, UpstreamUnreadable
from guard.transports.settings import Limits
from guard.upstream import Headers, Reply, StreamedReply

_HOP_BY_HOP = frozenset(  # RFC 9110 section 7.6.1
    {"connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"}
)
_GZIP = 16 + zlib.MAX_WBITS
_WINDOWS = {  # RFC 9110 section 8.4.1; senders disagree on whether deflate has the zlib frame
    "gzip": (_GZIP,),
    "x-gzip": (_GZIP,),
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),
}


def end_to_end(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """A reply's headers with lower-case names, less those that speak of the connection."""
    pairs = [(name.decode("latin-1").lower(), value.decode("latin-1").strip()) for name, value in raw]
    named = named_by_connection(pairs)
    return tuple(pair for pair in pairs if not of_connection(pair[0]) and pair[0] not in named)


def named_by_connection(headers: Iterable[tuple[str, str]]) -> set[str]:
    """The headers that `connection` declares to be for one hop only; names in lower case."""
    stated = (value for name, value in headers if name == "connection")
    return {element.strip().lower() for value in stated for element in value.split(",")}


def of_connection(name: str) -> bool:
    """Whether a header, named in lower case, speaks of the connection and not of the message."""
    return name in _HOP_BY_HOP or name.startswith("proxy-")


def check_head(name: str, raw: Iterable[tuple[bytes, bytes]], limits: Limits, *, has_body: bool) -> None:
    """Refuse a head, or a body announced by it, beyond the limits: `UpstreamTooLarge`."""
    pairs = list(raw)
    if sum(len(key) + len(value) + 4 for key, value in pairs) > limits.max_header_bytes:
        raise UpstreamTooLarge(f"upstream {name!r}: headers of more than {limits.max_header_bytes} bytes")
    announced = [value.strip() for key, value in pairs if has_body and key.lower() == b"content-length"]
    if any(size.isdigit() and int(size[:20]) > limits.max_reply_bytes for size in announced):
        raise UpstreamTooLarge(f"upstream {name!r}: a reply of more than {limits.max_reply_bytes} bytes")


async def whole_reply(
    name: str, arriving: AbstractAsyncContextManager[StreamedReply], limits: Limits, *, raw: bool
) -> Reply:
    """Read a reply to its end, and undo one gzip or deflate coding unless `raw`.

    Raises what `arriving` raises, `UpstreamTooLarge` where the decoded body passes the limit, and
    `UpstreamUnreadable` for another coding, several of them, or a damaged one.
    """
    started = time.perf_counter()
    async with arriving as reply:
        body = b"".join([chunk async for chunk in reply.chunks])
    headers = reply.headers
    if not raw and body:
        body, headers = _decoded(name, body, headers, limits.max_reply_bytes)
    return Reply(reply.status, headers, body, time.perf_counter() - started)


def _decoded(name: str, body: bytes, headers: Headers, limit: int) -> tuple[bytes, Headers]:
    stated = ",".join(value for key, value in headers if key == "content-encoding")
    codings = [coding for coding in (part.strip().lower() for part in stated.split(",")) if coding]
    if codings in ([], ["identity"]):
        return body, headers
    if len(codings) > 1:
        raise UpstreamUnreadable(f"upstream {name!r}: a body coded {len(codings)} times over")
    windows = _WINDOWS.get(codings[0])
    if windows is None:
        raise UpstreamUnreadable(f"upstream {name!r}: a body in a coding that was not asked for")
    for window_bits in windows:
        plain = _inflated(name, body, window_bits, limit)
        if plain is not None:
            rest = tuple(pair for pair in headers if pair[0] not in ("content-encoding", "content-length"))
            return plain, rest
    raise UpstreamUnreadable(f"upstream {name!r}: a damaged {codings[0]} body")


def _inflated(name: str, body: bytes, window_bits: int, limit: int) -> bytes | None:
    """The plain bytes, or None where the coding is damaged, cut short or followed by something else.

    No more than one byte beyond the limit is ever held, whatever the body unfolds to.
    """
    decoder = zlib.decompressobj(window_bits)
    try:
        plain = decoder.decompress(body, limit + 1)
    except zlib.error:
        return None
    if len(plain) > limit:
        raise UpstreamTooLarge(f"upstream {name!r}: a reply of more than {limit} bytes once decoded")
    return plain if decoder.eof and not decoder.unused_data else None
