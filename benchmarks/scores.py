"""How the confidence does beside the best plain method, on each recorded file: cross-fitted, and fitted on the others.

    python -m benchmarks.scores [--resamples 300]

A plain method is one signal without any fitting. Figures are AUROC; where a file has several models, the mean within a
model. The interval is of the difference to the best plain method *of that file*, chosen after the fact in its favour,
by a bootstrap over questions.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.running import FILES, machine, samples_file
from probes.cases import Case, read_cases
from probes.evaluate import Fused, by_maps, cross_fitted, maps_for
from probes.fit import MIN_ROWS, Array, Labelled
from probes.metrics import auroc_within, coverage_at_risk

SEED = 20260101


@dataclass(frozen=True, slots=True)
class Compared:
    """A score beside the best plain one, on one file."""

    name: str
    n: int
    plain: str
    plain_auroc: float
    auroc: float
    difference: tuple[float, float]
    coverage: float


def within(rows: Sequence[Labelled], scores: Array, places: Sequence[int], folds: Sequence[int]) -> float:
    """AUROC on these places over pairs of one fold, the mean over models with enough rows and both labels."""
    by_model: dict[str, list[int]] = {}
    for place in places:
        by_model.setdefault(rows[place].model, []).append(place)
    least = 0 if len(by_model) == 1 else MIN_ROWS
    areas = [
        auroc_within(
            [rows[place].right for place in own],
            [float(scores[place]) for place in own],
            [folds[place] for place in own],
        )
        for own in by_model.values()
        if len(own) >= least
    ]
    known = [area for area in areas if area is not None]
    return sum(known) / len(known) if known else float("nan")


def plain_scores(cases: Sequence[Case]) -> Mapping[str, Array]:
    """Every signal that all rows have."""
    names = [name for name in cases[0].scores if all(case.scores[name] is not None for case in cases)]
    return {name: np.array([case.scores[name] for case in cases], dtype=float) for name in names}


def compared(name: str, cases: Sequence[Case], fused: Sequence[Fused], resamples: int) -> Compared:
    """The confidence beside the best plain method."""
    rows, everything = [case.row for case in cases], range(len(cases))
    order, folds = np.array([one.place for one in fused]), [one.fold for one in fused]
    none = [0] * len(rows)
    plain = plain_scores(cases)
    best = max(plain, key=lambda signal: within(rows, plain[signal], everything, none))
    places: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(row.question, []).append(place)
    questions, dice = list(places), np.random.default_rng(SEED)
    gaps = []
    for _ in range(resamples):
        drawn = dice.integers(0, len(questions), len(questions))
        inside = [place for number in drawn for place in places[questions[number]]]
        gaps.append(within(rows, order, inside, folds) - within(rows, plain[best], inside, none))
    low, high = np.nanpercentile(gaps, [2.5, 97.5])
    return Compared(
        name=name,
        n=len(cases),
        plain=best,
        plain_auroc=within(rows, plain[best], everything, none),
        auroc=within(rows, order, everything, folds),
        difference=(float(low), float(high)),
        coverage=coverage_at_risk([row.right for row in rows], [one.confidence for one in fused], 0.1),
    )


def line(one: Compared) -> str:
    """One file's figures."""
    gain = one.auroc - one.plain_auroc
    low, high = one.difference
    cells = [one.name, str(one.n), f"{one.plain} {one.plain_auroc:.3f}", f"{one.auroc:.3f}"]
    cells += [f"{gain:+.3f} [{low:+.3f}, {high:+.3f}]", f"{one.coverage:.2f}"]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Print two tables: cross-fitted, and fitted on the other files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--resamples", type=int, default=300)
    resamples = parser.parse_args().resamples
    read = {name: read_cases(samples_file(name)) for name in FILES}
    print(machine())
    for title in ("cross-fitted within the file", "fitted on the other five"):
        print(f"\n{title}\n\n| file | n | best plain method | confidence | gain, 95 % | coverage at 10 % error |")
        print("|---|---|---|---|---|---|")
        gains = []
        for name, cases in read.items():
            rows = [case.row for case in cases]
            others = [case.row for other, found in read.items() if other != name for case in found]
            fused = cross_fitted(rows) if title.startswith("cross") else by_maps(maps_for(rows, others), rows)
            one = compared(name, cases, fused, resamples)
            gains.append(one.auroc - one.plain_auroc)
            print(line(one), flush=True)
        print(f"\nmean gain {sum(gains) / len(gains):+.3f}")


if __name__ == "__main__":
    main()
