"""Entailment both ways, and the server that says it: text-embeddings-inference's `/predict`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import orjson
import pytest

from guard.errors import UpstreamBroken, UpstreamError, UpstreamTimeout
from guard.judges.building import build_judge, costly_of
from guard.judges.costly import Costly, pair_of
from guard.judges.nli import BATCH, MAX_QUESTION_CHARS, NLI_VERSION, PLACE, NliJudge, verdict_on
from guard.judges.offline import nobody
from guard.judges.settings import NliSettings
from guard.testing import ScriptedServer
from guard.upstream import Call, Reply

Q = "Where is it?"


class Asked:
    """A classifier that keeps what it is asked, and says what it is told."""

    def __init__(self, says: Callable[[str, str], str]) -> None:
        self._says = says
        self.batches: list[list[tuple[str, str]]] = []

    async def classify(self, pairs: Sequence[tuple[str, str]]) -> Sequence[str]:
        self.batches.append(list(pairs))
        return [self._says(*pair) for pair in pairs]

    async def close(self) -> None:
        self.batches.clear()


# From two directions to a verdict


@pytest.mark.parametrize(
    ("there", "back", "verdict"),
    [
        ("entailment", "entailment", "same"),
        ("entailment", "neutral", None),
        ("neutral", "entailment", None),
        ("neutral", "neutral", None),
        ("contradiction", "entailment", "different"),
        ("neutral", "contradiction", "different"),
        ("contradiction", "contradiction", "different"),
    ],
)
def test_same_is_entailment_both_ways_and_contradiction_is_different(there: str, back: str, verdict: Any) -> None:
    assert verdict_on(there, back) == verdict


async def test_the_question_stands_before_both_answers_in_both_directions() -> None:
    model = Asked(lambda _a, _b: "entailment")
    judge = NliJudge(model, "nli/1 x")
    assert await judge.decide("Where\n is it?", [pair_of("London", "Britain")], nobody) == ("same",)
    assert model.batches == [
        [("Where is it? Britain", "Where is it? London"), ("Where is it? London", "Where is it? Britain")]
    ]


async def test_each_pair_gets_its_own_two_directions() -> None:
    model = Asked(lambda a, b: "contradiction" if "no" in a + b else "entailment")
    pairs = [pair_of("a", "b"), pair_of("no", "b"), pair_of("c", "d")]
    assert await NliJudge(model, "").decide(Q, pairs, nobody) == ("same", "different", "same")


async def test_many_pairs_go_in_batches_that_a_server_takes() -> None:
    model = Asked(lambda _a, _b: "neutral")
    pairs = [pair_of("a", str(number)) for number in range(BATCH)]
    assert await NliJudge(model, "").decide(Q, pairs, nobody) == (None,) * BATCH
    assert [len(batch) for batch in model.batches] == [BATCH, BATCH]


async def test_a_long_question_leaves_room_for_the_answers() -> None:
    model = Asked(lambda _a, _b: "neutral")
    await NliJudge(model, "").decide("x" * 5000, [pair_of("a", "b")], nobody)
    assert len(model.batches[0][0][0]) == MAX_QUESTION_CHARS + 2


# The server


@asynccontextmanager
async def served(script: Any, **settings: Any) -> AsyncIterator[tuple[Costly, list[Call]]]:
    """The judge before a server that really listens."""
    async with ScriptedServer(script) as server:
        judge = build_judge("nli", entailment=NliSettings(url=server.url, model="deberta", **settings))
        costly = costly_of(judge)
        assert costly is not None
        try:
            yield costly, server.calls
        finally:
            await costly.close()


def predicting(
    says: Callable[[str, str], str], names: Sequence[str] = ("ENTAILMENT", "NEUTRAL", "CONTRADICTION")
) -> Any:
    """Replies as the server's `PredictResponse` for a batch: every class with its score, the best first."""

    def answer(call: Call) -> Reply:
        found = []
        for premise, hypothesis in orjson.loads(call.body or b"")["inputs"]:
            best = says(premise, hypothesis)
            scores = [{"score": 0.9 if name == best else 0.05, "label": name} for name in names]
            found.append(sorted(scores, key=lambda each: -float(str(each["score"]))))
        return Reply(200, (("content-type", "application/json"),), orjson.dumps(found))

    return answer


def said(body: Any, status: int = 200) -> Any:
    return lambda _call: Reply(status, (("content-type", "application/json"),), orjson.dumps(body))


async def test_a_batch_goes_to_predict_as_pairs() -> None:
    says = lambda a, b: "CONTRADICTION" if "Lyon" in a + b else "ENTAILMENT"  # noqa: E731
    async with served(predicting(says)) as (judge, calls):
        pairs = [pair_of("Paris", "It is Paris"), pair_of("Paris", "Lyon")]
        assert await judge.decide(Q, pairs, nobody) == ("same", "different")
        (call,) = calls
        assert (call.method, call.path) == ("POST", "/predict")
        body = orjson.loads(call.body or b"")
        assert body["inputs"][0] == [f"{Q} It is Paris", f"{Q} Paris"]
        assert (len(body["inputs"]), body["truncate"], body["raw_scores"]) == (4, True, False)


async def test_classes_without_names_are_named_by_the_settings() -> None:
    labels = ("contradiction", "entailment", "neutral")
    script = predicting(lambda _a, _b: "LABEL_1", ("LABEL_0", "LABEL_1", "LABEL_2"))
    async with served(script, labels=labels) as (judge, _):
        assert await judge.decide(Q, [pair_of("a", "b")], nobody) == ("same",)


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (said({"error": "batch too large", "error_type": "validation"}, 413), "refused"),
        (said({"error": "overloaded"}, 429), "refused"),
        (said([]), "unreadable"),
        (said({"label": "ENTAILMENT"}), "unreadable"),
        (said([[], []]), "unreadable"),
        (said([[{"label": "ENTAILMENT"}]] * 2), "unreadable"),
        (said([[{"label": "ENTAILMENT", "score": "much"}]] * 2), "unreadable"),
        (said([["ENTAILMENT"]] * 2), "unreadable"),
        (said([[{"label": "joy", "score": 1.0}]] * 2), "unreadable"),
        (said([[{"label": "LABEL_7", "score": 1.0}]] * 2), "unreadable"),
        (lambda _call: Reply(200, (), b"<html>"), "unreadable"),
        (lambda _call: UpstreamBroken("gone"), "broken"),
    ],
)
async def test_what_is_no_answer_is_an_error_of_its_kind(script: Any, kind: str) -> None:
    async with served(script) as (judge, _):
        with pytest.raises(UpstreamError) as caught:
            await judge.decide(Q, [pair_of("a", "b")], nobody)
        assert caught.value.kind == kind


def test_the_version_names_the_servers_model() -> None:
    judge = build_judge("nli", entailment=NliSettings(url="http://127.0.0.1:9", model="deberta-v3"))
    assert judge.version == f"lexical/2 {NLI_VERSION} deberta-v3".replace("lexical/2", build_judge("lexical").version)
    costly = costly_of(judge)
    assert costly is not None
    assert costly.place == PLACE


async def test_a_server_that_says_nothing_is_left_to_the_callers_patience() -> None:
    async with served(lambda _call: UpstreamTimeout("silent")) as (judge, _):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await judge.decide(Q, [pair_of("a", "b")], nobody)
