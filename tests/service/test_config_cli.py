"""`guard init`, `guard config check | schema | explain`, and the pages that are made from the same models."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from guard.policy import PRESETS, Policy
from service.config_cli import config_app, init_command, schema
from service.config_docs import refreshed, sections, table
from service.config_file import load
from service.config_init import commented_yaml
from service.config_keys import EMPTY, keys, written_as
from service.failures import failure_table
from service.settings import ServerSettings, Settings

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "configuration.md"
SECRET = "sk-live-0123456789"

GOOD = """\
upstreams:
  main: {base_url: "https://api.example.org", api_key: env:MAIN_KEY, models: {small: s-1},
         headers: {x-team: env:MAIN_KEY}}
routes:
  - match: {model: "small*"}
    upstream: main
    policy: strict
policies:
  strict:
    preset: careful
    mode: off
    samples:
      temperature: 0.7
    on_scorer_failure: error
"""

app = typer.Typer()
app.add_typer(config_app, name="config")
app.command("init")(init_command)
runner = CliRunner()


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAIN_KEY", SECRET)


def run(*arguments: str) -> tuple[int, str, str]:
    result = runner.invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert SECRET not in result.output
    return result.exit_code, result.stdout, result.stderr


def run_json(*arguments: str) -> tuple[int, Any]:
    code, out, _ = run(*arguments, "--json")
    assert len(out.splitlines()) == 1
    return code, json.loads(out)


# --- check ----------------------------------------------------------------------------------------


def test_check_of_a_valid_file() -> None:
    Path("guard.yaml").write_text(GOOD)
    assert run("config", "check") == (0, "guard.yaml: valid\n", "")
    assert run_json("config", "check", "guard.yaml") == (
        0,
        {"file": "guard.yaml", "valid": True, "findings": [], "notices": []},
    )


def test_check_shows_notices_and_stays_content() -> None:
    Path("guard.yaml").write_text("logs:\n  retention_days: 7\n")
    code, out, _ = run("config", "check")
    assert code == 0
    assert out.splitlines() == [
        "notice: guard.yaml:2:3: logs.retention_days: accepted, but without effect in this version",
        "guard.yaml: valid",
    ]
    code, document = run_json("config", "check")
    assert (code, document["valid"], [item["line"] for item in document["notices"]]) == (0, True, [2])


def test_check_of_an_invalid_file_says_where() -> None:
    Path("other.yaml").write_text(GOOD.replace("samples:", "sampels:").replace("mode: off", "mode: of"))
    code, out, _ = run("config", "check", "other.yaml")
    assert code == 1
    words = "must be one of: off, shadow, canary, enforce"
    assert out.splitlines() == [
        f"other.yaml:11:5: policies.strict.mode: {words}; did you mean 'off'?",
        "other.yaml:12:5: policies.strict.sampels: unknown key; did you mean 'samples'?",
    ]
    code, document = run_json("config", "check", "other.yaml")
    assert (code, document["valid"]) == (1, False)
    assert document["findings"][1] == {
        "file": "other.yaml",
        "line": 12,
        "column": 5,
        "key": "policies.strict.sampels",
        "message": "unknown key",
        "suggestion": "samples",
    }


def test_check_of_no_file_is_wrong_usage() -> None:
    assert run("config", "check", "absent.yaml") == (2, "", "absent.yaml: no such file\n")
    assert run("config", "check", "--nonsense")[0] == 2


def test_check_counts_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("guard.yaml").write_text(GOOD)
    monkeypatch.setenv("GUARD__SERVR__PORT", "1")
    code, out, _ = run("config", "check")
    assert (code, out) == (1, "GUARD__SERVR__PORT: servr: unknown key; did you mean 'SERVER'?\n")


# --- schema ---------------------------------------------------------------------------------------


def parts(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from parts(value)
    elif isinstance(node, list):
        for value in node:
            yield from parts(value)


def test_schema_is_one_document_of_the_stated_draft() -> None:
    code, document = run_json("config", "schema")
    assert (code, document) == (0, schema())
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(run("config", "schema")[1]) == document
    assert set(document["properties"]) == set(sections())


def test_schema_is_closed_and_complete() -> None:
    document = schema()
    for part in parts(document):
        if "$ref" in part:
            assert part["$ref"].removeprefix("#/$defs/") in document["$defs"]
        if part.get("type") == "object" and "properties" in part:
            assert part["additionalProperties"] is False
    declared = {name for part in parts(document) for name in part.get("properties", {})}
    assert {key.path[-1] for key in keys()} <= declared


def test_schema_takes_references_for_secrets_only() -> None:
    key = schema()["$defs"]["UpstreamSettings"]["properties"]["api_key"]
    pattern = next(choice["pattern"] for choice in key["anyOf"] if "pattern" in choice)
    assert re.search(pattern, "env:OPENAI_API_KEY")
    assert re.search(pattern, "file:/run/secrets/key")
    assert not re.search(pattern, SECRET)


# --- explain --------------------------------------------------------------------------------------


def test_explain_says_where_each_value_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("guard.yaml").write_text(GOOD)
    monkeypatch.setenv("GUARD__POLICIES__STRICT__USAGE", "billed")
    code, document = run_json("config", "explain", "--model", "small", "--config", "guard.yaml")
    assert code == 0
    assert (document["route"], document["pattern"], document["policy"]) == ("small*", "small*", "strict")
    assert document["route_origin"] == "guard.yaml:5:5"
    assert document["upstream"] == {
        "name": "main",
        "base_url": "https://api.example.org/v1",
        "dialect": "openai",
        "model": "s-1",
        "credential": "the configured key",
        "headers": ["x-team"],
        "query": [],
    }
    values = {item["key"]: (item["value"], item["origin"]) for item in document["values"]}
    assert values["mode"] == ("off", "guard.yaml:11:5")
    assert values["samples.temperature"] == (0.7, "guard.yaml:13:7")
    assert values["samples.max"] == (10, "preset careful")
    assert values["usage"] == ("billed", "GUARD__POLICIES__STRICT__USAGE")
    assert values["judge"] == ("lexical", "default")
    null = ("thresholds", "second_model", "judge_model", "nli")
    inside = [key for key in keys(Policy) if key.path[0] in null and len(key.path) > 1]
    assert len(values) == len([1 for key in keys(Policy) if key.group is None]) - len(inside) + len(null)


def test_explain_in_words() -> None:
    Path("guard.yaml").write_text(GOOD)
    code, out, _ = run("config", "explain", "--model", "small", "--config", "guard.yaml")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "model     small"
    assert "upstream  main  https://api.example.org/v1  as 's-1'  with the configured key" in lines
    assert any(re.fullmatch(r"mode +off +guard.yaml:11:5", line) for line in lines)
    assert "- judge or probe fails  [on_scorer_failure: error]" in lines


def test_explain_without_a_file_is_the_defaults() -> None:
    code, document = run_json("config", "explain", "--model", "anything")
    assert (code, document["route"], document["upstream"], document["policy"]) == (
        0,
        "default",
        None,
        "balanced",
    )
    assert {item["origin"] for item in document["values"]} == {"default"}
    assert "the embedded model" in run("config", "explain", "--model", "anything")[1]


def test_explain_of_a_model_that_no_route_takes() -> None:
    Path("guard.yaml").write_text(GOOD)
    code, out, err = run("config", "explain", "--model", "large", "--config", "guard.yaml")
    assert (code, out) == (1, "")
    assert "no route takes the model 'large'" in err
    assert run_json("config", "explain", "--model", "large", "--config", "guard.yaml") == (
        1,
        {"model": "large", "route": None},
    )


def test_explain_of_an_invalid_or_missing_file() -> None:
    Path("guard.yaml").write_text("sever: {}\n")
    code, out, err = run("config", "explain", "--model", "m", "--config", "guard.yaml")
    assert (code, out) == (1, "")
    assert err.startswith("guard.yaml:1:1: sever: unknown key")
    assert run_json("config", "explain", "--model", "m", "--config", "guard.yaml")[1]["valid"] is False
    assert run("config", "explain", "--model", "m", "--config", "absent.yaml")[0] == 2
    assert run("config", "explain")[0] == 2


# --- the failure table ----------------------------------------------------------------------------

CELLS = {
    ("on_insufficient_samples", "fewer than"): "insufficient_samples",
    ("on_scorer_failure", "judge or probe"): "scorer_failed",
    ("on_scorer_failure", "no diversity"): "no_diversity",
}


def cell(policy: Policy, failure: str) -> str:
    (row,) = [row for row in failure_table(policy, ServerSettings()) if row.failure.startswith(failure)]
    return row.client_gets


def test_the_table_has_every_row_of_the_design() -> None:
    rows = failure_table(Policy(), ServerSettings(max_inflight=9))
    assert len(rows) == 11
    assert all(row.counted for row in rows)
    assert {row.decided_by for row in rows if row.decided_by} == {
        "on_insufficient_samples",
        "on_scorer_failure",
        "calibration",
        "server.max_inflight",
    }
    assert "beyond 9 requests" in rows[8].client_gets


@pytest.mark.parametrize(("key", "failure"), CELLS)
@pytest.mark.parametrize("choice", ["abstain", "pass", "error"])
@pytest.mark.parametrize("mode", ["enforce", "canary", "shadow", "off"])
def test_every_configurable_cell(key: str, failure: str, choice: str, mode: str) -> None:
    policy = Policy.model_validate({key: choice, "mode": mode, "canary": {"percent": 25}})
    said = cell(policy, failure)
    enforced = {"abstain": "an abstention", "pass": "the model's own reply", "error": "503"}[choice]
    if mode == "off":
        assert "nothing is drawn or judged" in said
        assert "abstention" not in said
        return
    assert enforced in said
    assert CELLS[key, failure] in said
    if mode == "shadow":
        assert said.startswith("the model's own reply, untouched; only counted")
    assert ("25 %" in said) is (mode == "canary")


def test_upstream_failures_are_never_abstentions_in_any_mode() -> None:
    for mode in ("enforce", "canary", "shadow", "off"):
        said = cell(Policy.model_validate({"mode": mode}), "upstream 5xx")
        assert "never an abstention" in said


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"calibration": None}, "the shipped prior decides"),
        ({"calibration": "c.json"}, "no older certificate is known"),
        ({"calibration": "c.json", "on_uncertified": "prior"}, "the shipped prior decides"),
        ({"calibration": "c.json", "on_uncertified": "shadow"}, "nothing is withheld"),
        ({"calibration": "c.json", "on_uncertified": "abstain"}, "an abstention, reason uncertified"),
        ({"thresholds": {"correctness": 0.5}}, "set by hand"),
    ],
)
def test_the_certificates_cell(written: dict[str, Any], words: str) -> None:
    assert words in cell(Policy.model_validate(written), "certificate")


# --- init -----------------------------------------------------------------------------------------


def test_init_writes_the_defaults_and_does_not_overwrite() -> None:
    assert run("init")[0] == 0
    loaded = load("guard.yaml", {})
    assert loaded.settings == Settings()
    assert loaded.notices == ()
    code, _, err = run("init")
    assert (code, err) == (2, "guard.yaml exists; --force overwrites it\n")
    Path("guard.yaml").write_text("mine")
    assert run("init", "--force")[0] == 0
    assert Path("guard.yaml").read_text() == commented_yaml()
    assert run("init", "no/such/folder.yaml")[0] == 2
    assert run("config", "check")[0] == 0


def test_init_has_every_key_with_its_default_and_meaning() -> None:
    lines = commented_yaml().splitlines()
    for key in keys():
        written = [line for line in lines if re.match(rf"#?\s*(- )?{key.path[-1]}:", line) and key.meaning in line]
        assert written, key.dotted
        if key.default is not EMPTY and key.group is None:
            value = written[0].split("  # ")[0].split(":", 1)[1].strip()
            assert value == written_as(key.default) or (value, key.default) == ("", ()), key.dotted


def test_init_with_everything_set_is_valid_too() -> None:
    everything = re.sub(r"(?m)^#(?! \S)", "", commented_yaml())
    assert not re.search(r"(?m)^#\S", everything)
    Path("guard.yaml").write_text(everything)
    config = load("guard.yaml", {}).settings
    assert config.policies == Settings().policies | {
        "balanced": Policy.model_validate(
            {
                "thresholds": {"correctness": None},
                "second_model": {"upstream": "main", "model": "another-model"},
                "judge_model": {"upstream": "main", "model": "another-model"},
                "nli": {},
            }
        )
    }
    assert list(config.upstreams) == ["main"]
    assert config.routes[0].upstream == "main"
    assert config.auth.clients[0].name == "somebody"


def test_init_leaves_the_preset_in_charge() -> None:
    Path("guard.yaml").write_text(commented_yaml().replace("preset: balanced ", "preset: fast "))
    assert load("guard.yaml", {}).settings.policies["balanced"].samples.max == 1


# --- the page -------------------------------------------------------------------------------------


def test_every_key_has_a_meaning() -> None:
    assert [key.dotted for key in keys() if not key.meaning] == []
    assert len({key.dotted for key in keys()}) == len(list(keys())) > 80


def test_the_page_is_what_the_models_say() -> None:
    page = PAGE.read_text(encoding="utf-8")
    hint = f"run: python -m service.config_docs {PAGE.relative_to(ROOT)}"
    assert refreshed(page) == page, hint
    for section in sections():
        assert f"\n## {section}\n" in page
        assert table(section) in page, hint


def test_the_page_tells_what_the_presets_set() -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    for name, groups in PRESETS.items():
        assert f"`{name}` {groups['samples']['min']} and {groups['samples']['max']}" in page


def test_the_how_to_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "how-to" / "configure-a-route.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 3
    Path("guard.yaml").write_text("".join(re.sub(r"(?m)^   ", "", block) for block in blocks))
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    assert run("config", "check") == (0, "guard.yaml: valid\n", "")
    config = load("guard.yaml").settings
    chosen = {model: config.route_for(model) for model in ("gpt-4o-mini", "gpt-5", "llama")}
    assert {model: route and (route.upstream, route.policy) for model, route in chosen.items()} == {
        "gpt-4o-mini": ("openai", "strict"),
        "gpt-5": ("openai", "watching"),
        "llama": ("local", "balanced"),
    }
