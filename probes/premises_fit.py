"""Fitting the weights of doubt: a ridge logistic with signs, the same rows giving the same weights. Needs the extra
`probes`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import typer
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from guard.abstentions import recognise
from guard.answers import final_answer
from guard.doubt.features import FEATURES, FREE, Spoken, features_of
from guard.doubt.weights import Weights
from guard.errors import ConfigurationError
from guard.reasoning import split_reasoning
from probes.console import AsJson, emit, extra, steps, told
from probes.samples import read_rows

RIDGE: Final = 20.0
OWN_RIDGE: Final = 3.0
"""Of a fit on one model's rows: how fast it leaves the weights that it starts from."""
SPREAD: Final = 0.05
"""Added to every feature's spread: one that hardly ever differs must not get a weight out of proportion."""
DIGITS: Final = 5

Matrix = NDArray[np.float64]


class Response(BaseModel):
    """A row of a responses file. `response_chars` is its length before the recording cut it, where it says so."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    source: str = ""
    model: str
    question: str
    response: str
    should_abstain: bool | None = None
    abstained: bool | None = None
    response_chars: int | None = Field(None, ge=0)


@dataclass(frozen=True, slots=True)
class Read:
    """A labelled row with its features, those that do not apply as NaN."""

    row: Response
    features: tuple[float, ...]

    @property
    def lacking(self) -> bool:
        """Whether the question cannot be answered as posed."""
        return bool(self.row.should_abstain)


def spoken_of(row: Response, visible_only: bool = False) -> Spoken:
    """A recorded response as the signal reads a completion; `visible_only` as if the endpoint hid the reasoning."""
    reasoning, visible = split_reasoning(row.response)
    final, kind = final_answer(row.response, row.question), recognise(row.response, row.question)
    if visible_only:
        return Spoken(row.question, "", visible, final, kind)
    return Spoken(row.question, reasoning, visible, final, kind, row.response_chars or 0)


def read_responses(paths: Sequence[Path], visible_only: bool = False) -> list[Read]:
    """The rows that say whether their question can be answered, with their features. Raises `ConfigurationError`."""
    rows = [row for row in read_rows(paths, Response) if row.should_abstain is not None]
    found = []
    with steps("reading", len(rows)) as step:
        for row in rows:
            features = features_of(spoken_of(row, visible_only))
            values = tuple(float("nan") if features[name] is None else float(features[name] or 0) for name in FEATURES)
            found.append(Read(row, values))
            step()
    return found


def fit(rows: Sequence[Read]) -> Weights:
    """Weights fitted on all rows, both labels weighing the same, and in each label every source.

    Ridge on standardised features (Hoerl and Kennard 1970); doubt can only raise the log-odds. Raises
    `ConfigurationError` where one of the labels is missing.
    """
    labels = np.array([read.lacking for read in rows], dtype=float)
    if not 0 < labels.sum() < len(labels):
        raise ConfigurationError("fitting needs questions of both kinds: with should_abstain true, and false")
    cells = [(read.row.source, read.lacking) for read in rows]
    count, sources = Counter(cells), Counter(lacking for _, lacking in set(cells))
    shares = np.array([1 / (count[cell] * sources[cell[1]]) for cell in cells])
    table = np.array([read.features for read in rows], dtype=float)
    calm = _calm(table, labels)
    table = np.where(np.isnan(table), calm, table)
    spread = table.std(axis=0) + SPREAD
    start = np.zeros(len(FEATURES))
    intercept, weights = _solved(table / spread, labels, shares * len(rows) / shares.sum(), start, RIDGE)
    return _weights(intercept, weights / spread, calm)


def fit_own(start: Weights, rows: Sequence[Read]) -> Weights:
    """Weights for one model: from the pooled ones on, as far as its own rows bear out; an intercept of its own.

    Without rows of both labels it is the start.
    """
    labels = np.array([read.lacking for read in rows], dtype=float)
    if not 0 < labels.sum() < len(labels):
        return start
    calm = np.array([start.calm[name] for name in FEATURES])
    table = np.array([read.features for read in rows], dtype=float)
    table = np.where(np.isnan(table), calm, table)
    spread = table.std(axis=0) + SPREAD
    pooled = np.array([start.weights[name] for name in FEATURES]) * spread
    intercept, weights = _solved(table / spread, labels, np.ones(len(rows)), pooled, OWN_RIDGE)
    return _weights(intercept, weights / spread, calm)


def log_odds(weights: Weights, rows: Sequence[Read]) -> list[float]:
    """Log-odds of doubt for every row."""
    named = (
        {name: None if np.isnan(value) else value for name, value in zip(FEATURES, read.features, strict=True)}
        for read in rows
    )
    return [weights.log_odds(features) for features in named]


def _calm(table: Matrix, labels: Matrix) -> Matrix:
    """Each feature's mean over the answers to whole questions to which it applies."""
    whole = table[labels == 0]
    there = ~np.isnan(whole)
    return np.asarray(np.where(there, whole, 0).sum(axis=0) / np.maximum(there.sum(axis=0), 1))


def _solved(table: Matrix, labels: Matrix, shares: Matrix, start: Matrix, ridge: float) -> tuple[float, Matrix]:
    """Intercept and weights of the least weighted log loss + ridge / 2 x squared distance from the start."""
    from scipy.optimize import minimize

    def loss(values: Matrix) -> tuple[float, Matrix]:
        odds = table @ values[1:] + values[0]
        wrong = shares * (1 / (1 + np.exp(-np.clip(odds, -50, 50))) - labels)
        away = values[1:] - start
        value = float(shares @ (np.logaddexp(0, odds) - labels * odds) + ridge / 2 * away @ away)
        return value, np.concatenate([[wrong.sum()], table.T @ wrong + ridge * away])

    bounds = [(None, None), *((None if name in FREE else 0.0, None) for name in FEATURES)]
    found = minimize(
        loss, np.concatenate([[0.0], start]), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 1000}
    )
    return float(found.x[0]), np.asarray(found.x[1:], dtype=float)


def _weights(intercept: float, weights: Matrix, calm: Matrix) -> Weights:
    def named(values: Matrix) -> dict[str, float]:
        return {name: round(float(value), DIGITS) for name, value in zip(FEATURES, values, strict=True)}

    return Weights(intercept=round(intercept, DIGITS), weights=named(weights), calm=named(calm))


def premises_fit_command(
    responses: Annotated[list[Path], typer.Option("--responses", help="Recorded responses; may be repeated.")],
    out: Annotated[Path, typer.Option("--out", help="Where to write the weights.")],
    as_json: AsJson = False,
) -> None:
    """Fit the weights of `premise_doubt`: the same files, the same weights. Needs the extra `probes`."""
    with told(), extra("probes"):
        rows = read_responses(responses)
        weights = fit(rows)
        try:
            out.write_text(weights.model_dump_json(indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise ConfigurationError(f"{out}: cannot be written: {error.strerror}") from error
    kept = sum(value != 0 for value in weights.weights.values())
    if as_json:
        emit({"out": str(out), "n": len(rows), "features": len(FEATURES), "weights": kept})
    else:
        typer.echo(f"{out}: {kept} of {len(FEATURES)} features have a weight, from {len(rows)} responses")
