"""Where a call may lead, and which headers travel."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guard.errors import DialectError
from guard.transports import TransportSettings
from guard.transports.outgoing import Outgoing
from guard.upstream import Call, Headers


def outgoing(base_url: str = "https://model.test/v1", **changed: Any) -> Outgoing:
    return Outgoing(TransportSettings(name="one", base_url=base_url, **changed))


def sent(said: Headers, **changed: Any) -> dict[str, str]:
    return dict(outgoing(**changed).headers(Call("POST", "/x", b"{}", headers=said)))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "models",
        "@elsewhere.test/",
        "/../admin",
        "/a/..",
        "/a/./b",
        "/%2e%2E/admin",
        "/.%2e/admin",
        "/a?b=1",
        "/a#b",
        "/a b",
        "/a\r\nx: 1",
        "/a\\b",
        "/%zz",
        "/é",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(DialectError) as caught:
        outgoing().url(Call("GET", path))
    assert caught.value.param == "path"


@given(st.text("/.@:\\%2eE?#&= \r\nabé"), st.text("ab=&%2 #/?\r\n"))
@example("//elsewhere.test/..a", "a=1")
@example("/models/meta-llama/Llama-3.1:free", "")
def test_no_path_leaves_the_configured_place(path: str, query: str) -> None:
    try:
        parts = urlsplit(outgoing().url(Call("GET", path, query=query)))
    except DialectError:
        return
    assert (parts.scheme, parts.netloc) == ("https", "model.test")
    assert parts.path == "/v1" + path
    assert ".." not in parts.path.replace("%2e", ".").replace("%2E", ".").split("/")
    assert (parts.query, parts.fragment) == (query, "")


@pytest.mark.parametrize("query", ["a=b c", "a=\r\n", "a=1#b", "a=%", "a=é"])
def test_a_query_must_be_encoded(query: str) -> None:
    with pytest.raises(DialectError):
        outgoing().url(Call("GET", "/x", query=query))


@pytest.mark.parametrize("pair", [("x", "a\r\nb: c"), ("x", "a\x00"), ("x", "\ud800"), ("x y", "1"), ("", "1")])
def test_a_header_that_http_cannot_carry_is_refused(pair: tuple[str, str]) -> None:
    with pytest.raises(DialectError) as caught:
        sent((pair,))
    assert caught.value.param == "headers"


def test_the_callers_frame_is_not_repeated() -> None:
    hop = (
        "Connection",
        "Host",
        "Content-Length",
        "Expect",
        "TE",
        "Transfer-Encoding",
        "Upgrade",
        "Keep-Alive",
    )
    headers = sent((*((name, "x-hop") for name in (*hop, "Proxy-Authorization")), ("X-Hop", "1"), ("X-End", "2")))
    assert headers == {
        "x-end": "2",
        "accept": "*/*",
        "accept-encoding": "identity",
        "user-agent": "abstention-guard",
        "content-type": "application/json",
    }


def test_repeated_headers_stay_repeated() -> None:
    call = Call("GET", "/x", headers=(("anthropic-beta", "a"), ("Anthropic-Beta", "b ")))
    found = [value for name, value in outgoing().headers(call) if name == "anthropic-beta"]
    assert found == ["a", "b"]
    assert "content-type" not in dict(outgoing().headers(call))


def test_what_is_said_is_not_said_again() -> None:
    said = (("Accept", "text/event-stream"), ("User-Agent", "me"), ("Content-Type", "text/plain"))
    headers = sent(said)
    assert (headers["accept"], headers["user-agent"], headers["content-type"]) == (
        "text/event-stream",
        "me",
        "text/plain",
    )


def test_a_key_of_the_upstream_leaves_no_credential_of_the_caller() -> None:
    caller = (("authorization", "Bearer caller"), ("x-api-key", "caller"), ("api-key", "caller"))
    assert set(sent(caller).values()) >= {"Bearer caller", "caller"}
    for header, expected in (("authorization", "Bearer k"), ("x-api-key", "k"), ("x-goog-api-key", "k")):
        headers = sent(caller, api_key=" k ", api_key_header=header)
        assert headers[header] == expected
        assert not {"caller", "Bearer caller"} & set(headers.values())


def test_a_configured_header_overrides_and_a_key_overrides_it() -> None:
    assert sent((("X-Org", "mine"),), headers={"X-ORG": "configured"})["x-org"] == "configured"
    assert sent((), headers={"Authorization": "Basic x"}, api_key="k")["authorization"] == "Bearer k"
    assert sent((), headers={"Host": "inner.test"})["host"] == "inner.test"
