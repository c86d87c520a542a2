"""Evaluating: cross-fitted by question, within a model and pooled, abstentions counted, tables and documents."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from guard.calibration import Curve, Map, prior
from guard.signals import SIGNALS
from probes.cases import Case, read_cases
from probes.cli import app
from probes.evaluate import (
    COVERAGES,
    DIGITS,
    FOLDS,
    RISKS,
    Fused,
    abstention,
    as_text,
    by_maps,
    cross_fitted,
    evaluate,
    maps_for,
    statistics_of,
)
from probes.fit import Labelled
from probes.folds import splits
from probes.metrics import auroc
from probes.samples import evidence_of
from tests.probes.rows import FRANCE, sample, traits, write

run = CliRunner().invoke
STATISTICS = {
    "n",
    "auroc",
    "auroc_ci",
    "prr",
    "aurc",
    "e_aurc",
    "ece",
    "brier",
    "coverage_at_risk",
    "error_at_coverage",
}


def row_of(question: str, agreement: float, right: bool, model: str = "m", **fields: Any) -> Labelled:
    inputs = {"semantic_agreement": agreement, "cluster_share": (agreement * 4 + 1) / 5} | traits()
    return Labelled(inputs, int(right), "s", model, question, **fields)


def rows_of(n: int, seed: int = 0, models: tuple[str, ...] = ("m",)) -> list[Labelled]:
    """Every model answers every question; the chance of being right is the agreement."""
    dice = random.Random(seed)
    rows = []
    for number in range(n):
        for model in models:
            agreement = dice.randint(0, 4) / 4
            rows.append(row_of(f"q{number}", agreement, dice.random() < 0.1 + 0.8 * agreement, model))
    return rows


def cases_of(rows: list[Labelled]) -> list[Case]:
    return [Case(row, {name: row.inputs.get(name) for name in SIGNALS}) for row in rows]


# Cross-fitting


def test_a_row_is_scored_by_maps_that_have_not_seen_its_question() -> None:
    rows = rows_of(100, models=("a", "b"))
    found = cross_fitted(rows)
    for fitted_on, tested in splits(rows, FOLDS):
        inside = [rows[place] for place in tested]
        maps = maps_for(inside, [rows[place] for place in fitted_on])
        assert [replace(found[place], fold=0) for place in tested] == by_maps(maps, inside)
        assert len({found[place].fold for place in tested}) == 1


def test_labels_that_say_nothing_give_no_figure_that_says_something() -> None:
    """The control: with labels at random a leak between folds would show."""
    dice = random.Random(3)
    rows = [row_of(f"q{n}", dice.randint(0, 4) / 4, dice.random() < 0.5) for n in range(1500)]
    area = auroc([row.right for row in rows], [one.confidence for one in cross_fitted(rows)])
    assert area == pytest.approx(0.5, abs=0.04)


def test_confidences_are_rounded_and_zero_where_no_map_fits() -> None:
    maps = (Map(intercept=-1.0, weights={"semantic_agreement": 2.0}),)
    own_word = Labelled({"self_report.yes_no": 1.0}, 1, "s", "m", "q")
    expected = round(0.417430, DIGITS)
    assert by_maps(maps, [row_of("q", 1 / 3, True), own_word]) == [Fused(expected, expected), Fused(0.0, 0.0)]
    assert by_maps((), [row_of("q", 1.0, True)]) == [Fused(0.0, 0.0)]


def test_a_models_own_curve_moves_its_confidence_and_not_its_place() -> None:
    curve = Curve(shift=1.0, slope=2.0)
    maps = (Map(intercept=-1.0, weights={"semantic_agreement": 2.0}, curves={"m": curve}),)
    (one,) = by_maps(maps, [row_of("q", 1.0, True)])
    assert (one.confidence, one.place) == (pytest.approx(0.953, abs=1e-3), pytest.approx(0.731, abs=1e-3))


def test_two_models_of_other_base_rates_have_curves_of_their_own() -> None:
    """The same looks, and one model right far more often: its confidences are higher, and as true as the other's."""
    dice = random.Random(7)
    rows = []
    for number in range(400):
        for model, base in (("strong", 0.6), ("weak", 0.1)):
            agreement = dice.randint(0, 4) / 4
            rows.append(row_of(f"q{number}", agreement, dice.random() < base + 0.3 * agreement, model))
    found = evaluate(Path("a"), cases_of(rows))
    assert max(found["models"][model]["ece"] for model in ("strong", "weak")) < 0.07
    fused = [one.confidence for one in cross_fitted(rows)]
    means = [sum(f for f, r in zip(fused, rows, strict=True) if r.model == model) / 400 for model in ("strong", "weak")]
    assert means == [pytest.approx(0.75, abs=0.05), pytest.approx(0.25, abs=0.05)]


# Figures


def test_the_document_has_the_contracts_keys() -> None:
    found = evaluate(Path("a.jsonl"), cases_of(rows_of(100, models=("a", "b"))))
    assert found.keys() == {"file", "n", "accuracy", "signals", "fused", "models"}
    assert (found["file"], found["n"]) == ("a.jsonl", 200)
    assert found["signals"].keys() == {"cluster_share", "semantic_agreement"}
    own = {"within_model_auroc_mean", "within_model_error_ratio", "model_name_auroc", "abstention"}
    assert found["fused"].keys() == STATISTICS | own
    assert found["models"].keys() == {"a", "b"}
    for figures in (*found["signals"].values(), *found["models"].values()):
        assert figures.keys() == STATISTICS
        assert figures["coverage_at_risk"].keys() == set(RISKS) == {"0.05", "0.10", "0.20"}
        assert figures["error_at_coverage"].keys() == set(COVERAGES) == {"0.30", "0.50"}
    assert found["fused"]["within_model_error_ratio"].keys() == {"0.30", "0.50"}


def test_a_signal_is_measured_on_the_rows_that_have_it() -> None:
    cases = cases_of(rows_of(100))
    half = [Case(case.row, {**case.scores, "second_way": 1.0 if n % 2 else None}) for n, case in enumerate(cases)]
    found = evaluate(Path("a"), half)
    assert found["signals"]["second_way"]["n"] == 50
    assert found["fused"]["n"] == 100


def test_within_a_model_the_base_rates_do_not_help() -> None:
    """A strong and a weak model, each with scores that say nothing: pooled flatters, within does not."""
    dice = random.Random(4)
    rows = []
    for number in range(300):
        for model, rate in (("strong", 0.9), ("weak", 0.2)):
            agreement = min(max(dice.gauss(0.9 if model == "strong" else 0.3, 0.1), 0.0), 1.0)
            rows.append(row_of(f"q{number}", agreement, dice.random() < rate, model))
    found = evaluate(Path("a"), cases_of(rows))
    fused = found["fused"]
    assert found["signals"]["semantic_agreement"]["auroc"] > 0.75
    assert fused["model_name_auroc"] > 0.8
    assert fused["within_model_auroc_mean"] == pytest.approx(0.5, abs=0.06)
    assert fused["within_model_error_ratio"]["0.30"] == pytest.approx(1.0, abs=0.3)


def test_the_mean_within_is_of_models_with_enough_rows_and_both_labels() -> None:
    rows = rows_of(100, models=("a", "b"))
    rows += [row_of(f"q{n}", 1.0, True, "always right") for n in range(100)]
    rows += [row_of(f"q{n}", n % 2, n % 2 == 0, "few") for n in range(59)]
    found = evaluate(Path("a"), cases_of(rows))
    areas = [found["models"][model]["auroc"] for model in ("a", "b")]
    assert found["fused"]["within_model_auroc_mean"] == pytest.approx(sum(areas) / 2)
    errors = [1 - sum(row.right for row in rows if row.model == model) / 100 for model in ("a", "b")]
    kept = [found["models"][model]["error_at_coverage"]["0.30"] for model in ("a", "b")]
    ratio = sum(one / error for one, error in zip(kept, errors, strict=True)) / 2
    assert found["fused"]["within_model_error_ratio"]["0.30"] == pytest.approx(ratio)
    assert found["models"]["always right"]["auroc"] is None


def test_rows_to_fit_on_take_the_place_of_cross_fitting() -> None:
    rows, others = rows_of(100, 1), rows_of(100, 2)
    fused = [one.confidence for one in by_maps(maps_for(rows, others), rows)]
    found = evaluate(Path("a"), cases_of(rows), others)["fused"]
    assert found["auroc"] == auroc([row.right for row in rows], fused)
    assert found["brier"] == statistics_of([row.right for row in rows], fused).brier


def test_no_rows_are_no_figures() -> None:
    found = evaluate(Path("a"), [])
    assert (found["n"], found["accuracy"], found["signals"], found["models"]) == (0, None, {}, {})
    assert found["fused"]["auroc"] is None
    assert found["fused"]["within_model_auroc_mean"] is None
    json.dumps(found, allow_nan=False)


# Abstentions


def test_abstaining_is_counted_at_the_priors_threshold_and_for_the_model_itself() -> None:
    limit = prior().threshold
    rows = [
        row_of("a", 1.0, False, should_abstain=True),  # withheld: right to
        row_of("b", 1.0, True, should_abstain=False),  # withheld: wrong to
        row_of("c", 1.0, False, should_abstain=True),  # released: missed
        row_of("d", 1.0, False, should_abstain=True, abstained=True),  # by itself, at any confidence
        row_of("e", 1.0, True, should_abstain=False),
        row_of("f", 1.0, True),  # says nothing of it
    ]
    found = abstention(rows, [Fused(sure, 0.5) for sure in (limit - 0.01, 0.0, limit, 1.0, limit, 0.0)])
    assert found == {"precision": pytest.approx(2 / 3), "recall": pytest.approx(2 / 3), "f1": pytest.approx(2 / 3)}
    assert abstention(rows[-1:], [Fused(0.0, 0.0)]) is None


# Files


def france(number: int, right: bool, **changes: Any) -> dict[str, Any]:
    draws = ["Paris"] * (4 if right else 1) + ["Lyon"] * (0 if right else 3)
    row = {"id": str(number), "question": f"What is the capital of France, {number}?", "samples": draws}
    return FRANCE | row | {"correct": right, "should_abstain": False} | changes


def samples_in(folder: Path, n: int = 150) -> Path:
    rows = [france(n_, n_ % 3 > 0, model=model) for n_ in range(n) for model in ("m", "other")]
    return write(folder / "a.jsonl", *rows, france(9999, True, correct=None))


def test_samples_and_graded_evidence_are_told_apart_and_read_the_same(tmp_path: Path) -> None:
    recorded = [sample(id="1"), sample(id="2", question="And of Italy?", correct=False, should_abstain=True)]
    lines = [
        json.loads(evidence_of(row).to_json())
        | {"correct": row.correct, "should_abstain": row.should_abstain, "source": row.source}
        for row in recorded
    ]
    graded = write(tmp_path / "graded.jsonl", *lines, lines[0] | {"correct": None})
    plain = write(tmp_path / "plain.jsonl", *(json.loads(row.model_dump_json()) for row in recorded))
    assert read_cases(graded) == read_cases(plain)
    assert [case.row.right for case in read_cases(graded)] == [1, 0]


def test_a_second_model_is_a_look_in_both_kinds_of_files(tmp_path: Path) -> None:
    recorded = [sample(), sample(model="other", greedy="It is Paris."), sample(model="third", greedy="Lyon")]
    lines = [json.loads(evidence_of(row).to_json()) | {"correct": True} for row in recorded]
    graded = write(tmp_path / "graded.jsonl", *lines)
    plain = write(tmp_path / "plain.jsonl", *(json.loads(row.model_dump_json()) for row in recorded))
    for path in (graded, plain):
        scores = [case.scores["cross_model"] for case in read_cases(path, ("other", "third"))]
        assert scores == pytest.approx([1.0, 0.0, 0.0], abs=0.02)
        assert [case.scores["cross_model"] for case in read_cases(path)] == [None] * 3


def test_the_command_prints_a_table_or_one_document(tmp_path: Path) -> None:
    path = samples_in(tmp_path)
    plain = run(app, ["evaluate", "--samples", str(path)])
    assert plain.exit_code == 0, plain.output
    assert plain.stdout.startswith("a.jsonl: 300 answers, 0.667 right")
    for line in ("semantic_agreement", "fused", "  other", "within a model, mean: AUROC 1.000", "abstaining below 0.6"):
        assert line in plain.stdout
    told = run(app, ["evaluate", "--samples", str(path), "--samples", str(path), "--json", "--second-model", "other"])
    first, second = json.loads(told.stdout)["files"]
    assert first == second
    assert first["n"] == 300
    assert first["signals"]["cross_model"]["n"] == 150
    assert first["fused"]["abstention"] == {"precision": 0.0, "recall": None, "f1": 0.0}
    assert as_text(first).count("\n") == plain.stdout.rstrip("\n").count("\n") + 2


def test_the_command_fits_on_other_files(tmp_path: Path) -> None:
    path = samples_in(tmp_path)
    told = run(app, ["evaluate", "--samples", str(path), "--fit", str(path), "--json"])
    assert told.exit_code == 0, told.output
    (found,) = json.loads(told.stdout)["files"]
    assert found["fused"]["auroc"] == 1.0


@pytest.mark.parametrize("options", [[], ["--judge", "oracle"]], ids=["no file", "no such judge"])
def test_wrong_usage(tmp_path: Path, options: list[str]) -> None:
    named = ["--samples", str(samples_in(tmp_path, 3))] if options else []
    assert run(app, ["evaluate", *named, *options]).exit_code == 2


@pytest.mark.parametrize(
    "line", ["{", '{"schema": "evidence/1"}', '{"id": "1"}'], ids=["no JSON", "evidence", "sample"]
)
def test_a_bad_file_is_one_message(tmp_path: Path, line: str) -> None:
    result = run(app, ["evaluate", "--samples", str(write(tmp_path / "a.jsonl", line))])
    assert result.exit_code == 1
    assert "a.jsonl:1" in result.output
    assert "Traceback" not in result.output
