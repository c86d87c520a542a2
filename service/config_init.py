"""The commented `guard.yaml` that `guard init` writes: made from the models, so that it cannot drift."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import get_origin

from guard.policy import Policy
from guard.signals import SIGNALS
from service.config_keys import EMPTY, Key, choices, keys, preset_value, record_below, written_as
from service.config_notices import without_effect

COLUMN = 46
DEFAULT_PRESET = Policy().preset
HEADER = """\
# Configuration of the abstention guard (YAML 1.2): every key with its default and what it means.
#
# A key behind a bare # is not set: take the # away to set it. Unknown keys are errors, and
# `guard config check` says where. A variable wins over this file: GUARD__SERVER__PORT=9000.
# Secrets are written by reference: env:NAME or file:/path.
"""

EXAMPLES: Mapping[tuple[str, ...], str] = MappingProxyType(
    {
        ("upstreams", "*", "base_url"): "https://api.openai.com/v1",
        ("routes", "0", "upstream"): "main",
        ("policies", "*", "second_model", "upstream"): "main",
        ("policies", "*", "second_model", "model"): "another-model",
        ("policies", "*", "judge_model", "upstream"): "main",
        ("policies", "*", "judge_model", "model"): "another-model",
        ("auth", "clients", "0", "name"): "somebody",
        ("auth", "clients", "0", "key_sha256"): '"' + "0" * 64 + '"',
    }
)
"""What stands for the keys that have no default."""

NAMES: Mapping[str, str] = MappingProxyType({"upstreams": "main", "policies": "balanced"})
"""The name that stands for the owner's own."""


def commented_yaml() -> str:
    """Every key with its default and its meaning; loads as the defaults, without a notice."""
    return HEADER + "\n" + "".join(_lines(list(keys())))


def _lines(every: list[Key]) -> Iterator[str]:
    opened: set[tuple[str, ...]] = set()
    for key in every:
        if len(key.path) == 1 and key is not every[0]:
            yield "\n"
        yield from _item_opening(key, opened)
        yield _line(key)


def _item_opening(key: Key, opened: set[tuple[str, ...]]) -> Iterator[str]:
    """The owner's name above the first key of an entry: `main:` under `upstreams:`."""
    entry = key.path[:-1]
    if entry and entry[-1] == "*" and entry not in opened:
        opened.add(entry)
        line = "  " * (len(entry) - 1) + f"{NAMES[entry[0]]}:"
        yield f"#{line}\n" if _commented(key) and entry[0] != "policies" else f"{line}\n"


def _line(key: Key) -> str:
    written = f"{_indent(key)}{key.path[-1]}:"
    value = _value(key)
    if value:
        written += f" {value}"
    line = f"#{written}" if _commented(key) else written
    return f"{line.ljust(COLUMN)}  # {key.meaning}\n"


def _indent(key: Key) -> str:
    """Two spaces a level; the first key of a list's item carries the dash."""
    spaces = "  " * (len(key.path) - 1)
    entry = key.path[-2] if len(key.path) > 1 else ""
    first = next(other for other in keys() if other.path[:-1] == key.path[:-1])
    return spaces[:-2] + "- " if entry == "0" and first.path == key.path else spaces


def _value(key: Key) -> str:
    if key.default is EMPTY:
        return EXAMPLES[key.path]
    if record_below(key.annotation) is not None:
        return ""  # its keys follow
    if not key.default and any(get_origin(choice) is dict for choice in choices(key.annotation)):
        return "{}"
    return written_as(key.default)


def _commented(key: Key) -> bool:
    """Whether a key is left unset.

    So are entries that the owner has to name, what is in groups that are null, keys that are the preset's to
    decide, and keys that would only earn a notice.
    """
    of_policy = key.path[2:] if key.path[:2] == ("policies", "*") else ()
    named_by_owner = "0" in key.path or (key.path[0] == "upstreams" and len(key.path) > 1)
    in_null_group = any(other.path == key.path[:-1] and other.default is None for other in keys())
    unmeasured = of_policy == ("signals",) and not set(key.default) <= set(SIGNALS)
    noticed = unmeasured or without_effect(key.path)
    return named_by_owner or in_null_group or noticed or preset_value(DEFAULT_PRESET, of_policy)
