"""Entailment from an ONNX file, in a thread of its own. Needs the extra `nli`, which is imported only here."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson

from guard.errors import ConfigurationError, UpstreamUnreadable

MAX_TOKENS: Final = 256
PADS: Final = ("[PAD]", "<pad>")


class NliFile:
    """See `guard.judges.nli.Classifier`. Raises `ConfigurationError` for a missing extra, a file that is missing or is
    not the one meant, and for a model that does not fit its labels."""

    def __init__(self, path: Path, sha256: str, tokenizer: Path, labels: Sequence[str]) -> None:
        content = _content(path)
        found = hashlib.sha256(content).hexdigest()
        if found != sha256:
            raise ConfigurationError(f"{path}: its SHA-256 is {found}, not the one in `nli.sha256`: another model")
        self._labels = tuple(labels)
        runtime = _extra("onnxruntime")
        try:
            self._session = runtime.InferenceSession(content, providers=["CPUExecutionProvider"])
        except _refusals(runtime) as error:
            raise ConfigurationError(f"{path}: not a usable ONNX model: {error}") from error
        self._inputs = {each.name: each.shape for each in self._session.get_inputs()}
        self._tokenizer = _tokenizer(tokenizer, self._length())
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="nli")
        self._try(path)

    def _length(self) -> int | None:
        """The number of tokens that the model insists on; None where any will do."""
        lengths = {shape[1] for shape in self._inputs.values() if len(shape) > 1 and isinstance(shape[1], int)}
        return lengths.pop() if lengths else None

    def _try(self, path: Path) -> None:
        """A batch of two of unlike lengths, as requests bring them."""
        try:
            scores = self._scores([("A cat sleeps.", "An animal sleeps."), ("It rains.", "It does not rain at all.")])
        except _refusals(_extra("onnxruntime")) as error:
            raise ConfigurationError(f"{path}: the model does not take what the tokenizer gives: {error}") from error
        if scores.ndim != 2 or len(scores) != 2 or scores.shape[1] != len(self._labels):
            shape, classes = list(scores.shape), len(self._labels)
            raise ConfigurationError(
                f"{path}: for two pairs its output has shape {shape}, and `nli.labels` names {classes} classes"
            )

    async def classify(self, pairs: Sequence[tuple[str, str]]) -> Sequence[str]:
        """One batch, off the event loop; batches of other requests wait for it. Raises `UpstreamUnreadable`."""
        try:
            scores = await asyncio.get_running_loop().run_in_executor(self._thread, self._scores, list(pairs))
        except _refusals(_extra("onnxruntime")) as error:
            raise UpstreamUnreadable(f"the model of the judge nli failed: {error}") from error
        return [self._labels[place] for place in scores.argmax(axis=1)]

    def _scores(self, pairs: Sequence[tuple[str, str]]) -> Any:
        """Logits, one row for each pair."""
        encoded = self._tokenizer.encode_batch(list(pairs))
        columns = {
            "input_ids": [each.ids for each in encoded],
            "attention_mask": [each.attention_mask for each in encoded],
            "token_type_ids": [each.type_ids for each in encoded],
        }
        given = {name: np.array(columns[name], dtype=np.int64) for name in self._inputs if name in columns}
        return self._session.run(None, given)[0]

    async def close(self) -> None:
        """Let go of the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def _refusals(runtime: Any) -> tuple[type[Exception], ...]:
    """What the runtime raises for a file or an input that it cannot use."""
    state = runtime.capi.onnxruntime_pybind11_state
    named = ("Fail", "InvalidProtobuf", "InvalidGraph", "InvalidArgument", "NotImplemented", "RuntimeException")
    return (*(getattr(state, name) for name in named), ValueError)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path}: {error.strerror}") from error


def _extra(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"the judge nli with a model file needs {name}: pip install 'abstention-guard[nli]', or name a server by "
            "`nli.url`"
        ) from error


def _tokenizer(path: Path, length: int | None) -> Any:
    """The tokenizer of `tokenizer.json`, padding to the longest of a batch or to what the model insists on."""
    content = _content(path)
    try:
        written = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise ConfigurationError(f"{path}: not a `tokenizer.json`: {error}") from error
    if not isinstance(written, dict) or not isinstance(written.get("model"), dict):
        raise ConfigurationError(f"{path}: not a `tokenizer.json`: it has no `model`")
    found = _extra("tokenizers").Tokenizer.from_str(content.decode())
    padding = found.padding or {}
    named = next((pad for pad in PADS if found.token_to_id(pad) is not None), PADS[0])
    found.enable_padding(
        pad_id=padding.get("pad_id", found.token_to_id(named) or 0),
        pad_token=padding.get("pad_token", named),
        length=length,
    )
    found.enable_truncation(max_length=length or MAX_TOKENS)
    return found
