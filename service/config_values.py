"""From the tree to the plain values that the models take.

On the way secrets are fetched, paths placed, and what this version does not have is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, get_origin
from urllib.parse import urlsplit

from pydantic import BaseModel, SecretStr

from service.config_findings import Finding, finding, literal_words
from service.config_keys import at, below, choices, nullable, record_below, reference
from service.config_tree import Node, Origin
from service.contradictions import Path
from service.settings import ByReference, Settings

MAX_SECRET_BYTES = 65_536
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
CREDENTIAL = re.compile(r"(^|[-_])(authorization|api-?key|key|token|secret|password|cookie)$", re.IGNORECASE)
"""Names of headers and query parameters whose values are secrets."""

ABSENT = object()
"""A key that is written with nothing below it, or whose value was refused already."""


@dataclass(frozen=True, slots=True)
class NotYet:
    """A key of the contract, or words of one, that this version cannot honour; no words = all but null."""

    path: tuple[str, ...]
    words: frozenset[str] = frozenset()
    instead: str = "leave it out or write null"


NOT_YET = (
    NotYet(("policies", "*", "judge"), frozenset({"embedding"}), "write lexical, nli or llm"),
    NotYet(("policies", "*", "tools"), frozenset({"score"}), "write passthrough"),
    NotYet(("upstreams", "*", "dialect"), frozenset({"anthropic"}), "write openai"),
    NotYet(("upstreams", "*", "retries")),
    NotYet(("upstreams", "*", "breaker")),
    NotYet(("store", "url")),
    NotYet(("cache", "url")),
)
"""A line that the models have come to accept has no effect any more."""


def fits(path: Path, pattern: tuple[str, ...]) -> bool:
    """Whether a path is one that a pattern with `*` describes."""
    return len(path) == len(pattern) and all(want in ("*", key) for key, want in zip(path, pattern, strict=True))


@dataclass(slots=True)
class Preparation:
    """One walk over the tree. `findings` fills up; the values come back from `values`."""

    environ: Mapping[str, str]
    folder: FilePath
    findings: list[Finding] = field(default_factory=list)

    def values(self, tree: Node) -> Any:
        """The plain values of a whole configuration."""
        return self._value(tree, Settings, ())

    def _value(self, node: Node, annotation: Any, path: Path) -> Any:
        if self._not_yet(node, path) or _emptied(node, annotation):
            return ABSENT
        mark = reference(annotation)
        if mark is not None and node.value is not None:
            return self._secret(node, mark, path)
        if isinstance(node.value, bool) and _numeric(annotation):
            return self._refuse(node.origin, path, "must be a number, not true or false")
        if FilePath in choices(annotation) and isinstance(node.value, str):
            return self._placed(node)
        if isinstance(node.value, Mapping):
            inside = {key: self._value(item, below(annotation, key), (*path, key)) for key, item in node.children()}
            return {key: value for key, value in inside.items() if value is not ABSENT}
        if isinstance(node.value, tuple):
            return [self._value(item, below(annotation, key), (*path, key)) for key, item in node.children()]
        return node.value

    def _refuse(self, origin: Origin, path: Path, message: str) -> object:
        self.findings.append(finding(origin, path, message))
        return ABSENT

    def _not_yet(self, node: Node, path: Path) -> bool:
        for line in NOT_YET:
            if node.value is None or not fits(path, line.path) or _supported(path, node.value):
                continue
            if not line.words or (isinstance(node.value, str) and node.value in line.words):
                what = f"'{node.value}' is" if line.words else "is"
                self._refuse(node.origin, path, f"{what} not in this version; {line.instead}")
                return True
        return False

    def _placed(self, node: Node) -> str:
        """A path, from the folder of the file where it is written; from the working folder otherwise."""
        return str(self.folder / str(node.value)) if node.origin.line is not None else str(node.value)

    def _secret(self, node: Node, mark: ByReference, path: Path) -> Any:
        kind, colon, where = node.value.partition(":") if isinstance(node.value, str) else ("", "", "")
        if colon and kind == "env":
            return self._from_environment(where, node, path)
        if colon and kind == "file":
            return self._from_file(where, node, path)
        if mark.only or _credential(path, node.value):
            message = "a secret is written by reference (env:NAME or file:/path), never as itself"
            return self._refuse(node.origin, path, message)
        return SecretStr(node.value) if isinstance(node.value, str) else node.plain()

    def _from_environment(self, name: str, node: Node, path: Path) -> Any:
        if not VARIABLE.fullmatch(name):  # not repeated: it may be the secret itself
            return self._refuse(node.origin, path, "what follows env: is not the name of a variable")
        text = self.environ.get(name, "").strip()
        if text:
            return SecretStr(text)
        state = "empty" if name in self.environ else "not set"
        return self._refuse(node.origin, path, f"the environment variable {name} is {state}")

    def _from_file(self, name: str, node: Node, path: Path) -> Any:
        try:
            with (self.folder / name).open("rb") as opened:
                text = opened.read(MAX_SECRET_BYTES + 1).decode()
        except (OSError, UnicodeDecodeError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "not readable as text"
            return self._refuse(node.origin, path, f"the secret's file: {reason}")
        if len(text) > MAX_SECRET_BYTES or not text.strip():
            reason = "too large for a secret" if text.strip() else "empty"
            return self._refuse(node.origin, path, f"the secret's file: {reason}")
        return SecretStr(text.strip())


def _emptied(node: Node, annotation: Any) -> bool:
    """`server:` with nothing below it means the defaults, not null."""
    if node.value is not None or nullable(annotation):
        return False
    allowed = choices(annotation)
    return record_below(annotation) is not None or any(get_origin(choice) in (dict, tuple) for choice in allowed)


def _numeric(annotation: Any) -> bool:
    allowed = choices(annotation)
    return bool(allowed) and all(choice in (int, float) for choice in allowed)


def _supported(path: Path, value: Any) -> bool:
    """Whether the models have come to accept what `NOT_YET` lists."""
    annotation = at(path)
    if any(isinstance(choice, type) and issubclass(choice, BaseModel) for choice in choices(annotation)):
        return True
    words = literal_words(annotation)
    return value in words if words else bool(choices(annotation))


def _credential(path: Path, value: Any) -> bool:
    if len(path) == 4 and path[2] in ("headers", "query"):
        return CREDENTIAL.search(str(path[3])) is not None
    return path[-1] == "proxy" and "@" in _authority(str(value))


def _authority(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return address
