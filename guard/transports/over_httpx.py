"""The transport for those who need httpx's proxies and transports. Dearer per call than aiohttp's."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Sequence
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import ClassVar

import h11
import httpx

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


class HttpxUpstream(HttpUpstream):
    """An `Upstream` over httpx. Raises `ConfigurationError` for certificate files that cannot be used.

    httpx does not tell a connection that died in the middle of a reply's head from one that died before it,
    so its one retry covers both.
    """

    _errors: ClassVar = (httpx.TransportError, OSError)

    def __init__(self, settings: TransportSettings) -> None:
        super().__init__(settings)
        self._tls = tls_context(settings)
        self._client: httpx.AsyncClient | None = None

    async def _request(self, call: Call, connection: Connection) -> Opened:
        if self._client is None:
            self._client = _new_client(self._settings, self._tls)

        async def trace(event: str, _info: dict[str, object]) -> None:
            if event == "connection.connect_tcp.started":
                connection.reused = False

        connection.reused = True
        request = httpx.Request(
            call.method,
            self._outgoing.url(call),
            headers=[(name.encode("ascii"), value.encode()) for name, value in self._outgoing.headers(call)],
            content=call.body,
            extensions={"trace": trace},
        )
        return _Opened(await self._client.send(request, stream=True))

    def _without_a_word(self, error: Exception) -> bool:
        match error:
            case httpx.ConnectError():
                return False
            case httpx.RemoteProtocolError():
                return _cut_off(error)
            case _:
                return isinstance(error, httpx.NetworkError)

    def _translated(self, error: Exception) -> UpstreamError:
        who, timeouts = f"upstream {self.name!r}", self._settings.timeouts
        match error:
            case httpx.ConnectTimeout():
                return UpstreamUnreachable(f"{who}: no connection within {timeouts.connect_seconds:g} s")
            case httpx.TimeoutException():
                return UpstreamTimeout(f"{who}: silent for {timeouts.idle_seconds:g} s")
            case TimeoutError():
                return UpstreamTimeout(f"{who}: no complete reply in the time allowed")
            case httpx.ConnectError() | httpx.ProxyError():
                return UpstreamUnreachable(f"{who}: {_no_connection(error)}")
            case httpx.RemoteProtocolError() if _head_too_long(error):
                most = self._settings.limits.max_header_bytes
                return UpstreamTooLarge(f"{who}: headers of more than {most} bytes")
            case httpx.RemoteProtocolError() if not _cut_off(error):
                return UpstreamUnreadable(f"{who}: not an HTTP reply")
            case _:
                return UpstreamBroken(f"{who}: the connection ended before the reply ({type(error).__name__})")

    async def _shut(self) -> None:
        if self._client is not None:
            await self._client.aclose()


class _Opened:
    def __init__(self, response: httpx.Response) -> None:
        self._response = response
        self._arriving = response.aiter_raw()
        self.status = response.status_code
        self.raw_headers: Sequence[tuple[bytes, bytes]] = response.headers.raw

    async def read(self) -> bytes:
        return await anext(self._arriving, b"")

    async def close(self) -> None:
        await self._response.aclose()


def _new_client(settings: TransportSettings, tls: ssl.SSLContext | None) -> httpx.AsyncClient:
    timeouts, connections = settings.timeouts, settings.limits.max_connections
    transport = httpx.AsyncHTTPTransport(
        verify=tls or False,  # without https there is nothing to verify, and httpx would load its own bundle
        trust_env=False,
        proxy=settings.proxy,
        limits=httpx.Limits(
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=_KEEP_ALIVE_SECONDS,
        ),
    )
    return httpx.AsyncClient(
        transport=transport,
        trust_env=False,
        follow_redirects=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        timeout=httpx.Timeout(timeouts.idle_seconds, connect=timeouts.connect_seconds, pool=None),
    )


def _no_connection(error: Exception) -> str:
    if isinstance(error, httpx.ProxyError):
        return "no connection through the proxy"
    *_, cause = (error, *(cause for cause in _causes(error) if isinstance(cause, OSError)))
    match cause:
        case ssl.SSLError():
            return f"the TLS handshake failed ({getattr(cause, 'verify_message', None) or cause.reason})"
        case socket.gaierror():
            return "the host's name has no address"
        case _:
            return f"no connection ({type(cause).__name__})"


def _cut_off(error: Exception) -> bool:
    """Whether the peer closed, rather than spoke something that is not HTTP: httpx has one class for both."""
    return str(error).startswith(("Server disconnected", "peer closed connection"))


def _head_too_long(error: Exception) -> bool:
    causes = (cause for cause in _causes(error) if isinstance(cause, h11.RemoteProtocolError))
    return any(cause.error_status_hint == 431 for cause in causes)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = _behind(error)


def _behind(error: BaseException) -> BaseException | None:
    """The next cause. A group holds one failure for each of the host's addresses."""
    if isinstance(error, BaseExceptionGroup):
        return error.exceptions[0]
    return error.__cause__ or error.__context__
