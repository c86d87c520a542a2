"""What is wrong with a configuration, and where: `file:line:column: key: message`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from guard.errors import ConfigurationError
from service.config_keys import at, choices, near_key, valid_keys
from service.config_tree import Fault, Node, Origin
from service.contradictions import Contradiction, Contradictions, Path, nearest


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong, or worth knowing. `file` is the file, variable or flag; lines and columns from 1."""

    file: str
    line: int | None
    column: int | None
    key: str
    message: str
    suggestion: str | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        said = f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"
        return f"{said}; did you mean '{self.suggestion}'?" if self.suggestion else said


class ConfigError(ConfigurationError):
    """The configuration cannot be used; `findings` holds every reason, in the order of the file."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=_order))
        super().__init__("\n".join(map(str, self.findings)))


def finding(origin: Origin, path: Path, message: str, suggestion: str | None = None) -> Finding:
    """A finding at a place. Keys are the owner's words: shortened, and without what would break the line."""
    key = _printable(".".join(str(part) for part in path), 120)
    said = _printable(message, 300)
    return Finding(_printable(origin.source, 4096), origin.line, origin.column, key, said, suggestion)


def of_fault(fault: Fault) -> Finding:
    """What the document's reader found."""
    return finding(fault.origin, fault.path, fault.message)


def of_contradiction(item: Contradiction, tree: Node) -> Finding:
    """What does not fit together, at the key to change (or the nearest place that is written)."""
    return finding(tree.nearest(item.path)[1].origin, item.path, item.message, item.suggestion)


def of_validation(error: ValidationError, tree: Node) -> Iterator[Finding]:
    """What the models refuse. The values refused are not repeated: they may be secrets."""
    for details in error.errors(include_url=False, include_input=False):
        raised = details.get("ctx", {}).get("error")
        if isinstance(raised, Contradictions):
            yield from (of_contradiction(item, tree) for item in raised.items)
        else:
            yield _of_details(details, tree)


def _of_details(details: ErrorDetails, tree: Node) -> Finding:
    path: Path = details["loc"]
    if details["type"] == "extra_forbidden":
        return _unknown(path, tree)
    if path and path[-1] == "[key]":
        message = "a name is made of letters, digits, `_`, `.` and `-`"
        return finding(tree.nearest(path[:-1])[1].origin, path[:-1], message)
    reached, node = tree.nearest(path)
    # A union puts the names of its choices behind the path; what is not in the file is not part of the key.
    known = path if details["type"] == "missing" or at(path) is not None else reached
    message, suggestion = _said(details, known, node)
    return finding(node.origin, known, message, suggestion)


def _unknown(path: Path, tree: Node) -> Finding:
    here, written = path[:-1], str(path[-1])
    near = near_key(here, written)
    message = "unknown key" if near else f"unknown key (valid: {', '.join(valid_keys(here))})"
    return finding(tree.nearest(path)[1].origin, path, message, near)


def _said(details: ErrorDetails, path: Path, node: Node) -> tuple[str, str | None]:
    """The message, and the nearest word where only certain words are valid."""
    annotation = at(path)
    kind, text = details["type"], details["msg"].removeprefix("Value error, ")
    if kind == "literal_error":
        words = [str(word) for word in literal_words(annotation)]
        return f"must be one of: {', '.join(words)}", nearest(str(node.value), words)
    if kind == "missing":
        return "is required", None
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        keys = ", ".join(valid_keys(path))
        return f"must be a group of keys ({keys})" if keys else "must be a group of names", None
    if kind == "tuple_type":
        return "must be a list", None
    if kind == "string_pattern_mismatch":
        return f"must match {details.get('ctx', {}).get('pattern', '')}", None
    return text.replace("Input should be", "must be").replace("String should", "must"), None


def literal_words(annotation: Any) -> tuple[Any, ...]:
    """The words that a key allows, where it allows only certain ones."""
    literals = (choice for choice in choices(annotation) if get_origin(choice) is Literal)
    return tuple(word for literal in literals for word in get_args(literal))


def _order(item: Finding) -> tuple[bool, str, int, int]:
    return item.line is None, item.file, item.line or 0, item.column or 0


def _printable(text: str, most: int) -> str:
    kept = "".join(char if char.isprintable() else "?" for char in text)
    return kept if len(kept) <= most else f"{kept[: most - 3]}..."
