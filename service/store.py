"""The last decisions, in memory, without any content."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import asdict, dataclass

from guard.verdict import Verdict

KEPT = 1000


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision as the admin port shows it."""

    id: str
    at: float
    route: str
    policy: str
    model: str
    mode: str
    decision: str
    reason: str
    would: str | None
    confidence: float | None
    threshold: float | None
    samples_used: int
    samples_asked: int
    tokens: int


class Recent:
    """A bounded list of decisions, the newest first when read."""

    def __init__(self, kept: int = KEPT) -> None:
        self._decided: deque[Decided] = deque(maxlen=kept)

    def add(self, verdict: Verdict) -> None:
        """Keep what may be kept of a verdict."""
        evidence = verdict.evidence
        if evidence is None:
            return
        self._decided.appendleft(
            Decided(
                id=evidence.id,
                at=time.time(),
                route=evidence.circumstances.route,
                policy=verdict.policy,
                model=evidence.reported_model,
                mode=verdict.mode,
                decision=str(verdict.decision),
                reason=str(verdict.reason),
                would=str(verdict.would.decision) if verdict.would else None,
                confidence=verdict.confidence.correctness,
                threshold=verdict.threshold.correctness,
                samples_used=evidence.used,
                samples_asked=evidence.asked,
                tokens=evidence.tokens,
            )
        )

    def newest(self, most: int) -> list[dict[str, object]]:
        """At most so many decisions, the newest first."""
        return [asdict(decided) for decided, _ in zip(self._decided, range(most), strict=False)]
