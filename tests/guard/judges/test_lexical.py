"""The default judge: typed values first, then words; symmetric, blind to what cannot be seen, bounded in time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.agreement import SAME as SAME_FROM
from guard.judges import JUDGES, lexical
from guard.judges.lexical import MAX_CHARS, VETO, Lexical

JUDGE = JUDGES["lexical"]

SAME = [
    # the hand-written pairs of many judges' comparisons, then typed values, names, scripts
    ("Paris", "It is Paris."),
    ("Paris", "The capital is the city of Paris"),
    ("12", "twelve"),
    ("March 5, 1999", "5 March 1999"),
    ("William Shakespeare", "Shakespeare"),
    ("Yes", "Yes, it is safe."),
    ("1,000", "1000"),
    ("50 percent", "50%"),
    ("2", "two apples"),
    ("1999", "in 1999"),
    ("$5", "5 dollars"),
    ("x = 5", "5"),
    ("No", "No."),
    ("Barack Obama", "Obama"),
    ("New York", "New York City"),
    ("color", "colour"),
    ("Tchaikovsky", "Chaikovsky"),
    ("Paris", "paris."),
    ("Paris", "PARIS"),
    ("São Paulo", "Sao Paulo"),
    ("the Beatles", "Beatles"),
    ("cat", "cats"),
    ("北京", "北京市"),
    ("(A)", "A"),
    ("12", "12.0"),
    ("March 5, 1999", "1999-03-05"),
    ("about 40 million", "40M"),
    ("the UK", "United Kingdom"),
    ("0.5", "1/2"),
    ("50%", "0.5"),
    ("-5", "minus 5"),
    ("7", "007"),
    ("twenty-one", "21"),
    ("one hundred", "100"),
    ("1e3", "1000"),
    ("5 kg", "5000 g"),
    ("IV", "4"),
    ("3 million", "3,000,000"),
    ("first", "1st"),
    ("42", "forty-two"),
    ("USA", "United States"),
    ("Zürich", "Zurich"),
]

DIFFERENT = [
    ("Paris", "Lyon"),
    ("It is Paris.", "It is not Paris."),
    ("12", "13"),
    ("March 5, 1999", "March 6, 1999"),
    ("about 40 million", "about 14 million"),
    ("William Shakespeare", "Christopher Marlowe"),
    ("Yes", "No, it is not safe"),
    ("North Korea", "South Korea"),
    ("1,000", "1.000"),
    ("3.14", "3.141"),
    ("-5", "5"),
    ("10 km", "10 miles"),
    ("12 apples", "12 oranges"),
    ("between 5 and 10", "between 5 and 11"),
    ("1999", "1990s"),
    ("8:30", "8:45"),
    ("It is safe.", "It isn't safe."),
    ("They were guilty.", "They weren't guilty."),
    ("He did.", "He did not."),
    ("true", "false"),
    ("yes", "no"),
    ("never", "always"),
    ("She could do it", "She couldn't do it"),
    ("C'est Paris", "Ce n'est pas Paris"),
    ("هي باريس", "ليست باريس"),
    ("Es París", "No es París"),
    ("Barack Obama", "Michelle Obama"),
    ("New York", "New Jersey"),
    ("Marie Curie", "Pierre Curie"),
    ("Hitler", "Hiller"),
    ("bat", "cat"),
    ("北京", "南京"),
    ("東京", "京都"),
    ("القاهرة", "الإسكندرية"),
    ("दिल्ली", "मुंबई"),
    ("A", "B"),
    ("5/6", "6/5"),
    ("possible", "impossible"),
    ("Es ist Paris", "Es ist nicht Paris"),
    ("是巴黎", "不是巴黎"),
    ("यह पेरिस है", "यह पेरिस नहीं है"),
    ("それはパリです", "それはパリではありません"),
    ("George W. Bush", "George H. W. Bush"),
    ("H2O", "H2O2"),
]

ASKED = [
    ("What is the capital of France?", "The capital of France is Paris.", "Paris", True),
    ("How many legs has a spider?", "A spider has eight legs", "8", True),
    ("What is the capital of France?", "The capital of France is Paris", "The capital of France is Lyon", False),
    (
        "Who was born first, Arthur Conan Doyle or Agatha Christie?",
        "Conan Doyle was born earlier",
        "Agatha Christie was born earlier",
        False,
    ),
    ("Is Paris or London bigger?", "I think Paris", "I think London", False),
    ("Is Paris or London bigger?", "Paris", "London", False),
    ("Is it safe?", "It is safe", "It is not safe", False),
]


def alike(a: str, b: str, question: str = "") -> float:
    return JUDGE.similarity(question, a, b)


# The tables


@pytest.mark.parametrize(("a", "b"), SAME)
def test_the_same(a: str, b: str) -> None:
    assert alike(a, b) >= SAME_FROM


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_different(a: str, b: str) -> None:
    assert alike(a, b) < SAME_FROM


@pytest.mark.parametrize(("question", "a", "b", "same"), ASKED)
def test_with_the_question(question: str, a: str, b: str, same: bool) -> None:
    assert (alike(a, b, question) >= SAME_FROM) == same
    assert alike(a, b, question) == alike(b, a, question)


def test_the_tables_are_of_some_size_and_hold_no_pair_twice() -> None:
    pairs = [*SAME, *DIFFERENT]
    assert len(pairs) >= 80
    assert len({frozenset(pair) for pair in pairs}) == len(pairs)


# Laws


ANSWERS = st.text(max_size=30) | st.lists(
    st.sampled_from("Paris Lyon 12 13 twelve not the is 3.5 -5 isn't 巴黎 5 km , .".split()), max_size=6
).map(" ".join)


@settings(deadline=None, max_examples=500)
@given(ANSWERS, ANSWERS, ANSWERS)
def test_symmetric_and_in_the_unit_interval(question: str, a: str, b: str) -> None:
    value = alike(a, b, question)
    assert value == alike(b, a, question)
    assert 0 <= value <= 1


@settings(deadline=None, max_examples=300)
@given(ANSWERS, ANSWERS)
def test_an_answer_is_like_itself_unless_nothing_is_said(answer: str, question: str) -> None:
    assert alike(answer, answer, question) in (0.0, 1.0)
    assert alike(answer + "Paris", answer + "Paris", question) == 1


INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u2066\u2069\u180e"


@settings(deadline=None, max_examples=300)
@given(ANSWERS, ANSWERS, st.randoms(use_true_random=False))
def test_what_cannot_be_seen_changes_nothing(a: str, b: str, dice: random.Random) -> None:
    hidden = "".join(letter + dice.choice(INVISIBLE) * dice.randint(0, 2) for letter in a)
    assert alike(dice.choice(INVISIBLE) + hidden, b) == alike(a, b)
    assert alike(hidden, b, question=hidden) == alike(a, b, question=a)


@pytest.mark.parametrize("nothing", ["", " ", "\u200b", "\ufeff\u2060"])
def test_nothing_said_is_like_nothing_not_even_itself(nothing: str) -> None:
    assert alike(nothing, nothing) == alike(nothing, "Paris") == 0


@pytest.mark.parametrize(
    ("a", "b"),
    [("12 apples", "13 apples"), ("born in 1912", "born in 1921"), ("It is Paris", "It is not Paris"), ("3.5", "3.6")],
)
def test_typed_values_that_contradict_veto_whatever_the_words_say(a: str, b: str) -> None:
    padding = "and that is quite certainly the right answer to it " * 5
    assert alike(a, b) <= VETO
    assert alike(padding + a, padding + b) <= VETO


def test_numbers_only_one_side_gives_are_no_contradiction() -> None:
    assert alike("Shakespeare, in 1601", "Shakespeare") >= SAME_FROM
    assert alike("12 (a dozen)", "12") >= SAME_FROM


def test_the_version_is_part_of_a_calibrations_fingerprint() -> None:
    assert Lexical.version.startswith("lexical/")
    assert JUDGES["lexical"].version == Lexical.version


# Bounds


SHAPES: dict[str, Callable[[int], str]] = {
    "words": lambda size: "word " * (size // 5),
    "numbers": lambda size: "12.5 " * (size // 5),
    "dots": lambda size: "1." * (size // 2),
    "digits": lambda size: "7" * size,
    "commas": lambda size: "1," * (size // 2),
    "signs": lambda size: "-+" * (size // 2),
    "letters": lambda size: "ab" * (size // 2),
    "han": lambda size: "巴黎" * (size // 2),
    "marks": lambda size: "e\u0301" * (size // 2),
    "distinct": lambda size: " ".join(f"w{number}" for number in range(size // 6)),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_is_bounded_for_the_longest_answers(shape: str) -> None:
    """Draws of 100,000 characters and more: a comparison stays below what a short wait would notice."""
    text = SHAPES[shape](100_000)
    started = time.process_time()
    alike(text, text[:-7] + "x")
    alike(text, "Paris", question=text)
    assert time.process_time() - started < 0.5


def test_time_grows_no_faster_than_the_text() -> None:
    def seconds(size: int) -> float:
        best = 9.0
        for attempt in range(3):
            a, b = f"{attempt} " + "some words " * (size // 11), f"{attempt} " + "more words " * (size // 11)
            started = time.process_time()
            alike(a, b)
            best = min(best, time.process_time() - started)
        return best

    assert seconds(200_000) < 8 * max(seconds(50_000), 0.002)


def test_an_answer_that_is_judged_at_all_is_read_whole() -> None:
    long = "word " * (MAX_CHARS // 5 - 10)
    assert alike(f"{long} yes 12", f"{long} yes 13") <= VETO
    assert alike("start 12 " + long, "start 13 " + long) <= VETO


def test_the_end_of_a_longer_text_is_read_too() -> None:
    padding = "agreed " * 5_000
    assert alike(padding + "it is 12", padding + "it is 13") <= VETO


def test_a_flood_of_long_answers_is_not_kept() -> None:
    kept = lexical._read.cache_info().maxsize
    assert kept is not None
    assert kept * MAX_CHARS <= 10_000_000
