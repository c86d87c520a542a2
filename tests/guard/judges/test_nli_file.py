"""A model file: a real ONNX classifier and a real tokenizer, small enough to be made here."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from guard.errors import ConfigurationError, UpstreamUnreadable
from guard.judges.building import build_judge, costly_of
from guard.judges.costly import Costly, pair_of
from guard.judges.nli_file import NliFile
from guard.judges.offline import nobody
from guard.judges.settings import LABELS, NliSettings

onnx = pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")
tokenizers = pytest.importorskip("tokenizers")

WORDS = "[PAD] [UNK] [CLS] [SEP] where is it ? paris city lyon not".split()
Q = "Where is it?"


def tokenizer(folder: Path, *more: str) -> Path:
    """Splits at blanks; `more` are words beyond those that the model knows."""
    from tokenizers import models, normalizers, pre_tokenizers, processors

    made = tokenizers.Tokenizer(
        models.WordLevel({word: i for i, word in enumerate([*WORDS, *more])}, unk_token="[UNK]")
    )
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", WORDS.index("[CLS]")), ("[SEP]", WORDS.index("[SEP]"))],
    )
    made.save(str(folder / "tokenizer.json"))
    return folder / "tokenizer.json"


def model(
    folder: Path,
    *,
    batch: int | str = "batch",
    classes: int = 3,
    length: int | str = "tokens",
    names: Sequence[str] = ("input_ids",),
) -> Path:
    """Logits are sums over the words of both texts: "not" and "lyon" speak for contradiction, "city" for neutral, every
    pair a little for entailment. Padding must not count, which the mask sees to."""
    from onnx import TensorProto, helper, numpy_helper

    np = pytest.importorskip("numpy")
    weights = np.zeros((len(WORDS), classes), dtype=np.float32)
    weights[WORDS.index("[CLS]"), 0] = 1.0
    weights[WORDS.index("city"), 1] = 3.0
    weights[WORDS.index("lyon"), classes - 1] = weights[WORDS.index("not"), classes - 1] = 5.0
    weights[WORDS.index("[PAD]"), 1] = 99.0
    nodes = [
        helper.make_node("Gather", ["weights", names[0]], ["words"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["wide"]),
        helper.make_node("Mul", ["words", "wide"], ["seen"]),
        helper.make_node("ReduceSum", ["seen", "along"], ["logits"], keepdims=0),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, [batch, length])
            for name in (*names, "attention_mask")
        ],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [batch, classes])],
        [
            numpy_helper.from_array(weights, "weights"),
            numpy_helper.from_array(np.array([2], dtype=np.int64), "last"),
            numpy_helper.from_array(np.array([1], dtype=np.int64), "along"),
        ],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(made)
    path = folder / "model.onnx"
    path.write_bytes(made.SerializeToString())
    return path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def built(folder: Path, **how: Any) -> Costly:
    path = model(folder, **how)
    settings = NliSettings(path=path, sha256=digest(path), tokenizer=tokenizer(folder))
    costly = costly_of(build_judge("nli", entailment=settings))
    assert costly is not None
    return costly


@pytest.mark.parametrize("length", ["tokens", 24])
async def test_a_real_model_decides_whatever_length_it_insists_on(tmp_path: Path, length: int | str) -> None:
    judge = built(tmp_path, length=length)
    pairs = [pair_of("Paris", "It is Paris"), pair_of("Paris", "Lyon"), pair_of("Paris", "Paris city where it is")]
    assert await judge.decide(Q, pairs, nobody) == ("same", "different", None)
    assert await judge.decide(Q, [pair_of("Paris", "not Paris")], nobody) == ("different",)
    await judge.close()


async def test_a_pair_alone_and_in_a_batch_are_judged_alike(tmp_path: Path) -> None:
    judge = built(tmp_path)
    pairs = [pair_of("Paris", "Paris is it where is it where is it not"), pair_of("Paris", "is Paris")]
    together = await judge.decide(Q, pairs, nobody)
    assert together == tuple([(await judge.decide(Q, [pair], nobody))[0] for pair in pairs])
    await judge.close()


def test_the_version_is_the_files_checksum(tmp_path: Path) -> None:
    path = model(tmp_path)
    settings = NliSettings(path=path, sha256=digest(path), tokenizer=tokenizer(tmp_path))
    assert build_judge("nli", entailment=settings).version.endswith(f" nli/1 sha256:{digest(path)[:12]}")


def test_another_file_than_the_one_meant_is_refused(tmp_path: Path) -> None:
    path = model(tmp_path)
    with pytest.raises(ConfigurationError, match=digest(path)):
        NliFile(path, "0" * 64, tokenizer(tmp_path), LABELS)


def test_a_model_with_other_classes_is_refused(tmp_path: Path) -> None:
    path = model(tmp_path, classes=2)
    with pytest.raises(ConfigurationError, match=r"shape \[2, 2\].*3 classes"):
        NliFile(path, digest(path), tokenizer(tmp_path), LABELS)


def test_a_model_that_wants_other_inputs_is_refused(tmp_path: Path) -> None:
    path = model(tmp_path, names=("pixels",))
    with pytest.raises(ConfigurationError, match="does not take what the tokenizer gives"):
        NliFile(path, digest(path), tokenizer(tmp_path), LABELS)


def test_a_model_for_one_pair_at_a_time_is_refused(tmp_path: Path) -> None:
    path = model(tmp_path, batch=1)
    with pytest.raises(ConfigurationError, match="does not take what the tokenizer gives"):
        NliFile(path, digest(path), tokenizer(tmp_path), LABELS)


async def test_what_the_model_chokes_on_is_a_failure_like_any_other(tmp_path: Path) -> None:
    path = model(tmp_path)
    file = NliFile(path, digest(path), tokenizer(tmp_path, "unheard"), LABELS)
    with pytest.raises(UpstreamUnreadable, match="judge nli failed"):
        await file.classify([("Paris", "unheard")])
    assert await file.classify([("Paris", "Paris")]) == ["entailment"]
    await file.close()


async def test_half_a_character_is_read_as_an_unknown_word(tmp_path: Path) -> None:
    judge = built(tmp_path)
    assert await judge.decide(Q, [pair_of("\ud800", "Paris")], nobody) == ("same",)
    await judge.close()


def test_what_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(b"not a model")
    with pytest.raises(ConfigurationError, match="not a usable ONNX model"):
        NliFile(path, digest(path), tokenizer(tmp_path), LABELS)


@pytest.mark.parametrize("text", [b"\xff", b"[]", b"{}", b'{"model": 3}'])
def test_what_is_no_tokenizer_is_refused(tmp_path: Path, text: bytes) -> None:
    path, other = model(tmp_path), tmp_path / "tokenizer.json"
    other.write_bytes(text)
    with pytest.raises(ConfigurationError, match=r"not a `tokenizer\.json`"):
        NliFile(path, digest(path), other, LABELS)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"nowhere\.onnx: No such file"):
        NliFile(tmp_path / "nowhere.onnx", "0" * 64, tmp_path / "tokenizer.json", LABELS)
    path = model(tmp_path)
    with pytest.raises(ConfigurationError, match=r"nowhere\.json: No such file"):
        NliFile(path, digest(path), tmp_path / "nowhere.json", LABELS)


@pytest.mark.parametrize("name", ["onnxruntime", "tokenizers"])
def test_a_missing_extra_is_named(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path, words = model(tmp_path), tokenizer(tmp_path)
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ConfigurationError, match=r"abstention-guard\[nli\]"):
        NliFile(path, digest(path), words, LABELS)
