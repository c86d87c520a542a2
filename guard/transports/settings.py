"""What one upstream connection needs to know: where, as whom, how long, how much.

Values only. Secrets come in already resolved; nothing here reads a file or the environment.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

HEADER_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")  # RFC 9110 section 5.6.2
UNSENDABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")  # no header's value may have one of these
FRAMING = frozenset({"connection", "content-length", "expect", "host", "te", "transfer-encoding", "upgrade"})

Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Bytes = Annotated[int, Field(gt=0)]


class _Settings(BaseModel):
    # hide_input_in_errors: a rejected value may be a credential.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Timeouts(_Settings):
    """How long to wait, in seconds: for a connection, between two bytes, and for the whole reply."""

    connect_seconds: Seconds = 5
    idle_seconds: Seconds = 600
    total_seconds: Seconds = 900


class Limits(_Settings):
    """How much to hold: open connections, and bytes of one reply's body (decoded) and of its head."""

    max_connections: Annotated[int, Field(gt=0)] = 1024
    max_reply_bytes: Bytes = 33554432
    max_header_bytes: Bytes = 65536


class TransportSettings(_Settings):
    """One upstream as a transport sees it. Its `repr` shows no header, query, proxy or key."""

    name: str
    base_url: str
    headers: dict[str, str] = Field(default_factory=dict, repr=False)
    query: dict[str, str] = Field(default_factory=dict, repr=False)
    api_key: SecretStr | None = None
    api_key_header: str = "authorization"
    proxy: str | None = Field(default=None, repr=False)
    ca_file: Path | None = None
    client_cert: Path | tuple[Path, Path] | None = None
    timeouts: Timeouts = Timeouts()
    limits: Limits = Limits()

    @field_validator("base_url")
    @classmethod
    def _plain_base(cls, value: str) -> str:
        _check_address(value)
        parts = urlsplit(value)
        if parts.username is not None or parts.password is not None:
            raise ValueError("a credential in the address would end up in logs; use `api_key`")
        if parts.query or parts.fragment or "?" in value or "#" in value:
            raise ValueError("an address has no query or fragment; use `query`")
        return value.rstrip("/")

    @field_validator("proxy")
    @classmethod
    def _proxy_address(cls, value: str | None) -> str | None:
        if value is not None:
            _check_address(value)
        return value

    @field_validator("headers")
    @classmethod
    def _sendable_headers(cls, value: dict[str, str]) -> dict[str, str]:
        for name, text in value.items():
            if not HEADER_NAME.fullmatch(name):
                raise ValueError("a header's name has a character that no header name may have")
            if name.lower() in FRAMING - {"host"}:
                raise ValueError(f"the header {name!r} is made anew for each connection and cannot be set")
            if UNSENDABLE.search(text):
                raise ValueError(f"the header {name!r} has a line break or another control character")
        return {name.lower(): text for name, text in value.items()}

    @field_validator("api_key_header")
    @classmethod
    def _header_name(cls, value: str) -> str:
        if not HEADER_NAME.fullmatch(value):
            raise ValueError("not a header name")
        return value.lower()

    @field_validator("api_key")
    @classmethod
    def _sendable_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        key = value.get_secret_value()
        if not key.strip() or UNSENDABLE.search(key):
            raise ValueError("the key is empty or has a line break or another control character")
        return value


def _check_address(value: str) -> None:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or re.search(r"[^\x21-\x7e]|\\", value):
        raise ValueError("not an address of the form http://host or https://host")
