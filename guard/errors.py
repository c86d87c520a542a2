"""Every error of the library, as one tree.

GuardError
├── ConfigurationError            what the owner wrote cannot be used
│   └── CalibrationError          a calibration file is missing, damaged or made for something else
├── DialectError                  the caller's request cannot be read
│   └── TooDeepError              nested beyond the limit
├── UpstreamError                 the model's endpoint failed; never turned into an abstention
│   ├── UpstreamUnreachable       no connection: refused, DNS, TLS
│   ├── UpstreamTimeout           connected, but no complete reply in time
│   ├── UpstreamBroken            the connection ended before the reply did
│   ├── UpstreamUnreadable        a complete reply that is not what the dialect says
│   ├── UpstreamTooLarge          a reply beyond the size limit
│   └── UpstreamRefused           a status of 400 or above; carries the reply itself
└── InsufficientEvidence          a policy asks for an error rather than an abstention

Each class says whether the same request may succeed when sent again (`retryable`) and what helps (`hint`). No class
knows an HTTP status of ours: that is the service's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from guard.upstream import Reply


class GuardError(Exception):
    """Whatever the guard raises on purpose."""

    retryable: ClassVar[bool] = False
    hint: ClassVar[str] = ""


class ConfigurationError(GuardError):
    """The owner's configuration cannot be used as it stands."""

    hint = "run `guard config check` for the place and the nearest valid key"


class CalibrationError(ConfigurationError):
    """A calibration file is missing, damaged, or belongs to another model, prompt or plan."""

    hint = "calibrate again, or choose `on_uncertified`"


class DialectError(GuardError):
    """The request body is not what its dialect says; `param` names the field where one is at fault."""

    hint = "see the wire format's own reference"

    def __init__(self, message: str, *, param: str | None = None) -> None:
        super().__init__(message)
        self.param = param


class TooDeepError(DialectError):
    """The request is nested deeper than the guard is willing to walk."""


class UpstreamError(GuardError):
    """The model's endpoint failed. `kind` is the closed word used in metrics and logs."""

    retryable = True
    kind: ClassVar[str] = "error"


class UpstreamUnreachable(UpstreamError):
    """No connection could be made: refused, unknown host, TLS."""

    kind = "unreachable"
    hint = "check `upstreams.*.base_url` and that the endpoint is up"


class UpstreamTimeout(UpstreamError):
    """No complete reply within the time allowed."""

    kind = "timeout"
    hint = "raise `upstreams.*.timeouts` or `policies.*.deadline`"


class UpstreamBroken(UpstreamError):
    """The connection ended before the reply did, or a stream stopped without its end mark."""

    kind = "broken"


class UpstreamUnreadable(UpstreamError):
    """A complete reply that is not a reply of the dialect."""

    kind = "unreadable"
    hint = "does `base_url` point at an endpoint of this dialect?"


class UpstreamTooLarge(UpstreamError):
    """A reply beyond `limits.max_reply_bytes`."""

    kind = "too_large"
    retryable = False


class UpstreamRefused(UpstreamError):
    """The endpoint answered with a status of 400 or above; its own words are in `reply`."""

    kind = "refused"
    retryable = False

    def __init__(self, reply: Reply) -> None:
        super().__init__(f"the upstream answered with status {reply.status}")
        self.reply = reply


class InsufficientEvidence(GuardError):
    """The policy wants an error where too little could be measured; `reason` is the verdict's reason."""

    retryable = True

    def __init__(self, reason: str) -> None:
        super().__init__(f"the answer could not be judged: {reason}")
        self.reason = reason
