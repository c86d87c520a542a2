"""The shape of a language's phrase table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """What people and models say instead of an answer in one language, by what it does.

    A phrase is a small pattern over folded text (`guard.normalising.fold`): `(a|b)` offers alternatives,
    `?` makes one optional, and ` .. ` is a gap inside one sentence. Nothing repeats a repetition, so matching
    stays linear in the text.
    """

    refusal: tuple[str, ...]
    """Will not: policy, safety, privacy, or a plain "cannot help"."""
    incapable: tuple[str, ...]
    """A first person that cannot or will not do what is asked: a refusal unless the sentence says more."""
    private: tuple[str, ...]
    """Whose matter makes a refusal of a sentence that also speaks of missing information."""
    missing: tuple[str, ...]
    """Cannot be answered as asked: something is missing, does not fit, or cannot be determined."""
    ignorance: tuple[str, ...]
    """The speaker does not know. A "but ..." behind it takes it back."""
    vague: tuple[str, ...]
    """Nobody knows, or it depends: an abstention only where the reply opens with it."""
    request: tuple[str, ...]
    """Asks for what is missing, or what was meant."""
    condition: tuple[str, ...]
    """Opens a sentence about what the reader might want besides: no request on its own."""
    commitment: tuple[str, ...]
    """Announces an answer after all."""
    conclusion: tuple[str, ...]
    """Opens a conclusion, as the first word of a sentence."""
    pivot: tuple[str, ...]
    """Turns from a reservation to an answer."""
    offer: tuple[str, ...]
    """Offers other help or sends the reader elsewhere: no answer, however it is introduced."""
    bare: tuple[str, ...]
    """Abstains only as the whole of an answer: "unknown"."""
