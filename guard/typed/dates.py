"""Calendar dates and times of day, as far as they are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from guard.typed.tables import DECADES, MONTHS


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
    r"|(?P<decade>\b\d{3}0)'?s\b"
    r"|(?P<century>\b\d{1,2})(?:st|nd|rd|th) century"
    r"|\b(?P<bc>\d{1,4}) ?(?:b\.?c\.?e?\b)"
    rf"|\b(?:the |19)(?P<named>{'|'.join(DECADES)})\b"
)
_MONTHLY: Final = re.compile(
    rf"(?<![\d.,])(?P<day>{_DAY})(?: of| de)? (?P<month>{_MONTH})\b\.?(?:,? (?:(?:of|de) )?(?P<year>\d{{3,4}})\b)?"
    rf"|\b(?P<us_month>{_MONTH})\b\.? (?:the )?(?P<us_day>{_DAY})\b(?!,\d)(?:,? (?:of )?(?P<us_year>\d{{3,4}})\b)?"
    rf"|\b(?P<of_month>{_MONTH})\b\.?(?:,| of| de)? (?P<of_year>\d{{4}})\b"
    rf"|\b(?P<first_year>\d{{4}}),? (?P<its_month>{_MONTH})\b(?: (?P<its_day>\d{{1,2}})\b)?"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_CLOCK: Final = re.compile(r"\d(?::\d| ?[ap]\.?m\b)")
_DIGIT: Final = re.compile(r"\d")
_TIME: Final = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?(?![\d:]) ?(?P<half>[ap]\.?m\b)?"
    r"|(?<![\d:.])(?P<on>\d{1,2}) ?"
    r"(?P<its>[ap]\.?m\b)"
)


_MARKS: Final = ("-", "/", "年", "0s", "0's", "century", "bc", "b.c", "ties")
"""Without one of these, or a date with dots, `_PATTERN` finds nothing: looking for them first is cheaper."""
_DOTTED: Final = re.compile(r"\d\.\d{1,2}\.\d")


def dates_in(text: str) -> tuple[tuple[When, ...], tuple[int, ...], str]:
    """Dates and times of day (in minutes) of a folded text, and the text without them."""
    times: list[int] = []
    dates: list[When] = []
    if not _DIGIT.search(text) and "ties" not in text:
        return (), (), text
    rest = _TIME.sub(lambda match: _take(times, _minutes(match), match), text) if _CLOCK.search(text) else text
    if not MONTHS.keys().isdisjoint(_WORD.findall(rest)):
        rest = _MONTHLY.sub(lambda match: _take_all(dates, tuple(_named(match)), match), rest)
    if any(mark in rest for mark in _MARKS) or _DOTTED.search(rest):
        rest = _PATTERN.sub(lambda match: _take_all(dates, _dated(match), match), rest)
    return tuple(dates), tuple(times), rest


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
    return 60 * hour + minute


def _dated(match: re.Match[str]) -> When:
    if match["decade"] or match["named"]:
        first = int(match["decade"]) if match["decade"] else 1900 + DECADES[match["named"]]
        return Period(first, first + (100 if match["decade"] and first % 100 == 0 else 10))
    if match["century"]:
        return Period(100 * int(match["century"]) - 100, 100 * int(match["century"]))
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
