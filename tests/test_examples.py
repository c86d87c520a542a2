"""The examples run: against a real HTTP server on the loopback interface that answers from a script."""

from __future__ import annotations

import asyncio
import importlib.util
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import orjson
import pytest

from guard import Answered, Decision, Evidence, Reason
from guard.reports import recognise_probe
from guard.testing import AlwaysSame, NeverSame, ScriptedServer, ScriptedUpstream
from guard.upstream import Call

EXAMPLES = Path(__file__).parents[1] / "examples"
QUESTION = "What is the capital of France?"
SURE = '{"nonce": "%s", "correct": "yes", "probability": 95}'


def loaded(name: str) -> ModuleType:
    """An example as a module."""
    spec = importlib.util.spec_from_file_location(f"example_{name}", EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def asked(call: Call) -> str:
    """The last user message of a call."""
    body: Mapping[str, list[Mapping[str, str]]] = orjson.loads(call.body or b"{}")
    return body["messages"][-1]["content"]


def knowing(call: Call) -> str:
    """A model that knows one capital and is sure of it."""
    probe = recognise_probe(asked(call))
    return "Paris" if probe is None else SURE % probe.nonce


class Guessing:
    """A model that says something else every time and is sure of it."""

    def __init__(self) -> None:
        self.names = iter(("Ada", "Bruno", "Carla", "Dmitri", "Elena", "Farid", "Greta", "Hugo", "Ines"))

    def __call__(self, call: Call) -> str:
        probe = recognise_probe(asked(call))
        return next(self.names) if probe is None else SURE % probe.nonce


async def run(*command: str, **environment: str) -> tuple[int, str]:
    """A command to its end: exit code and standard output, with standard error after it."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", **environment},
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def test_library_releases_what_the_draws_agree_on() -> None:
    async with ScriptedServer(knowing) as server:
        code, said = await run(
            sys.executable, str(EXAMPLES / "library.py"), QUESTION, "--base-url", server.url, "--model", "m"
        )
    assert code == 0, said
    lines = said.splitlines()
    assert lines[:2] == ["answer (confident)", "Paris"]
    figures = dict(line.split() for line in lines[3:])
    assert figures["self_report"] == "0.950"
    assert figures["semantic_agreement"] == "1.000"
    assert figures["token_probability"] == "-"
    assert float(figures["confidence"]) >= float(figures["threshold"])
    assert len(server.calls) == 4, "the candidate, the self-report, the second way, one call for four draws"


async def test_library_withholds_a_guess_and_never_shows_it() -> None:
    async with ScriptedServer(Guessing()) as server:
        code, said = await run(
            sys.executable, str(EXAMPLES / "library.py"), "Who won the Flurb Prize?", "--base-url", server.url
        )
    assert code == 0, said
    lines = said.splitlines()
    assert lines[0] == "abstain (low_agreement)"
    assert lines[1].startswith("I don't know")
    assert "Ada" not in said


async def test_library_passes_the_upstreams_failure_on() -> None:
    async with ScriptedServer(lambda _: ConnectionResetError()) as server:
        base_url = server.url
    code, said = await run(sys.executable, str(EXAMPLES / "library.py"), QUESTION, "--base-url", base_url)
    assert code == 1
    assert "UpstreamUnreachable" in said


async def test_the_new_signal_reads_what_the_library_wrote(tmp_path: Path) -> None:
    file = tmp_path / "evidence.jsonl"
    for model in (knowing, Guessing()):
        async with ScriptedServer(model) as server:
            code, said = await run(
                sys.executable, str(EXAMPLES / "library.py"), QUESTION, "--base-url", server.url,
                "--evidence", str(file),
            )  # fmt: skip
            assert code == 0, said
    code, said = await run(sys.executable, str(EXAMPLES / "write_a_signal.py"), str(file))
    assert code == 0, said
    head, sure, guess = said.splitlines()
    names = head.split()
    assert names[0] == "decision"
    assert names[-1] == "cluster_lead"
    assert dict(zip(names, sure.split(), strict=True))["cluster_lead"] == "1.000"
    assert dict(zip(names, guess.split(), strict=True))["decision"] == "abstain"
    assert dict(zip(names, guess.split(), strict=True))["cluster_lead"] == "0.500"


@pytest.mark.parametrize(
    ("clusters", "missing", "expected"),
    [
        ((0, 0, 0, 0), 0, 1.0),
        ((0, 1, 2, 3), 0, 0.5),
        ((0, 1, 1, 1), 0, 0.25),
        ((0, 0, 1, 1), 0, 0.5),
        ((0, 0), 2, 0.5),
        ((0,), 3, 0.25),
    ],
)
def test_lead(clusters: tuple[int, ...], missing: int, expected: float) -> None:
    assert loaded("write_a_signal").lead(clusters, missing) == expected


async def _judged(upstream: ScriptedUpstream) -> Answered:
    library = loaded("library")
    guard = library.Guard(library.RULING, library.DIALECT, library.JUDGES["lexical"], library.Memory())
    exchange = library.exchange_of(QUESTION, "m")
    circumstances = library.Circumstances(policy="example", mode="enforce")
    answered: Answered = await guard.answer(exchange, upstream, "m", circumstances, "g-1")
    return answered


async def test_the_ruling_of_the_example_decides_as_it_says() -> None:
    agreed = await _judged(AlwaysSame("Paris"))
    guessed = await _judged(NeverSame(["Ada", "Bo", "Cy", "Di", "Ed"]))
    assert (agreed.verdict.decision, agreed.verdict.reason) == (Decision.ANSWER, Reason.CONFIDENT)
    assert (guessed.verdict.decision, guessed.verdict.reason) == (Decision.ABSTAIN, Reason.LOW_AGREEMENT)
    assert agreed.verdict.calibration == "prior"


async def test_cluster_lead_says_nothing_without_draws() -> None:
    evidence = (await _judged(AlwaysSame("Paris"))).verdict.evidence
    assert isinstance(evidence, Evidence)
    cluster_lead = loaded("write_a_signal").cluster_lead
    assert cluster_lead(evidence) == 1.0
    assert cluster_lead(evidence.model_copy(update={"draws": ()})) is None
    assert cluster_lead(evidence.model_copy(update={"diversity": False})) is None


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
async def test_curl_asks_three_times() -> None:
    async with ScriptedServer(knowing) as server:
        code, said = await run(str(EXAMPLES / "curl.sh"), GUARD_URL=server.url, MODEL="m")
    assert code == 0, said
    assert said.count("HTTP/1.1 200 OK") == 3
    bodies = [orjson.loads(call.body or b"") for call in server.calls]
    assert [body["stream"] for body in bodies] == [False, False, True]
    assert [dict(call.headers).get("x-guard-explain") for call in server.calls] == [None, "1", None]
    assert "data: [DONE]" in said
