"""The pressure-rise test finds the curve it is given, and says nothing where there is none."""

from __future__ import annotations

import math

import numpy as np
import pytest

from resilience.twins.lyophiliser import rise_test

SECONDS = np.arange(1, 61) * 0.5


def curve(ice: float, start: float, tau: float, rise: float) -> np.ndarray:
    return ice - (ice - start) * np.exp(-SECONDS / tau) + rise * SECONDS


@pytest.mark.parametrize(("celsius", "tau", "rise"), [(-35.0, 3.0, 0.0), (-30.0, 8.0, 0.2), (-40.0, 1.0, 0.5)])
def test_a_curve_is_found_again(celsius: float, tau: float, rise: float) -> None:
    ice = 1000.0 * 2.698e10 * math.exp(-6144.96 / (celsius + 273.15))
    told = rise_test.told(SECONDS, curve(ice, 30.0, tau, rise))
    assert told.celsius == pytest.approx(celsius, abs=0.01)
    assert told.tau == pytest.approx(tau, rel=0.01)
    assert told.rise_mtorr == pytest.approx(curve(ice, 30.0, tau, rise)[-1] - curve(ice, 30.0, tau, rise)[0])


def test_noise_of_a_gauge_moves_it_by_little() -> None:
    noise = 0.2 * np.random.default_rng(1).standard_normal(SECONDS.size)
    ice = 1000.0 * 2.698e10 * math.exp(-6144.96 / (-34.0 + 273.15))
    assert rise_test.told(SECONDS, curve(ice, 50.0, 3.0, 0.1) + noise).celsius == pytest.approx(-34.0, abs=0.2)


@pytest.mark.parametrize("mtorr", [50.0 + 0.5 * SECONDS, np.full(SECONDS.size, 50.0), 50.0 - SECONDS])
def test_without_a_curve_there_is_no_answer(mtorr: np.ndarray) -> None:
    assert rise_test.told(SECONDS, mtorr).celsius is None
