"""The probe sets that ship: name -> function that gives the set's questions, always the same ones."""

from collections.abc import Callable, Iterable, Mapping

from probes.probe import Question
from probes.sets import arithmetic, facts, language, sequences, twins, unknowable

SETS: Mapping[str, Callable[[], Iterable[Question]]] = {
    "arithmetic": arithmetic.questions,
    "facts": facts.questions,
    "language": language.questions,
    "sequences": sequences.questions,
    "twins": twins.general,
    "twins_professional": twins.professional,
    "unknowable": unknowable.questions,
}

RECORDED = ("arithmetic", "facts", "language", "sequences", "unknowable")
"""The sets of the recordings that ship: each question stands alone, without a context or a twin."""
