"""What a valid configuration says that its owner should know: keys without effect, names without use."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path as FilePath

from guard.policy import SIGNALS as DEFAULT_SIGNALS
from guard.signals import SIGNALS
from service.config_findings import Finding, finding
from service.config_tree import Node
from service.config_values import fits
from service.contradictions import FURTHER_MODELS, Path, is_loopback, nearest
from service.settings import DEFAULT_POLICY, RouteSettings, Settings

WITHOUT_EFFECT = (
    ("policies", "*", "audit_fraction"),
    ("policies", "*", "on_alarm"),
    ("logs", "retention_days"),
)
"""Keys of the contract that are taken and that nothing reads yet."""

CONTRACT_SIGNALS = frozenset(DEFAULT_SIGNALS) | {"semantic_entropy", "cluster_share", "cross_model"}
"""Signal names that the contract knows, measured in this version or not."""


def misspelt_signals(tree: Node) -> Iterator[Finding]:
    """Names that are nearly a signal's: an error, since a look would be lost without a word."""
    known = CONTRACT_SIGNALS | set(SIGNALS)
    for path, node in _signal_names(tree):
        near = nearest(str(node.value), known, least=80)
        if near is not None and node.value not in known:
            yield finding(node.origin, path, f"no signal is called '{node.value}'", near)


def notices(tree: Node, settings: Settings, folder: FilePath) -> tuple[Finding, ...]:
    """Everything worth knowing about a valid configuration, in the order of the file.

    `folder` is where relative paths to calibrations start.
    """
    found = (
        *_without_effect(tree),
        *_signals(tree),
        *_calibrations(tree, settings, folder),
        *_judges(tree, settings),
        *_unused(tree, settings),
    )
    more = (*_unreachable(tree, settings), *_admin(tree, settings))
    return tuple(sorted((*found, *more), key=lambda item: (item.line or 0, item.column or 0)))


def without_effect(path: Path) -> bool:
    """Whether a key is taken and changes nothing in this version."""
    return any(fits(path, pattern) for pattern in WITHOUT_EFFECT)


def _without_effect(tree: Node) -> Iterator[Finding]:
    for path, node in _walk(tree, ()):
        if without_effect(path):
            yield finding(node.origin, path, "accepted, but without effect in this version")


def _signals(tree: Node) -> Iterator[Finding]:
    for path, node in _signal_names(tree):
        if node.value not in SIGNALS:
            message = f"signal '{node.value}' is not measured in this version: it is null in every verdict"
            yield finding(node.origin, path, message)


def _calibrations(tree: Node, settings: Settings, folder: FilePath) -> Iterator[Finding]:
    for name, policy in settings.policies.items():
        node = tree.at(("policies", name, "calibration"))
        if node is not None and policy.calibration and not (folder / policy.calibration).is_file():
            message = f"no such file; on_uncertified ({policy.on_uncertified}) decides until there is"
            yield finding(node.origin, ("policies", name, "calibration"), message)


def _judges(tree: Node, settings: Settings) -> Iterator[Finding]:
    """Models of judges that do not judge."""
    for name, policy in settings.policies.items():
        for key, judge in (("judge_model", "llm"), ("nli", "nli")):
            node = tree.at(("policies", name, key))
            if node is not None and node.value is not None and policy.judge != judge:
                yield finding(node.origin, ("policies", name, key), f"without effect unless `judge: {judge}`")


def _unused(tree: Node, settings: Settings) -> Iterator[Finding]:
    further = [getattr(policy, key) for policy in settings.policies.values() for key in FURTHER_MODELS]
    seconds = {model.upstream for model in further if model is not None}
    uses = {
        "upstreams": {route.upstream for route in settings.routes} | seconds,
        "policies": {route.policy for route in settings.routes},
    }
    for section, used in uses.items():
        for name, node in _below(tree, (section,)):
            if name not in used and name != DEFAULT_POLICY:
                yield finding(node.origin, (section, name), "no route uses it", nearest(str(name), used))


def _unreachable(tree: Node, settings: Settings) -> Iterator[Finding]:
    for index, route in enumerate(settings.routes):
        earlier = next((first for first in settings.routes[:index] if _covers(first, route)), None)
        node = tree.at(("routes", index))
        if earlier is not None and node is not None:
            message = f"never reached: '{earlier.match.model}' above takes everything that it would"
            yield finding(node.origin, ("routes", index), message)


def _covers(first: RouteSettings, later: RouteSettings) -> bool:
    pattern = later.match.model
    if first.match.model in ("*", pattern):
        return True
    return not set("*?[") & set(pattern) and fnmatchcase(pattern, first.match.model)


def _admin(tree: Node, settings: Settings) -> Iterator[Finding]:
    server = settings.server
    if server.admin_port and settings.auth.admin_token is None and not is_loopback(server.host):
        node = tree.nearest(("server", "host"))[1]
        message = "the admin port answers nobody off loopback until auth.admin_token is set"
        yield finding(node.origin, ("auth", "admin_token"), message)


def _signal_names(tree: Node) -> Iterator[tuple[Path, Node]]:
    for path, node in _walk(tree, ()):
        if len(path) == 4 and fits(path[:3], ("policies", "*", "signals")) and isinstance(node.value, str):
            yield path, node


def _walk(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    yield path, node
    for key, item in node.children():
        yield from _walk(item, (*path, key))


def _below(tree: Node, path: Path) -> Iterator[tuple[str | int, Node]]:
    node = tree.at(path)
    return iter(()) if node is None else node.children()
