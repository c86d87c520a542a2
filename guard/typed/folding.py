"""A text before it is cut into words: markup taken off, symbols, powers and numerals of other scripts spelt one way."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from guard.normalising import fold
from guard.typed.units import spell_symbols

_SCALED: Final = re.compile(r"\d ?(?:[mkbt]|bn|mn|tn|mm)\b", re.IGNORECASE)
_MAGNIFIED: Final = re.compile(r"(\d)(?: ?(?P<million>M)|(?P<thousand>K)|(?P<billion>B|bn))\b(?!['’])")
_MONEY: Final = re.compile(
    r"(?P<sum>[$€£¥₹]\s?\d[\d.,]{0,20})\s?(?P<size>mn|m|bn|b|tn|t|k|mm)\b|"
    r"(?P<counted>\d[\d.,]{0,20})\s?(?P<much>m|k)(?=\s(?:euros?|dollars?|pounds?|yen|usd|eur|gbp|jpy|people|inhabitants|users)\b)|"
    r"(?P<code>\b(?:usd|eur|gbp|jpy|chf|inr)\s?\d[\d.,]{0,20})\s?(?P<so>m|k|b|bn)\b",
    re.IGNORECASE,
)
_SIZES: Final = {"m": "million", "k": "thousand", "b": "billion", "t": "trillion"}
_FEET: Final = re.compile(r"(\d)\s*(?:['’′]|ft\.?|feet|foot)\s*(\d{1,2})\s*(?:[\"”″]|''|inches|inch|in\b\.?|$)")
_INCHES: Final = re.compile(r"(\d)(?: ?[\"”″]| in\b\.?)(?=\s*(?:$|[.,;:)]))")
_LATEX: Final = re.compile(
    r"\\d?frac\{(-?\d+)\}\{(\d+)\}|\\(?:left|right|,|!|;|text|mathrm|displaystyle|boxed)\b|\\[,!; ()\[\]]|[{}$]|\\(?=%)"
)
_LATEX_SIGNS: Final = {r"\times": "×", r"\pi": "π", r"\cdot": "·", r"\circ": "°", r"\pm": "±"}
_SPACED: Final = re.compile(r"(?<![\d.,/])\b\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d/]|[.,]\d)")
_APART: Final = re.compile(r"\d[ \u00a0\u2009\u202f]\d{3}")
_VULGAR: Final = re.compile("[½¼¾⅓⅔⅕⅖⅗⅘⅙⅛⅜⅝⅞]")
_RAISED: Final = re.compile("[⁺⁻]?[⁰¹²³⁴-⁹]+")
_RAISED_DIGITS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", "⁺")
_DIGIT: Final = re.compile(r"\d")
_POWER: Final = re.compile(r"(?<=\d)\*\*(?=-?\d)|(?<=\d) (?:to the power of|to the power) (?=-?\d)")
_DOTS: Final = re.compile(r"(?<=\d) ?\.{2,3} ?(?=\d)")
_RATIO: Final = re.compile(r"(?<=\d):(?=\d(?![\d:]))")
_BULLET: Final = re.compile(r"(?:^|(?<=\s))[-*•·‣◦–] (?=\S)")
_STEP: Final = re.compile(r"(?:^|(?<=\s))(\d{1,2})[.)] (?=[^\W\d])")
_LATIN_MARK: Final = re.compile("[\u0300-\u036f]")
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_HAN_DIGITS: Final = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "兩": 2,
}
_HAN_SIZES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_HAN: Final = "".join((*_HAN_DIGITS, *_HAN_SIZES))
_HAN_NUMERAL: Final = re.compile(
    rf"百分之(?P<percent>[{_HAN}]{{1,9}}|\d{{1,9}})|(?P<below>[{_HAN}]{{1,9}})分之(?P<above>[{_HAN}]{{1,9}})|"
    rf"(?<!\d)(?P<many>[{_HAN}]{{2,12}})|(?P<one>[{'〇一二三四五六七八九十'}])(?=[年月日号時点歳岁世個个回次%％度円元人名国]|$)"
)
_HAN_MARK: Final = re.compile(f"[{_HAN}]")
_DIRECT: Final = re.compile("(午前|上午|早上|午後|下午|晚上)? ?(\\d{1,2})[時点时](?:(\\d{1,2})分|(半))?")


def folded(raw: str) -> str:
    """The text in small letters, with one spelling for markup, powers, symbols of units and numerals. Linear."""
    raw = unmarked(raw)
    if _DIGIT.search(raw):
        raw = _with_numerals(raw)
    if raw.isascii():
        return _plain_no(fold(raw) if "\n" in raw else " ".join(raw.lower().split()))
    raw = _RAISED.sub(lambda match: "^" + match.group().translate(_RAISED_DIGITS), raw)
    if _HAN_MARK.search(raw):
        raw = _HAN_NUMERAL.sub(_arabic, raw)
    return _plain_no(plain_letters(_clock(fold(_VULGAR.sub(r" \g<0>", raw)).replace("\u2044", "/"))))


def _plain_no(text: str) -> str:
    """A "no" that denies nothing, in other words: "no. 7", "no more than 7"; and "no one" as one word."""
    if "no" not in text and "#" not in text:
        return text
    text = _NUMBER.sub("number ", text)
    if " than" in text:
        text = _AT_LEAST.sub("at least", _AT_MOST.sub("at most", text))
    return text.replace("no one", "nobody")


_NUMBER: Final = re.compile(r"(?:\bno\.? ?|#)(?=\d)")
_AT_MOST: Final = re.compile(r"\bnot? (?:more|greater|longer|higher|later) than\b")
_AT_LEAST: Final = re.compile(r"\bnot? (?:less|fewer|lower|earlier|shorter) than\b")


def unmarked(raw: str) -> str:
    """Without the marks of Markdown and LaTeX; bullets and numbers of a list become commas."""
    if "\\" in raw or "$" in raw:
        for sign, plain in _LATEX_SIGNS.items():
            raw = raw.replace(sign, plain)
        alone = raw.count("$") == 1 or ("\\" not in raw and raw.count("$") == len(_PRICE.findall(raw)))
        raw = _LATEX.sub(lambda match: "$" if match[0] == "$" and alone else _plain(match), raw)
    if "*" in raw:
        raw = _POWER.sub("^", raw).replace("**", "")
    elif "power" in raw:
        raw = _POWER.sub("^", raw)
    raw = raw.replace("`", "") if "`" in raw else raw
    if raw[:2] in _BULLETS and len(_BULLET.findall(raw)) > 1:
        raw = _BULLET.sub(", ", raw).lstrip(", ")
    elif raw[:2] in ("1.", "1)") and _STEP.findall(raw)[:2] == ["1", "2"]:
        raw = _STEP.sub(", ", raw).lstrip(", ")
    return raw


_BULLETS: Final = frozenset(("- ", "* ", "• ", "· ", "‣ ", "◦ ", "– "))
_PRICE: Final = re.compile(r"\$(?=\d)")


def _plain(match: re.Match[str]) -> str:
    """A mark of LaTeX: a fraction's becomes a slash, others nothing."""
    return f" {match[1]}/{match[2]} " if match[1] else " "


def _with_numerals(raw: str) -> str:
    if _SCALED.search(raw):
        raw = _MONEY.sub(_amount, raw)
        raw = _MAGNIFIED.sub(lambda match: f"{match[1]} {match.lastgroup}", raw)
    if ":" in raw:
        raw = _RATIO.sub("-", raw)
    if ".." in raw:
        raw = _DOTS.sub("-", raw)
    raw = spell_symbols(raw)
    raw = _INCHES.sub(r"\1 inch", _FEET.sub(r"\1 ft \2 inch", raw))
    if _APART.search(raw):
        raw = _SPACED.sub(lambda match: "".join(match.group().split()), raw)
    return raw


def _amount(match: re.Match[str]) -> str:
    told = match["sum"] or match["counted"] or match["code"]
    size = match["size"] or match["much"] or match["so"]
    return f"{told} {_SIZES[size[0].lower()]}"


def _arabic(match: re.Match[str]) -> str:
    """A Chinese numeral in digits; a run of digits only is read one by one, as years are."""
    if match["percent"]:
        return f"{_han(match['percent'])}%"
    if match["below"]:
        return f" {_han(match['above'])}/{_han(match['below'])} "
    return str(_han(match["many"] or match["one"]))


def _han(numeral: str) -> int:
    if numeral.isascii():
        return int(numeral)
    if not any(sign in _HAN_SIZES for sign in numeral):
        return int("".join(str(_HAN_DIGITS.get(sign, sign)) for sign in numeral))
    total, section, digit = 0, 0, 0
    for sign in numeral:
        size = _HAN_SIZES.get(sign, 0)
        if not size:
            digit = int(_HAN_DIGITS.get(sign, sign if sign.isdigit() else 0))
        elif size < 10**4:
            section, digit = section + (digit or 1) * size, 0
        else:
            total, section, digit = total + (section + digit or 1) * size, 0, 0
    return total + section + digit


def _clock(text: str) -> str:
    """Hours of the day as Chinese and Japanese tell them, as 15:00."""
    if not any(sign in text for sign in "時点时"):
        return text
    return _DIRECT.sub(_hour, text)


def _hour(match: re.Match[str]) -> str:
    hour = int(match[2]) + (12 if match[1] in ("午後", "下午", "晚上") and int(match[2]) < 12 else 0)
    return f" {hour}:{30 if match[4] else int(match[3] or 0):02d} "


def plain_letters(text: str) -> str:
    """Latin letters without accents; other scripts keep their marks."""
    apart = _LATIN_MARK.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", apart).translate(_LETTERS)
