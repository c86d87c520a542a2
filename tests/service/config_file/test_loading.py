"""What a valid file becomes, and what its owner is told about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.config_file import load
from service.config_keys import keys
from service.settings import Settings

from .written import DESIGN, ENVIRON, SECRET, VALID, notices_of, written


def test_the_valid_file(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, VALID), ENVIRON)
    config = loaded.settings
    assert loaded.source == tmp_path / "guard.yaml"
    assert loaded.folder == tmp_path
    assert loaded.notices == ()
    assert config.server.port == 9090
    assert config.policies["balanced"].mode == "off"  # YAML 1.2: a word
    assert config.upstreams["main"].base_url == "https://api.example.org/v1"
    assert config.upstreams["main"].api_key is not None
    assert config.upstreams["main"].api_key.get_secret_value() == SECRET
    assert (config.policies["strict"].samples.min, config.policies["strict"].samples.max) == (3, 12)
    assert [route.name for route in config.routes] == ["gpt-*", "default"]
    assert SECRET not in repr(loaded)
    assert SECRET not in str(config)
    assert SECRET not in config.model_dump_json()


def test_no_file_is_the_defaults() -> None:
    loaded = load(None, {})
    assert (loaded.settings, loaded.notices, loaded.source) == (Settings(), (), None)


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n", "--- {}\n...\n", "\ufeffserver: {}\n"])
def test_an_empty_file_is_the_defaults(tmp_path: Path, text: str) -> None:
    assert load(written(tmp_path, text), {}).settings == Settings()


def test_an_empty_section_is_its_defaults(tmp_path: Path) -> None:
    sections = "".join(f"{key.path[0]}:\n" for key in keys() if len(key.path) == 1)
    assert load(written(tmp_path, sections), {}).settings == Settings()
    nested = "policies:\n  balanced:\n    samples:\n    deadline:\n"
    assert load(written(tmp_path, nested), {}).settings == Settings()


def test_the_design_example_loads(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, DESIGN), {"OPENAI_API_KEY": SECRET})
    policy = loaded.settings.policies["balanced"]
    assert policy == Settings().policies["balanced"].model_copy(update={"calibration": "calibration.json"})
    assert loaded.settings.route_for("gpt-4o-mini") is not None
    assert loaded.settings.route_for("gpt-3.5") is None
    noticed = {item.key for item in loaded.notices}
    expected = {"policies.balanced.audit_fraction", "policies.balanced.on_alarm", "logs.retention_days"}
    assert expected | {"policies.balanced.calibration"} <= noticed
    assert {key for key in noticed if not key.startswith("policies.balanced.signals.")} <= (
        expected | {"policies.balanced.calibration"}
    )


def test_keys_without_effect_are_noticed_where_they_stand(tmp_path: Path) -> None:
    text = "logs:\n  retention_days: 5\npolicies:\n  balanced:\n    on_alarm: abstain\n    audit_fraction: 0.5\n"
    found = notices_of(tmp_path, text)
    assert {key: item.line for key, item in found.items()} == {
        "logs.retention_days": 2,
        "policies.balanced.on_alarm": 5,
        "policies.balanced.audit_fraction": 6,
    }
    assert all("without effect" in item.message for item in found.values())


def test_a_signal_that_is_not_measured_is_noticed(tmp_path: Path) -> None:
    found = notices_of(tmp_path, "policies: {balanced: {signals: [semantic_agreement, telepathy]}}\n")
    assert list(found) == ["policies.balanced.signals.1"]
    assert "not measured" in found["policies.balanced.signals.1"].message


def test_a_missing_calibration_is_noticed_and_a_present_one_is_not(tmp_path: Path) -> None:
    text = "policies: {balanced: {calibration: c.json}}\n"
    assert "no such file" in notices_of(tmp_path, text)["policies.balanced.calibration"].message
    (tmp_path / "c.json").write_text("{}")
    assert notices_of(tmp_path, text) == {}


def test_names_without_use_and_routes_without_traffic_are_noticed(tmp_path: Path) -> None:
    text = VALID.replace("    upstream: main", "    upstream: other").replace(
        "    policy: balanced", "    policy: strict"
    )
    assert notices_of(tmp_path, text)["upstreams.main"].line == 15
    text = VALID.replace('  - match: {model: "gpt-*"}', '  - match: {model: "*"}')
    assert "never reached" in notices_of(tmp_path, text)["routes.1"].message
    text = VALID.replace("  - upstream: other", "  - match: {model: gpt-4}\n    upstream: other")
    assert "never reached" in notices_of(tmp_path, text)["routes.1"].message


def test_a_public_admin_port_without_token_is_noticed(tmp_path: Path) -> None:
    text = VALID.replace("host: 127.0.0.1", "host: 0.0.0.0").replace("  admin_token: env:ADMIN_TOKEN\n", "")
    assert notices_of(tmp_path, text)["auth.admin_token"].line == 2
