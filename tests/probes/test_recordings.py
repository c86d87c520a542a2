from pathlib import Path
from statistics import mean

import pytest

import probes
from probes.grade import grade_by_reference
from probes.probe import Question
from probes.record import SYSTEM
from probes.samples import Sample, evidence_of, lines, read_samples
from probes.sets import RECORDED, SETS

FOLDER = Path(probes.__file__).parent / "recordings"
NORMAL, HOT = "smollm2-135m", "smollm2-135m-hot"
TEMPERATURES = {NORMAL: (0.0, 0.8), HOT: (1.6, 1.6)}
DRAWS, MOST_TOKENS = 6, 24


@pytest.fixture(scope="module")
def recordings() -> dict[str, list[Sample]]:
    return {model: read_samples([FOLDER / f"{model}.jsonl.gz"]) for model in (NORMAL, HOT)}


@pytest.fixture(scope="module")
def asked() -> dict[str, Question]:
    return {question.id: question for name in SETS for question in SETS[name]()}


def right(rows: list[Sample]) -> float:
    """Share of right candidates among the questions that have an answer."""
    return mean(row.correct is True for row in rows if not row.should_abstain)


def test_both_files_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.jsonl.gz")) < 2_500_000


@pytest.mark.parametrize("model", [NORMAL, HOT])
def test_there_are_enough_rows_with_distinct_ids(recordings: dict[str, list[Sample]], model: str) -> None:
    rows = recordings[model]
    assert len(rows) >= 1_500
    assert len({row.id for row in rows}) == len(rows)
    assert {row.model for row in rows} == {model}
    assert {row.source for row in rows} == {f"own-{name}" for name in RECORDED}


@pytest.mark.parametrize("model", [NORMAL, HOT])
def test_every_field_of_the_format_stands_in_every_row(model: str) -> None:
    fields = [
        "id", "source", "model", "question", "context", "references", "greedy", "samples", "greedy_logprobs",
        "sample_logprobs", "greedy_verbalized", "verbalized", "self_check", "idk_prompt_abstained",
        "decomposed", "correct", "should_abstain", "label_source", "system",
    ]  # fmt: skip
    for number, line in lines(FOLDER / f"{model}.jsonl.gz"):
        assert all(f'"{field}":' in line for field in fields), number


@pytest.mark.parametrize("model", [NORMAL, HOT])
def test_rows_ask_what_the_sets_ask(
    recordings: dict[str, list[Sample]], asked: dict[str, Question], model: str
) -> None:
    for row in recordings[model]:
        question = asked[row.id]
        assert row.question == question.question
        assert row.source == question.source
        assert row.should_abstain is question.should_abstain
        assert row.references == (None if question.references is None else list(question.references)), row.id


@pytest.mark.parametrize("model", [NORMAL, HOT])
def test_draws_and_log_probabilities_are_whole(recordings: dict[str, list[Sample]], model: str) -> None:
    for row in recordings[model]:
        assert row.samples is not None
        assert row.sample_logprobs is not None
        assert len(row.samples) == len(row.sample_logprobs) == DRAWS
        texts, logprobs = [row.greedy, *row.samples], [row.greedy_logprobs, *row.sample_logprobs]
        for text, values in zip(texts, logprobs, strict=True):
            if not text:
                continue  # the model stopped at once: nothing to be probable
            assert values is not None
            assert 0 < len(values) <= MOST_TOKENS, row.id
            assert all(value <= 0 and round(value, 3) == value for value in values), row.id
        assert isinstance(row.self_check, bool)
        assert row.verbalized is None
        assert row.decomposed is None


@pytest.mark.parametrize("model", [NORMAL, HOT])
def test_rows_say_how_they_were_made(recordings: dict[str, list[Sample]], model: str) -> None:
    candidate, draws = TEMPERATURES[model]
    for row in recordings[model]:
        extra = row.model_extra or {}
        assert extra["system"] == SYSTEM
        assert (extra["candidate_temperature"], extra["temperature"]) == (candidate, draws)
        assert row.label_source == "reference"


@pytest.mark.parametrize("model", [NORMAL, HOT])
def test_labels_follow_from_the_grader(recordings: dict[str, list[Sample]], model: str) -> None:
    for row in recordings[model]:
        expected = not row.should_abstain and grade_by_reference(row.greedy, row.references or [])
        assert row.correct is expected, row.id


def test_the_model_is_right_sometimes_and_the_hot_one_less_often(
    recordings: dict[str, list[Sample]],
) -> None:
    assert 0.2 < right(recordings[NORMAL]) < 0.7
    assert 0.2 < mean(row.correct is True for row in recordings[NORMAL]) < 0.7
    assert 0.1 < right(recordings[HOT]) < right(recordings[NORMAL]) - 0.05


def test_right_answers_agree_more_with_their_draws_than_wrong_ones(
    recordings: dict[str, list[Sample]],
) -> None:
    rows = [row for row in recordings[NORMAL] if not row.should_abstain][::4]
    agreement = {row.id: mean(evidence_of(row).similarities[0][1:]) for row in rows}
    of_right = mean(agreement[row.id] for row in rows if row.correct)
    of_wrong = mean(agreement[row.id] for row in rows if not row.correct)
    assert of_right > of_wrong + 0.1


def test_the_hot_model_agrees_less_with_itself(recordings: dict[str, list[Sample]]) -> None:
    means = {
        model: mean(mean(evidence_of(row).similarities[0][1:]) for row in rows[::8])
        for model, rows in recordings.items()
    }
    assert means[HOT] < means[NORMAL] - 0.1
