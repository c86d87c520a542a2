r"""Which final answers are mathematical, and their LaTeX, bounded: what the mathematical judge may be given.

Only what is whitelisted passes: some commands, single letters, digits, operators. A word, a unit or an unknown command
makes an answer unreadable here, and it stays with the judges of words. Pure, linear in the length.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from guard.normalising import visible_characters

MAX_CHARS: Final = 200
"""A longer answer is no final answer, and costs a parser more than it could tell."""
MAX_DEPTH: Final = 8
MAX_POWERS: Final = 8
MAX_DIGITS: Final = 20
MAX_EXPONENT: Final = 100

_UNICODE: Final = str.maketrans({
    "−": "-", "–": "-", "×": r"\times ", "·": r"\cdot ", "⋅": r"\cdot ", "÷": r"\div ", "∞": r"\infty ", "π": r"\pi ",
    "θ": r"\theta ", "α": r"\alpha ", "β": r"\beta ", "≤": r"\le ", "≥": r"\ge ", "≠": r"\ne ", "∪": r"\cup ",
    "∩": r"\cap ", "±": r"\pm ", "²": "^{2}", "³": "^{3}", "½": r"\frac{1}{2}", "¼": r"\frac{1}{4}",
    "¾": r"\frac{3}{4}", "°": r"^{\circ}",
})  # fmt: skip
_EDGE: Final = re.compile(r"\s|\$|\\[()\[\]]|\\[,;! ]")
_BOXED: Final = re.compile(r"\\boxed\{(.*)\}")
_SPACING: Final = re.compile(r"\\(?:left|right|displaystyle|quad|qquad|big|Big)(?![A-Za-z])|\\[,;!: ]|~")
_NAMES: Final = {"dfrac": "frac", "tfrac": "frac", "leq": "le", "leqslant": "le", "geq": "ge", "geqslant": "ge",
                 "neq": "ne", "lbrace": "{", "rbrace": "}"}  # fmt: skip
_COMMANDS: Final = frozenset(
    "frac sqrt pi infty cdot times div le ge lt gt ne pm mp cup cap emptyset circ theta alpha beta gamma lambda mu phi "
    "omega sin cos tan cot sec csc arcsin arccos arctan log ln exp binom in mid".split()
)
_FUNCTIONS: Final = frozenset("pi theta sin cos tan cot sec csc arcsin arccos arctan log ln exp infty".split())
_PRODUCT: Final = frozenset("abcxyzn")
_TOKEN: Final = re.compile(
    r"\\(?P<command>[A-Za-z]+)|\\(?P<escaped>[{}%$])|(?P<letters>[A-Za-z]+)|(?P<other>.)", re.DOTALL
)
_AND: Final = re.compile(r"\\text\{\s*(?:and|or|,)\s*\}")
_ROOT: Final = re.compile(r"√(\d+|[a-z])")
_CALLED_ROOT: Final = re.compile(r"(?<![\\A-Za-z])sqrt\(([^()]*)\)|√\(([^()]*)\)")
_BARE_POWER: Final = re.compile(r"\^(-?\d+)(?![\d.])")
_CALLED_POWER: Final = re.compile(r"\^\(([^()]*)\)")
_PLAIN: Final = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:\s*/\s*\d+)?\s*%?")
_LIST: Final = re.compile(r"-?\d+(?:\.\d+)?(?:,(?:\s+-?|-)\d+(?:\.\d+)?)+")
_NUMERIC: Final = re.compile(r"[\d\s.,:;/%*+-]*")
_COUNTED: Final = re.compile(r"[-+]?\d+(?:\.\d+)?\s*[a-zA-Z]")
_VARIABLE: Final = frozenset("xyzn")
_STRUCTURE: Final = re.compile(r"[\\^=<>+*/()\[\]{}|√·²³π∞≤≥-]")
_FACTORIAL: Final = re.compile(r"(?<![\d!])(?:\d{1,2}|[a-z])!(?!!)")
_TOWER: Final = re.compile(r"\^(?:\{[^{}]*\^|\{[^{}]*\{|-?\w\^)|\^\{[^{}]*\}\^")
_MARRED: Final = re.compile(r"(?<![\\A-Za-z_])\w\s+-?(?:\d|\\infty)|[(\[]\s*-?\w+\s+-?\w|=\s*=")
"""Where a comma or one side was lost on the way: "(135 -25)" would be read as a difference, "(0 6)" as a product."""
_NUMBER: Final = re.compile(r"\d+")
_EXPONENT: Final = re.compile(r"\^\{?-?(\d+)")


class Expression(NamedTuple):
    """An answer as LaTeX. `plain`: a number or a letter by itself, of which the other judges know as much."""

    latex: str
    plain: bool


def calculable(a: str, b: str) -> bool:
    """Can a pair be put to the mathematical judge: both are mathematical, and one is more than a number?"""
    left = read_expression(a)
    right = read_expression(b) if left else None
    return left is not None and right is not None and not (left.plain and right.plain)


@lru_cache(maxsize=1024)
def read_expression(answer: str) -> Expression | None:
    """The LaTeX of a mathematical answer; None for anything else and for what is too long, deep or high to compute."""
    if not answer or len(answer) > MAX_CHARS:
        return None
    text = _bare(visible_characters(answer))
    if _NUMERIC.fullmatch(text):
        return _number(text)
    if len(text) == 1:
        return Expression(text, plain=True) if text.isascii() and text.islower() else None
    if _MARRED.search(text):
        return None
    if not _STRUCTURE.search(text) and not (_COUNTED.fullmatch(text) and text[-1] in _VARIABLE):
        return None
    latex = _latex(text)
    return Expression(latex, plain=False) if latex is not None and _bounded(latex) else None


def _number(text: str) -> Expression | None:
    """A number or a list of some; None for what digits may be else: dates, times, ranges, scores."""
    if _LIST.fullmatch(text):
        return Expression(text, plain=True)
    return Expression(text.replace(",", "").replace("%", r"\%"), plain=True) if _PLAIN.fullmatch(text) else None


def _bare(text: str) -> str:
    """Without the marks around: dollars, brackets of display, a box, a full stop, money's sign."""
    text = text.strip().removeprefix(r"\$")
    while (found := _EDGE.match(text)) is not None:
        text = text[found.end() :]
    while text.endswith((" ", "$", ".", "\n", r"\)", r"\]", r"\ ", r"\,")):
        text = text[: -1 if text[-1] in " $.\n" and text[-2:] != r"\ " else -2]
    boxed = _BOXED.fullmatch(text)
    return (boxed[1] if boxed else text).replace(r"\%", "%").strip()


def _latex(text: str) -> str | None:
    """One spelling for what is written in several; None where there is a word or a command that is not known."""
    text = _AND.sub(" , ", _SPACING.sub(" ", text.translate(_UNICODE)))
    text = _ROOT.sub(r"\\sqrt{\1}", _CALLED_ROOT.sub(lambda found: rf"\sqrt{{{found[1] or found[2]}}}", text))
    text = _CALLED_POWER.sub(r"^{\1}", _BARE_POWER.sub(r"^{\1}", text.replace("**", "^")))
    if text.startswith("{") and text.endswith("}"):
        text = rf"\{{{text[1:-1]}\}}"
    found = [_token(match) for match in _TOKEN.finditer(text.replace("<=", r"\le ").replace(">=", r"\ge "))]
    return None if None in found else "".join(token for token in found if token is not None).strip()


def _token(match: re.Match[str]) -> str | None:
    if match["command"]:
        name = _NAMES.get(match["command"], match["command"])
        return rf"\{name} " if name in _COMMANDS else rf"\{name}" if name in "{}" else None
    if match["escaped"]:
        return None if match["escaped"] == "$" else match[0]
    if match["letters"]:
        return _letters(match["letters"])
    other = match["other"]
    if other in "*%":
        return r"\cdot " if other == "*" else r"\%"
    return other if (other.isdigit() and other.isascii()) or other in " \n.,;+-/^_=<>()[]{}|!'" else None


def _letters(letters: str) -> str | None:
    """A variable, a product of some, or a function's name; None for a word."""
    if letters in _FUNCTIONS:
        return rf"\{letters} "
    return letters if len(letters) == 1 or (len(letters) < 4 and _PRODUCT.issuperset(letters)) else None


def _bounded(latex: str) -> bool:
    """Balanced, not deep, and without a number, power or factorial that it would take long to write down."""
    digits = max(map(len, _NUMBER.findall(latex)), default=0)
    powers = [int(number) for number in _EXPONENT.findall(latex)]
    factorials = latex.count("!") == len(_FACTORIAL.findall(latex)) <= 2
    low = latex.count("^") <= MAX_POWERS and max(powers, default=0) <= MAX_EXPONENT and not _TOWER.search(latex)
    return digits <= MAX_DIGITS and low and factorials and _depth(latex) <= MAX_DEPTH


def _depth(latex: str) -> int:
    """How deep brackets nest; beyond every bound where braces do not match. Half-open intervals mix ( and ]."""
    depth = deepest = 0
    braces = 0
    for sign in latex:
        depth += (sign in "([{") - (sign in ")]}")
        braces += (sign == "{") - (sign == "}")
        deepest = max(deepest, depth)
        if depth < 0 or braces < 0:
            return MAX_DEPTH + 1
    return deepest if depth == 0 and braces == 0 else MAX_DEPTH + 1
