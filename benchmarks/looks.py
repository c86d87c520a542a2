"""What each set of looks is worth: the multi-hop answers of ten models, scored with only these looks.

    python -m benchmarks.looks

Cross-fitted by question. AUROC is the mean within a model; the ratios are the error at that coverage over the model's
own error, the mean likewise. The calls are those beside the candidate's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.running import SECONDS, machine, samples_file
from probes.cases import Case, read_cases
from probes.evaluate import evaluate
from probes.fit import LOOKS

NAME = "dba-multihop"
WEAK = ("meta-llama-llama-3-1-8b-instruct",)

SETS: Sequence[tuple[str, tuple[str, ...], int]] = (
    ("draws", ("draws",), 6),
    ("second way", ("second_way",), 1),
    ("self-report, second way", ("self_report", "second_way"), 2),
    ("draws, self-report", ("draws", "self_report"), 7),
    ("draws, second way", ("draws", "second_way"), 7),
    ("all of the model's own", ("draws", "self_report", "second_way"), 8),
)
"""Looks at the model's own answers, and calls."""

SECOND_SETS: Sequence[tuple[str, tuple[str, ...], int]] = (
    ("second model", ("cross_model",), 1),
    ("self-report, second way, second model", ("self_report", "second_way", "cross_model"), 3),
    ("everything", ("draws", "self_report", "second_way", "cross_model"), 9),
)


def only(cases: Sequence[Case], looks: tuple[str, ...]) -> list[Case]:
    """The cases as if nothing but these looks had been taken."""
    kept = {name for look in looks for name in LOOKS[look]}
    others = {name for names in LOOKS.values() for name in names} - kept
    return [
        replace(
            case,
            row=replace(case.row, inputs={name: v for name, v in case.row.inputs.items() if name not in others}),
        )
        for case in cases
    ]


def line(name: str, cases: Sequence[Case], looks: tuple[str, ...], calls: int) -> str:
    """The figures of one set of looks."""
    fused = evaluate(Path(NAME), only(cases, looks))["fused"]
    ratio = fused["within_model_error_ratio"]
    cells = [name, str(calls), f"{fused['within_model_auroc_mean']:.3f}"]
    cells += [f"{ratio['0.30']:.2f}", f"{ratio['0.50']:.2f}", f"{fused['auroc']:.3f}", f"{fused['ece']:.3f}"]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Print the table."""
    print(f"{machine()}\n")
    print("| looks | calls | AUROC within a model | error ratio at 30 % | at 50 % | pooled AUROC | ECE |")
    print("|---|---|---|---|---|---|---|")
    path = samples_file(NAME)
    own = read_cases(path)
    for name, looks, calls in SETS:
        print(line(name, own, looks, calls), flush=True)
    strong = read_cases(path, SECONDS)
    for name, looks, calls in SECOND_SETS:
        print(line(name, strong, looks, calls), flush=True)
    name, looks, calls = SECOND_SETS[-1]
    print(line(f"{name}, a weak second model", read_cases(path, WEAK), looks, calls), flush=True)
    fused = evaluate(path, own)["fused"]
    print(f"\nthe model's name alone: pooled AUROC {fused['model_name_auroc']:.3f}")


if __name__ == "__main__":
    main()
