"""Where values come from beside the file: variables named `GUARD__SECTION__KEY`, and flags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_origin

from service.config_findings import Finding, finding
from service.config_keys import at, below, choices, near_key, record_below, valid_keys
from service.config_tree import Node, Origin, Unreadable, read_scalar
from service.contradictions import Path, nearest
from service.settings import DEFAULT_POLICY

PREFIX = "GUARD__"
FLAG = "flag"


class Unplaced(Exception):
    """A variable or flag names no key; `near` is the nearest valid name of the part that failed."""

    def __init__(self, path: Path, message: str, near: str | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.near = near


def with_variables(tree: Node, environ: Mapping[str, str]) -> tuple[Node, list[Finding]]:
    """The tree with every `GUARD__...` variable laid over it, and what is wrong with them."""
    findings: list[Finding] = []
    for name in sorted(environ):
        if not name.startswith(PREFIX):
            continue
        origin = Origin(name)
        try:
            path = place(tree, name.removeprefix(PREFIX).split("__"))
            tree = tree.put(path, read_scalar(environ[name], origin))
        except Unplaced as lost:
            near = lost.near and lost.near.upper().replace(".", "__")
            findings.append(finding(origin, lost.path, str(lost), near))
        except Unreadable as unreadable:
            findings.append(finding(origin, (), unreadable.fault.message))
    return tree, findings


def with_flags(tree: Node, flags: Mapping[str, Any]) -> tuple[Node, list[Finding]]:
    """The tree with flags laid over it: dotted keys to plain values. The strongest source."""
    findings: list[Finding] = []
    for dotted, value in flags.items():
        origin = Origin(FLAG)
        try:
            tree = tree.put(place(tree, dotted.split(".")), _planted(value, origin))
        except Unplaced as lost:
            findings.append(finding(origin, lost.path, str(lost), lost.near))
    return tree, findings


def place(tree: Node, parts: list[str]) -> Path:
    """The path that names mean, whatever their case.

    Names that the owner chose are matched to those in the tree (`-` and `.` as `_`), items by number or, for
    routes and clients, by name. Raises `Unplaced`.
    """
    path: Path = ()
    for part in parts:
        path = (*path, _step(tree, path, part))
    if not parts or not parts[0]:
        raise Unplaced((), "names no key")
    return path


def _step(tree: Node, path: Path, part: str) -> str | int:
    fixed = valid_keys(path)
    if fixed:
        if part.lower() in fixed:
            return part.lower()
        near = near_key(path, part.lower())
        hint = "" if near else f" (valid: {', '.join(fixed)})"
        raise Unplaced((*path, part.lower()), f"unknown key{hint}", near)
    kinds = {get_origin(choice) for choice in choices(at(path))}
    if dict in kinds:
        return _chosen_name(tree, path, part)
    if tuple in kinds:
        return _item(tree, path, part)
    raise Unplaced((*path, part.lower()), "a value has no keys below it")


def _chosen_name(tree: Node, path: Path, part: str) -> str:
    written = [str(key) for key, _ in _children(tree, path)] + ([DEFAULT_POLICY] if path == ("policies",) else [])
    same = [name for name in written if _folded(name) == _folded(part)]
    return same[0] if same else part.lower()


def _item(tree: Node, path: Path, part: str) -> int:
    items = list(_children(tree, path))
    for index, (_, item) in enumerate(items):
        name = item.child("name")
        if part == str(index) or (name is not None and _folded(str(name.value)) == _folded(part)):
            return index
    named = [str(name.value) for _, item in items if (name := item.child("name")) is not None]
    if record_below(below(at(path), 0)) is None:
        raise Unplaced(path, "give the whole list: [a, b]")
    raise Unplaced(
        (*path, part.lower()), f"no item of the list is called so (it has {len(items)})", nearest(part, named)
    )


def _children(tree: Node, path: Path) -> Iterator[tuple[str | int, Node]]:
    node = tree.at(path)
    return iter(()) if node is None else node.children()


def _folded(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")


def _planted(value: Any, origin: Origin) -> Node:
    if isinstance(value, Mapping):
        return Node({str(key): _planted(item, origin) for key, item in value.items()}, origin)
    if isinstance(value, list | tuple):
        return Node(tuple(_planted(item, origin) for item in value), origin)
    return Node(value, origin)
