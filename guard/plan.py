"""The plan: which looks to take at a candidate, how many draws, how long.

Budget and deadline are multiples of what the candidate itself took, so that a slow model is not held to a fast model's
clock.
"""

from __future__ import annotations

from dataclasses import dataclass

from guard.applicability import not_applicable
from guard.dialects import Usage
from guard.dialects.shape import Body
from guard.evidence import Answer, Purpose
from guard.exchange import Exchange
from guard.policy import Policy, judged_axes
from guard.upstream import Reply

FIRST_WAVE = 4
"""Draws before the first look at whether more are needed: four alike with no rival put the chance that another answer
is the more frequent one under .05 (uniform prior: 1 - 2^-(n+1) = .969 at n = 4)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """The candidate's reply as it came (`reply`), as JSON (`body`), and read."""

    reply: Reply
    body: Body
    answer: Answer
    usage: Usage
    reported_model: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Which looks to take: draws in waves, the others by name, within so many seconds."""

    waves: tuple[int, ...]
    looks: tuple[Purpose, ...]
    seconds: float

    @property
    def draws(self) -> int:
        """Draws at the most."""
        return sum(self.waves)


def plan_of(policy: Policy, exchange: Exchange, candidate: Candidate, min_confidence: float | None = None) -> Plan:
    """The plan for one candidate: draws as the budget allows, never fewer than `samples.min` for its size alone.

    An axis that is not judged is not asked for; `min_confidence` is the caller's own threshold, which makes it judged.
    """
    correctness, answerability = judged_axes(policy, min_confidence)
    own = max(candidate.usage.prompt + candidate.usage.completion, 1)
    allowance = max(policy.budget.token_factor * own, policy.budget.min_tokens)
    cap = policy.budget.max_extra_tokens
    looks = _looks(policy, candidate, correctness=correctness, answerability=answerability)
    spare = allowance - sum(_look_tokens(look, exchange, candidate) for look in looks) - _judge_tokens(policy, exchange)
    draws = min(max(int(spare // own), policy.samples.min), policy.samples.max)
    if cap is not None:
        draws = min(draws, cap // own)
    total = max(policy.deadline.factor * candidate.seconds, policy.deadline.min_seconds)
    if policy.deadline.seconds is not None:
        total = min(total, policy.deadline.seconds)
    return Plan(_waves(policy, draws if correctness else 0), looks, max(total - candidate.seconds, 0.0))


def _looks(policy: Policy, candidate: Candidate, *, correctness: bool, answerability: bool) -> tuple[Purpose, ...]:
    """The looks beside the draws. Of a candidate that abstains only the draws are asked for."""
    if candidate.answer.kind != "answer":
        return ()
    second = policy.second_model is not None
    wanted: tuple[tuple[Purpose, bool], ...] = (
        ("self_report", correctness and "self_report" in policy.signals),
        ("second_way", correctness and "second_way" in policy.signals),
        ("cross_model", correctness and second),
        ("checklist", answerability and "answerability" in policy.signals),
    )
    return tuple(name for name, asked in wanted if asked)


def _waves(policy: Policy, draws: int) -> tuple[int, ...]:
    first = draws if policy.samples.stop == "fixed" else min(draws, FIRST_WAVE)
    return tuple(wave for wave in (first, draws - first) if wave > 0)


def _look_tokens(look: Purpose, exchange: Exchange, candidate: Candidate) -> int:
    """What a look will cost, roughly: the question and a prompt read once, and what it makes the model write."""
    read = (len(exchange.question) + len(exchange.context)) // 4
    written = candidate.usage.completion if thinks(candidate) else 0
    costs = {
        "self_report": len(candidate.answer.text) // 4 + 300 + written // 4,
        "second_way": 600 + written,
        "checklist": 1000 + written,
    }
    return read + costs.get(look, candidate.usage.completion)


def _judge_tokens(policy: Policy, exchange: Exchange) -> int:
    """What two calls to a model as judge will cost, roughly; nothing where another judge compares."""
    return 2 * (len(exchange.question) // 4 + 400) if policy.judge == "llm" else 0


def thinks(candidate: Candidate) -> bool:
    """Does this model reason before it answers?"""
    return bool(candidate.answer.reasoning) or candidate.usage.reasoning > 0


def needs_looks(policy: Policy, exchange: Exchange, answer: Answer) -> bool:
    """Is there anything to judge? Not where the model refuses, calls a tool, or keeps its own abstention."""
    if answer.kind == "refuse" or answer.tool_call or not applicable(exchange, answer):
        return False
    return answer.kind == "answer" or policy.on_upstream_abstention == "recover"


def applicable(exchange: Exchange, answer: Answer) -> bool:
    """Is this a question whose answer can be right or wrong?"""
    return not_applicable(exchange.question, exchange.context, answer.text) is None
