"""Requests and replies of the chat dialect, with fields in them that nobody has heard of."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
UNKNOWN = st.dictionaries(st.text(max_size=6).map("x_".__add__), VALUES, max_size=3)
"""Fields that no version of the wire format has: they must travel untouched."""

WORDS = st.text(min_size=1, max_size=60).filter(lambda text: text == text.strip() and "<" not in text)
"""What a reader may see: without white space around it and without a thinking tag."""


@st.composite
def replies(draw: st.DrawFn, words: st.SearchStrategy[str] = WORDS) -> Json:
    """A plain reply with one choice that says something, as OpenAI gives it, and unknown fields at every level."""
    message = draw(UNKNOWN) | {"role": "assistant", "content": draw(words), "refusal": None}
    choice = draw(UNKNOWN) | {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return draw(UNKNOWN) | {
        "id": draw(st.text(max_size=8)),
        "object": "chat.completion",
        "created": draw(st.integers(0, 2**40)),
        "model": draw(st.text(max_size=8)),
        "choices": [choice],
        "usage": {"prompt_tokens": draw(st.integers(0, 99)), "completion_tokens": 5, "total_tokens": 104},
    }


def request(*messages: Json | str, **fields: Any) -> Json:
    """A request; a bare text is the user's."""
    said = [{"role": "user", "content": message} if isinstance(message, str) else message for message in messages]
    return {"model": "m", "messages": said or [{"role": "user", "content": "Why?"}], **fields}
