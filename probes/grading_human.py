"""The grader that is a person: key by key in a terminal, or from a file of labels."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.text import Text

from guard.errors import ConfigurationError
from probes.graded import Asked, Label
from probes.samples import lines, read_rows

KEYS: Final[Mapping[str, Label]] = {"r": "right", "w": "wrong", "a": "abstained"}
SKIP, QUIT = "s", "q"
WORDS: Final[Mapping[str, Label]] = {
    **KEYS,
    **dict.fromkeys(("right", "correct", "true", "1"), "right"),
    **dict.fromkeys(("wrong", "incorrect", "false", "0"), "wrong"),
    **dict.fromkeys(("abstained", "abstain"), "abstained"),
}
"""How a label may be written in a file."""


class Written(BaseModel):
    """A line of a file of labels."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    label: str | bool


def ask_person(
    rows: Sequence[Asked], read_key: Callable[[], str], console: Console, write: Callable[[Asked, Label], None]
) -> bool:
    """Show each row and take a key for it, until all are labelled or the person quits. True when all were shown."""
    for number, row in enumerate(rows, 1):
        console.print(shown(row, f"{number}/{len(rows)}"))
        key = _key(read_key, console)
        if key == QUIT:
            return False
        if key != SKIP:
            write(row, KEYS[key])
            console.print(KEYS[key])
    return True


def _key(read_key: Callable[[], str], console: Console) -> str:
    """The first key that means something. End of input and Ctrl-C are quitting."""
    while True:
        console.print("[bold]r[/]ight  [bold]w[/]rong  [bold]a[/]bstained  [bold]s[/]kip  [bold]q[/]uit ", end="")
        try:
            key = read_key().lower()
        except (EOFError, KeyboardInterrupt):
            return QUIT
        if key in KEYS or key in (SKIP, QUIT):
            return key
        console.print("?")


def shown(row: Asked, place: str) -> Text:
    """A row as a person judges it: question, accepted answers, the answer; nothing that gives a label away."""
    text = Text(f"\n{place}  {row.model}\n", style="dim")
    for name, words in (
        ("context", row.context),
        ("question", row.question),
        ("references", " | ".join(row.references or ())),
        ("answer", row.candidate.text),
    ):
        if words:
            text.append(f"{name}: ", style="bold not dim").append(words + "\n", style="not dim")
    return text


def read_labels(path: Path) -> dict[str, Label]:
    """Labels by id: CSV of `id,label`, a header allowed, or JSON Lines where the name says so.

    Raises `ConfigurationError` with file and line for a word that is no label.
    """
    found: dict[str, Label] = {}
    for number, name, word in _written(path):
        label = WORDS.get(word.strip().lower())
        if label is None:
            raise ConfigurationError(f"{path}:{number}: {word!r} is none of right, wrong, abstained")
        if found.setdefault(name, label) != label:
            raise ConfigurationError(f"{path}:{number}: {name} has another label further up")
    return found


def _written(path: Path) -> Iterator[tuple[int, str, str]]:
    if ".jsonl" in path.suffixes:
        numbers = [number for number, _ in lines(path)]
        for number, row in zip(numbers, read_rows([path], Written), strict=True):
            yield number, row.id, str(row.label)
        return
    for number, line in lines(path):
        cells = next(csv.reader([line]))
        if [cell.strip().lower() for cell in cells] == ["id", "label"]:
            continue
        if len(cells) != 2:
            raise ConfigurationError(f"{path}:{number}: a line is id,label")
        yield number, cells[0].strip(), cells[1]


def labels_for(rows: Sequence[Asked], written: Mapping[str, Label]) -> tuple[list[Label | None], int]:
    """A label for each row by its id, else by its question's id where no other row has that; and how many labels are
    of no row."""
    ids, questions = {row.id for row in rows}, _sole(row.question_id for row in rows)
    found = [
        written.get(row.id) or (written.get(row.question_id or "") if row.question_id in questions else None)
        for row in rows
    ]
    return found, sum(name not in ids and name not in questions for name in written)


def _sole(names: Iterable[str | None]) -> set[str]:
    seen: dict[str, int] = {}
    for name in names:
        if name is not None:
            seen[name] = seen.get(name, 0) + 1
    return {name for name, times in seen.items() if times == 1}
