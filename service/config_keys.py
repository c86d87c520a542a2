"""The keys of `guard.yaml` as the models declare them: for suggestions, for `guard init` and for the docs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from inspect import cleandoc
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from guard.policy import PRESETS
from guard.transports.settings import Limits, Timeouts
from service.contradictions import Path, nearest
from service.settings import ByReference, Settings

EMPTY = object()
"""The default of a key that has none."""

BARE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

TRANSPORT_MEANINGS: Mapping[tuple[type[BaseModel], str], str] = MappingProxyType(
    {
        (Timeouts, "connect_seconds"): "how long a connection may take to open",
        (Timeouts, "idle_seconds"): "how long the endpoint may be silent between two bytes",
        (Timeouts, "total_seconds"): "how long the whole reply may take",
        (Limits, "max_connections"): "open connections at once; further calls wait",
        (Limits, "max_reply_bytes"): "a larger reply (decoded) is an error",
        (Limits, "max_header_bytes"): "a larger head of a reply is an error",
    }
)
"""What the transports' keys mean here; their records say it of the group only."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: `*` in its path stands for a name the owner chooses, `0` for an item of a list."""

    path: tuple[str, ...]
    annotation: Any
    default: Any
    meaning: str

    @property
    def dotted(self) -> str:
        """`policies.*.samples.max`."""
        return ".".join(self.path)

    @property
    def group(self) -> type[BaseModel] | None:
        """The record that this key holds, where it holds keys of its own."""
        return record_below(self.annotation)


def keys(model: type[BaseModel] = Settings, path: tuple[str, ...] = ()) -> Iterator[Key]:
    """Every key in the order of declaration, groups before what is in them."""
    for name, info in model.model_fields.items():
        below = record_below(info.annotation)
        here = (*path, name)
        default = EMPTY if info.is_required() else info.get_default(call_default_factory=True)
        yield Key(here, info.annotation, default, _meaning(model, name, info, below))
        if below is not None:
            yield from keys(below, (*here, *_item(info.annotation)))


def record_below(annotation: Any) -> type[BaseModel] | None:
    """The record inside an annotation, through None, mappings and lists; None where there are only values."""
    for choice in choices(annotation):
        if isinstance(choice, type) and issubclass(choice, BaseModel):
            return choice
        if get_origin(choice) in (dict, tuple):
            below = record_below(_item_annotation(choice))
            if below is not None:
                return below
    return None


def choices(annotation: Any) -> tuple[Any, ...]:
    """What an annotation allows beside None, without its metadata."""
    if get_origin(annotation) is Annotated:
        return choices(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return tuple(one for part in get_args(annotation) for one in choices(part))
    return () if annotation in (None, type(None)) else (annotation,)


def nullable(annotation: Any) -> bool:
    """Whether null is one of the values."""
    if annotation in (None, type(None)):
        return True
    return get_origin(annotation) in (Union, UnionType) and any(map(nullable, get_args(annotation)))


def reference(annotation: Any) -> ByReference | None:
    """The mark of a value that is, or may be, given by reference."""
    if get_origin(annotation) is Annotated:
        return next((mark for mark in get_args(annotation)[1:] if isinstance(mark, ByReference)), None)
    if get_origin(annotation) in (Union, UnionType):
        return next((mark for mark in map(reference, get_args(annotation)) if mark), None)
    return None


def below(annotation: Any, key: str | int) -> Any:
    """The annotation of what stands under a key or index, or None where nothing may."""
    for choice in choices(annotation):
        if isinstance(choice, type) and issubclass(choice, BaseModel):
            info = choice.model_fields.get(str(key))
            return None if info is None else info.annotation
        if get_origin(choice) is dict and isinstance(key, str):
            return _item_annotation(choice)
        if get_origin(choice) is tuple and isinstance(key, int):
            return _item_annotation(choice)
    return None


def at(path: Path) -> Any:
    """The annotation at a path of the whole configuration, or None where nothing may stand."""
    here: Any = Settings
    for key in path:
        here = below(here, key)
    return here


def valid_keys(path: Path) -> tuple[str, ...]:
    """The fixed keys that may stand at a path; empty where names are free or values stand."""
    for choice in choices(at(path)):
        if isinstance(choice, type) and issubclass(choice, BaseModel):
            return tuple(choice.model_fields)
    return ()


def near_key(path: Path, written: str) -> str | None:
    """The nearest valid key for one that is not, at this place or one group below it (then dotted)."""
    valid = valid_keys(path)
    inside = (f"{group}.{written}" for group in valid if written in valid_keys((*path, group)))
    return next(inside, None) or nearest(written, valid)


def preset_value(policy: str, path: Path) -> bool:
    """Whether a preset decides this key of a policy: `path` is relative to the policy."""
    return len(path) == 2 and str(path[1]) in PRESETS.get(policy, {}).get(str(path[0]), {})


def written_as(value: Any) -> str:
    """A default as it is written in the file: JSON, but words that YAML 1.2 reads as words stand bare."""
    if value is EMPTY:
        return "(required)"
    if isinstance(value, str) and BARE.fullmatch(value) and value.lower() not in ("null", "true", "false"):
        return value
    if isinstance(value, list | tuple):
        return "[" + ", ".join(written_as(item) for item in value) + "]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)


def _item(annotation: Any) -> tuple[str, ...]:
    kinds = {get_origin(choice) for choice in choices(annotation)}
    return ("*",) if dict in kinds else ("0",) if tuple in kinds else ()


def _item_annotation(choice: Any) -> Any:
    inside = get_args(choice)
    return inside[1] if get_origin(choice) is dict else inside[0]


def _meaning(model: type[BaseModel], name: str, info: FieldInfo, below: type[BaseModel] | None) -> str:
    if info.description:
        return info.description
    if (model, name) in TRANSPORT_MEANINGS:
        return TRANSPORT_MEANINGS[model, name]
    return cleandoc(below.__doc__ or "").splitlines()[0] if below is not None else ""
