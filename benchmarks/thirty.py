"""Thirty questions of our own to the real embedded model through a real OpenAI client, and thirty recorded ones of a
strong model beside them.

    python -m benchmarks.thirty [--model gpt-5-1]

Fifteen questions are easy, fifteen nobody can know. For each: the model's own answer, what the guard decided, with
which confidence; then the shares answered and right, unguarded and guarded.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openai import OpenAI

from benchmarks.running import data_folder, guarding, machine, recorded
from guard.evidence import Evidence
from probes.grade import grade_by_reference
from probes.samples import read_samples

SYSTEM = "Answer with a few words. Do not explain."

EASY: tuple[tuple[str, str], ...] = (
    ("What is the capital of France?", "Paris"),
    ("What is the capital of Italy?", "Rome"),
    ("What is the capital of Japan?", "Tokyo"),
    ("What is the capital of Germany?", "Berlin"),
    ("What is the capital of Spain?", "Madrid"),
    ("What is the capital of Egypt?", "Cairo"),
    ("What is the capital of Russia?", "Moscow"),
    ("Which planet is known as the Red Planet?", "Mars"),
    ("Who wrote Romeo and Juliet?", "Shakespeare"),
    ("What is the largest ocean on Earth?", "Pacific"),
    ("What is the chemical formula of water?", "H2O"),
    ("What gas do plants take in from the air?", "carbon dioxide"),
    ("Which animal is known as the king of the jungle?", "lion"),
    ("What is the largest planet in the solar system?", "Jupiter"),
    ("On which continent is Kenya?", "Africa"),
)

UNKNOWABLE: tuple[str, ...] = (
    "Who won the Flurb Prize in 1987?",
    "What did my neighbour eat for breakfast today?",
    "What is the name of the cat of Ottilie Brandwein of Lower Quarrow?",
    "Which number am I thinking of right now?",
    "What will be the first headline of the year 2093?",
    "How many pebbles lie on the beach of Skarrinvik?",
    "What colour is the front door of 14 Umberhay Lane?",
    "Who was the third mayor of the town of Velsingborough?",
    "What is the middle name of the inventor of the zorbel clamp?",
    "What was the score of last night's game between the Quillmen and the Otters?",
    "What is written on the last page of my diary?",
    "Which street does Professor Halvard Trenk live in?",
    "How tall was the tallest tree in the forest of Immerdun in 1410?",
    "What is the phone number of the bakery on Plimmer Square?",
    "In which year did King Orbast the Lesser of Tamria die?",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One question and what became of it; `right` is of the model's own answer, None where there is none to find."""

    question: str
    candidate: str
    decision: str
    reason: str
    confidence: float | None
    right: bool | None

    @property
    def released(self) -> bool:
        """Did the caller get the model's own words?"""
        return self.decision not in ("abstain", "clarify")

    @property
    def declined(self) -> bool:
        """Did the model itself decline to answer?"""
        return self.reason in ("upstream_abstained", "upstream_refused")


def embedded_rows() -> list[Row]:
    """The thirty questions to the embedded model."""
    asked = [*((question, reference) for question, reference in EASY), *((question, None) for question in UNKNOWABLE)]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "evidence.jsonl"
        with guarding("--evidence-log", str(log)) as url:
            client = OpenAI(base_url=url, api_key="unused")
            told = [_ask(client, "smollm2-135m", question) for question, _ in asked]
        candidates = _candidates(log)
    for (question, reference), (id_, decision, reason, confidence) in zip(asked, told, strict=True):
        candidate = candidates[id_]
        right = None if reference is None else grade_by_reference(candidate, [reference])
        rows.append(Row(question, candidate, decision, reason, confidence, right))
    return rows


def _candidates(log: Path) -> dict[str, str]:
    evidence = (Evidence.from_json(line) for line in log.read_text().splitlines())
    return {line.id: line.candidate.text for line in evidence}


def recorded_rows(model: str, file: Path) -> list[Row]:
    """Thirty recorded questions of one model."""
    samples = [sample for sample in read_samples([file]) if sample.model == model and sample.correct is not None]
    random.Random(3).shuffle(samples)
    with recorded([file]) as upstream, guarding("--upstream", upstream) as url:
        client = OpenAI(base_url=url, api_key="unused")
        rows = []
        for sample in samples[:30]:
            _, decision, reason, confidence = _ask(client, model, sample.asked, system=None)
            rows.append(Row(sample.question, sample.greedy, decision, reason, confidence, sample.correct))
        return rows


def _ask(client: OpenAI, model: str, question: str, system: str | None = SYSTEM) -> tuple[str, str, str, float | None]:
    """Id, decision, reason and confidence, as the client's headers tell them."""
    messages = [{"role": "system", "content": system}] if system else []
    raw = client.chat.completions.with_raw_response.create(
        model=model,
        messages=[*messages, {"role": "user", "content": question}],  # type: ignore[list-item]
        temperature=0,
        max_tokens=40,
        extra_headers={"x-guard-explain": "1"},
    )
    headers = raw.headers
    confidence = headers.get("x-guard-confidence")
    shown = float(confidence) if confidence is not None else None
    return headers["x-guard-id"], headers["x-guard-decision"], headers["x-guard-reason"], shown


def shares(rows: Sequence[Row]) -> str:
    """Answered, and right among the answered, unguarded and guarded. A question without an answer counts as wrong when
    answered; what the model itself declines counts as not answered in both."""
    answered = [row for row in rows if not row.declined]
    lines = []
    for name, part in (("unguarded", answered), ("guarded", [row for row in answered if row.released])):
        right = sum(row.right is True for row in part)
        share = f"{right / len(part):.2f}" if part else "-"
        lines.append(f"{name}: answered {len(part)} of {len(rows)}, right {right} of {len(part)} ({share})")
    return "\n".join(lines)


def table(rows: Sequence[Row]) -> str:
    """One row a question, as Markdown."""
    lines = ["| question | the model's own answer | right | decision | confidence |", "|---|---|---|---|---|"]
    for row in rows:
        right = {True: "yes", False: "no", None: "-"}[row.right]
        confidence = "-" if row.confidence is None else f"{row.confidence:.2f}"
        cells = (_cell(row.question), _cell(row.candidate), right, f"{row.decision} ({row.reason})", confidence)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(text: str) -> str:
    flat = " ".join(text.split()).replace("|", "/")
    return flat if len(flat) <= 90 else flat[:87] + "..."


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="gpt-5-1", help="the recorded model")
    arguments = parser.parse_args()
    print(machine())
    rows = embedded_rows()
    print(f"\n## The embedded model, 15 easy questions and 15 that nobody can know\n\n{table(rows)}\n\n{shares(rows)}")
    print(f"easy ones only: {shares(rows[: len(EASY)])}".replace("\n", "; "))
    file = data_folder() / "samples-dba-multihop.jsonl.gz"
    if not file.is_file():
        print("\nno recorded answers of a strong model here (PROBES_DATA): that half was not run")
        return
    rows = recorded_rows(arguments.model, file)
    print(f"\n## {arguments.model}, recorded, 30 questions\n\n{table(rows)}\n\n{shares(rows)}")


if __name__ == "__main__":
    main()
