"""Calibration: data that turns scores into confidences. Applying it needs neither numpy nor scikit-learn.

A calibration file holds maps for each set of signals that can be there together: an intercept, a weight a signal, all
weights at least 0, so that a better score never lowers the confidence. For the models it was fitted on a map may hold
more: what the traits of question and answer weigh on their traffic, and a curve of each model's own. Which map applies
depends only on which signals were measured, and of which model.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from guard.errors import CalibrationError
from guard.evidence import Evidence
from guard.traits import TRAITS, traits_of
from guard.verdict import PerAxis

SCHEMA = "calibration/1"

NonNegative = Annotated[float, Field(ge=0.0, allow_inf_nan=False)]


class Record(BaseModel):
    """Frozen; fields that a later version added are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Curve(Record):
    """One model's own curve over the pooled log-odds: shift + slope x log-odds; shrunk to shift 0 and slope 1."""

    shift: float = Field(0.0, allow_inf_nan=False)
    slope: NonNegative = 1.0


class Map(Record):
    """Logistic map of named terms to a confidence: 1 / (1 + exp(-(intercept + sum of weight x term))).

    A term is an input, the product `a*b` of two (looks that speak together say more than their sum: the
    multiplicative form of CoCoA, Vashurin et al. 2025), or the step `a>x`, 1 where the input is above x. Terms with a
    look have weights of at least 0; those in `traits` are of traits alone and free in sign. A map with `curves` is for
    those models only.
    """

    intercept: float = Field(allow_inf_nan=False)
    weights: dict[str, NonNegative]
    traits: dict[str, Annotated[float, Field(allow_inf_nan=False)]] = {}
    curves: dict[str, Curve] = {}

    @field_validator("traits")
    @classmethod
    def _known(cls, traits: dict[str, float]) -> dict[str, float]:
        unknown = [name for name in traits if not TRAITS.issuperset(parts_of(name))]
        if unknown:
            raise ValueError(f"{unknown[0]!r} is no trait; there is {', '.join(sorted(TRAITS))}")
        return traits

    @property
    def needs(self) -> frozenset[str]:
        """The looks' inputs that have to be there; traits always are."""
        return frozenset(part for name in self.weights for part in parts_of(name)) - TRAITS

    def knows(self, model: str) -> bool:
        """Is this map for this model? One without curves is for any."""
        return not self.curves or model in self.curves

    def apply(self, inputs: Mapping[str, float], model: str = "") -> float:
        """Confidence in (0, 1)."""
        terms = (*self.weights.items(), *self.traits.items())
        logit = self.intercept + sum(weight * value_of(name, inputs) for name, weight in terms)
        curve = self.curves.get(model, PLAIN)
        logit = curve.shift + curve.slope * logit
        return 1 / (1 + math.exp(-max(min(logit, 50.0), -50.0)))


PLAIN = Curve()


def parts_of(name: str) -> tuple[str, ...]:
    """The inputs that a term is made of."""
    return tuple(name.partition(">")[0].split("*"))


def value_of(name: str, inputs: Mapping[str, float]) -> float:
    """A term by its name: an input, the product `a*b` of two, the step `a>x`."""
    if ">" in name:
        part, _, edge = name.partition(">")
        return float(inputs[part] > float(edge))
    return math.prod(inputs[part] for part in name.split("*"))


class Calibration(Record):
    """Maps and thresholds of the correctness axis, with what they were fitted on.

    `status` is `prior` for the shipped one, `certified` for one that keeps a promise proved on the owner's own labels.
    `threshold` is the least confidence that is released.
    """

    schema_: Literal["calibration/1"] = Field(alias="schema")
    status: Literal["certified", "risk_certified", "prior"]
    maps: tuple[Map, ...] = Field(min_length=1)
    threshold: float = Field(ge=0.0, le=1.0)
    fingerprints: dict[str, str] = {}
    target_risk: float | None = None

    def confidence(self, inputs: Mapping[str, float], model: str = "") -> float | None:
        """The confidence that the candidate is right, in (0, 1), by the map that uses most of the inputs; or None."""
        return confidence_by(self.maps, inputs, model)


def confidence_by(maps: Sequence[Map], inputs: Mapping[str, float], model: str = "") -> float | None:
    """The confidence, in (0, 1), by the map that fits best; None where none fits."""
    best = map_for(maps, inputs, model)
    return None if best is None else round(best.apply(inputs, model), 6)


def map_for(maps: Sequence[Map], inputs: Mapping[str, float], model: str = "") -> Map | None:
    """The map that uses most of the looks that are there; None where none fits.

    Of two that use as many, the one that knows the model; then the one with more terms: where products are terms too,
    that is the one whose looks speak together.
    """
    fitting = [map_ for map_ in maps if map_.knows(model) and map_.needs <= inputs.keys()]
    return max(fitting, key=lambda map_: (len(map_.needs), bool(map_.curves), len(map_.weights)), default=None)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a policy's calibration stands: what is applied, under which status, and whether anything may be released.

    `status` is the word of the `x-guard-calibration` header. `disarmed` is True where a policy that should enforce
    does not. `notice` says in a sentence what is not as configured.
    """

    calibration: Calibration
    status: Literal["certified", "suspended", "prior", "manual", "none"]
    blocked: bool = False
    disarmed: bool = False
    notice: str = ""


def inputs_of(scores: Mapping[str, float | None], evidence: Evidence) -> dict[str, float]:
    """The maps' inputs: each measured score, the self-report as yes or no and, where one was given, as a number; and
    the traits."""
    inputs = {name: value for name, value in scores.items() if value is not None and name != "self_report"}
    report = evidence.self_report
    if report is not None:
        inputs["self_report.yes_no"] = float(report.affirmed)
        if report.form == "number":
            inputs["self_report.number"] = report.value
    return inputs | traits_of(evidence)


def confidence_of(calibration: Calibration, scores: Mapping[str, float | None], evidence: Evidence) -> PerAxis:
    """Confidences of both axes, apart.

    Correctness: draws that were asked for and all lost leave none, whatever the looks say: a loss must not raise a
    confidence, as the change to a map without draws could.
    """
    answerability = answerability_of(scores)
    if evidence.asked and not evidence.draws:
        return PerAxis(None, answerability)
    correctness = calibration.confidence(inputs_of(scores, evidence), evidence.answering_model)
    return PerAxis(correctness, answerability)


ANSWERABILITY = ("answerability", "premise_doubt")
"""The signals of the second axis."""


def answerability_of(scores: Mapping[str, float | None]) -> float | None:
    """The confidence that the question can be answered: the least of its signals that were measured; None without any.

    One good reason for doubt is enough. Not fitted: nothing labelled has both signals.
    """
    return min((value for name in ANSWERABILITY if (value := scores.get(name)) is not None), default=None)


def parse(text: str | bytes, place: str) -> Calibration:
    """A calibration from its JSON. Raises `CalibrationError` that names the place and what is wrong."""
    try:
        return Calibration.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise CalibrationError(f"{place}: {field or 'file'}: {first['msg']}") from error


def load(path: Path) -> Calibration:
    """A calibration from a file. Raises `CalibrationError` when it is missing or damaged."""
    try:
        return parse(path.read_bytes(), str(path))
    except OSError as error:
        raise CalibrationError(f"{path}: cannot be read: {error.strerror}") from error


@lru_cache(maxsize=1)
def prior() -> Calibration:
    """The shipped prior: fitted on public recordings of many models, strict, a promise to nobody."""
    return parse(files("guard.priors").joinpath("prior.json").read_bytes(), "guard/priors/prior.json")
