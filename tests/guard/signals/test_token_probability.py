from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.signals.token_probability import token_probability
from tests.guard.building import answer, evidence


def test_the_geometric_mean_of_the_token_probabilities() -> None:
    mean = (math.log(0.5) + math.log(0.125)) / 2
    assert token_probability(evidence(answer(logprob=mean))) == pytest.approx(0.25)
    assert token_probability(evidence(answer(logprob=0.0))) == 1


def test_none_where_the_upstream_gave_none() -> None:
    assert token_probability(evidence()) is None
    assert token_probability(evidence(answer(), (answer(logprob=-1.0),))) is None


@given(st.floats(-9999, 5))
def test_in_the_unit_interval_and_rising(logprob: float) -> None:
    found = token_probability(evidence(answer(logprob=logprob), ()))
    better = token_probability(evidence(answer(logprob=logprob + 1), ()))
    assert found is not None
    assert better is not None
    assert 0 <= found <= better <= 1
