"""How the judge `nli` is configured: a model file, or a server that has one."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

LABELS: Final = ("entailment", "neutral", "contradiction")
NEEDED: Final = frozenset({"entailment", "contradiction"})


class NliSettings(BaseModel):
    """A model of entailment: an ONNX file with its checksum, or a server of text-embeddings-inference's `/predict`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path | None = Field(None, description="an ONNX file of a pair classifier (extra `nli`)")
    sha256: str | None = Field(None, pattern=r"^[0-9a-f]{64}$", description="the file's SHA-256 in lower-case hex")
    tokenizer: Path | None = Field(None, description="its `tokenizer.json`")
    url: str | None = Field(None, description="address of a server, instead of a file")
    model: str | None = Field(None, min_length=1, description="the server's model: a part of the judge's version")
    labels: tuple[str, ...] = Field(LABELS, description="the model's classes in the order of its outputs")

    @property
    def named(self) -> bool:
        """Is there a model at all?"""
        return self.url is not None or self.path is not None

    @model_validator(mode="after")
    def _one_of_two(self) -> NliSettings:
        file = {"path": self.path, "sha256": self.sha256, "tokenizer": self.tokenizer}
        given = [name for name, value in file.items() if value is not None]
        if self.url is not None:
            if given:
                raise ValueError(f"a server by `url` and a model file (`{given[0]}`) exclude each other")
            if self.model is None:
                raise ValueError("`url` needs `model`, the name of what the server serves: a calibration depends on it")
            _check_address(self.url)
        elif given and len(given) < len(file):
            missing = ", ".join(f"`{name}`" for name, value in file.items() if value is None)
            raise ValueError(f"a model file needs {missing} too; or name a server with `url` and `model`")
        if not set(self.labels) >= NEEDED or len(set(self.labels)) < len(self.labels):
            raise ValueError("`labels` must have `entailment` and `contradiction`, and none of its words twice")
        return self


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        plain = parts.username is None and not set("?#") & set(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and plain
    except ValueError:
        usable = False
    if not usable:
        raise ValueError("`url` is no address of the form http://host or https://host, without a credential or query")
