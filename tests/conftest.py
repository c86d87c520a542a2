"""What every test stands on: a clean environment, and a clear word on data that is not there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine's reaches a test."""
    for name in [name for name in os.environ if name.startswith("GUARD__") or name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)


@pytest.fixture
def probes_data() -> Callable[[str], Path]:
    """Gives the path of a file of recorded answers of real models, or skips the test where it is absent."""

    def file(name: str) -> Path:
        path = Path(os.environ.get("PROBES_DATA", ROOT.parent / "shared" / "data")) / name
        if not path.is_file():
            # Not to be had everywhere, CI included: some of these files may not be passed on, so nothing installs them.
            pytest.skip(f"needs {name}: set PROBES_DATA to the folder that holds it")
        return path

    return file
