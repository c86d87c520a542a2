"""Documents that nobody should send: nothing but `ConfigError` ever comes out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.config_file import MAX_FILE_BYTES, ConfigError, Loaded, load
from service.config_keys import keys

from .written import ENVIRON, SECRET, VALID, findings_of, written


def laughs(levels: int, width: int) -> str:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]" for n in range(1, levels)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("a: 1\n  b: 2\n", "not YAML", 2),
        ("server: [1, 2\nauth: x\n", "not YAML", 2),
        ("a: 'open\n", "not YAML", 2),
        ("a: *nobody\n", "not YAML", 1),
        ("server:\n\tport: 1\n", "not YAML", 2),
        ('server:\n  host: "\\U99999999"\n', "not YAML", 1),
        ("server:\n  host: a\x07b\n", "not YAML", 2),
        ("- a\n- b\n", "must be a mapping", 1),
        ("just words\n", "must be a mapping", 1),
        ("server: {}\n---\nauth: {}\n", "second document", 2),
        ("%YAML 1.1\n---\nserver: {}\n", "YAML 1.2", 2),
        ("a: " + "[" * 40 + "]" * 40, "nested more than", 1),
        ("a: " + "[" * 50_000, "nested more than", 1),
        ("x: &x 1\ny: [" + "*x, " * 101 + "]\n", "more than 100 aliases", 2),
        (laughs(13, 9), "more than 100 aliases", 13),
        (laughs(10, 9), "once the aliases are written out", 5),
        ("a: &a [*a]\n", "inside its own anchor", 1),
        ("a: [" + "1, " * 20_001 + "]\n", "more than 20000 values", 1),
    ],
)
def test_hostile_documents_are_refused_with_a_place(tmp_path: Path, text: str, words: str, line: int) -> None:
    found = findings_of(tmp_path, text)
    assert len(found) == 1
    assert words in found[0].message
    assert found[0].line == line


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"# " + b"x" * MAX_FILE_BYTES, "larger than"),
        (b"a: \xff\n", "not UTF-8"),
        (b"a:\n  b: \xc3\n", "not UTF-8"),
    ],
)
def test_bytes_that_are_no_text(tmp_path: Path, content: bytes, words: str) -> None:
    found = findings_of(tmp_path, content)
    assert words in found[0].message


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.yaml", tmp_path, tmp_path / "nul\x00"):
        with pytest.raises(ConfigError, match="cannot be read"):
            load(path, {})


def test_anchors_may_be_used_and_used_again(tmp_path: Path) -> None:
    text = "policies:\n  a: &p {mode: shadow}\n  b: *p\n  c: &p {mode: canary}\n  d: *p\n"
    modes = [policy.mode for policy in load(written(tmp_path, text), {}).settings.policies.values()]
    assert modes == ["enforce", "shadow", "shadow", "canary", "canary"]


def test_keys_of_the_owner_cannot_break_the_line(tmp_path: Path) -> None:
    found = findings_of(tmp_path, '"a\\nb\\e[31m": 1\n? [1, 2]\n: 3\n"' + "k" * 500 + '": 1\n')
    assert len(str(ConfigError(found)).splitlines()) == len(found) == 3
    assert all(char.isprintable() for item in found for char in str(item))
    assert max(len(item.key) for item in found) <= 120


VALID_LINES = VALID.splitlines(keepends=True)
WORDS = (
    "off",
    "null",
    "true",
    "[]",
    "{}",
    "&a",
    "*a",
    "- ",
    ": ",
    "  ",
    "\t",
    "!!int",
    "%",
    '"',
    "'",
    "|",
    ">",
    "9e9",
)


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """The valid file after a few edits of the kinds that people and half-written files make."""
    lines = list(VALID_LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(("drop", "double", "swap", "insert", "replace", "cut", "indent")))
        if kind == "drop" and len(lines) > 1:
            del lines[at]
        elif kind == "double":
            lines.insert(at, lines[at])
        elif kind == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == "indent":
            lines[at] = draw(st.sampled_from(("  ", " ", "\t"))) + lines[at]
        else:
            start = draw(st.integers(0, len(lines[at])))
            end = start if kind == "insert" else draw(st.integers(start, len(lines[at])))
            word = "" if kind == "cut" else draw(st.sampled_from(WORDS) | st.text(max_size=5))
            lines[at] = lines[at][:start] + word + lines[at][end:]
    return "".join(lines)[: draw(st.integers(1, 4000))]


def outcome(file: Path, content: bytes, environ: dict[str, str]) -> Loaded | ConfigError:
    file.write_bytes(content)
    try:
        return load(file, environ)
    except ConfigError as error:
        return error


def check(file: Path, content: bytes, environ: dict[str, str]) -> None:
    found = outcome(file, content, environ)
    if isinstance(found, Loaded):
        assert SECRET not in repr(found)
        assert all(SECRET not in str(item) for item in found.notices)
        return
    assert found.findings
    assert len(str(found).splitlines()) == len(found.findings)
    assert all(item.file for item in found.findings)
    assert SECRET not in str(found)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutated") / "guard.yaml"


@settings(max_examples=400, deadline=None)
@given(text=mutations())
def test_a_mutated_file_raises_nothing_else(file: Path, text: str) -> None:
    check(file, text.encode("utf-8", "surrogatepass"), ENVIRON)


@settings(max_examples=200, deadline=None)
@given(at=st.integers(0, len(VALID)), noise=st.binary(max_size=8), cut=st.integers(0, 40))
def test_mutated_bytes_raise_nothing_else(file: Path, at: int, noise: bytes, cut: int) -> None:
    raw = VALID.encode()
    check(file, raw[:at] + noise + raw[at + cut :], ENVIRON)


names = st.sampled_from(sorted({part for key in keys() for part in key.path} - {"*", "0"})) | st.text(max_size=6)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.just("env:MAIN_KEY")
shapes = st.recursive(scalars, lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(names, deeper, max_size=4))


@settings(max_examples=300, deadline=None)
@given(document=st.dictionaries(names, shapes, max_size=6))
def test_any_shape_raises_nothing_else(file: Path, document: dict[str, object]) -> None:
    check(file, json.dumps(document).encode(), ENVIRON)


variables = st.dictionaries(
    st.lists(names | st.sampled_from(("main", "strict", "0", "9", "")), max_size=5).map(
        lambda parts: "__".join(("GUARD", *parts))
    ),
    st.text(max_size=12) | st.sampled_from(WORDS),
    max_size=3,
)


@settings(max_examples=300, deadline=None)
@given(environ=variables)
def test_any_variable_raises_nothing_else(file: Path, environ: dict[str, str]) -> None:
    check(file, VALID.encode(), {**ENVIRON, **environ})
