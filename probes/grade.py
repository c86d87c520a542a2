"""Right or wrong by accepted answers: the cheapest grader, with no model and no dependency."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

_WORDS_OF_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_DIGITS = {word: str(value) for value, word in enumerate(_WORDS_OF_NUMBERS)}
_ARTICLES = frozenset({"a", "an", "the"})
# Contractions are kept whole ("isn't" -> "isnt"), so that a negation stays one word.
_NEGATIONS = frozenset(
    "not never neither nor cannot cant isnt wasnt arent werent dont doesnt didnt wont couldnt wouldnt shouldnt "
    "hasnt havent without".split()
)
_TURNS = frozenset({"rather", "instead", "other"})  # "rather than Paris", "instead of Paris", "other than Paris"
_COPULAS = frozenset({"is", "was", "are", "were"})
_REACH = 4  # words of one clause over which a negation reaches ("it is not the city of Paris")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")
_TOKEN = re.compile(
    r"(?<![\w.])-?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w,])"  # 1,000 and 1,000.5
    r"|(?<![\w.])-?\d+\.\d+(?!\w)"
    r"|(?<![\w.)])-(?=\d)\d+(?!\w)"
    r"|[^\W_]+"
    r"|[.,;:!?()\n]"
)
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

    Both are normalised: NFKC, lower case, punctuation and articles removed, white space collapsed, number words up to
    twenty and thousands separators written as plain digits. A reference of words must stand in the answer as a whole
    sequence of words that is not negated. A reference that is a number must equal the answer's last number that is
    not negated, since the numbers before it are those of the question or of the working. An answer that names right
    and wrong things together is taken for right. Time is linear in the length of the answer for each reference.
    """
    text = _read(answer)
    plain = _without_articles(text)
    return any(_states(text, plain, reference) for reference in references)


def _states(text: _Text, plain: _Text, reference: str) -> bool:
    read = _read(reference)
    wanted = _without_articles(read).words
    if not wanted:
        # A letter such as "a" is all article: only as the answer's end is it surely meant as a word of its own.
        return bool(read.words) and text.words[-len(read.words) :] == read.words
    if len(wanted) == 1 and _NUMBER.match(wanted[0]):
        last = _last_number(plain)
        return last is not None and last == Fraction(wanted[0])
    return any(not _negated(plain, start, start + len(wanted)) for start in _occurrences(plain.words, wanted))


def _read(text: str) -> _Text:
    folded = unicodedata.normalize("NFKC", text).lower().replace("\u2212", "-")
    folded = _APOSTROPHES.sub("", folded)
    folded = _INITIALS.sub(lambda match: match.group().replace(".", "") + " ", folded)
    words: list[str] = []
    clauses: list[int] = []
    clause = 0
    for token in _TOKEN.findall(folded):
        if token in _BREAKS:
            clause += 1
            continue
        clause += token == "but"
        words.append(_canonical(token))
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
        if word in _TURNS and following in ("than", "of"):
            return True
        if word in _NEGATIONS and following not in ("only", "just", "sure"):
            return True
    return False


def _negated_after(text: _Text, end: int) -> bool:
    clause = text.clauses[end - 1]
    after = [word for word, its in zip(text.words[end : end + 3], text.clauses[end : end + 3], strict=True) if its == clause]
    if after[:1] in (["isnt"], ["wasnt"], ["arent"], ["werent"]):
        return True
    return len(after) > 1 and after[0] in _COPULAS and after[1] == "not" and after[2:] not in (["only"], ["just"])
