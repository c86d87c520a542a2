r"""Which answers are mathematical, how they are spelt for a parser, and what is never given to one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.judges.expressions import MAX_CHARS, MAX_EXPONENT, Expression, calculable, read_expression


@pytest.mark.parametrize(
    ("answer", "latex"),
    [
        (r"\frac{1}{2}", r"\frac {1}{2}"),
        (r"$\dfrac12$.", r"\frac 12"),
        (r"\[\boxed{\frac{1}{2}}\]", r"\frac {1}{2}"),
        (r"\left( 1, 2 \right)", "( 1, 2  )"),
        ("x**2", "x^{2}"),
        ("x^10", "x^{10}"),
        ("2^(n+1)", "2^{n+1}"),
        ("{2, 1}", r"\{2, 1\}"),
        ("sqrt(8)", r"\sqrt {8}"),
        ("√2", r"\sqrt {2}"),
        ("pi/6", r"\pi /6"),
        ("x<=3", r"x\le  3"),
        ("3*x", r"3\cdot x"),
        (r"1 \text{ and } x", "1  ,  x"),
        ("2x", "2x"),
    ],
)
def test_one_spelling(answer: str, latex: str) -> None:
    assert read_expression(answer) == Expression(latex, plain=False)


@pytest.mark.parametrize(("answer", "latex"), [("12", "12"), ("1,000", "1000"), ("5\\%", "5\\%"), ("1, -2", "1, -2")])
def test_a_number_is_plain(answer: str, latex: str) -> None:
    assert read_expression(answer) == Expression(latex, plain=True)


@pytest.mark.parametrize(
    "answer",
    ["", " ", "Paris", "A", "yes", "H2O", "CO2", "COVID-19", "5 km", "5m", "10 km/h", "1990-1995", "12:30", "3/5/1999",
     "The answer is x+1", "x or y", r"5\text{ cm}", r"\begin{matrix}1\end{matrix}", r"\input{x}", "__import__('os')",
     "(135 -25)", "(0 6)", r"(5 \infty)", "x = = 0", "12,5"],
)  # fmt: skip
def test_words_units_dates_and_marred_ones_are_left_to_others(answer: str) -> None:
    assert read_expression(answer) is None


@pytest.mark.parametrize(
    "answer",
    ["9^{9^{9^9}}", "9^9^9", "x^{2^{3}}", "100!", "5!!", "(5!)!", f"x^{{{MAX_EXPONENT + 1}}}", "9" * 21 + "x+1",
     "(" * 9 + "x" + ")" * 9, "{" * 9 + "x^2" + "}" * 9, "x^2}", "(x^2", r"\frac{1}{2", "x+" * MAX_CHARS, "x^2" * 9,
     r"\int x", r"\sum x", "$x$ $y$+1"],
)  # fmt: skip
def test_what_is_costly_or_broken_is_not_given_to_a_parser(answer: str) -> None:
    assert read_expression(answer) is None


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [(r"\frac{1}{2}", "0.5", True), ("0.5", "1/2", False), ("x+1", "Paris", False), ("x", "y", False)],
)  # fmt: skip
def test_a_pair_is_computed_where_both_are_mathematical_and_one_is_more_than_a_number(
    a: str, b: str, expected: bool
) -> None:
    assert calculable(a, b) is calculable(b, a) is expected


@given(st.text(alphabet="x19^{}()\\$!.,= -/fracsqrt√\u200b", max_size=60))
def test_anything_is_read_or_left(answer: str) -> None:
    found = read_expression(answer)
    assert found is None or (found.latex and found.latex.count("{") == found.latex.count("}"))


@pytest.mark.parametrize("sign", ["{", "^", "\\", "$", "\\(", "(x ", "sqrt(", "√", "x", "1", "\u200b", "\\text{and}"])
def test_length_costs_nothing(sign: str) -> None:
    started = time.process_time()
    assert read_expression(sign * 100_000) is None
    read_expression((sign * MAX_CHARS)[:MAX_CHARS])
    assert time.process_time() - started < 1
