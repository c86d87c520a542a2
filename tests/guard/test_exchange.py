"""An Exchange is a value that shows nobody's body."""

from __future__ import annotations

import dataclasses

import pytest

from guard.exchange import Exchange

ASKED = Exchange(dialect="openai_chat", path="/v1/chat/completions", model="m", question="Why?")


def test_only_the_question_and_where_it_goes_must_be_said() -> None:
    assert ASKED.context == ASKED.why == ASKED.query == ""
    assert ASKED.stream is ASKED.stream_usage is ASKED.structured is ASKED.explain is False
    assert [ASKED.unguardable, ASKED.min_confidence, ASKED.seed] == [None] * 3
    assert ASKED.body == {}
    assert ASKED.raw == b""


def test_it_is_frozen_and_a_change_is_a_copy() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        ASKED.question = "How?"  # type: ignore[misc]
    assert dataclasses.replace(ASKED, min_confidence=0.9).question == "Why?"
    assert ASKED.min_confidence is None


def test_the_body_is_neither_printed_nor_compared() -> None:
    full = dataclasses.replace(ASKED, body={"messages": "a secret"}, raw=b"a secret")
    assert "secret" not in repr(full)
    assert full == ASKED
