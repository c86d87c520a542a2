from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from guard.calibration import parse
from probes.cli import app
from service.embedded import free_port
from tests.probes.rows import FRANCE, write

run = CliRunner().invoke


def test_the_sets_are_listed() -> None:
    document = json.loads(run(app, ["list", "--json"]).stdout)
    sizes = {row["set"]: row["n"] for row in document["sets"]}
    assert sum(sizes.values()) >= 1500
    assert "arithmetic" in run(app, ["list"]).stdout


def test_a_prior_is_fitted_reported_and_written(tmp_path: Path) -> None:
    rows = []
    for number in range(160):
        right = number % 3 > 0
        draws = ["Paris"] * (5 if right else 1) + ["Lyon"] * (0 if right else 4)
        for form in ({"self_check": right}, {"self_check": None, "greedy_verbalized": 0.9 if right else 0.4}):
            source = f"s{number % 2}"
            rows.append(FRANCE | {"id": str(number), "source": source, "samples": draws, "correct": right} | form)
    out = tmp_path / "prior.json"
    result = run(app, ["prior", "--samples", str(write(tmp_path / "a.jsonl", *rows)), "--out", str(out), "--json"])
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)["figures"]
    assert {row["source"] for row in figures} == {"s0", "s1"}
    assert parse(out.read_bytes(), "out").status == "prior"


def test_a_second_model_is_one_more_look_of_the_prior(tmp_path: Path) -> None:
    rows = []
    for number in range(240):
        right, question = number % 3 > 0, f"What is it, {number}?"
        row = FRANCE | {"id": str(number), "source": f"s{number % 2}", "question": question, "correct": right}
        rows += [row, row | {"model": "other", "greedy": "Paris" if right else "Lyon"}]
    path, out = str(write(tmp_path / "a.jsonl", *rows)), tmp_path / "prior.json"
    result = run(app, ["prior", "--samples", path, "--second-model", "other", "--out", str(out), "--json"])
    assert result.exit_code == 0, result.output
    looks = {tuple(row["looks"]) for row in json.loads(result.stdout)["figures"]}
    assert ("cross_model", "draws", "self_report") in looks
    made = parse(out.read_bytes(), "out")
    assert any("cross_model" in map_.weights for map_ in made.maps)
    assert all("token_probability" not in map_.needs for map_ in made.maps)


def test_a_bad_file_is_one_message_and_exit_code_one(tmp_path: Path) -> None:
    result = run(app, ["prior", "--samples", str(write(tmp_path / "a.jsonl", "{"))])
    assert result.exit_code == 1
    assert "a.jsonl:1" in result.output
    assert "Traceback" not in result.output


def test_wrong_usage_is_exit_code_two() -> None:
    assert run(app, ["prior"]).exit_code == 2
    assert run(app, ["no-such-command"]).exit_code == 2


@pytest.mark.parametrize("named", [True, False], ids=["a file", "the shipped recordings"])
def test_recordings_are_served_by_the_command(tmp_path: Path, named: bool) -> None:
    file = write(tmp_path / "a.jsonl", FRANCE)
    port = free_port()
    extra = ["--samples", str(file)] if named else []
    command = [sys.executable, "-m", "probes", "serve-recorded", "--port", str(port), *extra]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as child:
        try:
            models = _models(port)
        finally:
            child.terminate()
            child.communicate(timeout=10)
    assert models == (["m"] if named else ["smollm2-135m", "smollm2-135m-hot"])


def _models(port: int) -> list[str]:
    for _ in range(200):
        try:
            reply = httpx.get(f"http://127.0.0.1:{port}/v1/models", trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
            continue
        return [model["id"] for model in reply.json()["data"]]
    raise AssertionError("the command does not answer")
