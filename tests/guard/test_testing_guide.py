"""The guide's code runs as printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "test-with-the-fakes.md"
BLOCKS = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)


def test_there_is_code_in_the_guide() -> None:
    assert len(BLOCKS) == 3
    assert all("assert " in block for block in BLOCKS)


@pytest.mark.parametrize("block", BLOCKS, ids=["in-memory", "socket", "chaos"])
def test_the_code_runs(block: str) -> None:
    exec(compile(block, str(GUIDE), "exec"), {"__name__": "guide"})
