"""What sequential looks save, and what they cost: recorded answers asked again under both plans.

    python -m benchmarks.sequential [--threshold 0.6] [--draws 8] [--rows 600]

The fixed plan takes all looks and all recorded draws (up to `--draws`). The sequential one takes the looks first, then
draws in waves, and stops by the guard's own rule (`guard.pipeline.settled`): because no outcome of the draws that are
left can change the decision (curtailed), or because all draws so far are of one mind. Maps are fitted on other folds.
Printed for each file: calls of both plans, the candidate's included; decisions that differ, and how many of those were
curtailed; and the AUROC of the confidence at which the asking stopped, beside that of the fixed plan.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.running import FILES, SECONDS, machine, samples_file
from benchmarks.scores import within
from guard.agreement import clusters
from guard.calibration import Calibration, Standing
from guard.evidence import Evidence, Look
from guard.pipeline import Ruling, curtailed, settled, verdict_of
from guard.plan import FIRST_WAVE
from guard.policy import Policy
from probes.evaluate import FOLDS
from probes.fit import Labelled, fit_maps, labelled
from probes.fit_own import fit_own_maps
from probes.folds import splits
from probes.samples import evidence_of, read_samples, seconds_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer under both plans."""

    row: Labelled
    calls: int
    fixed_calls: int
    curtailed: bool
    confidence: float
    fixed_confidence: float
    same: bool


def cut(evidence: Evidence, draws: int) -> Evidence:
    """The Evidence as it stood when so many draws had come."""
    size = draws + 1
    matrix = tuple(row[:size] for row in evidence.similarities[:size])
    return evidence.model_copy(
        update={
            "draws": evidence.draws[:draws],
            "asked": draws,
            "similarities": matrix,
            "clusters": clusters(matrix),
            "second_way": _shortened(evidence.second_way, size),
            "cross_model": _shortened(evidence.cross_model, size),
        }
    )


def _shortened(look: Look | None, size: int) -> Look | None:
    return look and look.model_copy(update={"similarities": look.similarities[:size]})


def looks_at(evidence: Evidence) -> int:
    """Looks that the recording has beside the draws."""
    return sum(look is not None for look in (evidence.self_report, evidence.second_way, evidence.cross_model))


def outcome_of(whole: Evidence, row: Labelled, ruling: Ruling) -> Outcome:
    """One answer asked by waves, beside all that was recorded of it."""
    draws, looks = len(whole.draws), looks_at(whole)
    stops = [0, FIRST_WAVE] if looks else [FIRST_WAVE]
    stop = next((at for at in stops if at < draws and settled(cut(whole, at), draws - at, ruling)), draws)
    seen = cut(whole, stop)
    verdict, fixed = verdict_of(seen, ruling), verdict_of(whole, ruling)
    return Outcome(
        row=row,
        calls=1 + looks + stop,
        fixed_calls=1 + looks + draws,
        curtailed=stop < draws and curtailed(seen, draws - stop, ruling),
        confidence=verdict.confidence.correctness or 0.0,
        fixed_confidence=fixed.confidence.correctness or 0.0,
        same=verdict.decision == fixed.decision,
    )


def outcomes(path: Path, threshold: float, draws: int, seconds: Sequence[str], limit: int) -> Iterator[Outcome]:
    """Every labelled answer of a file that has an answer as its candidate, cross-fitted."""
    samples = [one for one in read_samples([path]) if one.correct is not None][:limit]
    found = [evidence_of(one, second=two) for one, two in zip(samples, seconds_of(samples, seconds), strict=True)]
    whole = [cut(one, min(draws, len(one.draws))) for one in found]
    rows = [labelled(one, bool(sample.correct), sample.source) for one, sample in zip(whole, samples, strict=True)]
    for fitted_on, tested in splits(rows, FOLDS):
        inside = [rows[place] for place in fitted_on]
        maps = (*fit_maps(inside), *fit_own_maps(inside))
        calibration = Calibration(schema="calibration/1", status="prior", maps=maps, threshold=threshold)
        ruling = Ruling("recorded", Policy(), Standing(calibration, "prior"))
        for place in tested:
            if whole[place].candidate.kind == "answer":
                yield outcome_of(whole[place], rows[place], ruling)


def line(name: str, found: Sequence[Outcome]) -> str:
    """A file's figures."""
    calls, fixed = sum(one.calls for one in found), sum(one.fixed_calls for one in found)
    curtailed_ones = [one for one in found if one.curtailed]
    other = sum(not one.same for one in curtailed_ones)
    rows, places, one_fold = [one.row for one in found], range(len(found)), [0] * len(found)
    area = within(rows, np.array([one.confidence for one in found]), places, one_fold)
    fixed_area = within(rows, np.array([one.fixed_confidence for one in found]), places, one_fold)
    cells = [
        name,
        str(len(found)),
        f"{calls / len(found):.2f} of {fixed / len(found):.2f} = {calls / fixed:.3f}",
        f"{len(curtailed_ones) / len(found):.3f}",
        str(other),
        f"{sum(not one.same for one in found) / len(found):.4f}",
        f"{area:.3f} / {fixed_area:.3f} ({area - fixed_area:+.4f})",
    ]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Print a table, a line for each file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threshold", type=float, default=0.6)
    parser.add_argument("--draws", type=int, default=8)
    parser.add_argument("--rows", type=int, default=100_000)
    given = parser.parse_args()
    print(f"{machine()}; threshold {given.threshold}, up to {given.draws} draws\n")
    print("| file | n | calls | curtailed | of these decided otherwise | all decided otherwise | AUROC / fixed plan |")
    print("|---|---|---|---|---|---|---|")
    for name in FILES:
        path = samples_file(name)
        for seconds in ((), SECONDS) if name == "dba-multihop" else ((),):
            found = list(outcomes(path, given.threshold, given.draws, seconds, given.rows))
            print(line(name + (" and a second model" if seconds else ""), found), flush=True)


if __name__ == "__main__":
    main()
