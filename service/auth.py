"""Who is calling: a key against the hashes of the configured ones, in constant time, no store in between."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from pydantic import SecretStr

from service.settings import AuthSettings


@dataclass(frozen=True, slots=True)
class Clients:
    """The callers that may use the proxy. None configured = everybody (`required` is false)."""

    names: tuple[str, ...]
    digests: tuple[bytes, ...] = field(repr=False)
    privileged: frozenset[str]

    @classmethod
    def from_settings(cls, auth: AuthSettings) -> Clients:
        """The callers of a configuration."""
        return cls(
            names=tuple(client.name for client in auth.clients),
            digests=tuple(client.key_sha256.encode() for client in auth.clients),
            privileged=frozenset(client.name for client in auth.clients if client.may_turn_off),
        )

    @property
    def required(self) -> bool:
        """Whether a request needs a key at all."""
        return bool(self.names)

    def identify(self, headers: Mapping[str, str]) -> str | None:
        """The caller's name by `authorization: Bearer` or `x-api-key` (lower-case names), or None.

        Every configured hash is compared, whichever matches: the time says nothing about the keys.
        """
        found: str | None = None
        for key in _keys_shown(headers):
            shown = sha256(key).hexdigest().encode()
            for name, digest in zip(self.names, self.digests, strict=True):
                if hmac.compare_digest(shown, digest):
                    found = found or name
        return found

    def may_turn_off(self, name: str | None) -> bool:
        """Whether a caller may send `x-guard-mode: off`."""
        return name in self.privileged


def token_shown(token: SecretStr | None, headers: Mapping[str, str]) -> bool:
    """Whether a request shows the admin token. With no token configured nobody does."""
    if token is None:
        return False
    wanted = sha256(_as_sent(token.get_secret_value())).digest()
    return any(hmac.compare_digest(sha256(key).digest(), wanted) for key in _keys_shown(headers))


def _keys_shown(headers: Mapping[str, str]) -> Iterator[bytes]:
    scheme, _, key = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and key.strip():
        yield _as_sent(key.strip())
    if headers.get("x-api-key"):
        yield _as_sent(headers["x-api-key"])


def _as_sent(text: str) -> bytes:
    """The bytes on the wire: a server hands header values over as Latin-1, so that no byte is lost."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
