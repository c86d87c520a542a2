"""Entailment from a server of text-embeddings-inference: `POST /predict`.

Wire format of that project's HTTP API (`PredictRequest`, `PredictResponse`): `inputs` is a list of pairs, the reply for
each pair a list of `{"label", "score"}`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from guard.errors import UpstreamRefused, UpstreamUnreadable
from guard.upstream import Call, Upstream


class NliServer:
    """See `guard.judges.nli.Classifier`. `labels` are what `LABEL_0`, `LABEL_1` and so on mean."""

    def __init__(self, upstream: Upstream, labels: Sequence[str]) -> None:
        self._upstream = upstream
        self._labels = tuple(labels)

    async def classify(self, pairs: Sequence[tuple[str, str]]) -> Sequence[str]:
        """One call. Raises `UpstreamError`."""
        body = orjson.dumps({"inputs": [list(pair) for pair in pairs], "truncate": True, "raw_scores": False})
        headers = (("content-type", "application/json"),)
        reply = await self._upstream.send(Call("POST", "/predict", body, headers=headers))
        if reply.status >= 400:
            raise UpstreamRefused(reply)
        try:
            found = orjson.loads(reply.body)
        except orjson.JSONDecodeError as error:
            raise UpstreamUnreadable("the inference server's reply is not JSON") from error
        if not isinstance(found, list) or len(found) != len(pairs):
            raise UpstreamUnreadable("the inference server's reply has not one list of classes for each pair")
        return [self._likeliest(classes) for classes in found]

    def _likeliest(self, classes: Any) -> str:
        try:
            best = max(classes, key=lambda each: float(each["score"]))
            label = str(best["label"]).lower()
        except (TypeError, KeyError, ValueError) as error:
            raise UpstreamUnreadable("the inference server's classes are not of the form label and score") from error
        number = label.removeprefix("label_")
        if number != label and number.isdecimal() and int(number) < len(self._labels):
            return self._labels[int(number)]
        if label not in self._labels:
            raise UpstreamUnreadable(f"the inference server knows a class {label[:40]!r} that `nli.labels` has not")
        return label

    async def close(self) -> None:
        """Close the connections."""
        await self._upstream.close()
