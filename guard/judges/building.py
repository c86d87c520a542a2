"""From settings to a judge."""

from __future__ import annotations

from guard.agreement import Judge
from guard.errors import ConfigurationError
from guard.judges import llm, nli
from guard.judges.cascade import Cascade
from guard.judges.costly import Costly, ModelAt
from guard.judges.lexical import Lexical
from guard.judges.mathematics import MATH_VERSION, PLACE, Mathematics, check_extra
from guard.judges.nli_file import NliFile
from guard.judges.nli_server import NliServer
from guard.judges.settings import NliSettings
from guard.transports import TransportSettings, build_transport


def build_judge(
    name: str,
    model: ModelAt | None = None,
    entailment: NliSettings | None = None,
    *,
    mathematics: bool = False,
) -> Judge:
    """The judge of that name. `model`: who is asked as `llm` (None: the model whose answers are compared);
    `entailment`: the model of `nli`; `mathematics`: expressions are computed first. Connects to nothing and starts
    nothing yet, and reads a model file whole. Raises `ConfigurationError`."""
    if mathematics:
        check_extra()
    computing = Mathematics() if mathematics else None
    if name == "lexical":
        return Cascade(Lexical(), None, computing) if computing else Lexical()
    costly: Costly = llm.LlmJudge(model) if name == "llm" else _nli(name, entailment)
    return Cascade(Lexical(), costly, computing)


def version_of(
    name: str, model: str | None = None, entailment: NliSettings | None = None, *, mathematics: bool = False
) -> str:
    """The version that such a judge has, without building it. Raises `ConfigurationError`."""
    first = f"{Lexical.version} {MATH_VERSION}" if mathematics else Lexical.version
    if name == "lexical":
        return first
    costly = llm.version_of(model) if name == "llm" else nli.version_of(_needed(name, entailment))
    return f"{first} {costly}"


def costly_of(judge: Judge) -> Costly | None:
    """The costly half of a judge; None where it has none."""
    return judge.costly if isinstance(judge, Cascade) else None


def place_of(judge: Judge) -> str | None:
    """What answers for a judge in metrics; None = the upstream whose answers are compared, or nobody."""
    if not isinstance(judge, Cascade):
        return None
    return judge.costly.place if judge.costly is not None else PLACE


async def close_judge(judge: Judge) -> None:
    """Close what is a judge's own: connections, a model, a process."""
    if isinstance(judge, Cascade):
        for each in (judge.costly, judge.mathematics):
            if each is not None:
                await each.close()


def _needed(name: str, entailment: NliSettings | None) -> NliSettings:
    if name != "nli":
        raise ConfigurationError(f"no judge is called {name!r}; there is lexical, llm, nli")
    if entailment is None or not entailment.named:
        raise ConfigurationError("the judge nli needs a model: `nli: {path, sha256, tokenizer}` or `nli: {url, model}`")
    return entailment


def _nli(name: str, entailment: NliSettings | None) -> Costly:
    settings = _needed(name, entailment)
    if settings.url is not None:
        upstream = build_transport("aiohttp", TransportSettings(name=nli.PLACE, base_url=settings.url))
        return nli.NliJudge(NliServer(upstream, settings.labels), nli.version_of(settings))
    path, sha256, tokenizer = settings.path, settings.sha256, settings.tokenizer
    if path is None or sha256 is None or tokenizer is None:
        raise ConfigurationError("the judge nli needs `path`, `sha256` and `tokenizer` of its model")
    return nli.NliJudge(NliFile(path, sha256, tokenizer, settings.labels), nli.version_of(settings))
