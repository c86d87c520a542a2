"""One JSON line a request, without content."""

from __future__ import annotations

import sys
from typing import TextIO

import orjson
import structlog

from guard.verdict import Verdict
from service.metrics import Account


def logger_to(file: TextIO = sys.stderr) -> structlog.stdlib.BoundLogger:
    """A logger that writes JSON lines to a file, with time and level."""
    logger: structlog.stdlib.BoundLogger = structlog.wrap_logger(
        structlog.PrintLogger(file),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="ts"),
            structlog.processors.JSONRenderer(serializer=_dumps),
        ],
    )
    return logger


def _dumps(event: object, **_: object) -> str:
    return orjson.dumps(event, default=str).decode()


class RequestLog:
    """The access log. With `content` a judged request's question and answers are in its line."""

    def __init__(self, logger: structlog.stdlib.BoundLogger, *, content: bool = False) -> None:
        self._logger = logger
        self._content = content

    def request(self, id_: str, account: Account, status: int, verdict: Verdict | None, client: str) -> None:
        """One finished request."""
        self._logger.info(
            "request",
            id=id_,
            route=account.route,
            dialect=account.dialect,
            mode=account.mode,
            decision=account.decision,
            reason=account.reason,
            status=status,
            client=client or None,
            seconds=round(account.seconds, 4),
            overhead_seconds=round(account.overhead_seconds, 4),
            **self._told(verdict),
        )

    def shadow(self, id_: str, route: str, verdict: Verdict) -> None:
        """What enforcing would have done with a request that was released already."""
        self._logger.info("shadow", id=id_, route=route, **self._told(verdict))

    def _told(self, verdict: Verdict | None) -> dict[str, object]:
        if verdict is None:
            return {}
        return _figures(verdict) | (_content(verdict) if self._content else {})

    def say(self, event: str, **fields: object) -> None:
        """Anything else worth a line."""
        self._logger.warning(event, **fields)


def _content(verdict: Verdict) -> dict[str, object]:
    evidence = verdict.evidence
    if evidence is None:
        return {}
    draws = [draw.text for draw in evidence.draws]
    return {"question": evidence.question, "candidate": evidence.candidate.text, "draws": draws}


def _figures(verdict: Verdict) -> dict[str, object]:
    figures: dict[str, object] = {
        "confidence": verdict.confidence.correctness,
        "threshold": verdict.threshold.correctness,
        "calibration": verdict.calibration,
    }
    if verdict.would is not None:
        figures |= {"would": str(verdict.would.decision), "would_reason": str(verdict.would.reason)}
    evidence = verdict.evidence
    if evidence is not None:
        figures |= {"samples": f"{evidence.used}/{evidence.asked}", "tokens": evidence.tokens}
    return figures
