"""`POST /v1/guard/feedback`: what a caller knows of an answer that it got."""

from __future__ import annotations

import orjson
from starlette.requests import Request
from starlette.responses import Response

from guard.dialects import Dialect
from guard.errors import DialectError, GuardError
from service.admission import authenticated
from service.errors import RequestProblem, problem_of, response_of
from service.incoming import credential_of, parse_json, read_body
from service.metrics import LABELS
from service.serving import Serving

MAX_BYTES = 4096


async def feedback(request: Request, serving: Serving, dialect: Dialect) -> Response:
    """Count a label for a decision among the last ones, given with the credential that got the answer."""
    try:
        authenticated(request, serving)
        raw = await read_body(request, MAX_BYTES)
        id_, label = _read(parse_json(request, raw, max_depth=8))
        decided = serving.recent.find(id_)
        if decided is None:
            raise RequestProblem(404, "no decision of this id among those kept", code="unknown_id", param="id")
        if decided.owner != credential_of(request):
            raise RequestProblem(403, "this answer was given to another credential", code="not_yours", param="id")
    except GuardError as error:
        return response_of(problem_of(error), dialect, {})
    serving.metrics.feedback.labels(decided.route, label).inc()
    return Response(orjson.dumps({"id": id_, "label": label}), media_type="application/json")


def _read(body: object) -> tuple[str, str]:
    """Id and label. Raises `DialectError`."""
    if not isinstance(body, dict) or not isinstance(body.get("id"), str):
        raise DialectError("`id` must be the x-guard-id of an answer", param="id")
    label = body.get("label")
    if not isinstance(label, str) or label not in LABELS:
        raise DialectError(f"`label` must be one of {', '.join(sorted(LABELS))}", param="label")
    return body["id"], label
