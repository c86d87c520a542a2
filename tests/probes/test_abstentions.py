"""`probes abstentions`: what a file's label is about, the figures, and the recorded files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from probes.abstentions import EITHER, IGNORANCE, REFUSAL, Response, positives, recognised
from probes.cli import app
from probes.samples import read_rows

SAFETY = "human, 2 annotators; safety refusal, not knowledge abstention"
PREMISE = "a judge (0 = says the premise is insufficient)"


def row(response: str, abstained: bool | None = None, **more: Any) -> Response:
    return Response.model_validate(
        {"model": "m", "question": "Q?", "response": response, "abstained": abstained, **more}
    )


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("label_source", "source", "classes"),
    [
        (SAFETY, "xstest", REFUSAL),
        (PREMISE, "mip-gsm8k", IGNORANCE),
        ("a person: the model does not know", "", IGNORANCE),
        ("a person", "premise-set", IGNORANCE),
        ("human (EVOUNA)", "evouna-nq", EITHER),
        ("refusal, or says that the question is unanswerable", "", EITHER),
        (None, "", EITHER),
    ],
)
def test_what_a_label_is_about(label_source: str | None, source: str, classes: frozenset[str]) -> None:
    for label in (True, False, None):
        assert positives(row("x", label, label_source=label_source, source=source)) == classes


def test_the_figures_of_a_file() -> None:
    rows = [
        row("I don't know.", True, label_source=PREMISE),
        row("Paris.", True, label_source=PREMISE),
        row("Rome.", False, label_source=PREMISE),
        row("I cannot help with that.", False, label_source=PREMISE),
        row("The price is not given.", False, label_source=PREMISE),
    ]
    found = recognised("f", rows)
    assert (found.n, found.precision, found.recall, found.accuracy) == (5, 0.5, 0.5, 0.6)
    assert found.classes == ("abstain",)
    assert found.accuracy_ci is not None
    assert found.accuracy_ci[0] < 0.6 < found.accuracy_ci[1]


def test_a_refusal_counts_where_the_label_is_about_refusals_alone() -> None:
    replies = ("I cannot help with that.", "I don't know.", "Paris.")
    for source, counted in ((SAFETY, [1, 0, 0]), (PREMISE, [0, 1, 0]), ("people", [1, 1, 0])):
        for reply, expected in zip(replies, counted, strict=True):
            found = recognised("f", [row(reply, True, label_source=source)])
            assert found.recall == expected, (source, reply)


def test_without_labels_only_right_answers_tell_something() -> None:
    found = recognised("f", [row("Paris.", correct=True), row("I don't know.", correct=True), row("I don't know.")])
    assert (found.n, found.precision, found.recall, found.accuracy, found.accuracy_ci) == (0, None, None, None, None)
    assert (found.right, found.right_taken) == (2, 1)
    assert recognised("f", []).accuracy is None


def test_the_command_prints_one_document(tmp_path: Path) -> None:
    rows = [row("I don't know.", True).model_dump(), row("Rome.", False, extra=1).model_dump()]
    plain = written(tmp_path / "a.jsonl", rows)
    packed = tmp_path / "b.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    ran = CliRunner().invoke(app, ["abstentions", "--responses", str(plain), "--responses", str(packed), "--json"])
    assert ran.exit_code == 0
    files = json.loads(ran.stdout)["files"]
    assert [file["file"] for file in files] == ["a.jsonl", "b.jsonl.gz"]
    for file in files:
        assert {name: file[name] for name in ("n", "precision", "recall", "accuracy")} == {
            "n": 2,
            "precision": 1.0,
            "recall": 1.0,
            "accuracy": 1.0,
        }


def test_the_command_prints_lines_for_people(tmp_path: Path) -> None:
    labelled = written(tmp_path / "a.jsonl", [row("I don't know.", True).model_dump()])
    graded = written(tmp_path / "b.jsonl", [row("I don't know.", correct=True).model_dump()])
    ran = CliRunner().invoke(app, ["abstentions", "--responses", str(labelled), "--responses", str(graded)])
    first, second = ran.stdout.splitlines()
    assert "precision 1.000 recall 1.000 accuracy 1.000" in first
    assert "precision - recall - accuracy -; 1 of 1 right answers taken for none" in second


def test_a_row_that_is_none_is_named(tmp_path: Path) -> None:
    bad = written(tmp_path / "bad.jsonl", [{"model": "m", "question": "Q?"}])
    ran = CliRunner().invoke(app, ["abstentions", "--responses", str(bad)])
    assert ran.exit_code == 1
    assert "bad.jsonl:1: response" in ran.stderr


@pytest.mark.parametrize(("name", "classes", "least"), [("xstest", ("refuse",), 0.93), ("mip", ("abstain",), 0.90)])
def test_recorded_files(probes_data: Callable[[str], Path], name: str, classes: tuple[str, ...], least: float) -> None:
    path = probes_data(f"responses-{name}.jsonl.gz")
    found = recognised(path.name, read_rows([path], Response)[::3])
    assert found.classes == classes
    assert found.n > 400
    assert found.accuracy is not None
    assert found.accuracy >= least
