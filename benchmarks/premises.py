"""How well a model's own words tell questions that lack a premise, in each way of reading and fitting.

python -m benchmarks.premises
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from benchmarks.running import data_file, machine
from guard.doubt.features import FEATURES, features_of
from guard.doubt.weights import shipped
from probes.premises import Sources, doubted
from probes.premises_fit import Read, Response, read_responses, spoken_of
from probes.samples import read_rows

RECORDED = "responses-mip.jsonl.gz"
FALSE_ANSWERS = "responses-squad2-llama3.2-3b.jsonl.gz"
NO_WORDS = frozenset({"wordy", "no_number", "unknown_left", "thought_length", "thought"})
"""Features that are no words: without them, what the words alone tell."""


HEADINGS = ("source", "model", "n", "AUROC [95 %]", "recall at 5 %", "the model itself")


def table(title: str, sources: Sources) -> None:
    """Markdown of the sources with both kinds of questions."""
    print(f"\n### {title}\n\n| {' | '.join(HEADINGS)} |\n{'|---' * len(HEADINGS)}|")
    for source, models in sources.items():
        measured = {model: row for model, row in models.items() if row.auroc_ci is not None}
        for model, row in measured.items():
            low, high = row.auroc_ci or (0, 0)
            own = "-" if row.own_abstention is None else f"{row.own_abstention:.2f}"
            auroc = f"{row.auroc:.3f} [{low:.3f}, {high:.3f}]"
            print(f"| {source} | {model} | {row.n} | {auroc} | {row.recall_at_5:.3f} | {own} |")
        if len(measured) > 1:
            means = [np.mean([getattr(row, name) for row in measured.values()]) for name in ("auroc", "recall_at_5")]
            print(f"| {source} | **mean of {len(measured)}** | | **{means[0]:.3f}** | **{means[1]:.3f}** | |")


def of_models(sources: Sources, models: frozenset[str]) -> Sources:
    """The figures of some models."""
    return {name: {model: row for model, row in rows.items() if model in models} for name, rows in sources.items()}


def words_only(rows: Sequence[Read]) -> list[Read]:
    """The rows with every feature that is no word set to nothing."""
    kept = [name not in NO_WORDS for name in FEATURES]
    return [
        replace(read, features=tuple(value if keep else 0.0 for value, keep in zip(read.features, kept, strict=True)))
        for read in rows
    ]


def milliseconds(rows: Sequence[Response]) -> list[float]:
    """CPU time of reading one completion, for each of the rows, in milliseconds."""
    shipped()
    spent = []
    for row in rows:
        spoken = spoken_of(row)
        started = time.process_time()
        shipped().log_odds(features_of(spoken))
        spent.append(1000 * (time.process_time() - started))
    return sorted(spent)


def main() -> None:
    """Print the tables."""
    print(machine())
    path = data_file(RECORDED)
    rows = read_responses([path])
    table("Fitted on the other models", doubted(rows))
    table("And on the model itself", doubted(rows, within=True))
    table("Words alone, fitted on the other models", doubted(words_only(rows)))
    thinkers = frozenset(read.row.model for read in rows if read.features[FEATURES.index("thought")])
    hidden = doubted(read_responses([path], visible_only=True))
    table("Reasoning cut off, fitted on the other models", of_models(hidden, thinkers))
    table("Questions whose passage has no answer", doubted(read_responses([data_file(FALSE_ANSWERS)]), rows))
    spent = milliseconds(read_rows([path], Response)[::5])
    print(f"\nCPU ms a response: median {median(spent):.2f}, 99 of 100 below {spent[int(0.99 * len(spent))]:.2f}")


if __name__ == "__main__":
    main()
