"""The judge of abstaining: blind, strict, and the measure of what the label does to it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from guard.testing import ScriptedServer
from guard.testing.replies import JSON_HEADERS, chat_reply
from guard.upstream import Call, Reply
from probes.cli import app
from probes.endpoint import endpoint
from probes.probe import answerable, unanswerable
from probes.tax import Told, key_of
from probes.tax_judge import LABEL, SYSTEM, Judged, as_judged, form, judge, leak, read_verdict
from tests.probes.endpoints import scripted

QUESTION = answerable("s", "What is the capital of France?", "Paris")
OPEN = unanswerable("s", "Who is the mayor of Quillindra?", "false_premise")
SHOULD = {QUESTION.id: False, OPEN.id: True}


def row(text: str, question_id: str = QUESTION.id, **more: object) -> Told:
    fields = {"side": "unguarded", "model": "m", "question_id": question_id, "question": "Q?", "text": text}
    return Told.model_validate({**fields, "abstained": False, "correct": True, **more})


class Judge:
    """Calls what says "no idea" an abstention; shown a label, it repeats the label."""

    def __init__(self) -> None:
        self.forms: list[dict[str, str]] = []
        self.systems: list[str] = []

    def __call__(self, call: Call) -> str:
        messages = json.loads(call.body or b"{}")["messages"]
        quoted = json.loads(messages[-1]["content"])
        self.forms.append(quoted)
        self.systems.append(messages[0]["content"])
        abstains = quoted["answerable"] == "no" if "answerable" in quoted else "no idea" in quoted["reply"].lower()
        return json.dumps({"nonce": quoted["nonce"], "abstains": "yes" if abstains else "no"})


def test_the_form_is_blind_unless_the_label_is_to_be_shown() -> None:
    blind = form(row("Paris"), "n", None)
    assert json.loads(blind.user) == {"probe": "abstention/1", "nonce": "n", "question": "Q?", "reply": "Paris"}
    assert blind.system == SYSTEM
    shown = form(row("Paris"), "n", True)
    assert json.loads(shown.user)["answerable"] == "no"
    assert json.loads(form(row("Paris"), "n", False).user)["answerable"] == "yes"
    assert shown.system == SYSTEM + LABEL
    assert "answerable" not in SYSTEM


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ('{"nonce": "n", "abstains": "yes"}', True),
        ('```json\n{"nonce": "n", "abstains": "no"}\n```', False),
        ('{"nonce": "other", "abstains": "yes"}', None),
        ('{"nonce": "n", "abstains": "perhaps"}', None),
        ('{"nonce": "n", "abstains": ["yes"]}', None),
        ("yes", None),
    ],
)
def test_only_the_form_is_read(text: str, verdict: bool | None) -> None:
    assert read_verdict(text, "n") is verdict


def test_a_verdict_on_a_line() -> None:
    said = row("Paris")
    assert as_judged(said, {}, SHOULD) == said
    assert as_judged(said, {key_of(said): False}, SHOULD) == said
    taken = as_judged(said, {key_of(said): True}, SHOULD)
    assert (taken.abstained, taken.correct) == (True, None)
    withheld = row("I can't say.", decision="abstain", abstained=True, correct=None)
    assert as_judged(withheld, {key_of(withheld): False}, SHOULD) == withheld
    for name, correct in ((QUESTION.id, None), (OPEN.id, False)):
        own = row("no", name, abstained=True, correct=None)
        answered = as_judged(own, {key_of(own): False}, SHOULD)
        assert (answered.abstained, answered.correct) == (False, correct)


def test_the_leak_is_what_changes() -> None:
    rows = [row("a", "a"), row("b", "b"), row("c", "c")]
    keys = [key_of(one) for one in rows]
    judged = Judged(
        dict(zip(keys, [False, True, False], strict=True)), dict(zip(keys, [True, True, True], strict=True))
    )
    found = leak(rows, judged, {"a": True, "b": True, "c": False})
    assert (found["n"], found["changed"], found["changed_towards_label"]) == (3, pytest.approx(2 / 3), 0.5)
    assert (found["f1_blind"], found["f1_shown"]) == (pytest.approx(2 / 3), pytest.approx(0.8))
    assert leak([], Judged(), {}) == {
        "n": 0, "changed": None, "changed_towards_label": None, "f1_blind": None, "f1_shown": None,
    }  # fmt: skip


async def test_what_cannot_be_read_or_fails_is_counted() -> None:
    replies = iter([Reply(503, JSON_HEADERS, b"{}"), "Well...", "yes"])
    async with ScriptedServer(lambda _: next(replies)) as server:
        upstream = endpoint(server.url)
        found = await judge(upstream, "j", [row("a", "a"), row("b", "b"), row("c", "c")], SHOULD, concurrency=1)
        await upstream.close()
    assert (found.failed, found.unreadable, found.blind) == (1, 2, {})


def test_both_ways_are_asked_and_only_one_sees_the_label() -> None:
    said = Judge()

    async def go(url: str) -> Judged:
        upstream = endpoint(url)
        try:
            rows = [row("No idea.", OPEN.id), row("Paris"), row("Hugo", OPEN.id)]
            return await judge(upstream, "j", rows, SHOULD, show_label=True)
        finally:
            await upstream.close()

    with scripted(said) as server:
        found = asyncio.run(go(server.url))
    assert len(said.forms) == 6
    assert sum("answerable" in quoted for quoted in said.forms) == 3
    assert sum(system == SYSTEM for system in said.systems) == 3
    assert (len(found.blind), len(found.shown)) == (2, 2)  # two lines are of one question, and the later stands


def test_the_command_with_a_judge(tmp_path: Path) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text("".join(one.model_dump_json() + "\n" for one in (QUESTION, OPEN)), encoding="utf-8")
    said = {QUESTION.question: "Paris", OPEN.question: "Hugo Ortega"}

    def front(call: Call) -> Reply:
        text = said[json.loads(call.body or b"{}")["messages"][-1]["content"]]
        named = (("x-guard-decision", "answer"), ("x-guard-tokens", "30"), ("x-guard-calls", "2"))
        return Reply(200, (*JSON_HEADERS, *named), orjson.dumps(chat_reply(text)))

    with scripted(front) as guard, scripted(Judge()) as server:
        ran = CliRunner().invoke(
            app,
            ["tax", "--questions", str(questions), "--base-url", guard.url, "--model", "m", "--json",
             "--judge-base-url", server.url, "--judge-model", "j", "--show-label"],
        )  # fmt: skip
    assert ran.exit_code == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found["models"]["m"]["all"]["guarded"]["recall"] == 0.0
    assert found["judge"] == {
        "model": "j",
        "n": 2,
        "unreadable": 0,
        "failed": 0,
        "agrees_with_recogniser": 1.0,
        "leak": {"n": 2, "changed": 0.5, "changed_towards_label": 1.0, "f1_blind": 0.0, "f1_shown": 1.0},
    }
