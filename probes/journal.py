"""A file of lines that is filled while the work goes on, and taken up again where it stopped."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from pydantic import BaseModel, ValidationError

from guard.errors import ConfigurationError
from probes.samples import read_rows

RowT = TypeVar("RowT", bound=BaseModel)


class Journal(Generic[RowT]):
    """The rows of `path`, and room for more: each is on the disk before `add` returns.

    A plain file is appended to. A name that ends in `.gz` is kept in `path` + `.part` meanwhile and packed on leaving
    the block, whatever ended it, since a packed file that is torn cannot be gone on with. A last line that was being
    written when the last run was killed is dropped; any other line that is no row is an error.
    """

    def __init__(self, path: Path, record: type[RowT]) -> None:
        self._path = path
        self._packed = path.suffix == ".gz"
        self._plain = path.with_name(path.name + ".part") if self._packed else path
        self._record = record
        self._file: FileIO | None = None
        self.rows: list[RowT] = []

    def __enter__(self) -> Self:
        """Read what is there. Raises `ConfigurationError` naming file and line."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._plain.exists():
                _mend(self._plain, self._record)
                self.rows = read_rows([self._plain], self._record)
            elif self._path.exists():
                self.rows = read_rows([self._path], self._record)
                self._plain.write_bytes(_lines(self.rows))
            self._file = self._plain.open("ab", buffering=0)
        except OSError as error:
            raise ConfigurationError(f"{self._path}: cannot be written: {error.strerror}") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
        if self._packed:
            write_lines(self._path, self.rows)
            self._plain.unlink()

    def add(self, row: RowT) -> None:
        """Append one row, at once and whole. Raises `ConfigurationError` where the disk takes no more."""
        if self._file is None:
            raise ValueError("a journal is written inside its block")
        whole, rest = self._file.tell(), _lines([row])
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            self._file.truncate(whole)
            raise ConfigurationError(f"{self._plain}: cannot be written: {error.strerror}") from error
        self.rows.append(row)

    def arrange(self, rows: Sequence[RowT]) -> None:
        """Put these rows in the place of all others, in this order."""
        self.rows = list(rows)
        if self._file is not None:
            self._file.close()
        write_lines(self._plain, self.rows)
        self._file = self._plain.open("ab", buffering=0)


def write_lines(path: Path, rows: Iterable[BaseModel]) -> None:
    """A file of rows, gzip where the name ends in `.gz`; the old one stands until the new one is whole.

    Equal rows make an equal file: no time stamp is inside. Raises `ConfigurationError`.
    """
    data, new = _lines(rows), path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)
        new.replace(path)
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be written: {error.strerror}") from error


def _lines(rows: Iterable[BaseModel]) -> bytes:
    return b"".join(row.model_dump_json(by_alias=True).encode() + b"\n" for row in rows)


def _mend(path: Path, record: type[BaseModel]) -> None:
    """End the file with a whole line: a torn one is cut off, one that only lacks its end gets it."""
    data = path.read_bytes()
    if not data or data.endswith(b"\n"):
        return
    whole = data.rfind(b"\n") + 1
    try:
        record.model_validate_json(data[whole:])
    except ValidationError:
        path.write_bytes(data[:whole])
    else:
        path.write_bytes(data + b"\n")
