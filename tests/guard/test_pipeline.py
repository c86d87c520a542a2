"""From Evidence to Verdict: pure, whatever the order of the draws, and never better off for a loss."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.agreement import clusters
from guard.calibration import Calibration, prior
from guard.evidence import Circumstances, Evidence
from guard.pipeline import Ruling, _with_copies, _with_strangers, settled, verdict_of
from guard.verdict import Decision, Reason, Verdict
from tests.guard.building import (
    SELF_REPORTS,
    UNITS,
    answer,
    calibration,
    evidence,
    evidences,
    looks_at,
    matrices,
    permuted,
    random_matrix,
    ruling,
    self_report,
    with_matrix,
    without,
)

LOOKING: dict[str, Calibration] = {
    "prior": prior(),
    "products": calibration(
        0.5,
        {"semantic_agreement": 1.0, "second_way": 1.0, "semantic_agreement*second_way": 3.0},
        {"cluster_share": 1.0, "cross_model": 1.0, "cluster_share*cross_model": 3.0},
        {"semantic_agreement": 3.0},
    ),
    "looks alone": calibration(0.5, {"second_way": 2.0}, {"second_way": 2.0, "cross_model": 2.0}),
}
"""Calibrations that read the looks, products among them."""

CALIBRATIONS: dict[str, Calibration] = {
    "prior": prior(),
    "agreement": calibration(0.5, {"semantic_agreement": 4.0}),
    "share": calibration(0.5, {"cluster_share": 4.0}),
    "entropy": calibration(0.5, {"semantic_entropy": 4.0}),
    "all": calibration(0.5, {"semantic_agreement": 2.0, "cluster_share": 2.0, "semantic_entropy": 2.0}),
}

RULINGS = st.builds(
    lambda calibrated, blocked, status, choice, recover, least, threshold: ruling(
        calibrated,
        blocked=blocked,
        status=status,
        on_insufficient_samples=choice,
        on_scorer_failure=choice,
        on_upstream_abstention=recover,
        samples={"min": least},
        thresholds=threshold,
    ),
    st.sampled_from(list(CALIBRATIONS.values())),
    st.booleans(),
    st.sampled_from(("certified", "prior", "manual", "none")),
    st.sampled_from(("abstain", "pass", "error")),
    st.sampled_from(("keep", "recover")),
    st.integers(0, 3),
    st.none() | st.builds(dict, correctness=st.none() | UNITS),
)


def confidence(found: Evidence, decided_by: Ruling) -> float | None:
    return verdict_of(found, decided_by).confidence.correctness


def outcome(verdict: Verdict) -> tuple[Any, ...]:
    """All of a verdict but the evidence and the words: what must not depend on the order of the draws."""
    return verdict.decision, verdict.reason, verdict.confidence, verdict.scores, verdict.would, verdict.failure


# Pure


@settings(deadline=None, max_examples=150)
@given(evidences(), RULINGS)
def test_the_same_evidence_gives_the_same_verdict_after_a_journey_through_json(found: Evidence, by: Ruling) -> None:
    verdict = verdict_of(found, by)
    assert verdict_of(Evidence.from_json(found.to_json()), by) == verdict
    assert verdict_of(found, by) == verdict
    assert verdict.evidence == found


@settings(deadline=None, max_examples=120)
@given(evidences(), RULINGS, st.randoms(use_true_random=False))
def test_the_order_of_the_draws_changes_neither_scores_nor_decision(
    found: Evidence, by: Ruling, dice: random.Random
) -> None:
    order = list(range(found.used))
    dice.shuffle(order)
    assert outcome(verdict_of(permuted(found, order), by)) == outcome(verdict_of(found, by))


@pytest.mark.parametrize("by", CALIBRATIONS)
def test_every_order_of_five_draws(by: str) -> None:
    found = evidence(draws=("Paris", "It is Paris.", "Lyon", "Paris or Lyon", "Nice"))
    expected = outcome(verdict_of(found, ruling(CALIBRATIONS[by])))
    for order in itertools.permutations(range(5)):
        assert outcome(verdict_of(permuted(found, order), ruling(CALIBRATIONS[by]))) == expected


# A missing draw never raises confidence


def losses(found: Evidence) -> Iterator[tuple[Evidence, Evidence]]:
    """Every pair of what came back and the same with one draw less, over all subsets that can be lost."""
    places = range(found.used)
    for size in range(found.used):
        for lost in itertools.combinations(places, size):
            for another in set(places) - set(lost):
                yield without(found, *lost), without(found, *lost, another)


@pytest.mark.parametrize("by", CALIBRATIONS)
@pytest.mark.parametrize("agreeing", range(6))
def test_three_of_five_exhaustively(agreeing: int, by: str) -> None:
    """Every pattern of five draws, every subset of them lost, one more lost on top."""
    others = ("Lyon", "Nice", "Lyon", "Lille", "Brest")
    found = evidence(draws=(*("Paris",) * agreeing, *others[: 5 - agreeing]))
    for before, after in losses(found):
        assert after.asked == before.asked == 5
        more, fewer = confidence(before, ruling(CALIBRATIONS[by])), confidence(after, ruling(CALIBRATIONS[by]))
        assert fewer is None or (more is not None and fewer <= more)


def test_losing_any_draw_never_raises_a_score_a_confidence_or_the_decision() -> None:
    dice = random.Random(12)
    names = list(CALIBRATIONS)
    for number in range(2000):
        size = dice.randint(2, 8)
        asked = size - 1 + dice.randint(0, 2)
        found = with_matrix(random_matrix(size, dice), asked=asked, candidate=answer("answer 0", logprob=-0.1))
        by = ruling(CALIBRATIONS[names[number % len(names)]], samples={"min": dice.randint(0, 3)})
        before, after = verdict_of(found, by), verdict_of(without(found, dice.randrange(size - 1)), by)
        for (name, more), (_, fewer) in zip(before.scores, after.scores, strict=True):
            assert fewer is None or (more is not None and fewer <= more), name
        more, fewer = before.confidence.correctness, after.confidence.correctness
        assert fewer is None or (more is not None and fewer <= more)
        assert after.decision is not Decision.ANSWER or before.decision is Decision.ANSWER


def test_losing_every_draw_leaves_no_map_that_would_answer() -> None:
    """A calibration may have a map for the self-report alone: it may give a higher figure, but never an answer."""
    tempting = calibration(0.5, {"semantic_agreement": 1.0}, {"self_report.number": 9.0}, intercept=0.0)
    found = evidence(draws=("Lyon",), self_report=self_report(1.0))
    for lost in ((), (0,)):
        verdict = verdict_of(without(found, *lost), ruling(tempting, samples={"min": 0}))
        assert verdict.decision is Decision.ABSTAIN


# Stopping early


def completed(found: Evidence, further: Sequence[float | None]) -> Evidence:
    """The Evidence when draws of these similarities to the candidate have come; None for one that has not."""
    come = [alike for alike in further if alike is not None]
    size = len(found.similarities) + len(come)
    rows = [[1.0 if i == j else 0.0 for j in range(size)] for i in range(size)]
    for i, row in enumerate(found.similarities):
        rows[i][: len(row)] = row
    for place, alike in enumerate(come, len(found.similarities)):
        rows[0][place] = rows[place][0] = alike
    return with_matrix(tuple(map(tuple, rows)), asked=found.asked + len(further), self_report=found.self_report)


GRID = (None, 0.0, 0.4, 0.7, 1.0)


def partials() -> Iterator[tuple[Evidence, int]]:
    """Every Evidence of up to three draws, one of them possibly lost, and how many are still to come."""
    for size in range(4):
        for alike in itertools.combinations_with_replacement(GRID, size):
            start = with_matrix(((1.0,),), asked=0)
            for remaining in (1, 2, 3):
                yield completed(start, alike), remaining


def of_one_mind(found: Evidence) -> bool:
    """The window rule: no bound, but a stop by design."""
    return bool(found.used) and not found.failed and found.clusters[1:].count(0) in (0, found.used)


@pytest.mark.parametrize(
    "by",
    [
        ruling(prior(), thresholds={"correctness": 0.5}),
        ruling(prior(), thresholds={"correctness": 0.3}, samples={"min": 2}),
        ruling(CALIBRATIONS["agreement"], thresholds={"correctness": 0.6}),
        ruling(CALIBRATIONS["share"], samples={"min": 3}, on_insufficient_samples="pass"),
        ruling(CALIBRATIONS["share"], samples={"min": 2}, on_insufficient_samples="error"),
        ruling(CALIBRATIONS["agreement"], samples={"min": 0}, on_scorer_failure="pass"),
        ruling(prior(), blocked=True),
    ],
    ids=("prior", "low", "agreement", "pass", "error", "scorer", "blocked"),
)
def test_a_decision_that_is_called_fixed_is_fixed(by: Ruling) -> None:
    """Against every completion, draws that fail included."""
    stopped = 0
    for found, remaining in partials():
        if of_one_mind(found) or not settled(found, remaining, by):
            continue
        stopped += 1
        completions = itertools.combinations_with_replacement(GRID, remaining)
        assert len({verdict_of(completed(found, further), by).decision for further in completions}) == 1
    assert stopped > 5


@pytest.mark.parametrize("by", ["prior", "agreement", "share"])
def test_no_completion_is_outside_the_bounds(by: str) -> None:
    decided_by = ruling(CALIBRATIONS[by])
    for found, remaining in partials():
        best = confidence(completed(found, (1.0,) * remaining), decided_by)
        worst = confidence(completed(found, (None,) * remaining), decided_by)
        for further in itertools.combinations_with_replacement(GRID, remaining):
            here = confidence(completed(found, further), decided_by)
            if here is not None:
                assert best is not None
                assert here <= best
            assert worst is None or (here is not None and worst <= here)


@st.composite
def looked(draw: st.DrawFn) -> tuple[Evidence, int, Evidence]:
    """Evidence with looks, how many draws are to come, and what it may become when all of them have come."""
    matrix = draw(matrices(1, 8))
    size = len(matrix)
    here = draw(st.integers(1, size))
    looks = {name: draw(looks_at(size)) for name in ("second_way", "cross_model")}
    report = draw(SELF_REPORTS)
    whole = with_matrix(matrix, self_report=report, **looks)
    part = {
        name: seen and seen.model_copy(update={"similarities": seen.similarities[:here]})
        for name, seen in looks.items()
    }
    rows = tuple(row[:here] for row in matrix[:here])
    return with_matrix(rows, self_report=report, **part), size - here, whole


@settings(deadline=None, max_examples=1500)
@given(looked(), st.sampled_from([*LOOKING.values()]))
def test_with_looks_every_completion_lies_between_strangers_and_copies(
    drawn: tuple[Evidence, int, Evidence], fitted: Calibration
) -> None:
    found, remaining, whole = drawn
    by = ruling(fitted)
    here = confidence(whole, by)
    worst, best = (confidence(made(found, remaining), by) for made in (_with_strangers, _with_copies))
    assert (here is None) == (worst is None) == (best is None)
    if here is not None and worst is not None and best is not None:
        assert worst - 1e-9 <= here <= best + 1e-9


@settings(deadline=None, max_examples=500)
@given(looked(), st.sampled_from([*LOOKING.values()]), UNITS, st.integers(0, 3))
def test_with_looks_a_decision_that_is_called_fixed_is_fixed(
    drawn: tuple[Evidence, int, Evidence], fitted: Calibration, threshold: float, least: int
) -> None:
    found, remaining, whole = drawn
    by = ruling(fitted, thresholds={"correctness": threshold}, samples={"min": least})
    if remaining and not of_one_mind(found) and settled(found, remaining, by):
        assert verdict_of(whole, by).decision == verdict_of(found, by).decision


@settings(deadline=None, max_examples=500)
@given(looked(), st.integers(0, 4))
def test_the_bounds_are_evidence_as_gather_could_bring_it(drawn: tuple[Evidence, int, Evidence], further: int) -> None:
    found = drawn[0]
    for made in (_with_strangers, _with_copies):
        more = made(found, further)
        assert (more.used, more.asked) == (found.used + further, found.asked + further)
        size = more.used + 1
        assert {len(row) for row in more.similarities} == {size} == {len(more.similarities)}
        assert all(more.similarities[i][j] == more.similarities[j][i] for i in range(size) for j in range(i))
        assert more.clusters == clusters(more.similarities)
        assert all(seen is None or len(seen.similarities) == size for seen in (more.second_way, more.cross_model))


@settings(deadline=None, max_examples=400)
@given(looked(), st.sampled_from([*LOOKING.values()]), st.data())
def test_losing_a_draw_never_raises_a_confidence_with_looks_either(
    drawn: tuple[Evidence, int, Evidence], fitted: Calibration, data: st.DataObject
) -> None:
    found = drawn[2]
    if found.used:
        lost = without(found, data.draw(st.integers(0, found.used - 1)))
        more, fewer = confidence(found, ruling(fitted)), confidence(lost, ruling(fitted))
        assert fewer is None or (more is not None and fewer <= more)


def test_an_open_decision_is_not_called_fixed() -> None:
    by = ruling(CALIBRATIONS["agreement"], thresholds={"correctness": 0.5})
    for found, remaining in partials():
        completions = itertools.combinations_with_replacement(GRID, remaining)
        decisions = {verdict_of(completed(found, further), by).decision for further in completions}
        if len(decisions) > 1 and not of_one_mind(found):
            assert not settled(found, remaining, by)


@pytest.mark.parametrize("said", ["Paris", "Lyon"])
def test_draws_of_one_mind_end_the_asking(said: str) -> None:
    assert settled(evidence(draws=(said,) * 4), 4, ruling())


def test_a_lost_draw_is_not_of_that_mind() -> None:
    by = ruling(CALIBRATIONS["agreement"], thresholds={"correctness": 0.6})
    assert settled(evidence(draws=("Paris",) * 4), 4, by)
    assert not settled(evidence(draws=("Paris",) * 4, asked=5), 4, by)


# Recovering


RECOVER = ruling(calibration(0.6, {"semantic_agreement": 4.0}), on_upstream_abstention="recover")
IDK = "I don't know."


def recovered(*draws: str, **fields: Any) -> Verdict:
    return verdict_of(evidence(IDK, draws, **fields), RECOVER)


def test_what_the_draws_agree_on_is_released_in_place_of_an_abstention() -> None:
    verdict = recovered(*("Paris",) * 7, "It is Paris.")
    assert (verdict.decision, verdict.reason) == (Decision.ANSWER, Reason.RECOVERED)
    assert verdict.recovered is not None
    assert "Paris" in verdict.recovered
    assert verdict.evidence is not None
    assert verdict.evidence.candidate.text == IDK
    assert verdict.confidence.correctness is not None
    assert verdict.confidence.correctness >= (verdict.threshold.correctness or 1)


@pytest.mark.parametrize(
    "draws",
    [
        (),
        (IDK,) * 8,
        ("Paris", "Lyon", "Nice", "Lille", "Brest", "Nancy", "Metz", "Dijon"),
        ("Paris", *(IDK,) * 7),
        ("I can't help with that.",) * 8,
    ],
)
def test_the_abstention_is_kept_where_the_draws_do_not_agree_on_an_answer(draws: tuple[str, ...]) -> None:
    verdict = recovered(*draws)
    assert (verdict.decision, verdict.reason) == (Decision.PASS, Reason.UPSTREAM_ABSTAINED)
    assert verdict.recovered is None


def test_the_policy_keep_keeps_it_whatever_the_draws_say() -> None:
    verdict = verdict_of(evidence(IDK, ("Paris",) * 8), ruling())
    assert (verdict.decision, verdict.reason) == (Decision.PASS, Reason.UPSTREAM_ABSTAINED)


def test_draws_that_were_lost_do_not_help_to_recover() -> None:
    assert recovered(*("Paris",) * 8, asked=8).decision is Decision.ANSWER
    assert recovered(*("Paris",) * 8, asked=16).decision is Decision.PASS


def test_a_call_of_a_tool_is_not_recovered() -> None:
    call = answer("", tool_call=True)
    verdict = verdict_of(evidence(IDK, (call,) * 8), RECOVER)
    assert verdict.reason is Reason.UPSTREAM_ABSTAINED


def test_a_refusal_is_not_recovered() -> None:
    refusal = answer("I can't help with that.", kind="refuse")
    verdict = verdict_of(evidence(refusal, ("Paris",) * 8), RECOVER)
    assert verdict.reason is Reason.UPSTREAM_REFUSED


def test_shadow_says_that_it_would_have_recovered_and_recovers_nothing() -> None:
    around = Circumstances(policy="balanced", mode="shadow")
    verdict = recovered(*("Paris",) * 8, circumstances=around)
    assert (verdict.decision, verdict.reason, verdict.recovered) == (Decision.PASS, Reason.SHADOW, None)
    assert verdict.would is not None
    assert (verdict.would.decision, verdict.would.reason) == (Decision.ANSWER, Reason.RECOVERED)


def test_asking_goes_on_while_an_answer_may_still_be_recovered() -> None:
    by = RECOVER
    assert not settled(evidence(IDK, ("Paris", "Paris", "Paris", "Lyon")), 4, by)
    assert not settled(evidence(IDK, ("Paris", "Paris", IDK, "Lyon")), 4, by)
    assert not settled(evidence(IDK, ()), 4, by)
    assert settled(evidence(IDK, (IDK,) * 4), 4, by)
