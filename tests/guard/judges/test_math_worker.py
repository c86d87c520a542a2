"""The process that computes, called in this one: lines in, lines out, and no verdict where nothing is certain."""

from __future__ import annotations

import io
import json

import pytest

from guard.judges import math_worker

pytest.importorskip("math_verify")


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        (r"\frac{1}{3}", "0.333", None),
        (r"\frac{1}{3}", "0.3", "different"),
        (r"5\%", "0.05", "same"),
        (r"5\%", "5", "different"),
        (r"\{1,2\}", "(1,2)", "different"),
        ("(1,2)", "(2,1)", "different"),
        ("(2,1)", "(3,1)", "different"),
        ("x=4", "y=4", "different"),
        (r"\frac{1}{0}", "x", None),
        ("", "x", None),
        (r"\frac{", "x", None),
        ("a-b", "b-a", "different"),
    ],
)
def test_a_verdict_or_none_both_ways(a: str, b: str, verdict: str | None) -> None:
    assert math_worker.verdict_on(a, b) == math_worker.verdict_on(b, a) == verdict


def test_text_is_never_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert math_worker.verdict_on('print("run")', "x") is None or capsys.readouterr().out == ""
    assert "run" not in capsys.readouterr().out


def test_one_line_for_each_line(monkeypatch: pytest.MonkeyPatch) -> None:
    alarms: list[int] = []
    monkeypatch.setattr(math_worker, "alarm", alarms.append)
    lines = io.BytesIO(b'[["x+1", "1+x"], ["x", "\\\\frac{"]]\n[]\n')
    replies = io.BytesIO()
    math_worker.serve(lines, replies)
    assert [json.loads(line) for line in replies.getvalue().splitlines()] == [["same", None], []]
    assert alarms == [math_worker.ALARM_SECONDS, 0] * 2
