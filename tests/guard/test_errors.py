"""The tree that is drawn is the tree that there is."""

from __future__ import annotations

import inspect
import re

import pytest

from guard import errors
from guard.errors import GuardError, InsufficientEvidence, UpstreamError, UpstreamRefused
from guard.upstream import Reply

LINE = re.compile(r"^(?P<indent>[│ ]*)(?:[├└]── )?(?P<name>[A-Z]\w+)(?:\s{2,}(?P<words>\S.*))?$")


def drawn() -> dict[str, str | None]:
    """Class -> parent, as the docstring of the module draws them."""
    parents: dict[str, str | None] = {}
    stack: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        match = LINE.match(line)
        if match is None or not (match["words"] or match["name"] == "GuardError"):
            continue
        depth = (len(line) - len(line.lstrip("│├└─ "))) // 4
        stack = [*stack[:depth], match["name"]]
        parents[match["name"]] = stack[depth - 1] if depth else None
    return parents


def classes() -> dict[str, type[GuardError]]:
    found = inspect.getmembers(errors, inspect.isclass)
    return {name: kind for name, kind in found if issubclass(kind, GuardError)}


def test_every_class_is_drawn_under_its_parent_and_nothing_else_is() -> None:
    there = {name: kind.__bases__[0].__name__ for name, kind in classes().items() if kind is not GuardError}
    assert drawn() == {"GuardError": None, **there}
    assert len(there) >= 12


@pytest.mark.parametrize("kind", [*classes().values()], ids=lambda kind: kind.__name__)
def test_every_class_says_whether_again_and_what_helps(kind: type[GuardError]) -> None:
    assert isinstance(kind.retryable, bool)
    assert isinstance(kind.hint, str)
    assert inspect.getdoc(kind)


def test_every_upstream_error_has_a_kind_of_its_own() -> None:
    kinds = [kind.kind for kind in classes().values() if issubclass(kind, UpstreamError)]
    assert len(kinds) == len(set(kinds)) == 7
    assert all(re.fullmatch("[a-z_]+", kind) for kind in kinds)


def test_what_is_worth_another_try() -> None:
    again = {name for name, kind in classes().items() if kind.retryable}
    assert again == {
        "UpstreamError",
        "UpstreamUnreachable",
        "UpstreamTimeout",
        "UpstreamBroken",
        "UpstreamUnreadable",
        "InsufficientEvidence",
    }


def test_errors_carry_what_their_catcher_needs() -> None:
    reply = Reply(429, (("retry-after", "3"),), b'{"error":{}}')
    refused = UpstreamRefused(reply)
    assert refused.reply is reply
    assert "429" in str(refused)
    assert errors.DialectError("no", param="model").param == "model"
    assert errors.DialectError("no").param is None
    assert InsufficientEvidence("deadline").reason == "deadline"


def test_an_error_does_not_print_what_the_upstream_said() -> None:
    """A reply may hold a caller's words; a message goes to the log."""
    refused = UpstreamRefused(Reply(400, (), b"secret words"))
    assert "secret" not in str(refused)
    assert "secret" not in repr(refused)
