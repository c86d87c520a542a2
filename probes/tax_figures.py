"""Figures of abstaining: pure functions of what was said and what should have been."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from probes.metrics import precision_recall_f1
from probes.probe import Question
from probes.tax import Told

ALL: Final = "all"
PENALTIES: Final = (0.5, 0.75, 0.9)
"""Confidence targets of the penalised score; the first one is the headline."""


@dataclass(frozen=True, slots=True)
class Tax:
    """One side over some questions; None where undefined.

    `precision`, `recall`, `f1` are of abstaining against `should_abstain` (AbstentionBench 2025), `false_abstention` is
    the share of the answerable questions that were not answered, all in [0, 1]. `penalised`: 1 for a right answer, 0
    for none, -t / (1 - t) for a wrong one, at t = 0.5, mean over what could be graded (Kalai et al. 2025); in
    `penalised_at` at the other targets too. `calls` and `tokens` are those of all questions for each answered one.
    """

    n: int
    answered: int
    graded: int
    precision: float | None
    recall: float | None
    f1: float | None
    false_abstention: float | None
    accuracy: float | None
    penalised: float | None
    penalised_at: Mapping[str, float | None]
    calls: float | None
    tokens: float | None


def tax_of(rows: Sequence[Told], should: Mapping[str, bool]) -> Tax:
    """The figures of one side; `should` says by question id whether nobody could answer."""
    wanted = [should[row.question_id] for row in rows]
    did = [row.abstained for row in rows]
    precision, recall, f1 = precision_recall_f1(wanted, did)
    answerable = [row.abstained for row, none in zip(rows, wanted, strict=True) if not none]
    graded = [row for row in rows if row.abstained or row.correct is not None]
    answered = [row for row in rows if not row.abstained]
    right = [bool(row.correct) for row in answered if row.correct is not None]
    scores = {f"{target:.2f}": penalised(graded, target) for target in PENALTIES}
    return Tax(
        n=len(rows),
        answered=len(answered),
        graded=len(graded),
        precision=precision,
        recall=recall,
        f1=f1,
        false_abstention=sum(answerable) / len(answerable) if answerable else None,
        accuracy=sum(right) / len(right) if right else None,
        penalised=scores[f"{PENALTIES[0]:.2f}"],
        penalised_at=scores,
        calls=_each([row.calls for row in rows], len(answered)),
        tokens=_each([row.tokens for row in rows], len(answered)),
    )


def penalised(rows: Sequence[Told], target: float) -> float | None:
    """Mean of 1 for right, 0 for abstained and -t / (1 - t) for wrong; at most 1; None for nothing."""
    if not rows:
        return None
    loss = target / (1 - target)
    return sum(0.0 if row.abstained else 1.0 if row.correct else -loss for row in rows) / len(rows)


def _each(counts: Sequence[int | None], answered: int) -> float | None:
    """So many for each answer; None where one is not known, or nothing was answered."""
    known = [count for count in counts if count is not None]
    return sum(known) / answered if answered and len(known) == len(counts) else None


def scenarios_of(questions: Iterable[Question]) -> dict[str, str]:
    """By question id the scenario that it counts in: an answerable question in that of its twin.

    The twin is named by `pair` or `twin_of`; without one it counts where all unanswerable questions of its source do,
    where that is one scenario; else in `answerable`. So precision and false abstention have answerable questions.
    """
    asked = list(questions)
    own = {question.id: question.scenario for question in asked}
    by_source: dict[str, set[str]] = defaultdict(set)
    for question in asked:
        if question.scenario != "answerable":
            by_source[question.source].add(question.scenario)

    def scenario(question: Question) -> str:
        if question.scenario != "answerable":
            return question.scenario
        more: Mapping[str, Any] = question.model_dump()
        found = more.get("twin_of") or own.get(str(more.get("pair")))
        if found and found != "answerable":
            return str(found)
        of_source = by_source[question.source]
        return next(iter(of_source)) if len(of_source) == 1 else "answerable"

    return {question.id: scenario(question) for question in asked}


def taxes(rows: Sequence[Told], questions: Sequence[Question]) -> dict[str, dict[str, dict[str, Any]]]:
    """Model -> scenario (and `all`) -> questions, and each side's figures; None for a side that was not asked."""
    should = {question.id: question.should_abstain for question in questions}
    scenario = scenarios_of(questions)
    groups: dict[str, dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        groups[row.model][scenario[row.question_id]].append(row)
        groups[row.model][ALL].append(row)
    return {
        model: {name: _sides(group, should) for name, group in sorted(by_scenario.items())}
        for model, by_scenario in sorted(groups.items())
    }


def _sides(rows: Sequence[Told], should: Mapping[str, bool]) -> dict[str, Any]:
    sides = {side: [row for row in rows if row.side == side] for side in ("guarded", "unguarded")}
    found: dict[str, Any] = {side: tax_of(told, should) if told else None for side, told in sides.items()}
    return {"n": len({row.question_id for row in rows}), **found}
