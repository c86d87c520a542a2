"""The shape of a language's table of doubt."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True)
class Doubts:
    """How people and models voice that a question lacks something, in one language, by what they say.

    The patterns are those of `guard.phrases`: over folded text, `(a|b)`, `?`, and ` .. ` for a gap inside one sentence.
    """

    unstated: tuple[str, ...]
    """The question does not say, give or specify it."""
    lacking: tuple[str, ...]
    """Something is missing, insufficient, unknown, needed, or has to be asked for."""
    undecided: tuple[str, ...]
    """It cannot be determined, calculated, solved."""
    without: tuple[str, ...]
    """Without knowing it, unless it is given, if one knew it."""
    assumed: tuple[str, ...]
    """The speaker makes up what is missing: assume, suppose, let's say, for example if."""
    open: tuple[str, ...]
    """It depends; it is ambiguous, unclear; more than one answer is possible."""
    flawed: tuple[str, ...]
    """The question has a typo, an error, a contradiction, makes no sense."""
    meant: tuple[str, ...]
    """What the question might mean, intend, expect."""
    symbolic: tuple[str, ...]
    """The answer stays an expression: in terms of, as a function of."""
    reread: tuple[str, ...]
    """Goes back to what the question says."""
    wavering: tuple[str, ...]
    """Corrects or doubts itself: wait, hmm, alternatively, maybe."""
    contrast: tuple[str, ...]
    """However, but, only, unfortunately."""
    settled: tuple[str, ...]
    """Takes something for the answer all the same: I'll go with, a reasonable guess."""


CLASSES: Final = tuple(field.name for field in fields(Doubts))
