"""Texts made comparable: cases, properties, and the cost of hostile texts."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.normalising import EXPANSION, fold, normalise, tokens

ZERO_WIDTH = ("\u200b", "\u2060", "\ufeff", "\u00ad", "\u202e", "\ufe0f", "\x00")
HOSTILE = (
    "a", " ", "\n", "(", "1,", "1,111,", "-", ".", ".5", "a the ", "e\u0301", "\u0301\u0327", "\ufdfa",
    "\u200b", "東", "\ud800", "𝟙",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("The  Eiffel Tower!", "eiffel tower"),
        ("An apple a day", "apple day"),
        ("Vitamin A", "vitamin a"),
        ("A", "a"),
        ("1,000.50", "1000.50"),
        ("-5", "-5"),
        ("− 5", "5"),
        ("−5 °C", "-5 °c"),
        ("x(-3)", "x -3"),
        (".5", ".5"),
        ("1/2", "1 2"),
        ("2018–2019", "2018 2019"),
        ("v1.5", "v1.5"),
        ("$5.00", "5.00"),
        ("don't", "dont"),
        ("well-known", "wellknown"),
        ("Ｐａｒｉｓ １２", "paris 12"),
        ("١٢٣٫٥", "123.5"),
        ("१२", "12"),
        ("Straße", "strasse"),
        ("Cafe\u0301", "café"),
        ("Pa\u200bris\u202e", "paris"),
        ("“Paris”", "paris"),
        ("?!", "?!"),
        ("", ""),
        ("\u200b\n", ""),
    ],
)
def test_normalise_cases(text: str, normal: str) -> None:
    assert normalise(text) == normal


@given(st.text())
def test_normalise_idempotent(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet="-+.,/()$% 015aThe\u0301\u0345ßİﬃ½①"))
def test_normalise_idempotent_on_numbers_and_folding(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_normalise_idempotent_on_every_character() -> None:
    for point in (*range(0x3000), *range(0xA000, 0xA800), *range(0xF900, 0x10000), *range(0x1D400, 0x1D800)):
        once = normalise(f"a{chr(point)}b")
        assert normalise(once) == once, hex(point)


@given(st.text(), st.sampled_from(ZERO_WIDTH), st.integers(1, 5))
def test_normalise_zero_width_characters_change_nothing(text: str, mark: str, step: int) -> None:
    woven = mark.join(text[start : start + step] for start in range(0, len(text), step))
    assert normalise(mark + woven + mark) == normalise(text)


@given(st.text(min_size=1))
def test_normalise_grows_by_a_bounded_factor(text: str) -> None:
    assert len(normalise(text)) <= 3 * EXPANSION * len(text)


@given(st.text())
def test_normalise_nothing_unprintable_is_left(text: str) -> None:
    assert not {unicodedata.category(character) for character in normalise(text)} & {"Cc", "Cs", "Zl", "Zp"}


def test_normalise_ligatures_of_whole_phrases_are_left_alone() -> None:
    assert normalise("\ufdfa" * 10) == "\ufdfa" * 10


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The capital, Paris!", ("capital", "paris")),
        ("-3.5 or 1,000", ("-3.5", "or", "1000")),
        ("東京タワー", ("東", "京", "タ", "ワ", "ー")),
        ("东京。", ("东", "京")),
        ("हिन्दी भाषा।", ("हिन्दी", "भाषा")),
        ("مدينة، كبيرة", ("مدينة", "كبيرة")),
        ("", ()),
        ("?!", ()),
    ],
)
def test_tokens_cases(text: str, words: tuple[str, ...]) -> None:
    assert tokens(text) == words


@given(st.text())
def test_tokens_tokens_are_the_normalised_text_in_order(text: str) -> None:
    rest = normalise(text)
    for token in tokens(text):
        assert token in rest
        rest = rest[rest.index(token) + len(token) :]


@given(st.text())
def test_tokens_tokens_ignore_how_the_text_was_spelt(text: str) -> None:
    assert tokens(normalise(text)) == tokens(text)


def test_fold_keeps_lines_and_unifies_spelling() -> None:
    assert fold("It’s  fine\n\n  OK ") == "it's fine\nok"
    assert fold("أعرف") == fold("اعرف")
    assert fold("ज़रूरत") == fold("जरूरत")


@given(st.text())
def test_fold_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("piece", HOSTILE)
def test_two_hundred_thousand_characters_take_less_than_half_a_second(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    for function in (normalise, tokens, fold):
        begin = time.process_time()
        function(text)
        assert time.process_time() - begin < 0.5, function.__name__


@pytest.mark.parametrize("piece", ["a the 1,000 -5 ", "e\u0301 \ufdfa "])
def test_cost_is_linear(piece: str) -> None:
    def cost(length: int) -> float:
        text = piece * (length // len(piece))
        begin = time.process_time()
        for _ in range(3):
            tokens(text)
        return time.process_time() - begin

    cost(1_000)
    assert cost(160_000) < 40 * max(cost(16_000), 0.002)
