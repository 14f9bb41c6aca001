"""Exact steps of compartments against an outside exponential, and what they must conserve."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import expm

from resilience.twins.air.propagate import propagator


def compartments(seed: int, n: int = 6) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    rates = chance.exponential(0.01, (n, n)) * (chance.random((n, n)) < 0.5)
    np.fill_diagonal(rates, 0.0)
    rates -= np.diag(rates.sum(axis=0))
    return rates, chance.exponential(1e4, n)


@pytest.mark.parametrize("seconds", [0.05, 1.0, 60.0, 7200.0])
@pytest.mark.parametrize("seed", range(4))
def test_a_step_is_the_exponential(seed: int, seconds: float) -> None:
    rates, source = compartments(seed)
    whole = np.zeros((7, 7))
    whole[:6, :6], whole[:6, 6] = rates, source
    expected, found = expm(whole * seconds), propagator(rates, source, seconds)
    assert np.abs(found - expected).max() <= 1e-10 * np.abs(expected).max()


@pytest.mark.parametrize("seed", range(8))
def test_amounts_stay_what_they_were(seed: int) -> None:
    rates, _ = compartments(seed)
    found = propagator(rates, np.zeros(6), 1.0)
    assert np.abs(found[:6, :6].sum(axis=0) - 1).max() < 4e-16 * 6
    assert (found >= 0).all()


def test_a_source_alone_fills_what_nothing_leaves() -> None:
    found = propagator(np.zeros((1, 1)), np.array([3.0]), 7.0)
    assert found[0, 1] == pytest.approx(21.0, rel=1e-14)
