"""The request as it goes out: the address, and which headers travel."""

from __future__ import annotations

import re
import ssl
from urllib.parse import urlencode

from guard.errors import ConfigurationError, DialectError
from guard.transports.incoming import named_by_connection, of_connection
from guard.transports.settings import FRAMING, HEADER_NAME, UNSENDABLE, TransportSettings
from guard.upstream import Call, Headers

_PATH = re.compile(r"(?:/(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*)+")  # RFC 3986 section 3.3
_DOTS = re.compile(r"/(?:\.|%2[Ee]){1,2}(?:/|$)")
_QUERY = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*")
_CREDENTIALS = frozenset({"authorization", "x-api-key", "api-key"})


class Outgoing:
    """Turns a `Call` into address and headers for one upstream.

    Both methods raise `DialectError` where the call holds what must not be sent: dot segments or characters
    that a path or query cannot have, control characters in a header.
    """

    def __init__(self, settings: TransportSettings) -> None:
        self._base = settings.base_url
        self._query = urlencode(settings.query)
        self._set = _configured(settings)
        self._dropped = FRAMING | {name for name, _ in self._set}
        if settings.api_key is not None:
            self._dropped |= _CREDENTIALS

    def url(self, call: Call) -> str:
        """The base address, the call's path, the configured query and the call's."""
        if not _PATH.fullmatch(call.path) or _DOTS.search(call.path):
            raise DialectError("the path cannot be sent to an upstream", param="path")
        if not _QUERY.fullmatch(call.query):
            raise DialectError("the query cannot be sent to an upstream", param="query")
        query = "&".join(part for part in (self._query, call.query) if part)
        return f"{self._base}{call.path}{'?' if query else ''}{query}"

    def headers(self, call: Call) -> Headers:
        """The call's headers, then the configured ones, which override, then what was left unsaid."""
        named = named_by_connection((name.lower(), value) for name, value in call.headers)
        kept: list[tuple[str, str]] = []
        for name, value in call.headers:
            lower = name.lower()
            if not HEADER_NAME.fullmatch(name) or UNSENDABLE.search(value):
                raise DialectError("a header holds a character that HTTP cannot carry", param="headers")
            if lower not in self._dropped and lower not in named and not of_connection(lower):
                kept.append((lower, value.strip()))
        kept.extend(self._set)
        said = {name for name, _ in kept}
        kept.extend(pair for pair in _defaults(call) if pair[0] not in said)
        return tuple(kept)


def wants_raw(call: Call) -> bool:
    """Whether the call names its own codings and so gets the body as it came."""
    return any(name.lower() == "accept-encoding" for name, _ in call.headers)


def tls_context(settings: TransportSettings) -> ssl.SSLContext | None:
    """The trust for an https upstream or proxy, else None; `ConfigurationError` for an unusable file."""
    if not any((address or "").startswith("https:") for address in (settings.base_url, settings.proxy)):
        return None
    context = ssl.create_default_context()
    try:
        if settings.ca_file is not None:
            context = ssl.create_default_context(cafile=settings.ca_file)
    except OSError as error:
        raise _unusable(settings, "ca_file", error) from error
    try:
        if settings.client_cert is not None:
            cert = settings.client_cert
            file, key = cert if isinstance(cert, tuple) else (cert, None)
            context.load_cert_chain(file, key, password="")  # an encrypted key would ask on the terminal
    except OSError as error:
        raise _unusable(settings, "client_cert", error) from error
    return context


def _unusable(settings: TransportSettings, field: str, error: OSError) -> ConfigurationError:
    why = error.strerror or type(error).__name__
    return ConfigurationError(f"upstream {settings.name!r}: `{field}` cannot be used: {why}")


def _configured(settings: TransportSettings) -> Headers:
    headers = dict(settings.headers)
    if settings.api_key is not None:
        key = settings.api_key.get_secret_value().strip()
        bearer = settings.api_key_header == "authorization"
        headers[settings.api_key_header] = f"Bearer {key}" if bearer else key
    return tuple(headers.items())


def _defaults(call: Call) -> Headers:
    defaults = [("accept", "*/*"), ("accept-encoding", "identity"), ("user-agent", "abstention-guard")]
    if call.body is not None:
        defaults.append(("content-type", "application/json"))
    return tuple(defaults)
