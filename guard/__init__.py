"""Abstention Guard, the library: ask, look, score, calibrate, decide.

    client --body--> [dialect] --Exchange--> [gather] --Evidence--> [signals] --scores--> [calibration]
        --confidence--> [policy] --Verdict--> [release] --body--> client

`Guard.answer` is the whole line for one request; `verdict_of` is its pure half, Evidence to Verdict. What is
needed only to connect it lives in the modules: `guard.transports` (HTTP), `guard.dialects`, `guard.judges`,
`guard.testing` (fakes). Importing this package imports no web framework, no metrics client and no ML stack.
"""

from guard.calibration import Calibration, Standing
from guard.errors import (
    CalibrationError,
    ConfigurationError,
    DialectError,
    GuardError,
    InsufficientEvidence,
    TooDeepError,
    UpstreamBroken,
    UpstreamError,
    UpstreamRefused,
    UpstreamTimeout,
    UpstreamTooLarge,
    UpstreamUnreachable,
    UpstreamUnreadable,
)
from guard.evidence import Circumstances, Evidence
from guard.exchange import Exchange
from guard.pipeline import Answered, Guard, Ruling, verdict_of
from guard.policy import Policy
from guard.verdict import Decision, PerAxis, Reason, Verdict

__version__ = "0.1.0"

__all__ = [
    "Answered",
    "Calibration",
    "CalibrationError",
    "Circumstances",
    "ConfigurationError",
    "Decision",
    "DialectError",
    "Evidence",
    "Exchange",
    "Guard",
    "GuardError",
    "InsufficientEvidence",
    "PerAxis",
    "Policy",
    "Reason",
    "Ruling",
    "Standing",
    "TooDeepError",
    "UpstreamBroken",
    "UpstreamError",
    "UpstreamRefused",
    "UpstreamTimeout",
    "UpstreamTooLarge",
    "UpstreamUnreachable",
    "UpstreamUnreadable",
    "Verdict",
    "__version__",
    "verdict_of",
]
