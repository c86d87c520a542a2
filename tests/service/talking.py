"""HTTP without a client library: what no library would send, and connections that end when a test says so."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import orjson

from .running import PATIENCE


def connect(url: str) -> socket.socket:
    """An open connection to where a URL points."""
    parts = urlsplit(url)
    return socket.create_connection((parts.hostname, parts.port), PATIENCE)


def talk(url: str, raw: bytes) -> tuple[int, bytes]:
    """Send bytes, read until the server closes: the status (0 where it said nothing) and the whole reply."""
    with connect(url) as speaking:
        speaking.sendall(raw)
        said = b""
        while chunk := speaking.recv(65536):
            said += chunk
    return (int(said.split(b" ", 2)[1]) if said else 0), said


def request_of(body: object, path: str = "/v1/chat/completions", *headers: str) -> bytes:
    """A POST of JSON, after which the server closes."""
    raw = body if isinstance(body, bytes) else orjson.dumps(body)
    lines = [f"POST {path} HTTP/1.1", "host: guard", "connection: close", "content-type: application/json"]
    return "\r\n".join([*lines, f"content-length: {len(raw)}", *headers, "", ""]).encode() + raw
