"""`probes import`: the same figures from imported Evidence as from the samples, labels and all."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from probes.cases import read_cases
from probes.cli import RECORDINGS, app
from probes.graded import Graded
from probes.importing import imported
from probes.prior import labelled_rows
from probes.samples import lines, read_rows, read_samples
from tests.probes.rows import FRANCE, sample, write

run = CliRunner().invoke


def evaluated(path: Path, *options: str) -> dict[str, object]:
    done = run(app, ["evaluate", "--samples", str(path), "--json", *options])
    assert done.exit_code == 0, done.output
    (found,) = json.loads(done.stdout)["files"]
    assert found.pop("file") == path.name
    return dict(found)


def imported_to(out: Path, *arguments: str) -> Path:
    done = run(app, ["import", "--out", str(out), *arguments])
    assert done.exit_code == 0, done.output
    return out


def slice_of(path: Path, to: Path, step: int) -> Path:
    to.write_text("".join(line for number, line in lines(path) if number % step == 0), encoding="utf-8")
    return to


def test_labels_and_what_is_known_of_the_question_stand_beside_the_evidence() -> None:
    (row,) = imported([sample(references=["Paris"], conversation="c", scenario="answerable", label_source="human")])
    assert (row.question_id, row.source, row.references) == ("1", "geo", ("Paris",))
    assert (row.correct, row.label, row.grader) == (True, "right", "human")
    assert (row.conversation, row.scenario, row.should_abstain) == ("c", "answerable", None)
    assert Graded.model_validate_json(row.model_dump_json(by_alias=True)) == row


@pytest.mark.parametrize(
    ("changes", "label", "grader"),
    [
        ({}, "right", "recorded"),
        ({"correct": False}, "wrong", "recorded"),
        ({"correct": False, "greedy": "I don't know."}, "abstained", "recorded"),
        ({"correct": True, "greedy": "I don't know."}, "right", "recorded"),  # what is recorded stands
        ({"correct": None, "label_source": "human"}, None, None),
    ],
)
def test_a_recorded_label_is_kept_with_its_grader(changes: dict[str, object], label: str, grader: str) -> None:
    recorded = sample(**changes)
    (row,) = imported([recorded])
    assert (row.correct, row.label, row.grader) == (recorded.correct, label, grader)


def test_the_command_writes_lines_gzip_by_the_name(tmp_path: Path) -> None:
    rows = write(tmp_path / "a.jsonl", FRANCE, FRANCE | {"correct": None})
    plain = imported_to(tmp_path / "plain.jsonl", "--samples", str(rows), "--samples", str(rows))
    packed = imported_to(tmp_path / "deep" / "packed.jsonl.gz", "--samples", str(rows))
    assert len(plain.read_bytes().splitlines()) == 4
    assert gzip.decompress(packed.read_bytes()) == b"".join(plain.read_bytes().splitlines(keepends=True)[:2])
    told = run(app, ["import", "--samples", str(rows), "--out", str(plain), "--json"])
    assert json.loads(told.stdout) == {"out": str(plain), "n": 2, "graded": 1}


@pytest.mark.parametrize("name", ["smollm2-135m", "smollm2-135m-hot"])
def test_the_shipped_recordings_are_the_same_cases_once_imported(tmp_path: Path, name: str) -> None:
    """Figures are functions of the cases alone."""
    recorded = slice_of(RECORDINGS / f"{name}.jsonl.gz", tmp_path / "samples.jsonl", 4)
    found = imported_to(tmp_path / "evidence.jsonl.gz", "--samples", str(recorded))
    assert read_cases(found) == read_cases(recorded)


def test_a_shipped_recording_evaluates_the_same_once_imported(tmp_path: Path) -> None:
    recorded = slice_of(RECORDINGS / "smollm2-135m.jsonl.gz", tmp_path / "samples.jsonl", 8)
    found = imported_to(tmp_path / "evidence.jsonl", "--samples", str(recorded))
    assert evaluated(found) == evaluated(recorded)


def test_recordings_of_real_models_evaluate_the_same_once_imported(
    tmp_path: Path, probes_data: Callable[[str], Path]
) -> None:
    recorded = probes_data("samples-dlm-logprobs.jsonl.gz")
    found = imported_to(tmp_path / "evidence.jsonl", "--samples", str(recorded))
    assert evaluated(found) == evaluated(recorded)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", ["vce-llama3.2-3b", "math-m8", "esc-lastletters-gpt3.5"])
def test_whole_files_evaluate_the_same_once_imported(
    tmp_path: Path, probes_data: Callable[[str], Path], name: str
) -> None:
    recorded = probes_data(f"samples-{name}.jsonl.gz")
    found = imported_to(tmp_path / "evidence.jsonl.gz", "--samples", str(recorded))
    assert evaluated(found) == evaluated(recorded)


def test_a_second_model_is_a_look_in_the_line_or_named_later(
    tmp_path: Path, probes_data: Callable[[str], Path]
) -> None:
    file = probes_data("samples-dba-multihop.jsonl.gz")
    models = sorted({row.model for row in read_samples([file])})
    second = next(model for model in models if "70b" in model.lower())
    wanted = {row.question for row in read_samples([file])[:40]}
    kept = [line for _, line in lines(file) if json.loads(line)["question"] in wanted]
    recorded = tmp_path / "samples.jsonl"
    recorded.write_text("".join(kept), encoding="utf-8")
    inside = imported_to(tmp_path / "in.jsonl", "--samples", str(recorded), "--second-model", second)
    plain = imported_to(tmp_path / "plain.jsonl", "--samples", str(recorded))
    want = read_cases(recorded, (second,))
    assert read_cases(inside) == read_cases(plain, (second,)) == want
    assert sum(case.scores["cross_model"] is not None for case in want) > 20


def test_the_prior_takes_imported_evidence_too(tmp_path: Path) -> None:
    rows = [FRANCE, FRANCE | {"id": "2", "samples": None}, FRANCE | {"id": "3", "correct": None}]
    recorded = write(tmp_path / "a.jsonl", *rows)
    found = imported_to(tmp_path / "e.jsonl", "--samples", str(recorded))
    assert len(read_rows([found], Graded)) == 3
    assert labelled_rows([found]) == labelled_rows([recorded])
    assert len(labelled_rows([found])) == 1


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    rows = write(tmp_path / "a.jsonl", FRANCE)
    assert run(app, ["import", "--samples", str(rows)]).exit_code == 2
    assert run(app, ["import", "--samples", str(rows), "--out", "x", "--judge", "oracle"]).exit_code == 2
    absent = run(app, ["import", "--samples", str(tmp_path / "none.jsonl"), "--out", str(tmp_path / "x")])
    assert absent.exit_code == 1
    assert "none.jsonl" in absent.output
    nowhere = run(app, ["import", "--samples", str(rows), "--out", str(rows / "x.jsonl")])
    assert nowhere.exit_code == 1
    assert "cannot be written" in nowhere.output
