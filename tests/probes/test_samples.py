from __future__ import annotations

import gzip
import json
import math
from pathlib import Path

import pytest

from guard.errors import ConfigurationError
from guard.evidence import Evidence
from guard.signals import scores_of
from probes.samples import evidence_of, read_samples, seconds_of
from tests.probes.rows import FRANCE, sample, write


def test_a_row_becomes_the_evidence_that_a_live_request_would_have_brought() -> None:
    evidence = evidence_of(sample())
    assert evidence.candidate.final == "Paris"
    assert [draw.text for draw in evidence.draws] == ["Paris", "Lyon", "It is Paris."]
    assert evidence.asked == 3
    assert evidence.clusters == (0, 0, 1, 0)
    assert evidence.candidate.logprob == pytest.approx(-0.2)
    assert evidence.draws[2].logprob is None
    assert Evidence.from_json(evidence.to_json()) == evidence


def test_the_signals_of_a_row() -> None:
    scores = dict(scores_of(evidence_of(sample())))
    assert scores["cluster_share"] == pytest.approx(3 / 4)
    assert scores["semantic_agreement"] == pytest.approx(2 / 3, abs=0.05)
    assert scores["self_report"] == 1.0
    assert scores["token_probability"] == pytest.approx(math.exp(-0.2), abs=1e-6)


def test_a_stated_number_is_taken_before_a_yes_or_no() -> None:
    report = evidence_of(sample(greedy_verbalized=0.8)).self_report
    assert report is not None
    assert (report.value, report.form) == (0.8, "number")


@pytest.mark.parametrize("said", [1.7, -0.2])
def test_a_stated_number_outside_the_unit_is_held_to_it(said: float) -> None:
    report = evidence_of(sample(greedy_verbalized=said)).self_report
    assert report is not None
    assert report.value in (0.0, 1.0)


@pytest.mark.parametrize(
    ("changes", "affirmed"),
    [
        ({"self_check": True}, True),
        ({"self_check": False}, False),
        ({"greedy_verbalized": 0.5}, True),
        ({"greedy_verbalized": 0.49, "self_check": True}, False),
    ],
)
def test_the_yes_or_no_of_a_row(changes: dict[str, object], affirmed: bool) -> None:
    report = evidence_of(sample(**changes)).self_report
    assert report is not None
    assert report.affirmed is affirmed


def test_a_decomposition_and_a_second_models_row_are_looks() -> None:
    evidence = evidence_of(sample(decomposed="Lyon"), second=sample(model="other", greedy="It is Paris."))
    assert evidence.second_way is not None
    assert evidence.cross_model is not None
    assert evidence.second_way.similarities == pytest.approx((0.0, 0.0, 1.0, 0.0), abs=0.02)
    assert evidence.cross_model.similarities == pytest.approx((1.0, 1.0, 0.0, 1.0), abs=0.02)
    assert Evidence.from_json(evidence.to_json()) == evidence
    bare = evidence_of(sample(decomposed=""))
    assert (bare.second_way, bare.cross_model) == (None, None)


def test_the_second_model_is_the_first_named_that_is_not_the_rows_own() -> None:
    rows = [
        sample(model="a", greedy="1"),
        sample(model="b", greedy="2"),
        sample(model="c", greedy="3"),
        sample(model="c", greedy="4", question="Another?"),
        sample(model="b", greedy="5", context="Old maps."),
    ]
    seconds = seconds_of(rows, ("a", "b"))
    assert [second and second.greedy for second in seconds] == ["2", "1", "1", None, None]
    assert seconds_of(rows, ()) == [None] * 5
    assert seconds_of(rows, ("nobody",)) == [None] * 5


def test_a_row_without_draws_has_no_agreement() -> None:
    evidence = evidence_of(sample(samples=None, self_check=None))
    assert evidence.asked == 0
    assert evidence.self_report is None
    assert dict(scores_of(evidence))["semantic_agreement"] is None


def test_a_context_is_asked_in_front_of_the_question() -> None:
    assert sample(context="Old maps.").asked == "Context: Old maps.\n\nQuestion: What is the capital of France?"
    assert sample().asked == "What is the capital of France?"


def test_gzip_and_plain_files_read_the_same(tmp_path: Path) -> None:
    plain = write(tmp_path / "a.jsonl", FRANCE)
    packed = tmp_path / "a.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert read_samples([plain]) == read_samples([packed])
    assert len(read_samples([plain, packed])) == 2


def test_unknown_fields_are_kept(tmp_path: Path) -> None:
    row = read_samples([write(tmp_path / "a.jsonl", FRANCE | {"extra": 7})])[0]
    assert json.loads(row.model_dump_json())["extra"] == 7


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "a.jsonl:2: row: Invalid JSON"),
        ('{"id": "x", "model": "m", "question": "q"}', "a.jsonl:2: greedy: Field required"),
        (json.dumps(FRANCE | {"samples": "Paris"}), "a.jsonl:2: samples: Input should be a valid array"),
    ],
)
def test_a_bad_row_is_named_with_file_and_line(tmp_path: Path, line: str, said: str) -> None:
    path = write(tmp_path / "a.jsonl", FRANCE, line)
    with pytest.raises(ConfigurationError) as caught:
        read_samples([path])
    assert said in str(caught.value)


def test_a_missing_file_and_one_that_is_no_gzip_are_named(tmp_path: Path) -> None:
    fake = tmp_path / "b.jsonl.gz"
    fake.write_text("not packed")
    for path in (tmp_path / "none.jsonl", fake):
        with pytest.raises(ConfigurationError, match=path.name):
            read_samples([path])
