"""The evidence log, and `guard replay`: the same verdicts from the lines, to the letter."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner

from guard.errors import ConfigurationError, UpstreamBroken
from guard.evidence import Evidence
from service.cli import app
from service.evidence_log import EvidenceLog

from .conftest import Start
from .reading import decided, ours
from .running import eventually, guarding
from .scripts import agreeing, by_purpose, disagreeing, refusing

POLICIES: dict[str, Any] = {
    "balanced": {},
    "dark": {"mode": "shadow", "shadow": {"fraction": 1}},
    "manual": {"thresholds": {"correctness": 0.2}},
    "lenient": {
        "on_insufficient_samples": "pass",
        "on_upstream_abstention": "recover",
        "thresholds": {"correctness": 0.3},
    },
    "fixed": {"samples": {"stop": "fixed", "max": 3}, "explain": {"texts": True}},
}
YAML = """\
upstreams:
  main: {base_url: "http://127.0.0.1:9/v1"}
policies:
  dark: {mode: shadow, shadow: {fraction: 1}}
  manual: {thresholds: {correctness: 0.2}}
  lenient: {on_insufficient_samples: pass, on_upstream_abstention: recover, thresholds: {correctness: 0.3}}
  fixed: {samples: {stop: fixed, max: 3}, explain: {texts: true}}
"""
runner = CliRunner()


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Any]]:
    """An evidence log of many kinds of verdicts, and the replies that they went with."""
    file = tmp_path_factory.mktemp("evidence") / "deeper" / "evidence.jsonl"
    replies = []
    scripts = [
        agreeing(),
        disagreeing(),
        agreeing("I don't know."),
        by_purpose(candidate="I don't know."),
        by_purpose(draw=UpstreamBroken("gone")),
        by_purpose(self_report=refusing(400)),
        agreeing("a long answer " * 40),
        agreeing('東京 \u2028 "quoted"\n{}'),
    ]
    for script in scripts:
        settings = {
            "routes": [{"match": {"model": name}, "upstream": "main", "policy": name} for name in POLICIES],
            "policies": POLICIES,
        }
        with guarding(script, settings, evidence_log=file) as guard:
            for name in POLICIES:
                for headers in ({}, {"x-guard-min-confidence": "0.9"}):
                    replies.append(guard.ask(model=name, headers=headers, stream=name == "manual"))
            eventually(lambda: not guard.serving.shadows)
    return file, replies


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "guard.yaml"
    file.write_text(YAML)
    return file


def replay(*arguments: str | Path) -> tuple[int, str, str]:
    result = runner.invoke(app, ["replay", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result.exit_code, result.stdout, result.stderr


def replay_json(*arguments: str | Path) -> tuple[int, Any]:
    code, out, _ = replay(*arguments, "--json")
    return code, json.loads(out)


# The log


def test_a_line_for_every_judged_request(logged: tuple[Path, list[Any]]) -> None:
    file, replies = logged
    lines = [orjson.loads(line) for line in file.read_bytes().splitlines()]
    assert len(lines) == len(replies) == 80
    assert {line["id"] for line in lines} == {ours(reply)["id"] for reply in replies}
    by_id = {line["id"]: line["verdict"] for line in lines}
    for reply in replies:
        verdict = by_id[ours(reply)["id"]]
        assert (verdict["decision"], verdict["reason"]) == decided(reply)
        assert (verdict["would"] is None) == (decided(reply)[1] != "shadow")
    assert {(v["decision"], v["reason"]) for v in by_id.values()} >= {
        ("answer", "confident"),
        ("answer", "recovered"),
        ("abstain", "low_agreement"),
        ("abstain", "insufficient_samples"),
        ("pass", "insufficient_samples"),
        ("pass", "upstream_abstained"),
        ("pass", "shadow"),
    }


def test_only_the_owner_can_read_it(logged: tuple[Path, list[Any]]) -> None:
    assert logged[0].stat().st_mode & 0o777 == 0o600


def test_every_line_is_evidence(logged: tuple[Path, list[Any]]) -> None:
    for line in logged[0].read_bytes().splitlines():
        evidence = Evidence.from_json(line)
        assert orjson.loads(evidence.to_json()) == {k: v for k, v in orjson.loads(line).items() if k != "verdict"}


def test_no_credential_is_in_it(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "evidence.jsonl"
    guard = start(agreeing(), {"upstreams": {"main": {"api_key": "sk-owner"}}}, evidence_log=file)
    guard.ask(headers={"authorization": "Bearer sk-caller"})
    told = file.read_text()
    assert "What is the capital of France?" in told
    assert "sk-" not in told


def test_a_log_that_cannot_be_written_costs_no_answer(start: Start) -> None:
    """The disk is full: the request is served, the loss is counted and said."""
    guard = start(agreeing(), evidence_log=Path("/dev/full"))
    for _ in range(2):
        assert decided(guard.ask()) == ("answer", "confident")
    assert guard.metric("guard_failures_total", route="default", stage="evidence_log", outcome="lost") == 2
    said = [line for line in guard.log_lines if line["event"] == "evidence_log"]
    assert said[0]["lost"] == "No space left on device"


def test_a_log_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "file" / "evidence.jsonl"):
        with pytest.raises(ConfigurationError, match="cannot be written"):
            EvidenceLog(path)


def test_it_is_appended_to(tmp_path: Path) -> None:
    file = tmp_path / "evidence.jsonl"
    for _ in range(2):
        with guarding(agreeing(), evidence_log=file) as guard:
            guard.ask()
    assert len(file.read_bytes().splitlines()) == 2


# The replay


def test_every_verdict_is_reproduced(logged: tuple[Path, list[Any]], config: Path) -> None:
    file, replies = logged
    code, document = replay_json(file, "--config", config)
    assert code == 0
    assert {key: document[key] for key in ("n", "compared", "identical", "different")} == {
        "n": 80, "compared": 80, "identical": 80, "different": [],
    }  # fmt: skip
    assert [verdict["id"] for verdict in document["verdicts"]] == [
        ours(reply)["id"] for reply in sorted_as_logged(logged)
    ]
    assert len(replies) == 80


def sorted_as_logged(logged: tuple[Path, list[Any]]) -> list[Any]:
    """The replies in the order of the log, which is the order of the verdicts: a shadow's comes later."""
    order = [orjson.loads(line)["id"] for line in logged[0].read_bytes().splitlines()]
    return sorted(logged[1], key=lambda reply: order.index(ours(reply)["id"]))


def test_for_people(logged: tuple[Path, list[Any]], config: Path) -> None:
    code, out, err = replay(logged[0], "--config", config)
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 81
    assert out.splitlines()[-1] == "80 lines, 80 of 80 recorded verdicts identical"
    assert "DIFFERENT" not in out


def test_gzip(logged: tuple[Path, list[Any]], config: Path, tmp_path: Path) -> None:
    packed = tmp_path / "evidence.jsonl.gz"
    packed.write_bytes(gzip.compress(logged[0].read_bytes()))
    assert replay_json(packed, "--config", config)[1]["identical"] == 80


def test_another_threshold_is_noticed(logged: tuple[Path, list[Any]], config: Path) -> None:
    config.write_text(YAML.replace("correctness: 0.2", "correctness: 0.99"))
    code, document = replay_json(logged[0], "--config", config)
    assert code == 1
    manual = [orjson.loads(line) for line in logged[0].read_bytes().splitlines()]
    expected = {line["id"] for line in manual if line["circumstances"]["policy"] == "manual"}
    assert set(document["different"]) == expected
    code, out, _ = replay(logged[0], "--config", config)
    assert code == 1
    assert out.count("DIFFERENT") == len(expected)


def test_another_policy_name_is_an_error(logged: tuple[Path, list[Any]]) -> None:
    code, out, err = replay(logged[0])
    assert (code, out) == (1, "")
    assert "no policy 'dark' in the configuration" in err
    assert f"{logged[0]}:" in err
    assert "--config" in err


def test_lines_without_a_verdict(logged: tuple[Path, list[Any]], config: Path, tmp_path: Path) -> None:
    file = tmp_path / "bare.jsonl"
    lines = [orjson.loads(line) for line in logged[0].read_bytes().splitlines()]
    bare = [{key: value for key, value in line.items() if key != "verdict"} | {"later": 1} for line in lines]
    file.write_bytes(b"\n\n".join(orjson.dumps(line) for line in bare))
    code, document = replay_json(file, "--config", config)
    assert (code, document["n"], document["compared"], document["identical"]) == (0, 80, 0, 0)


DAMAGED: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("cut.jsonl", lambda raw: raw[: len(raw) // 2], "not Evidence"),
    ("other.jsonl", lambda raw: b'{"id": 1}\n', "not Evidence"),
    ("null.jsonl", lambda raw: b"null\n", "not Evidence"),
    ("text.jsonl", lambda raw: b"hello\n", "not Evidence"),
    ("binary.jsonl", lambda raw: b"\xff\xfe\n", "not Evidence"),
    ("plain.gz", lambda raw: raw, "cannot be read"),
    ("cut.gz", lambda raw: gzip.compress(raw)[:-40], "cannot be read"),
    ("flipped.gz", lambda raw: gzip.compress(raw)[:200] + b"\x00" * 200 + gzip.compress(raw)[400:], "cannot be read"),
]


@pytest.mark.parametrize(("name", "damage", "words"), DAMAGED, ids=[name for name, _, _ in DAMAGED])
def test_a_damaged_file(
    logged: tuple[Path, list[Any]],
    config: Path,
    tmp_path: Path,
    name: str,
    damage: Callable[[bytes], bytes],
    words: str,
) -> None:
    file = tmp_path / name
    file.write_bytes(damage(logged[0].read_bytes()))
    code, out, err = replay(file, "--config", config)
    assert (code, out) == (1, "")
    assert words in err
    assert str(file) in err


def test_a_missing_file(config: Path, tmp_path: Path) -> None:
    code, out, err = replay(tmp_path / "none.jsonl", "--config", config)
    assert (code, out) == (1, "")
    assert "No such file" in err


def test_an_empty_file(config: Path, tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("")
    assert replay_json(tmp_path / "none.jsonl", "--config", config)[1]["n"] == 0
