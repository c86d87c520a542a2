"""`probes collect`: asked through the guard's own line, resumed, bounded, nothing lost and nothing invented."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner

from guard.errors import ConfigurationError
from guard.policy import Policy, Samples
from guard.reports import recognise_probe
from guard.sampling import Second
from guard.testing import ScriptedServer
from guard.testing.replies import JSON_HEADERS
from guard.upstream import Call, Reply
from probes.cli import app
from probes.collect import Collected, Request, as_read, collect, guard_of, thorough
from probes.collect_command import Stop, adjusted, chosen, policy_of, spread
from probes.endpoint import endpoint, secret
from probes.graded import Asked
from probes.probe import Question, answerable, unanswerable
from probes.samples import read_rows
from tests.probes.endpoints import scripted
from tests.probes.rows import write

run = CliRunner().invoke
CITIES = {"France": "Paris", "Italy": "Rome", "Spain": "Madrid"}
QUESTIONS = [answerable("geo", f"What is the capital of {land}?", city) for land, city in CITIES.items()]


class Model:
    """What the endpoint says: the right city, the probes in their form; some questions fail."""

    def __init__(self) -> None:
        self.broken_for = ""
        self.bodies: list[dict[str, Any]] = []

    def __call__(self, call: Call) -> Reply | str:
        body = orjson.loads(call.body or b"{}")
        self.bodies.append(body)
        message = body["messages"][-1]["content"]
        if self.broken_for and self.broken_for in message:
            return Reply(503, JSON_HEADERS, b'{"error": {"message": "busy"}}')
        probe = recognise_probe(message)
        if probe is None:
            return next((city for land, city in CITIES.items() if land in message), "I don't know.")
        city = next(city for land, city in CITIES.items() if land in probe.question)
        if probe.probe.startswith("self_report"):
            return json.dumps({"nonce": probe.nonce, "correct": "yes", "probability": 90})
        return json.dumps({"nonce": probe.nonce, "steps": [], "answer": city})

    def asked_for(self, question: Question) -> int:
        return sum(question.question in body["messages"][-1]["content"] for body in self.bodies)


async def collected(url: str, questions: list[Question], out: Path, policy: Policy | None = None) -> Collected:
    found, upstream = Collected(len(questions)), endpoint(url)
    try:
        guard = guard_of(thorough(policy or Policy(samples=Samples(max=3, stop="fixed"))))
        await collect(guard, upstream, Request("m"), questions, out, found)
    finally:
        await upstream.close()
    return found


def rows(path: Path) -> list[Asked]:
    return read_rows([path], Asked)


# One question


async def test_a_line_has_all_looks_and_what_is_known_of_the_question(tmp_path: Path) -> None:
    async with ScriptedServer(Model()) as server:
        found = await collected(server.url, QUESTIONS[:1], tmp_path / "e.jsonl")
    (row,) = rows(tmp_path / "e.jsonl")
    assert (found.written, found.kept, found.failures, dict(found.looks_failed)) == (1, 0, [], {})
    assert (row.candidate.text, [draw.text for draw in row.draws]) == ("Paris", ["Paris"] * 3)
    assert row.self_report is not None
    assert row.second_way is not None
    assert (row.question_id, row.source, row.references) == (QUESTIONS[0].id, "geo", ("Paris",))
    assert (row.should_abstain, row.scenario, row.model) == (False, "answerable", "m")
    assert row.circumstances.policy == "collect"
    document = json.loads((tmp_path / "e.jsonl").read_text())
    assert {"schema", "id", "question_id", "source", "references", "should_abstain", "scenario"} <= set(document)


async def test_draws_do_not_stop_early_unless_asked_to(tmp_path: Path) -> None:
    async with ScriptedServer(Model()) as server:
        for stop, drawn in (("fixed", 8), ("sequential", 4)):
            policy = Policy.model_validate({"signals": (), "samples": {"max": 8, "stop": stop}})
            await collected(server.url, QUESTIONS[:1], tmp_path / f"{stop}.jsonl", policy)
            (row,) = rows(tmp_path / f"{stop}.jsonl")
            assert (len(row.draws), row.asked) == (drawn, drawn)


async def test_a_candidate_that_abstains_is_drawn_for_too(tmp_path: Path) -> None:
    question = unanswerable("geo", "What is the capital of Nowhere?", "false_premise")
    async with ScriptedServer(Model()) as server:
        await collected(server.url, [question], tmp_path / "e.jsonl")
    (row,) = rows(tmp_path / "e.jsonl")
    assert (row.candidate.kind, len(row.draws)) == ("abstain", 3)
    assert (row.references, row.should_abstain, row.scenario) == (None, True, "false_premise")


def test_a_context_is_put_in_front() -> None:
    question = QUESTIONS[0].model_copy(update={"context": "An old map."})
    assert question.asked == "Context: An old map.\n\nQuestion: What is the capital of France?"
    exchange = Request("m", system="Be brief.", temperature=0.5, max_tokens=9, logprobs=True).exchange(question)
    assert exchange.question == as_read(question) == "What is the capital of France?"
    assert "An old map." in exchange.context
    assert "Be brief." in exchange.context
    assert {name: exchange.body[name] for name in ("temperature", "max_tokens", "logprobs")} == {
        "temperature": 0.5,
        "max_tokens": 9,
        "logprobs": True,
    }
    assert set(Request("m").exchange(question).body) == {"model", "messages"}


async def test_a_second_model_is_one_more_look(tmp_path: Path) -> None:
    async with ScriptedServer(Model()) as server:
        upstream, other = endpoint(server.url), endpoint(server.url, name="second")
        guard = guard_of(thorough(Policy(samples=Samples(max=0, min=0)), second_model="n"), Second(other, "n"))
        await collect(guard, upstream, Request("m"), QUESTIONS[:1], tmp_path / "e.jsonl", Collected(1))
        await upstream.close()
        await other.close()
    (row,) = rows(tmp_path / "e.jsonl")
    assert row.cross_model is not None
    assert row.cross_model.similarities == (1.0,)


# Many questions


async def test_a_run_goes_on_where_the_last_one_stopped(tmp_path: Path) -> None:
    model, out = Model(), tmp_path / "e.jsonl.gz"
    async with ScriptedServer(model) as server:
        await collected(server.url, QUESTIONS[:2], out)
        calls = len(model.bodies)
        found = await collected(server.url, QUESTIONS, out)
        assert (found.kept, found.written) == (2, 1)
        assert model.asked_for(QUESTIONS[0]) == calls / 2
        again = await collected(server.url, QUESTIONS, out)
    assert (again.kept, again.written) == (3, 0)
    assert [row.question_id for row in rows(out)] == [question.id for question in QUESTIONS]


async def test_a_torn_line_is_asked_again(tmp_path: Path) -> None:
    out = tmp_path / "e.jsonl"
    async with ScriptedServer(Model()) as server:
        await collected(server.url, QUESTIONS, out)
        out.write_bytes(out.read_bytes()[:-60])
        found = await collected(server.url, QUESTIONS, out)
    assert (found.kept, found.written) == (2, 1)
    assert sorted(row.candidate.text for row in rows(out)) == sorted(CITIES.values())


async def test_another_model_in_the_same_file_is_asked_for_itself(tmp_path: Path) -> None:
    out = tmp_path / "e.jsonl"
    async with ScriptedServer(Model()) as server:
        await collected(server.url, QUESTIONS[:1], out)
        upstream, found = endpoint(server.url), Collected(1)
        await collect(guard_of(Policy()), upstream, Request("n"), QUESTIONS[:1], out, found)
        await upstream.close()
    assert found.written == 1
    assert [row.model for row in rows(out)] == ["m", "n"]
    assert len({row.id for row in rows(out)}) == 2


async def test_a_failing_candidate_is_counted_and_never_written(tmp_path: Path) -> None:
    model, out = Model(), tmp_path / "e.jsonl"
    model.broken_for = "Italy"
    async with ScriptedServer(model) as server:
        found = await collected(server.url, QUESTIONS, out)
        assert (found.written, dict(found.kinds)) == (2, {"status 503": 1})
        assert found.failures[0][0] == QUESTIONS[1].id
        assert "busy" in found.failures[0][1]
        model.broken_for = ""
        assert (await collected(server.url, QUESTIONS, out)).written == 1
    assert len(rows(out)) == 3


async def test_a_failing_look_is_in_the_line_and_counted(tmp_path: Path) -> None:
    model = Model()
    model.broken_for = '"probe":"second_way'
    async with ScriptedServer(model) as server:
        found = await collected(server.url, QUESTIONS[:1], tmp_path / "e.jsonl")
    (row,) = rows(tmp_path / "e.jsonl")
    assert dict(found.looks_failed) == {"second_way": 1}
    assert [failure.purpose for failure in row.failures] == ["second_way"]


async def test_questions_are_asked_at_once_but_never_more_than_allowed(tmp_path: Path) -> None:
    under_way, most = 0, 0

    async def slow(_: Call) -> str:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.05)
        under_way -= 1
        return "Paris"

    questions = [answerable("geo", f"Which city is number {n}?", "Paris") for n in range(12)]
    policy = Policy.model_validate({"signals": (), "samples": {"min": 0, "max": 0}})
    async with ScriptedServer(slow) as server:
        upstream = endpoint(server.url)
        out = tmp_path / "e.jsonl"
        await collect(guard_of(policy), upstream, Request("m"), questions, out, Collected(12), concurrency=3)
        await upstream.close()
    assert most == 3
    assert len(rows(out)) == 12


async def test_another_question_under_the_same_id_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "e.jsonl"
    async with ScriptedServer(Model()) as server:
        await collected(server.url, QUESTIONS[:1], out)
        other = QUESTIONS[0].model_copy(update={"question": "Which city is the capital of France?"})
        with pytest.raises(ConfigurationError, match="another question under the id"):
            await collected(server.url, [other], out)


async def test_a_disk_that_fails_ends_the_run_with_one_message(tmp_path: Path) -> None:
    async with ScriptedServer(Model()) as server:
        with pytest.raises(ConfigurationError, match="cannot be written"):
            await collected(server.url, QUESTIONS, tmp_path)


# The command


def options(url: str, questions: Path, out: Path, *more: str) -> list[str]:
    return ["collect", "--base-url", url, "--model", "m", "--questions", str(questions), "--out", str(out), *more]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return write(tmp_path / "q.jsonl", *(question.model_dump_json() for question in QUESTIONS))


def test_the_command_tells_what_it_did(tmp_path: Path, questions: Path) -> None:
    model = Model()
    with scripted(model) as server:
        done = run(app, options(server.url, questions, tmp_path / "e.jsonl", "--limit", "2", "--draws", "2", "--json"))
        assert done.exit_code == 0, done.output
        assert json.loads(done.stdout) == {
            "out": str(tmp_path / "e.jsonl"),
            "questions": 2,
            "kept": 0,
            "written": 2,
            "failed": 0,
            "failures": {},
            "looks_failed": {},
            "interrupted": False,
        }
        model.broken_for = "capital of Spain"
        failed = run(app, options(server.url, questions, tmp_path / "e.jsonl", "--n", "2", "--system", "Be brief."))
    assert failed.exit_code == 1
    assert f"{tmp_path / 'e.jsonl'}: 0 answers written, 2 there already, 1 failed" in failed.stdout
    assert "run the same command again" in failed.stderr
    assert [len(row.draws) for row in rows(tmp_path / "e.jsonl")] == [2, 2]


def test_the_command_sends_the_key_that_a_reference_names(
    tmp_path: Path, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", "k-123")
    with scripted(Model()) as server:
        done = run(app, options(server.url, questions, tmp_path / "e.jsonl", "--api-key", "env:MY_KEY", "--limit", "1"))
        assert done.exit_code == 0, done.output
        assert {dict(call.headers)["authorization"] for call in server.calls} == {"Bearer k-123"}
    assert "k-123" not in (tmp_path / "e.jsonl").read_text()


def test_a_second_model_by_the_command(tmp_path: Path, questions: Path) -> None:
    model = Model()
    with scripted(model) as server, scripted(model) as other:
        for out, more in (("a", []), ("b", ["--second-base-url", other.url])):
            named = ["--second-model", "n", "--limit", "1", *more]
            assert run(app, options(server.url, questions, tmp_path / out, *named)).exit_code == 0
        assert len(other.calls) == 1
    assert all(row.cross_model for out in "ab" for row in rows(tmp_path / out))


def test_ctrl_c_loses_nothing(tmp_path: Path, questions: Path) -> None:
    model, out = Model(), tmp_path / "e.jsonl"

    async def stuck(call: Call) -> Reply | str:
        if "Spain" in (call.body or b"").decode():
            await asyncio.sleep(600)
        return model(call)

    with scripted(stuck) as server:
        arguments = options(server.url, questions, out, "--concurrency", "1", "--json")
        with subprocess.Popen(
            [sys.executable, "-m", "probes", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as child:
            deadline = time.monotonic() + 60
            while not out.exists() or out.read_bytes().count(b"\n") < 2:
                assert time.monotonic() < deadline
                time.sleep(0.05)
            child.send_signal(signal.SIGINT)
            stdout, stderr = child.communicate(timeout=60)
    assert child.returncode == 1, stderr
    assert json.loads(stdout)["interrupted"] is True
    assert json.loads(stdout)["written"] == 2
    assert b"Traceback" not in stderr
    assert len(rows(out)) == 2


def test_wrong_usage_and_bad_files(tmp_path: Path, questions: Path) -> None:
    out, url = tmp_path / "e.jsonl", "http://127.0.0.1:9"
    nothing = run(app, ["collect", "--base-url", url, "--model", "m", "--out", str(out)])
    assert nothing.exit_code == 2
    assert run(app, options(url, questions, out, "--second-model", "m")).exit_code == 2
    assert run(app, options(url, questions, out, "--stop", "never")).exit_code == 2
    for more, said in (
        (["--api-key", "k-123"], "never the key itself"),
        (["--config", str(tmp_path / "none.yaml")], "none.yaml"),
        (["--set", "nothing"], "no probe set 'nothing'"),
    ):
        done = run(app, options(url, questions, out, *more))
        assert done.exit_code == 1, more
        assert said in done.output
        assert "k-123" not in done.output
    bad = run(app, options(url, write(tmp_path / "bad.jsonl", '{"id": "1"}'), out))
    assert bad.exit_code == 1
    assert "bad.jsonl:1" in bad.output
    assert not out.exists()


def test_nothing_listening_fails_every_question(tmp_path: Path, questions: Path) -> None:
    done = run(app, options("http://127.0.0.1:9", questions, tmp_path / "e.jsonl", "--json"))
    assert done.exit_code == 1
    assert json.loads(done.stdout)["failures"] == {"unreachable": 3}
    assert (tmp_path / "e.jsonl").read_bytes() == b""


# Options


def test_questions_of_files_and_sets_are_taken_once(tmp_path: Path, questions: Path) -> None:
    assert chosen([questions, questions], []) == QUESTIONS
    assert len(chosen([], ["unknowable", "unknowable"])) == 190
    other = QUESTIONS[0].model_copy(update={"question": "Another?"})
    with pytest.raises(ConfigurationError, match="two different questions have the id"):
        chosen([questions, write(tmp_path / "r.jsonl", other.model_dump_json())], [])


def test_a_limit_is_spread_evenly() -> None:
    many = [QUESTIONS[0].model_copy(update={"id": str(n)}) for n in range(10)]
    assert [question.id for question in spread(many, 4)] == ["0", "2", "5", "7"]
    assert spread(many, 99) == spread(many, None) == many


def test_a_policy_of_a_configuration_says_what_to_ask(tmp_path: Path) -> None:
    file = tmp_path / "guard.yaml"
    file.write_text("upstreams: {a: {api_key: env:ABSENT}}\npolicies:\n  mine: {samples: {max: 5, temperature: 0.3}}\n")
    assert policy_of(file, "mine").samples.max == 5
    assert policy_of(None, "mine") == Policy()
    with pytest.raises(ConfigurationError, match="no policy 'balanced'"):
        policy_of(file, "balanced")
    file.write_text("policies: {mine: {samples: {max: many}}}")
    with pytest.raises(ConfigurationError, match=r"policies\.mine\.samples\.max"):
        policy_of(file, "mine")
    file.write_text("policies: [")
    with pytest.raises(ConfigurationError, match="cannot be read"):
        policy_of(file, "mine")


def test_options_are_laid_over_the_policy() -> None:
    policy = Policy.model_validate({"preset": "careful"})
    assert adjusted(policy, Stop.FIXED, None, None).samples == policy.samples.model_copy(update={"stop": "fixed"})
    samples = adjusted(policy, Stop.SEQUENTIAL, 2, 0.4).samples
    assert (samples.stop, samples.min, samples.max, samples.temperature) == ("sequential", 2, 2, 0.4)


@pytest.mark.parametrize(
    ("given", "path"), [("", "/models"), ("/", "/models"), ("/v1/", "/models"), ("/openai/v2", "/openai/v2/models")]
)
async def test_an_address_with_no_path_gets_the_version(given: str, path: str) -> None:
    """The server tells paths below `/v1` without it."""
    async with ScriptedServer(["there"]) as server:
        upstream = endpoint(server.url.removesuffix("/v1") + given)
        await upstream.send(Call("GET", "/models"))
        await upstream.close()
        assert [call.path for call in server.calls] == [path]


@pytest.mark.parametrize("address", ["127.0.0.1:9", "ftp://x", "http://user:secret@host", "http://[", ""])
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(ConfigurationError, match="base_url") as caught:
        endpoint(address)
    assert "secret" not in str(caught.value)


def test_a_key_comes_from_the_environment_or_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "k-1")
    (tmp_path / "key").write_text("k-2\n")
    assert (secret("env:MY_KEY"), secret(f"file:{tmp_path / 'key'}")) == ("k-1", "k-2")
    for reference, said in (
        ("env:ABSENT_KEY", "ABSENT_KEY is not set"),
        (f"file:{tmp_path / 'none'}", "cannot be read"),
        ("k-3", "takes a reference"),
        ("env:", "takes a reference"),
    ):
        with pytest.raises(ConfigurationError, match=said):
            secret(reference)
