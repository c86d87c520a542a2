"""The chat dialect is a lens: it finds question and answer, replaces the answer, and touches nothing else."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.dialects import DIALECTS, openai_stream
from guard.dialects.openai_chat import GONE_WITH_THE_WORDS, MAX_CHOICES
from guard.dialects.shape import Drawing, Probing, Token
from guard.errors import DialectError, UpstreamUnreadable
from guard.exchange import Exchange
from guard.testing import chat_reply
from tests.guard.dialects.bodies import UNKNOWN, VALUES, WORDS, Json, replies, request

CHAT = DIALECTS["openai_chat"]
DRAWING = Drawing(temperature=1.0, seed=7, n=1)


def read(body: Any) -> Exchange:
    raw = orjson.dumps(body)
    return CHAT.read(raw, orjson.loads(raw))


# The two laws


@settings(deadline=None, max_examples=120)
@given(replies())
def test_writing_a_replys_own_words_back_gives_the_same_reply(reply: Json) -> None:
    words = CHAT.parse(reply, "").answers[0].text
    assert CHAT.replace(reply, words, as_refusal=False) == reply


@settings(deadline=None, max_examples=120)
@given(replies(), WORDS)
def test_reading_a_reply_gives_the_words_that_were_put_in(reply: Json, words: str) -> None:
    replaced = CHAT.replace(reply, words, as_refusal=False)
    found = CHAT.parse(replaced, "").answers[0]
    assert found.text == words
    assert found.complete
    assert not found.tool_call


@settings(deadline=None, max_examples=100)
@given(replies(), WORDS)
def test_words_put_in_as_a_refusal_are_read_as_one(reply: Json, words: str) -> None:
    replaced = CHAT.replace(reply, words, as_refusal=True)
    message = replaced["choices"][0]["message"]
    assert (message["content"], message["refusal"]) == (None, words)
    found = CHAT.parse(replaced, "").answers[0]
    assert (found.text, found.kind) == (words, "refuse")


@settings(deadline=None, max_examples=100)
@given(replies(), WORDS, st.booleans())
def test_fields_that_nobody_knows_stay_where_they_are(reply: Json, words: str, as_refusal: bool) -> None:
    before = orjson.dumps(reply)
    replaced = CHAT.replace(reply, words, as_refusal=as_refusal)
    for old, new in (
        (reply, replaced),
        (reply["choices"][0], replaced["choices"][0]),
        (reply["choices"][0]["message"], replaced["choices"][0]["message"]),
    ):
        assert {key: value for key, value in old.items() if key.startswith("x_")}.items() <= new.items()
    assert replaced["usage"] == reply["usage"]
    assert orjson.dumps(reply) == before


@settings(deadline=None, max_examples=100)
@given(UNKNOWN, st.text(min_size=1, max_size=20))
def test_a_request_goes_on_as_the_bytes_that_came(unknown: Json, question: str) -> None:
    raw = b" \n" + orjson.dumps(request(question, **unknown)) + b"\n"
    exchange = CHAT.read(raw, orjson.loads(raw))
    assert CHAT.forward(exchange, "m") is raw
    assert exchange.question == question


@settings(deadline=None, max_examples=100)
@given(UNKNOWN, st.none() | st.fixed_dictionaries({}, optional={"explain": st.booleans()}))
def test_only_model_and_guard_change_where_something_must(unknown: Json, wish: Any) -> None:
    body = request("Why?", **unknown) | {"guard": wish}
    sent = orjson.loads(CHAT.forward(read(body), "m-2024"))
    assert sent == request("Why?", **unknown) | {"model": "m-2024"}
    assert "guard" not in orjson.loads(CHAT.forward(read(body), "m"))


@settings(deadline=None, max_examples=100)
@given(UNKNOWN)
def test_a_draw_is_the_callers_body_with_three_fields_changed(unknown: Json) -> None:
    body = request("Why?", temperature=0, top_p=0.5, max_tokens=9, **unknown)
    assert CHAT.draw(read(body), "m", DRAWING) == body | {"temperature": 1.0, "seed": 7}
    assert CHAT.draw(read(body), "m-2", Drawing(0.3, 8, 4)) == body | {
        "model": "m-2",
        "temperature": 0.3,
        "seed": 8,
        "n": 4,
    }


# Replacing


def test_what_speaks_of_the_old_words_goes_with_them() -> None:
    """A withheld answer must not be readable in any other field of the reply."""
    reply = chat_reply("It is Paris", logprobs=[("Paris", -0.1)], reasoning="Paris of course", finish_reason="length")
    message = reply["choices"][0]["message"]
    message |= dict.fromkeys(GONE_WITH_THE_WORDS, "Paris")
    reply["choices"][0]["token_ids"] = [1, 2]
    reply["citations"] = ["https://paris.example"]
    replaced = CHAT.replace(reply, "I don't know.", as_refusal=False)
    assert b"aris" not in orjson.dumps(replaced)
    choice = replaced["choices"][0]
    assert choice["finish_reason"] == "stop"
    assert choice["logprobs"] is None
    assert choice["message"] == {"role": "assistant", "content": "I don't know.", "refusal": None}
    assert "token_ids" not in choice


def test_one_choice_is_left_and_log_probabilities_are_not_invented() -> None:
    reply = chat_reply("a", n=3)
    del reply["choices"][0]["logprobs"]
    replaced = CHAT.replace(reply, "b", as_refusal=False)
    assert [choice["index"] for choice in replaced["choices"]] == [0]
    assert "logprobs" not in replaced["choices"][0]


def test_another_account_of_tokens_keeps_the_details() -> None:
    reply = chat_reply("a", usage={"prompt_tokens": 1, "completion_tokens_details": {"reasoning_tokens": 3}})
    counted = CHAT.with_usage(reply, 40, 50)["usage"]
    assert counted == {
        "prompt_tokens": 40,
        "completion_tokens": 50,
        "total_tokens": 90,
        "completion_tokens_details": {"reasoning_tokens": 3},
    }
    assert CHAT.with_usage(chat_reply("a", usage=None), 1, 2)["usage"]["total_tokens"] == 3
    assert reply["usage"]["prompt_tokens"] == 1


def test_an_error_in_openais_envelope() -> None:
    error = CHAT.error("no", kind="guard_abstention", code="low_confidence", param=None)
    assert error == {"error": {"message": "no", "type": "guard_abstention", "param": None, "code": "low_confidence"}}
    assert CHAT.error_frame(error) == b"data: " + orjson.dumps(error) + b"\n\n"
    assert CHAT.keep_alive() == b": keep-alive\n\n"


# Reading requests


def test_the_question_is_the_last_thing_the_user_said() -> None:
    body = request(
        {"role": "system", "content": "Be brief."},
        "Hello",
        {"role": "assistant", "content": [{"type": "text", "text": "Hi."}]},
        {
            "role": "user",
            "content": [{"type": "text", "text": "Who"}, {"type": "image_url"}, {"type": "text", "text": "wrote it?"}],
        },
    )
    exchange = read(body)
    assert exchange.question == "Who\nwrote it?"
    assert exchange.context == "system: Be brief.\nuser: Hello\nassistant: Hi."
    assert exchange.unguardable is None
    assert (exchange.dialect, exchange.path) == ("openai_chat", "/v1/chat/completions")


@pytest.mark.parametrize(
    ("fields", "read_as"),
    [
        ({}, {"stream": False, "stream_usage": False, "explain": False, "seed": None, "structured": False}),
        ({"stream": True}, {"stream": True, "stream_usage": False}),
        ({"stream": None, "stream_options": None, "n": None, "guard": None}, {"stream": False}),
        ({"stream": True, "stream_options": {"include_usage": True}}, {"stream_usage": True}),
        ({"stream": True, "stream_options": {"include_usage": "yes"}}, {"stream_usage": False}),
        ({"guard": {"explain": True}}, {"explain": True}),
        ({"guard": {"explain": "yes"}}, {"explain": False}),
        ({"guard": {"min_confidence": 0}}, {"min_confidence": None}),
        ({"seed": 7}, {"seed": 7}),
        ({"seed": -1}, {"seed": -1}),
        ({"seed": True}, {"seed": None}),
        ({"seed": "7"}, {"seed": None}),
        ({"n": 1}, {"unguardable": None}),
        ({"tools": [{}], "tool_choice": "none"}, {"unguardable": None}),
        ({"tools": []}, {"unguardable": None}),
        ({"response_format": {"type": "text"}}, {"unguardable": None, "structured": False}),
        ({"modalities": ["text"]}, {"unguardable": None}),
        ({"modalities": 5}, {"unguardable": None}),
        ({"tools": [{}]}, {"unguardable": "tool_call"}),
        ({"functions": [{}]}, {"unguardable": "tool_call"}),
        ({"n": 2}, {"unguardable": "not_applicable"}),
        ({"response_format": {"type": "json_object"}}, {"unguardable": "not_applicable", "structured": False}),
        ({"response_format": {"type": "json_schema"}}, {"unguardable": "not_applicable", "structured": True}),
        ({"modalities": ["text", "audio"]}, {"unguardable": "not_applicable"}),
        ({"audio": {"voice": "a"}}, {"unguardable": "not_applicable"}),
    ],
    ids=str,
)
def test_what_the_guard_must_know_of_a_request(fields: Json, read_as: Json) -> None:
    exchange = read(request("Why?", **fields))
    assert {name: getattr(exchange, name) for name in read_as} == read_as
    assert bool(exchange.why) == (exchange.unguardable is not None)


@pytest.mark.parametrize(
    ("last", "unguardable"),
    [
        ({"role": "assistant", "content": "And so"}, "not_applicable"),
        ({"role": "tool", "content": "42"}, "tool_call"),
        ({"role": "function", "content": "42"}, "tool_call"),
        ({"role": "user", "content": "  "}, "not_applicable"),
        ({"role": "user", "content": None}, "not_applicable"),
        ({"role": "user"}, "not_applicable"),
        ({"role": "user", "content": [{"type": "image_url"}, 3]}, "not_applicable"),
        ({"role": "system", "content": "Be brief."}, "not_applicable"),
    ],
    ids=str,
)
def test_a_conversation_that_does_not_end_in_a_question_is_passed_on(last: Json, unguardable: str) -> None:
    exchange = read(request("Why?", last))
    assert exchange.unguardable == unguardable
    assert exchange.why


@pytest.mark.parametrize(
    ("body", "param"),
    [
        (None, None),
        ([], None),
        ("text", None),
        ({}, "model"),
        ({"model": "", "messages": []}, "model"),
        ({"model": "  ", "messages": []}, "model"),
        ({"model": 3, "messages": []}, "model"),
        ({"model": "m"}, "messages"),
        ({"model": "m", "messages": []}, "messages"),
        ({"model": "m", "messages": {}}, "messages"),
        (request("Why?") | {"messages": ["Why?"]}, "messages.0"),
        (request("Why?", {"role": "wizard", "content": ""}), "messages.1.role"),
        (request({"content": "Why?"}), "messages.0.role"),
        (request({"role": ["user"], "content": "Why?"}), "messages.0.role"),
        (request({"role": "user", "content": 3}), "messages.0.content"),
        (request({"role": "user", "content": {"text": "Why?"}}), "messages.0.content"),
        (request(stream="yes"), "stream"),
        (request(stream=1), "stream"),
        (request(stream_options=[]), "stream_options"),
        (request(guard=True), "guard"),
        (request(n=0), "n"),
        (request(n=-1), "n"),
        (request(n=True), "n"),
        (request(n=1.5), "n"),
        (request(n="2"), "n"),
        (request(n=MAX_CHOICES + 1), "n"),
        (request(n=10**15), "n"),
    ],
    ids=str,
)
def test_what_would_make_the_guard_itself_go_wrong_is_refused(body: Any, param: str | None) -> None:
    with pytest.raises(DialectError) as caught:
        read(body)
    assert caught.value.param == param
    assert str(caught.value)


FIELDS = (
    "messages model stream stream_options guard n tools functions tool_choice response_format audio modalities seed "
    "temperature logprobs"
).split()


@settings(deadline=None, max_examples=200)
@given(st.dictionaries(st.sampled_from(FIELDS), VALUES | st.just([{"role": "user", "content": "q"}]), max_size=6))
def test_any_body_is_read_or_refused(changes: Json) -> None:
    body = request("Why?") | changes
    try:
        exchange = read(body)
    except DialectError:
        return
    assert orjson.loads(CHAT.forward(exchange, "m2"))["model"] == "m2"
    assert CHAT.draw(exchange, "m2", DRAWING)["seed"] == 7


# Asking


def test_a_draw_is_never_streamed_stored_or_explained() -> None:
    body = request(
        "Why?", stream=True, stream_options={"include_usage": True}, store=True, metadata={"a": "b"},
        guard={"explain": True}, n=1, seed=3,
    )  # fmt: skip
    drawn = CHAT.draw(read(body), "m", DRAWING)
    assert drawn == request("Why?", temperature=1.0, seed=7)
    assert set(CHAT.own_in_draw) >= set(drawn) - set(request("Why?"))


def test_a_probe_is_two_messages_and_what_the_guard_may_leave_out() -> None:
    bare = CHAT.probe("m", Probing("judge", "{}", 80))
    assert bare == {
        "model": "m",
        "messages": [{"role": "system", "content": "judge"}, {"role": "user", "content": "{}"}],
        "temperature": 0,
        "max_tokens": 80,
    }
    full = CHAT.probe("m", Probing("judge", "{}", 80, schema={"type": "object"}, low_effort=True, chances=True))
    assert full["response_format"]["json_schema"] == {"name": "reply", "strict": True, "schema": {"type": "object"}}
    assert full["reasoning_effort"] == "low"
    assert set(full) - {"model", "messages"} == set(CHAT.own_in_probe)
    assert set(CHAT.renames) <= set(CHAT.own_in_probe)


# Reading replies


def parsed(message: Json | None = None, **choice: Any) -> Any:
    reply = chat_reply("Paris", id="c-1")
    reply["choices"][0] |= choice
    reply["choices"][0]["message"] |= message or {}
    return CHAT.parse(reply | {"system_fingerprint": "fp"}, "").answers[0]


def test_an_answer_in_full() -> None:
    found = parsed()
    assert (found.text, found.final, found.kind) == ("Paris", "Paris", "answer")
    assert (found.reply_id, found.fingerprint) == ("c-1", "fp")
    assert found.complete
    assert found.logprob is None


def test_thinking_is_set_apart_wherever_it_stands() -> None:
    assert parsed({"content": "<think>Lyon? No.</think>\nParis"}).text == "Paris"
    assert parsed({"content": "<think>Lyon? No.</think>\nParis"}).reasoning == "Lyon? No."
    assert parsed({"reasoning_content": "hidden"}).reasoning == "hidden"
    assert parsed({"reasoning": "hidden", "content": "<think>more</think>x"}).reasoning == "hidden\nmore"
    assert parsed({"reasoning": {"odd": 1}}).reasoning == ""


@pytest.mark.parametrize(
    ("message", "choice", "kind", "text"),
    [
        ({"content": None, "refusal": "I won't."}, {}, "refuse", "I won't."),
        ({"content": "Well.", "refusal": "I won't."}, {}, "refuse", "Well."),
        ({"content": "Par"}, {"finish_reason": "content_filter"}, "refuse", "Par"),
        ({"content": None}, {"finish_reason": "content_filter"}, "refuse", ""),
        ({"refusal": ""}, {}, "answer", "Paris"),
        ({"refusal": 3}, {}, "answer", "Paris"),
        ({"content": "I don't know."}, {}, "abstain", "I don't know."),
        ({"content": None}, {}, "answer", ""),
        ({"content": 5}, {}, "answer", ""),
        ({"content": [{"type": "text", "text": "Par"}, {"type": "text", "text": "is"}]}, {}, "answer", "Par\nis"),
    ],
    ids=str,
)
def test_kinds(message: Json, choice: Json, kind: str, text: str) -> None:
    found = parsed(message, **choice)
    assert (found.kind, found.text) == (kind, text)


def test_cut_off_and_tool_calls_are_noted() -> None:
    assert not parsed(finish_reason="length").complete
    assert parsed(finish_reason=None).complete
    assert parsed({"content": None, "tool_calls": [{"id": "1"}]}).tool_call
    assert parsed({"function_call": {"name": "f"}}).tool_call
    assert not parsed({"tool_calls": []}).tool_call


@pytest.mark.parametrize(
    ("logprobs", "mean"),
    [
        (None, None),
        ({}, None),
        ({"content": None}, None),
        ({"content": []}, None),
        ({"content": [{"logprob": -1}, {"logprob": -3.0}]}, -2.0),
        ({"content": [{"logprob": 0.5}, {"logprob": -1.0}]}, -0.5),
        ({"content": [{"logprob": "x"}, None, {}]}, None),
        ({"content": [{"logprob": -1e308}, {"logprob": -1e308}]}, -9999.0),
        ([], None),
    ],
    ids=str,
)
def test_the_mean_log_probability(logprobs: Any, mean: float | None) -> None:
    assert parsed(logprobs=logprobs).logprob == mean


def listed(**chances: float) -> list[Json]:
    return [{"token": token, "logprob": logprob, "bytes": None} for token, logprob in chances.items()]


def test_tokens_with_their_alternatives_plain_and_streamed() -> None:
    reply = chat_reply("Paris!")
    content = [
        {"token": "Par", "logprob": -0.5, "top_logprobs": listed(Par=-0.5, Lyon=-1.5)},
        {"token": "is", "logprob": -0.25, "top_logprobs": listed(ot=-0.5)},
        {"token": "!", "logprob": -2, "top_logprobs": []},
    ]
    reply["choices"][0]["logprobs"] = {"content": content, "refusal": None}
    told = (
        Token("Par", (("Par", -0.5), ("Lyon", -1.5))),
        Token("is", (("ot", -0.5), ("is", -0.25))),
        Token("!"),
    )
    assert CHAT.tokens(reply) == told
    choices = [
        {"index": 0, "delta": {"content": text}, "logprobs": {"content": [entry]}}
        for text, entry in zip(("Par", "is", "!"), content, strict=True)
    ]
    pieces = [openai_stream.frame({"id": "c", "choices": [choice]}) for choice in choices]
    end = openai_stream.frame({"id": "c", "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    joined = CHAT.join(b"".join([*pieces, end, openai_stream.DONE]))
    assert CHAT.tokens(joined) == told
    for body in (reply, joined):
        (answer,) = CHAT.parse(body, "").answers
        assert answer.logprob == pytest.approx((-0.5 - 0.25 - 2) / 3)


@pytest.mark.parametrize("reply", [None, {}, {"choices": []}, {"choices": [None]}, {"choices": [{"logprobs": [1]}]}])
def test_no_tokens_where_none_are_told(reply: Any) -> None:
    assert CHAT.tokens(reply) == ()


@pytest.mark.parametrize(
    "entry", [{}, {"token": 7}, {"token": "a", "top_logprobs": "b"}, {"top_logprobs": [{"logprob": "x"}]}]
)
def test_tokens_in_another_form_have_no_alternatives(entry: Json) -> None:
    (token,) = CHAT.tokens({"choices": [{"logprobs": {"content": [entry, 3]}}]})
    assert token.chances == ()


def test_documents_in_the_question_are_its_context() -> None:
    asked = "Context: Lyon lies on the Rhône.\n\nQuestion: Where is Lyon?\nAnswer:"
    messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": asked}]
    found = read({"model": "m", "messages": messages})
    assert found.question == "Where is Lyon?"
    assert found.context == "system: Be brief.\ncontext: Context: Lyon lies on the Rhône."
    alone = read({"model": "m", "messages": messages[1:]})
    assert alone.context == "context: Context: Lyon lies on the Rhône."
    assert CHAT.forward(alone, "m") == alone.raw


@pytest.mark.parametrize(
    ("usage", "counted"),
    [
        ({"prompt_tokens": 9, "completion_tokens": 5}, (9, 5, 0)),
        ({"completion_tokens": 900, "completion_tokens_details": {"reasoning_tokens": 800}}, (0, 900, 800)),
        ({"prompt_tokens": -1, "completion_tokens": "5"}, (0, 2, 0)),
        ({"prompt_tokens": True, "completion_tokens_details": 3}, (0, 2, 0)),
        (None, (0, 2, 0)),
        ([1], (0, 2, 0)),
        ({"completion_tokens": 1}, (0, 2, 0)),
    ],
    ids=str,
)
def test_tokens_as_told_or_as_the_words_show(usage: Any, counted: tuple[int, int, int]) -> None:
    reply = chat_reply("eight ch") | {"usage": usage}
    found = CHAT.parse(reply, "").usage
    assert (found.prompt, found.completion, found.reasoning) == counted


def test_one_choices_count_for_several_is_not_believed() -> None:
    """llama.cpp's server counts one of n choices only."""
    reply = chat_reply("", texts=["x" * 40] * 5, usage={"prompt_tokens": 3, "completion_tokens": 10})
    assert CHAT.parse(reply, "").usage.completion == 50


def test_log_probabilities_count_tokens_too() -> None:
    reply = chat_reply("ab", logprobs=[("a", -0.1), ("b", -0.1)] * 4, usage=None)
    assert CHAT.parse(reply, "").usage.completion == 8


@pytest.mark.parametrize(
    "reply",
    [
        None,
        [],
        {},
        {"choices": None},
        {"choices": []},
        {"choices": {}},
        {"choices": [None]},
        {"choices": ["text"]},
        {"choices": [{}]},
        {"choices": [{"message": None}]},
        {"choices": [{"message": "text"}]},
        {"choices": [{"message": {"content": "x"}}, {}]},
    ],
    ids=str,
)
def test_what_is_no_reply_of_this_dialect(reply: Any) -> None:
    with pytest.raises(UpstreamUnreadable):
        CHAT.parse(reply, "")


@settings(deadline=None, max_examples=150)
@given(replies(), st.data())
def test_any_reply_is_read_or_refused(reply: Json, data: st.DataObject) -> None:
    """One field at a time turned into anything at all."""
    level = data.draw(st.sampled_from((reply, reply["choices"][0], reply["choices"][0]["message"])))
    level[data.draw(st.sampled_from(sorted(level)))] = data.draw(VALUES)
    try:
        found = CHAT.parse(reply, "Why?")
    except UpstreamUnreadable:
        return
    assert found.answers
    assert found.usage.completion >= 0


def test_duplicate_and_missing_indices_do_not_matter() -> None:
    reply = chat_reply("", texts=["a", "b"])
    reply["choices"][1]["index"] = 0
    del reply["choices"][0]["index"]
    assert [found.text for found in CHAT.parse(reply, "").answers] == ["a", "b"]


@pytest.mark.parametrize(
    ("limits", "sent"),
    [
        ({}, {"max_tokens": 64}),
        ({"max_tokens": 9}, {"max_tokens": 9}),
        ({"max_completion_tokens": 9}, {"max_completion_tokens": 9}),
    ],
)
def test_a_draw_is_limited_where_the_caller_set_no_limit(limits: dict[str, int], sent: dict[str, int]) -> None:
    body = {"model": "m", "messages": [{"role": "user", "content": "q"}], **limits}
    drawn = CHAT.draw(read(body), "m", Drawing(temperature=1.0, seed=1, n=1, max_tokens=64))
    assert {key: drawn[key] for key in drawn if "tokens" in key} == sent
