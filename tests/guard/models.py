"""Models for tests: what the candidate, the draws and the self-report are, by what each call asks for."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import orjson

from guard.dialects import DIALECTS
from guard.evidence import Circumstances, Evidence
from guard.exchange import Exchange
from guard.negotiation import Memory
from guard.pipeline import Guard, Ruling
from guard.policy import Policy
from guard.reports import SECOND_WAY_VERSION, Quoted, recognise_probe
from guard.sampling import Asking, Second, Settled, gather, gather_candidate
from guard.testing import ScriptedUpstream, chat_reply
from guard.testing.scripted import Line
from guard.upstream import Call, Reply, Upstream
from tests.guard.building import JUDGE, QUESTION, ruling
from tests.guard.dialects.bodies import request

CHAT = DIALECTS["openai_chat"]
SECOND = "second"
"""The second model's name."""
AROUND = Circumstances(policy="balanced", mode="enforce")


def body_of(call: Call) -> dict[str, Any]:
    body = orjson.loads(call.body or b"null")
    assert isinstance(body, dict)
    return body


def probe_of(body: dict[str, Any]) -> Quoted | None:
    """The probe in a call, if it is one."""
    return recognise_probe(body["messages"][-1]["content"])


def purpose_of(call: Call) -> str:
    """What a call is for where the caller sets neither seed nor temperature: an upstream sees no more."""
    body = body_of(call)
    probe = probe_of(body)
    if probe is not None:
        return probe.probe.split("/")[0]
    if body["model"] == SECOND:
        return "cross_model"
    return "draw" if body.keys() & {"temperature", "seed", "n"} else "candidate"


class Model:
    """A script. `draws` are said in turn, over and over; `report` is the stated chance in percent, or the whole reply;
    `steps` is what a decomposition ends in (None: the candidate's own words), or the whole reply; `other` what the
    second model says.

    `refuses` is asked first: what it returns for a call is the answer to it.
    """

    def __init__(
        self,
        candidate: Line = "Paris",
        draws: Iterable[str] = ("Paris",),
        report: int | Line = 90,
        steps: str | Line | None = None,
        *,
        other: Line = "Paris",
        refuses: Callable[[Call, dict[str, Any]], Line | None] = lambda _call, _body: None,
    ) -> None:
        self._candidate = candidate
        self._draws = itertools.cycle(draws)
        self._report = report
        self._steps = steps
        self._other = other
        self._refuses = refuses
        self._first = True

    def __call__(self, call: Call) -> Line | Awaitable[Line]:
        body = body_of(call)
        probe = probe_of(body)
        first, self._first = self._first, False
        refusal = None if first else self._refuses(call, body)
        if refusal is not None:
            return refusal
        if probe is not None:
            return self.reported(probe.nonce) if probe.probe != SECOND_WAY_VERSION else self.stepped(probe.nonce)
        if body["model"] == SECOND:
            return self._other
        if first:
            return self._candidate
        return chat_reply("", texts=[next(self._draws) for _ in range(body.get("n", 1))])

    def stepped(self, nonce: str) -> Line:
        answer = self._candidate if self._steps is None else self._steps
        if not isinstance(answer, str):
            return "Paris" if self._steps is None else answer
        return orjson.dumps({"nonce": nonce, "steps": [], "answer": answer}).decode()

    def reported(self, nonce: str) -> Line:
        if not isinstance(self._report, int):
            return self._report
        word = "yes" if self._report > 50 else "no"
        return orjson.dumps({"nonce": nonce, "correct": word, "probability": self._report}).decode()


def refusal(message: str, param: str | None = None, status: int = 400) -> Reply:
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": None}
    return Reply(status, (("content-type", "application/json"),), orjson.dumps({"error": error}))


def exchange(question: str = QUESTION, **fields: Any) -> Exchange:
    raw = orjson.dumps(request(question, **fields))
    return CHAT.read(raw, orjson.loads(raw))


def asking(upstream: Upstream, memory: Memory | None = None, second: Upstream | None = None, **policy: Any) -> Asking:
    if second is not None:
        policy["second_model"] = {"upstream": second.name, "model": SECOND}
    other = Second(second, SECOND) if second else None
    return Asking(upstream, CHAT, "m", Policy(**policy), JUDGE, memory or Memory(), other)


def never(_evidence: Evidence, _remaining: int) -> bool:
    """All planned draws are taken."""
    return False


async def gathered(
    upstream: Upstream,
    asked: Exchange | None = None,
    memory: Memory | None = None,
    settled: Settled = never,
    second: Upstream | None = None,
    **policy: Any,
) -> Evidence:
    """Candidate and looks, as `Guard.answer` takes them."""
    by, asked = asking(upstream, memory, second, **policy), asked or exchange()
    candidate = await gather_candidate(by, asked)
    return await gather(by, asked, candidate, AROUND, "g-1", settled)


def guard(by: Ruling | None = None, memory: Memory | None = None, **policy: Any) -> Guard:
    return Guard(by or ruling(**policy), CHAT, JUDGE, memory or Memory())


def of(upstream: ScriptedUpstream, purpose: str) -> list[dict[str, Any]]:
    """The bodies of the calls for one purpose; the first call is the candidate."""
    return [body_of(call) for call in upstream.calls[1:] if purpose_of(call) == purpose]
