"""The default transport: one aiohttp session per upstream."""

from __future__ import annotations

import io
import ssl
from collections.abc import Sequence
from types import SimpleNamespace
from typing import ClassVar

import aiohttp
from yarl import URL

from guard.errors import (
    UpstreamBroken,
    UpstreamError,
    UpstreamTimeout,
    UpstreamTooLarge,
    UpstreamUnreachable,
    UpstreamUnreadable,
)
from guard.transports.outgoing import tls_context
from guard.transports.over_http import Connection, HttpUpstream, Opened
from guard.transports.settings import TransportSettings
from guard.upstream import Call

_KEEP_ALIVE_SECONDS = 30
_MAX_HEADER_LINES = 256
_LIBRARY_HEADERS = ("User-Agent", "Accept", "Accept-Encoding", "Content-Type")


class AiohttpUpstream(HttpUpstream):
    """An `Upstream` over aiohttp. Raises `ConfigurationError` for certificate files that cannot be used."""

    _errors: ClassVar = (aiohttp.ClientError, OSError)

    def __init__(self, settings: TransportSettings) -> None:
        super().__init__(settings)
        self._tls = tls_context(settings)
        self._session: aiohttp.ClientSession | None = None

    async def _request(self, call: Call, connection: Connection) -> Opened:
        if self._session is None:
            self._session = _new_session(self._settings, self._tls)
        response = await self._session.request(
            call.method,
            URL(self._outgoing.url(call), encoded=True),
            headers=self._outgoing.headers(call),
            data=None if call.body is None else io.BytesIO(call.body),  # aiohttp warns of long bytes, not of files
            allow_redirects=False,
            proxy=self._settings.proxy,
            trace_request_ctx=connection,
        )
        return _Opened(response)

    def _without_a_word(self, error: Exception) -> bool:
        match error:
            case aiohttp.ServerDisconnectedError():
                return isinstance(error.message, str)  # otherwise it is the head that had begun
            case aiohttp.ClientConnectorError():
                return False
            case _:
                return isinstance(error, aiohttp.ClientOSError)

    def _translated(self, error: Exception) -> UpstreamError:
        who, timeouts = f"upstream {self.name!r}", self._settings.timeouts
        match error:
            case aiohttp.ConnectionTimeoutError():
                return UpstreamUnreachable(f"{who}: no connection within {timeouts.connect_seconds:g} s")
            case aiohttp.SocketTimeoutError():
                return UpstreamTimeout(f"{who}: silent for {timeouts.idle_seconds:g} s")
            case TimeoutError():
                return UpstreamTimeout(f"{who}: no complete reply in the time allowed")
            case aiohttp.ClientConnectorError() | aiohttp.ClientConnectorCertificateError():
                return UpstreamUnreachable(f"{who}: {_no_connection(error)}")
            case aiohttp.ClientHttpProxyError():
                return UpstreamUnreachable(f"{who}: the proxy answered with status {error.status}")
            case aiohttp.ClientResponseError() if _head_too_long(error):
                most = self._settings.limits.max_header_bytes
                return UpstreamTooLarge(f"{who}: headers of more than {most} bytes")
            case aiohttp.ClientResponseError():
                return UpstreamUnreadable(f"{who}: not an HTTP reply")
            case _:
                return UpstreamBroken(f"{who}: the connection ended before the reply ({type(error).__name__})")

    async def _shut(self) -> None:
        if self._session is not None:
            await self._session.close()


class _Opened:
    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response
        self.status = response.status
        self.raw_headers: Sequence[tuple[bytes, bytes]] = response.raw_headers

    async def read(self) -> bytes:
        return await self._response.content.readany()

    async def close(self) -> None:
        self._response.close()  # after the last byte the connection is back in the pool and this does nothing


def _new_session(settings: TransportSettings, tls: ssl.SSLContext | None) -> aiohttp.ClientSession:
    tracer = aiohttp.TraceConfig()
    tracer.on_connection_reuseconn.append(_note_reused)
    tracer.on_connection_create_start.append(_note_new)
    limits, timeouts = settings.limits, settings.timeouts
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(
            limit=limits.max_connections, ssl=tls or True, keepalive_timeout=_KEEP_ALIVE_SECONDS
        ),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
        timeout=aiohttp.ClientTimeout(
            total=None, sock_connect=timeouts.connect_seconds, sock_read=timeouts.idle_seconds
        ),
        skip_auto_headers=_LIBRARY_HEADERS,
        max_line_size=limits.max_header_bytes,
        max_field_size=limits.max_header_bytes,
        max_headers=_MAX_HEADER_LINES,
        trace_configs=[tracer],
    )


async def _note_reused(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: object) -> None:
    context.trace_request_ctx.reused = True


async def _note_new(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: object) -> None:
    context.trace_request_ctx.reused = False  # aiohttp itself has replaced a dead connection


def _no_connection(error: Exception) -> str:
    match error:
        case aiohttp.ClientConnectorCertificateError():
            return f"the TLS handshake failed ({_tls_words(error.certificate_error)})"
        case aiohttp.ClientSSLError():
            return f"the TLS handshake failed ({_tls_words(error.os_error)})"
        case aiohttp.ClientConnectorDNSError():
            return "the host's name has no address"
        case aiohttp.ClientProxyConnectionError():
            return "no connection to the proxy"
        case aiohttp.ClientConnectorError():
            return f"no connection ({type(error.os_error).__name__})"
        case _:
            return "no connection"


def _tls_words(cause: Exception) -> str:
    return str(getattr(cause, "verify_message", None) or getattr(cause, "reason", None) or type(cause).__name__)


def _head_too_long(error: aiohttp.ClientResponseError) -> bool:
    """Whether a limit was passed, rather than HTTP misspoken: aiohttp has one class for both."""
    return error.message.startswith(("Got more than", "Too many headers"))
