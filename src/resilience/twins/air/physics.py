"""How a particle falls, how it is shaken, and how long the air takes: closed forms.

Stokes' law with Cunningham's slip correction for a sphere in air at 20 C and 1,013 hPa; the correction's constants are
those of Kim et al. 2005 (J. Res. NIST 110, 31). SI units throughout.
"""

from __future__ import annotations

import math
from typing import Final

from resilience.twins.errors import BadInput

GRAVITY: Final = 9.80665
"""m/s2."""
AIR_VISCOSITY: Final = 1.81e-5
"""Pa s, at 20 C."""
AIR_DENSITY: Final = 1.204
"""kg/m3, at 20 C and 1,013 hPa."""
FREE_PATH: Final = 6.65e-8
"""Mean free path of air molecules, m, at 20 C and 1,013 hPa."""
WATER: Final = 1000.0
"""Unit density, kg/m3."""
BOLTZMANN: Final = 1.380649e-23
"""J/K."""
ROOM_KELVIN: Final = 293.15
_SLIP: Final = (1.165, 0.483, 0.997)


def slip(diameter: float) -> float:
    """Cunningham's correction: how much easier a sphere of `diameter` (m) slips through the air than Stokes says."""
    knudsen = 2.0 * FREE_PATH / _positive(diameter, "diameter")
    a, b, c = _SLIP
    return 1.0 + knudsen * (a + b * math.exp(-c / knudsen))


def settling_speed(diameter: float, density: float = WATER) -> float:
    """Speed at which a sphere of `diameter` (m) and `density` (kg/m3) falls in still air, m/s."""
    weight = (_positive(density, "density") - AIR_DENSITY) * GRAVITY * diameter**2 / (18.0 * AIR_VISCOSITY)
    return weight * slip(diameter)


def relaxation_time(diameter: float, density: float = WATER) -> float:
    """Time in which a particle takes on the speed of the air, s."""
    return _positive(density, "density") * diameter**2 * slip(diameter) / (18.0 * AIR_VISCOSITY)


def brownian_diffusivity(diameter: float) -> float:
    """Stokes and Einstein's diffusivity of a particle, m2/s."""
    return BOLTZMANN * ROOM_KELVIN * slip(diameter) / (3.0 * math.pi * AIR_VISCOSITY * diameter)


def recovery_time(factor: float, changes_per_second: float) -> float:
    """Time in which clean supply air thins a well-mixed room by `factor`, s: ln(factor)/N."""
    return math.log(_positive(factor, "factor")) / _positive(changes_per_second, "changes_per_second")


def orifice_flow(area: float, pressure: float, coefficient: float) -> float:
    """Air through a gap of `area` (m2) under a `pressure` difference (Pa), m3/s, with its sign."""
    return math.copysign(coefficient * area * math.sqrt(2.0 * abs(pressure) / AIR_DENSITY), pressure)


def doorway_exchange(width: float, height: float, kelvin: float, coefficient: float) -> float:
    """Air that two rooms exchange each way through an open doorway when one is warmer by `kelvin`, m3/s.

    Two layers driven by buoyancy: Q = Cd W/3 sqrt(g H^3 dT/T).
    """
    return coefficient * width / 3.0 * math.sqrt(GRAVITY * height**3 * kelvin / ROOM_KELVIN)


def _positive(value: float, name: str) -> float:
    if not (math.isfinite(value) and value > 0):
        raise BadInput(f"{name} is {value}", name, "Give a positive number.")
    return value
