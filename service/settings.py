"""The whole of `guard.yaml` as frozen records: every key, its default, its meaning.

`policies.*` is `guard.policy.Policy`. Nothing here reads a file or the environment: that is
`service/config_file.py`, and secrets arrive already resolved, as `SecretStr`. A field's description is its
documentation: `guard init`, `guard config schema` and `docs/reference/configuration.md` are made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from guard.policy import Policy
from guard.transports.settings import Limits, Timeouts, TransportSettings
from service.contradictions import FURTHER_MODELS, Contradictions, Facts, RouteFacts, contradictions

DEFAULT_POLICY = "balanced"
REFERENCE = r"^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$"
"""How a secret is written in a file: where to find it, never what it is."""


@dataclass(frozen=True, slots=True)
class ByReference:
    """Marks a value that may be a reference (`env:NAME`, `file:/path`), or must be one (`only`)."""

    only: bool


Secret = Annotated[SecretStr, ByReference(only=True), WithJsonSchema({"type": "string", "pattern": REFERENCE})]
Referable = Annotated[SecretStr, ByReference(only=False), WithJsonSchema({"type": "string"})]


Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
"""A name that is safe as a header and as a metric's label."""


class Group(BaseModel):
    """A group of settings: frozen, unknown keys are errors, errors never repeat the value rejected."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class ServerSettings(Group):
    """Where the guard listens and how much it takes on."""

    host: str = Field("127.0.0.1", min_length=1, description="address to listen on; off loopback needs `auth.clients`")
    port: int = Field(8080, ge=0, le=65535, description="port of the proxy; 0 = any free one")
    admin_port: int = Field(8081, ge=0, le=65535, description="port of the page and of `/admin`; 0 = none")
    max_body_bytes: int = Field(16_777_216, ge=1024, description="a larger request is answered with 413")
    max_depth: int = Field(64, ge=8, le=512, description="a request nested deeper is answered with 400")
    max_inflight: int = Field(512, ge=1, description="requests at once; one more is answered with 503 immediately")
    drain_seconds: float = Field(20, ge=0, description="at shutdown, how long running requests may still take")


class ClientSettings(Group):
    """One caller of the proxy, known by the hash of its key."""

    name: Name = Field(description="the caller's name, in logs and in the store")
    key_sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of its key in lower-case hex, not the key")
    may_turn_off: bool = Field(False, description="may this caller send `x-guard-mode: off`")


class AuthSettings(Group):
    """Who may call the proxy. A caller shows its key as `authorization: Bearer` or as `x-api-key`."""

    clients: tuple[ClientSettings, ...] = Field((), description="the callers; empty = whoever can reach the port")
    admin_token: Secret | None = Field(None, description="token of the admin port (a reference); needed off loopback")
    allow_public_without_auth: bool = Field(False, description="listen off loopback although there are no `clients`")


class UpstreamSettings(Group):
    """One endpoint that answers behind the guard. Relative paths start at the file's own folder."""

    base_url: str = Field(description="its address, version included; `/v1` is added to an address with no path")
    dialect: Literal["openai"] = Field("openai", description="the wire format that it speaks")
    api_key: Secret | None = Field(None, description="its key (a reference); null = the caller's own is forwarded")
    api_key_header: str = Field("authorization", description="the header that carries the key")
    models: dict[str, str] = Field({}, description="alias -> the upstream's own name of a model")
    headers: dict[str, Referable] = Field({}, description="headers sent with every call; values may be references")
    query: dict[str, Referable] = Field({}, description="query sent with every call; values may be references")
    proxy: Referable | None = Field(None, description="URL of an HTTP proxy; with a password only by reference")
    ca_file: Path | None = Field(None, description="authorities to trust (PEM); null = the system's")
    client_cert: Path | tuple[Path, Path] | None = Field(
        None, description="client certificate (PEM with its key, or `[certificate, key]`)"
    )
    transport: Literal["aiohttp", "httpx"] = Field("aiohttp", description="the HTTP client; aiohttp needs less CPU")
    timeouts: Timeouts = Timeouts()
    limits: Limits = Limits()

    @field_validator("base_url")
    @classmethod
    def _versioned(cls, value: str) -> str:
        base = _accepted(base_url=value).base_url
        return base if urlsplit(base).path else f"{base}/v1"

    @field_validator("api_key")
    @classmethod
    def _sendable_key(cls, value: SecretStr | None) -> SecretStr | None:
        return _accepted(api_key=value).api_key

    @field_validator("api_key_header")
    @classmethod
    def _header_name(cls, value: str) -> str:
        return _accepted(api_key_header=value).api_key_header

    @field_validator("headers")
    @classmethod
    def _sendable_headers(cls, value: dict[str, SecretStr]) -> dict[str, SecretStr]:
        return {name: SecretStr(text) for name, text in _accepted(headers=_revealed(value)).headers.items()}

    @field_validator("proxy")
    @classmethod
    def _proxy_address(cls, value: SecretStr | None) -> SecretStr | None:
        _accepted(proxy=value.get_secret_value() if value else None)
        return value

    def transport_settings(self, name: str) -> TransportSettings:
        """What a transport needs; the place where header, query and proxy values are revealed."""
        return TransportSettings(
            name=name,
            base_url=self.base_url,
            headers=_revealed(self.headers),
            query=_revealed(self.query),
            api_key=self.api_key,
            api_key_header=self.api_key_header,
            proxy=self.proxy.get_secret_value() if self.proxy else None,
            ca_file=self.ca_file,
            client_cert=self.client_cert,
            timeouts=self.timeouts,
            limits=self.limits,
        )

    def upstream_model(self, model: str) -> str:
        """The upstream's own name for a model that a caller asked for."""
        return self.models.get(model, model)


class Match(Group):
    """Which requests a route takes."""

    model: str = Field("*", min_length=1, description="a pattern for the model asked for: `*`, `?`, `[abc]`")


class RouteSettings(Group):
    """Which upstream and which policy a request gets. The first route that matches wins."""

    match: Match = Match()
    upstream: str = Field(description="a name from `upstreams`")
    policy: str = Field(DEFAULT_POLICY, description="a name from `policies`")
    name: str = Field(
        "",
        pattern=r"^[ -~]{0,64}$",
        description="its name in metrics and logs; empty = made from the pattern",
    )

    def takes(self, model: str) -> bool:
        """Whether this route takes a request for `model` (case counts)."""
        return fnmatchcase(model, self.match.model)


class StoreSettings(Group):
    """Where decisions are kept."""

    url: None = Field(None, description="null = the last 1,000 decisions in memory; databases are not in this version")


class CacheSettings(Group):
    """Where looks are kept for the same question."""

    url: None = Field(None, description="null = none; caches are not in this version")


class LogSettings(Group):
    """What is logged."""

    content: bool = Field(False, description="log questions and answers too")
    retention_days: int = Field(30, ge=0, description="how long logs are kept; no effect in this version")


class MetricsSettings(Group):
    """What is measured."""

    enabled: bool = Field(True, description="serve `/metrics`")


class Settings(Group):
    """The whole configuration. Raises `ValidationError`, `Contradictions` for what shows between keys."""

    server: ServerSettings = ServerSettings()
    auth: AuthSettings = AuthSettings()
    upstreams: dict[Name, UpstreamSettings] = Field({}, description="endpoints by name; none = the embedded model")
    routes: tuple[RouteSettings, ...] = Field(
        (), description="first match wins; none = every model to the only upstream, policy `balanced`"
    )
    policies: dict[Name, Policy] = Field(
        {DEFAULT_POLICY: Policy()}, description="policies by name; `balanced` is always there"
    )
    store: StoreSettings = StoreSettings()
    cache: CacheSettings = CacheSettings()
    logs: LogSettings = LogSettings()
    metrics: MetricsSettings = MetricsSettings()
    passthrough: tuple[str, ...] = Field(
        ("/v1/models", "/v1/models/*", "/v1/embeddings"),
        description="further paths that are passed on unguarded; `*` stands for one or more segments",
    )

    @model_validator(mode="before")
    @classmethod
    def _always_there(cls, data: Any) -> Any:
        """The policy `balanced`, and the route that a single upstream implies."""
        if not isinstance(data, Mapping):
            return data
        filled = dict(data)
        policies, upstreams = data.get("policies", {}), data.get("upstreams", {})
        if isinstance(policies, Mapping) and DEFAULT_POLICY not in policies:
            filled["policies"] = {DEFAULT_POLICY: Policy(), **policies}
        if isinstance(upstreams, Mapping) and len(upstreams) == 1 and not data.get("routes"):
            filled["routes"] = ({"upstream": next(iter(upstreams))},)
        return filled

    @field_validator("routes")
    @classmethod
    def _named(cls, routes: tuple[RouteSettings, ...]) -> tuple[RouteSettings, ...]:
        """Give every route its own name: its pattern, `default` for `*`, numbered where that is taken."""
        taken = {route.name for route in routes}
        named = []
        for number, route in enumerate(routes, start=1):
            plain = "default" if route.match.model == "*" else route.match.model[:56]
            name = route.name or (plain if plain not in taken else f"{plain}-{number}")
            taken.add(name)
            named.append(route.model_copy(update={"name": name}))
        return tuple(named)

    @field_validator("passthrough")
    @classmethod
    def _rooted(cls, paths: tuple[str, ...]) -> tuple[str, ...]:
        for path in paths:
            if not path.startswith("/v1/") or ".." in path or "?" in path or "#" in path:
                raise ValueError(f"'{path[:60]}' is not a path that begins with /v1/")
        return paths

    @model_validator(mode="after")
    def _fits_together(self) -> Settings:
        found = contradictions(self._facts())
        if found:
            raise Contradictions(found)
        return self

    def _facts(self) -> Facts:
        return Facts(
            upstreams=frozenset(self.upstreams),
            policies=frozenset(self.policies),
            seconds=tuple(
                (name, key, further.upstream)
                for name, policy in self.policies.items()
                for key in FURTHER_MODELS
                if (further := getattr(policy, key)) is not None
            ),
            routes=tuple(RouteFacts(route.name, route.upstream, route.policy) for route in self.routes),
            clients=tuple((client.name, client.key_sha256) for client in self.auth.clients),
            host=self.server.host,
            port=self.server.port,
            admin_port=self.server.admin_port,
            allow_public=self.auth.allow_public_without_auth,
        )

    def route_for(self, model: str) -> RouteSettings | None:
        """The first route that takes a request for `model`; None = no route does."""
        return next((route for route in self.routes if route.takes(model)), None)


def _revealed(values: Mapping[str, SecretStr]) -> dict[str, str]:
    return {name: value.get_secret_value() for name, value in values.items()}


def _accepted(**given: Any) -> TransportSettings:
    """What the transport's record makes of a value. Raises `ValueError` in its words, without the value."""
    try:
        return TransportSettings(**{"name": "-", "base_url": "http://localhost", **given})
    except ValidationError as refused:
        raise ValueError(refused.errors(include_input=False)[0]["msg"].removeprefix("Value error, ")) from None
