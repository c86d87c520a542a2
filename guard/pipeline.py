"""The product, in a few lines: ask, score, calibrate, decide."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from guard.agreement import clusters
from guard.calibration import Standing, confidence_of
from guard.dialects import Dialect
from guard.evidence import Circumstances, Evidence, Look
from guard.exchange import Exchange
from guard.judges import Judge
from guard.negotiation import Memory
from guard.plan import Candidate
from guard.policy import Policy
from guard.policy import decide as decide_by
from guard.sampling import Asking, Second, gather, gather_candidate
from guard.signals import scores_of
from guard.upstream import Upstream
from guard.verdict import Decision, Reason, Verdict


@dataclass(frozen=True, slots=True)
class Ruling:
    """By what is decided: a policy under its name, and where its calibration stands."""

    name: str
    policy: Policy
    standing: Standing


@dataclass(frozen=True, slots=True)
class Answered:
    """A verdict, and the candidate's own reply to release or to replace."""

    verdict: Verdict
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Guard:
    """The guard of one route."""

    ruling: Ruling
    dialect: Dialect
    judge: Judge
    memory: Memory
    second: Second | None = None

    async def answer(
        self, exchange: Exchange, upstream: Upstream, model: str, circumstances: Circumstances, evidence_id: str
    ) -> Answered:
        """Ask the model, look at its answer, decide. Raises `UpstreamError` when the candidate itself fails."""
        asking = self.asking(upstream, model)
        candidate = await gather_candidate(asking, exchange)
        return await self.judge_candidate(exchange, asking, candidate, circumstances, evidence_id)

    async def judge_candidate(
        self, exchange: Exchange, asking: Asking, candidate: Candidate, circumstances: Circumstances, evidence_id: str
    ) -> Answered:
        """The verdict on a candidate that is already here."""
        evidence = await gather(asking, exchange, candidate, circumstances, evidence_id, self._settled)
        return Answered(verdict_of(evidence, self.ruling), candidate)

    def asking(self, upstream: Upstream, model: str) -> Asking:
        """With what this guard asks."""
        return Asking(upstream, self.dialect, model, self.ruling.policy, self.judge, self.memory, self.second)

    def _settled(self, evidence: Evidence, remaining: int) -> bool:
        return settled(evidence, remaining, self.ruling)


def verdict_of(evidence: Evidence, ruling: Ruling) -> Verdict:
    """Evidence to Verdict: pure, so that replaying a line of it gives the same decision, always."""
    scores = scores_of(evidence)
    confidence = confidence_of(ruling.standing.calibration, dict(scores), evidence)
    verdict = decide_by(evidence, scores, confidence, ruling.name, ruling.policy, ruling.standing)
    reason = verdict.would.reason if verdict.would is not None else verdict.reason
    if reason is Reason.UPSTREAM_ABSTAINED and ruling.policy.on_upstream_abstention == "recover":
        return _recovered(evidence, ruling) or verdict
    return verdict


def _recovered(evidence: Evidence, ruling: Ruling) -> Verdict | None:
    """The verdict that releases the answer on which the draws agree, where the policy would release it by itself."""
    answering = [i for i, draw in enumerate(evidence.draws) if draw.kind == "answer"]
    if not answering:
        return None
    best = max(answering, key=lambda i: (math.fsum(evidence.similarities[i + 1]), evidence.draws[i].text))
    promoted = _promoted(evidence, best)
    verdict = verdict_of(promoted, ruling)
    released = verdict.would or verdict
    if released.decision is not Decision.ANSWER:
        return None
    if verdict.would is not None:
        return replace(verdict, evidence=evidence, would=replace(verdict.would, reason=Reason.RECOVERED))
    return replace(verdict, evidence=evidence, reason=Reason.RECOVERED, recovered=promoted.candidate.text)


def _promoted(evidence: Evidence, draw: int) -> Evidence:
    """The same Evidence with one of its draws as the candidate, and the candidate among the draws."""
    order = [draw + 1, *(i for i in range(len(evidence.draws) + 1) if i != draw + 1)]
    answers = (evidence.candidate, *evidence.draws)
    matrix = tuple(tuple(evidence.similarities[i][j] for j in order) for i in order)
    return evidence.model_copy(
        update={
            "candidate": answers[order[0]],
            "draws": tuple(answers[i] for i in order[1:]),
            "similarities": matrix,
            "clusters": clusters(matrix),
            "self_report": None,
            "second_way": _reordered(evidence.second_way, order),
            "cross_model": _reordered(evidence.cross_model, order),
        }
    )


def _reordered(look: Look | None, order: list[int]) -> Look | None:
    return look and look.model_copy(update={"similarities": tuple(look.similarities[i] for i in order)})


def settled(evidence: Evidence, remaining: int, ruling: Ruling) -> bool:
    """May the asking stop? When no outcome of the remaining draws changes the decision, or all draws so far are of one
    mind: every one with the candidate, or none.

    The first half is curtailment and costs nothing; the second is the window rule of early-stopping self-consistency
    (Li et al. 2024) with the window of the first wave. Where the candidate abstains and an answer of the draws may be
    released in its place, the bounds are not those of the candidate: only draws that all abstain end the asking.

    Before the first draw the looks alone must bring a verdict, and the outcomes are those of draws that come: none is
    asked for only because it might fail.
    """
    if evidence.candidate.kind != "answer":
        return of_one_mind(evidence) and evidence.clusters[1] == 0
    return of_one_mind(evidence) or curtailed(evidence, remaining, ruling)


def of_one_mind(evidence: Evidence) -> bool:
    """Are the draws so far all with the candidate, or none of them, and none lost?"""
    alike = evidence.clusters[1:].count(0)
    return bool(evidence.draws) and not evidence.failed and alike in (0, len(evidence.draws))


def curtailed(evidence: Evidence, remaining: int, ruling: Ruling) -> bool:
    """Is the decision the same whatever so many further draws would say?"""
    if not evidence.asked and verdict_of(evidence, ruling).failure is not None:
        return False
    outcomes = [evidence, _with_strangers(evidence, remaining), _with_copies(evidence, remaining)]
    if evidence.asked:
        outcomes.append(evidence.model_copy(update={"asked": evidence.asked + remaining}))
    return len({verdict_of(outcome, ruling).decision for outcome in outcomes}) == 1


def _with_copies(evidence: Evidence, copies: int) -> Evidence:
    """The Evidence as if so many further draws had repeated the candidate, as sure of it as can be."""
    rows = [row + (row[0],) * copies for row in evidence.similarities]
    sure = evidence.candidate.model_copy(update={"stated": None if evidence.candidate.stated is None else 1.0})
    return evidence.model_copy(
        update={
            "asked": evidence.asked + copies,
            "draws": evidence.draws + (sure,) * copies,
            "similarities": (*rows, *(rows[0],) * copies),
            "clusters": evidence.clusters + (0,) * copies,
            "second_way": _lengthened(evidence.second_way, copies, None),
            "cross_model": _lengthened(evidence.cross_model, copies, None),
        }
    )


def _with_strangers(evidence: Evidence, strangers: int) -> Evidence:
    """The Evidence as if so many further draws had each said something that no other answer says."""
    size, rows = len(evidence.similarities), [row + (0.0,) * strangers for row in evidence.similarities]
    new = [tuple(float(i == size + j) for i in range(size + strangers)) for j in range(strangers)]
    first = max(evidence.clusters) + 1
    return evidence.model_copy(
        update={
            "asked": evidence.asked + strangers,
            "draws": evidence.draws + (evidence.candidate,) * strangers,
            "similarities": (*rows, *new),
            "clusters": evidence.clusters + tuple(range(first, first + strangers)),
            "second_way": _lengthened(evidence.second_way, strangers, 0.0),
            "cross_model": _lengthened(evidence.cross_model, strangers, 0.0),
        }
    )


def _lengthened(look: Look | None, by: int, similarity: float | None) -> Look | None:
    """A look as if so many further draws were that similar to it; None = as similar as the candidate is."""
    if look is None:
        return None
    further = look.similarities[0] if similarity is None else similarity
    return look.model_copy(update={"similarities": look.similarities + (further,) * by})
