"""Records for tests, by hand and by Hypothesis."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from guard.abstentions import recognise
from guard.agreement import Matrix, clusters, similarities
from guard.answers import final_answer
from guard.calibration import Calibration, Map, Standing, prior
from guard.evidence import Answer, Circumstances, Evidence, Failure, Look, SelfReport, Spending
from guard.normalising import tokens
from guard.pipeline import Ruling
from guard.policy import Policy

FILLERS = frozenset("it is was the a an".split())


class SameWords:
    """A judge as simple as can be: the same, or one inside the other, or different. The product's may change."""

    version = "same-words/1"

    def similarity(self, question: str, a: str, b: str) -> float:
        left, right = (frozenset(tokens(said)) - FILLERS for said in (a, b))
        return float(bool(left and right) and (left <= right or right <= left))


JUDGE = SameWords()
QUESTION = "What is the capital of France?"


def answer(text: str = "Paris", **fields: Any) -> Answer:
    """A completion, read as the dialect reads it."""
    return Answer(**{"text": text, "final": final_answer(text), "kind": recognise(text), **fields})


def evidence(
    candidate: str | Answer = "Paris", draws: Sequence[str | Answer] = ("Paris",) * 4, **fields: Any
) -> Evidence:
    """Evidence as `gather` would have made it of these answers."""
    first, *rest = (said if isinstance(said, Answer) else answer(said) for said in (candidate, *draws))
    matrix = similarities(fields.get("question", QUESTION), (first, *rest), JUDGE)
    return with_matrix(matrix, candidate=first, draws=tuple(rest), **fields)


def with_matrix(matrix: Matrix, **fields: Any) -> Evidence:
    """Evidence with these similarities; its answers are named after their places where none are given."""
    size = len(matrix)
    said = {
        "id": "g-1",
        "dialect": "openai_chat",
        "model": "m",
        "question": QUESTION,
        "candidate": answer("answer 0"),
        "draws": tuple(answer(f"answer {place}") for place in range(1, size)),
        "asked": size - 1,
        "similarities": matrix,
        "clusters": clusters(matrix),
        "circumstances": Circumstances(policy="balanced", mode="enforce"),
    }
    return Evidence(**said | fields)


def self_report(value: float, form: Any = "number") -> SelfReport:
    return SelfReport(value=value, form=form, affirmed=value >= 0.5, prompt="self_report/1")


def with_p_true(value: float, number: float = 0.9) -> SelfReport:
    """A self-report whose yes has this probability."""
    return self_report(number).model_copy(update={"p_true": value})


def look(*similarities: float, text: str = "Paris") -> Look:
    """Another answer, so similar to the candidate and to each draw."""
    return Look(answer=answer(text), similarities=similarities)


def permuted(found: Evidence, order: Sequence[int]) -> Evidence:
    """The same answers as if the draws had arrived in another order: clustered anew."""
    places = (0, *(place + 1 for place in order))
    matrix = tuple(tuple(found.similarities[i][j] for j in places) for i in places)
    draws = tuple(found.draws[place] for place in order)
    looks = {
        name: seen and seen.model_copy(update={"similarities": tuple(seen.similarities[place] for place in places)})
        for name, seen in (("second_way", found.second_way), ("cross_model", found.cross_model))
    }
    around = {"draws": draws, "similarities": matrix, "clusters": clusters(matrix)}
    return found.model_copy(update=around | looks)


def without(found: Evidence, *lost: int) -> Evidence:
    """The same asking with these draws lost: `asked` unchanged, clustered anew."""
    kept = [place for place in range(found.used) if place not in lost]
    return permuted(found, kept)


def ruling(
    calibration: Calibration | None = None, *, status: Any = "prior", blocked: bool = False, **policy: Any
) -> Ruling:
    standing = Standing(calibration or prior(), status, blocked=blocked)
    return Ruling("balanced", Policy(**policy), standing)


def calibration(threshold: float, *maps: dict[str, float], intercept: float = -2.0, **fields: Any) -> Calibration:
    """A calibration with one map for each set of weights."""
    return Calibration(
        schema="calibration/1",
        status="certified",
        maps=tuple(Map(intercept=intercept, weights=weights) for weights in maps),
        threshold=threshold,
        **fields,
    )


UNITS = st.integers(0, 20).map(lambda twentieths: twentieths / 20)
"""Similarities and confidences, coarse enough for ties."""


@st.composite
def matrices(draw: st.DrawFn, least: int = 1, most: int = 7) -> Matrix:
    size = draw(st.integers(least, most))
    rows = [[1.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1, size):
            rows[i][j] = rows[j][i] = draw(UNITS)
    return tuple(tuple(row) for row in rows)


def random_matrix(size: int, dice: random.Random) -> Matrix:
    """As `matrices`, without Hypothesis, for loops over thousands."""
    rows = [[1.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1, size):
            rows[i][j] = rows[j][i] = dice.choice((0.0, 0.1, 0.5, 0.69, 0.7, 0.71, 0.8, 0.95, 1.0))
    return tuple(tuple(row) for row in rows)


KINDS = st.sampled_from(("answer", "abstain", "refuse"))
COUNTS = st.integers(0, 10**6)
SECONDS = st.floats(0, 1e6)
PURPOSES = st.sampled_from(("candidate", "draw", "self_report", "second_way", "cross_model", "judge"))

ANSWERS = st.builds(
    Answer,
    text=st.text(max_size=40),
    final=st.text(max_size=20),
    kind=KINDS,
    reasoning=st.text(max_size=20),
    complete=st.booleans(),
    tool_call=st.booleans(),
    logprob=st.none() | st.floats(-9999, 0),
    reply_id=st.text(max_size=8),
    fingerprint=st.text(max_size=8),
)

CHANCES = st.floats(0, 1) | st.sampled_from((0.0, 0.5, 1.0))
SELF_REPORTS = (
    st.none()
    | st.builds(self_report, CHANCES, st.sampled_from(("number", "yes_no")))
    | st.builds(with_p_true, CHANCES, CHANCES)
)


def looks_at(size: int) -> st.SearchStrategy[Look | None]:
    """A look at a candidate and its draws, or none."""
    alike = st.lists(UNITS, min_size=size, max_size=size).map(tuple)
    return st.none() | st.builds(Look, answer=ANSWERS, similarities=alike)


CIRCUMSTANCES = st.builds(
    Circumstances,
    policy=st.text(max_size=8),
    mode=st.sampled_from(("enforce", "shadow", "canary")),
    route=st.text(max_size=8),
    min_confidence=st.none() | st.floats(0, 1),
    structured=st.booleans(),
)


@st.composite
def evidences(draw: st.DrawFn, kinds: st.SearchStrategy[Any] = KINDS) -> Evidence:
    """Anything that `gather` could bring, in values if not in likelihood."""
    matrix = draw(matrices())
    size = len(matrix)
    answers = [draw(ANSWERS) for _ in range(size)]
    return with_matrix(
        matrix,
        id=draw(st.text(max_size=8)),
        reported_model=draw(st.text(max_size=8)),
        question=draw(st.text(max_size=30)),
        context=draw(st.text(max_size=30)),
        candidate=answers[0].model_copy(update={"kind": draw(kinds)}),
        draws=tuple(answers[1:]),
        asked=size - 1 + draw(st.integers(0, 3)),
        failures=tuple(
            draw(st.lists(st.builds(Failure, purpose=PURPOSES, kind=st.text(max_size=8), missing=COUNTS), max_size=2))
        ),
        self_report=draw(SELF_REPORTS),
        second_way=draw(looks_at(size)),
        cross_model=draw(looks_at(size)),
        spending=tuple(
            draw(
                st.lists(
                    st.builds(
                        Spending,
                        purpose=PURPOSES,
                        calls=COUNTS,
                        prompt_tokens=COUNTS,
                        completion_tokens=COUNTS,
                        seconds=SECONDS,
                    ),
                    max_size=3,
                )
            )
        ),
        diversity=draw(st.booleans()),
        diversity_sign=draw(st.sampled_from(("", "cache_hit", "same_reply", "verbatim"))),
        applicable=draw(st.booleans()),
        deadline_hit=draw(st.booleans()),
        circumstances=draw(CIRCUMSTANCES),
        fingerprints=tuple(draw(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), max_size=2))),
    )
