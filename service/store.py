"""The last decisions, in memory, without any content."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import asdict, dataclass
from itertools import islice

from guard.verdict import Verdict

KEPT = 1000


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision as the admin port shows it."""

    id: str
    owner: str
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

    def add(self, verdict: Verdict, owner: str) -> None:
        """Keep what may be kept of a verdict; `owner` is the hash of the credential that got the answer."""
        evidence = verdict.evidence
        if evidence is None:
            return
        self._decided.appendleft(
            Decided(
                id=evidence.id,
                owner=owner,
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
        shown = islice(self._decided, most)
        return [{key: value for key, value in asdict(one).items() if key != "owner"} for one in shown]

    def find(self, id_: str) -> Decided | None:
        """A decision by its id, if it is still kept."""
        return next((one for one in self._decided if one.id == id_), None)
