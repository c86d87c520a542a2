"""Answerability read from recorded words: how well doubt tells questions that lack something from whole ones."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import typer

from guard.doubt.weights import Weights
from guard.errors import ConfigurationError
from probes.console import AsJson, emit, extra, told
from probes.judging import tpr_at
from probes.metrics import auroc_interval, auroc_within
from probes.premises_fit import Read, fit, fit_own, log_odds, read_responses

FOLDS: Final = 5
FALSE_ABSTENTION: Final = 0.05


@dataclass(frozen=True, slots=True)
class Doubted:
    """How well doubt does on one model's answers of one source; None where undefined.

    `auroc` counts a question that lacks something as the one to be doubted, over pairs of one fold, with its 95 %
    bootstrap interval. `recall_at_5` is the share of such questions found where at most 5 % of the others are doubted
    as much. `own_abstention` is the share of them on which the recording says that the model itself abstained.
    """

    n: int
    auroc: float | None
    auroc_ci: tuple[float, float] | None
    recall_at_5: float | None
    own_abstention: float | None


Sources = dict[str, dict[str, Doubted]]


def premises_command(
    responses: Annotated[list[Path], typer.Option("--responses", help="Recorded responses; may be repeated.")],
    fit: Annotated[list[Path] | None, typer.Option("--fit", help="Fit on these instead of the file itself.")] = None,
    within: Annotated[bool, typer.Option("--within", help="Fit on the tested model's own rows too.")] = False,
    as_json: AsJson = False,
) -> None:
    """How well a model's own words tell questions that lack a premise from whole ones. Needs the extra `probes`."""
    with told(), extra("probes"):
        fitted_on = read_responses(fit) if fit else None
        files = [(path.name, doubted(read_responses([path]), fitted_on, within)) for path in responses]
    if as_json:
        emit({"files": [{"file": name, "sources": _document(sources)} for name, sources in files]})
        return
    for name, sources in files:
        typer.echo("\n".join([name, *as_lines(sources)]))


def doubted(rows: Sequence[Read], fitted_on: Sequence[Read] | None = None, within: bool = False) -> Sources:
    """Figures for every source and model of the rows.

    Each fold of questions is judged by weights fitted on `fitted_on` (without: the rows themselves) less the tested
    model's rows and the tested questions; with `within` those weights are the start of a fit on the model's own rows of
    that source in the other folds. Raises `ConfigurationError` where nothing is left to fit on.
    """
    starts = _Starts(rows if fitted_on is None else fitted_on)
    found: Sources = {}
    for (source, model), own in _groups(rows).items():
        found.setdefault(source, {})[model] = _judged(model, own, starts, within)
    return found


def _judged(model: str, own: Sequence[Read], starts: _Starts, within: bool) -> Doubted:
    if len({read.lacking for read in own}) < 2:
        return Doubted(len(own), None, None, None, _abstained(own))
    folds = [fold_of(read.row.question) for read in own]
    scores: dict[int, float] = {}
    for fold in sorted(set(folds)):
        tested = [place for place, number in enumerate(folds) if number == fold]
        others = [read for read, number in zip(own, folds, strict=True) if number != fold]
        weights = starts.own(model, fold, others) if within else starts.less(model, fold)
        scores.update(zip(tested, log_odds(weights, [own[place] for place in tested]), strict=True))
    return _figures(own, [scores[place] for place in range(len(own))], folds)


def _figures(own: Sequence[Read], scores: Sequence[float], folds: Sequence[int]) -> Doubted:
    lacking = [int(read.lacking) for read in own]
    return Doubted(
        n=len(own),
        auroc=auroc_within(lacking, scores, folds),
        auroc_ci=auroc_interval(lacking, scores, folds),
        recall_at_5=tpr_at(np.array(lacking, dtype=bool), np.array(scores), FALSE_ABSTENTION),
        own_abstention=_abstained(own),
    )


def _abstained(own: Sequence[Read]) -> float | None:
    """Share of the questions that lack something on which the model abstained, of those where that is recorded."""
    said = [read.row.abstained for read in own if read.lacking and read.row.abstained is not None]
    return sum(said) / len(said) if said else None


def _groups(rows: Sequence[Read]) -> dict[tuple[str, str], list[Read]]:
    groups: dict[tuple[str, str], list[Read]] = {}
    for read in sorted(rows, key=lambda read: (read.row.source, read.row.model)):
        groups.setdefault((read.row.source, read.row.model), []).append(read)
    return groups


class _Starts:
    """Weights fitted on a pool less one model and one fold of questions; each is fitted once."""

    def __init__(self, pool: Sequence[Read]) -> None:
        self._pool = [(fold_of(read.row.question), read) for read in pool]
        self._fitted: dict[tuple[str, int], Weights] = {}

    def less(self, model: str, fold: int) -> Weights:
        """Pooled weights. Raises `ConfigurationError` where the rest of the pool has not both kinds of questions."""
        if (model, fold) not in self._fitted:
            rest = self._rest(model, fold)
            if not _both(rest):
                raise ConfigurationError(
                    f"nothing is left to fit on without {model!r}: name other models' responses with --fit, "
                    "or fit on its own with --within"
                )
            self._fitted[model, fold] = fit(rest)
        return self._fitted[model, fold]

    def own(self, model: str, fold: int, others: Sequence[Read]) -> Weights:
        """Weights fitted on the model's own rows, from the pooled ones on where there are any."""
        if _both(self._rest(model, fold)):
            return fit_own(self.less(model, fold), others)
        return fit(others)

    def _rest(self, model: str, fold: int) -> list[Read]:
        return [read for number, read in self._pool if number != fold and read.row.model != model]


def _both(rows: Sequence[Read]) -> bool:
    return len({read.lacking for read in rows}) == 2


def fold_of(question: str) -> int:
    """The fold that a question falls into, whoever answers it: by content, so that it never moves."""
    key = " ".join(question.lower().split())
    return int(hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:8], 16) % FOLDS


def _document(sources: Sources) -> dict[str, dict[str, object]]:
    return {source: {model: asdict(row) for model, row in models.items()} for source, models in sources.items()}


def as_lines(sources: Sources) -> list[str]:
    """A line for every source and model, and each source's mean."""
    lines = []
    for source, models in sources.items():
        lines += [_line(source, model, row) for model, row in models.items()]
        measured = [row for row in models.values() if row.auroc is not None]
        if measured:
            mean, recall = (np.mean([getattr(row, name) for row in measured]) for name in ("auroc", "recall_at_5"))
            lines.append(
                f"{source:14} {f'mean of {len(measured)}':32} {'':6} AUROC {mean:.3f} {'':14} recall {recall:.3f}"
            )
    return lines


def _line(source: str, model: str, row: Doubted) -> str:
    def shown(value: float | None) -> str:
        return f"{'-' if value is None else f'{value:.3f}':>5}"

    low, high = row.auroc_ci or (None, None)
    interval = f"[{shown(low)}, {shown(high)}]"
    figures = f"AUROC {shown(row.auroc)} {interval} recall {shown(row.recall_at_5)} own {shown(row.own_abstention)}"
    return f"{source:14} {model:32} {row.n:6} {figures}"
