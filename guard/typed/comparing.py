"""Do two readings tell the same, contradict each other, or leave it open?

Each rule answers for what it knows and leaves the rest to the next; the first answer counts. All are symmetric.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal

from guard.typed.agreeing import Value, agree
from guard.typed.denial import ALIKE, compare_negation
from guard.typed.lists import compare_lists
from guard.typed.names import compare_aliases, compare_labels, compare_modified, compare_names
from guard.typed.numbers import roman
from guard.typed.quantities import Quantity
from guard.typed.reading import SHORT, Reading, read, years_of
from guard.typed.roles import compare_roles
from guard.typed.words import CLASSES, NEGATING_PREFIXES, OPPOSITES, RIVAL_ENDINGS, RIVAL_PREFIXES

Verdict = Literal["same", "different"]
Known = Reading
"""The question, whose words and values tell nothing."""

NOTHING: Final = Reading("", (), ())
MAX_SYMBOL: Final = 3


def compare(a: str, b: str, question: str = "") -> Verdict | None:
    """'same', 'different', or None where typed values leave it open. Words of the question tell nothing. Symmetric;
    an answer in which nothing can be seen is the same as none."""
    return compare_readings(read(a), read(b), read(question))


def compare_readings(a: Reading, b: Reading, known: Known = NOTHING) -> Verdict | None:
    """`compare` for answers that are read already; `known` is the question."""
    if not a.text or not b.text:
        return "different"
    if a.text.strip(" .!\"'") == b.text.strip(" .!\"'"):
        return "same"
    if a.symbols and a.symbols == b.symbols and a.text.replace(" ", "") == b.text.replace(" ", ""):
        return "same"
    for rule in RULES:
        verdict = rule(a, b, known)
        if verdict:
            return verdict
    return None


def compare_choices(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """Letters of a multiple choice."""
    if a.choice and b.choice:
        return "same" if a.choice == b.choice else "different"
    return None


def compare_codes(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """Formulae and labels: equal to the letter or not at all."""
    if a.code and b.code:
        return "same" if a.code == b.code else "different"
    for one, other in ((a, b), (b, a)):
        if one.code and len(other.text) <= MAX_SYMBOL and other.text.isalpha() and one.code.startswith(other.text[0]):
            return "different"
    return None


def compare_equations(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """What an equation says is the value on its right: "2^10 = 1024", "1,024"."""
    if ("=" in a.symbols) == ("=" in b.symbols):
        return None
    for one, other in ((a, b), (b, a)):
        if one.text.count("=") == 1 and "=" not in other.text and other.valued:
            left, _, right = one.text.partition("=")
            said = read(right.strip())
            verdict = compare_values(said, other, known) if said.valued else None
            if verdict == "different" and compare_values(read(left.strip()), other, known) == "same":
                return None
            return verdict
    return None


def compare_chosen(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """Where the question offers a choice, two answers that differ only in what they pick of it."""
    if "or" not in known.vocabulary or max(len(a.words), len(b.words)) > SHORT:
        return None
    left, right = frozenset(a.content), frozenset(b.content)
    if left - known.vocabulary != right - known.vocabulary:
        return None
    return "different" if left - right and right - left else None


def compare_polarity(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """Yes and no, with or without an explanation; an explanation alone affirms or denies."""
    if a.polarity and b.polarity:
        return "same" if a.polarity == b.polarity else "different"
    for one, other in ((a, b), (b, a)):
        if one.polarity and len(one.words) == 1 and len(other.words) <= SHORT and not other.polarity:
            if one.polarity == "yes" and other.negated and known.vocabulary & set(other.content):
                return "different"
            if one.polarity == "no" and not other.negated and len(known.vocabulary & set(other.content)) >= 2:
                return "different"
    return None


def compare_values(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """Numbers, dates and times: those of a statement against those of the other."""
    if not (a.valued and b.valued):
        return None
    left, right = _values(a, b, known), _values(b, a, known)
    if not left or not right:
        return None
    if not _comparable(a, b):
        return None
    core_left, core_right = is_core(a, known), is_core(b, known)
    ordered = a.text.startswith("(") and b.text.startswith("(") and len(left) == len(right)
    if ordered and any(agree(one, two) is False for one, two in zip(left, right, strict=True)):
        return "different"
    if len(left) == len(right) > 1 and a.words == b.words and len(set(a.words) - LINKS) > 1 and _exchanged(left, right):
        return "different"
    if not (_within(left, right) or _within(right, left)):
        return None if _related(left, right) else "different"
    if core_left and core_right and _same_all(left, right):
        return _counted(a, b, known)
    return None


def _values(reading: Reading, other: Reading, known: Known) -> tuple[Value, ...]:
    """The values that count: words like "one" only where both sides are short, none that the question names."""
    values: Sequence[Value] = values_against(reading, other)
    if len(reading.words) > 3 or len(other.words) > 6:
        values = [v for v in values if not isinstance(v, Quantity) or not v.spelt or v.value > 12 or v.dimension]
    if known.quantities and len(reading.words) > 2 and "or" not in known.vocabulary:
        told = {quantity.value for quantity in other.quantities}
        asked = {quantity.value for quantity in known.quantities} - told
        values = [v for v in values if not isinstance(v, Quantity) or v.value not in asked]
    return tuple(values)


def values_against(reading: Reading, other: Reading) -> tuple[Value, ...]:
    """All values of one answer; a bare number that may be a year is one where the other side tells dates."""
    if other.dates or reading.dates:
        years = years_of(reading)
        told = {year.year for year in years}
        rest = [quantity for quantity in reading.quantities if quantity.value not in told]
        return (*((year,) for year in years), *rest, *reading.dates, *reading.times)
    return (*reading.quantities, *reading.dates, *reading.times)


def is_core(reading: Reading, known: Known) -> bool:
    """Is the answer its values and hardly anything else?"""
    more = [word for word in reading.content if word not in known.vocabulary]
    return len(more) <= (1 if len(reading.words) <= 4 else 0)


def _comparable(a: Reading, b: Reading) -> bool:
    if max(len(a.words), len(b.words)) <= SHORT:
        return True
    left, right = frozenset(a.content), frozenset(b.content)
    return len(left & right) >= ALIKE * max(len(left), len(right), 1)


def _within(few: Sequence[Value], many: Sequence[Value]) -> bool:
    """Does every one of `few` have among `many` one that it does not contradict?"""
    return all(any(agree(one, two) is not False for two in many) for one in few)


LINKS: Final = frozenset(("and", "or"))


def _exchanged(left: Sequence[Value], right: Sequence[Value]) -> bool:
    """The same values behind the same words, but in another order: "x = 3, y = 4"."""
    return _same_all(left, right) and any(agree(one, two) is False for one, two in zip(left, right, strict=True))


def _related(a: Sequence[Value], b: Sequence[Value]) -> bool:
    """Is there nothing that two could contradict each other in: a date against a count, open bounds?"""
    return all(agree(one, two) is None for one in a for two in b)


def _same_all(a: Sequence[Value], b: Sequence[Value]) -> bool:
    equal = [any(agree(one, two) for two in b) for one in a] + [any(agree(one, two) for one in a) for two in b]
    return len(a) == len(b) and all(equal)


ERAS: Final = frozenset("ad ce year anno domini d e".split())
"""Words beside a year that count nothing."""


def _counted(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """Equal values; what they count must not differ ("12 apples", "12 oranges")."""
    left = frozenset(a.content) - known.vocabulary - ERAS
    right = frozenset(b.content) - known.vocabulary - ERAS
    if left and right and not left & right:
        return None if any(_kin(one, two) for one in left for two in right) else "different"
    return "same"


def _kin(one: str, two: str) -> bool:
    return one[:4] == two[:4]


def compare_numerals(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """Roman numerals: whole answers, or those of kings, wars and parts."""
    if not (a.numerals or b.numerals) or max(len(a.words), len(b.words)) > SHORT:
        return None
    left, right = _numbers(a), _numbers(b)
    if not left or not right:
        return None
    if len(a.words) <= 1 and len(b.words) <= 1:
        return "same" if left == right else "different"
    if left == right and _unnumbered(a) == _unnumbered(b) != ():
        return "same"
    shared = set(a.content[:1]) & set(b.content) or set(b.content[:1]) & set(a.content)
    return "different" if shared and not (left <= right or right <= left) else None


def _unnumbered(reading: Reading) -> tuple[str, ...]:
    return tuple(word for word in reading.content if roman(word.upper()) is None)


def _numbers(reading: Reading) -> set[float]:
    return {float(number) for number in reading.numerals} | {
        q.value for q in reading.quantities if q.dimension in ("", "ordinal") and (q.value < 100 or not reading.words)
    }


def compare_opposites(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """One side says north where the other says south; possible and impossible."""
    if max(len(a.words), len(b.words)) > SHORT or not a.words or not b.words:
        return None
    if a.negated != b.negated:
        return None
    only_left, only_right = a.vocabulary - b.vocabulary, b.vocabulary - a.vocabulary
    if not only_left or not only_right or len(only_left) > 4 or len(only_right) > 4:
        return None
    if any(frozenset((one, two)) in OPPOSITES for one in only_left for two in only_right):
        return "different"
    if len(only_left) == len(only_right) == 1:
        (one,), (two,) = only_left, only_right
        if one in CLASSES and CLASSES[one] == CLASSES.get(two):
            return "different"
    if _rivals(only_left, only_right):
        return "different"
    return "different" if _prefixed(only_left, only_right) or _prefixed(only_right, only_left) else None


def _rivals(left: frozenset[str], right: frozenset[str]) -> bool:
    """One word on each side, alike but for a prefix or an ending that tells them apart: hypertension, hypotension."""
    if len(left) != 1 or len(right) != 1:
        return False
    (one,), (two,) = left, right
    for families, cut, bare in ((RIVAL_PREFIXES, str.removeprefix, 2), (RIVAL_ENDINGS, str.removesuffix, 3)):
        for family in families:
            stems = [{cut(word, part) for part in family} - {word} for word in (one, two)]
            if any(len(stem) >= bare for stem in stems[0] & stems[1]):
                return True
    return False


def _prefixed(plain: frozenset[str], negated: frozenset[str]) -> bool:
    return any(prefix + word in negated for word in plain if len(word) > 3 for prefix in NEGATING_PREFIXES)


def compare_words(a: Reading, b: Reading, known: Known) -> Verdict | None:
    """The same words that tell something, in the same order, with the same signs."""
    if a.valued or b.valued or a.symbols != b.symbols or a.negated != b.negated:
        return "different" if a.symbols != b.symbols and a.words == b.words and not (a.valued or b.valued) else None
    if a.content and a.content == b.content:
        return "same"
    return None


Rule = Callable[[Reading, Reading, Known], Verdict | None]
RULES: Final[tuple[Rule, ...]] = (
    compare_choices,
    compare_aliases,
    compare_codes,
    compare_polarity,
    compare_chosen,
    compare_labels,
    compare_negation,
    compare_numerals,
    compare_equations,
    compare_roles,
    compare_opposites,
    compare_values,
    compare_modified,
    compare_names,
    compare_lists,
    compare_words,
)
