"""The instruments after real traffic: every name and label of the contract, right counts, no series from outside."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from guard.errors import UpstreamBroken
from guard.upstream import Call, Reply
from service.metrics import Metrics

from .conftest import Start
from .reading import ours
from .running import RunningGuard, asking, eventually, guarding, post
from .scripts import agreeing, by_purpose, disagreeing, refusing

LABELS: dict[str, set[str]] = {
    "guard_requests": {"route", "dialect", "mode", "decision", "reason"},
    "guard_would_abstain": {"route", "reason"},
    "guard_confidence": {"route", "axis"},
    "guard_samples": {"route", "outcome"},
    "guard_tokens": {"route", "purpose", "direction"},
    "guard_request_seconds": {"route"},
    "guard_overhead_seconds": {"route"},
    "guard_phase_seconds": {"phase"},
    "guard_upstream_seconds": {"upstream", "purpose"},
    "guard_upstream_errors": {"upstream", "kind"},
    "guard_failures": {"route", "stage", "outcome"},
    "guard_inflight": set(),
    "guard_shed": {"reason"},
    "guard_feedback": {"route", "label"},
    "guard_calibration_info": {"route", "status", "target_risk", "fingerprint"},
    "guard_disarmed": {"route"},
    "guard_config_last_reload_successful": set(),
}
TOTALS = {
    f"guard_{name}" for name in "requests would_abstain samples tokens upstream_errors failures shed feedback".split()
}
SETTINGS = {
    "upstreams": {"main": {}},
    "routes": [
        {"match": {"model": "sure"}, "upstream": "main", "name": "sure"},
        {"match": {"model": "unsure"}, "upstream": "main", "name": "unsure"},
        {"match": {"model": "off"}, "upstream": "main", "policy": "off", "name": "off"},
        {"match": {"model": "dark"}, "upstream": "main", "policy": "dark", "name": "dark"},
        {"match": {"model": "lost"}, "upstream": "main", "name": "lost"},
        {"match": {"model": "down"}, "upstream": "main", "name": "down"},
        {"match": {"model": "any-*"}, "upstream": "main", "policy": "off", "name": "any"},
    ],
    "policies": {"off": {"mode": "off"}, "dark": {"mode": "shadow", "shadow": {"fraction": 1}}},
    "server": {"max_inflight": 64},
}


def world() -> Any:
    """A model that behaves by its name."""
    scripts = {
        "sure": agreeing(),
        "unsure": disagreeing(),
        "off": agreeing(),
        "dark": disagreeing(),
        "lost": by_purpose(draw=UpstreamBroken("gone"), self_report=refusing(400)),
        "down": by_purpose(candidate=Reply(200, (), b"<html>")),
    }

    def answer(call: Call) -> Any:
        name = (call.body or b"").partition(b'"model":"')[2].partition(b'"')[0].decode()
        return scripts.get(name, agreeing())(call)

    return answer


@pytest.fixture(scope="module")
def sent() -> list[Any]:
    return []


@pytest.fixture(scope="module")
def guard(sent: list[Any]) -> Iterator[RunningGuard]:
    """A guard after a little of everything."""
    with guarding(world(), SETTINGS) as running:
        for model, stream in itertools.product(
            ["sure", "unsure", "off", "dark", "lost", "down", "unknown"], [False, True]
        ):
            sent.append(running.ask(model=model, stream=stream))
        sent.append(post(f"{running.url}/v1/chat/completions", b"{"))
        id_ = ours(sent[0])["id"]
        assert post(f"{running.url}/v1/guard/feedback", {"id": id_, "label": "correct"}).status_code == 200
        with ExitStack() as crowd:
            for _ in range(64):
                crowd.enter_context(running.serving.under_way())
            sent.append(running.ask(model="sure"))
        eventually(lambda: not running.serving.shadows and running.metric("guard_inflight") == 0)
        yield running


def exposed(guard: RunningGuard) -> dict[str, list[Any]]:
    """What `/metrics` says, by family, in the words of Prometheus's own parser."""
    reply = guard.client().get("/metrics")
    assert reply.headers["content-type"].startswith("text/plain; version=")
    return {family.name: list(family.samples) for family in text_string_to_metric_families(reply.text)}


def total(guard: RunningGuard, name: str, **labels: str) -> float:
    """The sum over all series of a counter that bear these labels."""
    family = exposed(guard)[name.removesuffix("_total")]
    return sum(sample.value for sample in family if sample.name == name and labels.items() <= sample.labels.items())


@pytest.mark.parametrize(("name", "labels"), LABELS.items())
def test_every_instrument_has_been_used_and_has_its_labels(guard: RunningGuard, name: str, labels: set[str]) -> None:
    samples = [sample for sample in exposed(guard)[name] if not sample.name.endswith("_created")]
    assert samples, f"{name} was never used"
    assert all(sample.labels.keys() - {"le"} == labels for sample in samples)
    if name in TOTALS:
        assert {sample.name for sample in samples} == {f"{name}_total"}


def test_nothing_else_is_exposed(guard: RunningGuard) -> None:
    families = {name for name, samples in exposed(guard).items() if samples and not name.endswith("_created")}
    assert families == set(LABELS)


def test_a_new_process_exposes_its_state_at_once() -> None:
    text = Metrics().text().decode()
    assert "guard_inflight 0.0" in text
    assert all(f"# HELP {name}" in text for name in LABELS)


def test_every_request_is_counted_once(guard: RunningGuard, sent: list[Any]) -> None:
    assert total(guard, "guard_requests_total") == len(sent)
    counts = {
        ("sure", "enforce", "answer", "confident"): 2,
        ("unsure", "enforce", "abstain", "low_agreement"): 2,
        ("off", "off", "pass", "mode_off"): 2,
        ("dark", "shadow", "pass", "shadow"): 2,
        ("lost", "enforce", "abstain", "insufficient_samples"): 2,
        ("down", "enforce", "error", "upstream_error"): 2,
        ("none", "off", "error", "bad_request"): 3,
        ("none", "off", "error", "overloaded"): 1,
    }
    for (route, mode, decision, reason), count in counts.items():
        labels = {"route": route, "mode": mode, "decision": decision, "reason": reason, "dialect": "openai_chat"}
        assert guard.metric("guard_requests_total", **labels) == count, labels
    assert sum(counts.values()) == len(sent)


def test_tokens_are_those_of_the_headers(guard: RunningGuard, sent: list[Any]) -> None:
    for route, replies in (("sure", sent[0:2]), ("unsure", sent[2:4])):
        told = sum(int(ours(reply)["tokens"]) for reply in replies)
        assert total(guard, "guard_tokens_total", route=route) == told
        purposes = {s.labels["purpose"] for s in exposed(guard)["guard_tokens"] if s.labels["route"] == route}
        assert purposes == {"candidate", "draw", "self_report", "second_way"}


def test_samples_and_failures(guard: RunningGuard, sent: list[Any]) -> None:
    assert guard.metric("guard_samples_total", route="sure", outcome="used") == 8
    assert guard.metric("guard_samples_total", route="sure", outcome="failed") == 0
    asked = sum(int(ours(reply)["samples"].partition("/")[2]) for reply in sent[8:10])
    assert guard.metric("guard_samples_total", route="lost", outcome="failed") == asked
    assert guard.metric("guard_failures_total", route="lost", stage="samples", outcome="abstain") == 2
    assert guard.metric("guard_failures_total", route="lost", stage="self_report", outcome="went_on") == 2
    assert guard.metric("guard_upstream_errors_total", upstream="main", kind="broken") > 0
    assert guard.metric("guard_upstream_errors_total", upstream="main", kind="refused") == 2
    assert guard.metric("guard_upstream_errors_total", upstream="main", kind="unreadable") == 2
    assert guard.metric("guard_would_abstain_total", route="dark", reason="low_agreement") == 2
    assert guard.metric("guard_shed_total", reason="capacity") == 1
    assert guard.metric("guard_feedback_total", route="sure", label="correct") == 1


def test_confidences(guard: RunningGuard) -> None:
    for route, count in (("sure", 2), ("unsure", 2), ("dark", 2), ("off", 0), ("lost", 0)):
        assert guard.metric("guard_confidence_count", route=route, axis="correctness") == count
    assert guard.metric("guard_confidence_sum", route="sure", axis="correctness") > guard.metric(
        "guard_confidence_sum", route="unsure", axis="correctness"
    )


def test_state(guard: RunningGuard) -> None:
    assert guard.metric("guard_config_last_reload_successful") == 1
    assert guard.metric("guard_calibration_info", route="sure", status="prior", target_risk="", fingerprint="") == 1
    assert guard.metric("guard_disarmed", route="sure") == 0


def test_overhead_is_what_the_guard_adds(start: Start) -> None:
    guard = start(agreeing(), delay=0.4)
    for stream in (False, True):
        guard.ask(stream=stream)
    assert guard.metric("guard_request_seconds_sum", route="default") >= 1.6
    assert guard.metric("guard_overhead_seconds_sum", route="default") < 0.8
    assert guard.metric("guard_phase_seconds_sum", phase="candidate") >= 0.8
    assert guard.metric("guard_phase_seconds_sum", phase="looks") >= 0.8
    assert guard.metric("guard_upstream_seconds_sum", upstream="main", purpose="candidate") >= 0.8


def test_the_wait_of_a_passed_stream_is_no_overhead(start: Start) -> None:
    guard = start(agreeing(), {"policies": {"balanced": {"mode": "off"}}}, delay=0.5)
    guard.ask(stream=True)
    eventually(lambda: guard.metric("guard_request_seconds_count", route="default") == 1)
    assert guard.metric("guard_request_seconds_sum", route="default") >= 0.5
    assert guard.metric("guard_overhead_seconds_sum", route="default") < 0.4


def series(guard: RunningGuard) -> set[tuple[str, tuple[tuple[str, str], ...]]]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))) for samples in exposed(guard).values() for sample in samples
    }


def test_no_caller_can_make_a_series(guard: RunningGuard) -> None:
    """A thousand models, and as many other words wherever a caller can put one (S7)."""
    rng = random.Random(3)
    http = guard.client_kept
    http.post("/v1/chat/completions", json=asking(model="any-0"))
    http.post("/v1/chat/completions", json=asking(model="any-0", tools=[{}]))
    http.get("/v1/junk")
    post(f"{guard.url}/v1/chat/completions", asking(model="any-0"), {"x-guard-mode": "off"})
    before = series(guard)
    for number in range(1000):
        word = f"{rng.getrandbits(64):x}"
        name = f"any-{word}" if number % 2 else word
        headers = {"x-guard-mode": word, "x-guard-explain": word, "user-agent": word, "authorization": f"Bearer {word}"}
        http.post("/v1/chat/completions", json=asking(model=name, user=word), headers=headers)
    for number in range(100):
        word = f"{rng.getrandbits(64):x}"
        http.request(rng.choice(["GET", "POST", "PUT", "DELETE"]), f"/v1/{word}/{number}?{word}")
        http.post("/v1/guard/feedback", json={"id": word, "label": word})
        http.post("/v1/chat/completions", json=asking(model="sure", own=word))
    assert series(guard) == before


def test_without_metrics(start: Start) -> None:
    guard = start(agreeing(), {"metrics": {"enabled": False}})
    assert guard.client().get("/metrics").status_code == 404
    assert guard.client(base_url=guard.admin_url).get("/metrics").status_code == 404
    assert guard.ask().status_code == 200
