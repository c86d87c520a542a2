"""What no single key can see: names that nothing answers to, doors left open, things said twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from ipaddress import ip_address

from rapidfuzz import fuzz, process

Path = tuple[str | int, ...]
"""A place in the configuration: `("policies", "balanced", "samples", "max")`, list items by their index."""

NEAR = 60.0
"""A name at least this similar (rapidfuzz ratio, 0 to 100) is worth proposing."""


def nearest(written: str, names: Collection[str], *, least: float = NEAR) -> str | None:
    """The most similar of `names`, or None where none is similar enough. Case and `-` for `_` are equal."""
    found = process.extractOne(
        written, sorted(names), scorer=fuzz.ratio, processor=lambda name: name.lower().replace("-", "_")
    )
    return None if found is None or found[1] < least else str(found[0])


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One thing wrong between keys; `path` is the key to change."""

    path: Path
    message: str
    suggestion: str | None = None


class Contradictions(ValueError):
    """Raised by `Settings` when its keys do not fit together; `items` holds every reason."""

    def __init__(self, items: tuple[Contradiction, ...]) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, item.path))}: {item.message}" for item in items))
        self.items = items


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """What the checks need of a route; None = the file says nothing usable there."""

    name: str | None
    upstream: str | None
    policy: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the checks need of a configuration, also of one that is not valid otherwise."""

    upstreams: frozenset[str]
    policies: frozenset[str]
    seconds: tuple[tuple[str, str, str | None], ...]
    """Of every policy that names a further model: the policy's name, the key, and the upstream that is named."""
    routes: tuple[RouteFacts, ...]
    clients: tuple[tuple[str | None, str | None], ...]
    host: str
    port: int
    admin_port: int
    allow_public: bool


FURTHER_MODELS = ("second_model", "judge_model")
"""Keys of a policy that name an upstream and a model."""


def contradictions(facts: Facts) -> tuple[Contradiction, ...]:
    """Everything that does not fit together."""
    return (*_routes(facts), *_seconds(facts), *_clients(facts), *_server(facts))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address. A name other than `localhost` counts as public."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _routes(facts: Facts) -> Iterator[Contradiction]:
    if len(facts.upstreams) > 1 and not facts.routes:
        yield Contradiction(("routes",), "several upstreams and no route: say which model goes where")
    seen: set[str] = set()
    for index, route in enumerate(facts.routes):
        yield from _unknown(("routes", index, "upstream"), "upstream", route.upstream, facts.upstreams)
        yield from _unknown(("routes", index, "policy"), "policy", route.policy, facts.policies)
        if route.name and route.name in seen:
            yield Contradiction(("routes", index, "name"), f"another route is called '{route.name}' already")
        seen.add(route.name or "")


def _seconds(facts: Facts) -> Iterator[Contradiction]:
    for policy, key, upstream in facts.seconds:
        yield from _unknown(("policies", policy, key, "upstream"), "upstream", upstream, facts.upstreams)


def _unknown(path: Path, kind: str, written: str | None, names: frozenset[str]) -> Iterator[Contradiction]:
    if written is None or written in names:
        return
    near = nearest(written, names)
    known = ", ".join(sorted(names)) or "none is configured"
    yield Contradiction(path, f"no {kind} is called '{written}'" + ("" if near else f" (known: {known})"), near)


def _clients(facts: Facts) -> Iterator[Contradiction]:
    names: set[str] = set()
    keys: set[str] = set()
    for index, (name, key) in enumerate(facts.clients):
        if name in names:
            yield Contradiction(("auth", "clients", index, "name"), f"another client is called '{name}' already")
        if key in keys:
            yield Contradiction(("auth", "clients", index, "key_sha256"), "another client has the same key")
        names.update({name} if name else ())
        keys.update({key} if key else ())


def _server(facts: Facts) -> Iterator[Contradiction]:
    if facts.port and facts.port == facts.admin_port:
        yield Contradiction(("server", "admin_port"), f"port {facts.port} is the proxy's own (server.port)")
    if not is_loopback(facts.host) and not facts.clients and not facts.allow_public:
        yield Contradiction(
            ("server", "host"),
            f"'{facts.host}' can be reached by others: name the callers in auth.clients, "
            "or set auth.allow_public_without_auth",
        )
