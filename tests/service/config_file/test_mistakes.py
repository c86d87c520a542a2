"""Every mistake is found at its place, with the nearest valid key, all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from guard.errors import ConfigurationError
from service.config_file import ConfigError, load

from .mistakes import MISTAKES
from .written import SECRET, VALID, findings_of, written


@pytest.mark.parametrize(("good", "bad", "key", "suggestion"), MISTAKES, ids=[mistake[1][:40] for mistake in MISTAKES])
def test_every_mistake_is_found_at_its_place(
    tmp_path: Path, good: str, bad: str, key: str, suggestion: str | None
) -> None:
    lines = VALID.splitlines()
    at = lines.index(good)
    expected = at + 1
    if key == "policies.strict.samples":  # the group contradicts itself: its own line
        expected = at
    found = findings_of(tmp_path, "\n".join([*lines[:at], bad, *lines[at + 1 :], ""]))

    # One mistake, one finding: nothing else may echo it.
    assert [(item.file, item.line, item.key) for item in found] == [(str(tmp_path / "guard.yaml"), expected, key)]
    assert found[0].suggestion == suggestion
    last = key.rpartition(".")[2]
    if last in bad and not last.isdigit():
        assert found[0].column == bad.index(last) + 1
    said = str(ConfigError(found))
    assert SECRET not in said
    assert SECRET not in repr(found)
    assert len(said.splitlines()) == 1


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    text = VALID.replace("port: 9090", "prot: 9090").replace("mode: enforce", "mode: enforced")
    text = text.replace("upstream: main", "upstream: mian").replace("env:MAIN_KEY", "env:NOBODY")
    text = text.replace("host: 127.0.0.1", "host: 0.0.0.0").replace("name: bob", "name: alice")
    found = findings_of(tmp_path, text)
    assert [item.key for item in found] == [
        "server.prot",
        "auth.clients.1.name",
        "upstreams.main.api_key",
        "routes.0.upstream",
        "policies.strict.mode",
    ]
    assert [item.line for item in found] == sorted(item.line or 0 for item in found)


def test_the_words_of_a_finding(tmp_path: Path) -> None:
    found = findings_of(tmp_path, VALID.replace("    samples:", "    sampels:"))
    assert str(found[0]) == f"{tmp_path}/guard.yaml:38:5: policies.strict.sampels: unknown key; did you mean 'samples'?"
    found = findings_of(tmp_path, VALID.replace("env:MAIN_KEY", "env:NOT_THERE"))
    assert str(found[0]).endswith("upstreams.main.api_key: the environment variable NOT_THERE is not set")
    found = findings_of(tmp_path, VALID.replace("mode: enforce", "judge: embedding"))
    assert str(found[0]).endswith(
        "policies.strict.judge: 'embedding' is not in this version; write lexical, nli or llm"
    )


def test_a_config_error_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="unknown key"):
        load(written(tmp_path, "nonsense: 1\n"), {})
