"""Mathematics over real connections: equal expressions agree, hostile ones cost the request nothing but time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from guard.errors import ConfigurationError
from guard.evidence import Evidence
from guard.judges import mathematics
from guard.judges.lexical import AGREED, Lexical
from guard.upstream import Call
from service.config_file import load
from service.deployment import JudgedBy, deploy
from service.settings import Settings

from .conftest import Start
from .reading import decided
from .scripts import judging, purpose_of, report

pytest.importorskip("math_verify")

QUESTION = "Simplify the square root of eight."
SQUARE, SAME = r"\sqrt{8}", r"2\sqrt{2}"
"""Equal, and apart for the lexical judge."""
SLOW = r"((((9^{99})^{99})^{99})^{99})^{99}"


def model(candidate: str, draw: str) -> Any:
    def answer(call: Call) -> Any:
        purpose = purpose_of(call)
        if purpose == "judge":
            return judging(call, lambda _a, _b: True)
        if purpose == "self_report":
            return report(call, 80)
        return draw if purpose == "draw" else candidate

    return answer


def policy(**more: Any) -> dict[str, Any]:
    looks = {"signals": ["self_report"], "samples": {"max": 4}, "thresholds": {"correctness": 0.5}}
    return {"policies": {"balanced": {**looks, "deadline": {"min_seconds": 120}, **more}}}


def evidence_in(file: Path) -> list[Evidence]:
    return [Evidence.from_json(line) for line in file.read_bytes().splitlines()]


@pytest.mark.parametrize(("on", "decision"), [(True, "answer"), (False, "abstain")])
def test_an_equal_draw_agrees_with_the_setting_on(start: Start, tmp_path: Path, on: bool, decision: str) -> None:
    log = tmp_path / "evidence.jsonl"
    guard = start(model(SQUARE, SAME), policy(mathematics=on), evidence_log=log)
    assert decided(guard.ask(QUESTION))[0] == decision
    (found,) = evidence_in(log)
    assert (found.similarities[0][1] >= AGREED) == on
    assert dict(found.fingerprints)["judge"] == (f"{Lexical.version} math/1" if on else Lexical.version)
    assert found.failures == ()


def test_what_it_cannot_read_is_left_to_the_model(start: Start) -> None:
    guard = start(
        model("The steel was cracked", "There were cracks in the steelwork"), policy(mathematics=True, judge="llm")
    )
    assert decided(guard.ask("Why did the bridge close?"))[0] == "answer"
    assert len([call for call in guard.upstream.calls if purpose_of(call) == "judge"]) == 1
    asked = len(guard.upstream.calls)
    assert decided(guard.ask(QUESTION))[0] == "answer"
    assert len(guard.upstream.calls) > asked


def test_a_hostile_draw_is_a_failure_and_the_next_request_is_served(start: Start, tmp_path: Path) -> None:
    log = tmp_path / "evidence.jsonl"
    guard = start(
        lambda call: model(SQUARE, SLOW if b"hostile" in (call.body or b"") else SAME)(call),
        policy(mathematics=True),
        evidence_log=log,
    )
    assert guard.ask(f"A hostile one. {QUESTION}").status_code == 200
    assert decided(guard.ask(QUESTION))[0] == "answer"
    hostile, after = evidence_in(log)
    assert [(each.purpose, each.kind) for each in hostile.failures] == [("judge", "timeout")]
    assert after.failures == ()
    assert guard.metric("guard_failures_total", route="default", stage="judge", outcome="went_on") == 1
    assert guard.metric("guard_upstream_errors_total", upstream="math", kind="timeout") == 1
    assert guard.metric("guard_upstream_errors_total", upstream="main", kind="timeout") == 0


def settings(**more: Any) -> Settings:
    return Settings.model_validate({"upstreams": {"main": {"base_url": "http://127.0.0.1:9"}}, **policy(**more)})


def test_a_missing_extra_keeps_the_guard_from_starting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(mathematics, "EXTRA", ("no_such_package",))
    with pytest.raises(ConfigurationError, match=r"policies\.balanced\.mathematics: .*abstention-guard\[math\]"):
        deploy(settings(mathematics=True), tmp_path)


async def test_without_the_setting_the_extra_is_not_missed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(mathematics, "EXTRA", ("no_such_package",))
    await deploy(settings(), tmp_path).close()


def test_a_certificate_depends_on_it(tmp_path: Path) -> None:
    (tmp_path / "guard.yaml").write_text("policies: {balanced: {mathematics: true}}\n")
    read = load(tmp_path / "guard.yaml", {}).settings.policies["balanced"]
    assert read.mathematics
    assert JudgedBy.policy(read).version.endswith(" math/1")
    assert not JudgedBy.policy(settings().policies["balanced"]).version.endswith(" math/1")
