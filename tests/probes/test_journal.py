"""The file that is filled while the work goes on: whole lines at every moment, taken up again."""

from __future__ import annotations

import gzip
import resource
from pathlib import Path

import pytest
from pydantic import BaseModel

from guard.errors import ConfigurationError
from probes.journal import Journal, write_lines


class Row(BaseModel):
    n: int


def rows(path: Path) -> list[int]:
    with Journal(path, Row) as journal:
        return [row.n for row in journal.rows]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_rows_are_added_and_found_again(tmp_path: Path, name: str) -> None:
    path = tmp_path / "deep" / name
    for first in (0, 2):
        with Journal(path, Row) as journal:
            journal.add(Row(n=first))
            journal.add(Row(n=first + 1))
    assert rows(path) == [0, 1, 2, 3]
    assert [file.name for file in path.parent.iterdir()] == [name]


def test_a_row_is_on_the_disk_before_the_next_is_begun(tmp_path: Path) -> None:
    for name, place in (("a.jsonl", "a.jsonl"), ("b.jsonl.gz", "b.jsonl.gz.part")):
        with Journal(tmp_path / name, Row) as journal:
            journal.add(Row(n=7))
            assert (tmp_path / place).read_bytes() == b'{"n":7}\n'


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_what_ends_the_block_loses_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / name

    def interrupted() -> None:
        with Journal(path, Row) as journal:
            journal.add(Row(n=1))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert rows(path) == [1]


@pytest.mark.parametrize(
    ("left", "found"),
    [
        ('{"n":1}\n{"n":2', [1]),
        ('{"n":1}\n{"n":2}', [1, 2]),
        ('{"n"', []),
        ("", []),
        ('{"n":1}\n\n{"n":2}\n', [1, 2]),
    ],
)
def test_a_torn_last_line_is_dropped(tmp_path: Path, left: str, found: list[int]) -> None:
    for name in ("a.jsonl", "b.jsonl.gz.part"):
        (tmp_path / name).write_text(left)
    for name in ("a.jsonl", "b.jsonl.gz"):
        with Journal(tmp_path / name, Row) as journal:
            journal.add(Row(n=9))
        assert rows(tmp_path / name) == [*found, 9]


def test_any_other_line_that_is_no_row_is_an_error_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"n":1}\nnonsense\n{"n":2}\n')
    with pytest.raises(ConfigurationError, match=r"a\.jsonl:2"):
        rows(path)
    assert path.read_text().count("\n") == 3


def test_a_run_killed_while_packing_goes_on_from_the_plain_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    write_lines(path, [Row(n=1)])
    (tmp_path / "a.jsonl.gz.part").write_text('{"n":1}\n{"n":2}\n')
    assert rows(path) == [1, 2]
    assert gzip.decompress(path.read_bytes()).count(b"\n") == 2


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_rows_are_put_in_order(tmp_path: Path, name: str) -> None:
    with Journal(tmp_path / name, Row) as journal:
        journal.add(Row(n=2))
        journal.arrange([Row(n=1), Row(n=2)])
        journal.add(Row(n=3))
    assert rows(tmp_path / name) == [1, 2, 3]


def test_equal_rows_make_an_equal_file(tmp_path: Path) -> None:
    for name in ("a.gz", "b.gz"):
        write_lines(tmp_path / name, [Row(n=1)])
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="cannot be written"):
        rows(tmp_path / "file" / "a.jsonl")
    with pytest.raises(ConfigurationError, match="cannot be written"):
        write_lines(tmp_path / "file" / "a.jsonl", [])
    with pytest.raises(ValueError, match="inside its block"):
        Journal(tmp_path / "b.jsonl", Row).add(Row(n=1))


def test_a_disk_that_takes_no_more_is_told(tmp_path: Path) -> None:
    path, (soft, hard) = tmp_path / "a.jsonl", resource.getrlimit(resource.RLIMIT_FSIZE)
    with Journal(path, Row) as journal:
        journal.add(Row(n=1))
        resource.setrlimit(resource.RLIMIT_FSIZE, (8, hard))
        try:
            with pytest.raises(ConfigurationError, match=r"a\.jsonl: cannot be written: File too large"):
                journal.add(Row(n=2))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert rows(path) == [1]
