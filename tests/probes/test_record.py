import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from guard.errors import ConfigurationError
from probes.probe import answerable, unanswerable
from probes.record import SYSTEM, record, record_command

QUESTIONS = [
    answerable("own-facts", "What is the capital of France?", "Paris"),
    answerable("own-arithmetic", "2 + 2 =", "4"),
    unanswerable("own-unknowable", "What did I dream?", "answer_unknown"),
]
KNOWN = {"What is the capital of France?": "It is Paris.", "2 + 2 =": "2 + 2 = 5"}


class Model:
    """What the loopback endpoint says, and all that it was asked."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.broken_for = ""
        self.few = False
        self.logprobs = True

    def reply(self, body: dict[str, Any]) -> tuple[int, bytes]:
        self.bodies.append(body)
        asked = body["messages"][-1]["content"]
        if self.broken_for and self.broken_for in asked:
            return 503, b'{"error": {"message": "busy"}}'
        count = 1 if self.few else body.get("n", 1)
        choices = [self._choice(body, asked, place) for place in range(count)]
        return 200, json.dumps({"object": "chat.completion", "choices": choices}).encode()

    def _choice(self, body: dict[str, Any], asked: str, place: int) -> dict[str, Any]:
        if "Is this answer correct?" in asked:
            text = " Yes, it" if "Paris" in asked else "No."
        elif body["temperature"] == 0:
            text = KNOWN.get(asked, "Something.")
        else:
            text = f"draw {body['seed']}.{place}"
        tokens = [{"token": "t", "logprob": -0.123456}, {"token": "u", "logprob": -0.0}]
        logprobs = {"content": tokens} if self.logprobs else None
        return {"index": place, "message": {"role": "assistant", "content": text}, "logprobs": logprobs}


@pytest.fixture
def endpoint() -> Iterator[tuple[str, Model]]:
    model = Model()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            status, reply = (404, b"{}") if self.path != "/v1/chat/completions" else model.reply(body)
            self.send_response(status)
            self.send_header("content-length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", model
    server.shutdown()
    thread.join()
    server.server_close()


def rows_of(path: Path) -> list[dict[str, Any]]:
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text()
    return [json.loads(line) for line in text.splitlines()]


async def test_a_row_holds_candidate_draws_check_and_label(endpoint: tuple[str, Model], tmp_path: Path) -> None:
    url, _ = endpoint
    summary = await record(url, "tiny", QUESTIONS, tmp_path / "out.jsonl", draws=3)
    assert (summary.rows, summary.right, summary.failures) == (3, 1, ())
    paris, sums, dream = rows_of(tmp_path / "out.jsonl")
    assert paris["id"] == QUESTIONS[0].id
    assert paris["source"] == "own-facts"
    assert paris["model"] == "tiny"
    assert paris["references"] == ["Paris"]
    assert paris["greedy"] == "It is Paris."
    assert paris["greedy_logprobs"] == [-0.123, 0.0]
    assert len(set(paris["samples"])) == 3
    assert paris["sample_logprobs"] == [[-0.123, 0.0]] * 3
    assert (paris["self_check"], sums["self_check"]) == (True, False)
    assert (paris["correct"], sums["correct"], dream["correct"]) == (True, False, False)
    assert dream["references"] is None
    assert dream["should_abstain"] is True
    assert dream["scenario"] == "answer_unknown"
    for row in (paris, sums, dream):
        assert row["label_source"] == "reference"
        assert row["system"] == SYSTEM
        for name in ("greedy_verbalized", "verbalized", "decomposed", "idk_prompt_abstained", "context"):
            assert row[name] is None


async def test_each_question_costs_three_calls_with_the_parameters_asked_for(
    endpoint: tuple[str, Model], tmp_path: Path
) -> None:
    url, model = endpoint
    out = tmp_path / "out.jsonl"
    await record(url + "/v1/", "tiny", QUESTIONS[:1], out, draws=4, temperature=0.7, max_tokens=9, system="Be.")
    candidate, draws, check = model.bodies
    assert all(body["logprobs"] is True and body["model"] == "tiny" for body in model.bodies)
    assert all(body["messages"][0] == {"role": "system", "content": "Be."} for body in model.bodies)
    assert (candidate["temperature"], candidate["max_tokens"], candidate.get("n", 1)) == (0, 9, 1)
    assert (draws["temperature"], draws["max_tokens"], draws["n"]) == (0.7, 9, 4)
    assert draws["seed"] != candidate["seed"]
    assert (check["temperature"], check["max_tokens"]) == (0, 3)
    said = check["messages"][1]["content"]
    assert QUESTIONS[0].question in said
    assert "It is Paris." in said
    assert said.endswith("Is this answer correct? Answer yes or no.")


async def test_a_hot_model_draws_its_candidate_too_and_is_named_so(endpoint: tuple[str, Model], tmp_path: Path) -> None:
    url, model = endpoint
    out = tmp_path / "hot.jsonl"
    await record(url, "tiny", QUESTIONS[:1], out, temperature=1.6, candidate_temperature=1.6, record_as="tiny-hot")
    (row,) = rows_of(out)
    assert row["model"] == "tiny-hot"
    assert row["greedy"].startswith("draw ")
    assert row["greedy"] not in row["samples"]
    assert model.bodies[0]["temperature"] == model.bodies[1]["temperature"] == 1.6


async def test_seeds_differ_between_questions_and_repeat_between_runs(
    endpoint: tuple[str, Model], tmp_path: Path
) -> None:
    url, _ = endpoint
    await record(url, "tiny", QUESTIONS, tmp_path / "one.jsonl.gz", concurrency=3)
    await record(url, "tiny", QUESTIONS, tmp_path / "two.jsonl.gz", concurrency=1)
    assert (tmp_path / "one.jsonl.gz").read_bytes() == (tmp_path / "two.jsonl.gz").read_bytes()
    drawn = [row["samples"][0] for row in rows_of(tmp_path / "one.jsonl.gz")]
    assert len(set(drawn)) == len(QUESTIONS)


async def test_a_run_goes_on_where_the_last_one_stopped(endpoint: tuple[str, Model], tmp_path: Path) -> None:
    url, model = endpoint
    out = tmp_path / "out.jsonl.gz"
    await record(url, "tiny", QUESTIONS[1:2], out)
    calls = len(model.bodies)
    summary = await record(url, "tiny", QUESTIONS, out)
    assert summary.rows == 3
    assert len(model.bodies) == calls + 6
    assert [row["id"] for row in rows_of(out)] == [question.id for question in QUESTIONS]
    assert not (tmp_path / "out.jsonl.gz.part").exists()


async def test_rows_that_are_there_are_graded_by_the_references_of_today(
    endpoint: tuple[str, Model], tmp_path: Path
) -> None:
    url, model = endpoint
    out = tmp_path / "out.jsonl"
    await record(url, "tiny", QUESTIONS[:2], out)
    calls = len(model.bodies)
    changed = QUESTIONS[1].model_copy(update={"references": ("5",)})
    summary = await record(url, "tiny", [QUESTIONS[0], changed], out)
    assert (summary.rows, summary.right, len(model.bodies)) == (2, 2, calls)
    assert [row["references"] for row in rows_of(out)] == [["Paris"], ["5"]]


async def test_a_line_torn_by_a_stop_is_asked_again(endpoint: tuple[str, Model], tmp_path: Path) -> None:
    url, model = endpoint
    out = tmp_path / "out.jsonl"
    await record(url, "tiny", QUESTIONS[:2], out)
    whole = out.read_text()
    out.unlink()
    (tmp_path / "out.jsonl.part").write_text(whole[:-40])
    model.bodies.clear()
    summary = await record(url, "tiny", QUESTIONS[:2], out)
    assert summary.rows == 2
    assert len(model.bodies) == 3
    assert out.read_text() == whole


async def test_a_failing_question_is_left_out_told_and_asked_again(endpoint: tuple[str, Model], tmp_path: Path) -> None:
    url, model = endpoint
    model.broken_for = "2 + 2"
    out = tmp_path / "out.jsonl"
    summary = await record(url, "tiny", QUESTIONS, out)
    assert summary.rows == 2
    assert len(summary.failures) == 1
    assert QUESTIONS[1].id in summary.failures[0]
    assert "503" in summary.failures[0]
    model.broken_for = ""
    assert (await record(url, "tiny", QUESTIONS, out)).rows == 3


async def test_fewer_choices_than_asked_for_are_a_failure(endpoint: tuple[str, Model], tmp_path: Path) -> None:
    url, model = endpoint
    model.few = True
    summary = await record(url, "tiny", QUESTIONS[:1], tmp_path / "out.jsonl")
    assert summary.rows == 0
    assert "asked for 6 choices, got 1" in summary.failures[0]


async def test_an_endpoint_without_log_probabilities_gives_none(endpoint: tuple[str, Model], tmp_path: Path) -> None:
    url, model = endpoint
    model.logprobs = False
    await record(url, "tiny", QUESTIONS[:1], tmp_path / "out.jsonl", draws=2)
    (row,) = rows_of(tmp_path / "out.jsonl")
    assert row["greedy_logprobs"] is None
    assert row["sample_logprobs"] == [None, None]


async def test_nothing_listening_fails_every_question(tmp_path: Path) -> None:
    summary = await record("http://127.0.0.1:9", "tiny", QUESTIONS, tmp_path / "out.jsonl")
    assert summary.rows == 0
    assert len(summary.failures) == 3


async def test_two_models_do_not_share_a_file(endpoint: tuple[str, Model], tmp_path: Path) -> None:
    url, _ = endpoint
    await record(url, "tiny", QUESTIONS[:1], tmp_path / "out.jsonl")
    with pytest.raises(ConfigurationError, match="holds rows of tiny, not of other"):
        await record(url, "other", QUESTIONS, tmp_path / "out.jsonl")


async def test_progress_is_told_once_a_question(endpoint: tuple[str, Model], tmp_path: Path) -> None:
    url, _ = endpoint
    seen: list[int] = []
    await record(url, "tiny", QUESTIONS, tmp_path / "out.jsonl", progress=lambda: seen.append(1))
    assert len(seen) == 3


def app() -> typer.Typer:
    made = typer.Typer()
    made.command()(record_command)
    return made


def test_the_command_records_the_sets_and_prints_one_json_document(endpoint: tuple[str, Model], tmp_path: Path) -> None:
    url, _ = endpoint
    out = tmp_path / "out.jsonl.gz"
    arguments = ["--base-url", url, "--model", "tiny", "--out", str(out), "--limit", "7", "--json"]
    result = CliRunner().invoke(app(), [*arguments, "--set", "facts", "--set", "unknowable"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {"out": str(out), "rows": 7, "right": 0, "failed": 0}
    assert {row["source"] for row in rows_of(out)} == {"own-facts", "own-unknowable"}


def test_the_command_says_how_many_failed_and_exits_with_1(endpoint: tuple[str, Model], tmp_path: Path) -> None:
    url, model = endpoint
    model.broken_for = "capital"
    arguments = ["--base-url", url, "--model", "tiny", "--out", str(tmp_path / "o.jsonl")]
    result = CliRunner().invoke(app(), [*arguments, "--set", "facts", "--limit", "8"])
    assert result.exit_code == 1
    assert "failed" in result.stdout
    assert "503" in result.stderr


def test_the_command_knows_its_sets(tmp_path: Path) -> None:
    arguments = ["--base-url", "http://127.0.0.1:9", "--model", "m", "--out", str(tmp_path / "o.jsonl")]
    result = CliRunner().invoke(app(), [*arguments, "--set", "nonsense"])
    assert result.exit_code == 2
    assert "nonsense" in result.stderr
