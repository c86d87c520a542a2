"""What mathematics changes on samples: counted as a request would have it."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from typer import Typer
from typer.testing import CliRunner

from guard.judges.mathematics import Mathematics
from probes.mathematics import as_text, main, measured
from probes.samples import Sample

pytest.importorskip("math_verify")

ROW = {"id": "1", "model": "m", "question": "Simplify.", "greedy": r"\sqrt{8}"}
SAME = {**ROW, "samples": [r"2\sqrt{2}", r"\sqrt{8}", r"\sqrt{5}"], "references": [r"2\sqrt{2}"], "correct": True}
WORDS = {**ROW, "greedy": "Lyon", "samples": ["Paris"], "references": ["Paris"], "correct": False}
UNLABELLED = {**SAME, "correct": None}


async def test_pairs_verdicts_agreement_and_reference() -> None:
    by = Mathematics(60.0)
    found = await measured([Sample.model_validate(row) for row in (SAME, WORDS, UNLABELLED)], by)
    await by.close()
    assert (len(found.rows), found.pairs, found.unlike, found.computed) == (2, 4, 3, 2)
    assert found.verdicts == {("different", "same"): 1, ("different", "different"): 1}
    first, second = found.rows
    assert first.agreement[1] > first.agreement[0]  # type: ignore[operator]
    assert first.reference is not None
    assert first.reference[0] < 0.7 <= first.reference[1]
    assert second.agreement[0] == second.agreement[1]
    assert found.failures == []
    assert "by reference after: the label is met in 2 of 2" in as_text(found)


async def test_a_failure_leaves_the_row_as_it_was() -> None:
    by = Mathematics(60.0)
    slow = {**SAME, "samples": ["((((9^{99})^{99})^{99})^{99})^{99}"], "references": None}
    await measured([Sample.model_validate(SAME)], by)
    by._limit = 0.5
    found = await measured([Sample.model_validate(slow)], by)
    await by.close()
    assert found.failures == ["timeout"]
    assert found.rows[0].agreement[0] == found.rows[0].agreement[1]
    assert found.rows[0].reference is None


def test_the_command_prints(tmp_path: Path) -> None:
    file = tmp_path / "samples.jsonl"
    file.write_bytes(b"\n".join(map(orjson.dumps, (SAME, WORDS))))
    app = Typer()
    app.command()(main)
    result = CliRunner().invoke(app, ["--samples", str(file)])
    assert result.exit_code == 0, result.output
    assert "2 rows, 4 pairs, 3 not equal as texts, 2 computed" in result.output
