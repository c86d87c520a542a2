"""Copies of one reply are no draws; a short answer that repeats is no copy."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.copies import LONG_CHARS, VERBATIM_CHARS, VERBATIM_TOTAL, Drawn, cache_hit, sign_of_copies
from tests.guard.building import answer

LONG = "Paris, as the atlas says. " * 10
LONGER = "Paris, as the atlas says. " * 30
NONE: frozenset[str] = frozenset()


def drawn(text: str = "Paris", id: str = "", call: int = 1, hit: str = "") -> Drawn:
    return Drawn(answer(text, reply_id=id), call, hit)


def sign(*draws: Drawn, first: Drawn | None = None, other_ids: frozenset[str] = NONE, temperature: float = 1.0) -> str:
    return sign_of_copies(first or drawn("Nice", "c-0", 0), draws, other_ids, temperature)


@pytest.mark.parametrize(
    ("header", "value", "kind"),
    [
        ("cf-aig-cache-status", "HIT", "whole"),
        ("cf-aig-cache-status", "MISS", ""),
        ("x-portkey-cache-status", "HIT", "whole"),
        ("x-portkey-cache-status", "SEMANTIC HIT", "less"),
        ("x-portkey-cache-status", "SEMANTIC MISS", ""),
        ("x-portkey-cache-status", "DISABLED", ""),
        ("helicone-cache", "HIT", "whole"),
        ("x-openrouter-cache-status", "HIT", "whole"),
        ("x-litellm-cache-key", "586bf3f3c1bf5aecb55bd9996494d3bb", "whole"),
        ("x-cache", "hit", "less"),
        ("x-cache", "Hit from cloudfront", "less"),
        ("x-cache", "HIT_L2", "less"),
        ("x-cache", "MISS, HIT", "less"),
        ("x-cache", "MISS", ""),
        ("x-cache-status", "Hit", "less"),
        ("x-ai-cache-status", "HIT", "less"),
        ("x-ai-cache-status", "SKIP-STREAM", ""),
        ("cache-status", "ExampleCache; hit; ttl=376", "less"),
        ("cache-status", "ExampleCache; fwd=uri-miss", ""),
        ("x-cache", "white", ""),
        ("x-hits", "HIT", ""),
    ],
)
def test_what_a_caches_header_says(header: str, value: str, kind: str) -> None:
    assert cache_hit((("content-type", "text/plain"), (header, value))) == kind


def test_short_answers_that_agree_are_draws() -> None:
    again = [drawn(id=f"c-{call}", call=call) for call in range(1, 9)]
    assert sign(*again, first=drawn(id="c-0", call=0)) == ""
    assert sign(*[drawn(id="c-1")] * 4, first=drawn(id="c-0", call=0), other_ids=frozenset({"c-9"})) == ""
    assert sign() == ""


def test_an_endpoint_that_gives_every_reply_one_id_may_still_agree_shortly() -> None:
    always = [drawn(id="c-0", call=call) for call in range(1, 4)]
    assert sign(*always, first=drawn(id="c-0", call=0)) == ""
    assert sign(*always, first=drawn(id="c-0", call=0), other_ids=frozenset({"c-0"})) == ""
    assert sign(*always, first=drawn(id="c-0", call=0), other_ids=frozenset({"c-7"})) == "same_reply"


def test_a_long_text_under_one_id_in_several_calls_is_one_reply() -> None:
    assert len(LONG) >= LONG_CHARS
    assert sign(drawn(LONG, "c-0"), first=drawn(LONG, "c-0", 0)) == "same_reply"
    assert sign(drawn(LONG, "c-1", 1), drawn(LONG, "c-1", 2)) == "same_reply"
    assert sign(drawn(LONG, "c-1", 1), drawn(LONG, "c-1", 1)) == ""  # the choices of one call share its id
    assert sign(drawn(LONG, "", 1), drawn(LONG, "", 2)) == ""  # no id tells nothing
    assert sign(drawn(LONG, "c-1", 1), drawn(LONG + ".", "c-1", 2)) == ""


def test_a_hit_on_the_whole_request_is_a_draw_unless_its_id_says_otherwise() -> None:
    """The same question asked again finds its own draws: they differ from each other by id, as they did at first."""
    first = drawn(id="c-0", call=0, hit="whole")
    assert sign(drawn(id="c-1", call=1, hit="whole"), drawn(id="c-2", call=2, hit="whole"), first=first) == ""
    assert sign(drawn(id="c-0", call=1, hit="whole"), first=first) == "cache_hit"
    assert sign(drawn(call=1, hit="whole"), first=drawn(call=0)) == "cache_hit"


def test_a_hit_on_perhaps_less_is_a_copy_where_the_words_are_the_same() -> None:
    assert sign(drawn(id="c-1", hit="less"), first=drawn(id="c-0", call=0)) == "cache_hit"
    assert sign(drawn("Lyon", id="c-1", hit="less"), first=drawn(id="c-0", call=0)) == ""
    assert sign(drawn(id="c-1"), first=drawn(id="c-0", call=0, hit="less")) == ""  # only the candidate was stored


def test_long_draws_that_are_equal_to_the_letter_are_not_drawn() -> None:
    def of(text: str, number: int = 3) -> list[Drawn]:
        return [drawn(text, f"c-{call}", call) for call in range(1, number + 1)]

    assert len(LONGER) * 2 >= VERBATIM_TOTAL
    assert sign(*of(LONGER)) == "verbatim"
    assert sign(*of(LONGER, 2)) == ""
    assert sign(*of(LONGER), temperature=0.5) == ""
    assert sign(*of(LONGER), drawn(LONGER + "!", "c-9", 9)) == ""
    assert len(LONG) < VERBATIM_CHARS
    assert sign(*of(LONG, 8)) == ""  # formulas of this length do repeat


@given(st.lists(st.tuples(st.sampled_from(("Paris", "Lyon", LONGER)), st.integers(1, 5)), max_size=8))
def test_answers_of_their_own_ids_without_a_header_are_never_told_by_either(said: list[tuple[str, int]]) -> None:
    draws = [drawn(text, f"c-{place}", call) for place, (text, call) in enumerate(said, 1)]
    assert sign(*draws, other_ids=frozenset({"p-1"})) in ("", "verbatim")


def test_many_long_draws_cost_little() -> None:
    draws = [drawn("x" * 100_000 + str(call), f"c-{call}", call) for call in range(64)]
    began = time.process_time()
    assert sign(*draws) == ""
    assert time.process_time() - began < 1.0
