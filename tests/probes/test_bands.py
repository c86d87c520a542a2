"""The band of similarities that is left open: what is counted, and the figures on the recorded pairs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guard.judges.lexical import OPEN
from probes.bands import BANDS, Case, band, cases, main
from probes.pairs import fold_of, read_pairs
from tests.probes.rows import write
from tests.probes.test_judging import rows

ROWS = [Case(0.9, False, True), Case(0.5, False, True), Case(0.5, False, False), Case(0.5, True, True)]


def test_shares_are_of_all_pairs_and_of_all_mistakes() -> None:
    found = band(ROWS, 0.2, 0.8)
    assert (found.pairs, found.mistakes, found.error) == (0.5, 0.5, 0.5)


def test_the_upper_end_is_outside() -> None:
    assert band(ROWS, 0.5, 0.9).pairs == 0.5
    assert band(ROWS, 0.6, 0.90001).pairs == 0.25


def test_of_nothing_there_are_no_shares() -> None:
    assert (band([], 0, 1).pairs, band(ROWS[:1], 0, 1).mistakes, band(ROWS, 0.6, 0.7).error) == (None, None, None)


def test_what_types_decide_is_never_in_it() -> None:
    assert band(ROWS[3:], 0, 1).pairs == 0


def test_the_band_in_force_is_among_those_printed() -> None:
    assert OPEN in BANDS


def test_every_pair_is_judged_by_weights_fitted_on_other_questions(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    file = read_pairs(write(tmp_path / "pairs.jsonl", *rows()))
    (found,) = cases([file])
    assert [case.equivalent for case in found] == [pair.equivalent for pair in file.pairs]
    assert len({fold_of(pair, 5) for pair in file.pairs}) == 5
    assert sum(case.mistaken for case in found) < 0.2 * len(found)


def test_it_is_printed_for_every_file_and_for_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("sklearn")
    first = write(tmp_path / "first.jsonl", *rows())
    second = write(tmp_path / "second.jsonl", *rows()[:300])
    main([first, second])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines if not line.startswith(" ")] == ["first.jsonl", "second.jsonl", "all"]
    assert len(lines) == 3 * (1 + len(BANDS))
    assert all("pairs" in line and "mistakes" in line for line in lines)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_on_public_pairs_the_band_holds_most_mistakes_and_few_pairs(probes_data: Callable[[str], Path]) -> None:
    files = [read_pairs(probes_data(f"equivalence-{name}.jsonl.gz")) for name in ("dba-consistency", "evouna")]
    held = band([case for some in cases(files) for case in some], *OPEN)
    assert held.pairs is not None
    assert held.mistakes is not None
    assert held.pairs <= 0.3
    assert held.mistakes >= 0.55
