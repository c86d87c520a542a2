"""A stream and the reply that it amounts to."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openai import AsyncOpenAI

from guard.dialects import DIALECTS
from guard.dialects.openai_stream import DONE, annotate, events, finishes, frame, frames, join
from guard.errors import UpstreamBroken, UpstreamError, UpstreamUnreadable
from guard.testing import ScriptedServer, chat_reply, stream_frames
from guard.upstream import Reply
from tests.guard.dialects.bodies import UNKNOWN, WORDS, Json, replies

CALLS = [
    {"id": "call_1", "type": "function", "function": {"name": "find", "arguments": '{"q": "a"}'}},
    {"id": "call_2", "type": "function", "function": {"name": "find", "arguments": '{"q": "b"}'}},
]


def written(reply: Json, *, usage: bool = True, extra: Json | None = None) -> bytes:
    return b"".join(frames(reply, usage=usage, extra=extra))


def chunk(delta: Json | None = None, finish: str | None = None, **choice: Any) -> bytes:
    return frame({"id": "c", "choices": [{"index": 0, "delta": delta or {}, "finish_reason": finish, **choice}]})


def streamed(*deltas: Json, finish: str = "stop") -> bytes:
    return b"".join(chunk(delta) for delta in deltas) + chunk(finish=finish) + DONE


def said(*deltas: Json) -> Any:
    return join(streamed(*deltas))["choices"][0]["message"]


# There and back


@settings(deadline=None, max_examples=120)
@given(replies(st.just("") | WORDS))
def test_the_frames_of_a_reply_amount_to_it(reply: Json) -> None:
    assert join(written(reply)) == reply


@pytest.mark.parametrize(
    "message",
    [
        {"role": "assistant", "content": None, "tool_calls": CALLS},
        {"role": "assistant", "content": "Let me look.", "tool_calls": CALLS, "refusal": None},
        {"role": "assistant", "content": None, "function_call": {"name": "find", "arguments": "{}"}},
        {"role": "assistant", "content": None, "refusal": "I don't know."},
        {
            "role": "assistant",
            "content": "4",
            "reasoning_content": "2 + 2",
            "reasoning_details": [{"index": 0, "text": "x"}],
        },
        {"role": "assistant", "content": [{"type": "text", "text": "4"}]},
        {"role": "assistant", "content": ""},
        {"content": "4"},
    ],
    ids=str,
)
@pytest.mark.parametrize("finish", ["stop", "length", "tool_calls"])
def test_nothing_of_a_message_is_lost_in_frames(message: Json, finish: str) -> None:
    reply = chat_reply("x", finish_reason=finish, logprobs=[("4", -0.5)])
    reply["choices"][0]["message"] = message
    back = join(written(reply))
    assert back == reply | {"choices": [reply["choices"][0] | {"message": {"role": "assistant"} | message}]}


@pytest.mark.parametrize("as_refusal", [None, False, True])
async def test_a_real_client_rebuilds_the_reply_from_the_frames(as_refusal: bool | None) -> None:
    reply = chat_reply("Let me look.", reasoning="because", logprobs=[("Let", -0.5)], finish_reason="tool_calls")
    reply["choices"][0]["message"]["tool_calls"] = CALLS
    if as_refusal is not None:
        reply = DIALECTS["openai_chat"].replace(reply, "I don't know.", as_refusal=as_refusal)
    body = written(reply, extra={"guard": {"decision": "answer"}})
    said = Reply(200, (("content-type", "text/event-stream"),), body)
    async with ScriptedServer([said]) as server, AsyncOpenAI(api_key="k", base_url=server.url) as client:
        asking = client.chat.completions.stream(model="m", messages=[{"role": "user", "content": "q"}])
        async with asking as stream:
            rebuilt = (await stream.get_final_completion()).choices[0]
    expected = reply["choices"][0]
    message = rebuilt.message.model_dump()
    assert (message["content"], message["refusal"]) == (expected["message"]["content"], expected["message"]["refusal"])
    assert rebuilt.finish_reason == expected["finish_reason"]
    assert (rebuilt.logprobs is None) == (expected["logprobs"] is None)
    names = [call["function"]["arguments"] for call in message["tool_calls"] or ()]
    assert names == [call["function"]["arguments"] for call in expected["message"].get("tool_calls", ())]


def test_every_frame_is_a_chunk_of_the_same_completion() -> None:
    found = list(events(written(chat_reply("two words", id="c-9", model="m"))))
    assert {event["object"] for event in found} == {"chat.completion.chunk"}
    assert {event["id"] for event in found} == {"c-9"}
    assert found[0]["choices"][0]["delta"] == {"role": "assistant", "content": "", "refusal": None}
    assert [event["choices"][0]["finish_reason"] for event in found[:-1]] == [None, None, "stop"]
    assert found[-1]["choices"] == []


def test_usage_only_where_it_was_asked_for() -> None:
    reply = chat_reply("hi")
    with_it, without = written(reply), written(reply, usage=False)
    assert reply["usage"]["total_tokens"] == join(with_it)["usage"]["total_tokens"]
    assert b"usage" not in without
    assert all(event["choices"] for event in events(without))
    assert with_it.endswith(DONE)
    assert without.endswith(DONE)


def test_what_is_said_beside_the_choices_stands_in_the_frame_that_finishes() -> None:
    found = list(events(written(chat_reply("hi"), extra={"guard": {"decision": "answer"}})))
    (bearer,) = [event for event in found if "guard" in event]
    assert bearer["choices"][0]["finish_reason"] == "stop"


def test_the_fakes_frames_amount_to_their_reply() -> None:
    """The other writer of frames there is."""
    for reply in (chat_reply("two words"), chat_reply("x", reasoning="because"), chat_reply("a", n=2)):
        again = join(b"".join(stream_frames(reply, include_usage=True)))
        assert again == reply


# Reading streams


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=40), st.data())
def test_words_may_come_in_any_pieces(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert said({"role": "assistant"}, *({"content": piece} for piece in pieces))["content"] == text


@settings(deadline=None, max_examples=100)
@given(replies(), st.sampled_from((b"\r\n", b"\n")), st.booleans())
def test_line_ends_and_comments_change_nothing(reply: Json, end: bytes, commented: bool) -> None:
    stream = written(reply)
    if commented:
        stream = b": ping\n\nevent: x\nid: 1\n" + stream.replace(b"data: ", b": still there\n\ndata:")
    assert join(stream.replace(b"\n", end)) == reply
    assert join(b"\xef\xbb\xbf" + stream) == reply


def test_text_that_looks_like_the_protocol_is_text() -> None:
    words = 'data: [DONE]\n\ndata: {"finish_reason": "stop"}\r\n\u2028end'
    assert said({"content": words})["content"] == words


def test_whatever_stands_behind_the_end_mark_is_not_read() -> None:
    stream = written(chat_reply("hi"))
    assert join(stream + b"data: nonsense\n\n") == join(stream)


def test_calls_of_tools_come_in_pieces_by_index() -> None:
    message = said(
        {"role": "assistant", "content": None},
        {
            "tool_calls": [
                {"index": 0, "id": "call_1", "type": "function", "function": {"name": "find", "arguments": ""}}
            ]
        },
        {"tool_calls": [{"index": 0, "function": {"arguments": '{"q": '}}]},
        {"tool_calls": [{"index": 0, "function": {"arguments": '"a"}'}}]},
        {
            "tool_calls": [
                {
                    "index": 1,
                    "id": "call_2",
                    "type": "function",
                    "function": {"name": "find", "arguments": '{"q": "b"}'},
                }
            ]
        },
    )
    assert message["tool_calls"] == CALLS
    assert message["content"] is None


def test_a_model_that_mixes_text_and_parts_is_read() -> None:
    """Mistral's thinking models send arrays while they think and text afterwards."""
    thinking = {"type": "thinking", "thinking": [{"type": "text", "text": "2 + 2"}]}
    message = said({"content": ""}, {"content": [thinking]}, {"content": "It "}, {"content": "is 4"})
    assert message["content"] == [thinking, {"type": "text", "text": "It "}, {"type": "text", "text": "is 4"}]
    text_first = said({"content": "It is "}, {"content": [{"type": "text", "text": "4"}]})
    assert text_first["content"] == [{"type": "text", "text": "It is "}, {"type": "text", "text": "4"}]


def test_log_probabilities_add_up_and_a_null_is_kept() -> None:
    entries = [{"token": "a", "logprob": -0.1}, {"token": "b", "logprob": -0.2}]
    stream = b"".join(chunk({"content": entry["token"]}, logprobs={"content": [entry]}) for entry in entries)
    (choice,) = join(stream + chunk(finish="stop", logprobs=None) + DONE)["choices"]
    assert choice["logprobs"] == {"content": entries}
    (silent,) = join(chunk({"content": "a"}, finish="stop", logprobs=None))["choices"]
    assert silent["logprobs"] is None
    (odd,) = join(chunk({"content": "a"}, finish="stop", logprobs=[3]))["choices"]
    assert odd["logprobs"] is None


def test_azures_filter_results_are_replaced_and_not_added_up() -> None:
    results = {"hate": {"filtered": False, "severity": "safe"}}
    stream = chunk({"content": "a"}, content_filter_results=results) + chunk(
        finish="stop", content_filter_results=results
    )
    assert join(stream)["choices"][0]["content_filter_results"] == results


def test_events_without_choices_are_no_harm() -> None:
    """Azure sends its filter results first, others the usage last; some say null or worse."""
    stream = frame({"choices": [], "prompt_filter_results": []}) + frame({"choices": None}) + frame({"choices": 3})
    stream += frame({"choices": [None, "x"]}) + b"data: [1]\n\n" + streamed({"content": "hi"}) + b"data: {}"
    assert join(stream)["choices"][0]["message"]["content"] == "hi"
    assert join(stream)["prompt_filter_results"] == []


def test_several_choices_are_kept_apart_and_in_order() -> None:
    second = frame({"choices": [{"index": 1, "delta": {"content": "b"}, "finish_reason": "stop"}]})
    first = frame({"choices": [{"delta": {"content": "a"}, "finish_reason": "length"}]})
    choices = join(second + first)["choices"]
    assert [(c["index"], c["message"]["content"], c["finish_reason"]) for c in choices] == [
        (0, "a", "length"),
        (1, "b", "stop"),
    ]


# Streams that break off


def full_stream() -> bytes:
    return b"".join(stream_frames(chat_reply("five words in five pieces"), include_usage=True))


def test_a_stream_cut_between_two_events_is_broken_until_it_has_finished() -> None:
    pieces = full_stream().split(b"\n\n")
    finishing = next(number for number, piece in enumerate(pieces) if b'"finish_reason":"stop"' in piece)
    for kept in range(len(pieces)):
        cut = b"\n\n".join(pieces[:kept]) + b"\n\n"
        if kept <= finishing:
            with pytest.raises(UpstreamBroken):
                join(cut)
        else:
            assert join(cut)["choices"] == join(full_stream())["choices"]


def test_a_stream_cut_anywhere_is_whole_or_an_error_and_never_half_an_answer() -> None:
    stream = full_stream()
    whole = join(stream)["choices"]
    for length in range(len(stream)):
        try:
            assert join(stream[:length])["choices"] == whole
        except UpstreamError:
            continue
        assert finishes(stream[:length])


def test_one_choice_that_does_not_finish_breaks_the_stream() -> None:
    with pytest.raises(UpstreamBroken):
        join(frame({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}, {"index": 1, "delta": {}}]}))


@pytest.mark.parametrize("error", [{"message": "overloaded"}, "overloaded", {}])
def test_an_error_in_the_middle_breaks_the_stream(error: Any) -> None:
    with pytest.raises(UpstreamBroken, match="error"):
        join(chunk({"content": "hi"}) + frame({"error": error}) + chunk(finish="stop") + DONE)


def test_an_error_field_that_is_null_is_none() -> None:
    assert join(frame({"error": None, "choices": [{"delta": {"content": "a"}, "finish_reason": "stop"}]}))


@pytest.mark.parametrize("line", [b"data: {", b"data: NaN", b"data: {'a': 1}", b"data: \xff", b"data:"])
def test_an_event_that_is_not_json(line: bytes) -> None:
    with pytest.raises(UpstreamUnreadable):
        join(line + b"\n\n" + streamed({"content": "hi"}))


@settings(deadline=None, max_examples=120)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(("choices", "error", "usage", "id")),
            st.recursive(
                st.none() | st.integers(0, 3) | st.text(max_size=3),
                lambda inner: (
                    st.lists(inner, max_size=2)
                    | st.dictionaries(
                        st.sampled_from(
                            ("delta", "index", "finish_reason", "logprobs", "content", "tool_calls", "message")
                        ),
                        inner,
                        max_size=4,
                    )
                ),
                max_leaves=8,
            ),
            max_size=3,
        ),
        max_size=4,
    )
)
def test_any_stream_is_joined_or_an_error_of_the_upstreams(bodies: list[Json]) -> None:
    try:
        reply = join(b"".join(map(frame, bodies)) + DONE)
    except UpstreamError:
        return
    assert reply["choices"]


# Annotating


@settings(deadline=None, max_examples=100)
@given(replies(), UNKNOWN, st.sampled_from((b"\n", b"\r\n")))
def test_annotating_changes_one_line_and_nothing_else(reply: Json, extra: Json, end: bytes) -> None:
    extra = {"guard": extra}
    stream = b": hello\n\n" + written(reply)
    stream = stream.replace(b"\n", end)
    annotated = annotate(stream, extra)
    before, after = stream.split(end), annotated.split(end)
    changed = [number for number, line in enumerate(before) if line != after[number]]
    assert len(before) == len(after)
    assert len(changed) == 1
    assert orjson.loads(after[changed[0]][5:]) == orjson.loads(before[changed[0]][5:]) | extra
    assert join(annotated) == join(stream) | extra


def test_words_that_speak_of_a_finish_reason_are_not_annotated() -> None:
    stream = streamed({"content": 'the "finish_reason": "stop" of it'})
    found = [event for event in events(annotate(stream, {"guard": 1})) if "guard" in event]
    assert [event["choices"][0]["finish_reason"] for event in found] == ["stop"]


def test_a_stream_that_never_finishes_stays_as_it_is() -> None:
    for stream in (b"", b"data: [DONE]\n\n", chunk({"content": "a"}), b'data: ["finish_reason"]\n\n'):
        assert annotate(stream, {"guard": 1}) == stream


# Knowing the end


@pytest.mark.parametrize(
    ("tail", "finished"),
    [
        (b'"finish_reason":"stop"}]}\n\n', True),
        (b'"finish_reason" : "length"', True),
        (b"data: [DONE]\n\n", True),
        (b"data:[DONE]", True),
        (b'"finish_reason":null}]}\n\n', False),
        (b"", False),
        (b'data: {"choices":[]}\n\n', False),
        (b'{\\"finish_reason\\":\\"stop\\"}', False),
    ],
)
def test_the_end_of_a_stream(tail: bytes, finished: bool) -> None:
    assert finishes(tail) == finished
