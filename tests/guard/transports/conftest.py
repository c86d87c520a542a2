"""Every test of this folder runs once for each transport: together they are the contract of `Upstream`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from guard.transports import TRANSPORTS, TransportSettings, build_transport
from guard.upstream import Upstream

from .asking import Connect


@pytest.fixture(params=sorted(TRANSPORTS))
async def connect(request: pytest.FixtureRequest) -> AsyncIterator[Connect]:
    made: list[Upstream] = []

    def build(url: str, **settings: Any) -> Upstream:
        made.append(build_transport(request.param, TransportSettings(name="one", base_url=url, **settings)))
        return made[-1]

    yield build
    for upstream in made:
        await upstream.close()


@pytest.fixture
def authority(tmp_path: Path) -> trustme.CA:
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    client = made.issue_cert("client")
    client.private_key_and_cert_chain_pem.write_to_path(str(tmp_path / "client.pem"))
    client.private_key_pem.write_to_path(str(tmp_path / "client.key"))
    client.cert_chain_pems[0].write_to_path(str(tmp_path / "client.crt"))
    return made
