"""The judge `nli`: two answers mean the same where each entails the other, given the question.

Bidirectional entailment, as in semantic entropy (Farquhar et al., Nature 630, 2024). The question stands before both
answers; a contradiction in either direction is "different"; anything else leaves the pair open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from guard.judges.costly import Ask, Pair
from guard.judges.settings import NliSettings
from guard.typed import Verdict

NLI_VERSION: Final = "nli/1"
PLACE: Final = "nli"
"""What stands for the model in metrics that tell upstreams apart."""
BATCH: Final = 32
"""Sentence pairs in one go: what text-embeddings-inference takes by default (`--max-client-batch-size`)."""
MAX_QUESTION_CHARS: Final = 600


class Classifier(Protocol):
    """Says for each premise and hypothesis which class is the likeliest."""

    async def classify(self, pairs: Sequence[tuple[str, str]]) -> Sequence[str]:
        """The likeliest label of each pair, at most `BATCH` of them. Raises `UpstreamError`."""
        ...

    async def close(self) -> None:
        """Let go of the model, or of the connections."""
        ...


def version_of(nli: NliSettings) -> str:
    """The judge's version: how it asks, and the model; of a file the beginning of its checksum."""
    model = nli.model if nli.url else f"sha256:{str(nli.sha256)[:12]}"
    return f"{NLI_VERSION} {model}"


class NliJudge:
    """See `guard.judges.costly.Costly`."""

    asks_model = False

    def __init__(self, classifier: Classifier, version: str) -> None:
        self._classifier = classifier
        self._version = version

    @property
    def version(self) -> str:
        """How it asks, and the model."""
        return self._version

    @property
    def place(self) -> str:
        """Always `nli`."""
        return PLACE

    async def decide(self, question: str, pairs: Sequence[Pair], ask: Ask) -> tuple[Verdict | None, ...]:
        """A verdict on each pair, both directions in one batch. Raises `UpstreamError`."""
        asked = " ".join(question[-MAX_QUESTION_CHARS:].split())
        told = [(_sendable(f"{asked} {a}"), _sendable(f"{asked} {b}")) for a, b in pairs]
        both = [way for a, b in told for way in ((a, b), (b, a))]
        labels: list[str] = []
        for start in range(0, len(both), BATCH):
            labels += await self._classifier.classify(both[start : start + BATCH])
        return tuple(verdict_on(there, back) for there, back in zip(labels[::2], labels[1::2], strict=True))

    async def close(self) -> None:
        """Close the model."""
        await self._classifier.close()


def _sendable(text: str) -> str:
    """Without lone surrogates, which neither JSON nor a tokenizer takes."""
    return text.encode("utf-8", "replace").decode()


def verdict_on(there: str, back: str) -> Verdict | None:
    """What two directions come to."""
    if there == back == "entailment":
        return "same"
    return "different" if "contradiction" in (there, back) else None
