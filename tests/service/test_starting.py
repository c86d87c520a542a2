from __future__ import annotations

from pathlib import Path

from service.config_file import load
from service.starting import EMBEDDED_SIGNALS, EMBEDDED_TEMPERATURE, Start

NOWHERE = Start(None, None, None, None, None, None)


def test_before_the_embedded_model_no_self_report_is_asked_and_draws_are_cooler() -> None:
    policy = load(None, environ={}, overrides=NOWHERE.overrides("http://127.0.0.1:9/v1")).settings.policies["balanced"]
    assert list(policy.signals) == EMBEDDED_SIGNALS
    assert policy.samples.temperature == EMBEDDED_TEMPERATURE
    assert policy.samples.max == 8


def test_an_owners_file_is_left_as_it_is_before_the_embedded_model(tmp_path: Path) -> None:
    file = tmp_path / "guard.yaml"
    file.write_text("policies: {balanced: {samples: {temperature: 0.9}}}\n")
    start = Start(file, None, None, None, None, None)
    policy = load(file, environ={}, overrides=start.overrides("http://127.0.0.1:9/v1")).settings.policies["balanced"]
    assert policy.samples.temperature == 0.9
    assert "self_report" in policy.signals


def test_another_upstream_gets_the_default_policy() -> None:
    start = Start(None, "http://127.0.0.1:9", None, None, None, None)
    settings = load(None, environ={}, overrides=start.overrides()).settings
    assert settings.upstreams["default"].base_url == "http://127.0.0.1:9/v1"
    assert "self_report" in settings.policies["balanced"].signals
