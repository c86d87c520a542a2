"""Asking: the candidate, then the looks at it. The one place with concurrency and deadlines.

The candidate is asked with the caller's own parameters. Draws and the self-report run at once afterwards, within a
deadline and a token budget that are multiples of what the candidate itself took, so that a slow model is not held to a
fast model's clock.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import orjson

from guard import reports
from guard.agreement import Judge, clusters, similarities
from guard.applicability import not_applicable
from guard.asking import Asked, ask_candidate, ask_negotiated, refuses_n
from guard.dialects import Dialect, Usage
from guard.dialects.shape import Body, Drawing
from guard.errors import UpstreamError
from guard.evidence import Answer, Circumstances, Evidence, Failure, Purpose, SelfReport, Spending
from guard.exchange import Exchange
from guard.negotiation import Facts, Memory
from guard.policy import Policy, Samples
from guard.upstream import Reply, Upstream

FIRST_WAVE = 4
"""Draws before the first look at whether more are needed: four alike with no rival put the chance that another answer
is the more frequent one under .05 (uniform prior: 1 - 2^-(n+1) = .969 at n = 4)."""

DRAW_FACTOR, DRAW_LEAST_TOKENS = 4, 128
"""A draw that runs to several times the candidate's length says something else, and is cut off there."""

CHARS_PER_TOKEN = 4
SAME_TEXT_CHARS = 200
"""Draws that repeat a text of at least this length to the letter, id included, are not draws but a cache's copies."""

MAX_SEED = 2**31
"""Seeds of draws start below this, which every endpoint takes; a caller's own may be as large as JSON holds."""

Settled = Callable[[Evidence, int], bool]
"""Would no possible outcome of that many further draws change the verdict on this Evidence?"""


@dataclass(frozen=True, slots=True)
class Asking:
    """With what one request is asked: constant through the request."""

    upstream: Upstream
    dialect: Dialect
    model: str
    policy: Policy
    judge: Judge
    memory: Memory

    @property
    def facts(self) -> Facts:
        """What is known of this model's endpoint."""
        return self.memory.facts(self.upstream.name, self.model)


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
    """Which looks to take: draws in waves, a self-report, within so many seconds."""

    waves: tuple[int, ...]
    self_report: bool
    seconds: float

    @property
    def draws(self) -> int:
        """Draws at the most."""
        return sum(self.waves)


async def gather_candidate(asking: Asking, exchange: Exchange) -> Candidate:
    """Ask the candidate. Raises `UpstreamError`; a failure here is the caller's to see, never an abstention."""
    started = time.monotonic()
    asked = await ask_candidate(asking.upstream, asking.dialect, exchange, asking.model)
    return read_candidate(asking, exchange, asked, time.monotonic() - started)


def read_candidate(asking: Asking, exchange: Exchange, asked: Asked, seconds: float) -> Candidate:
    """A reply that is already here, read as the candidate. Raises `UpstreamUnreadable`."""
    parsed = asking.dialect.parse(asked.body, exchange.question)
    usage = parsed.usage
    if not usage.prompt:  # a stream without a count, or an endpoint that counts nothing
        usage = replace(usage, prompt=(len(exchange.context) + len(exchange.question)) // CHARS_PER_TOKEN)
    return Candidate(asked.reply, asked.body, parsed.answers[0], usage, parsed.model, seconds)


def plan_of(policy: Policy, exchange: Exchange, candidate: Candidate) -> Plan:
    """The plan for one candidate: draws as the budget allows, never fewer than `samples.min` for its size alone."""
    own = max(candidate.usage.prompt + candidate.usage.completion, 1)
    allowance = max(policy.budget.token_factor * own, policy.budget.min_tokens)
    cap = policy.budget.max_extra_tokens
    report = "self_report" in policy.signals and candidate.answer.kind == "answer"
    spare = allowance - (_report_tokens(exchange, candidate) if report else 0)
    draws = min(max(int(spare // own), policy.samples.min), policy.samples.max)
    if cap is not None:
        draws = min(draws, cap // own)
    total = max(policy.deadline.factor * candidate.seconds, policy.deadline.min_seconds)
    if policy.deadline.seconds is not None:
        total = min(total, policy.deadline.seconds)
    return Plan(_waves(policy, draws), report, max(total - candidate.seconds, 0.0))


def _waves(policy: Policy, draws: int) -> tuple[int, ...]:
    first = draws if policy.samples.stop == "fixed" else min(draws, FIRST_WAVE)
    return tuple(wave for wave in (first, draws - first) if wave > 0)


def _report_tokens(exchange: Exchange, candidate: Candidate) -> int:
    """What a self-report will cost, roughly: question, answer and prompt read once, a short reply written."""
    read = (len(exchange.question) + len(exchange.context) + len(candidate.answer.text)) // 4
    return read + 300 + (candidate.usage.completion // 4 if _thinks(candidate) else 0)


def _thinks(candidate: Candidate) -> bool:
    return bool(candidate.answer.reasoning) or candidate.usage.reasoning > 0


def needs_looks(policy: Policy, exchange: Exchange, answer: Answer) -> bool:
    """Is there anything to judge? Not where the model refuses, calls a tool, or keeps its own abstention."""
    if answer.kind == "refuse" or answer.tool_call or not _applicable(exchange, answer):
        return False
    return answer.kind == "answer" or policy.on_upstream_abstention == "recover"


def _applicable(exchange: Exchange, answer: Answer) -> bool:
    return not_applicable(exchange.question, exchange.context, answer.text) is None


@dataclass(slots=True)
class _Found:
    """What the looks brought so far: filled while they run, frozen into Evidence at the end."""

    draws: list[Answer] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    spending: dict[Purpose, Spending] = field(default_factory=dict)
    self_report: SelfReport | None = None
    asked: int = 0
    deadline_hit: bool = False

    def spend(self, purpose: Purpose, usage: Usage, seconds: float) -> None:
        """Add one call's cost."""
        before = self.spending.get(purpose, Spending(purpose=purpose))
        self.spending[purpose] = Spending(
            purpose=purpose,
            calls=before.calls + 1,
            prompt_tokens=before.prompt_tokens + usage.prompt,
            completion_tokens=before.completion_tokens + usage.completion,
            seconds=round(before.seconds + seconds, 6),
        )

    def out_of_time(self, plan: Plan) -> None:
        """Note that the deadline ended the asking, and what is missing for that reason."""
        self.deadline_hit = True
        lost = sum(failure.missing for failure in self.failures if failure.purpose == "draw")
        missing = self.asked - len(self.draws) - lost
        if missing > 0:
            self.failures.append(Failure(purpose="draw", kind="deadline", missing=missing))
        failed = any(failure.purpose == "self_report" for failure in self.failures)
        if plan.self_report and self.self_report is None and not failed:
            self.failures.append(Failure(purpose="self_report", kind="deadline"))


async def gather(
    asking: Asking,
    exchange: Exchange,
    candidate: Candidate,
    circumstances: Circumstances,
    evidence_id: str,
    settled: Settled,
) -> Evidence:
    """Take the planned looks at a candidate and return all that was learnt.

    Never raises for a look that fails: what is missing is in `failures`. Cancelling it closes every connection.
    """
    found = _Found()
    found.spend("candidate", candidate.usage, candidate.seconds)
    look = _Look(asking, exchange, candidate, circumstances, evidence_id, found)
    if needs_looks(asking.policy, exchange, candidate.answer):
        await look.take(plan_of(asking.policy, exchange, candidate), settled)
    return look.evidence()


@dataclass(frozen=True, slots=True)
class _Look:
    """The looks at one candidate."""

    asking: Asking
    exchange: Exchange
    candidate: Candidate
    circumstances: Circumstances
    evidence_id: str
    found: _Found

    async def take(self, plan: Plan, settled: Settled) -> None:
        """All looks at once, until they are done or time is up."""
        try:
            async with asyncio.timeout(plan.seconds), asyncio.TaskGroup() as group:
                report = group.create_task(self._self_report()) if plan.self_report else None
                group.create_task(self._draw(plan.waves, report, settled))
        except TimeoutError:
            self.found.out_of_time(plan)

    async def _draw(self, waves: tuple[int, ...], report: asyncio.Task[None] | None, settled: Settled) -> None:
        """Wave after wave, until the verdict can no longer change."""
        for number, size in enumerate(waves):
            first = self.found.asked
            self.found.asked += size
            await self._wave(size, self._seed() + first)
            remaining = sum(waves[number + 1 :])
            if remaining and report is not None:
                await asyncio.wait({report})
            if remaining and settled(self.evidence(), remaining):
                return

    def _seed(self) -> int:
        """The caller's seed, moved on; else one that depends on the question alone, so that draws can be repeated."""
        if self.exchange.seed is not None:
            return (self.exchange.seed + 1) % MAX_SEED
        return int.from_bytes(hashlib.sha256(self.exchange.question.encode()).digest()[:3], "big")

    async def _wave(self, size: int, seed: int) -> None:
        """So many draws: in one call where the endpoint honours `n`, in calls of their own where it does not."""
        most = self.asking.facts.max_n
        chunk = size if most is None else min(most, size)
        async with asyncio.TaskGroup() as group:
            for start in range(0, size, chunk):
                group.create_task(self._draws(min(chunk, size - start), seed + start))

    async def _draws(self, n: int, seed: int) -> None:
        """One call for `n` draws; where fewer come back, the rest in calls of their own."""
        asking = self.asking
        body = asking.dialect.draw(self.exchange, asking.model, self._drawing(n, seed))
        try:
            got = await self._ask(body, asking.dialect.own_in_draw, "draw")
        except UpstreamError as error:
            if refuses_n(asking.facts, n):
                await self._wave(n, seed)
            else:
                self.found.failures.append(Failure(purpose="draw", kind=error.kind, missing=n))
            return
        self.found.draws.extend(got[:n])
        if len(got) < n:
            asking.memory.remember_n(asking.upstream.name, asking.model, 1)
            await self._wave(n - len(got), seed + len(got))

    def _drawing(self, n: int, seed: int) -> Drawing:
        most = max(DRAW_FACTOR * self.candidate.usage.completion, DRAW_LEAST_TOKENS)
        return Drawing(self.asking.policy.samples.temperature, seed, n, most)

    async def _self_report(self) -> None:
        """Ask the model whether its answer is right, as data, with a nonce."""
        nonce = secrets.token_hex(8)
        thinks = _thinks(self.candidate)
        exchange, answer = self.exchange, self.candidate.answer
        probing = reports.self_report(exchange.question, exchange.context, answer.text, nonce, reasoning=thinks)
        dialect = self.asking.dialect
        try:
            got = await self._ask(dialect.probe(self.asking.model, probing), dialect.own_in_probe, "self_report")
        except UpstreamError as error:
            self.found.failures.append(Failure(purpose="self_report", kind=error.kind))
            return
        self.found.self_report = reports.read_self_report(got[0].text, nonce)
        if self.found.self_report is None:
            self.found.failures.append(Failure(purpose="self_report", kind="malformed"))

    async def _ask(self, body: Body, own: tuple[str, ...], purpose: Purpose) -> tuple[Answer, ...]:
        """One call, negotiated, read, and accounted for."""
        started = time.monotonic()
        asking = self.asking
        asked = await ask_negotiated(
            asking.upstream,
            asking.dialect,
            self.exchange.path,
            body,
            own,
            asking.memory,
            asking.model,
            query=self.exchange.query,
        )
        parsed = asking.dialect.parse(asked.body, self.exchange.question)
        self.found.spend(purpose, parsed.usage, time.monotonic() - started)
        return parsed.answers

    def evidence(self) -> Evidence:
        """What has been found, as it stands."""
        found, exchange, answer = self.found, self.exchange, self.candidate.answer
        draws = tuple(found.draws)
        matrix = similarities(exchange.question, (answer, *draws), self.asking.judge)
        return Evidence(
            id=self.evidence_id,
            dialect=exchange.dialect,
            model=exchange.model,
            reported_model=self.candidate.reported_model,
            question=exchange.question,
            context=exchange.context,
            candidate=answer,
            draws=draws,
            asked=found.asked,
            failures=tuple(found.failures),
            similarities=matrix,
            clusters=clusters(matrix),
            self_report=found.self_report,
            spending=tuple(found.spending.values()),
            diversity=_diverse(answer, draws),
            applicable=_applicable(exchange, answer),
            deadline_hit=found.deadline_hit,
            circumstances=self.circumstances,
            fingerprints=fingerprints(self.asking.judge, self.asking.policy.samples),
        )


def fingerprints(judge: Judge, samples: Samples) -> tuple[tuple[str, str], ...]:
    """What a calibration depends on besides the model: judge, prompts, plan."""
    plan = orjson.dumps([samples.max, samples.temperature, samples.stop, FIRST_WAVE])
    return (
        ("judge", judge.version),
        ("prompts", reports.SELF_REPORT_VERSION),
        ("plan", hashlib.sha256(plan).hexdigest()[:12]),
    )


def _diverse(candidate: Answer, draws: tuple[Answer, ...]) -> bool:
    """False where the "draws" are copies of one long reply, under one id: a cache, or an endpoint that cannot draw."""
    copies = all(d.text == candidate.text and d.reply_id == candidate.reply_id for d in draws)
    return not (len(draws) > 1 and len(candidate.text) >= SAME_TEXT_CHARS and copies)
