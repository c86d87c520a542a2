"""What the looks at one candidate have brought so far: the one value that grows, frozen into Evidence at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from guard.asking import Asked
from guard.copies import Drawn, cache_hit
from guard.dialects import Usage
from guard.evidence import Answer, Checklist, Failure, Purpose, SelfReport, Spending
from guard.plan import Plan


@dataclass(frozen=True, slots=True)
class Heard:
    """A reply to one of the guard's own calls, as it came and read."""

    asked: Asked
    answers: tuple[Answer, ...]


@dataclass(slots=True)
class Found:
    """What the looks brought so far: filled while they run, frozen into Evidence at the end."""

    draws: list[Drawn] = field(default_factory=list)
    calls: int = 0
    other_ids: set[str] = field(default_factory=set)
    failures: list[Failure] = field(default_factory=list)
    spending: dict[Purpose, Spending] = field(default_factory=dict)
    self_report: SelfReport | None = None
    checklist: Checklist | None = None
    answers: dict[Purpose, Answer] = field(default_factory=dict)
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

    def draw(self, heard: Heard, most: int) -> None:
        """Keep the answers of one call for draws."""
        self.calls += 1
        hit = cache_hit(heard.asked.reply.headers)
        self.draws.extend(Drawn(answer, self.calls, hit) for answer in heard.answers[:most])

    def out_of_time(self, plan: Plan) -> None:
        """Note that the deadline ended the asking, and what is missing for that reason."""
        self.deadline_hit = True
        lost = sum(failure.missing for failure in self.failures if failure.purpose == "draw")
        missing = self.asked - len(self.draws) - lost
        if missing > 0:
            self.failures.append(Failure(purpose="draw", kind="deadline", missing=missing))
        failed = {failure.purpose for failure in self.failures}
        came: set[Purpose] = {*self.answers}
        came |= {"self_report"} if self.self_report else set()
        came |= {"checklist"} if self.checklist else set()
        late = [look for look in plan.looks if look not in failed and look not in came]
        self.failures.extend(Failure(purpose=look, kind="deadline") for look in late)
