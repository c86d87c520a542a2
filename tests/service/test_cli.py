"""The commands `serve`, `ask` and `doctor`: what they refuse, what they print, which codes they end with."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import guard as library
from guard.errors import ConfigurationError, UpstreamBroken
from guard.testing import chat_reply
from guard.upstream import Call, Reply
from service.cli import app
from service.config_file import load
from service.settings import ServerSettings
from service.starting import Start, bind_both

from .processes import serving, started
from .running import scripted
from .scripts import agreeing, body_of, by_purpose, disagreeing, purpose_of, refusing

runner = CliRunner()


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = runner.invoke(app, [*map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result.exit_code, result.stdout, result.stderr


def run_json(*arguments: str | Path) -> tuple[int, Any]:
    code, out, _ = run(*arguments, "--json")
    return code, json.loads(out)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens already."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


# serve


def test_config_and_upstream_exclude_each_other(tmp_path: Path) -> None:
    code, out, err = run("serve", "--config", tmp_path / "guard.yaml", "--upstream", "http://127.0.0.1:9/v1")
    assert (code, out) == (2, "")
    assert "--config and --upstream exclude each other" in err


@pytest.mark.parametrize("wrong", [["--port", "http"], ["--nonsense"], ["extra"], ["--port"], ["--admin-port", "1.5"]])
def test_wrong_usage(wrong: list[str]) -> None:
    assert run("serve", *wrong)[0] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--upstream", "not an address"], "upstreams.default.base_url"),
        (["--upstream", "ftp://x/v1"], "upstreams.default.base_url"),
        (["--upstream", "http://127.0.0.1:9", "--port", "70000"], "server.port"),
        (["--upstream", "http://127.0.0.1:9", "--host", "0.0.0.0"], "auth.clients"),
        (["--upstream", "http://127.0.0.1:9", "--port", "5005", "--admin-port", "5005"], "server.admin_port"),
        (
            ["--upstream", "http://127.0.0.1:9", "--port", "0", "--host", "192.0.2.1", "--admin-port", "0"],
            "auth.clients",
        ),
        (["--config", "none.yaml"], "none.yaml"),
        (["--config", "bad.yaml"], "bad.yaml:2"),
        (["--upstream", "http://127.0.0.1:9", "--port", "0", "--evidence-log", "."], "cannot be written"),
        (["--config", "tls.yaml"], "ca_file"),
    ],
)
def test_what_cannot_be_served(
    arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.yaml").write_text("server:\n  prot: 1\n")
    Path("tls.yaml").write_text('upstreams:\n  a: {base_url: "https://x/v1", ca_file: none.pem}\nserver: {port: 0}\n')
    code, out, err = run("serve", *arguments)
    assert (code, out) == (1, "")
    assert words in err


def test_a_busy_port(taken: int) -> None:
    code, out, err = run("serve", "--upstream", "http://127.0.0.1:9", "--port", str(taken), "--admin-port", "0")
    assert (code, out) == (1, "")
    assert err.splitlines()[-1].startswith(f"guard: 127.0.0.1:{taken} is in use: stop what listens there")


def test_a_busy_named_admin_port(taken: int) -> None:
    code, out, err = run("serve", "--upstream", "http://127.0.0.1:9", "--port", "0", "--admin-port", str(taken))
    assert (code, out) == (1, "")
    assert f"127.0.0.1:{taken} is in use" in err


def test_an_admin_port_is_named_where_the_file_names_it(taken: int, tmp_path: Path) -> None:
    file = tmp_path / "guard.yaml"
    file.write_text(f'upstreams:\n  a: {{base_url: "http://127.0.0.1:9"}}\nserver: {{port: 0, admin_port: {taken}}}\n')
    with pytest.raises(ConfigurationError, match=f"127.0.0.1:{taken} is in use"):
        bind_both(load(file).settings.server)


def test_a_busy_default_admin_port_is_a_warning(taken: int, capsys: pytest.CaptureFixture[str]) -> None:
    server = ServerSettings.model_construct({"port"}, host="127.0.0.1", port=0, admin_port=taken)
    sockets = bind_both(server)
    sockets.proxy.close()
    assert sockets.admin is None
    assert f"warning: no admin port: 127.0.0.1:{taken} is in use" in capsys.readouterr().err


def test_flags_win_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "guard.yaml"
    file.write_text('upstreams:\n  a: {base_url: "http://127.0.0.1:9"}\nserver: {port: 1, admin_port: 2}\n')
    start = Start(file, None, "::1", 3, 0, None)
    server = load(file, environ={"GUARD__SERVER__PORT": "4"}, overrides=start.overrides()).settings.server
    assert (server.host, server.port, server.admin_port) == ("::1", 3, 0)


def test_what_a_start_says(tmp_path: Path) -> None:
    log = tmp_path / "evidence.jsonl"
    with scripted(agreeing()) as upstream, serving("--upstream", upstream.url, "--evidence-log", str(log)) as served:
        assert served.out == [f"guard listens on {served.url}/v1", f"admin: {served.admin_url}/admin/decisions"]
        assert log.exists()


def test_the_version() -> None:
    assert run("--version") == (0, f"{library.__version__}\n", "")
    with started(["--version"]) as process:
        assert process.communicate()[0] == f"{library.__version__}\n"
    assert process.returncode == 0


# ask


def test_ask() -> None:
    with scripted(agreeing("It is Paris.")) as upstream:
        code, out, _ = run("ask", "What is the capital of France?", "--model", "m", "--upstream", upstream.url)
    assert code == 0
    assert "answer (confident)" in out
    assert "It is Paris." in out
    assert "draw 4" in out
    assert "confidence 0." in out
    assert "4 calls" in out  # the candidate, one call for four draws, the self-report, the second way


def test_ask_in_json() -> None:
    with scripted(disagreeing("Atlantis")) as upstream:
        code, document = run_json("ask", "Where is it?", "--model", "m", "--upstream", upstream.url)
    assert code == 0
    assert (document["question"], document["model"]) == ("Where is it?", "m")
    assert (document["decision"], document["reason"]) == ("abstain", "low_agreement")
    assert "know" in document["said"]
    assert document["samples"] == {"asked": 4, "used": 4, "failed": 0}
    assert document["texts"]["candidate"] == "Atlantis"
    assert len(document["texts"]["draws"]) == 4
    assert document["id"].startswith("g-")
    assert document["seconds"] >= 0
    assert document["scores"]["token_probability"] is None


@pytest.mark.parametrize(
    ("script", "said", "decision"),
    [
        (agreeing("I don't know."), "I don't know.", "pass"),
        (agreeing("Hi [bold]there[/bold]"), "Hi [bold]there[/bold]", "answer"),
        (by_purpose(draw=UpstreamBroken("gone")), "know", "abstain"),
    ],
)
def test_ask_says_what_the_caller_would_read(script: Any, said: str, decision: str) -> None:
    with scripted(script) as upstream:
        _, document = run_json("ask", "What is it?", "--model", "m", "--upstream", upstream.url)
        _, out, _ = run("ask", "What is it?", "--model", "m", "--upstream", upstream.url)
    assert document["decision"] == decision
    assert said in document["said"]
    assert said in out


def test_ask_needs_a_model_and_a_route(tmp_path: Path) -> None:
    code, _, err = run("ask", "Why?", "--upstream", "http://127.0.0.1:9")
    assert (code, "pass --model" in err) == (1, True)
    file = tmp_path / "guard.yaml"
    file.write_text(
        'upstreams:\n  a: {base_url: "http://127.0.0.1:9"}\nroutes:\n  - {match: {model: "x*"}, upstream: a}\n'
    )
    code, _, err = run("ask", "Why?", "--model", "y", "--config", file)
    assert (code, "no route takes the model 'y'" in err) == (1, True)


@pytest.mark.parametrize(
    "script", [by_purpose(candidate=refusing(401, "no key")), by_purpose(candidate=UpstreamBroken("x"))]
)
def test_ask_before_a_failing_upstream(script: Any) -> None:
    with scripted(script) as upstream:
        code, out, err = run("ask", "Why?", "--model", "m", "--upstream", upstream.url, "--json")
    assert (code, out) == (1, "")
    assert err.startswith("guard: ")


def test_ask_before_nobody() -> None:
    code, out, err = run("ask", "Why?", "--model", "m", "--upstream", "http://127.0.0.1:9")
    assert (code, out) == (1, "")
    assert "no connection" in err
    assert "base_url" in err  # what to do about it


# doctor

CAPABILITIES = {
    "chat", "n", "temperature", "seed", "max_tokens", "reasoning_effort", "response_format", "log_probabilities",
    "streaming_usage", "diversity",
}  # fmt: skip


class Quirky:
    """An upstream that does everything, but for the quirks it is given."""

    def __init__(self, *, refuses: tuple[str, ...] = (), ignores_n: bool = False, cached: bool = False) -> None:
        self.refuses, self.ignores_n, self.cached = refuses, ignores_n, cached
        self.said = 0

    def __call__(self, call: Call) -> Any:
        body = body_of(call)
        for name in self.refuses:
            if name in body:
                return refusing(400, f"Unsupported parameter: '{name}' is not supported with this model.")
        self.said += 0 if self.cached else 1
        text = f"The sea is wide, says line {self.said}."
        pairs = [("The", -0.1), ("sea", -0.5)] if body.get("logprobs") else None
        n = 1 if self.ignores_n else body.get("n", 1)
        return chat_reply(text, n=n, logprobs=pairs, model="quirky-1")


def doctor(script: Any) -> tuple[int, dict[str, str], dict[str, str]]:
    """Exit code, statuses and details by capability."""
    with scripted(script) as upstream:
        code, document = run_json("doctor", "--model", "m", "--upstream", upstream.url)
    assert (document["upstream"], document["model"]) == ("default", "m")
    found = document["capabilities"]
    return code, {name: f["status"] for name, f in found.items()}, {name: f["detail"] for name, f in found.items()}


def test_a_healthy_upstream() -> None:
    code, statuses, details = doctor(Quirky())
    assert (code, statuses) == (0, dict.fromkeys(CAPABILITIES, "yes"))
    assert details["chat"] == "answers as quirky-1"


@pytest.mark.parametrize(
    "name", ["n", "temperature", "seed", "max_tokens", "reasoning_effort", "response_format", "logprobs"]
)
def test_a_refused_parameter_is_no_fault(name: str) -> None:
    code, statuses, details = doctor(Quirky(refuses=(name,)))
    shown = "log_probabilities" if name == "logprobs" else name
    assert (code, [key for key, status in statuses.items() if status != "yes"]) == (0, [shown])
    assert statuses[shown] == "no"
    assert details[shown].startswith("refused with status 400: ")


def test_an_ignored_n() -> None:
    code, statuses, details = doctor(Quirky(ignores_n=True))
    assert (code, statuses["n"]) == (0, "no")
    assert "n=4 brought 1" in details["n"]


def test_cached_replies_are_a_fault() -> None:
    code, statuses, details = doctor(Quirky(cached=True))
    assert (code, statuses["diversity"]) == (1, "fault")
    assert "cached or deterministic" in details["diversity"]


def test_streams_that_do_not_count() -> None:
    def answer(call: Call) -> Any:
        body = body_of(call)
        return chat_reply("x", usage=None) if body.get("stream") else Quirky()(call)

    assert doctor(answer)[1]["streaming_usage"] == "no"
    refuses = by_purpose(candidate=lambda call: refusing(400) if body_of(call).get("stream") else Quirky()(call))
    assert doctor(refuses)[1]["streaming_usage"] == "no"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (refusing(401, "who are you"), "refused with status 401"),
        (refusing(404, "no such model"), "refused with status 404"),
        (Reply(200, (), b"<html>"), "unreadable"),
        (UpstreamBroken("gone"), "broken"),
    ],
)
def test_an_upstream_that_does_not_answer(line: Any, words: str) -> None:
    code, statuses, details = doctor(lambda _: line)
    assert (code, statuses) == (1, {"chat": "fault"})
    assert words in details["chat"]


def test_a_report_for_people() -> None:
    with scripted(Quirky(refuses=("n",), cached=True)) as upstream:
        code, out, err = run("doctor", "--model", "m", "--upstream", upstream.url)
    assert (code, err) == (1, "")
    for name in CAPABILITIES:
        assert name in out
    assert "m at default" in out
    assert "fault" in out


def test_doctor_before_nobody() -> None:
    code, document = run_json("doctor", "--model", "m", "--upstream", "http://127.0.0.1:9")
    assert (code, document["capabilities"]["chat"]["status"]) == (1, "fault")
    assert "unreachable" in document["capabilities"]["chat"]["detail"]
    code, out, err = run("doctor", "--upstream", "http://127.0.0.1:9")
    assert (code, out, "pass --model" in err) == (1, "", True)


def test_what_doctor_asks_is_counted_as_nothing_else() -> None:
    with scripted(Quirky()) as upstream:
        run("doctor", "--model", "m", "--upstream", upstream.url)
    assert len(upstream.calls) == 12
    assert {purpose_of(call) for call in upstream.calls} <= {"candidate", "draw"}
