"""Right or wrong by accepted answers: the cheapest grader, with no model and no dependency."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

# fmt: off
_NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)
# Contractions are kept whole ("isn't" -> "isnt"), so that a negation stays one word.
_NEGATIONS = frozenset({
    "not", "never", "neither", "nor", "cannot", "cant", "isnt", "wasnt", "arent", "werent", "dont", "doesnt",
    "didnt", "wont", "couldnt", "wouldnt", "shouldnt", "hasnt", "havent", "without",
})
# fmt: on
_DIGITS = {word: str(value) for value, word in enumerate(_NUMBER_WORDS)}
_ARTICLES = frozenset({"a", "an", "the"})
_TURNS = frozenset({("rather", "than"), ("instead", "of"), ("other", "than")})
_TO_BE = frozenset({"is", "was", "are", "were"})
_NOT_TO_BE = frozenset({"isnt", "wasnt", "arent", "werent"})
_REACH = 4  # words of one clause over which a negation reaches ("it is not the city of Paris")
# Longer rows of digits are words: nobody's answer, and costly to compare as numbers.
_NUMBER = re.compile(r"-?\d{1,100}(?:\.\d{1,100})?\Z")
# A number may not begin after a comma: a long list that is no number would be tried again at each comma.
_TOKEN = re.compile(
    r"(?<![\w.,])-?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w,])"  # 1,000 and 1,000.5
    r"|(?<![\w.])-?\d+\.\d+(?!\w)"
    r"|(?<![\w.)])-(?=\d)\d+(?!\w)"
    r"|[^\W_]+"
    r"|[.,;:!?()\n]"
)
_POSSESSIVE = re.compile(r"(?<=\w)['\u2019\u02bc]s(?!\w)")
_APOSTROPHES = re.compile(r"(?<=\w)['\u2019\u02bc](?=\w)")
_INITIALS = re.compile(r"(?<![^\W\d_])((?:[^\W\d_]\.){2,})")
_BREAKS = frozenset(".,;:!?()\n")


@dataclass(frozen=True)
class _Text:
    """A text's words in order, and for each the number of the clause that it stands in."""

    words: tuple[str, ...]
    clauses: tuple[int, ...]


def grade_by_reference(answer: str, references: Sequence[str]) -> bool:
    """True when `answer` states one of `references`.

    Both are normalised: NFKC, lower case, punctuation and articles removed, white space collapsed, number
    words up to twenty and thousands separators written as plain digits. A reference of words must stand in
    the answer as a whole sequence of words that is not negated. A reference that is a number must equal the
    answer's last number that is not negated, since those before it belong to the question or the working.
    An answer that names right and wrong things together is taken for right. Linear in the answer's length.
    """
    text = _read(answer)
    plain = _without_articles(text)
    return any(_states(text, plain, reference) for reference in references)


def _states(text: _Text, plain: _Text, reference: str) -> bool:
    read = _read(reference)
    wanted = _without_articles(read).words
    if not wanted:
        # A letter such as "a" is all article: only at the answer's end is it surely a word of its own.
        return bool(read.words) and text.words[-len(read.words) :] == read.words
    if len(wanted) == 1 and _NUMBER.match(wanted[0]):
        last = _last_number(plain)
        return last is not None and last == Fraction(wanted[0])
    return any(not _negated(plain, start, start + len(wanted)) for start in _occurrences(plain.words, wanted))


def _read(text: str) -> _Text:
    folded = unicodedata.normalize("NFKC", text).lower().replace("\u2212", "-")
    folded = _APOSTROPHES.sub("", _POSSESSIVE.sub("", folded))
    folded = _INITIALS.sub(lambda match: match.group().replace(".", "") + " ", folded)
    words: list[str] = []
    clauses: list[int] = []
    clause = 0
    for word in _TOKEN.findall(folded):
        if word in _BREAKS:
            clause += 1
            continue
        clause += int(word == "but")
        words.append(_canonical(word))
        clauses.append(clause)
    return _Text(tuple(words), tuple(clauses))


def _canonical(token: str) -> str:
    token = _DIGITS.get(token, token).replace(",", "")
    if not (token.isascii() and _NUMBER.match(token)):
        return token
    whole, _, decimals = token.partition(".")
    decimals = decimals.rstrip("0")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{digits.lstrip('0') or '0'}" + (f".{decimals}" if decimals else "")


def _without_articles(text: _Text) -> _Text:
    kept = [index for index, word in enumerate(text.words) if word not in _ARTICLES]
    return _Text(tuple(text.words[index] for index in kept), tuple(text.clauses[index] for index in kept))


def _last_number(text: _Text) -> Fraction | None:
    for index in range(len(text.words) - 1, -1, -1):
        if not _NUMBER.match(text.words[index]) or _negated(text, index, index + 1):
            continue
        if text.words[index] == "1" and text.words[index + 1 : index + 2] == ("of",):
            continue  # "one of the ..." counts nothing
        return Fraction(text.words[index])
    return None


def _occurrences(words: Sequence[str], wanted: Sequence[str]) -> Iterator[int]:
    # Searched as one string, whose `find` is linear; a dictionary leads from characters back to words.
    joined, needle = f" {' '.join(words)} ", f" {' '.join(wanted)} "
    starts: dict[int, int] = {}
    offset = 0
    for index, word in enumerate(words):
        starts[offset] = index
        offset += len(word) + 1
    found = joined.find(needle)
    while found >= 0:
        yield starts[found]
        found = joined.find(needle, found + len(needle) - 1)


def _negated(text: _Text, start: int, end: int) -> bool:
    return _negated_before(text, start) or _negated_after(text, end)


def _negated_before(text: _Text, start: int) -> bool:
    clause = text.clauses[start]
    for index in range(start - 1, max(start - 1 - _REACH, -1), -1):
        if text.clauses[index] != clause:
            return False
        word, following = text.words[index], text.words[index + 1]
        if (word, following) in _TURNS:
            return True
        if word == "no" and index == start - 1:
            return True
        if word in _NEGATIONS and following not in ("only", "just", "sure"):
            return True
    return False


def _negated_after(text: _Text, end: int) -> bool:
    """Whether the clause goes on with "is not" or the like: "Paris is not the capital"."""
    clause = text.clauses[end - 1]
    ahead = range(end, min(end + 3, len(text.words)))
    after = [text.words[index] for index in ahead if text.clauses[index] == clause]
    if after and after[0] in _NOT_TO_BE:
        return True
    return len(after) > 1 and after[0] in _TO_BE and after[1] == "not" and after[2:] not in (["only"], ["just"])
