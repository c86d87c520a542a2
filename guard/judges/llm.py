"""The judge `llm`: a model is asked, in one call, which of the open pairs mean the same."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from guard.judges.costly import Ask, JudgeMalformed, ModelAt, Pair
from guard.reports import SAME_MEANING_VERSION, read_same_meaning, same_meaning
from guard.typed import Verdict


def version_of(model: str | None) -> str:
    """The judge's version: its prompt, and the model; `own` is the one whose answers are compared."""
    return f"{SAME_MEANING_VERSION} {model or 'own'}"


@dataclass(frozen=True, slots=True)
class LlmJudge:
    """See `guard.judges.costly.Costly`. `model` None: the model whose answers are compared."""

    model: ModelAt | None = None
    asks_model = True

    @property
    def version(self) -> str:
        """Prompt and model."""
        return version_of(self.model.model if self.model else None)

    @property
    def place(self) -> str | None:
        """The upstream that is asked."""
        return self.model.upstream.name if self.model else None

    async def decide(self, question: str, pairs: Sequence[Pair], ask: Ask) -> tuple[Verdict | None, ...]:
        """A verdict on each pair. Raises `UpstreamError`, `JudgeMalformed` where the reply is not in due form."""
        nonce = secrets.token_hex(8)
        said = await ask(same_meaning(question, pairs, nonce, room=self.model is not None), self.model)
        verdicts = read_same_meaning(said, nonce, len(pairs))
        if verdicts is None:
            raise JudgeMalformed("the judge's reply is not in the form that was asked for")
        return verdicts

    async def close(self) -> None:
        """Nothing of its own: upstreams are closed where they were made."""
