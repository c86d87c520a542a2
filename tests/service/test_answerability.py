"""The second axis over real connections: what is missing is named, and neither axis stands in for the other."""

from __future__ import annotations

from typing import Any

import pytest

from guard.checklist import GIVEN_VERSION
from guard.evidence import Evidence
from guard.reports import recognise_probe
from guard.testing import chat_reply
from guard.upstream import Call

from .conftest import Start
from .reading import decided, ours, words_of
from .running import asking
from .scripts import Script, body_of, by_purpose, checked, disagreeing, purpose_of, refusing

ALONE: dict[str, Any] = {"samples": {"min": 0, "max": 0}, "thresholds": {"correctness": None, "answerability": 0.5}}
BOTH: dict[str, Any] = {"thresholds": {"correctness": 0.6, "answerability": 0.5}}
MISSING = {"needed": [{"fact": "the number of pears", "from": "MISSING"}], "all_given": "no"}
FALSE = {"assumed": [{"claim": "Paris has a king", "true": "no"}]}
EXPLAIN = {"x-guard-explain": "1"}


def policy(settings: dict[str, Any]) -> dict[str, Any]:
    return {"policies": {"balanced": settings}}


def finding(**findings: Any) -> Script:
    """An agreeing model that finds this in the question."""
    return by_purpose(checklist=lambda call: checked(call, **findings))


def purposes(calls: list[Call]) -> list[str]:
    return sorted(purpose_of(call) for call in calls)


@pytest.mark.parametrize(
    ("findings", "reason", "named"),
    [
        (MISSING | {"needed": MISSING["needed"] * 2}, "unanswerable", "the number of pears"),
        (FALSE, "false_premise", "Paris has a king"),
        ({"readings": ["the city", "the person"], "changes": "yes"}, "ambiguous", "the city; the person"),
    ],
    ids=["missing", "false", "readings"],
)
@pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
def test_what_the_question_lacks_is_named(
    start: Start, findings: dict[str, Any], reason: str, named: str, stream: bool
) -> None:
    guard = start(finding(**findings), policy(BOTH))
    reply = guard.ask(stream=stream, headers=EXPLAIN)
    assert (reply.status_code, decided(reply)) == (200, ("clarify", reason))
    assert named in words_of(reply)
    assert "Paris." not in words_of(reply)
    counted = {"route": "default", "dialect": "openai_chat", "mode": "enforce", "decision": "clarify"}
    assert guard.metric("guard_requests_total", **counted, reason=reason) == 1


def test_it_is_named_in_the_explanation(start: Start) -> None:
    told = start(finding(**MISSING, changes="yes"), policy(ALONE)).ask(headers=EXPLAIN).json()["guard"]
    assert told["missing"] == ["the number of pears"]
    assert told["confidence"] == {"correctness": None, "answerability": 0.375}
    assert told["threshold"] == {"correctness": None, "answerability": 0.5}
    assert told["scores"]["answerability"] == 0.375


def test_in_the_callers_language(start: Start) -> None:
    guard = start(finding(**FALSE), policy(BOTH))
    reply = guard.ask(messages=[{"role": "user", "content": "Wer ist der König von Paris, und seit wann regiert er?"}])
    assert decided(reply) == ("clarify", "false_premise")
    assert "Paris has a king" in words_of(reply)
    assert "Frage" in words_of(reply)


def test_a_small_model_is_asked_one_question(start: Start) -> None:
    def one(call: Call) -> str:
        probe = recognise_probe(body_of(call)["messages"][-1]["content"])
        assert probe is not None
        assert probe.probe == GIVEN_VERSION
        return f'{{"nonce": "{probe.nonce}", "all_given": "no"}}'

    guard = start(
        by_purpose(checklist=one), policy(ALONE | {"checklist": "single", "thresholds": {"answerability": 0.6}})
    )
    reply = guard.ask(headers=EXPLAIN)
    assert decided(reply) == ("clarify", "unanswerable")
    assert reply.json()["guard"]["scores"]["answerability"] == 0.3
    assert reply.json()["guard"]["missing"] == []


def test_only_the_axis_that_is_judged_is_asked_for(start: Start) -> None:
    guard = start(finding(), policy(ALONE))
    assert decided(guard.ask()) == ("answer", "confident")
    assert purposes(guard.upstream.calls) == ["candidate", "checklist"]
    other = start(finding(**MISSING))
    assert decided(other.ask()) == ("answer", "confident")
    assert "checklist" not in purposes(other.upstream.calls)


def test_a_callers_own_threshold_brings_the_other_axis_in(start: Start) -> None:
    guard = start(by_purpose(checklist=checked, draw=disagreeing()), policy(ALONE | {"samples": {"min": 1, "max": 4}}))
    assert decided(guard.ask()) == ("answer", "confident")
    stricter = guard.ask(headers={"x-guard-min-confidence": "0.7"})
    assert decided(stricter)[0] == "abstain"


def test_an_answerable_question_may_still_have_a_doubtful_answer(start: Start) -> None:
    guard = start(by_purpose(checklist=checked, draw=disagreeing(), self_report=disagreeing()), policy(BOTH))
    assert decided(guard.ask())[0] == "abstain"


def test_an_unanswerable_question_costs_no_draw(start: Start) -> None:
    guard = start(finding(**FALSE), policy(BOTH))
    assert ours(guard.ask())["samples"] == "0/0"


def test_the_model_does_not_see_its_answer_in_the_checklist(start: Start) -> None:
    guard = start(by_purpose(candidate="Secretville", checklist=checked), policy(ALONE))
    guard.ask()
    (asked,) = [call for call in guard.upstream.calls if purpose_of(call) == "checklist"]
    assert "Secretville" not in str(body_of(asked))


@pytest.mark.parametrize("lost", [refusing(500), "no form at all"], ids=["refused", "malformed"])
def test_a_lost_checklist_leaves_the_models_own_words(start: Start, lost: Any) -> None:
    guard = start(by_purpose(checklist=lost), policy(BOTH))
    told = guard.ask(headers=EXPLAIN)
    assert decided(told) == ("answer", "confident")
    assert told.json()["guard"]["scores"]["answerability"] is None
    assert told.json()["guard"]["confidence"]["answerability"] == told.json()["guard"]["scores"]["premise_doubt"]
    assert guard.metric("guard_failures_total", route="default", stage="checklist", outcome="went_on") == 1


NOTICED = (
    "Tom has 3 apples. The number of pears is not specified in the problem, so it cannot be determined how many fruits "
    "there are. There is missing information. Maybe the problem intended 4 pears; let's assume that. Then it is 7."
)


def test_what_the_model_noticed_and_went_on_from_is_heard(start: Start) -> None:
    """No call is paid: the words are there already."""
    free = ALONE | {"signals": ["premise_doubt"]}
    reply = chat_reply("7", reasoning=NOTICED)
    guard = start(by_purpose(candidate=reply), policy(free))
    assert decided(guard.ask()) == ("clarify", "unanswerable")
    assert purposes(guard.upstream.calls) == ["candidate"]
    sure = start(by_purpose(candidate=chat_reply("7", reasoning="3 and 4 make 7.")), policy(free))
    assert decided(sure.ask()) == ("answer", "confident")


def test_the_evidence_replays_to_the_same_words(start: Start, tmp_path: Any) -> None:
    log = tmp_path / "evidence.jsonl"
    guard = start(finding(**MISSING, changes="yes"), policy(ALONE), evidence_log=log)
    assert decided(guard.ask()) == ("clarify", "unanswerable")
    (line,) = log.read_bytes().splitlines()
    found = Evidence.from_json(line)
    assert found.checklist is not None
    assert found.checklist.missing == ("the number of pears",)
    assert {spent.purpose for spent in found.spending} == {"candidate", "checklist"}
    assert asking()["messages"][-1]["content"] == found.question
