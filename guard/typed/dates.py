"""Calendar dates and times of day, as far as they are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from guard.typed.numbers import roman
from guard.typed.tables import DECADES, HOLIDAYS, MONTHS, ONES, ORDINALS, TENS


@dataclass(frozen=True, slots=True)
class Date:
    """A day, month or year; parts that are not told are None. Years before Christ are negative."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def contradicts(self, other: Date) -> bool:
        """Do both tell a part, and tell it differently?"""
        return any(
            one is not None and two is not None and one != two
            for one, two in ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        )


@dataclass(frozen=True, slots=True)
class Period:
    """A decade or a century: years from `first` up to, without, `end`."""

    first: int
    end: int


When = tuple[Date, ...] | Period
"""A date in all its readings (03/05/1999 has two), or a period."""

_MONTH: Final = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th|er|º|\.)?"
_PATTERN: Final = re.compile(
    r"(?P<iso>(?<![\d/])-?\d{4}[-/]\d{1,2}[-/]\d{1,2}(?![\d/]))(?:t[\d:.z]+)?"
    r"|(?<![\d/.])(?P<p>\d{1,2})[/.-](?P<q>\d{1,2})[/.-](?P<slashed>\d{4})(?![\d/])"
    r"|(?P<cjk>\d{4})年(?:(?P<cjk_month>\d{1,2})月(?:(?P<cjk_day>\d{1,2})日)?)?"
    r"|(?P<cjk_part>(?<!\d)\d{1,2})月(?P<cjk_its>\d{1,2})日"
    r"|(?P<decade>\b\d{3}0)'?s\b|(?:(?<=\bthe )|(?<='))(?P<short>[2-9]0)'?s\b"
    r"|(?P<century>\b\d{1,2})(?:st|nd|rd|th|\.)?[ -]?(?P<span>century|millennium|世紀|世纪)(?P<era> b\.?c\.?(?:e\b)?)?"
    r"|\b(?P<bc>\d{1,4}) ?(?:b\.?c\.?(?:e\b|\b)?|before christ\b|b\. ?c\.)"
    rf"|\b(?:the |19)(?P<named>{'|'.join(DECADES)})\b"
)


def _monthly(month: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\d.,])(?P<day>{_DAY})(?: of| de)? (?P<month>{month})\b\.?(?:,? (?:(?:of|de) )?(?P<year>\d{{3,4}})\b)?"
        rf"|\b(?P<us_month>{month})\b\.? (?:the )?(?P<us_day>{_DAY})\b(?!,\d)(?:,? (?:of )?(?P<us_year>\d{{3,4}})\b)?"
        rf"|\b(?P<of_month>{month})\b\.?(?:,| of| de)? (?P<of_year>\d{{4}})\b"
        rf"|\b(?P<first_year>\d{{4}}),? (?P<its_month>{month})\b(?: (?P<its_day>\d{{1,2}})\b)?"
    )


_MONTHLY: Final = _monthly(_MONTH)
_MONTHLY_ASCII: Final = _monthly("|".join(sorted((m for m in MONTHS if m.isascii()), key=len, reverse=True)))
"""The same for plain letters, which is most texts, with fewer names to try."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_CLOCK: Final = re.compile(r"\d(?::\d| ?[ap]\.?m\b)")
_DIGIT: Final = re.compile(r"\d")
_TIME: Final = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?(?![\d:]) ?(?P<half>[ap]\.?m\b)?"
    r"|(?<![\d:.])(?P<on>\d{1,2}) ?"
    r"(?P<its>[ap]\.?m\b)"
)


_MARKS: Final = ("年", "0s", "0's", "century", "bc", "b.c", "ties", "世", "before c", "millen", "月", "b. c")
"""Without one of these, or a date with dots or dashes, `_PATTERN` finds nothing: looking for them first is cheaper."""
_DOTTED: Final = re.compile(r"\d(?:\.\d{1,2}\.\d|[-/]\d)")
_UNITS_ORDINAL: Final = "|".join(word for word in ORDINALS if ORDINALS[word] < 20)
_ORDINAL: Final = rf"(?:twenty|thirty)[ -](?:{_UNITS_ORDINAL})|{_UNITS_ORDINAL}|twentieth|thirtieth"
_SPELT_DAY: Final = re.compile(
    rf"\b(?P<before>{_ORDINAL})(?=(?: day)?(?: of| de)? (?:{_MONTH})\b|[ -](?:century|millennium)\b)"
    rf"|(?<=[a-z.] )(?P<after>{_ORDINAL})\b(?! (?:century|world))"
)
_ROMAN_CENTURY: Final = re.compile(
    r"\b(?P<numeral>[ivx]{1,5})(?:th|st|nd|rd|e)?(?= century| siecle)|(?<=siglo )(?P<siglo>[ivx]{1,5})\b"
)
_COUNT: Final = "|".join((*[word for word in ONES if word != "zero"], r"twenty[ -]five", "twenty", r"\d{1,2}"))
_PAST: Final = re.compile(
    rf"\b(?:(?P<half>half)|(?P<quarter>(?:a )?quarter)|(?P<minutes>{_COUNT})(?: minutes?)?) "
    rf"(?P<way>past|after|to|before|till|of) (?P<hour>{_COUNT}|noon|midnight)\b(?: o'?clock)?"
)
_OCLOCK: Final = re.compile(rf"\b(?P<hour>{_COUNT}) o'?clock\b")
_NOON: Final = re.compile(r"\b(?:(?:12|twelve) )?(?P<which>noon|midday|midnight)\b")
_DAYTIME: Final = re.compile(
    rf"(?P<told>\d{{1,2}}:\d\d|(?<!\d)\d{{1,2}}|\b(?:{_COUNT}))(?: at| in the) (?P<part>morning|afternoon|"
    rf"evening|night)\b"
)
_CLOCK_WORDS: Final = frozenset(
    "noon midday midnight clock o'clock oclock past quarter half morning afternoon evening night".split()
)
_FEAST: Final = re.compile("|".join(rf"\b{re.escape(name)}(?!\w)" for name in sorted(HOLIDAYS, key=len, reverse=True)))
_FEASTS: Final = ("christmas", "day", "halloween", "eve")


def dates_in(text: str) -> tuple[tuple[When, ...], tuple[int, ...], str]:
    """Dates and times of day (in minutes) of a folded text, and the text without them."""
    if len(text) > MAX_SPELT and not _DIGIT.search(text) and "ties" not in text:
        return (), (), text
    words = _WORD.findall(text)
    rest = _spelt_out(text, frozenset(words))
    if not _DIGIT.search(rest) and "ties" not in rest and not any(feast in rest for feast in _FEASTS):
        return (), (), rest
    times: list[int] = []
    dates: list[When] = []
    if _CLOCK.search(rest):
        rest = _TIME.sub(lambda match: _take(times, _minutes(match), match), rest)
    if not MONTHS.keys().isdisjoint(words):
        monthly = _MONTHLY_ASCII if rest.isascii() else _MONTHLY
        rest = monthly.sub(lambda match: _take_all(dates, tuple(_named(match)), match), rest)
    if any(mark in rest for mark in _MARKS) or _DOTTED.search(rest):
        rest = _PATTERN.sub(lambda match: _take_all(dates, _dated(match), match), rest)
    if not dates and len(words) <= MAX_FEAST and any(feast in rest for feast in _FEASTS):
        rest = _FEAST.sub(lambda match: _take_all(dates, (Date(None, *HOLIDAYS[match.group()]),), match), rest)
    return tuple(dates), tuple(times), rest


MAX_SPELT: Final = 120
"""Characters up to which a text without a digit is searched for dates and times in words."""
MAX_FEAST: Final = 6
"""Words up to which a feast is the answer rather than a part of a story."""


def _spelt_out(text: str, words: frozenset[str]) -> str:
    """Ordinals of days and centuries, and times told in words, in digits."""
    if "century" in words or "millennium" in words or "siecle" in words or "siglo" in words:
        text = _ROMAN_CENTURY.sub(_century, text)
        text = _SPELT_DAY.sub(_day, text)
    elif not words.isdisjoint(MONTHS) and not words.isdisjoint(_DAY_WORDS):
        text = _SPELT_DAY.sub(_day, text)
    if words.isdisjoint(_CLOCK_WORDS) and not _TO_HOUR.search(text):
        return text
    text = _PAST.sub(_past, text)
    text = _OCLOCK.sub(lambda match: f"{_count(match['hour'])}:00", text)
    text = _NOON.sub(lambda match: "0:00" if match["which"] == "midnight" else "12:00", text)
    return _DAYTIME.sub(_daytime, text)


_DAY_WORDS: Final = frozenset(ORDINALS)
_TO_HOUR: Final = re.compile(
    r"^\W*(?:it's |it is |at )?(?:five|ten|twenty|twenty-five) (?:to|past|before|after|till) \w+\W*$"
)


def _century(match: re.Match[str]) -> str:
    number = roman((match["numeral"] or match["siglo"]).upper())
    if number is None:
        return match.group()
    return f"{number}th" if match["numeral"] else f"{number}th century"


def _day(match: re.Match[str]) -> str:
    """An ordinal in digits; behind a word only where that is a month."""
    if match["after"]:
        before = _WORD.findall(match.string[max(match.start() - 14, 0) : match.start()])
        if not before or (before[-1] if before[-1] != "the" else (before[-2:-1] or [""])[0]) not in MONTHS:
            return match.group()
    words = re.split("[ -]", match.group())
    return f"{int(sum({**TENS, **ORDINALS}[word] for word in words))}th"


def _count(told: str) -> int:
    if told.isdigit():
        return int(told)
    return int(sum({**TENS, **ONES}[word] for word in re.split("[ -]", told)))


def _past(match: re.Match[str]) -> str:
    named = {"noon": 12, "midnight": 0}.get(match["hour"])
    hour = named if named is not None else _count(match["hour"])
    if hour > 24:
        return match.group()
    minutes = 30 if match["half"] else 15 if match["quarter"] else _count(match["minutes"])
    if match["way"] in ("to", "before", "till", "of"):
        if match["half"] or (match["way"] == "of" and not match["quarter"]):
            return match.group()
        hour, minutes = (hour - 1) % 24, 60 - minutes
        hour = 12 if hour == 0 and named is None else hour
    return f"{hour}:{minutes:02d}" if 0 <= minutes < 60 else match.group()


def _daytime(match: re.Match[str]) -> str:
    late = match["part"] in ("afternoon", "evening") or (
        match["part"] == "night" and not match["told"].startswith("12")
    )
    told = match["told"] if match["told"][0].isdigit() else _count(match["told"])
    return f"{told} {'pm' if late else 'am'}"


def _take(kept: list[int], found: int | None, match: re.Match[str]) -> str:
    if found is None:
        return match.group()
    kept.append(found)
    return " "


def _take_all(kept: list[When], found: tuple[Date, ...] | Period, match: re.Match[str]) -> str:
    if not found:
        return match.group()
    kept.append(found)
    return " "


def _minutes(match: re.Match[str]) -> int | None:
    hour, minute = int(match["hour"] or match["on"]), int(match["minute"] or 0)
    half = match["half"] or match["its"]
    if hour > 24 or minute > 59:
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return (60 * hour + minute) % 1440


def _dated(match: re.Match[str]) -> When:
    if match["decade"] or match["named"] or match["short"]:
        first = int(match["decade"] or 1900 + int(match["short"] or DECADES.get(match["named"], 0)))
        return Period(first, first + (100 if match["decade"] and first % 100 == 0 else 10))
    if match["century"]:
        length = 1000 if match["span"] == "millennium" else 100
        end = length * int(match["century"])
        return Period(-end, length - end) if match["era"] else Period(end - length, end)
    return tuple(_dates(match))


def _dates(match: re.Match[str]) -> Iterator[Date]:
    if match["iso"]:
        year, month, day = re.split("[-/]", match["iso"].lstrip("-"))
        yield from _valid(int(year) * (-1 if match["iso"].startswith("-") else 1), int(month), int(day))
    elif match["slashed"]:
        p, q, year = int(match["p"]), int(match["q"]), int(match["slashed"])
        yield from _valid(year, q, p)
        if p != q:
            yield from _valid(year, p, q)
    elif match["bc"]:
        yield Date(-int(match["bc"]))
    elif match["cjk_part"]:
        yield from _valid(None, int(match["cjk_part"]), int(match["cjk_its"]))
    else:
        month, day = match["cjk_month"], match["cjk_day"]
        yield from _valid(int(match["cjk"]), int(month) if month else None, int(day) if day else None)


def _named(match: re.Match[str]) -> Iterator[Date]:
    year = match["year"] or match["us_year"] or match["of_year"] or match["first_year"]
    name = match["month"] or match["us_month"] or match["of_month"] or match["its_month"]
    day = re.match(r"\d+", match["day"] or match["us_day"] or match["its_day"] or "")
    yield from _valid(int(year) if year else None, MONTHS[name], int(day.group()) if day else None)


def _valid(year: int | None, month: int | None, day: int | None) -> Iterator[Date]:
    if (month is None or 1 <= month <= 12) and (day is None or 1 <= day <= 31):
        yield Date(year, month, day)
