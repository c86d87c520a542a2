"""Can the question be answered as it is posed? Read from the checklist."""

from __future__ import annotations

from typing import Final

from guard.evidence import Checklist, Evidence

MISSING: Final = 0.5
"""What each missing fact leaves of the trust, where the model also says that not everything is given."""
CONTRADICTED: Final = 0.8
"""The same where it says in the other framing that everything is given."""
NOT_ALL_GIVEN: Final = 0.55
NOT_GIVEN: Final = 0.3
"""A "no" to the one question, where its probability is not known."""
FALSE: Final = 0.35
UNSURE: Final = 0.85
READINGS: Final = 0.55
CHANGES: Final = 0.75
UNQUOTED: Final = 0.9
"""For each fact whose quotation the question does not have: what was said to be given may not be."""


def answerability(evidence: Evidence) -> float | None:
    """Trust that the question can be answered, in [0, 1]: 1 less what each finding of the checklist takes away.

    Findings multiply, as independent reasons for doubt. The factors are set by hand, not fitted: there was no labelled
    checklist to fit them on. None where the checklist was not asked, or failed.
    """
    return None if evidence.checklist is None else trust(evidence.checklist)


def trust(found: Checklist) -> float:
    """The product of the findings' factors; the probability of the yes where only one question was asked."""
    if found.prompt.startswith("given/"):
        said = 1.0 if found.all_given else NOT_GIVEN
        return said if found.given is None else found.given
    missing = CONTRADICTED if found.all_given else MISSING
    value = missing ** len(found.missing) * UNSURE**found.unsure * UNQUOTED**found.unquoted
    value *= NOT_ALL_GIVEN if not found.all_given and not found.missing else 1
    value *= FALSE ** min(len(found.false), 2)
    value *= READINGS if len(found.readings) > 1 else 1
    return float(value * (CHANGES if found.changes else 1))
