"""YAML 1.2 into a tree: values as YAML has them, every one of them with its place."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from service.config_tree import MAX_ALIASES, MAX_DEPTH, Node, Origin, Unreadable, read_scalar, read_yaml

HERE = Origin("x.yaml", 1, 1)

NO_CONTROL: Any = ("C",)
keys = st.text(st.characters(codec="utf-8", exclude_categories=NO_CONTROL), min_size=1, max_size=6).filter(
    lambda k: k != "<<"
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_categories=NO_CONTROL), max_size=10)
)
shapes = st.recursive(
    scalars,
    lambda deeper: st.lists(deeper, max_size=4) | st.dictionaries(keys, deeper, max_size=4),
    max_leaves=12,
)
paths = st.lists(keys, min_size=1, max_size=4).map(tuple)


def values_of(text: str) -> Any:
    tree, faults = read_yaml(text, "x.yaml")
    assert faults == ()
    return tree.plain()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("off", "off"),
        ("on", "on"),
        ("yes", "yes"),
        ("no", "no"),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'null'", "null"),
        ('"8080"', "8080"),
        ("8080", 8080),
        ("-3", -3),
        ("+3", 3),
        ("0x1F", 31),
        ("-0x1F", -31),
        ("0o17", 15),
        ("010", 10),
        ("1.5", 1.5),
        ("-.5", -0.5),
        ("1e3", 1000.0),
        ("12:30:45", "12:30:45"),
        ("2024-05-01", "2024-05-01"),
        ("=", "="),
        ("!!str 3", "3"),
        ("|\n  two\n  lines", "two\nlines\n"),
        (">-\n  folded\n  lines", "folded lines"),
        ("https://x.org/a#b", "https://x.org/a#b"),
        ("env:NAME", "env:NAME"),
    ],
)
def test_scalars_are_those_of_yaml_1_2(written: str, value: Any) -> None:
    read = values_of(f"key: {written}\n")["key"]
    assert read == value
    assert type(read) is type(value)


@given(st.dictionaries(keys, shapes, max_size=5))
def test_json_is_read_as_it_is(document: dict[str, Any]) -> None:
    assert values_of(json.dumps(document, ensure_ascii=False)) == document


@given(st.dictionaries(keys, shapes, max_size=5))
def test_block_style_is_read_as_it_was_written(document: dict[str, Any]) -> None:
    stream = StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.dump(document, stream)
    assert values_of(stream.getvalue()) == document


def test_every_key_knows_its_place() -> None:
    text = "a:\n  bb: 1\n  cc: [x, {dd: 2}]\nee:\n\n  - ff: 3\n    gg:\n      - 4\n"
    tree, _ = read_yaml(text, "x.yaml")
    lines = text.splitlines()
    seen = {}

    def walk(node: Node) -> None:
        for key, below in node.children():
            assert below.origin.line is not None
            assert below.origin.column is not None
            rest = lines[below.origin.line - 1][below.origin.column - 1 :]
            seen[key] = rest
            walk(below)

    walk(tree)
    assert all(rest.startswith(key) for key, rest in seen.items() if isinstance(key, str))
    assert {"a", "bb", "cc", "dd", "ee", "ff", "gg"} <= set(seen)


def test_an_empty_value_stands_where_its_key_does() -> None:
    tree, _ = read_yaml("a:\nb:\n", "x.yaml")
    below = tree.child("a")
    assert below is not None
    assert (below.value, below.origin) == (None, HERE)


@pytest.mark.parametrize(
    ("text", "path", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", ("a",), 3, "line 1 already"),
        ("a: {b: 1, b: 2}\n", ("a", "b"), 1, "line 1 already"),
        ("a: 1\n'a': 2\n", ("a",), 2, "line 1 already"),
        ("a: &x {c: 1}\nb:\n  <<: *x\n", ("b", "<<"), 3, "merge keys"),
        ("? {a: 1}\n: 2\n", (), 1, "a key must be a word"),
        ("a: !!binary aGk=\n", ("a",), 1, "tags"),
        ("a: !mine {b: 1}\n", ("a",), 1, "tags"),
        ("a: !!set {b}\n", ("a",), 1, "tags"),
        ("a:\n  - .inf\n", ("a", 0), 2, "finite"),
        ("a: -.INF\n", ("a",), 1, "finite"),
        ("a: .NaN\n", ("a",), 1, "finite"),
        ("a: 1e999\n", ("a",), 1, "finite"),
        ("a: " + "9" * 5000 + "\n", ("a",), 1, "not a number"),
        ('a: "\\ud800"\n', ("a",), 1, "surrogate"),
    ],
)
def test_what_is_wrong_inside_is_a_fault_and_the_rest_is_read(
    text: str, path: tuple[str | int, ...], line: int, words: str
) -> None:
    tree, faults = read_yaml(f"{text}rest: kept\n", "x.yaml")
    assert [(fault.path, fault.origin.line) for fault in faults] == [(path, line)]
    assert words in faults[0].message
    assert tree.plain()["rest"] == "kept"


def test_the_first_of_two_equal_keys_counts() -> None:
    assert read_yaml("a: 1\na: 2\n", "x.yaml")[0].plain() == {"a": 1}


@pytest.mark.parametrize(("depth", "fine"), [(MAX_DEPTH - 1, True), (MAX_DEPTH, False)])
def test_the_depth_that_is_allowed(depth: int, fine: bool) -> None:
    text = "a: " + "[" * depth + "]" * depth
    if fine:
        assert values_of(text)
    else:
        with pytest.raises(Unreadable, match="levels deep"):
            read_yaml(text, "x.yaml")


def test_the_aliases_that_are_allowed() -> None:
    assert values_of("a: &a 1\nb: [" + "*a, " * MAX_ALIASES + "]\n")["b"] == [1] * MAX_ALIASES
    with pytest.raises(Unreadable, match="aliases"):
        read_yaml("a: &a 1\nb: [" + "*a, " * (MAX_ALIASES + 1) + "]\n", "x.yaml")


def test_an_unreadable_document_says_where() -> None:
    with pytest.raises(Unreadable) as caught:
        read_yaml("a: 1\nb: [1\nc: 2\n", "x.yaml")
    assert caught.value.fault.origin == Origin("x.yaml", 3, 2)
    with pytest.raises(Unreadable) as caught:
        read_yaml("a: 1\nb: \x00\n", "x.yaml")
    assert caught.value.fault.origin == Origin("x.yaml", 2, 4)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("9000", 9000),
        ("true", True),
        ("off", "off"),
        ("Sorry: nothing # here", "Sorry: nothing # here"),
        ("- not a list", "- not a list"),
        ("[a, 1]", ["a", 1]),
        ("{a: [1]}", {"a": [1]}),
        ('"1"', "1"),
        ("*star", "*star"),
        ("!tag", "!tag"),
    ],
)
def test_a_variables_value(text: str, value: Any) -> None:
    node = read_scalar(text, Origin("GUARD__X"))
    assert node.plain() == value
    assert node.origin == Origin("GUARD__X")
    assert all(below.origin == Origin("GUARD__X") for _, below in node.children())


@pytest.mark.parametrize("text", ["[1", "{a", "'x", "[1] 2", "{a: 1, a: 2}", "[!x y]"])
def test_a_variables_value_that_does_not_close(text: str) -> None:
    with pytest.raises(Unreadable):
        read_scalar(text, Origin("GUARD__X"))


@given(st.dictionaries(keys, shapes, max_size=4), paths, scalars)
def test_what_is_put_is_there_and_nothing_else_changes(
    document: dict[str, Any], path: tuple[str, ...], value: Any
) -> None:
    tree, _ = read_yaml(json.dumps(document, ensure_ascii=False), "x.yaml")
    other = tree.put(path, Node(value, HERE))
    found = other.at(path)
    assert found is not None
    assert found.value == value
    kept = {key: node.plain() for key, node in other.children() if key != path[0]}
    assert kept == {key: node.plain() for key, node in tree.children() if key != path[0]}
    assert tree.plain() == document


def test_the_nearest_node_on_the_way() -> None:
    tree, _ = read_yaml("a: {b: [1, {c: 2}]}\n", "x.yaml")
    assert tree.nearest(("a", "b", 1, "c", "d"))[0] == ("a", "b", 1, "c")
    assert tree.nearest(("a", "b", 7))[0] == ("a", "b")
    assert tree.nearest(("z",)) == ((), tree)
    assert tree.at(("a", "b", 0)) == Node(1, Origin("x.yaml", 1, 9))
    assert tree.at(("a", 0)) is None
    replaced = tree.put(("a", "b", 1, "c"), Node(3, HERE))
    assert replaced.plain() == {"a": {"b": [1, {"c": 3}]}}
    assert tree.put(("a", "b", 9), Node(3, HERE)).plain() == tree.plain()
