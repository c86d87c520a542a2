"""The reference page has a line for every setting, with its true default."""

from __future__ import annotations

import re
from pathlib import Path

from guard.transports import Limits, Timeouts, TransportSettings

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "upstreams.md").read_text()
ROWS = dict(re.findall(r"^\| `([a-z_.]+)` \| `?(.*?)`? \|", PAGE, re.MULTILINE))


def test_every_setting_has_a_line_and_no_other() -> None:
    groups = {"timeouts": Timeouts, "limits": Limits}
    plain = set(TransportSettings.model_fields) - set(groups)
    grouped = {f"{group}.{field}" for group, model in groups.items() for field in model.model_fields}
    assert set(ROWS) == plain | grouped


def test_the_numbers_are_the_defaults() -> None:
    for group, made in (("timeouts", Timeouts()), ("limits", Limits())):
        for field, value in made.model_dump().items():
            assert ROWS[f"{group}.{field}"] == f"{value:g}" or ROWS[f"{group}.{field}"] == str(value)
    assert ROWS["api_key_header"] == TransportSettings.model_fields["api_key_header"].default
