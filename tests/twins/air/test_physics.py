"""Settling, slip, diffusion and flows against published figures."""

from __future__ import annotations

import math

import pytest

from resilience.twins.air import physics
from resilience.twins.errors import BadInput


# Stokes with Cunningham for spheres of unit density, cm/s.
@pytest.mark.parametrize(
    ("um", "cm_s"), [(0.5, 0.00099), (5, 0.0776), (9, 0.2481), (12, 0.4392), (18, 0.9840), (20, 1.2137)]
)
def test_settling_speeds_are_those_of_the_table(um: float, cm_s: float) -> None:
    assert 100 * physics.settling_speed(um * 1e-6) == pytest.approx(cm_s, rel=0.01)


# Cunningham's correction at 20 C, to two or three figures (Hinds 1999, Aerosol Technology, table A11).
@pytest.mark.parametrize(("um", "slip"), [(10.0, 1.02), (1.0, 1.16), (0.1, 2.9)])
def test_the_slip_correction_is_the_published_one(um: float, slip: float) -> None:
    assert physics.slip(um * 1e-6) == pytest.approx(slip, rel=0.02)


# Hinds 1999, table A11, to two figures: m2/s.
@pytest.mark.parametrize(("um", "diffusivity"), [(1.0, 2.7e-11), (0.1, 6.8e-10)])
def test_diffusivity_is_the_published_one(um: float, diffusivity: float) -> None:
    assert physics.brownian_diffusivity(um * 1e-6) == pytest.approx(diffusivity, rel=0.03)


def test_a_particle_takes_on_the_airs_speed_as_fast_as_it_falls_far() -> None:
    # tau = v_s/g, but for the air's buoyancy.
    assert physics.relaxation_time(12e-6) == pytest.approx(physics.settling_speed(12e-6) / 9.80665, rel=0.002)


@pytest.mark.parametrize(("changes", "minutes"), [(20, 13.8), (25, 11.05), (40, 6.9)])
def test_recovery_is_the_logarithm_over_the_changes(changes: float, minutes: float) -> None:
    assert physics.recovery_time(100, changes / 3600) / 60 == pytest.approx(minutes, rel=0.005)


def test_air_goes_through_a_gap_towards_the_lower_pressure() -> None:
    assert physics.orifice_flow(0.01, 15, 0.65) == pytest.approx(0.65 * 0.01 * math.sqrt(30 / 1.204))
    assert physics.orifice_flow(0.01, -15, 0.65) == -physics.orifice_flow(0.01, 15, 0.65)


def test_a_warmer_room_exchanges_more_air_through_a_door() -> None:
    one = physics.doorway_exchange(0.9, 2.05, 1.0, 0.6)
    assert physics.doorway_exchange(0.9, 2.05, 4.0, 0.6) == pytest.approx(2 * one)
    assert 0.05 < one < 0.2


@pytest.mark.parametrize("diameter", [0.0, -1e-6, math.nan, math.inf])
def test_a_particle_needs_a_diameter(diameter: float) -> None:
    with pytest.raises(BadInput, match="diameter"):
        physics.settling_speed(diameter)
