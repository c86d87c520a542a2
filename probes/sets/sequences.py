"""Order: what comes next, before or between, and which is more.

No question names its answer among several words: an answer that repeats them all would be taken for right.
"""

import random
from collections.abc import Iterator

from probes.probe import Question, answerable

SOURCE = "own-sequences"
_SEED = 20261125

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_NEXT = (
    "What is the next number: {items}, ...?",
    "Continue the sequence with one number: {items}, ...",
    "Which number comes next: {items}?",
)
_SIZES = ("ant", "mouse", "cat", "dog", "sheep", "horse", "elephant", "whale")
_SPEEDS = ("snail", "turtle", "bicycle", "car", "train", "airplane", "rocket")
_WEIGHTS = ("feather", "coin", "book", "chair", "car", "ship")
_AGES = ("baby", "child", "teenager", "parent", "grandparent")


def questions() -> Iterator[Question]:
    """Questions about order, numbers first."""
    seen: set[str] = set()
    for question in _all(random.Random(_SEED)):  # noqa: S311  (a fixed choice, not a secret)
        if question.question not in seen:
            seen.add(question.question)
            yield question


def _all(rng: random.Random) -> Iterator[Question]:
    yield from _counting()
    yield from _progressions(rng)
    yield from _calendar()
    yield from _alphabet()
    yield from _more_or_less(rng)
    yield from _extremes(rng)
    yield from _scales()


def _ask(text: str, *references: str) -> Question:
    return answerable(SOURCE, text, *references)


def _counting() -> Iterator[Question]:
    for start in (*range(1, 12), 14, 19, 21, 25, 30, 39, 48, 60, 75, 86, 97, 99, 120, 199, 500):
        yield _ask(f"Which number comes after {start}?", str(start + 1))
    for start in (2, 5, 8, 12, 20, 31, 50, 101):
        yield _ask(f"Which number comes before {start}?", str(start - 1))
        yield _ask(f"Which whole number is between {start} and {start + 2}?", str(start + 1))


def _progressions(rng: random.Random) -> Iterator[Question]:
    rows: list[tuple[list[int], int]] = []
    for step in (1, 2, 3, 5, 10, 7, 100, 25):
        first = rng.choice((step, step, 1, rng.randint(2, 30)))
        rows.append(([first + i * step for i in range(4)], first + 4 * step))
        last = rng.randint(1, 20)
        rows.append(([last + i * step for i in range(4, 0, -1)], last))
    for factor in (2, 3, 10):
        for first in (1, 3):
            rows.append(([first * factor**i for i in range(4)], first * factor**4))
    rows += [([i * i for i in range(k, k + 4)], (k + 4) ** 2) for k in (1, 2, 4, 7)]
    rows += [([1, 1, 2, 3, 5, 8], 13), ([2, 3, 5, 7, 11], 13), ([1, 3, 6, 10, 15], 21), ([1, 8, 27, 64], 125)]
    rows += [([1, 2, 4, 7, 11], 16), ([64, 32, 16, 8], 4), ([81, 27, 9, 3], 1), ([2, 5, 11, 23], 47)]
    for number, (items, value) in enumerate(rows):
        yield _ask(_NEXT[number % 3].format(items=", ".join(map(str, items))), str(value))


def _calendar() -> Iterator[Question]:
    for names, word in ((_DAYS, "day"), (_MONTHS, "month")):
        size = len(names)
        for i, name in enumerate(names):
            yield _ask(f"What {word} follows {name}?", names[(i + 1) % size])
            yield _ask(f"Which {word} comes before {name}?", names[i - 1])
            items = ", ".join(names[(i + k) % size] for k in range(3))
            yield _ask(f"Complete the list with one word: {items}, ...", names[(i + 3) % size])
    for i, name in enumerate(_MONTHS):
        yield _ask(f"What is the {_ORDINALS[i]} month of the year?", name)
    for i, name in enumerate(_DAYS):
        yield _ask(f"If today is {name}, what day is tomorrow?", _DAYS[(i + 1) % 7])
        yield _ask(f"If today is {name}, what day will it be in three days?", _DAYS[(i + 3) % 7])
        yield _ask(f"If yesterday was {name}, what day is today?", _DAYS[(i + 1) % 7])


def _alphabet() -> Iterator[Question]:
    # The article A and the pronoun I are left out: as answers they can't be told from those words.
    for i in range(23):
        if _LETTERS[i + 3] != "I":
            items = ", ".join(_LETTERS[i : i + 3])
            yield _ask(f"Complete the list with one letter: {items}, ...", _LETTERS[i + 3])
    for i in (1, 6, 11, 17, 22):
        yield _ask(f"Which letter of the alphabet comes after {_LETTERS[i]}?", _LETTERS[i + 1])
        yield _ask(f"Which letter of the alphabet comes before {_LETTERS[i + 2]}?", _LETTERS[i + 1])


def _more_or_less(rng: random.Random) -> Iterator[Question]:
    for number in range(60):
        top = (10, 100, 1000, 10000)[number % 4]
        a, b = rng.sample(range(1, top), 2)
        yield _yes_or_no(a > b, str(a), "greater", str(b))


def _extremes(rng: random.Random) -> Iterator[Question]:
    for number in range(18):
        items = rng.sample(range(1, (10, 100, 1000)[number % 3]), (3, 4, 5)[number % 3])
        word, value = ("largest", max(items)) if number % 2 else ("smallest", min(items))
        if items[-1] == value:  # an answer that repeats the list must not end in the right number
            items.reverse()
        yield _ask(f"What is the {word} of these numbers: {', '.join(map(str, items))}?", str(value))
    for number in range(4):
        items = rng.sample(range(1, 60), 4)
        ordered = sorted(items, reverse=bool(number % 2))
        way = "from largest to smallest" if number % 2 else "from smallest to largest"
        text = f"Sort these numbers {way}: {', '.join(map(str, items))}. Answer with the list only."
        yield _ask(text, ", ".join(map(str, ordered)))


def _scales() -> Iterator[Question]:
    scales = (
        (_SIZES, "bigger"),
        (_SPEEDS, "faster"),
        (_WEIGHTS, "heavier"),
        (_AGES, "older"),
    )
    for names, word in scales:
        for i in range(len(names) - 1):
            low, high = names[i], names[i + 1]
            pair = (high, low) if i % 2 else (low, high)
            yield _yes_or_no(pair[0] == high, _a(pair[0]), f"usually {word}", _a(pair[1]))
            if i + 2 < len(names):
                yield _yes_or_no(True, _a(names[i + 2]), f"usually {word}", _a(low))


def _yes_or_no(truth: bool, subject: str, word: str, other: str) -> Question:
    text = f"Is {subject} {word} than {other}? Answer yes or no."
    stated = f"{subject} is {word} than {other}"
    return _ask(text, "yes", stated) if truth else _ask(text, "no", "not", "isn't")


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
