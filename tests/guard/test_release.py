"""From a Verdict to bytes: what is released is the model's own, what is withheld cannot be read anywhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.calibration import Standing
from guard.dialects import Usage
from guard.dialects.openai_stream import events, join
from guard.evidence import Circumstances, Evidence, Spending
from guard.exchange import Exchange
from guard.languages import LANGUAGES
from guard.pipeline import Answered, Ruling, verdict_of
from guard.plan import Candidate
from guard.policy import Policy
from guard.release import Released, explanation, release, said, shows_confidence
from guard.testing import chat_reply, stream_frames
from guard.upstream import Reply
from guard.verdict import Decision, PerAxis, Reason, Verdict
from guard.wording import abstention_text
from tests.guard.building import answer, calibration, evidence, self_report
from tests.guard.dialects.bodies import replies
from tests.guard.models import CHAT, exchange

SECRET = "Zanzibar"
JSON = (("content-type", "application/json"),)
SSE = (("content-type", "text/event-stream; charset=utf-8"),)
SPENT = (
    Spending(purpose="candidate", calls=1, prompt_tokens=10, completion_tokens=5),
    Spending(purpose="draw", calls=1, prompt_tokens=10, completion_tokens=20),
)


def candidate_of(body: dict[str, Any], *, streamed: bool = False, usage: bool = True) -> Candidate:
    raw = b"".join(stream_frames(body, include_usage=usage)) if streamed else b" " + orjson.dumps(body)
    kept = join(raw) if streamed else body
    read = CHAT.parse(kept, "").answers[0]
    return Candidate(Reply(200, SSE if streamed else JSON, raw), kept, read, Usage(1, 1), "m", 0.1)


def verdict(decision: Decision = Decision.ANSWER, reason: Reason = Reason.CONFIDENT, **fields: Any) -> Verdict:
    return Verdict(decision, reason, "enforce", "balanced", **{"evidence": evidence(spending=SPENT), **fields})


WITHHELD = verdict(Decision.ABSTAIN, Reason.LOW_AGREEMENT)


def released(
    decided: Verdict = WITHHELD,
    asked: Exchange | None = None,
    body: dict[str, Any] | None = None,
    *,
    pending: bool = False,
    streamed: bool | None = None,
    **policy: Any,
) -> Released:
    asked = asked or exchange()
    candidate = candidate_of(body or chat_reply(SECRET), streamed=asked.stream if streamed is None else streamed)
    return release(Answered(decided, candidate), asked, CHAT, Policy(**policy), pending=pending)


def content(found: Released) -> Any:
    return orjson.loads(found.body)["choices"][0]["message"]


# Released as it came


@settings(deadline=None, max_examples=100)
@given(replies(), st.booleans(), st.sampled_from((Decision.ANSWER, Decision.PASS)))
def test_an_answer_is_released_byte_for_byte(body: dict[str, Any], stream: bool, decision: Decision) -> None:
    candidate = candidate_of(body, streamed=stream)
    answered = Answered(verdict(decision), candidate)
    found = release(answered, exchange(stream=stream), CHAT, Policy(), pending=False)
    assert found.body == candidate.reply.body
    assert found.status == 200


@settings(deadline=None, max_examples=100)
@given(replies(), st.booleans())
def test_the_explanation_is_laid_beside_and_changes_nothing_else(body: dict[str, Any], stream: bool) -> None:
    candidate = candidate_of(body, streamed=stream)
    asked = exchange(stream=stream, guard={"explain": True})
    found = release(Answered(verdict(), candidate), asked, CHAT, Policy(), pending=False)
    reply = join(found.body) if stream else orjson.loads(found.body)
    assert reply.pop("guard")["decision"] == "answer"
    assert reply == candidate.body


def test_a_stream_that_came_whole_is_given_as_a_stream() -> None:
    body = chat_reply("Paris", logprobs=[("Paris", -0.1)], reasoning="because")
    asked = exchange(stream=True, stream_options={"include_usage": True})
    found = released(verdict(), asked, body, streamed=False)
    assert join(found.body) == body
    without = released(verdict(), exchange(stream=True), body, streamed=False)
    assert "usage" not in join(without.body)


# Withheld


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("style", ["auto", "text", "refusal", "error"])
@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize("usage", ["reply", "billed"])
def test_nothing_of_a_withheld_answer_is_left(stream: bool, style: str, explain: bool, usage: str) -> None:
    body = chat_reply(f"It is {SECRET}.", logprobs=[(SECRET, -0.1)], reasoning=f"surely {SECRET}")
    body["choices"][0]["message"] |= {"reasoning_details": [{"text": SECRET}], "annotations": [SECRET]}
    decided = replace(WITHHELD, evidence=evidence(f"It is {SECRET}.", (SECRET, SECRET)))
    asked = exchange(stream=stream, guard={"explain": explain})
    found = released(decided, asked, body, abstain={"style": style}, usage=usage)
    assert SECRET.encode() not in found.body


def test_an_abstention_in_the_callers_form() -> None:
    asked = exchange()
    message = content(released(WITHHELD, asked))
    words = abstention_text("low_agreement", "en")
    assert message == {"role": "assistant", "content": words, "refusal": None}
    reply = orjson.loads(released(WITHHELD, asked).body)
    assert reply["choices"][0]["finish_reason"] == "stop"
    assert {key: reply[key] for key in ("id", "model", "object", "usage")} == {
        key: chat_reply(SECRET)[key] for key in ("id", "model", "object", "usage")
    }
    assert "guard" not in reply


@pytest.mark.parametrize(
    ("style", "structured", "as_refusal"),
    [("auto", False, False), ("auto", True, True), ("text", True, False), ("refusal", False, True)],
)
def test_never_both_content_and_refusal(style: str, structured: bool, as_refusal: bool) -> None:
    asked = replace(exchange(), structured=structured)
    message = content(released(WITHHELD, asked, abstain={"style": style}))
    words = abstention_text("low_agreement", "en")
    assert (message["content"], message["refusal"]) == ((None, words) if as_refusal else (words, None))


@pytest.mark.parametrize("usage", [False, True])
@pytest.mark.parametrize("structured", [False, True])
def test_a_streamed_abstention(usage: bool, structured: bool) -> None:
    asked = replace(exchange(stream=True, stream_options={"include_usage": usage}), structured=structured)
    stream = released(WITHHELD, asked).body
    assert stream.endswith(b"data: [DONE]\n\n")
    found = list(events(stream))
    assert found[0]["choices"][0]["delta"]["role"] == "assistant"
    assert [event["choices"] for event in found].count([]) == usage
    message = join(stream)["choices"][0]["message"]
    words = abstention_text("low_agreement", "en")
    assert (message["content"], message["refusal"]) == ((None, words) if structured else (words, None))


@pytest.mark.parametrize("stream", [False, True])
def test_style_error_is_a_422_in_the_envelope(stream: bool) -> None:
    found = released(WITHHELD, exchange(stream=stream), abstain={"style": "error"})
    assert found.status == 422
    error = orjson.loads(found.body)["error"]
    assert (error["type"], error["code"], error["param"]) == ("guard_abstention", "low_confidence", None)
    assert error["message"] == abstention_text("low_agreement", "en")


def test_style_error_after_the_headers_is_an_error_frame() -> None:
    found = released(WITHHELD, exchange(stream=True), pending=True, abstain={"style": "error"})
    assert found.body.startswith(b'data: {"error":')


def test_style_error_does_not_touch_an_answer() -> None:
    assert released(verdict(), abstain={"style": "error"}).status == 200


def test_a_recovered_answer_takes_the_abstentions_place() -> None:
    decided = verdict(Decision.ANSWER, Reason.RECOVERED, recovered="Paris")
    for stream in (False, True):
        found = released(decided, exchange(stream=stream), chat_reply("I don't know."))
        message = join(found.body)["choices"][0]["message"] if stream else content(found)
        assert message == {"role": "assistant", "content": "Paris", "refusal": None}


def test_a_recovered_answer_is_never_a_refusal() -> None:
    decided = verdict(Decision.ANSWER, Reason.RECOVERED, recovered="Paris")
    message = content(released(decided, abstain={"style": "refusal"}))
    assert (message["content"], message["refusal"]) == ("Paris", None)


# Words


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("What is the capital of France?", "auto", "en"),
        ("¿Cuál es la capital de Francia?", "auto", "es"),
        ("Quelle est la capitale de la France ?", "auto", "fr"),
        ("Was ist die Hauptstadt von Frankreich?", "auto", "de"),
        ("法国的首都是哪里？", "auto", "zh"),
        ("フランスの首都はどこですか？", "auto", "ja"),
        ("ما هي عاصمة فرنسا؟", "auto", "ar"),
        ("फ्रांस की राजधानी क्या है?", "auto", "hi"),
        ("What is the capital of France?", "hi", "hi"),
    ],
)
def test_in_the_callers_language_or_the_configured_one(question: str, language: str, expected: str) -> None:
    words = said(WITHHELD, exchange(question), Policy(abstain={"language": language}))
    assert words == abstention_text("low_agreement", expected)


def test_the_owners_own_words() -> None:
    policy = Policy(abstain={"message": "Ask a person. ({reason}) {other}"})
    words = said(WITHHELD, exchange(), policy)
    assert words == f"Ask a person. ({abstention_text('low_agreement', 'en')}) {{other}}"


@pytest.mark.parametrize("status", ["certified", "suspended", "prior", "manual", "none"])
def test_a_chance_is_named_only_where_it_was_proved(status: str) -> None:
    decided = replace(WITHHELD, calibration=status, confidence=PerAxis(0.4))
    words = said(decided, exchange(), Policy())
    assert ("4 times in 10" in words) == (status == "certified")


REASONS = [
    Reason.LOW_AGREEMENT,
    Reason.LOW_CONFIDENCE,
    Reason.UNCERTIFIED,
    Reason.INSUFFICIENT_SAMPLES,
    Reason.DEADLINE,
    Reason.SCORER_FAILED,
    Reason.NO_DIVERSITY,
]


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_that_a_policy_can_give_has_words(reason: Reason, language: str) -> None:
    words = said(verdict(Decision.ABSTAIN, reason), exchange(), Policy(abstain={"language": language}))
    assert len(words) > 20


def test_no_other_reason_can_withhold() -> None:
    """Over all ways to fail: whatever is withheld can be said."""
    by = calibration(0.6, {"semantic_agreement": 5.0})
    cases = [
        evidence(),
        evidence(draws=("Lyon",) * 4),
        evidence(draws=(), asked=0),
        evidence(draws=(), asked=4, deadline_hit=True),
        evidence(diversity=False),
        evidence(draws=("Paris", "Paris", "Lyon", "Nice")),
    ]
    for found in cases:
        for blocked in (False, True):
            standing = Standing(by, "certified", blocked=blocked)
            for samples in ({"min": 0}, {"min": 2}):
                decided = verdict_of(found, Ruling("balanced", Policy(samples=samples), standing))
                if decided.withheld:
                    assert decided.reason in REASONS


# Explanations


@pytest.mark.parametrize(
    ("allow", "asked", "shown"),
    [
        ("never", True, False),
        ("never", False, False),
        ("on_request", True, True),
        ("on_request", False, False),
        ("always", False, True),
        ("always", True, True),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("decided", [verdict(), WITHHELD], ids=["answer", "abstain"])
def test_who_may_see_the_figures(allow: str, asked: bool, shown: bool, stream: bool, decided: Verdict) -> None:
    wish = exchange(stream=stream, guard={"explain": asked})
    policy = Policy(explain={"allow": allow})
    assert shows_confidence(wish, policy) == shown
    found = released(decided, wish, explain={"allow": allow})
    reply = join(found.body) if stream else orjson.loads(found.body)
    assert ("guard" in reply) == shown


@pytest.mark.parametrize("decided", [verdict(), WITHHELD], ids=["answer", "abstain"])
def test_a_pending_stream_says_the_decision_and_no_figures(decided: Verdict) -> None:
    found = released(decided, exchange(stream=True), pending=True, explain={"allow": "never"})
    assert join(found.body)["guard"] == {
        "id": "g-1",
        "decision": str(decided.decision),
        "reason": str(decided.reason),
        "policy": "balanced",
        "calibration": "none",
    }


def test_an_explanation_in_full() -> None:
    found = evidence(draws=("Paris", "Lyon", "Nice"), asked=5, spending=SPENT, self_report=self_report(0.25))
    decided = verdict_of(
        found, Ruling("balanced", Policy(), Standing(calibration(0.6, {"cluster_share": 1.0}), "certified"))
    )
    assert explanation(decided, texts=False) == {
        "id": "g-1",
        "decision": "abstain",
        "reason": "low_agreement",
        "policy": "balanced",
        "calibration": "certified",
        "confidence": {"correctness": 0.158869, "answerability": 0.821781},
        "threshold": {"correctness": 0.6, "answerability": None},
        "scores": {
            "answerability": None,
            "cluster_share": 0.333333,
            "cross_model": None,
            "grounding": None,
            "p_true": None,
            "premise_doubt": 0.821781,
            "second_way": None,
            "self_report": 0.25,
            "semantic_agreement": 0.2,
            "semantic_entropy": decided.score("semantic_entropy"),
            "stated_agreement": None,
            "token_probability": None,
        },
        "missing": [],
        "samples": {"asked": 5, "used": 3, "failed": 2},
        "clusters": [{"size": 2, "share": 0.5}, {"size": 1, "share": 0.25}, {"size": 1, "share": 0.25}],
        "usage_billed": {"prompt_tokens": 20, "completion_tokens": 25},
    }


def test_texts_only_where_the_policy_shows_them() -> None:
    texts = explanation(verdict(evidence=evidence(draws=("Paris", "Lyon"))), texts=True)["texts"]
    assert texts == {"candidate": "Paris", "draws": ["Paris", "Lyon"]}
    wish = exchange(guard={"explain": True})
    assert b"texts" not in released(verdict(), wish).body
    assert b"texts" in released(verdict(), wish, explain={"texts": True}).body


def test_shadow_says_what_it_would_have_done() -> None:
    around = Circumstances(policy="balanced", mode="shadow")
    found: Evidence = evidence(draws=("Lyon",) * 4, circumstances=around)
    shadowed = verdict_of(
        found, Ruling("balanced", Policy(), Standing(calibration(0.6, {"cluster_share": 1.0}), "prior"))
    )
    assert explanation(shadowed, texts=False)["would"] == {"decision": "abstain", "reason": "low_agreement"}
    assert content(released(shadowed))["content"] == SECRET


def test_shadow_never_releases_what_it_would_have_recovered() -> None:
    around = Circumstances(policy="balanced", mode="shadow")
    found = evidence("I don't know.", ("Paris",) * 8, circumstances=around)
    by = Ruling(
        "b", Policy(on_upstream_abstention="recover"), Standing(calibration(0.1, {"cluster_share": 9.0}), "prior")
    )
    shadowed = verdict_of(found, by)
    assert shadowed.would is not None
    assert shadowed.would.reason is Reason.RECOVERED
    assert content(released(shadowed, None, chat_reply("I don't know.")))["content"] == "I don't know."


def test_a_verdict_without_evidence_can_be_explained() -> None:
    bare = explanation(Verdict(Decision.PASS, Reason.MODE_OFF, "off", "balanced"), texts=True)
    assert bare["id"] is None
    assert "samples" not in bare


# Usage


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("decided", [verdict(), WITHHELD], ids=["answer", "abstain"])
def test_billed_usage_is_that_of_all_calls(stream: bool, decided: Verdict) -> None:
    asked = exchange(stream=stream, stream_options={"include_usage": True})
    found = released(decided, asked, usage="billed")
    reply = join(found.body) if stream else orjson.loads(found.body)
    assert reply["usage"] == {"prompt_tokens": 20, "completion_tokens": 25, "total_tokens": 45}


def test_billed_usage_loses_nothing_else_of_a_streamed_answer() -> None:
    body = chat_reply("Paris it is", reasoning="because", logprobs=[("Paris", -0.1)])
    asked = exchange(stream=True, stream_options={"include_usage": True})
    reply = join(released(verdict(), asked, body, usage="billed").body)
    assert {key: value for key, value in reply.items() if key != "usage"} == {
        key: value for key, value in body.items() if key != "usage"
    }


def test_the_replys_own_usage_is_left_alone() -> None:
    assert orjson.loads(released(WITHHELD).body)["usage"] == chat_reply(SECRET)["usage"]
    assert answer(SECRET).final == SECRET
