"""Golden cases of the wire: a request, what the upstream says, what the caller gets. A new case is a new file.

- `request`: a body, or its exact text; `policy`, `mode`, `pending`: how it is guarded
- `upstream`: `candidate` (a reply's `body`, its exact `text`, or the events of a `stream`), `draws` (in turn, or one
  reply for all), `self_report` in percent and `second_way` in words; without the latter that look is lost
- `expect`: `decision`, `reason`, `status` and `body`: "unchanged" for the candidate's own bytes, the whole reply, or
  the events of the stream; an `error` by its kind; `calls` by place and `asked`, their number: what the upstream got

In expected texts `<<reason/language>>` stands for the guard's own words.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest

from guard.dialects import DIALECTS
from guard.dialects.openai_stream import DONE, events, frame
from guard.errors import UpstreamError, UpstreamRefused
from guard.evidence import Circumstances
from guard.exchange import Exchange
from guard.negotiation import Memory
from guard.pipeline import Guard
from guard.release import Released, release
from guard.reports import SECOND_WAY_VERSION, recognise_probe
from guard.testing import ScriptedUpstream, chat_reply
from guard.upstream import Call, Reply
from guard.verdict import Verdict
from guard.wording import abstention_text
from tests.guard.building import JUDGE, calibration, ruling

HERE = Path(__file__).parent
CASES = {
    f"{folder.name}/{file.stem}": file
    for folder in sorted(HERE.iterdir())
    if folder.name in DIALECTS
    for file in sorted(folder.glob("*.json"))
}
JSON = (("content-type", "application/json"),)
SSE = (("content-type", "text/event-stream; charset=utf-8"),)


def test_every_dialect_has_cases() -> None:
    assert {name.split("/")[0] for name in CASES} == set(DIALECTS)
    assert len(CASES) >= 15


@pytest.mark.parametrize("name", CASES)
async def test_case(name: str) -> None:
    case = orjson.loads(CASES[name].read_bytes())
    assert case.keys() <= {"about", "request", "upstream", "policy", "mode", "pending", "expect"}
    upstream, expect = Upstream(case["upstream"]), case["expect"]
    if "error" in expect:
        with pytest.raises(UpstreamError) as caught:
            await played(case, upstream, DIALECTS[name.split("/")[0]])
        wanted = {key: expect[key] for key in expect if key not in ("calls", "asked")}
        assert {"error": caught.value.kind, **said(caught.value)} == wanted
    else:
        verdict, found = await played(case, upstream, DIALECTS[name.split("/")[0]])
        outcome = (verdict.decision, verdict.reason, found.status)
        assert outcome == (expect["decision"], expect["reason"], expect["status"])
        compare(found.body, expect["body"], upstream.candidate)
    for place, sent in expect.get("calls", {}).items():
        assert orjson.loads(upstream.scripted.calls[int(place)].body or b"") == sent
    assert expect.get("asked", len(upstream.scripted.calls)) == len(upstream.scripted.calls)


async def played(case: Mapping[str, Any], upstream: Upstream, dialect: Any) -> tuple[Verdict, Released]:
    raw = case["request"].encode() if isinstance(case["request"], str) else orjson.dumps(case["request"])
    exchange: Exchange = dialect.read(raw, orjson.loads(raw))
    by = ruling(calibration(0.6, {"semantic_agreement": 5.0}), **case.get("policy", {}))
    around = Circumstances(policy="balanced", mode=case.get("mode", "enforce"))
    guard = Guard(by, dialect, JUDGE, Memory())
    answered = await guard.answer(exchange, upstream.scripted, exchange.model, around, "g-1")
    assert answered.verdict.decision != "error"
    return answered.verdict, release(answered, exchange, dialect, by.policy, pending=case.get("pending", False))


class Upstream:
    """The upstream of a case: first the candidate, then probes and draws."""

    def __init__(self, script: Mapping[str, Any]) -> None:
        self._script = script
        self._draws: Iterator[Any] = itertools.cycle(script.get("draws", ["Paris"]))
        self.candidate = self._first(script["candidate"])
        self.scripted = ScriptedUpstream(self._answer)

    def _first(self, said: Mapping[str, Any]) -> Reply:
        if "stream" in said:
            return Reply(
                200,
                SSE,
                b": hello\n\n" + b"".join(map(frame, said["stream"])) + (DONE if said.get("done", True) else b""),
            )
        body = said["text"].encode() if "text" in said else orjson.dumps(said["body"])
        return Reply(said.get("status", 200), SSE if said.get("sse") else JSON, body)

    def _answer(self, call: Call) -> Any:
        body = orjson.loads(call.body or b"")
        if len(self.scripted.calls) == 1:
            return self.candidate
        probe = recognise_probe(body["messages"][-1]["content"])
        if probe is None and isinstance(self._script.get("draws"), dict):
            return self._first(self._script["draws"])
        if probe is None:
            return chat_reply("", texts=[next(self._draws) for _ in range(body.get("n", 1))], id="chatcmpl-draw")
        if probe.probe == SECOND_WAY_VERSION and "second_way" in self._script:
            return orjson.dumps({"nonce": probe.nonce, "steps": [], "answer": self._script["second_way"]}).decode()
        percent = self._script.get("self_report", 90)
        word = "yes" if percent > 50 else "no"
        return orjson.dumps({"nonce": probe.nonce, "correct": word, "probability": percent}).decode()


def compare(body: bytes, expected: Any, candidate: Reply) -> None:
    if expected == "unchanged":
        assert body == candidate.body
    elif isinstance(expected, list):
        assert body.endswith(DONE)
        assert list(events(body)) == spelt_out(expected)
    else:
        assert orjson.loads(body) == spelt_out(expected)


def spelt_out(expected: Any) -> Any:
    """The expected reply with the guard's own words in the places left for them."""
    if isinstance(expected, str):
        return re.sub("<<(.+?)/(.+?)>>", lambda found: abstention_text(found[1], found[2]), expected)
    if isinstance(expected, list):
        return [spelt_out(entry) for entry in expected]
    if isinstance(expected, dict):
        return {key: spelt_out(value) for key, value in expected.items()}
    return expected


def said(error: UpstreamError) -> dict[str, Any]:
    if not isinstance(error, UpstreamRefused):
        return {}
    return {"status": error.reply.status, "body": orjson.loads(error.reply.body)}
