"""Starting the proxy: flags to settings, sockets, the parts that live as long as the process, the first words."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
import uvloop

from guard.errors import ConfigurationError
from service.config_file import Loaded
from service.deployment import deploy
from service.embedded import Embedded
from service.evidence_log import EvidenceLog
from service.logs import RequestLog, logger_to
from service.metrics import Metrics
from service.server import bind, serve
from service.serving import Serving
from service.settings import ServerSettings
from service.store import Recent

EMBEDDED_SIGNALS = ["semantic_agreement", "token_probability"]
"""What is asked of the embedded model: it says "no" of nearly every answer of its own, right or wrong."""

EMBEDDED_TEMPERATURE = 0.6
"""At 1 so small a model seldom repeats even what it knows."""


@dataclass(frozen=True, slots=True)
class Sockets:
    """Where the process listens; `admin` is None without an admin port."""

    proxy: socket.socket
    admin: socket.socket | None


@dataclass(frozen=True, slots=True)
class Start:
    """The flags of `guard serve`."""

    config: Path | None
    upstream: str | None
    host: str | None
    port: int | None
    admin_port: int | None
    evidence_log: Path | None

    def overrides(self, embedded_url: str | None = None) -> dict[str, Any]:
        """The flags as dotted keys."""
        demonstration = embedded_url is not None and self.config is None
        flags = {
            "server.host": self.host,
            "server.port": self.port,
            "server.admin_port": self.admin_port,
            "upstreams.default.base_url": self.upstream or embedded_url,
            "policies.balanced.signals": EMBEDDED_SIGNALS if demonstration else None,
            "policies.balanced.samples.temperature": EMBEDDED_TEMPERATURE if demonstration else None,
        }
        return {key: value for key, value in flags.items() if value is not None}

    def prepare(self, loaded: Loaded) -> tuple[Serving, Sockets]:
        """Everything that is needed to serve. Raises `ConfigurationError`."""
        settings = loaded.settings
        log = RequestLog(logger_to(), content=settings.logs.content)
        serving = Serving(deploy(settings, loaded.folder), Metrics(), log, Recent())
        if self.evidence_log is not None:
            serving.evidence_log = EvidenceLog(self.evidence_log)
        state_calibrations(serving)
        return serving, bind_both(settings.server)


def bind_both(server: ServerSettings) -> Sockets:
    """Both sockets. Raises `ConfigurationError`; a busy admin port is one only where somebody named it: as a mere
    default it is a warning."""
    proxy = bind(server.host, server.port)
    if server.admin_port == 0:
        return Sockets(proxy, None)
    try:
        return Sockets(proxy, bind(server.host, server.admin_port))
    except ConfigurationError as error:
        if "admin_port" in server.model_fields_set:
            proxy.close()
            raise
        typer.echo(f"warning: no admin port: {error}", err=True)
        return Sockets(proxy, None)


def state_calibrations(serving: Serving) -> None:
    """Say on which calibration each route decides: in the metrics, and in the log where something is missing."""
    serving.metrics.reload.set(1)
    for route in serving.deployment.routes:
        standing = route.guard.ruling.standing
        target = standing.calibration.target_risk
        fingerprint = standing.calibration.fingerprints.get("data", "")
        serving.metrics.calibration_info.labels(
            route.name, standing.status, "" if target is None else str(target), fingerprint
        ).set(1)
        serving.metrics.disarmed.labels(route.name).set(int(standing.disarmed or route.mode in ("off", "shadow")))
        if standing.notice:
            serving.log.say("calibration", route=route.name, status=standing.status, notice=standing.notice)


def print_welcome(serving: Serving, loaded: Loaded, embedded: Embedded | None, sockets: Sockets) -> None:
    """Where the proxy listens, and, before the embedded model, two snippets that work as pasted."""
    for notice in loaded.notices:
        typer.echo(f"notice: {notice}", err=True)
    host, port = sockets.proxy.getsockname()[:2]
    url = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}/v1"  # noqa: S104 - shown, not bound
    typer.echo(f"guard listens on {url}")
    if sockets.admin is not None:
        typer.echo(f"admin: http://{sockets.admin.getsockname()[0]}:{sockets.admin.getsockname()[1]}/admin/decisions")
    if embedded is None:
        return
    what = "the embedded model" if embedded.real else "a RECORDING of the embedded model (its wheel is not installed)"
    typer.echo(f"upstream: {what}, {embedded.model}\n")
    typer.echo(SNIPPETS.format(url=url, model=embedded.model))


# Questions of the shipped recording, so that they work where that answers in the model's place.
SNIPPETS = """Try it:

curl -si {url}/chat/completions -H 'content-type: application/json' \\
  -d '{{"model": "{model}", "temperature": 0, "messages": [
    {{"role": "system", "content": "Answer with a few words."}},
    {{"role": "user", "content": "What is the capital city of Greece?"}}]}}'

python - <<'PY'
from openai import OpenAI
client = OpenAI(base_url="{url}", api_key="unused")
for question in ("What is the capital city of Greece?", "What is the name of the street where it happened?"):
    raw = client.chat.completions.with_raw_response.create(
        model="{model}", temperature=0,
        messages=[{{"role": "system", "content": "Answer with a few words."}}, {{"role": "user", "content": question}}])
    print(raw.headers["x-guard-decision"], "|", raw.parse().choices[0].message.content)
PY
"""


def run(serving: Serving, sockets: Sockets) -> None:
    """Serve until told to stop."""
    uvloop.run(serve(serving, sockets.proxy, sockets.admin))
