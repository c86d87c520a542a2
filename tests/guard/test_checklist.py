"""The checklist: asked without the answer, read strictly, quotations looked up."""

from __future__ import annotations

import math
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.checklist import (
    CHECKLIST_SYSTEM,
    CHECKLIST_VERSION,
    GIVEN_VERSION,
    MAX_ITEM_CHARS,
    MAX_ITEMS,
    checklist,
    everything_given,
    read_checklist,
    read_given,
)
from guard.dialects.shape import Token
from guard.evidence import Checklist
from guard.reports import recognise_probe
from guard.signals.answerability import NOT_GIVEN, trust

QUESTION = "Tom buys 3 apples and some pears. How many fruits does he have?"
FORM: dict[str, Any] = {
    "nonce": "n-1",
    "needed": [{"fact": "number of apples", "from": "3 apples"}, {"fact": "number of pears", "from": "MISSING"}],
    "assumed": [{"claim": "Tom had no fruits before", "true": "unsure"}],
    "readings": [],
    "changes": "no",
    "all_given": "no",
}


def read(**changes: Any) -> Checklist | None:
    return read_checklist(orjson.dumps(FORM | changes).decode(), "n-1", QUESTION, "")


def test_what_is_missing_false_or_double_is_told() -> None:
    assert read() == Checklist(
        needed=2, missing=("number of pears",), assumed=1, unsure=1, all_given=False, prompt=CHECKLIST_VERSION
    )
    found = read(
        needed=[],
        assumed=[{"claim": "the moon has a king", "true": "no"}, {"claim": "Tom buys", "true": "yes"}],
        readings=["fruits bought", "fruits in all", "fruits bought", " "],
        changes="yes",
        all_given="yes",
    )
    assert found is not None
    assert (found.false, found.unsure) == (("the moon has a king",), 0)
    assert found.readings == ("fruits bought", "fruits in all")
    assert (found.changes, found.all_given, found.missing) == (True, True, ())


@pytest.mark.parametrize(
    ("source", "missing", "unquoted"),
    [
        ("3 apples", 0, 0),
        ("Tom buys 3 apples and some pears", 0, 0),
        ("known", 0, 0),
        ("Known.", 0, 0),
        ("missing", 1, 0),
        (" 'MISSING' ", 1, 0),
        ("seven pears in a basket", 0, 1),
        ("", 0, 0),
    ],
)
def test_a_quotation_that_the_question_does_not_have_is_none(source: str, missing: int, unquoted: int) -> None:
    found = read(needed=[{"fact": "pears", "from": source}])
    assert found is not None
    assert (len(found.missing), found.unquoted) == (missing, unquoted)


def test_a_context_may_be_quoted() -> None:
    text = orjson.dumps(FORM | {"needed": [{"fact": "pears", "from": "bought seven pears"}]}).decode()
    without = read_checklist(text, "n-1", QUESTION, "")
    with_ = read_checklist(text, "n-1", QUESTION, "Tom bought seven")
    assert without is not None
    assert with_ is not None
    assert (without.unquoted, with_.unquoted) == (1, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "another"},
        {"needed": None},
        {"needed": ["pears"]},
        {"needed": [{"fact": "pears"}]},
        {"needed": [{"fact": "pears", "from": 3}]},
        {"assumed": [{"claim": "x", "true": "perhaps"}]},
        {"readings": "two"},
        {"readings": [1]},
        {"changes": True},
        {"all_given": "maybe"},
    ],
    ids=str,
)
def test_any_other_form_is_no_checklist(changes: dict[str, Any]) -> None:
    assert read(**changes) is None


@given(st.text(max_size=200))
def test_words_are_no_checklist(text: str) -> None:
    assert read_checklist(text, "n-1", QUESTION, "") is None


# The one question


def tokens_of(text: str, **chances: float) -> list[Token]:
    """The reply's tokens, its verdict with alternatives."""
    before, _, rest = text.partition('"all_given": "')
    word = rest.partition('"')[0]
    listed = tuple((other, math.log(chance)) for other, chance in chances.items())
    return [Token(before + '"all_given": "', ()), Token(word, listed), Token('"}', ())]


def test_the_one_question_is_read_with_its_probability() -> None:
    text = '{"nonce": "n-1", "all_given": "no"}'
    found = read_given(text, "n-1", QUESTION, "", tokens_of(text, no=0.6, yes=0.2))
    assert found is not None
    assert (found.all_given, found.given, found.prompt) == (False, pytest.approx(0.25), GIVEN_VERSION)
    assert trust(found) == pytest.approx(0.25)
    silent = read_given(text, "n-1", QUESTION, "")
    assert silent is not None
    assert silent.given is None
    assert trust(silent) == NOT_GIVEN < 0.5
    assert read_given(text, "n-2", QUESTION, "") is None
    assert read_given('{"nonce": "n-1", "all_given": "perhaps"}', "n-1", QUESTION, "") is None


def test_the_one_question_is_short_and_asks_for_probabilities() -> None:
    probing = everything_given(QUESTION, "", "n-1", False)
    quoted = recognise_probe(probing.user)
    assert quoted is not None
    assert (quoted.probe, quoted.question) == (GIVEN_VERSION, QUESTION)
    assert probing.chances
    assert probing.max_tokens < checklist(QUESTION, "", "n-1", False).max_tokens
    assert not everything_given(QUESTION, "", "n-1", True).chances


def test_lists_and_items_are_bounded() -> None:
    long = [{"fact": "pears " * 200, "from": "MISSING"}] * 50
    found = read(needed=long)
    assert found is not None
    assert (found.needed, len(found.missing)) == (MAX_ITEMS, MAX_ITEMS)
    assert max(map(len, found.missing)) <= MAX_ITEM_CHARS


def test_the_probe_quotes_the_question_and_not_the_answer() -> None:
    probing = checklist(QUESTION, "An old map.", "n-1", False)
    quoted = recognise_probe(probing.user)
    assert quoted is not None
    assert (quoted.probe, quoted.question, quoted.context, quoted.answer) == (
        CHECKLIST_VERSION,
        QUESTION,
        "An old map.",
        "",
    )
    assert '"answer"' not in probing.user
    assert probing.system == CHECKLIST_SYSTEM
    assert probing.schema is not None
    assert set(probing.schema["required"]) == set(FORM)
    assert checklist(QUESTION, "", "n-1", True).max_tokens > probing.max_tokens
