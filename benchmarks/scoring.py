"""What comparing costs: CPU time for a candidate, ten draws and two looks, all of them different answers.

python -m benchmarks.scoring [--draws 10] [--rounds 40]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator

from guard.agreement import compared, likenesses, similarities
from guard.evidence import Answer
from guard.judges import JUDGES
from guard.judges.cascade import Pairs

KINDS: dict[str, tuple[str, Callable[[int], str]]] = {
    "names": ("Who wrote the first novel about the lighthouse?", lambda n: f"{NAMES[n % 13]} {NAMES[n // 13 % 13]}"),
    "numbers": ("How many people live in the district?", lambda n: f"about {37 * n + 11} thousand people"),
    "sentences": (
        "Why did the bridge close in the spring?",
        lambda n: (
            f"It was closed because {NAMES[n % 13]} found {n + 2} cracks in the deck, and repairs of the "
            f"{NAMES[n // 13 % 13]} pier took until the river fell"
        ),
    ),
}
"""A question, and answers to it that all differ."""

NAMES = "Alder Birch Cedar Dogwood Elm Fir Ginkgo Hazel Ivy Juniper Kauri Larch Maple".split()


def answers(kind: str, first: int, count: int) -> tuple[Answer, ...]:
    """So many answers, new ones for another `first`: nothing that is read once helps the next round."""
    said = KINDS[kind][1]
    return tuple(Answer(text=said(n), final=said(n)) for n in range(first, first + count))


def rounds(kind: str, draws: int, count: int) -> Iterator[tuple[float, float, int]]:
    """CPU milliseconds of a request's whole comparing, of computing the matrices once more, and the pairs."""
    question = KINDS[kind][0]
    for number in range(count):
        *all_, one, two = answers(kind, 1 + number * (draws + 3), draws + 3)
        pairs = Pairs(JUDGES["lexical"], question)
        started = time.process_time()
        new = pairs.new(compared(all_, (one, two)))
        pairs.learn(pairs.opinions(new))
        between = time.process_time()
        similarities(question, all_, pairs)
        for look in (one, two):
            likenesses(question, look, all_, pairs)
        ended = time.process_time()
        yield 1000 * (ended - started), 1000 * (ended - between), len(new)


def main() -> None:
    """Print a line for each kind of answers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=40)
    given = parser.parse_args()
    print(f"| {given.draws} draws, 2 looks, all different | pairs | CPU ms, median | worst of {given.rounds} | again |")
    print("|---|---|---|---|---|")
    for kind in KINDS:
        list(rounds(kind, given.draws, 2))
        found = list(rounds(kind, given.draws, given.rounds))
        whole, again = [each[0] for each in found], statistics.median(each[1] for each in found)
        print(f"| {kind} | {found[0][2]} | {statistics.median(whole):.1f} | {max(whole):.1f} | {again:.2f} |")


if __name__ == "__main__":
    main()
