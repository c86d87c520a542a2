"""Typed reading of short answers: numbers, dates, units, yes and no, names; and what two of them tell of each other.

Word overlap is blind exactly where it matters: 12 and 13, "is" and "is not", North and South Korea share nearly all
their words, "40M" and "about 40 million" none.
"""

from guard.typed.comparing import Verdict, compare, compare_readings
from guard.typed.reading import Reading, read

__all__ = ["Reading", "Verdict", "compare", "compare_readings", "read"]
