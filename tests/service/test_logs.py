"""One JSON line a request, and nothing in it that anybody said or holds secret."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from guard.errors import UpstreamBroken
from guard.upstream import Reply

from .conftest import Start
from .reading import ours
from .running import eventually, post
from .scripts import agreeing, by_purpose, disagreeing, refusing

QUESTION, ANSWER, SYSTEM = "canary-question", "canary-answer", "canary-system"
CALLERS_KEY, OWNERS_KEY, HEADER, QUERY = "canary-key-of-caller", "canary-key-of-owner", "canary-header", "canary-query"
ADMIN = "canary-admin-token"
ASKED = f"Where does {QUESTION} live?"
ALWAYS = {"event", "level", "ts", "id", "route", "dialect", "mode", "decision", "reason", "status", "client", "seconds",
          "overhead_seconds"}  # fmt: skip
JUDGED = ALWAYS | {"confidence", "threshold", "calibration", "samples", "tokens"}
SETTINGS: dict[str, Any] = {
    "upstreams": {"main": {"api_key": OWNERS_KEY, "headers": {"x-own": HEADER}, "query": {"own": QUERY}}},
    "auth": {
        "clients": [{"name": "alice", "key_sha256": sha256(CALLERS_KEY.encode()).hexdigest(), "may_turn_off": True}],
        "admin_token": ADMIN,
    },
}
SHOWN = {"authorization": f"Bearer {CALLERS_KEY}"}
MESSAGES = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": ASKED}]


@pytest.mark.parametrize(
    "script",
    [
        agreeing(ANSWER),
        disagreeing(ANSWER),
        agreeing(f"I don't know {ANSWER}."),
        by_purpose(candidate=refusing(401, ANSWER)),
        by_purpose(candidate=refusing(503, ANSWER)),
        by_purpose(candidate=UpstreamBroken(ANSWER)),
        by_purpose(candidate=Reply(200, (), ANSWER.encode())),
        by_purpose(candidate=ANSWER, draw=refusing(400, ANSWER), self_report=ANSWER),
    ],
)
@pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
def test_nothing_said_and_no_secret_is_told(start: Start, script: Any, stream: bool) -> None:
    guard = start(script, SETTINGS)
    replies = [
        guard.ask(messages=MESSAGES, stream=stream, headers={**SHOWN, **headers})
        for headers in ({}, {"x-guard-mode": "off"}, {"x-guard-explain": "1"})
    ]
    replies.append(guard.ask(messages=MESSAGES, headers={"authorization": f"Bearer {CALLERS_KEY}x"}))
    replies.append(post(f"{guard.url}/v1/chat/completions", f'{{"{QUESTION}'.encode(), SHOWN))
    eventually(lambda: len(guard.log_lines) >= len(replies) + 1)
    admin = guard.client(base_url=guard.admin_url, headers={"authorization": f"Bearer {ADMIN}"})
    pages = [admin.get(path).text for path in ("/admin/decisions", "/admin/settings", "/metrics", "/readyz?verbose")]
    told = "".join([guard.log.getvalue(), *pages])
    for canary in (QUESTION, ANSWER, SYSTEM, CALLERS_KEY, OWNERS_KEY, HEADER, QUERY, ADMIN):
        assert canary not in told, canary
    answers = "".join(reply.text + str(reply.headers) for reply in replies)
    for secret in (CALLERS_KEY, OWNERS_KEY, HEADER, QUERY, ADMIN):
        assert secret not in answers, secret
    first = guard.upstream.calls[0]  # where all of it did travel
    assert QUESTION.encode() in (first.body or b"")
    assert (dict(first.headers)["x-own"], first.query) == (HEADER, f"own={QUERY}")
    assert dict(first.headers)["authorization"] == f"Bearer {OWNERS_KEY}"


def test_a_line_a_request(start: Start) -> None:
    guard = start(agreeing(), SETTINGS)
    first = guard.ask(headers=SHOWN)
    second = guard.ask(headers={**SHOWN, "x-guard-mode": "off"}, stream=True)
    third = guard.ask(n=0, headers=SHOWN)
    fourth = guard.ask()
    guard.client().get("/v1/nowhere")
    eventually(lambda: len([line for line in guard.log_lines if line["event"] == "request"]) == 5)
    lines = {line["id"]: line for line in guard.log_lines if line["event"] == "request"}
    one = lines[ours(first)["id"]]
    assert one.keys() == JUDGED
    assert one["client"] == "alice"
    assert (one["route"], one["dialect"], one["mode"], one["level"]) == ("default", "openai_chat", "enforce", "info")
    assert (one["decision"], one["reason"], one["status"]) == ("answer", "confident", 200)
    assert f"{one['samples']}" == ours(first)["samples"]
    assert f"{one['tokens']}" == ours(first)["tokens"]
    assert 0 <= one["overhead_seconds"] <= one["seconds"] < 20
    assert one["ts"].endswith("Z")
    assert lines[ours(second)["id"]].keys() == ALWAYS | {"confidence", "threshold", "calibration"}
    assert lines[ours(second)["id"]]["decision"] == "pass"
    refused = lines[ours(third)["id"]]
    assert (refused.keys(), refused["status"], refused["client"]) == (ALWAYS, 400, "alice")
    unknown = lines[ours(fourth)["id"]]
    assert (unknown["status"], unknown["client"], unknown["route"]) == (401, None, "none")


def test_content_where_the_owner_wants_it(start: Start) -> None:
    guard = start(agreeing(ANSWER), SETTINGS | {"logs": {"content": True}})
    guard.ask(messages=MESSAGES, headers=SHOWN)
    (line,) = [line for line in guard.log_lines if line["event"] == "request"]
    assert (line["question"], line["candidate"], line["draws"]) == (ASKED, ANSWER, [ANSWER] * 4)
    assert CALLERS_KEY not in guard.log.getvalue()


def test_a_line_is_a_line_whatever_is_in_it(start: Start) -> None:
    guard = start(agreeing("a\nb\u2028c\x00\r"), {"logs": {"content": True}})
    guard.ask('line\n{"event":"forged"}\u2028\x1b[31m')
    assert [line["event"] for line in guard.log_lines] == ["calibration", "request"]
