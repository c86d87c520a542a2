"""The key tables of `docs/reference/configuration.md`, made from the models.

`python -m service.config_docs docs/reference/configuration.md` writes them anew; a test fails where they are
stale.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from service.config_keys import EMPTY, Key, keys, written_as

TABLE = re.compile(r"(<!-- keys: (?P<section>\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
"""What is generated of the page; the words around it are written by hand."""


def sections() -> tuple[str, ...]:
    """The top-level keys, in order."""
    return tuple(key.path[0] for key in keys() if len(key.path) == 1)


def table(section: str) -> str:
    """Every key of a section with its default and meaning, as Markdown."""
    rows = [_row(key) for key in keys() if key.path[0] == section]
    return "| key | default | meaning |\n|---|---|---|\n" + "".join(rows)


def refreshed(page: str) -> str:
    """The page with its tables as the models have them now."""
    return TABLE.sub(lambda found: f"{found[1]}{table(found['section'])}{found[3]}", page)


def _row(key: Key) -> str:
    path = ".".join("<name>" if part == "*" else "[]" if part == "0" else part for part in key.path)
    meaning = key.meaning.replace("|", "\\|")
    return f"| `{path.replace('.[]', '[]')}` | {_default(key)} | {meaning} |\n"


def _default(key: Key) -> str:
    if key.default is EMPTY:
        return "required"
    if key.group is not None:
        return "" if key.default else "none"
    return f"`{written_as(key.default)}`"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        page = Path(name)
        page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")
