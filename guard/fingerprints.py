"""What a calibration depends on besides the model: judge, prompts, plan."""

from __future__ import annotations

import hashlib

import orjson

from guard import reports
from guard.agreement import Versioned
from guard.checklist import CHECKLIST_VERSION
from guard.plan import FIRST_WAVE
from guard.policy import Samples


def fingerprints(judge: Versioned, samples: Samples) -> tuple[tuple[str, str], ...]:
    """What a calibration depends on besides the model: judge, prompts, plan."""
    plan = orjson.dumps([samples.max, samples.temperature, samples.stop, FIRST_WAVE])
    return (
        ("judge", judge.version),
        ("prompts", f"{reports.SELF_REPORT_VERSION} {reports.SECOND_WAY_VERSION} {CHECKLIST_VERSION}"),
        ("plan", hashlib.sha256(plan).hexdigest()[:12]),
    )
