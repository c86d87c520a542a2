"""The effective policy of one request: route, values and where they come from, and what failures do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from service.config_file import Loaded
from service.config_keys import preset_value
from service.config_tree import Origin
from service.contradictions import Path
from service.failures import FailureRow, failure_table
from service.settings import DEFAULT_POLICY, RouteSettings, UpstreamSettings


@dataclass(frozen=True, slots=True)
class Value:
    """One key of the policy with its effective value.

    `origin` is `default`, `preset NAME`, `FILE:LINE:COLUMN`, a variable's name, or `flag`.
    """

    key: str
    value: Any
    origin: str


@dataclass(frozen=True, slots=True)
class UpstreamView:
    """An upstream without its secrets: headers and query by name only; `credential` = whose key travels."""

    name: str
    base_url: str
    dialect: str
    model: str
    credential: str
    headers: tuple[str, ...]
    query: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a request for `model` meets. `upstream` None = none is configured, the embedded model answers."""

    model: str
    route: str
    pattern: str
    route_origin: str
    upstream: UpstreamView | None
    policy: str
    values: tuple[Value, ...]
    failures: tuple[FailureRow, ...]


def explain(loaded: Loaded, model: str) -> Explanation | None:
    """The explanation of a request for `model`, or None where no route takes it."""
    settings = loaded.settings
    route = settings.route_for(model)
    if route is None:
        return None if settings.upstreams else _explained(loaded, model, None, DEFAULT_POLICY)
    return _explained(loaded, model, route, route.policy)


def _explained(loaded: Loaded, model: str, route: RouteSettings | None, policy_name: str) -> Explanation:
    settings = loaded.settings
    policy = settings.policies[policy_name]
    return Explanation(
        model=model,
        route=route.name if route else "default",
        pattern=route.match.model if route else "*",
        route_origin=_origin_of_route(loaded, route),
        upstream=_view(route.upstream, settings.upstreams[route.upstream], model) if route else None,
        policy=policy_name,
        values=tuple(_values(loaded, policy_name, policy, ())),
        failures=failure_table(policy, settings.server),
    )


def _view(name: str, upstream: UpstreamSettings, model: str) -> UpstreamView:
    return UpstreamView(
        name=name,
        base_url=upstream.base_url,
        dialect=upstream.dialect,
        model=upstream.upstream_model(model),
        credential="the configured key" if upstream.api_key else "the caller's own",
        headers=tuple(upstream.headers),
        query=tuple(upstream.query),
    )


def _values(loaded: Loaded, name: str, group: BaseModel, path: Path) -> Iterator[Value]:
    for field in type(group).model_fields:
        value = getattr(group, field)
        here = (*path, field)
        if isinstance(value, BaseModel):
            yield from _values(loaded, name, value, here)
        else:
            shown = list(value) if isinstance(value, tuple) else value
            yield Value(".".join(map(str, here)), shown, _origin(loaded, name, here))


def _origin(loaded: Loaded, name: str, path: Path) -> str:
    node = loaded.tree.at(("policies", name, *path))
    if node is not None:
        return _said(node.origin)
    preset = loaded.settings.policies[name].preset
    written = loaded.tree.at(("policies", name, "preset")) is not None
    return f"preset {preset}" if written and preset_value(preset, path) else "default"


def _origin_of_route(loaded: Loaded, route: RouteSettings | None) -> str:
    if route is None:
        return "default"
    node = loaded.tree.at(("routes", loaded.settings.routes.index(route)))
    return _said(node.origin) if node is not None else "implied by the only upstream"


def _said(origin: Origin) -> str:
    return ":".join(str(part) for part in (origin.source, origin.line, origin.column) if part is not None)
