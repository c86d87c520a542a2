"""`guard.yaml`, the environment and the flags into one `Settings`, or into every reason why not.

The only reader of the environment. Precedence: flag, environment, file, default.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from service.config_findings import (
    ConfigError,
    Finding,
    finding,
    of_contradiction,
    of_fault,
    of_validation,
)
from service.config_notices import misspelt_signals, notices
from service.config_sources import with_flags, with_variables
from service.config_tree import Node, Origin, Unreadable, read_yaml
from service.config_values import Preparation
from service.contradictions import FURTHER_MODELS, Facts, RouteFacts, contradictions
from service.settings import DEFAULT_POLICY, Settings

__all__ = ["MAX_FILE_BYTES", "ConfigError", "Finding", "Loaded", "load"]

MAX_FILE_BYTES = 1_048_576


@dataclass(frozen=True, slots=True)
class Loaded:
    """A valid configuration. `notices` are worth showing at start; `source` is the file, None without one.

    `tree` holds what was written and where, references unresolved: `guard config explain` reads it.
    """

    settings: Settings
    notices: tuple[Finding, ...]
    source: FilePath | None
    tree: Node = field(repr=False)

    @property
    def folder(self) -> FilePath:
        """Where the relative paths of the file start, `calibration` among them."""
        return FilePath() if self.source is None else self.source.parent


def load(
    path: str | FilePath | None = None,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Loaded:
    """Read, merge and check a configuration.

    `path` None = no file; relative paths in a file start at its folder. `environ` None = the process's: it
    overrides keys (`GUARD__SECTION__KEY`), and references (`env:NAME`) are looked up in it. `overrides` are
    flags: dotted keys to plain values (`{"server.port": 9000}`).

    Raises `ConfigError` with every finding at once.
    """
    environ = os.environ if environ is None else environ
    source = None if path is None else FilePath(path)
    folder = FilePath() if source is None else source.parent
    tree, findings = _read(source)
    tree, misplaced = with_variables(tree, environ)
    tree, misnamed = with_flags(tree, overrides or {})
    preparation = Preparation(environ, folder)
    values = preparation.values(tree)
    early = [*findings, *misplaced, *misnamed, *preparation.findings, *misspelt_signals(tree)]
    settings = _validated(values, tree, early)
    return Loaded(settings, notices(tree, settings, folder), source, tree)


def _read(source: FilePath | None) -> tuple[Node, list[Finding]]:
    """The file's tree and what is wrong in it. Raises `ConfigError` where nothing can be read at all."""
    if source is None:
        return Node({}, Origin("defaults")), []
    name = str(source)
    try:
        tree, faults = read_yaml(_text(source), name)
    except Unreadable as unreadable:
        raise ConfigError([of_fault(unreadable.fault)]) from None
    if not isinstance(tree.value, Mapping):
        raise ConfigError([finding(tree.origin, (), "the file must be a mapping of sections (server:, routes:, ...)")])
    return tree, [of_fault(fault) for fault in faults]


def _text(source: FilePath) -> str:
    origin = Origin(str(source))
    try:
        with source.open("rb") as opened:
            raw = opened.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise ConfigError([finding(origin, (), f"cannot be read: {reason}")]) from None
    if len(raw) > MAX_FILE_BYTES:
        raise ConfigError([finding(origin, (), f"larger than {MAX_FILE_BYTES} bytes")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        raise ConfigError([finding(Origin(str(source), line, column), (), "not UTF-8")]) from None


def _validated(values: Any, tree: Node, early: list[Finding]) -> Settings:
    """The models' record of the values. Raises `ConfigError` with the early findings and the models' own."""
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        late = [*of_validation(error, tree)]
        late += [of_contradiction(item, tree) for item in contradictions(_facts(values))]
        raise ConfigError(_once([*early, *late])) from None
    if early:
        raise ConfigError(_once(early))
    return settings


def _once(findings: list[Finding]) -> list[Finding]:
    """One finding a key: the first says what the owner did, the rest follows from it."""
    first: dict[tuple[str, int | None, int | None, str], Finding] = {}
    for item in findings:
        first.setdefault((item.file, item.line, item.column, item.key), item)
    return list(first.values())


def _facts(values: Any) -> Facts:
    """What can be said about how keys fit together where some of them are wrong."""
    server, auth = _mapping(values, "server"), _mapping(values, "auth")
    routes, clients = _items(values, "routes"), _items(auth, "clients")
    policies = _mapping(values, "policies")
    port, admin_port = server.get("port"), server.get("admin_port")
    return Facts(
        upstreams=frozenset(_mapping(values, "upstreams")),
        policies=frozenset(policies) | {DEFAULT_POLICY},
        seconds=tuple(
            (name, key, _word(_mapping(policies, name).get(key), "upstream"))
            for name in policies
            for key in FURTHER_MODELS
        ),
        routes=tuple(
            RouteFacts(_word(route, "name"), _word(route, "upstream"), _word(route, "policy")) for route in routes
        ),
        clients=tuple((_word(client, "name"), _word(client, "key_sha256")) for client in clients),
        host=_word(server, "host") or "127.0.0.1",
        port=port if isinstance(port, int) else 0,
        admin_port=admin_port if isinstance(admin_port, int) else 0,
        allow_public=auth.get("allow_public_without_auth") is True,
    )


def _mapping(values: Any, key: str) -> Mapping[str, Any]:
    found = values.get(key) if isinstance(values, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _items(values: Any, key: str) -> list[Any]:
    found = values.get(key) if isinstance(values, Mapping) else None
    return found if isinstance(found, list) else []


def _word(values: Any, key: str) -> str | None:
    found = values.get(key) if isinstance(values, Mapping) else None
    return found if isinstance(found, str) else None
