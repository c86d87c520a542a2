"""From settings to a judge, and what settings cannot mean."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from guard.errors import ConfigurationError
from guard.judges import JUDGES
from guard.judges.building import build_judge, costly_of, version_of
from guard.judges.costly import ModelAt
from guard.judges.settings import LABELS, NliSettings
from guard.policy import Policy
from guard.testing import ScriptedUpstream

FILE = {"path": "m.onnx", "sha256": "a" * 64, "tokenizer": "t.json"}
SERVER = {"url": "http://127.0.0.1:9", "model": "deberta"}


def test_the_lexical_judge_has_no_costly_half() -> None:
    judge = build_judge("lexical")
    assert costly_of(judge) is None
    assert judge.version == JUDGES["lexical"].version == version_of("lexical")


@pytest.mark.parametrize("model", [None, "big-one"])
def test_the_version_is_known_without_the_judge(model: str | None) -> None:
    at = ModelAt(ScriptedUpstream([]), model) if model else None
    assert build_judge("llm", at).version == version_of("llm", model)
    assert version_of("llm", model).endswith(f" llm/1 {model or 'own'}")


def test_of_a_model_file_too() -> None:
    assert version_of("nli", None, NliSettings(**FILE)).endswith(" nli/1 sha256:aaaaaaaaaaaa")


def test_every_judge_is_a_version_of_its_own() -> None:
    settings = [NliSettings(**FILE), NliSettings(**SERVER)]
    versions = [version_of("lexical"), version_of("llm"), version_of("llm", "x")]
    versions += [version_of("nli", None, one) for one in settings]
    assert len(set(versions)) == 5


@pytest.mark.parametrize("name", ["embedding", "nonsense", ""])
def test_a_judge_that_there_is_not(name: str) -> None:
    for build in (build_judge, version_of):
        with pytest.raises(ConfigurationError, match="there is lexical, llm, nli"):
            build(name)


def test_nli_without_a_model() -> None:
    with pytest.raises(ConfigurationError, match="needs a model"):
        build_judge("nli")
    with pytest.raises(ValidationError, match="`judge: nli` needs `nli`"):
        Policy(judge="nli")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"path": "m.onnx"}, "`sha256`, `tokenizer` too"),
        (FILE | SERVER, "exclude each other"),
        ({"url": SERVER["url"]}, "`url` needs `model`"),
        (SERVER | {"url": "127.0.0.1:80"}, "no address"),
        (SERVER | {"url": "http://me:secret@host"}, "without a credential"),
        (SERVER | {"url": "http://host/?model=x"}, "without a credential or query"),
        (SERVER | {"url": "http://host:0"}, "no address"),
        (FILE | {"sha256": "A" * 64}, "sha256"),
        (SERVER | {"labels": ["yes", "no"]}, "entailment"),
        (SERVER | {"labels": [*LABELS, "neutral"]}, "twice"),
        (SERVER | {"port": 80}, "port"),
    ],
)
def test_settings_that_cannot_be_meant(written: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        NliSettings.model_validate(written)


def test_settings_that_name_nothing_are_as_good_as_none() -> None:
    assert not NliSettings().named
    for written in (FILE, SERVER):
        assert NliSettings.model_validate(written).named
    with pytest.raises(ValidationError, match="`judge: nli` needs `nli`"):
        Policy.model_validate({"judge": "nli", "nli": {}})
    with pytest.raises(ConfigurationError, match="needs a model"):
        version_of("nli", None, NliSettings())


def test_a_classifier_of_two_classes_is_one() -> None:
    assert NliSettings.model_validate(FILE | {"labels": ["entailment", "contradiction"]}).labels[1] == "contradiction"
