"""`probes tax`: both endpoints really asked over the loopback, a real guard in front of recorded answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner

from guard.errors import ConfigurationError
from guard.sampling import read_answer
from guard.testing.replies import JSON_HEADERS, chat_reply
from guard.upstream import Call, Reply
from probes.cli import app
from probes.endpoint import endpoint
from probes.journal import Journal
from probes.probe import Question, answerable, unanswerable
from probes.samples import read_rows
from probes.tax import Asking, Job, Told, ask_all, graded, jobs_of, key_of, told
from tests.probes.endpoints import recorded, scripted
from tests.service.running import guarding

run = CliRunner().invoke


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """A file of these rows."""
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    return path


KNOWN = answerable("s", "What is the capital of France?", "Paris")
WRONG = answerable("s", "What is the capital of Australia?", "Canberra")
UNSURE = answerable("s", "What is the capital of Chad?", "N'Djamena")
OPEN = unanswerable("s", "What is the capital of Norvaskia?", "false_premise")
MADE_UP = unanswerable("s", "Who is the mayor of Quillindra?", "false_premise")
QUESTIONS = [KNOWN, WRONG, UNSURE, OPEN, MADE_UP]
SAID = {
    KNOWN.question: "Paris",
    WRONG.question: "Sydney",
    UNSURE.question: "I don't know.",
    OPEN.question: "There is no such country.",
    MADE_UP.question: "Hugo Ortega",
}


def behind(call: Call) -> Reply | str:
    """A model that says what it always says; the guard's own questions it does not understand."""
    message = json.loads(call.body or b"{}")["messages"][-1]["content"]
    return SAID.get(message, "Pardon?")


class Guarded:
    """What looks like a guard: headers, and the words of an abstention for one question."""

    def __init__(self, decisions: dict[str, str], **headers: str) -> None:
        self.decisions = decisions
        self.headers = tuple(headers.items())
        self.calls: list[dict[str, Any]] = []

    def __call__(self, call: Call) -> Reply:
        body = json.loads(call.body or b"{}")
        self.calls.append(body)
        asked = body["messages"][-1]["content"]
        decision = self.decisions.get(asked, "answer")
        text = "I can't say." if decision in ("abstain", "clarify") else SAID[asked]
        named = (("x-guard-decision", decision), ("x-guard-tokens", "300"), ("x-guard-calls", "5"))
        return Reply(200, (*JSON_HEADERS, *named, *self.headers), orjson.dumps(chat_reply(text)))


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return write(tmp_path / "questions.jsonl", [question.model_dump() for question in QUESTIONS])


def command(*words: str | Path) -> tuple[int, dict[str, Any]]:
    ran = run(app, ["tax", *map(str, words), "--json"])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return ran.exit_code, json.loads(ran.stdout)


# One reply


def job(question: Question, side: str = "guarded") -> Job:
    return Job(side, "m", question)  # type: ignore[arg-type]


def reply(**headers: str) -> Reply:
    return Reply(200, tuple((name.replace("_", "-"), value) for name, value in headers.items()), b"")


@pytest.mark.parametrize("decision", ["abstain", "clarify"])
def test_the_guards_header_says_that_it_abstained(decision: str) -> None:
    row = told(job(KNOWN), reply(x_guard_decision=decision), read_answer("Paris", KNOWN.question), 9)
    assert (row.abstained, row.correct, row.decision) == (True, None, decision)


def test_what_passed_is_read() -> None:
    headers = reply(
        x_guard_decision="pass", x_guard_reason="upstream_abstained", x_guard_tokens="70", x_guard_calls="2"
    )
    row = told(job(KNOWN), headers, read_answer("I don't know.", KNOWN.question), 9)
    assert (row.abstained, row.reason, row.tokens, row.calls) == (True, "upstream_abstained", 70, 2)
    row = told(job(KNOWN), headers, read_answer("It is Paris.", KNOWN.question), 9)
    assert (row.abstained, row.correct) == (False, True)


def test_the_bare_endpoint_costs_one_call_and_its_own_tokens() -> None:
    row = told(job(KNOWN, "unguarded"), reply(x_guard_decision="abstain"), read_answer("Paris", KNOWN.question), 9)
    assert (row.abstained, row.decision, row.calls, row.tokens) == (False, None, 1, 9)


def test_what_a_guard_does_not_tell_is_unknown() -> None:
    row = told(job(KNOWN), reply(x_guard_decision="pass"), read_answer("Paris", KNOWN.question), 9)
    assert (row.calls, row.tokens) == (None, None)


def test_without_the_header_there_is_no_guard() -> None:
    with pytest.raises(ConfigurationError, match="no x-guard-decision header"):
        told(job(KNOWN), reply(), read_answer("Paris", KNOWN.question), 9)


def test_grades() -> None:
    assert graded(read_answer("It is Paris.", KNOWN.question), KNOWN) is True
    assert graded(read_answer("Rome", KNOWN.question), KNOWN) is False
    assert graded(read_answer("Vask", OPEN.question), OPEN) is False
    assert graded(read_answer("Paris", KNOWN.question), KNOWN.model_copy(update={"references": None})) is None


# Many


def test_both_sides_of_a_question_stand_together() -> None:
    jobs = jobs_of(["guarded", "unguarded"], ["m", "n"], [KNOWN, OPEN])
    assert [(one.model, one.question.id, one.side) for one in jobs[:3]] == [
        ("m", KNOWN.id, "guarded"),
        ("m", KNOWN.id, "unguarded"),
        ("m", OPEN.id, "guarded"),
    ]
    assert len(jobs) == 8


def test_the_figures_of_two_endpoints(questions: Path) -> None:
    guard = Guarded({WRONG.question: "abstain", MADE_UP.question: "clarify"})
    with scripted(guard) as front, scripted(behind) as bare:
        code, found = command(
            "--questions", questions, "--base-url", front.url, "--unguarded-base-url", bare.url, "--model", "m"
        )  # fmt: skip
    assert (code, found["failed"], found["judge"]) == (0, 0, None)
    assert set(found["models"]) == {"m"}
    scenario = found["models"]["m"]["false_premise"]
    assert scenario["n"] == 5
    guarded, unguarded = scenario["guarded"], scenario["unguarded"]
    assert (guarded["precision"], guarded["recall"], guarded["false_abstention"]) == (0.5, 1.0, pytest.approx(2 / 3))
    assert (unguarded["precision"], unguarded["recall"]) == (0.5, 0.5)
    assert (guarded["penalised"], unguarded["penalised"]) == (pytest.approx(1 / 5), pytest.approx(-1 / 5))
    assert (guarded["calls"], guarded["tokens"]) == (25.0, 1500.0)
    assert unguarded["calls"] == pytest.approx(5 / 3)
    assert {body["temperature"] for body in guard.calls} == {0}
    for side in (guarded, unguarded):
        assert {"precision", "recall", "f1", "false_abstention", "penalised", "calls", "tokens"} <= set(side)


def test_a_context_is_put_in_front_and_max_tokens_are_passed_on() -> None:
    asked = KNOWN.model_copy(update={"context": "An atlas."})
    guard = Guarded({})
    SAID[asked.asked] = "Paris"

    async def go(url: str) -> list[Told]:
        upstream = endpoint(url)
        try:
            return await ask_all(
                {"guarded": upstream}, jobs_of(["guarded"], ["m"], [asked]), None, Asking(), max_tokens=7
            )
        finally:
            await upstream.close()

    import asyncio

    with scripted(guard) as front:
        (row,) = asyncio.run(go(front.url))
    del SAID[asked.asked]
    assert (row.question, row.correct) == (asked.asked, True)
    assert guard.calls[0]["max_tokens"] == 7


def test_failures_are_counted_and_are_no_abstentions(questions: Path, tmp_path: Path) -> None:
    guard = Guarded({})
    out = tmp_path / "told.jsonl"

    def flaky(call: Call) -> Reply:
        if b"Australia" in (call.body or b""):
            return Reply(503, JSON_HEADERS, b'{"error": {"message": "busy"}}')
        return guard(call)

    with scripted(flaky) as front:
        ran = run(app, ["tax", "--questions", str(questions), "--base-url", front.url, "--model", "m", "--json",
                        "--out", str(out)])  # fmt: skip
    found = json.loads(ran.stdout)
    assert (ran.exit_code, found["failed"], found["failures"]) == (1, 1, {"guarded status 503": 1})
    assert "busy" in ran.stderr
    assert found["models"]["m"]["all"]["guarded"]["n"] == 4
    assert len(read_rows([out], Told)) == 4
    guard.calls.clear()
    with scripted(guard) as front:
        code, again = command("--questions", questions, "--base-url", front.url, "--model", "m", "--out", out)
    assert (code, again["kept"], again["failed"], len(guard.calls)) == (0, 4, 0, 1)
    assert again["models"]["m"]["all"]["guarded"]["n"] == 5
    assert len({key_of(row) for row in read_rows([out], Told)}) == 5


def test_an_endpoint_without_a_guard_is_told(questions: Path) -> None:
    with scripted(behind) as bare:
        ran = run(app, ["tax", "--questions", str(questions), "--base-url", bare.url, "--model", "m"])
    assert ran.exit_code == 1
    assert "x-guard-decision" in ran.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("--model", "m", "--base-url", "http://127.0.0.1:1"),
        ("--model", "m", "--base-url", "http://127.0.0.1:1", "--set", "twins", "--judge-model", "j"),
        ("--model", "m", "--base-url", "http://127.0.0.1:1", "--set", "twins", "--show-label"),
        ("--base-url", "http://127.0.0.1:1", "--set", "twins"),
    ],
)
def test_wrong_usage(words: tuple[str, ...]) -> None:
    assert run(app, ["tax", *words]).exit_code == 2


def test_a_set_that_ships_and_a_limit(tmp_path: Path) -> None:
    def front(call: Call) -> Reply:
        named = (("x-guard-decision", "abstain"), ("x-guard-tokens", "3"), ("x-guard-calls", "1"))
        return Reply(200, (*JSON_HEADERS, *named), orjson.dumps(chat_reply("I can't say.")))

    with scripted(front) as guard:
        code, found = command("--set", "twins_professional", "--limit", "20", "--base-url", guard.url, "--model", "m")
        lines = run(app, ["tax", "--set", "twins", "--limit", "6", "--base-url", guard.url, "--model", "m"]).stdout
    assert code == 0
    assert found["models"]["m"]["all"]["guarded"]["recall"] == 1.0
    assert found["models"]["m"]["all"]["guarded"]["calls"] is None
    assert lines.splitlines()[0] == "m"
    assert "false_abstention" in lines


# A real guard in front of recorded answers

DRAWS = {
    KNOWN: ("Paris", ["Paris"] * 6, True),
    WRONG: ("Sydney", ["Sydney", "Melbourne", "Canberra", "Perth", "Hobart", "Darwin"], False),
    MADE_UP: ("Hugo Ortega", ["Ann Lund", "Igor Petrov", "Mia Chen", "Olu Ade", "Sam Hill", "Eva Roth"], False),
}


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[str]:
    samples = [
        {"id": question.id, "model": "m", "question": question.question, "greedy": greedy, "samples": draws,
         "self_check": sure}
        for question, (greedy, draws, sure) in DRAWS.items()
    ]  # fmt: skip
    responses = [
        {"model": "m", "question": question.question, "response": SAID[question.question]}
        for question in (UNSURE, OPEN)
    ]
    files = write(tmp_path / "samples.jsonl", samples), write(tmp_path / "responses.jsonl", responses)
    with recorded(files[0], responses=[files[1]]) as url:
        yield url


def test_a_real_guard_against_the_bare_recordings(shelf: str, questions: Path) -> None:
    settings = {
        "upstreams": {"main": {"base_url": f"{shelf}/v1"}},
        "policies": {"balanced": {"samples": {"max": 6}}},
    }
    with guarding([], settings) as guard:
        code, found = command(
            "--questions", questions, "--base-url", guard.url, "--unguarded-base-url", shelf, "--model", "m"
        )  # fmt: skip
    assert (code, found["failed"]) == (0, 0)
    guarded, unguarded = (found["models"]["m"]["all"][side] for side in ("guarded", "unguarded"))
    # Bare: right, wrong, does not know, sees the false premise, makes something up.
    assert (unguarded["n"], unguarded["answered"], unguarded["calls"]) == (5, 3, pytest.approx(5 / 3))
    assert (unguarded["precision"], unguarded["recall"]) == (0.5, 0.5)
    # Guarded: what does not hold up is withheld as well, what does is released, and it costs more.
    assert (guarded["n"], guarded["recall"]) == (5, 1.0)
    assert guarded["answered"] == 1
    assert guarded["accuracy"] == 1.0
    assert guarded["penalised"] > unguarded["penalised"]
    assert guarded["calls"] > unguarded["calls"]
    assert guarded["tokens"] > unguarded["tokens"]


# Files of questions

PUBLIC = ("umwp", "mip", "selfaware", "falseqa", "squad2", "bbq", "bigbench", "truthfulqa", "answerable-pool", "xstest")


@pytest.mark.parametrize("name", PUBLIC)
def test_public_question_files_are_read(probes_data: Callable[[str], Path], name: str) -> None:
    path = probes_data(f"questions-{name}.jsonl.gz")
    rows = read_rows([path], Question)
    assert len(rows) >= 100 or name == "bigbench"
    assert all(row.question and row.license for row in rows)
    told_more = {key for row in rows for key in (row.__pydantic_extra__ or {})}
    extras = {"umwp": "paired_with", "mip": "pair", "bbq": "options", "truthfulqa": "incorrect"}
    assert name not in extras or extras[name] in told_more


def test_an_unfinished_row_is_named_with_its_line(tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.jsonl", [KNOWN.model_dump(), {"id": "x", "question": "?"}])
    ran = run(app, ["tax", "--questions", str(bad), "--base-url", "http://127.0.0.1:1", "--model", "m"])
    assert ran.exit_code == 1
    assert "bad.jsonl:2: source" in ran.stderr


def test_a_journal_keeps_what_was_told(tmp_path: Path) -> None:
    row = told(job(KNOWN, "unguarded"), reply(), read_answer("Paris", KNOWN.question), 9)
    with Journal(tmp_path / "t.jsonl.gz", Told) as journal:
        journal.add(row)
    assert read_rows([tmp_path / "t.jsonl.gz"], Told) == [row]
