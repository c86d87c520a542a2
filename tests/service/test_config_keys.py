"""The keys as the models declare them: all reachable, suggested when mistyped, settable by a variable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr

from guard.policy import PRESETS, Policy, Thresholds
from service.config_file import load
from service.config_keys import (
    EMPTY,
    Key,
    at,
    below,
    choices,
    keys,
    near_key,
    nullable,
    preset_value,
    record_below,
    reference,
    valid_keys,
    written_as,
)
from service.settings import Referable, RouteSettings, Secret, Settings, UpstreamSettings

FIXED = [key for key in keys() if not key.path[-1].isdigit()]


def place_of(key: Key) -> tuple[str | int, ...]:
    """Where a key stands, with real names for `*` and a number for an item."""
    return tuple(0 if part == "0" else "name" if part == "*" else part for part in key.path)


def typos(word: str) -> Iterator[str]:
    """Two letters swapped, one lost, one doubled, `-` for `_`, capitals."""
    middle = len(word) // 2
    yield word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    yield word[:middle] + word[middle + 1 :]
    yield word[:middle] + word[middle] + word[middle:]
    yield word.replace("_", "-")
    yield word.upper()


@pytest.mark.parametrize("key", FIXED, ids=lambda key: key.dotted)
def test_every_key_is_found_again_and_suggested(key: Key) -> None:
    *group, name = place_of(key)
    assert name in valid_keys(tuple(group))
    assert at(place_of(key)) == key.annotation
    for typo in set(typos(str(name))) - set(valid_keys(tuple(group))):
        assert near_key(tuple(group), typo) == name


def test_nothing_is_suggested_for_what_is_nothing_like_a_key() -> None:
    assert near_key((), "xyzzy") is None
    assert near_key(("server",), "qqqqqqqqq") is None
    assert near_key(("upstreams",), "base_url") is None  # names are the owner's here


def test_a_key_of_a_group_below_is_suggested_with_its_group() -> None:
    assert near_key(("policies", "p"), "temperature") == "samples.temperature"
    assert near_key(("policies", "p"), "percent") == "canary.percent"
    assert near_key((), "port") == "server.port"


def settable() -> Iterator[tuple[str, Any]]:
    for key in FIXED:
        if key.group is None and key.default is not EMPTY and "0" not in key.path and key.path[0] != "upstreams":
            yield "__".join(part.replace("*", "balanced") for part in key.path).upper(), key.default


@pytest.mark.parametrize(("name", "default"), list(settable()), ids=lambda value: str(value)[:40])
def test_every_key_is_reached_by_a_variable(name: str, default: Any) -> None:
    nullable = next((group for group in ("thresholds", "nli") if f"__{group.upper()}__" in name), None)
    written: dict[str, Any] = {"policies": {"balanced": {nullable: {}}}} if nullable else {}
    expected = Settings.model_validate(written)
    assert load(None, {f"GUARD__{name}": written_as(default)}).settings == expected


def test_upstreams_and_routes_are_reached_by_variables(tmp_path: Path) -> None:
    file = tmp_path / "guard.yaml"
    file.write_text("upstreams: {name: {base_url: http://x}}\nroutes: [{upstream: name}]\n")
    before = load(file, {}).settings
    for key in FIXED:
        if (
            key.path[0] in ("upstreams", "routes")
            and len(key.path) > 1
            and key.group is None
            and key.default is not EMPTY
        ):
            name = "__".join(part.replace("*", "name") for part in key.path).upper()
            assert load(file, {f"GUARD__{name}": written_as(key.default)}).settings == before, name


def test_choices_and_null() -> None:
    assert choices(int | None) == (int,)
    assert choices(Secret | None) == (SecretStr,)
    assert choices(None) == ()
    assert [nullable(annotation) for annotation in (None, int, int | None, Secret | None, Secret)] == [
        True,
        False,
        True,
        True,
        False,
    ]


def test_marks_of_references() -> None:
    only, either = reference(Secret | None), reference(Referable)
    assert only is not None
    assert only.only is True
    assert either is not None
    assert either.only is False
    assert reference(str | None) is None
    assert reference(UpstreamSettings.model_fields["api_key"].annotation) == only


def test_every_secret_of_the_models_is_marked() -> None:
    """A `SecretStr` without a mark would be taken as written."""
    for key in keys():
        held = [choice for choice in choices(key.annotation) if choice is SecretStr]
        if held:
            assert reference(key.annotation) is not None, key.dotted
    for name in ("headers", "query"):
        assert reference(below(UpstreamSettings.model_fields[name].annotation, "any")) is not None


def test_records_below() -> None:
    assert record_below(dict[str, UpstreamSettings]) is UpstreamSettings
    assert record_below(tuple[RouteSettings, ...]) is RouteSettings
    assert record_below(Thresholds | None) is Thresholds
    assert record_below(dict[str, str]) is None
    assert at(("policies", "any", "samples", "max")) is int
    assert at(("policies", "any", "samples", "max", "more")) is None
    assert at(("nothing",)) is None
    assert at(("routes", "word")) is None


def test_keys_of_a_policy_are_its_fields() -> None:
    def leaves(model: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        for name, info in model.model_fields.items():
            group = record_below(info.annotation)
            yield from leaves(group, (*path, name)) if group else [(*path, name)]

    assert {key.path for key in keys(Policy) if key.group is None} == set(leaves(Policy))


def test_what_a_preset_decides() -> None:
    for name, groups in PRESETS.items():
        for group, values in groups.items():
            assert all(preset_value(name, (group, key)) for key in values)
    assert not preset_value("fast", ("samples", "temperature"))
    assert not preset_value("fast", ("mode",))
    assert not preset_value("unheard", ("samples", "max"))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("enforce", "enforce"),
        ("off", "off"),
        ("null", '"null"'),
        ("True", '"True"'),
        ("", '""'),
        ("*", '"*"'),
        ("8080", '"8080"'),
        (20.0, "20"),
        (0.1, "0.1"),
        (True, "true"),
        (None, "null"),
        ((), "[]"),
        (("a", "b c"), '[a, "b c"]'),
        ({}, "{}"),
        (EMPTY, "(required)"),
    ],
)
def test_defaults_are_written_as_yaml_reads_them(value: Any, written: str) -> None:
    assert written_as(value) == written
