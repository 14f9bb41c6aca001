"""Pressure of the bed and of what lies around it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from resilience.twins.chromatography import hydraulics, numbers

SKID, COLUMN = numbers.skid(), numbers.column()
ONE_ML_A_MINUTE = 1e-6 / 60.0


def bar(flow: float, thicker: float = 1.0, air: float = 0.0, clogged: float = 1.0) -> float:
    """bar at a flow in mL/min."""
    wanted = hydraulics.resistance(SKID, COLUMN.bed, COLUMN.beads, thicker, air, clogged)
    return wanted * flow * ONE_ML_A_MINUTE


def test_the_bed_follows_kozeny_and_carman() -> None:
    velocity = 3.5 * ONE_ML_A_MINUTE / COLUMN.bed.area
    by_hand = 180.0 * 1e-3 * velocity * 0.025 * 0.69**2 / (0.31**3 * 85e-6**2)
    assert bar(3.5) - 3.5 * SKID.frit == pytest.approx(by_hand / 1e5, rel=1e-9)


def test_pressure_grows_with_flow_viscosity_air_and_clogging() -> None:
    assert bar(7.0) == pytest.approx(2.0 * bar(3.5))
    assert bar(3.5, clogged=101.0) - bar(3.5) == pytest.approx(100.0 * 3.5 * SKID.frit)
    assert bar(3.5, thicker=2.0) > bar(3.5)
    assert bar(3.5, air=0.2) > 1.2 * bar(3.5)


def test_protein_thickens_as_ross_and_minton_say() -> None:
    volume = 0.1 * SKID.intrinsic_viscosity
    alone = math.exp(volume / (1.0 - SKID.crowding * volume))
    assert hydraulics.thickening(SKID, np.full(4, 100.0)) == pytest.approx(alone)
    assert hydraulics.thickening(SKID, np.array([0.0, 100.0])) == pytest.approx((1.0 + alone) / 2.0)
    assert 1.8 < alone < 4.0


def test_buffer_is_as_thick_as_buffer_and_jammed_protein_stays_finite() -> None:
    assert hydraulics.thickening(SKID, np.array([0.0, -1e-9])) == pytest.approx(1.0)
    assert math.isfinite(hydraulics.thickening(SKID, np.array([1e4])))
