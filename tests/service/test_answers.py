"""Every decision as the caller meets it, plain and streamed: status, body, headers of the wire contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from guard.calibration import prior
from guard.errors import UpstreamBroken
from guard.fingerprints import fingerprints
from guard.judges import JUDGES
from guard.policy import Policy
from guard.testing import chat_reply
from guard.upstream import Reply

from .conftest import Start
from .reading import decided, error_of, events, ours, words_of
from .running import RunningGuard, guarding
from .scripts import agreeing, by_purpose, disagreeing, purpose_of

ALWAYS = {"id", "decision", "reason", "mode", "policy", "calibration"}
JUDGED = ALWAYS | {"samples", "tokens", "calls"}
FIGURES = {"confidence", "threshold"}
EXPLAINED = {
    "id", "decision", "reason", "confidence", "threshold", "scores", "samples", "clusters", "missing",
    "usage_billed", "policy", "calibration",
}  # fmt: skip
plain_and_streamed = pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])


def policy(**keys: Any) -> dict[str, Any]:
    return {"policies": {"balanced": keys}}


@pytest.fixture(scope="module")
def sure() -> Iterator[RunningGuard]:
    with guarding(agreeing("It is Paris.")) as guard:
        yield guard


@pytest.fixture(scope="module")
def unsure() -> Iterator[RunningGuard]:
    with guarding(disagreeing("Atlantis")) as guard:
        yield guard


# Answers


@plain_and_streamed
def test_an_answer(sure: RunningGuard, stream: bool) -> None:
    before = len(sure.upstream.calls)
    reply = sure.ask(stream=stream)
    assert reply.status_code == 200
    assert words_of(reply) == "It is Paris."
    assert ours(reply).keys() == JUDGED
    assert ours(reply) | {"id": "", "tokens": "", "calls": ""} == {
        "id": "", "decision": "answer", "reason": "confident", "mode": "enforce", "policy": "balanced",
        "calibration": "prior", "samples": "4/4", "tokens": "", "calls": "",
    }  # fmt: skip
    assert ours(reply)["id"].startswith("g-")
    assert int(ours(reply)["tokens"]) > 0
    assert int(ours(reply)["calls"]) == len(sure.upstream.calls) - before
    assert reply.headers["cache-control"] == "private, no-store"


def test_every_answer_has_an_id_of_its_own(sure: RunningGuard) -> None:
    assert len({ours(sure.ask())["id"] for _ in range(5)}) == 5


def test_an_answer_is_the_models_own_bytes(start: Start) -> None:
    body = b' { "id" : "x-1", "vendor": [1,2.50,1e3], "choices" : [ {"index":0, "finish_reason":"stop", '
    body += b'"message": {"role":"assistant","content":"Paris","annotations":[]}, "own":{} } ] }\n'
    guard = start(by_purpose(candidate=Reply(200, (("content-type", "application/json"), ("x-own", "1")), body)))
    reply = guard.ask()
    assert decided(reply) == ("answer", "confident")
    assert reply.content == body
    assert reply.headers["x-own"] == "1"


def test_a_streamed_answer_is_the_models_own_bytes(start: Start) -> None:
    body = b": hello\n\ndata: " + orjson.dumps(
        {"id": "x-2", "choices": [{"index": 0, "delta": {"content": "Paris"}, "finish_reason": None}]}
    )
    body += b'\n\ndata: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"own":1}\n\ndata: [DONE]\n\n'
    guard = start(by_purpose(candidate=Reply(200, (("content-type", "text/event-stream"),), body)))
    reply = guard.ask(stream=True)
    assert decided(reply) == ("answer", "confident")
    assert reply.content == body
    assert reply.headers["content-type"] == "text/event-stream; charset=utf-8"


# Abstentions


@plain_and_streamed
def test_an_abstention(unsure: RunningGuard, stream: bool) -> None:
    reply = unsure.ask(stream=stream)
    assert reply.status_code == 200
    assert decided(reply) == ("abstain", "low_agreement")
    assert ours(reply).keys() == JUDGED
    assert "know" in words_of(reply)
    assert "Atlantis" not in reply.text
    assert not any(city in reply.text for city in ("Lyon", "Berlin", "Madrid", "Oslo"))
    choices = [choice for event in events(reply.content) for choice in event["choices"]] if stream else None
    choice = choices[-1] if choices else reply.json()["choices"][0]
    assert choice["finish_reason"] == "stop"
    if not stream:
        assert choice["message"] | {"content": ""} == {"role": "assistant", "content": "", "refusal": None}
        assert reply.json()["id"] == "chatcmpl-scripted"
        assert reply.json()["usage"] == chat_reply("Atlantis")["usage"]


def test_the_language_is_the_questions(unsure: RunningGuard) -> None:
    english = words_of(unsure.ask("What is the capital of France?"))
    german = words_of(unsure.ask("Wie heißt die Hauptstadt von Frankreich?"))
    assert "weiß" in german
    assert english != german


def test_own_words(start: Start) -> None:
    guard = start(disagreeing(), policy(abstain={"message": "Ask a librarian. ({reason})", "language": "de"}))
    assert words_of(guard.ask()).startswith("Ask a librarian. (")


def test_style_refusal(start: Start) -> None:
    guard = start(disagreeing(), policy(abstain={"style": "refusal"}))
    message = guard.ask().json()["choices"][0]["message"]
    assert message["content"] is None
    assert "know" in message["refusal"]
    deltas = [choice["delta"] for event in events(guard.ask(stream=True).content) for choice in event["choices"]]
    assert "know" in "".join(delta.get("refusal") or "" for delta in deltas)
    assert not any(delta.get("content") for delta in deltas)


@plain_and_streamed
def test_style_error(start: Start, stream: bool) -> None:
    guard = start(disagreeing(), policy(abstain={"style": "error"}))
    reply = guard.ask(stream=stream)
    assert reply.status_code == 422
    assert decided(reply) == ("abstain", "low_agreement")
    error = error_of(reply)
    assert (error["type"], error["code"]) == ("guard_abstention", "low_confidence")
    assert "know" in error["message"]


def test_billed_usage(start: Start) -> None:
    guard = start(agreeing(), policy(usage="billed"))
    reply = guard.ask()
    usage = reply.json()["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    assert str(usage["total_tokens"]) == ours(reply)["tokens"]


# Passes


@plain_and_streamed
@pytest.mark.parametrize(
    ("question", "said", "reason"),
    [
        ("Who won the Flurb Prize in 1987?", "I'm sorry, I don't know.", "upstream_abstained"),
        ("How do I do that?", "I'm sorry, but I can't help with that request.", "upstream_refused"),
        ("Hello!", "Hi. How are you?", "not_applicable"),
        ("Write a poem about the sea", "Blue and wide", "not_applicable"),
    ],
)
def test_a_pass(sure: RunningGuard, stream: bool, question: str, said: str, reason: str, start: Start) -> None:
    guard = start(agreeing(said))
    reply = guard.ask(question, stream=stream)
    assert reply.status_code == 200
    assert decided(reply) == ("pass", reason)
    assert ours(reply)["samples"] == "0/0"
    assert words_of(reply) == said
    assert [purpose_of(call) for call in guard.upstream.calls] == ["candidate"]


@plain_and_streamed
def test_a_recovered_answer(start: Start, stream: bool) -> None:
    settings = policy(on_upstream_abstention="recover", thresholds={"correctness": 0.3})
    guard = start(by_purpose(candidate="I don't know."), settings)
    reply = guard.ask(stream=stream)
    assert decided(reply) == ("answer", "recovered")
    assert words_of(reply) == "Paris"


# Failures inside the guard


@plain_and_streamed
@pytest.mark.parametrize("choice", ["abstain", "pass", "error"])
def test_too_few_draws(start: Start, stream: bool, choice: str) -> None:
    guard = start(by_purpose(draw=UpstreamBroken("gone")), policy(on_insufficient_samples=choice))
    reply = guard.ask(stream=stream)
    assert decided(reply) == (choice, "insufficient_samples")
    if choice == "error":
        assert reply.status_code == 503
        assert reply.headers["retry-after"] == "1"
        assert error_of(reply)["code"] == "insufficient_samples"
        assert ours(reply).keys() == ALWAYS - {"calibration"}
        return
    assert reply.status_code == 200
    assert ours(reply)["samples"].startswith("0/")
    assert ("Paris" in reply.text) == (choice == "pass")


def test_a_failed_probe_is_no_reason_to_abstain(start: Start) -> None:
    guard = start(by_purpose(self_report=UpstreamBroken("gone")))
    assert decided(guard.ask()) == ("answer", "confident")


# Calibrations


def test_manual_thresholds(start: Start) -> None:
    guard = start(disagreeing(), policy(thresholds={"correctness": None}))
    reply = guard.ask()
    assert decided(reply) == ("answer", "confident")
    assert ours(reply)["calibration"] == "manual"


def certificate(file: Path, **changed: str) -> str:
    """A certificate for what runs in these tests, or for something else."""
    made = dict(fingerprints(JUDGES["lexical"], Policy().samples)) | changed
    certified = prior().model_copy(update={"status": "certified", "fingerprints": made})
    file.write_text(certified.model_dump_json(by_alias=True))
    return str(file)


def test_a_certificate(start: Start, tmp_path: Path) -> None:
    guard = start(disagreeing(), policy(calibration=certificate(tmp_path / "calibration.json")))
    reply = guard.ask()
    assert ours(reply)["calibration"] == "certified"
    assert "10" in words_of(reply)  # the chance in words, where it is certified only
    assert guard.metric("guard_disarmed", route="default") == 0


@pytest.mark.parametrize("fault", ["missing", "damaged", "foreign"])
@pytest.mark.parametrize(
    ("choice", "status", "decision"),
    [
        ("tighten", "prior", ("answer", "confident")),
        ("prior", "prior", ("answer", "confident")),
        ("abstain", "suspended", ("abstain", "uncertified")),
        ("shadow", "suspended", ("pass", "shadow")),
    ],
)
def test_a_certificate_that_does_not_hold(
    start: Start, tmp_path: Path, fault: str, choice: str, status: str, decision: tuple[str, str]
) -> None:
    file = tmp_path / "calibration.json"
    if fault == "damaged":
        file.write_text("{")
    elif fault == "foreign":
        certificate(file, judge="another/1")
    guard = start(agreeing(), policy(calibration=str(file), on_uncertified=choice))
    reply = guard.ask()
    assert decided(reply) == decision
    assert ours(reply)["calibration"] == status
    assert guard.metric("guard_disarmed", route="default") == (choice == "shadow")
    notice = [line for line in guard.log_lines if line["event"] == "calibration"]
    assert str(file) in notice[0]["notice"]
    told = guard.client().get("/readyz?verbose").json()["routes"][0]
    assert (str(file) in told["notice"], told["disarmed"]) == (True, choice == "shadow")


# Explanations


@plain_and_streamed
@pytest.mark.parametrize("how", ["header 1", "header true", "body"])
def test_the_guard_object_on_request(unsure: RunningGuard, stream: bool, how: str) -> None:
    headers = {"x-guard-explain": how.removeprefix("header ")} if how != "body" else {}
    fields = {"guard": {"explain": True}} if how == "body" else {}
    reply = unsure.ask(headers=headers, stream=stream, **fields)
    found = (
        [event["guard"] for event in events(reply.content) if "guard" in event] if stream else [reply.json()["guard"]]
    )
    assert len(found) == 1
    guard = found[0]
    assert guard.keys() == EXPLAINED
    assert ours(reply).keys() == JUDGED | FIGURES
    assert (guard["id"], guard["decision"], guard["reason"]) == (ours(reply)["id"], "abstain", "low_agreement")
    assert guard["samples"] == {"asked": 4, "used": 4, "failed": 0}
    assert f"{guard['confidence']['correctness']:.4f}" == ours(reply)["confidence"]
    assert f"{guard['threshold']['correctness']:.4f}" == ours(reply)["threshold"]
    assert sum(cluster["size"] for cluster in guard["clusters"]) == 5
    assert str(sum(guard["usage_billed"].values())) == ours(reply)["tokens"]
    assert "Atlantis" not in reply.text
    sent = unsure.bodies()[-6:]
    assert all("guard" not in body for body in sent)
    assert not any(name.startswith("x-guard") for call in unsure.upstream.calls for name, _ in call.headers)


@plain_and_streamed
def test_never_and_always(start: Start, stream: bool) -> None:
    never = start(agreeing(), policy(explain={"allow": "never"}))
    reply = never.ask(headers={"x-guard-explain": "1"}, stream=stream, guard={"explain": True})
    assert b'"guard"' not in reply.content
    assert ours(reply).keys() == JUDGED
    assert "guard" not in never.bodies()[0]
    always = start(agreeing(), policy(explain={"allow": "always", "texts": True}))
    reply = always.ask(stream=stream)
    assert ours(reply).keys() == JUDGED | FIGURES
    found = next(e["guard"] for e in events(reply.content) if "guard" in e) if stream else reply.json()["guard"]
    assert found.keys() == EXPLAINED | {"texts"}
    assert found["texts"] == {"candidate": "Paris", "draws": ["Paris"] * 4}


@pytest.mark.parametrize("wish", [{"explain": False}, {}, {"explain": 1}, {"other": True}])
def test_the_guard_field_alone_explains_nothing(sure: RunningGuard, wish: dict[str, Any]) -> None:
    reply = sure.ask(guard=wish)
    assert "guard" not in reply.json()
    assert "guard" not in sure.bodies()[-1]


# Stricter, never looser


def test_a_stricter_request(sure: RunningGuard) -> None:
    reply = sure.ask(headers={"x-guard-min-confidence": "1.0", "x-guard-explain": "1"})
    assert decided(reply) == ("abstain", "low_confidence")
    assert ours(reply)["threshold"] == "1.0000"


def test_a_request_is_never_looser(unsure: RunningGuard) -> None:
    reply = unsure.ask(headers={"x-guard-min-confidence": "0.0", "x-guard-explain": "1"})
    assert decided(reply) == ("abstain", "low_agreement")
    assert float(ours(reply)["threshold"]) == pytest.approx(prior().threshold, abs=1e-4)


@pytest.mark.parametrize("value", ["", "high", "-0.1", "1.1", "nan", "inf", "1e999", "0,5", "٠"])
def test_a_minimum_that_is_no_share(sure: RunningGuard, value: str) -> None:
    before = len(sure.upstream.calls)
    reply = sure.ask(headers={"x-guard-min-confidence": value.encode()})
    assert reply.status_code == 400
    assert error_of(reply)["param"] == "x-guard-min-confidence"
    assert decided(reply) == ("error", "bad_request")
    assert len(sure.upstream.calls) == before
