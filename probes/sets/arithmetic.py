"""Small sums: from one digit to several steps, as bare terms and as stories."""

import random
from collections.abc import Iterator

from probes.probe import Question, answerable

SOURCE = "own-arithmetic"
_SEED = 20261124

# A small model follows the first two forms of each with a short answer; easy sums use only them.
_ADD = ("{a} + {b} =", "{a} plus {b} is", "What is {a} + {b}?", "What is the sum of {a} and {b}?")
_SUBTRACT = ("{a} minus {b} is", "{a} - {b} =", "What is {a} - {b}?", "Subtract {b} from {a}.")
_MULTIPLY = (
    "{a} times {b} is",
    "{a} * {b} =",
    "What is {a} times {b}?",
    "What is the product of {a} and {b}?",
)
_DIVIDE = ("{a} / {b} =", "{a} divided by {b} is", "Divide {a} by {b}.", "What is {a} divided by {b}?")

_NAMES = ("Anna", "Tom", "Mia", "Ben", "Lena", "Omar", "Ruth", "Paul", "Ines", "Kofi", "Yuki", "Nora")
_THINGS = ("apples", "books", "coins", "pencils", "stamps", "shells", "marbles", "cookies", "cards", "keys")

_GAINS = (
    "{who} has {a} {things} and gets {b} more. How many {things} does {who} have now?",
    "There are {a} {things} on the table. {who} adds {b} {things}. How many {things} are there?",
    "{who} found {a} {things} on Monday and {b} {things} on Tuesday. How many is that in total?",
)
_LOSSES = (
    "{who} has {a} {things} and gives away {b}. How many {things} are left?",
    "{who} had {a} {things} and lost {b} of them. How many {things} remain?",
    "There are {a} {things} in a box. {who} takes out {b}. How many {things} are still in the box?",
)
_GROUPS = (
    "{who} has {a} boxes with {b} {things} in each box. How many {things} is that?",
    "One bag holds {b} {things}. How many {things} are in {a} bags?",
    "{who} buys {b} {things} every day for {a} days. How many {things} does {who} buy?",
)
_SHARES = (
    "{who} shares {a} {things} equally among {b} friends. How many {things} does each friend get?",
    "{a} {things} are packed into {b} equal bags. How many {things} are in each bag?",
)
_TWO_STEPS = (
    "{who} has {a} {things}, buys {b} more and then gives away {c}. How many {things} does {who} have?",
    "{who} has {a} bags of {b} {things} and {c} loose {things}. How many {things} is that in total?",
    "{who} buys {a} {things} at {b} dollars each and pays with {c} dollars. How many dollars come back?",
)


def questions() -> Iterator[Question]:
    """Sums with one right number each, from one digit to two steps."""
    seen: set[str] = set()
    for question in _all(random.Random(_SEED)):  # noqa: S311  (a fixed choice, not a secret)
        if question.question not in seen:
            seen.add(question.question)
            yield question


def _all(rng: random.Random) -> Iterator[Question]:
    yield from _one_digit()
    yield from _terms(rng)
    yield from _stories(rng)
    yield from _two_steps(rng)
    yield from _odds_and_ends(rng)


def _ask(text: str, value: int) -> Question:
    return answerable(SOURCE, text, str(value))


def _one_digit() -> Iterator[Question]:
    sums = [(a, b) for a in range(1, 10) for b in range(1, 10)]
    for number, (a, b) in enumerate(sums):
        yield _ask(_ADD[number % 2].format(a=a, b=b), a + b)
    differences = [(a, b) for a in (4, 6, 7, 9, 10) for b in range(1, a)]
    for number, (a, b) in enumerate(differences):
        yield _ask(_SUBTRACT[number % 2].format(a=a, b=b), a - b)
    products = [(a, b) for a in (1, 2, 3, 5, 7, 10) for b in range(2, 11)]
    for number, (a, b) in enumerate(products):
        yield _ask(_MULTIPLY[number % 2].format(a=a, b=b), a * b)


def _terms(rng: random.Random) -> Iterator[Question]:
    for number in range(32):
        a, b = rng.randint(10, 99), rng.randint(10, 99)
        yield _ask(_ADD[number % 4].format(a=a, b=b), a + b)
    for number in range(12):
        b = rng.randint(10, 80)
        a = b + rng.randint(5, 60)
        yield _ask(_SUBTRACT[number % 4].format(a=a, b=b), a - b)
    for number in range(12):
        a, b = rng.randint(11, 40), rng.randint(3, 30)
        yield _ask(_MULTIPLY[number % 4].format(a=a, b=b), a * b)
    for number in range(16):
        b, quotient = rng.randint(2, 12), rng.randint(2, 20)
        yield _ask(_DIVIDE[number % 4].format(a=b * quotient, b=b), quotient)
    for number in range(8):
        a, b = rng.randint(100, 999), rng.randint(100, 999)
        yield _ask(_ADD[number % 4].format(a=a, b=b), a + b)


def _stories(rng: random.Random) -> Iterator[Question]:
    for number in range(18):
        a, b = rng.randint(2, 20), rng.randint(2, 12)
        yield _story(rng, _GAINS[number % 3], a, b, a + b)
    for number in range(18):
        b, rest = rng.randint(2, 9), rng.randint(1, 12)
        yield _story(rng, _LOSSES[number % 3], b + rest, b, rest)
    for number in range(18):
        a, b = rng.randint(2, 9), rng.randint(2, 10)
        yield _story(rng, _GROUPS[number % 3], a, b, a * b)
    for number in range(12):
        b, share = rng.randint(2, 6), rng.randint(2, 9)
        yield _story(rng, _SHARES[number % 2], b * share, b, share)


def _story(rng: random.Random, template: str, a: int, b: int, value: int, c: int = 0) -> Question:
    text = template.format(who=rng.choice(_NAMES), things=rng.choice(_THINGS), a=a, b=b, c=c)
    return _ask(text, value)


def _two_steps(rng: random.Random) -> Iterator[Question]:
    for _ in range(5):
        a, b = rng.randint(5, 30), rng.randint(3, 15)
        c = rng.randint(2, a)
        yield _story(rng, _TWO_STEPS[0], a, b, a + b - c, c)
    for _ in range(5):
        a, b, c = rng.randint(2, 9), rng.randint(3, 12), rng.randint(2, 20)
        yield _story(rng, _TWO_STEPS[1], a, b, a * b + c, c)
    for _ in range(5):
        a, b = rng.randint(2, 9), rng.randint(2, 9)
        change = rng.randint(1, 20)
        yield _story(rng, _TWO_STEPS[2], a, b, change, a * b + change)


def _odds_and_ends(rng: random.Random) -> Iterator[Question]:
    for value in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12):
        yield _ask(f"What is {value} squared?", value * value)
        yield _ask(f"What is the square root of {value * value}?", value)
    for whole in (2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 30, 40, 50, 60, 80, 100, 200, 500, 1000):
        yield _ask(f"What is half of {whole}?", whole // 2)
    for whole in (10, 20, 50, 100, 500):
        yield _ask(f"What is 10 percent of {whole}?", whole // 10)
    for _ in range(5):
        a, b, c = rng.randint(2, 12), rng.randint(2, 9), rng.randint(2, 9)
        yield _ask(f"What is {a} + {b} * {c}?", a + b * c)
        yield _ask(f"What is ({a} + {b}) * {c}?", (a + b) * c)
    for hours in (2, 3, 5, 24):
        yield _ask(f"How many minutes are in {hours} hours?", hours * 60)
    for weeks in (2, 3, 4, 10):
        yield _ask(f"How many days are in {weeks} weeks?", weeks * 7)
