"""Every instrument, and what a verdict adds to them. Label values come from the configuration and from closed lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from guard.errors import UpstreamError
from guard.evidence import Evidence
from guard.verdict import Decision, Verdict

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600)
SHARES = tuple(round(step * 0.05, 2) for step in range(1, 21))
LABELS = frozenset({"correct", "wrong", "should_abstain", "should_answer"})


@dataclass(frozen=True, slots=True)
class Account:
    """One request as the instruments see it. `route` is a configured name, or `none` where no route took it."""

    route: str
    dialect: str
    mode: str
    decision: str
    reason: str
    seconds: float
    overhead_seconds: float


class Metrics:
    """The instruments of one process, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._make_traffic()
        self._make_upstream()
        self._make_state()

    def _make_traffic(self) -> None:
        registry = self.registry
        self.requests = Counter(
            "guard_requests_total",
            "Requests by what the caller got and why.",
            ["route", "dialect", "mode", "decision", "reason"],
            registry=registry,
        )
        self.would_abstain = Counter(
            "guard_would_abstain_total",
            "Abstentions and clarifications that shadow mode did not carry out.",
            ["route", "reason"],
            registry=registry,
        )
        self.confidence = Histogram(
            "guard_confidence", "Confidence of judged answers.", ["route", "axis"], buckets=SHARES, registry=registry
        )
        self.request_seconds = Histogram(
            "guard_request_seconds", "Whole requests.", ["route"], buckets=SECONDS, registry=registry
        )
        self.overhead_seconds = Histogram(
            "guard_overhead_seconds",
            "Whole requests less the time in which an upstream was waited for.",
            ["route"],
            buckets=SECONDS,
            registry=registry,
        )
        self.phase_seconds = Histogram(
            "guard_phase_seconds", "Phases of guarded requests.", ["phase"], buckets=SECONDS, registry=registry
        )
        self.feedback = Counter("guard_feedback_total", "Labels given.", ["route", "label"], registry=registry)

    def _make_upstream(self) -> None:
        registry = self.registry
        self.samples = Counter("guard_samples_total", "Draws by outcome.", ["route", "outcome"], registry=registry)
        self.tokens = Counter(
            "guard_tokens_total", "Tokens billed.", ["route", "purpose", "direction"], registry=registry
        )
        self.upstream_seconds = Histogram(
            "guard_upstream_seconds",
            "Mean seconds of a call, one observation a purpose and request.",
            ["upstream", "purpose"],
            buckets=SECONDS,
            registry=registry,
        )
        self.upstream_errors = Counter(
            "guard_upstream_errors_total", "Failed calls by kind.", ["upstream", "kind"], registry=registry
        )
        self.failures = Counter(
            "guard_failures_total",
            "Failures inside the guard by stage, and what was made of them.",
            ["route", "stage", "outcome"],
            registry=registry,
        )

    def _make_state(self) -> None:
        registry = self.registry
        self.inflight = Gauge("guard_inflight", "Requests under way.", registry=registry)
        self.shed = Counter("guard_shed_total", "Requests turned away at once.", ["reason"], registry=registry)
        self.calibration_info = Gauge(
            "guard_calibration_info",
            "1 for the calibration in force on a route.",
            ["route", "status", "target_risk", "fingerprint"],
            registry=registry,
        )
        self.disarmed = Gauge(
            "guard_disarmed", "1 where a policy that should enforce does not.", ["route"], registry=registry
        )
        self.reload = Gauge(
            "guard_config_last_reload_successful", "1 when the configuration in force is the last one offered.",
            registry=registry,
        )  # fmt: skip

    def observe(self, account: Account) -> None:
        """Count one finished request."""
        labels = (account.route, account.dialect, account.mode, account.decision, account.reason)
        self.requests.labels(*labels).inc()
        self.request_seconds.labels(account.route).observe(account.seconds)
        self.overhead_seconds.labels(account.route).observe(account.overhead_seconds)

    def observe_verdict(
        self, route: str, upstream: str, verdict: Verdict, second: str | None = None, judge: str | None = None
    ) -> None:
        """Count what a verdict rests on: draws, tokens, confidences, failures. `second`, `judge`: what answers for the
        second model and for the judge, where that is another upstream."""
        if verdict.would is not None and verdict.would.decision in (Decision.ABSTAIN, Decision.CLARIFY):
            self.would_abstain.labels(route, str(verdict.would.reason)).inc()
        for axis in ("correctness", "answerability"):
            value = getattr(verdict.confidence, axis)
            if value is not None:
                self.confidence.labels(route, axis).observe(value)
        if verdict.failure is not None:
            outcome = verdict.would.decision if verdict.would is not None else verdict.decision
            self.failures.labels(route, verdict.failure, str(outcome)).inc()
        if verdict.evidence is not None:
            others = {"cross_model": second or upstream, "judge": judge or upstream}
            self._observe_evidence(route, others, upstream, verdict.evidence)

    def _observe_evidence(self, route: str, others: Mapping[str, str], upstream: str, evidence: Evidence) -> None:
        self.samples.labels(route, "used").inc(evidence.used)
        self.samples.labels(route, "failed").inc(evidence.failed)
        for spent in evidence.spending:
            self.tokens.labels(route, spent.purpose, "prompt").inc(spent.prompt_tokens)
            self.tokens.labels(route, spent.purpose, "completion").inc(spent.completion_tokens)
            asked = others.get(spent.purpose, upstream)
            self.upstream_seconds.labels(asked, spent.purpose).observe(spent.seconds / max(spent.calls, 1))
        for failure in evidence.failures:
            self.upstream_errors.labels(others.get(failure.purpose, upstream), failure.kind).inc()
            if failure.purpose not in ("candidate", "draw"):
                self.failures.labels(route, failure.purpose, "went_on").inc()

    def observe_upstream_error(self, upstream: str, error: UpstreamError) -> None:
        """Count a candidate that failed."""
        self.upstream_errors.labels(upstream, error.kind).inc()

    def text(self) -> bytes:
        """The exposition format."""
        return generate_latest(self.registry)
