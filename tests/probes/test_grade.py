import time

import pytest

from probes.grade import grade_by_reference

WORDS = [
    # answer, references, right?
    ("Paris", ["Paris"], True),
    ("paris.", ["Paris"], True),
    ("The capital of France is Paris.", ["Paris"], True),
    ("  PARIS!\n", ["Paris"], True),
    ("It is **Paris**, of course", ["Paris"], True),
    ("Lyon", ["Paris"], False),
    ("", ["Paris"], False),
    ("Paris", [], False),
    ("Parisian", ["Paris"], False),
    ("comparison", ["Paris"], False),
    ("Comoros", ["Rome", "Como"], False),
    ("Shakespeare", ["William Shakespeare", "Shakespeare"], True),
    ("It was written by Will Shakespeare", ["William Shakespeare"], False),
    ("New York City", ["New York"], True),
    ("York, New", ["New York"], False),
    ("Addis  \n Ababa", ["Addis Ababa"], True),
    ("The Nile", ["Nile"], True),
    ("Nile", ["the Nile"], True),
    ("It is an owl in a tree", ["owl in the tree"], True),
    ("Washington, D.C.", ["Washington DC"], True),
    ("The U.S.A. is it", ["USA"], True),
    ("J. R. R. Tolkien wrote it", ["J. R. R. Tolkien"], True),
    ("N\u2019Djamena", ["N'Djamena"], True),
    ("It was Napoleon's army", ["Napoleon"], True),
    ("Port-au-Prince", ["Port au Prince"], True),
    ("mothers in law", ["mothers-in-law"], True),
    ("Reykjavi\u0301k", ["Reykjav\u00edk"], True),
    ("\uff30\uff41\uff52\uff49\uff53", ["Paris"], True),
    ("H\u2082O", ["H2O"], True),
    ("The formula is CO2.", ["CO2"], True),
    ("carbon monoxide", ["CO2", "carbon dioxide"], False),
    ('The first letter is "B".', ["b"], True),
    ("The symbol for gold is Au.", ["Au"], True),
    ("Auckland", ["Au"], False),
    ("t-a-c", ["tac", "t a c"], True),
    ("The answer is A.", ["a"], True),
    ("It is a vowel.", ["a"], False),
    ("...", ["a"], False),
    ("...", ["..."], False),
    ("Yes, it is.", ["yes"], True),
    ("No, it is smaller.", ["no"], True),
    ("World War Two", ["World War 2"], True),
    ("22, 14, 7 and 6", ["22, 14, 7, 6"], False),
    ("The list is 22, 14, 7, 6.", ["22, 14, 7, 6"], True),
]

NUMBERS = [
    ("1000", ["1,000"], True),
    ("1,000", ["1000"], True),
    ("1000.0", ["1000"], True),
    ("1,000.50", ["1000.5"], True),
    ("$1,234,567", ["1234567"], True),
    ("0.50", [".5", "0.5"], True),
    ("007", ["7"], True),
    ("seven", ["7"], True),
    ("7", ["seven"], True),
    ("There are Twenty.", ["20"], True),
    ("zero", ["0"], True),
    ("seventy", ["7"], False),
    ("3 + 4 = 7", ["7"], True),
    ("3+4=7", ["7"], True),
    ("3 + 4 = 7", ["4"], False),
    ("10-3=7", ["7"], True),
    ("10 - 3 = 7.", ["7"], True),
    ("7 is the sum", ["7"], True),
    ("7 is larger than 3", ["7"], False),
    ("It was 1914, no, 1918", ["1918"], True),
    ("In the years 1914-1918", ["1918"], True),
    ("-3", ["3"], False),
    ("-3", ["-3"], True),
    ("\u22123", ["-3"], True),
    ("12km", ["12"], False),
    ("12 km", ["12"], True),
    ("21", ["1", "2"], False),
    ("3.5", ["3", "5"], False),
    ("the number 5, one of the primes", ["5"], True),
    ("World War II ended in 1945.", ["1945"], True),
    ("It ended in 1945", ["1946"], False),
    ("no number here", ["1"], False),
    ("9" * 5000, ["9"], False),
    ("9" * 5000, ["9" * 5000], True),
]

NEGATED = [
    ("It is not Paris.", ["Paris"], False),
    ("not the city of Paris", ["Paris"], False),
    ("It isn't Paris", ["Paris"], False),
    ("It isn\u2019t Paris", ["Paris"], False),
    ("Paris is not the capital", ["Paris"], False),
    ("Paris isn't the capital", ["Paris"], False),
    ("Lyon rather than Paris", ["Paris"], False),
    ("Lyon instead of Paris", ["Paris"], False),
    ("any city other than Paris", ["Paris"], False),
    ("There is no Paris", ["Paris"], False),
    ("It was never Paris", ["Paris"], False),
    ("Not Lyon but Paris", ["Paris"], True),
    ("Not Lyon, Paris.", ["Paris"], True),
    ("It is not Lyon. It is Paris.", ["Paris"], True),
    ("No, it is Paris", ["Paris"], True),
    ("Not only Paris", ["Paris"], True),
    ("Paris is not only big", ["Paris"], True),
    ("I am not sure: Paris", ["Paris"], True),
    ("Not Paris. I mean Paris!", ["Paris"], True),
    ("It is not as I had always thought before the city of Paris", ["Paris"], True),
    ("The answer is 8, not 7", ["8"], True),
    ("The answer is 8, not 7", ["7"], False),
    ("The answer is not 7 but 8", ["8"], True),
    ("8 is not greater than 9", ["no", "not"], True),
    ("Better late than never", ["never"], True),
]


@pytest.mark.parametrize(("answer", "references", "right"), WORDS)
def test_words_stand_in_the_answer_as_a_whole_sequence(answer: str, references: list[str], right: bool) -> None:
    assert grade_by_reference(answer, references) is right


@pytest.mark.parametrize(("answer", "references", "right"), NUMBERS)
def test_numbers_are_compared_by_value_and_the_last_one_counts(answer: str, references: list[str], right: bool) -> None:
    assert grade_by_reference(answer, references) is right


@pytest.mark.parametrize(("answer", "references", "right"), NEGATED)
def test_what_is_denied_is_not_the_answer(answer: str, references: list[str], right: bool) -> None:
    assert grade_by_reference(answer, references) is right


@pytest.mark.parametrize(
    "piece",
    [
        "1,",
        "111,",
        "1,111",
        "1.1.",
        "-1-",
        "a.",
        "a ",
        "not ",
        "paris ",
        "paris is not ",
        "'s",
        "9",
        "\u0301",
        "the ",
        "one of ",
    ],
)
def test_time_is_linear_in_the_answer(piece: str) -> None:
    # 8 times the length may cost about 8 times the time; a quadratic reader would need 64 times.
    def seconds(length: int) -> float:
        answer = (piece * length)[:length] + "x"
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            grade_by_reference(answer, ["paris paris", "7", "a"])
            best = min(best, time.process_time() - start)
        return best

    assert seconds(160_000) < 30 * max(seconds(20_000), 0.001)
