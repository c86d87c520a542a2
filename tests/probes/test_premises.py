"""`probes premises` and the fitting of its weights: figures, what is left out, determinism."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from guard.doubt import FEATURES
from guard.doubt.features import FREE
from guard.doubt.weights import WEIGHTS, Weights, shipped
from guard.errors import ConfigurationError
from probes.cli import app
from probes.premises import as_lines, doubted, fold_of
from probes.premises_fit import Response, fit, fit_own, log_odds, read_responses, spoken_of
from tests.probes.rows import write

MIP = "responses-mip.jsonl.gz"
GIVEN = "A box holds {n} pens and Ann has {m} boxes. How many pens has Ann?"
LACKING = "A box holds {n} pens and Ann has some boxes in her {m} bags. How many pens has Ann?"
SOLVED = ("Multiply {n} by {m}. The answer is {n}.", "{n} * {m} pens, so Ann has {n} of them.", "It is {m}{n}.")
NOTICED = (
    "The number of boxes is not given, so we cannot say. Please provide it.",
    "Let's assume 3 boxes, as the problem does not specify it: {n} * 3 pens.",
    "Without knowing the number of boxes the answer is {n}x, in terms of x.",
)


def response(number: int, lacking: bool, model: str, noticed: bool | None = None, **fields: Any) -> dict[str, Any]:
    words = NOTICED if (lacking if noticed is None else noticed) else SOLVED
    place = {"n": number + 11, "m": number % 7 + 2}
    return {
        "id": f"{model}/{number}",
        "source": "pens",
        "model": model,
        "question": (LACKING if lacking else GIVEN).format(**place),
        "response": words[number % 3].format(**place),
        "should_abstain": lacking,
        "abstained": lacking and number % 4 == 0,
        **fields,
    }


def recorded(models: tuple[str, ...] = ("a", "b"), count: int = 40) -> list[dict[str, Any]]:
    """Rows of models that notice what is missing, but for every ninth question."""
    return [
        response(number, lacking, model, noticed=lacking != (number % 9 == 0))
        for model in models
        for number in range(count)
        for lacking in (False, True)
    ]


@pytest.fixture
def responses(tmp_path: Path) -> Path:
    return write(tmp_path / "responses.jsonl", *recorded())


def run(*words: str | Path) -> Any:
    result = CliRunner().invoke(app, ["premises", *map(str, words), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


# Reading


def test_a_think_block_is_reasoning_and_the_recorded_length_counts() -> None:
    row = Response(model="m", question="q", response="<think>Hmm.</think>It is 7.", response_chars=5_000)
    spoken = spoken_of(row)
    assert (spoken.reasoning, spoken.answer, spoken.final, spoken.chars) == ("Hmm.", "It is 7.", "It is 7", 5_000)
    hidden = spoken_of(row, visible_only=True)
    assert (hidden.reasoning, hidden.answer, hidden.chars) == ("", "It is 7.", 0)


def test_rows_that_do_not_say_whether_they_can_be_answered_are_left_out(tmp_path: Path) -> None:
    rows = [response(1, True, "a"), response(2, False, "a", should_abstain=None)]
    (read,) = read_responses([write(tmp_path / "r.jsonl", *rows)])
    assert read.lacking
    assert len(read.features) == len(FEATURES)


def test_a_row_that_is_no_response_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"r\.jsonl:1: response"):
        read_responses([write(tmp_path / "r.jsonl", {"model": "m", "question": "q"})])


def test_a_question_stays_in_one_fold() -> None:
    assert fold_of("How many?") == fold_of(" how  MANY?")
    assert {fold_of(GIVEN.format(n=n, m=n)) for n in range(60)} == set(range(5))


# Fitting


def test_the_same_rows_give_the_same_weights_with_their_signs(responses: Path) -> None:
    rows = read_responses([responses])
    found = fit(rows)
    assert found == fit(read_responses([responses]))
    assert tuple(found.weights) == FEATURES
    assert all(weight >= 0 for name, weight in found.weights.items() if name not in FREE)
    assert found.weights["any.unstated"] > 0
    noticed, solved = (log_odds(found, [rows[place]])[0] for place in (3, 2))
    assert noticed > 0 > solved


def test_every_source_weighs_the_same(responses: Path, tmp_path: Path) -> None:
    once = read_responses([responses])
    other = [row | {"source": "cups"} for row in recorded(("c",), 20)]
    twice = read_responses([write(tmp_path / "other.jsonl", *other, *other)])
    assert fit([*once, *twice]).weights == pytest.approx(fit([*once, *twice, *twice]).weights, abs=0.2)


def test_one_kind_of_questions_cannot_be_fitted(responses: Path) -> None:
    rows = [read for read in read_responses([responses]) if read.lacking]
    with pytest.raises(ConfigurationError, match="questions of both kinds"):
        fit(rows)
    assert fit_own(shipped(), rows) == shipped()


def test_a_models_own_rows_move_the_weights_from_where_they_start(responses: Path) -> None:
    rows = read_responses([responses])
    pooled = shipped()
    own = fit_own(pooled, rows)
    assert own.calm == pooled.calm
    assert own.weights != pooled.weights
    assert fit_own(pooled, rows[:2]).weights != own.weights


# Figures


def test_figures_for_every_source_and_model(responses: Path) -> None:
    (file,) = run("--responses", responses)["files"]
    assert file["file"] == "responses.jsonl"
    assert set(file["sources"]["pens"]) == {"a", "b"}
    for figures in file["sources"]["pens"].values():
        assert set(figures) == {"n", "auroc", "auroc_ci", "recall_at_5", "own_abstention"}
        low, high = figures["auroc_ci"]
        assert 0.7 < low <= figures["auroc"] <= high <= 1
        assert figures["n"] == 80
        assert figures["own_abstention"] == 0.25
        assert 0 <= figures["recall_at_5"] <= 1


def test_a_source_with_one_kind_of_questions_has_null_figures(tmp_path: Path, responses: Path) -> None:
    extra = [response(number, True, "a", source="only", abstained=None) for number in range(6)]
    path = write(tmp_path / "both.jsonl", *recorded(), *extra)
    (file,) = run("--responses", path)["files"]
    assert file["sources"]["only"]["a"] == {
        "n": 6,
        "auroc": None,
        "auroc_ci": None,
        "recall_at_5": None,
        "own_abstention": None,
    }


def test_words_that_say_nothing_have_chance_figures(tmp_path: Path) -> None:
    rows = [response(n, lacking, model, noticed=n % 2 == 0) for model in "ab" for n in range(40) for lacking in (0, 1)]
    (file,) = run("--responses", write(tmp_path / "r.jsonl", *rows))["files"]
    for figures in file["sources"]["pens"].values():
        assert 0.3 < figures["auroc"] < 0.7


def test_the_tested_model_and_the_tested_questions_are_not_fitted_on(tmp_path: Path) -> None:
    """Model `a` voices doubt just where nothing is missing: weights that knew it would turn that round or lose it."""
    contrary = [response(n, lacking, "a", noticed=not lacking) for n in range(40) for lacking in (False, True)]
    rows = read_responses([write(tmp_path / "r.jsonl", *contrary, *recorded(("b", "c")))])
    found = doubted(rows)["pens"]
    assert (found["a"].auroc or 0) < 0.2
    assert doubted(rows, [*rows, *(read for read in rows if read.row.model == "a")])["pens"]["a"] == found["a"]
    without = [read for read in rows if read.row.model != "a"]
    assert doubted([read for read in rows if read.row.model == "a"], without)["pens"]["a"] == found["a"]


def test_questions_of_the_tested_fold_do_not_reach_the_fit(tmp_path: Path) -> None:
    """Other models' rows of the same questions, with labels turned round, change nothing: they are left out."""
    rows = read_responses([write(tmp_path / "r.jsonl", *[row for row in recorded(("a",)) if _fold(row) == 0])])
    pool = read_responses([write(tmp_path / "p.jsonl", *recorded(("b",)))])
    same = [row | {"should_abstain": not row["should_abstain"]} for row in recorded(("c",)) if _fold(row) == 0]
    turned = read_responses([write(tmp_path / "t.jsonl", *same)])
    assert doubted(rows, [*pool, *turned]) == doubted(rows, pool)


def _fold(row: dict[str, Any]) -> int:
    return fold_of(row["question"])


def test_within_learns_what_is_particular_to_a_model(tmp_path: Path) -> None:
    """A model that assumes when all is given and waits when it is not: pooled weights rank it wrongly."""
    habit = [
        response(n, lacking, "a") | {"response": ("Wait, hmm. " if lacking else "Let's assume so. ") + f"It is {n}."}
        for n in range(60)
        for lacking in (False, True)
    ]
    path = write(tmp_path / "r.jsonl", *habit, *recorded(("b", "c")))
    without = run("--responses", path)["files"][0]["sources"]["pens"]["a"]["auroc"]
    within = run("--responses", path, "--within")["files"][0]["sources"]["pens"]["a"]["auroc"]
    assert within > max(without, 0.9)


def test_a_single_model_needs_another_file_or_within(tmp_path: Path, responses: Path) -> None:
    path = write(tmp_path / "one.jsonl", *recorded(("z",)))
    refused = CliRunner().invoke(app, ["premises", "--responses", str(path)])
    assert refused.exit_code == 1
    assert "nothing is left to fit on without 'z'" in refused.output
    assert "--fit" in refused.output
    assert run("--responses", path, "--within")["files"][0]["sources"]["pens"]["z"]["auroc"] > 0.7
    assert run("--responses", path, "--fit", responses)["files"][0]["sources"]["pens"]["z"]["auroc"] > 0.7


def test_several_files_and_the_lines_in_the_terminal(responses: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other.jsonl", *recorded(("c", "d"), 20))
    assert [file["file"] for file in run("--responses", responses, "--responses", other)["files"]] == [
        "responses.jsonl",
        "other.jsonl",
    ]
    shown = CliRunner().invoke(app, ["premises", "--responses", str(responses)])
    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[0] == "responses.jsonl"
    assert "mean of 2" in shown.stdout
    assert all(len(line) <= 120 for line in as_lines(doubted(read_responses([responses]))))


# The commands


def test_fitting_writes_weights_that_the_guard_reads(responses: Path, tmp_path: Path) -> None:
    out = tmp_path / "weights.json"
    words = ["premises-fit", "--responses", str(responses), "--out", str(out)]
    result = CliRunner().invoke(app, [*words, "--json"])
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert (document["n"], document["features"]) == (160, len(FEATURES))
    assert Weights.model_validate_json(out.read_text()) == fit(read_responses([responses]))
    before = out.read_bytes()
    assert CliRunner().invoke(app, words).stdout.startswith(f"{out}: ")
    assert out.read_bytes() == before


def test_weights_that_cannot_be_written_are_told(responses: Path, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "weights.json"
    result = CliRunner().invoke(app, ["premises-fit", "--responses", str(responses), "--out", str(out)])
    assert result.exit_code == 1
    assert "cannot be written" in result.output


@pytest.mark.parametrize("command", [["premises"], ["premises-fit", "--out", "x.json"]])
def test_a_missing_extra_is_named(
    command: list[str], responses: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    result = CliRunner().invoke(app, [*command, "--responses", str(responses)])
    assert result.exit_code == 1
    assert "abstention-guard[probes]" in result.output


# Recorded answers of real models, where they are at hand


@pytest.fixture
def mip(probes_data: Callable[[str], Path]) -> Path:
    return probes_data(MIP)


def test_the_shipped_weights_are_those_of_the_recorded_answers(mip: Path) -> None:
    found = fit(read_responses([mip]))
    assert found.weights == pytest.approx(shipped().weights, abs=0.02)
    assert found.intercept == pytest.approx(shipped().intercept, abs=0.05)
    assert WEIGHTS.read_text().endswith("}\n")


def test_the_aims_on_the_recorded_answers(mip: Path) -> None:
    (file,) = run("--responses", mip)["files"]
    means = {}
    for source in ("mip-gsm8k", "mip-math"):
        found = [row["auroc"] for row in file["sources"][source].values() if row["auroc"] is not None]
        means[source] = (len(found), sum(found) / len(found))
    assert means["mip-gsm8k"][0] == 7
    assert means["mip-gsm8k"][1] > 0.89
    assert means["mip-math"][0] == 10
    assert means["mip-math"][1] > 0.79
    assert all(row["auroc"] is None for row in file["sources"]["mip-svamp"].values())
