"""`probes judge` and the fitting of its weights: figures, halves, folds, determinism."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from guard.errors import ConfigurationError
from guard.judges.features import FEATURES
from guard.judges.trees import Tables, Trees, shipped
from probes.cli import app
from probes.judge_fit import fit, fit_vectors, judge_fit_command, labels_of, vectors
from probes.judging import accuracy_both_ways, best_threshold, judge_files, tpr_at
from probes.pairs import Pair, fold_of, read_pairs, simply

CITIES = "Paris London Berlin Madrid Rome Vienna Warsaw Oslo Athens Lisbon Dublin Prague".split()


def pair(question: str, a: str, b: str, equivalent: bool) -> dict[str, object]:
    return {"question": question, "a": a, "b": b, "equivalent": equivalent, "source": "ours"}


def rows() -> list[dict[str, object]]:
    found = []
    for number in range(400):
        city, other = CITIES[number % 12], CITIES[(number * 5 + 1) % 12]
        question = f"What is the capital of country {number}?"
        found.append(pair(question, city, f"It is {city}, as everybody knows", True))
        if other != city:
            found.append(pair(question, city, f"It is {other}, as everybody knows", False))
    return found


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.jsonl.gz"
    equal = pair("Which city?", "The Paris!", "paris", True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in [equal, *rows()])
    return path


# Pairs


def test_pairs_that_normalise_to_the_same_are_left_out(pairs: Path) -> None:
    file = read_pairs(pairs)
    assert len(file.pairs) == len(rows())
    assert simply("The  ＰARIS, a city!") == "paris city"


def test_the_digest_is_of_the_content(pairs: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jsonl"
    copy.write_text(gzip.decompress(pairs.read_bytes()).decode())
    assert read_pairs(copy).digest == read_pairs(pairs).digest
    copy.write_text("\n".join(copy.read_text().splitlines()[1:]))
    assert read_pairs(copy).digest != read_pairs(pairs).digest


def test_a_question_stays_in_one_fold() -> None:
    one, two = (Pair(question=text, a="x", b="y", equivalent=True) for text in ("Who was it?", " who  was it?"))
    assert fold_of(one, 5) == fold_of(two, 5)
    folds = {fold_of(Pair.model_validate(row), 5) for row in rows()}
    assert folds == set(range(5))


def test_a_row_that_is_no_pair_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"question": "q", "a": "x"}\n')
    with pytest.raises(ConfigurationError, match=r"bad\.jsonl:1: b"):
        read_pairs(path)


# Figures


def test_the_threshold_is_chosen_on_the_other_half() -> None:
    labels = np.array([True, True, False, False] * 2)
    scores = np.array([0.9, 0.8, 0.2, 0.1, 0.9, 0.3, 0.2, 0.1])
    halves = np.array([False] * 4 + [True] * 4)
    # 0.8 from the first half misses one of the second; 0.3 from the second is right on the first.
    assert accuracy_both_ways(labels, scores, halves) == 7 / 8
    assert accuracy_both_ways(labels, scores, np.ones(8, dtype=bool)) is None


def test_the_best_threshold_never_splits_equal_scores() -> None:
    assert best_threshold(np.array([True, False, True]), np.array([0.5, 0.5, 0.9])) == 0.9
    assert best_threshold(np.array([False, False]), np.array([0.5, 0.9])) == float("inf")


def test_true_positives_at_five_per_cent_false_alarms() -> None:
    labels = np.array([True] * 10 + [False] * 100)
    scores = np.concatenate([np.linspace(0.5, 1.0, 10), np.linspace(0.0, 0.7, 100)])
    bound = np.sort(scores[10:])[::-1][5]
    assert tpr_at(labels, scores, 0.05) == (scores[:10] > bound).mean()
    assert tpr_at(labels[:10], scores[:10], 0.05) is None


# Fitting


def test_the_same_pairs_give_the_same_weights(pairs: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "one.json", tmp_path / "two.json"
    judge_fit_command([pairs], first)
    judge_fit_command([pairs], second)
    assert first.read_bytes() == second.read_bytes()
    tables = Tables.model_validate_json(first.read_text())
    assert tables.features == FEATURES
    assert tables.sources == (read_pairs(pairs).digest,)


def test_the_exported_numbers_are_the_fitted_model(pairs: Path) -> None:
    from sklearn.metrics import roc_auc_score

    file = read_pairs(pairs)
    trees = Trees(fit([file]))
    odds = [trees.log_odds(vector) for vector in vectors(file.pairs)]
    assert roc_auc_score(labels_of(file.pairs), odds) > 0.95


def test_more_agreement_never_lowers_the_odds(pairs: Path) -> None:
    file = read_pairs(pairs)
    inputs, labels = vectors(file.pairs), labels_of(file.pairs)
    trees, place = Trees(fit_vectors([inputs], [labels])), FEATURES.index("containment_new")
    for vector in inputs[:50]:
        odds = []
        for value in (-1.0, 0.0, 0.5, 1.0):
            vector[place] = value
            odds.append(trees.log_odds(vector))
        assert odds == sorted(odds)


def test_the_shipped_weights_fit_the_features() -> None:
    tables = shipped().tables
    assert tables.features == FEATURES
    assert {len(nodes) for nodes in tables.nodes} == {2**tables.depth - 1}
    assert {len(leaves) for leaves in tables.leaves} == {2**tables.depth}
    assert max(map(max, tables.nodes)) < len(FEATURES)
    assert len(tables.sources) == 2


# The command


def test_figures_of_a_file_that_the_weights_do_not_know(pairs: Path) -> None:
    (one,) = judge_files([pairs])
    assert one.n == len(rows())
    assert not one.cross_fitted
    assert one.auroc is not None
    assert one.auroc > 0.95
    assert one.accuracy is not None
    assert one.accuracy > 0.9
    assert 0 < one.cpu_ms_per_pair < 20


def test_fitted_first(pairs: Path) -> None:
    (one,) = judge_files([pairs], fit=[pairs])
    assert one.auroc is not None
    assert one.auroc > 0.95
    assert not one.cross_fitted


def test_an_unknown_judge_is_told(pairs: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is lexical"):
        judge_files([pairs], judge="nli")


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["judge", *arguments])
    return done.exit_code, done.output


def test_the_command_prints_one_document(pairs: Path) -> None:
    status, output = run("--pairs", str(pairs), "--json")
    assert status == 0
    (row,) = json.loads(output)["files"]
    assert set(row) == {"file", "n", "auroc", "accuracy", "tpr_at_5_fpr", "cpu_ms_per_pair"}
    assert row["file"] == "pairs.jsonl.gz"


def test_the_command_prints_a_line_for_readers(pairs: Path) -> None:
    status, output = run("--pairs", str(pairs))
    assert status == 0
    assert output.startswith("pairs.jsonl.gz")
    assert "AUROC" in output


def test_the_command_tells_what_is_wrong(tmp_path: Path) -> None:
    status, output = run("--pairs", str(tmp_path / "absent.jsonl"))
    assert status == 1
    assert "absent.jsonl" in output


def test_files_are_given_repeatedly(pairs: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(gzip.decompress(pairs.read_bytes()).decode())
    named = ["--pairs", str(pairs), "--pairs", str(other)]
    status, output = run(*named, "--fit", str(pairs), "--judge", "lexical", "--json")
    assert status == 0, output
    assert [row["file"] for row in json.loads(output)["files"]] == ["pairs.jsonl.gz", "other.jsonl"]


def test_a_figure_that_is_undefined_is_null(tmp_path: Path) -> None:
    one = tmp_path / "one.jsonl"
    one.write_text(json.dumps(pair("Which city?", "Paris", "It is Paris", True)) + "\n")
    status, output = run("--pairs", str(one), "--json")
    assert status == 0
    (row,) = json.loads(output)["files"]
    assert (row["n"], row["auroc"], row["accuracy"], row["tpr_at_5_fpr"]) == (1, None, None, None)


def test_wrong_usage(pairs: Path) -> None:
    assert run()[0] == 2
    status, output = run("--pairs", str(pairs), "--judge", "oracle")
    assert status == 2
    assert "lexical" in output
    assert CliRunner().invoke(app, ["judge-fit", "--pairs", str(pairs)]).exit_code == 2


def test_a_missing_extra_is_named(pairs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.ensemble", None)
    for arguments in (["judge", "--fit", str(pairs)], ["judge-fit", "--out", str(tmp_path / "weights.json")]):
        done = CliRunner().invoke(app, [*arguments, "--pairs", str(pairs)])
        assert done.exit_code == 1
        assert "pip install 'abstention-guard[probes]'" in done.output


def test_weights_are_fitted_by_the_command_the_same_every_time(pairs: Path, tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        done = CliRunner().invoke(app, ["judge-fit", "--pairs", str(pairs), "--out", str(tmp_path / name), "--json"])
        assert done.exit_code == 0, done.output
        document = json.loads(done.stdout)
        assert (document["files"], document["n"]) == (1, len(rows()))
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert Tables.model_validate_json((tmp_path / "a.json").read_bytes()).features == FEATURES
    nowhere = CliRunner().invoke(app, ["judge-fit", "--pairs", str(pairs), "--out", str(tmp_path / "none" / "w")])
    assert nowhere.exit_code == 1
    assert "cannot be written" in nowhere.output


@pytest.mark.slow
def test_figures_on_the_files_that_the_weights_know(probes_data: Callable[[str], Path]) -> None:
    files = [probes_data(f"equivalence-{name}.jsonl.gz") for name in ("dba-consistency", "evouna")]
    consistency, evouna = judge_files(files)
    assert consistency.cross_fitted
    assert evouna.cross_fitted
    assert (consistency.auroc or 0) > 0.92
    assert (evouna.auroc or 0) > 0.87
