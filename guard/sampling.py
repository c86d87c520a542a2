"""Asking: the candidate, then the looks at it. The one place with concurrency and deadlines.

The candidate is asked with the caller's own parameters. Afterwards come the looks (self-report, second way, second
model), all at once, and then the draws while the verdict is open, within the plan's deadline. Before each look at
whether it is, the answers that came are compared, and the pairs left open put to the costly judge, where there is one.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from guard import reports
from guard.abstentions import recognise
from guard.agreement import Judge, clusters, likenesses, similarities
from guard.answers import final_answer
from guard.asking import Asked, ask_candidate, ask_negotiated, refuses_n
from guard.checklist import FORMS
from guard.comparing import JUDGE_LAST, JUDGE_ROOM, JUDGE_SHARE, Comparing, comparing
from guard.copies import Drawn, cache_hit, sign_of_copies
from guard.dialects import Dialect, Usage
from guard.dialects.shape import Body, Drawing, Probing
from guard.errors import UpstreamError
from guard.evidence import (
    Answer,
    Circumstances,
    DiversitySign,
    Evidence,
    Failure,
    Look,
    Purpose,
)
from guard.exchange import Exchange
from guard.fingerprints import fingerprints
from guard.found import Found, Heard
from guard.judges.costly import ModelAt
from guard.negotiation import Facts, Memory
from guard.plan import Candidate, Plan, applicable, needs_looks, plan_of, thinks
from guard.policy import Policy
from guard.stated import split_stated
from guard.upstream import Upstream

DRAW_FACTOR, DRAW_LEAST_TOKENS = 4, 128
"""A draw that runs to several times the candidate's length says something else, and is cut off there."""

CHARS_PER_TOKEN = 4
LOOKS_SHARE = 0.5
"""Part of the time that the draws wait for the looks."""

MAX_SEED = 2**31
"""Seeds of draws start below this, which every endpoint takes; a caller's own may be as large as JSON holds."""

Settled = Callable[[Evidence, int], bool]
"""Would no possible outcome of that many further draws change the verdict on this Evidence?"""


@dataclass(frozen=True, slots=True)
class Second:
    """Another model whose one answer is a look, behind its own upstream."""

    upstream: Upstream
    model: str


@dataclass(frozen=True, slots=True)
class Asking:
    """With what one request is asked: constant through the request."""

    upstream: Upstream
    dialect: Dialect
    model: str
    policy: Policy
    judge: Judge
    memory: Memory
    second: Second | None = None

    @property
    def facts(self) -> Facts:
        """What is known of this model's endpoint."""
        return self.memory.facts(self.upstream.name, self.model)


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
    found = Found()
    found.spend("candidate", candidate.usage, candidate.seconds)
    by = comparing(asking.judge, exchange.question)
    look = _Look(asking, exchange, candidate, circumstances, evidence_id, found, by)
    if needs_looks(asking.policy, exchange, candidate.answer):
        await look.take(plan_of(asking.policy, exchange, candidate, circumstances.min_confidence), settled)
    await look.compare()
    return look.evidence()


@dataclass(frozen=True, slots=True)
class _Look:
    """The looks at one candidate."""

    asking: Asking
    exchange: Exchange
    candidate: Candidate
    circumstances: Circumstances
    evidence_id: str
    found: Found
    comparing: Comparing

    async def take(self, plan: Plan, settled: Settled) -> None:
        """The looks, then the draws while undecided, until all is done or time is up.

        Where several draws may be saved by them the looks come first; a fixed plan and a single draw run beside them.
        A look that takes more than its part of the time must not cost the draws: they then begin beside it.
        """
        takes = {
            "self_report": self._self_report,
            "second_way": self._second_way,
            "cross_model": self._cross_model,
            "checklist": self._checklist,
        }
        first = self.asking.policy.samples.stop == "sequential" and plan.draws > 1
        until = time.monotonic() + plan.seconds
        try:
            async with asyncio.timeout(plan.seconds):
                async with asyncio.TaskGroup() as group:
                    looks = [group.create_task(takes[name]()) for name in plan.looks]
                    group.create_task(self._draw(plan, until, looks if first else [], settled))
                await self._judge(plan, until)
        except TimeoutError:
            self.found.out_of_time(plan)
            await self.compare()
            self.found.failures.extend(self.comparing.unasked(*self._answers()))

    async def _draw(self, plan: Plan, until: float, looks: list[asyncio.Task[None]], settled: Settled) -> None:
        """Wave after wave, until the verdict can no longer change."""
        if looks:
            await asyncio.wait(looks, timeout=plan.seconds * LOOKS_SHARE)
        for number, size in enumerate(plan.waves):
            if looks or number:
                await self._judge(plan, until)
                if settled(self.evidence(), sum(plan.waves[number:])):
                    return
            first = self.found.asked
            self.found.asked += size
            await self._wave(size, self._seed() + first)

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
            heard = await self._ask(body, asking.dialect.own_in_draw, "draw")
        except UpstreamError as error:
            if refuses_n(asking.facts, n):
                await self._wave(n, seed)
            else:
                self.found.failures.append(Failure(purpose="draw", kind=error.kind, missing=n))
            return
        self.found.draw(heard, n)
        came = len(heard.answers)
        if came < n:
            asking.memory.remember_n(asking.upstream.name, asking.model, 1)
            await self._wave(n - came, seed + came)

    def _drawing(self, n: int, seed: int) -> Drawing:
        most = max(DRAW_FACTOR * self.candidate.usage.completion, DRAW_LEAST_TOKENS)
        return Drawing(self.asking.policy.samples.temperature, seed, n, most)

    async def _self_report(self) -> None:
        """Ask the model whether its answer is right, as data, with a nonce."""
        nonce, exchange = secrets.token_hex(8), self.exchange
        probing = reports.self_report(
            exchange.question,
            exchange.context,
            self.candidate.answer.text,
            nonce,
            reasoning=thinks(self.candidate),
        )
        heard = await self._probed(probing, "self_report")
        if heard is None:
            return
        report = reports.read_self_report(heard.answers[0].text, nonce)
        if report is None:
            self._malformed("self_report")
            return
        chance = reports.p_true(self.asking.dialect.tokens(heard.asked.body))
        self.found.self_report = report.model_copy(update={"p_true": chance})

    async def _second_way(self) -> None:
        """Ask the question again, through steps of the model's own."""
        nonce, exchange = secrets.token_hex(8), self.exchange
        probing = reports.second_way(exchange.question, exchange.context, nonce, reasoning=thinks(self.candidate))
        heard = await self._probed(probing, "second_way")
        answer = None if heard is None else reports.read_second_way(heard.answers[0].text, nonce)
        if answer is not None:
            self.found.answers["second_way"] = read_answer(answer, exchange.question)
        elif heard is not None:
            self._malformed("second_way")

    async def _checklist(self) -> None:
        """Ask what an answer to the question would need; the answer is not shown."""
        nonce, question, context = secrets.token_hex(8), self.exchange.question, self.exchange.context
        form = FORMS[self.asking.policy.checklist]
        said = await self._probed(form.probe(question, context, nonce, thinks(self.candidate)), "checklist")
        if said is None:
            return
        tokens = self.asking.dialect.tokens(said.asked.body)
        found = self.found.checklist = form.read(said.answers[0].text, nonce, question, context, tokens)
        if found is None:
            self._malformed("checklist")

    async def _cross_model(self) -> None:
        """One answer of the second model to the caller's own request, at temperature 0."""
        second, dialect = self.asking.second, self.asking.dialect
        if second is None:
            return
        # The caller's credential travels in the request's own upstream and query, and must not reach another one.
        own = second.upstream.name == self.asking.upstream.name
        upstream = self.asking.upstream if own else second.upstream
        body = dialect.draw(self.exchange, second.model, Drawing(temperature=0.0, seed=0, n=1))
        try:
            heard = await self._ask(body, dialect.own_in_draw, "cross_model", upstream, second.model)
        except UpstreamError as error:
            self.found.failures.append(Failure(purpose="cross_model", kind=error.kind))
            return
        self.found.answers["cross_model"] = heard.answers[0]

    async def compare(self) -> None:
        """Compare the answers that came since the last time."""
        await self.comparing.compare(*self._answers())

    async def _judge(self, plan: Plan, until: float) -> None:
        """Compare, compute what is mathematical, and put what is left open to the costly judge, all in one go."""
        patience = min(JUDGE_SHARE * plan.seconds, JUDGE_LAST * (until - time.monotonic()))
        failed = await self.comparing.calculate(*self._answers(), patience)
        if failed is not None:
            self.found.failures.append(failed)
        started = time.monotonic()
        patience = min(JUDGE_SHARE * plan.seconds, JUDGE_LAST * (until - started))
        asked = await self.comparing.judge(*self._answers(), self._ask_judge, patience)
        if isinstance(asked, Failure):
            self.found.failures.append(asked)
        elif asked is not None:
            self.found.spend("judge", Usage(0, 0), time.monotonic() - started)

    async def _ask_judge(self, probing: Probing, at: ModelAt | None) -> str:
        """Put a judge's probe to the caller's own model, or to another one, which never sees the caller's credential.
        See `guard.judges.costly.Ask`."""
        asking = self.asking
        if at is None and thinks(self.candidate):
            probing = replace(probing, max_tokens=JUDGE_ROOM, low_effort=True)
        model = asking.model if at is None else at.model
        upstream = None if at is None or at.upstream.name == asking.upstream.name else at.upstream
        body = asking.dialect.probe(model, probing)
        return (await self._ask(body, asking.dialect.own_in_probe, "judge", upstream, model)).answers[0].text

    async def _probed(self, probing: Probing, purpose: Purpose) -> Heard | None:
        """The reply to a probe; None where it failed, which is noted."""
        dialect = self.asking.dialect
        try:
            heard = await self._ask(dialect.probe(self.asking.model, probing), dialect.own_in_probe, purpose)
        except UpstreamError as error:
            self.found.failures.append(Failure(purpose=purpose, kind=error.kind))
            return None
        self.found.other_ids.add(heard.answers[0].reply_id)
        return heard

    def _malformed(self, purpose: Purpose) -> None:
        self.found.failures.append(Failure(purpose=purpose, kind="malformed"))

    async def _ask(
        self,
        body: Body,
        own: tuple[str, ...],
        purpose: Purpose,
        upstream: Upstream | None = None,
        model: str | None = None,
    ) -> Heard:
        """One call, negotiated, read, and accounted for; to the candidate's own model unless another is named."""
        started = time.monotonic()
        asking = self.asking
        upstream = upstream or asking.upstream
        asked = await ask_negotiated(
            upstream,
            asking.dialect,
            self.exchange.path,
            body,
            own,
            asking.memory,
            model or asking.model,
            query=self.exchange.query if upstream is asking.upstream else "",
        )
        parsed = asking.dialect.parse(asked.body, self.exchange.question)
        self.found.spend(purpose, parsed.usage, time.monotonic() - started)
        return Heard(asked, parsed.answers)

    def _sign(self) -> DiversitySign:
        """What shows that the draws are copies, if anything does."""
        first = Drawn(self.candidate.answer, 0, cache_hit(self.candidate.reply.headers))
        others = frozenset(self.found.other_ids)
        return sign_of_copies(first, self.found.draws, others, self.asking.policy.samples.temperature)

    def _answers(self) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
        """The candidate and the draws; the looks that are answers."""
        return (self.candidate.answer, *(drawn.answer for drawn in self.found.draws)), tuple(
            self.found.answers.values()
        )

    def evidence(self) -> Evidence:
        """What has been found, as it stands."""
        found, exchange, answer = self.found, self.exchange, self.candidate.answer
        draws = tuple(drawn.answer for drawn in found.draws)
        sign = self._sign()
        question, answers, pairs = exchange.question, (answer, *draws), self.comparing.pairs
        matrix = similarities(question, answers, pairs)
        looks = {
            name: Look(answer=other, similarities=likenesses(question, other, answers, pairs))
            for name, other in found.answers.items()
        }
        return Evidence(
            id=self.evidence_id,
            dialect=exchange.dialect,
            model=exchange.model,
            reported_model=self.candidate.reported_model,
            question=question,
            context=exchange.context,
            candidate=answer,
            draws=draws,
            asked=found.asked,
            failures=tuple(found.failures),
            similarities=matrix,
            clusters=clusters(matrix),
            self_report=found.self_report,
            second_way=looks.get("second_way"),
            cross_model=looks.get("cross_model"),
            checklist=found.checklist,
            spending=tuple(found.spending.values()),
            diversity=not sign,
            diversity_sign=sign,
            applicable=applicable(exchange, answer),
            deadline_hit=found.deadline_hit,
            circumstances=self.circumstances,
            fingerprints=fingerprints(self.asking.judge, self.asking.policy.samples),
        )


def read_answer(text: str, question: str) -> Answer:
    """Words that come without a reply around them, read like a completion."""
    said, stated = split_stated(text)
    return Answer(text=text, final=final_answer(said, question), kind=recognise(text, question), stated=stated)
