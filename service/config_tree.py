"""YAML 1.2 into a tree of values that know where they stand.

The parser's events are counted before anything is built, so that neither depth nor aliases can make a small
file cost much (the "billion laughs" document).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    NodeEvent,
)
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from service.contradictions import Path

MAX_ALIASES = 100
MAX_DEPTH = 32
MAX_NODES = 20_000
"""Values in one document, those that aliases repeat counted every time."""

CORE = "tag:yaml.org,2002:"
TAGS = frozenset(
    CORE + kind for kind in ("map", "seq", "str", "null", "bool", "int", "float", "timestamp", "value", "merge")
)
"""What the resolver gives out by itself; dates stay words, as YAML 1.2 has it."""

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from: a file (lines and columns count from 1), a variable, a flag."""

    source: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A value, or a mapping or list of nodes. `origin` is its key's place, or its own where it has no key."""

    value: Scalar | Mapping[str, Node] | tuple[Node, ...] = field(repr=False)
    origin: Origin

    def children(self) -> Iterator[tuple[str | int, Node]]:
        """What is directly below, with its key or index."""
        if isinstance(self.value, Mapping):
            yield from self.value.items()
        elif isinstance(self.value, tuple):
            yield from enumerate(self.value)

    def child(self, key: str | int) -> Node | None:
        """The node under a key or index, or None."""
        if isinstance(self.value, Mapping) and isinstance(key, str):
            return self.value.get(key)
        if isinstance(self.value, tuple) and isinstance(key, int) and key < len(self.value):
            return self.value[key]
        return None

    def at(self, path: Path) -> Node | None:
        """The node at a path, or None."""
        here: Node | None = self
        for key in path:
            here = here.child(key) if here is not None else None
        return here

    def nearest(self, path: Path) -> tuple[Path, Node]:
        """The deepest node that exists on the way to a path, with its own path."""
        here, walked = self, 0
        for key in path:
            below = here.child(key)
            if below is None:
                break
            here, walked = below, walked + 1
        return path[:walked], here

    def put(self, path: Path, node: Node) -> Node:
        """This tree with another node at a path; missing mappings on the way are made. Lists do not grow."""
        if not path:
            return node
        key, rest = path[0], path[1:]
        below = self.child(key) or Node({}, node.origin)
        if isinstance(self.value, tuple) and isinstance(key, int):
            items = tuple(below.put(rest, node) if at == key else item for at, item in enumerate(self.value))
            return replace(self, value=items)
        written = self.value if isinstance(self.value, Mapping) else {}
        return replace(self, value={**written, str(key): below.put(rest, node)})

    def plain(self) -> Any:
        """The values alone: dictionaries, lists, scalars."""
        if isinstance(self.value, Mapping):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, tuple):
            return [node.plain() for node in self.value]
        return self.value


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with the document itself."""

    origin: Origin
    path: Path
    message: str


class Unreadable(Exception):
    """The document is not YAML that the guard is willing to read; `fault` says where and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def read_yaml(text: str, source: str) -> tuple[Node, tuple[Fault, ...]]:
    """The document as a tree, and what is wrong inside it without making it unreadable.

    An empty document is an empty mapping. Raises `Unreadable` for a syntax error, a second document, and more
    than `MAX_ALIASES` aliases, `MAX_DEPTH` levels or `MAX_NODES` values.
    """
    try:
        _weigh(text, source)
        document = _yaml().compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        origin = Origin(source, mark.line + 1, mark.column + 1) if mark else Origin(source, 1, 1)
        raise Unreadable(Fault(origin, (), f"not YAML: {error.problem or error.context}")) from None
    except (YAMLError, ValueError, OverflowError) as error:
        # The scanner lets `chr()` speak for an escape beyond Unicode, the reader for a control character.
        raise Unreadable(_unmarked(error, text, source)) from None
    if document is None or str(getattr(document, "tag", "")) == f"{CORE}null":
        return Node({}, Origin(source, 1, 1)), ()
    reader = _Reader(source)
    return reader.node(document, (), None), tuple(reader.faults)


def read_scalar(text: str, origin: Origin) -> Node:
    """A variable's value as YAML reads it: a bare scalar, or a list or mapping in brackets.

    Raises `Unreadable` where brackets or quotes do not close.
    """
    if text[:1] in ("[", "{", '"', "'"):
        tree, faults = read_yaml(text, origin.source)
        if faults:
            raise Unreadable(faults[0])
        return _moved(tree, origin)
    resolver = _yaml().resolver
    return Node(_scalar(str(resolver.resolve(ScalarNode, text, (True, False))), text), origin)


def _yaml() -> YAML:
    yaml = YAML(typ="safe", pure=True)
    yaml.composer.warn_double_anchors = False  # an anchor may be used anew in YAML 1.2; no word on stderr
    return yaml


def _weigh(text: str, source: str) -> None:
    """Refuse what would be costly to build, from the events alone."""
    depth = aliases = nodes = documents = 0
    for event in _yaml().parse(text):
        nodes += isinstance(event, NodeEvent)
        aliases += isinstance(event, AliasEvent)
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        documents += isinstance(event, DocumentStartEvent)
        complaint = _too_much(depth, aliases, nodes, documents)
        if isinstance(event, DocumentStartEvent) and event.version not in (None, (1, 2)):
            complaint = "this file is read as YAML 1.2; remove the %YAML line"
        if complaint:
            mark = event.start_mark
            raise Unreadable(Fault(Origin(source, mark.line + 1, mark.column + 1), (), complaint))


def _too_much(depth: int, aliases: int, nodes: int, documents: int) -> str | None:
    if depth > MAX_DEPTH:
        return f"nested more than {MAX_DEPTH} levels deep"
    if aliases > MAX_ALIASES:
        return f"more than {MAX_ALIASES} aliases"
    if nodes > MAX_NODES:
        return f"more than {MAX_NODES} values"
    return "a second document begins here; one file holds one" if documents > 1 else None


def _unmarked(error: Exception, text: str, source: str) -> Fault:
    """The place of an error that has none: the reader gives an offset, the rest the document."""
    offset = getattr(error, "position", None)
    before = text[:offset] if isinstance(offset, int) else ""
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    reason = getattr(error, "reason", None) or "an escape or a character that YAML does not have"
    return Fault(Origin(source, line, column), (), f"not YAML: {reason}")


class _Reader:
    """Builds the tree out of the parser's nodes, and remembers what is wrong on the way."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.faults: list[Fault] = []
        self._built = 0
        self._section = Origin(source, 1, 1)
        self._open: list[int] = []

    def node(self, made: Any, path: Path, key: Origin | None) -> Node:
        origin = key or self._origin(made)
        self._built += 1
        if len(path) == 1:
            self._section = origin
        if self._built > MAX_NODES:
            raise Unreadable(
                Fault(self._section, path[:1], f"more than {MAX_NODES} values once the aliases are written out")
            )
        if id(made) in self._open:
            raise Unreadable(Fault(origin, path, "an alias inside its own anchor"))
        self._open.append(id(made))
        node = Node(self._value(made, path, origin), origin)
        self._open.pop()
        return node

    def _value(self, made: Any, path: Path, origin: Origin) -> Scalar | Mapping[str, Node] | tuple[Node, ...]:
        if str(made.tag) not in TAGS:
            self.faults.append(Fault(origin, path, "tags (!) are not used in this file"))
            return None
        if isinstance(made, MappingNode):
            return self._mapping(made, path)
        if isinstance(made, SequenceNode):
            return tuple(self.node(item, (*path, index), None) for index, item in enumerate(made.value))
        try:
            return _scalar(str(made.tag), str(made.value))
        except ValueError as error:
            self.faults.append(Fault(origin, path, str(error)))
            return None

    def _mapping(self, made: MappingNode, path: Path) -> Mapping[str, Node]:
        written: dict[str, Node] = {}
        for key, value in made.value:
            origin = self._origin(key)
            if not isinstance(key, ScalarNode):
                self.faults.append(Fault(origin, path, "a key must be a word"))
                continue
            name = str(key.value)
            if str(key.tag).endswith(":merge"):
                message = "merge keys are not part of YAML 1.2; write the keys out"
                self.faults.append(Fault(origin, (*path, name), message))
            elif name in written:
                first = written[name].origin
                self.faults.append(Fault(origin, (*path, name), f"this key stands in line {first.line} already"))
            else:
                written[name] = self.node(value, (*path, name), origin)
        return written

    def _origin(self, made: Any) -> Origin:
        return Origin(self.source, made.start_mark.line + 1, made.start_mark.column + 1)


def _scalar(tag: str, text: str) -> Scalar:
    """The value of a scalar. Raises `ValueError` in words for the owner."""
    kind = tag.removeprefix(CORE)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind in ("int", "float"):
        return _number(kind, text.replace("_", ""))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("half a character (a lone surrogate)") from None
    return text


def _number(kind: str, text: str) -> int | float:
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("+-")
    bases = {"0x": 16, "0o": 8, "0b": 2}
    try:
        if kind == "int":
            return sign * int(digits, bases.get(digits[:2].lower(), 10))
        value = float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError:
        raise ValueError("not a number that can be read") from None
    if not isfinite(value):
        raise ValueError("must be a finite number")
    return value


def _moved(node: Node, origin: Origin) -> Node:
    """The same tree, every node of it at one place."""
    if isinstance(node.value, Mapping):
        return Node({key: _moved(below, origin) for key, below in node.value.items()}, origin)
    if isinstance(node.value, tuple):
        return Node(tuple(_moved(below, origin) for below in node.value), origin)
    return Node(node.value, origin)
