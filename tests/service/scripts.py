"""What the scripted models say."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Literal

import orjson

from guard.checklist import CHECKLIST_VERSION, GIVEN_VERSION
from guard.reports import SAME_MEANING_VERSION, SECOND_WAY_VERSION, recognise_probe
from guard.testing.scripted import Line
from guard.upstream import Call, Reply

Purpose = Literal["candidate", "draw", "self_report", "second_way", "judge", "checklist", "other"]
Script = Callable[[Call], Line]

PROBES: dict[str, Purpose] = {
    SECOND_WAY_VERSION: "second_way",
    SAME_MEANING_VERSION: "judge",
    CHECKLIST_VERSION: "checklist",
    GIVEN_VERSION: "checklist",
}
CITIES = ("Lyon", "Berlin", "Madrid", "Oslo", "Rome", "Vienna", "Quito", "Lima", "Cairo", "Delhi")


def body_of(call: Call) -> dict[str, Any]:
    """The JSON of a call, empty without one."""
    body = orjson.loads(call.body or b"{}")
    return body if isinstance(body, dict) else {}


def purpose_of(call: Call) -> Purpose:
    """What a call is for; a caller in these tests gives no seed of its own."""
    if call.path != "/chat/completions":
        return "other"
    body = body_of(call)
    content = body["messages"][-1].get("content")
    probe = recognise_probe(content) if isinstance(content, str) else None
    if probe is not None:
        return PROBES.get(probe.probe, "self_report")
    return "draw" if "seed" in body else "candidate"


def report(call: Call, percent: int) -> str:
    """A self-report in due form: the nonce repeated, the chance of being right."""
    probe = recognise_probe(body_of(call)["messages"][-1]["content"])
    assert probe is not None
    correct = "yes" if percent > 50 else "no"
    return orjson.dumps({"nonce": probe.nonce, "correct": correct, "probability": percent}).decode()


def by_steps(call: Call, answer: str) -> str:
    """A decomposition in due form that ends in this answer."""
    probe = recognise_probe(body_of(call)["messages"][-1]["content"])
    assert probe is not None
    return orjson.dumps({"nonce": probe.nonce, "steps": [], "answer": answer}).decode()


def checked(call: Call, **findings: Any) -> str:
    """A checklist in due form, with nothing found but these."""
    probe = recognise_probe(body_of(call)["messages"][-1]["content"])
    assert probe is not None
    plain = {"needed": [], "assumed": [], "readings": [], "changes": "no", "all_given": "yes"}
    return orjson.dumps({"nonce": probe.nonce, **plain, **findings}).decode()


def pairs_of(call: Call) -> dict[str, tuple[str, str]]:
    """The numbered pairs that a judge is asked about."""
    asked = orjson.loads(body_of(call)["messages"][-1]["content"])["pairs"]
    return {number: (pair["a"], pair["b"]) for number, pair in asked.items()}


def judging(call: Call, same: Callable[[str, str], bool]) -> str:
    """A judge's reply in due form."""
    probe = recognise_probe(body_of(call)["messages"][-1]["content"])
    assert probe is not None
    verdicts = {number: "same" if same(*pair) else "different" for number, pair in pairs_of(call).items()}
    return orjson.dumps({"nonce": probe.nonce, "verdicts": verdicts}).decode()


def agreeing(text: str = "Paris") -> Script:
    """A model that always says the same and stands by it: released. It cannot do steps: that look is lost."""
    return lambda call: report(call, 95) if purpose_of(call) == "self_report" else text


def disagreeing(text: str = "Paris") -> Script:
    """A model whose draws never come back to the candidate: withheld."""
    cities: Iterator[str] = itertools.cycle(CITIES)

    def answer(call: Call) -> str:
        if purpose_of(call) == "self_report":
            return report(call, 10)
        return next(cities) if purpose_of(call) == "draw" else text

    return answer


def by_purpose(**lines: Line | Script) -> Script:
    """One line, or one script, for each purpose; an agreeing model for the others."""
    rest = agreeing()

    def answer(call: Call) -> Line:
        line = lines.get(purpose_of(call))
        if line is None:
            return rest(call)
        return line(call) if callable(line) else line

    return answer


def refusing(status: int, message: str = "no", **headers: str) -> Reply:
    """An upstream's refusal in OpenAI's envelope."""
    error = {"message": message, "type": "test_error", "param": None, "code": "test"}
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Reply(status, (("content-type", "application/json"), *named), orjson.dumps({"error": error}))


class Gate:
    """Holds a scripted model up until a test lets it go on."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self.waiting = 0

    def open(self) -> None:
        """Let every call go on, now and later."""
        self._open.set()

    async def passed(self) -> None:
        """Wait for the test."""
        self.waiting += 1
        while not self._open.is_set():  # noqa: ASYNC110 - another thread's event
            await asyncio.sleep(0.002)


def held(script: Script, gate: Gate, *purposes: Purpose) -> Callable[[Call], Awaitable[Line]]:
    """The same model, which answers calls of these purposes only once the gate is open."""

    async def answer(call: Call) -> Line:
        if purpose_of(call) in purposes:
            await gate.passed()
        return script(call)

    return answer
