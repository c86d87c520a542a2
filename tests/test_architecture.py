"""What no single test sees: import directions, sizes, one place for each kind of line, documents that do not lie."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Union, get_args, get_origin

import click
import pytest
import typer
from importlinter.cli import lint_imports
from prometheus_client import Counter, Gauge, Histogram
from pydantic import BaseModel

import guard
import guard.errors
from guard.calibration import prior
from guard.evidence import Answer, Evidence
from guard.policy import SIGNALS as POLICY_SIGNALS
from guard.signals import SIGNALS
from guard.verdict import Decision, Reason
from probes.cli import app as probes_app
from service.cli import app as guard_app
from service.metrics import Metrics
from service.settings import Settings

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PACKAGES = ("guard", "service", "probes")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 80
USUAL_FUNCTION_LINES = 35
ENVIRONMENT_READERS = {Path("service/config_file.py"), Path("probes/endpoint.py")}
VAGUE = frozenset({"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"})


def named(path: Path) -> str:
    """A path as it is told: relative to the project."""
    return path.relative_to(ROOT).as_posix()


def page(name: str) -> str:
    """A page of the documentation."""
    return (DOCS / name).read_text(encoding="utf-8")


def trees() -> Iterator[tuple[Path, ast.Module]]:
    """Every source file, parsed."""
    for path in SOURCES:
        yield path, ast.parse(path.read_text(encoding="utf-8"), str(path))


# The public names


def test_exported_names_are_complete_and_sorted() -> None:
    public = {
        name
        for name, value in vars(guard).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    assert guard.__all__ == sorted({*public, "__version__"})


def test_every_error_is_exported() -> None:
    errors = {
        name
        for name, value in vars(guard.errors).items()
        if isinstance(value, type) and issubclass(value, guard.errors.GuardError)
    }
    assert errors <= set(guard.__all__)


def test_version_is_a_literal_that_the_build_finds() -> None:
    found = re.search(r'^__version__ = "([^"]+)"$', (ROOT / "guard/__init__.py").read_text(), re.MULTILINE)
    assert found is not None
    assert found[1] == guard.__version__
    assert f"## {guard.__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_importing_the_library_brings_no_framework() -> None:
    heavy = ["fastapi", "starlette", "uvicorn", "prometheus_client", "sklearn", "scipy", "onnxruntime", "tokenizers"]
    code = f"import sys, guard; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


# Import directions


def test_import_contracts_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None, no_cache=True, no_logo=True)
    assert status == 0, capsys.readouterr().out


def test_import_contracts_are_described() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]
    described = page("architecture.md")
    assert [name for name in contracts if name not in described] == []


def test_every_signal_and_dialect_is_in_its_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    independent = {
        module
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract["type"] == "independence"
        for module in contract["modules"]
    }
    assert {f"guard.signals.{name}" for name in SIGNALS} <= independent
    assert {name for name in independent if not (ROOT / f"{name.replace('.', '/')}.py").is_file()} == set()


# Sizes and names


def test_files_are_short() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in lengths.items() if lines > MAX_FILE_LINES} == {}


def functions() -> Iterator[tuple[str, int]]:
    """Every function with its length in lines, docstring included."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{named(path)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_functions_are_short() -> None:
    assert [function for function in functions() if function[1] > MAX_FUNCTION_LINES] == []


def test_nineteen_functions_in_twenty_fit_a_glance() -> None:
    lengths = sorted(lines for _, lines in functions())
    assert lengths[int(0.95 * (len(lengths) - 1))] <= USUAL_FUNCTION_LINES


def test_no_module_has_a_vague_name() -> None:
    assert [named(path) for path in SOURCES if VAGUE & {path.stem, *path.relative_to(ROOT).parts}] == []


# One place for each kind of line


def test_the_environment_is_read_in_one_file_of_each_program() -> None:
    readers = {path.relative_to(ROOT) for path, tree in trees() if any(map(_reads_environment, ast.walk(tree)))}
    assert readers == ENVIRONMENT_READERS


def _reads_environment(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "os" and any(alias.name in ("environ", "getenv") for alias in node.names)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.value.id == "os" and node.attr in ("environ", "environb", "getenv", "getenvb")
    return False


def test_no_handler_catches_everything() -> None:
    """The one boundary is the framework's exception handler in `service/app.py`, which is no `except`."""
    wide = [
        f"{named(path)}: {ast.unparse(node).splitlines()[0]}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if _catches_everything(node)
    ]
    assert wide == []


def _catches_everything(node: ast.AST) -> bool:
    """`except:`, `except Exception`, and `contextlib.suppress(Exception)`, which is the same in other words."""
    caught: list[ast.expr] = []
    if isinstance(node, ast.ExceptHandler):
        if node.type is None:
            return True
        caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("suppress", "contextlib.suppress"):
        caught = node.args
    return any(isinstance(name, ast.Name) and name.id in ("Exception", "BaseException") for name in caught)


def test_exceptions_become_responses_in_one_file() -> None:
    users = {
        named(path)
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("add_exception_handler", "exception_handler")
    }
    assert users == {"service/app.py"}


# Documents that do not lie


def setting_paths(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Every key as the reference writes it: `<name>` for a chosen name, `[]` for an item of a list."""
    for name, field in model.model_fields.items():
        yield prefix + name
        for record, step in _records(field.annotation):
            yield from setting_paths(record, f"{prefix}{name}{step}.")


def _records(annotation: Any, step: str = "") -> Iterator[tuple[type[BaseModel], str]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation, step
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is dict:
        yield from _records(inside[1], ".<name>")
    elif origin is tuple:
        yield from _records(inside[0], "[]")
    elif origin in (Union, types.UnionType):
        for choice in inside:
            yield from _records(choice, step)


def test_every_setting_is_documented() -> None:
    reference = page("reference/configuration.md")
    paths = list(setting_paths(Settings))
    assert len(paths) > 60, "the walk over the settings has lost its way"
    assert [path for path in paths if f"| `{path}` |" not in reference] == []


def test_every_metric_is_documented_with_its_type_and_labels() -> None:
    """Rows look like `| name | type | labels | meaning |`."""
    rows = re.findall(r"^\| `(guard_\w+)` \| (\w+) \|(.*?)\|", page("reference/metrics.md"), re.MULTILINE)
    instruments = [value for value in vars(Metrics()).values() if isinstance(value, Counter | Gauge | Histogram)]
    declared = []
    for instrument in instruments:
        (family,) = instrument.describe()
        name = family.name + ("_total" if family.type == "counter" else "")
        declared.append((name, family.type, list(instrument._labelnames)))
    assert declared
    assert sorted((name, kind, re.findall(r"`(\w+)`", labels)) for name, kind, labels in rows) == sorted(declared)


def test_every_signal_has_a_section() -> None:
    sections = page("reference/signals.md").split("\n## ")[1:]
    described = {section.splitlines()[0]: section for section in sections}
    assert set(SIGNALS) == set(described) - {"Not in this version"}
    for name in SIGNALS:
        missing = [f for f in ("What", "Formula", "Direction", "Source", "None") if f"**{f}**" not in described[name]]
        assert missing == [], name
    told = described["Not in this version"]
    assert [name for name in POLICY_SIGNALS if name not in SIGNALS and f"`{name}`" not in told] == []


def test_every_reason_and_decision_is_documented() -> None:
    reference = page("reference/wire.md")
    rows = re.findall(r"^\| `(\w+)` \| (?:answer|abstain|clarify|pass|error)[ ,|]", reference, re.MULTILINE)
    assert sorted(rows) == sorted(str(reason) for reason in Reason)
    assert [str(decision) for decision in Decision if f"`{decision}`" not in reference] == []


def test_every_header_is_documented_and_exists() -> None:
    name = re.compile(r"x-guard-[a-z]+(?:-[a-z]+)*\b(?!-)")
    used = {
        found
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for found in name.findall(node.value)
    }
    assert used == set(name.findall(page("reference/wire.md")))


def test_every_field_of_evidence_is_documented() -> None:
    reference = page("reference/evidence.md")
    fields = [field.alias or name for record in (Evidence, Answer) for name, field in record.model_fields.items()]
    assert [name for name in fields if f"`{name}`" not in reference] == []


@pytest.mark.parametrize(("name", "app"), [("guard", guard_app), ("probes", probes_app)])
def test_every_command_and_option_is_documented(name: str, app: typer.Typer) -> None:
    reference = page("reference/commands.md")
    for words, command in _commands(typer.main.get_command(app), name):
        section = re.search(rf"^### {words}\n(.*?)(?=^###? |\Z)", reference, re.MULTILINE | re.DOTALL)
        assert section is not None, words
        options = [max(p.opts, key=len) for p in command.params if isinstance(p, click.Option) or p.opts[0][0] == "-"]
        assert [option for option in options if option != "--help" and option not in section[1]] == [], words


def _commands(command: Any, words: str) -> Iterator[tuple[str, Any]]:
    """Every command below a group: duck-typed, since typer brings classes of its own."""
    children = getattr(command, "commands", None)
    if children is None:
        yield words, command
        return
    for name, child in children.items():
        yield from _commands(child, f"{words} {name}")


def test_the_priors_confidences_are_those_told() -> None:
    block = re.search(r"<!-- confidences -->\n(.*?)<!-- end -->", page("reference/prior.md"), re.DOTALL)
    assert block is not None
    told = re.findall(r"^\| (\d) of (\d) \|(.*)\|$", block[1], re.MULTILINE)
    assert len(told) > 4
    shipped = [(alike, asked, _confidences(int(alike), int(asked))) for alike, asked, _ in told]
    assert [(alike, asked, [cell.strip() for cell in cells.split("|")]) for alike, asked, cells in told] == shipped
    assert f"threshold {prior().threshold:g}".replace("0.", ".") in page("reference/prior.md")


def _confidences(alike: int, asked: int) -> list[str]:
    """A row of the table: draws alone, numbers 0, 50, 90, 100, "no", "yes", and a "yes" beside the other looks."""
    draws = {"semantic_agreement": alike / asked, "cluster_share": (alike + 1) / (asked + 1)} if asked else {}
    reports: list[dict[str, float]] = [{}]
    reports += [
        {"self_report.number": value, "self_report.yes_no": float(value >= 0.5)} for value in (0.0, 0.5, 0.9, 1.0)
    ]
    reports += [{"self_report.yes_no": value} for value in (0.0, 1.0)]
    reports += [{"self_report.yes_no": 1.0, "second_way": value} for value in (0.0, 1.0)]
    reports += [{"self_report.yes_no": 1.0, "second_way": 1.0, "cross_model": value} for value in (0.0, 1.0)]
    found = (prior().confidence({**draws, **report}) for report in reports)
    return ["-" if value is None else f"{value:.2f}" for value in found]


# Links and snippets


def links() -> Iterator[tuple[Path, str]]:
    """Every relative link of every page, code blocks left out."""
    for path in PAGES:
        prose = re.sub(r"^ *```.*?^ *```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose)):
            if not re.match(r"[a-z]+:", target):
                yield path, target


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_every_link_leads_somewhere() -> None:
    found = list(links())
    assert len(found) > 50, "the search for links has lost its way"
    dead = []
    for path, target in found:
        file, _, anchor = target.partition("#")
        to = (path.parent / file).resolve() if file else path
        if not to.exists() or (anchor and anchor not in anchors(to)):
            dead.append(f"{named(path)}: {target}")
    assert dead == []


def test_every_page_is_reached_from_the_index() -> None:
    reached = {(DOCS / target).resolve() for path, target in links() if path == DOCS / "index.md"}
    assert {named(path) for path in DOCS.rglob("*.md")} - {named(path) for path in reached} == {"docs/index.md"}


def snippets() -> list[Any]:
    """Every Python snippet, with its place."""
    fence = re.compile(r"^( *)```python\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
    found = []
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        for match in fence.finditer(text):
            line = text[: match.start()].count("\n") + 1
            code = re.sub(rf"^{match[1]}", "", match[2], flags=re.MULTILINE)
            found.append(pytest.param(code, id=f"{named(path)}:{line}"))
    return found


@pytest.mark.parametrize("code", snippets())
def test_python_snippets_parse(code: str) -> None:
    compile(code, "<snippet>", "exec")


def test_decisions_fit_a_page_and_are_numbered() -> None:
    files = sorted((DOCS / "decisions").glob("*.md"))
    assert [path.name[:4] for path in files] == [f"{number:04}" for number in range(1, len(files) + 1)]
    assert [named(path) for path in files if len(path.read_text().splitlines()) > 60] == []


def test_licence_is_the_unmodified_one() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert text.lstrip().startswith("Apache License\n")
    assert "Copyright [yyyy] [name of copyright owner]" in text
    assert len(text) == 11358
