"""Bodies that nobody should send, with the statuses that may answer them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

BAD = frozenset({400})
QUESTION = b'"messages":[{"role":"user","content":"Which city?"}]'


@dataclass(frozen=True)
class Hostile:
    """One request: its name in the test report, body, headers."""

    name: str
    body: bytes
    statuses: frozenset[int] = BAD
    headers: tuple[tuple[str, str], ...] = ()


def with_value(value: bytes) -> bytes:
    """A chat request in which one unknown field has this value."""
    return b'{"model":"m",' + QUESTION + b',"own":' + value + b"}"


def with_fields(**fields: Any) -> bytes:
    """A chat request in which these fields are replaced."""
    return orjson.dumps({"model": "m", "messages": [{"role": "user", "content": "Which city?"}], **fields})


def nested(depth: int, opening: bytes = b"[", closing: bytes = b"]", inner: bytes = b"") -> bytes:
    """JSON of this depth."""
    return opening * depth + inner + closing * depth


def corpus() -> Iterator[Hostile]:
    """Everything."""
    yield from _unreadable()
    yield from _deep()
    yield from _wrong_types()
    yield from _wrong_messages()
    yield from _wrong_headers()
    yield from _odd_but_valid()


def _unreadable() -> Iterator[Hostile]:
    for name, body in {
        "empty": b"",
        "blank": b" \r\n\t",
        "NUL": b"\x00",
        "text": b"hello",
        "form": b"model=m&messages=x",
        "cut": with_fields()[:-1],
        "cut in a string": with_fields()[:25],
        "two documents": with_fields() + with_fields(),
        "trailing comma": b'{"model":"m",}',
        "single quotes": b"{'model':'m'}",
        "comment": b'{"model":"m"/*x*/}',
        "NaN": with_value(b"NaN"),
        "Infinity": with_value(b"-Infinity"),
        "hexadecimal": with_value(b"0x10"),
        "leading zero": with_value(b"01"),
        "1e999": with_value(b"1e999"),
        "-1e999": with_value(b"-1e999"),
        "undefined": with_value(b"undefined"),
        "lone surrogate": with_value(b'"\\ud800"'),
        "reversed surrogates": with_value(b'"\\udc00\\ud800"'),
        "surrogate as a key": b'{"model":"m","\\udfff":1,' + QUESTION + b"}",
        "surrogate in the question": b'{"model":"m","messages":[{"role":"user","content":"\\ud83d"}]}',
        "surrogate in the model": b'{"model":"\\ud83d",' + QUESTION + b"}",
        "invalid UTF-8": with_value(b'"\xff"'),
        "overlong UTF-8": with_value(b'"\xc0\xaf"'),
        "surrogate in UTF-8": with_value(b'"\xed\xa0\x80"'),
        "cut UTF-8": with_value(b'"\xe6\x9d"'),
        "Latin-1": with_value(b'"caf\xe9"'),
        "BOM": b"\xef\xbb\xbf" + with_fields(),
        "UTF-16": with_fields().decode().encode("utf-16"),
        "UTF-32": with_fields().decode().encode("utf-32"),
        "NUL in the middle": with_fields()[:5] + b"\x00" + with_fields()[5:],
        "control character in a string": with_value(b'"\x01"'),
        "bad escape": with_value(b'"\\x41"'),
        "minus": with_value(b"-"),
        "gzip": b"\x1f\x8b\x08\x00" + b"\x00" * 20,
        "megabyte of quotes": b'"' * 1_000_000,
        "megabyte of blanks": b" " * 1_000_000,
    }.items():
        yield Hostile(name, body)
    yield Hostile("5,000 digits", with_value(b"9" * 5000), frozenset({200, 400}))


def _deep() -> Iterator[Hostile]:
    for depth in (65, 200, 900, 1023, 1024, 1025, 100_000):
        yield Hostile(f"{depth} arrays", nested(depth))
        yield Hostile(f"{depth} arrays in a field", with_value(nested(depth)))
        yield Hostile(f"{depth} objects in a field", with_value(nested(depth, b'{"a":', b"}", b"1")))
    yield Hostile("100,000 opening brackets", b"[" * 100_000)
    yield Hostile("100,000 opening braces", b'{"a":' * 100_000)
    yield Hostile("deep messages", b'{"model":"m","messages":' + nested(900) + b"}")
    yield Hostile("deep content", b'{"model":"m","messages":[{"role":"user","content":' + nested(900) + b"}]}")


ODD: tuple[Any, ...] = (None, True, False, -1, 0, 1.5, 2**63, "", " ", "x", [], {}, [None], [[]], {"a": 1})


def _wrong_types() -> Iterator[Hostile]:
    for top in ("null", "true", "1", "1.5", '"x"', "[]", "[{}]", "{}"):
        yield Hostile(f"top level {top}", top.encode())
    allowed: dict[str, tuple[Any, ...]] = {
        "model": ("x",),
        "messages": (),
        "stream": (None, True, False),
        "stream_options": (None, {}, {"a": 1}),
        "guard": (None, {}, {"a": 1}),
        "n": (None,),
    }
    for field, fine in allowed.items():
        for value in ODD:
            if not any(value is one or (value == one and type(value) is type(one)) for one in fine):
                yield Hostile(f"{field} = {value!r}", with_fields(**{field: value}))
    for n in (129, 10**6, 2**31, 2**53, -(2**31), 1e300):
        yield Hostile(f"n = {n}", with_fields(n=n))
    yield Hostile("n of 400 digits", b'{"model":"m",' + QUESTION + b',"n":' + b"9" * 400 + b"}")
    for missing in ("model", "messages"):
        body = {key: value for key, value in orjson.loads(with_fields()).items() if key != missing}
        yield Hostile(f"no {missing}", orjson.dumps(body))


def _wrong_messages() -> Iterator[Hostile]:
    for value in ODD:
        yield Hostile(f"a message is {value!r}", with_fields(messages=[value]))
        yield Hostile(f"role = {value!r}", with_fields(messages=[{"role": value, "content": "x"}]))
    for content in (True, 1, 1.5, {}, {"a": 1}):
        yield Hostile(f"content = {content!r}", with_fields(messages=[{"role": "user", "content": content}]))
    yield Hostile("the last of many", with_fields(messages=[{"role": "user", "content": "x"}] * 500 + [{"role": 1}]))


def _wrong_headers() -> Iterator[Hostile]:
    good = with_fields()
    for kind in (
        "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "image/png", ";;",
        "application/jsonp", "text/json", "application/xml", "json", "application/x-ndjson",
    ):  # fmt: skip
        yield Hostile(f"content-type {kind}", good, frozenset({415}), (("content-type", kind),))
    for coding in ("gzip", "br", "deflate", "zstd", "gzip, gzip", "x-own"):
        yield Hostile(f"content-encoding {coding}", good, frozenset({415}), (("content-encoding", coding),))
    yield Hostile("too large", b'{"model":"' + b"m" * 70_000 + b'"}', frozenset({413}))
    yield Hostile("too large and no JSON", b"x" * 200_000, frozenset({413}))


def _odd_but_valid() -> Iterator[Hostile]:
    """What is JSON and says what a request says: answered like any other."""
    fine = frozenset({200})
    for name, body in {
        "duplicate keys": b'{"model":"x","model":"m","stream":true,"stream":false,' + QUESTION + b"}",
        "NUL in the question": with_fields(messages=[{"role": "user", "content": "Which\x00city?"}]),
        "right-to-left override": with_fields(messages=[{"role": "user", "content": "Which \u202ecity?\u2066"}]),
        "only invisible": with_fields(messages=[{"role": "user", "content": "\u200b\u200d"}]),
        "unassigned characters": with_fields(messages=[{"role": "user", "content": "\U0010ffff\ufffe?"}]),
        "expanding ligatures": with_fields(messages=[{"role": "user", "content": "\ufdfa" * 500}]),
        "depth 60": with_value(nested(60)),
        "unknown fields": with_fields(own={"a": [1, {"b": None}]}, other=None),
        "strange model": with_fields(model="../../../etc/passwd\r\nx: y"),
        "2,000 messages": with_fields(messages=[{"role": "user", "content": "x?"}] * 2000),
        "60 kB question": with_fields(messages=[{"role": "user", "content": "why " * 15_000}]),
        "60 kB of one letter": with_fields(messages=[{"role": "user", "content": "a" * 60_000}]),
        "odd optional fields": with_fields(
            seed="x", tools="x", response_format=1, modalities={}, audio=[], logprobs="y"
        ),
        "content is null": with_fields(messages=[{"role": "user", "content": None}]),
        "odd parts": with_fields(messages=[{"role": "user", "content": [None, 1, {}, {"text": 5}, {"text": "Why?"}]}]),
        "large seed": b'{"model":"m",' + QUESTION + b',"seed":' + b"9" * 30 + b"}",
        "negative seed": with_fields(seed=-5),
        "true seed": with_fields(seed=True),
    }.items():
        yield Hostile(name, body, fine)
