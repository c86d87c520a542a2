"""Write a signal and see what it says of recorded Evidence, before it becomes part of the guard.

    guard serve --evidence-log evidence.jsonl ...        # or examples/library.py --evidence evidence.jsonl
    python examples/write_a_signal.py evidence.jsonl

A signal is a pure function of Evidence to a number in [0, 1], higher = more trustworthy, or None. Replaying
needs no model: the Evidence holds everything that was learnt. How a signal becomes one of the guard's own is
in docs/how-to/add-a-signal.md.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from guard import Evidence, Policy, Ruling, Standing, verdict_of
from guard.calibration import prior
from guard.signals import SIGNALS
from guard.signals import Signal as SignalFunction

RULING = Ruling("example", Policy(), Standing(prior(), "prior"))


def lead(clusters: Sequence[int], missing: int) -> float:
    """How far the first answer's meaning leads its strongest rival, from 0 (far behind) over .5 (level) to 1.

    (1 + own share - rival's share) / 2; an answer that did not come back votes for the rival.
    """
    sizes = Counter(clusters)
    own = sizes.pop(clusters[0])
    rival = max(sizes.values(), default=0) + missing
    return (1 + (own - rival) / (len(clusters) + missing)) / 2


def cluster_lead(evidence: Evidence) -> float | None:
    """The candidate's lead among all answers asked for, in [0, 1]; None without draws or diversity."""
    if not evidence.draws or not evidence.diversity:
        return None
    return lead(evidence.clusters, evidence.failed)


WITH_OURS: Mapping[str, SignalFunction] = {**SIGNALS, "cluster_lead": cluster_lead}


def rows(file: Path) -> Iterator[str]:
    """One line for each Evidence: the verdict of today's guard, and every signal beside the new one."""
    yield "  ".join(("decision", *WITH_OURS))
    for line in file.read_text(encoding="utf-8").splitlines():
        evidence = Evidence.from_json(line)
        cells = [f"{verdict_of(evidence, RULING).decision:8}"]
        for name, signal in WITH_OURS.items():
            value = signal(evidence)
            cells.append(("-" if value is None else f"{value:.3f}").ljust(len(name)))
        yield "  ".join(cells).rstrip()


def main(arguments: Sequence[str] | None = None) -> None:
    """Replay a file from the command line."""
    parser = argparse.ArgumentParser(description="Replay Evidence with one more signal.")
    parser.add_argument("file", type=Path, help="Evidence, one line of JSON each")
    for row in rows(parser.parse_args(arguments).file):
        print(row)


if __name__ == "__main__":
    main()
