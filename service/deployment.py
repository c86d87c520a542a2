"""Settings to running parts: the composition root. One immutable snapshot; a request uses one from start to end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from guard.calibration import Calibration, Standing, load, prior
from guard.dialects import DIALECTS
from guard.errors import CalibrationError, ConfigurationError
from guard.fingerprints import fingerprints
from guard.judges import Judge
from guard.judges.building import build_judge, close_judge, version_of
from guard.judges.costly import ModelAt
from guard.judges.mathematics import MissingMathematics
from guard.negotiation import Memory
from guard.pipeline import Guard, Ruling
from guard.policy import Policy
from guard.sampling import Second
from guard.transports import build_transport
from guard.upstream import Upstream
from service.auth import Clients
from service.settings import RouteSettings, Settings, UpstreamSettings


@dataclass(frozen=True, slots=True)
class Route:
    """A configured route with everything that it needs."""

    name: str
    settings: RouteSettings
    upstream: Upstream
    upstream_settings: UpstreamSettings
    guard: Guard

    @property
    def policy(self) -> Policy:
        """The route's policy."""
        return self.guard.ruling.policy

    @property
    def mode(self) -> str:
        """The policy's mode, or what an uncertified policy is reduced to."""
        return "shadow" if self.guard.ruling.standing.disarmed else self.policy.mode

    def model(self, asked: str) -> str:
        """The upstream's own name of a model."""
        return self.upstream_settings.upstream_model(asked)


@dataclass(frozen=True, slots=True)
class Deployment:
    """Routes in order, upstreams by name, judges by policy."""

    settings: Settings
    routes: tuple[Route, ...]
    upstreams: Mapping[str, Upstream]
    clients: Clients
    judges: Mapping[str, Judge]

    def route_for(self, model: str) -> Route | None:
        """The first route that takes a model."""
        return next((route for route in self.routes if route.settings.takes(model)), None)

    async def close(self) -> None:
        """Close every upstream connection, and what the judges hold."""
        for upstream in self.upstreams.values():
            await upstream.close()
        for judge in self.judges.values():
            await close_judge(judge)


def deploy(settings: Settings, folder: Path) -> Deployment:
    """Build what the settings describe; relative paths start at `folder`. Connects to nothing yet. Raises
    `ConfigurationError` for the file of a judge's model that cannot be used."""
    upstreams = {
        name: build_transport(upstream.transport, upstream.transport_settings(name))
        for name, upstream in settings.upstreams.items()
    }
    memory = Memory()
    standings = {name: standing_of(policy, folder) for name, policy in settings.policies.items()}
    used = {route.policy for route in settings.routes}
    judges = {name: judge_of(name, policy, upstreams) for name, policy in settings.policies.items() if name in used}
    routes = tuple(_route(route, settings, upstreams, memory, standings, judges) for route in settings.routes)
    return Deployment(settings, routes, upstreams, Clients.from_settings(settings.auth), judges)


def judge_of(name: str, policy: Policy, upstreams: Mapping[str, Upstream]) -> Judge:
    """A policy's judge. Raises `ConfigurationError` where its model cannot be used."""
    at = policy.judge_model
    asked = ModelAt(upstreams[at.upstream], at.model) if at else None
    try:
        return build_judge(policy.judge, asked, policy.nli, mathematics=policy.mathematics)
    except MissingMathematics as error:
        raise ConfigurationError(f"policies.{name}.mathematics: {error}") from error
    except ConfigurationError as error:
        raise ConfigurationError(f"policies.{name}.nli: {error}") from error


def _route(
    route: RouteSettings,
    settings: Settings,
    upstreams: Mapping[str, Upstream],
    memory: Memory,
    standings: Mapping[str, Standing],
    judges: Mapping[str, Judge],
) -> Route:
    policy = settings.policies[route.policy]
    ruling = Ruling(route.policy, policy, standings[route.policy])
    named = policy.second_model
    second = Second(upstreams[named.upstream], named.model) if named else None
    guard = Guard(ruling, DIALECTS["openai_chat"], judges[route.policy], memory, second)
    return Route(route.name, route, upstreams[route.upstream], settings.upstreams[route.upstream], guard)


def standing_of(policy: Policy, folder: Path) -> Standing:
    """Which calibration applies. A named one that cannot be used is never silently replaced: the notice says so."""
    if policy.thresholds is not None:
        return Standing(prior(), "manual")
    if policy.calibration is None:
        return Standing(prior(), "prior", notice="no calibration: the shipped prior decides, a promise to nobody")
    try:
        calibration = load(folder / policy.calibration)
    except CalibrationError as error:
        return uncertified(policy, str(error))
    if calibration.status == "prior":
        return Standing(calibration, "prior")
    foreign = foreign_to(calibration, policy)
    return uncertified(policy, f"{policy.calibration}: {foreign}") if foreign else Standing(calibration, "certified")


def foreign_to(calibration: Calibration, policy: Policy) -> str | None:
    """Why a certificate does not hold for a policy, in words: what it was certified with is not what runs here."""
    running = dict(fingerprints(JudgedBy.policy(policy), policy.samples))
    made = calibration.fingerprints
    differing = [name for name, value in running.items() if made.get(name) != value]
    return f"it was certified with another {', '.join(differing)}" if differing else None


@dataclass(frozen=True, slots=True)
class JudgedBy:
    """The version of a judge that need not be there."""

    version: str

    @classmethod
    def policy(cls, policy: Policy) -> JudgedBy:
        """The judge of a policy."""
        model = policy.judge_model.model if policy.judge_model else None
        return cls(version_of(policy.judge, model, policy.nli, mathematics=policy.mathematics))


def uncertified(policy: Policy, why: str) -> Standing:
    """What `on_uncertified` makes of a calibration that cannot be used. No older threshold is known to tighten to, so
    `tighten` falls to the prior."""
    if policy.on_uncertified == "abstain":
        return Standing(prior(), "suspended", blocked=True, notice=f"{why}; every answer is withheld")
    if policy.on_uncertified == "shadow":
        return Standing(prior(), "suspended", disarmed=True, notice=f"{why}; nothing is withheld")
    return Standing(prior(), "prior", notice=f"{why}; the shipped prior decides")
