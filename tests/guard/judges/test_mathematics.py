"""Mathematical equality, by the real process: what it says, and that nothing it is given takes anything else down."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from guard.errors import UpstreamBroken
from guard.judges import mathematics
from guard.judges.building import build_judge, close_judge, costly_of, place_of, version_of
from guard.judges.cascade import Cascade
from guard.judges.costly import Pair, pair_of
from guard.judges.mathematics import CalculationTimeout, Mathematics, MissingMathematics, check_extra

pytest.importorskip("math_verify")

TABLE = [line.split("\t") for line in Path(__file__).with_name("mathematical_pairs.tsv").read_text().splitlines()]
HALVES = Pair(r"\frac{1}{2}", r"\frac{2}{4}")
HOSTILE = (
    "((((9^{99})^{99})^{99})^{99})^{99}",
    "((x+y+1)^{99}+1)^{99}",
    r"\binom{99999999}{44444444}",
    r"(\sqrt{2}+\sqrt{3}+\sqrt{5}+\sqrt{7}+\sqrt{11})^{50}",
)
PATIENT = 60.0
"""Seconds that no fair pair takes, on any machine."""


@pytest.fixture
async def by() -> AsyncIterator[Mathematics]:
    made = Mathematics(PATIENT)
    yield made
    await made.close()


async def test_the_table(by: Mathematics) -> None:
    assert len(TABLE) >= 60
    for way in (1, -1):
        pairs = [Pair(*answers[::way]) for _, *answers in TABLE]
        said = [
            "words" if not by.takes(pair) else word or "open"
            for pair, word in zip(pairs, await by.decide(pairs), strict=True)
        ]
        wrong = [(row, word) for row, word in zip(TABLE, said, strict=True) if row[0] != word]
        assert wrong == []


async def test_pairs_without_an_expression_start_no_process(by: Mathematics) -> None:
    assert await by.decide([Pair("Lyon", "Paris"), Pair("1", "2")]) == (None, None)
    assert await by.decide([]) == ()
    assert by._process is None


async def test_one_process_serves_many_calls(by: Mathematics) -> None:
    assert await asyncio.gather(*(by.decide([HALVES, Pair("a", "b")]) for _ in range(5))) == [("same", None)] * 5
    first = by._process
    assert first is not None
    await by.decide([HALVES])
    assert by._process is first


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_what_takes_too_long_is_ended_and_the_next_call_is_served(by: Mathematics, hostile: str) -> None:
    await by.decide([HALVES])
    by._limit = 1.0
    ended = by._process
    assert ended is not None
    with pytest.raises(CalculationTimeout) as failure:
        await by.decide([HALVES, pair_of(hostile, "x+1")])
    assert failure.value.kind == "timeout"
    assert ended.returncode is not None
    by._limit = PATIENT
    assert await by.decide([HALVES]) == ("same",)
    assert by._process is not ended


async def test_a_process_that_ended_is_started_again(by: Mathematics) -> None:
    await by.decide([HALVES])
    assert by._process is not None
    by._process.kill()
    by._process.wait()
    assert await by.decide([HALVES]) == ("same",)


async def test_a_process_that_does_not_start_is_an_error(by: Mathematics, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mathematics, "WORKER", Path("/nonexistent/worker.py"))
    with pytest.raises(UpstreamBroken, match="did not start"):
        await by.decide([HALVES])
    assert by._process is None


async def test_closing_ends_the_process_and_what_it_computes() -> None:
    made = Mathematics(PATIENT)
    await made.decide([HALVES])
    process = made._process
    assert process is not None
    computing = asyncio.create_task(made.decide([pair_of(HOSTILE[0], "x+1")]))
    await asyncio.sleep(0)
    await made.close()
    with pytest.raises(UpstreamBroken):
        await computing
    assert process.returncode is not None
    with pytest.raises(RuntimeError):
        await made.decide([HALVES])


async def test_the_process_knows_no_credential(
    by: Mathematics, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    worker = tmp_path / "worker.py"
    told = "'[null]' if 'OPENAI_API_KEY' in os.environ else '[\"same\"]'"
    worker.write_text(f"import os, sys\nprint('ready', flush=True)\nsys.stdin.readline()\nprint({told}, flush=True)\n")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setattr(mathematics, "WORKER", worker)
    assert await by.decide([HALVES]) == ("same",)


# From settings


def test_versions_name_mathematics() -> None:
    assert version_of("lexical", mathematics=True) == "lexical/2 math/1".replace("lexical/2", version_of("lexical"))
    assert version_of("llm", "x", mathematics=True) == f"{version_of('lexical')} math/1 llm/1 x"


async def test_with_and_without_a_costly_judge() -> None:
    for name, place in (("lexical", "math"), ("llm", None)):
        judge = build_judge(name, mathematics=True)
        assert isinstance(judge, Cascade)
        assert judge.version == version_of(name, mathematics=True)
        assert (costly_of(judge) is None, place_of(judge)) == (name == "lexical", place)
        await close_judge(judge)
    await close_judge(build_judge("lexical"))
    assert place_of(build_judge("lexical")) is None


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    check_extra()
    monkeypatch.setattr(mathematics, "EXTRA", ("math_verify", "no_such_package"))
    with pytest.raises(MissingMathematics, match=r"needs no_such_package: pip install 'abstention-guard\[math\]'"):
        build_judge("lexical", mathematics=True)


def test_importing_and_building_brings_no_symbolic_library() -> None:
    code = (
        "import sys; from guard.judges.building import build_judge; build_judge('lexical', mathematics=True);"
        "print([name for name in ('sympy', 'math_verify', 'antlr4') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
