"""The numbers of the air model: `air.yaml` as one record, and what people emit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from resilience.twins import parameters
from resilience.twins.errors import BadInput

DATA: Final = Path(__file__).with_name("air.yaml")
CLASSES: Final = ("mcp", "ge5", "ge0_5")
"""Microbe-carrying particles; all particles of 5 um and more; all of 0.5 um and more."""
CLOTHING: Final = ("indoor", "gowned", "extreme")
"""Indoor clothing; cleanroom garments; an extreme disperser in cleanroom garments."""
ACTIVITIES: Final = (
    *("still", "hands", "arms", "sit_to_stand"),
    *("slow_walk", "brisk_walk", "fast_walk", "chamber"),
)
"""Activities of the Austin index, and the exercise of the dispersal chamber in which emissions were measured."""
WALKS: Final = frozenset({"slow_walk", "brisk_walk", "fast_walk"})
WAKE: Final = ("deficit", "length", "power", "width", "growth", "steady", "turbulence", "turbulence_length")
"""What describes a wake (see `obstacles.py`): D0, a, n, w0, g, b, k, c."""
_SECONDS_PER_MINUTE: Final = 60.0


@dataclass(frozen=True)
class Numbers:
    """All numbers of the air model, in the units of `air.yaml`."""

    emission_indoor_mcp: float
    emission_indoor_ge5: float
    emission_indoor_ge0_5: float
    emission_gowned_mcp: float
    emission_gowned_ge5: float
    emission_gowned_ge0_5: float
    emission_extreme_mcp: float
    emission_extreme_ge5: float
    emission_extreme_ge0_5: float
    activity_still: float
    activity_hands: float
    activity_arms: float
    activity_sit_to_stand: float
    activity_slow_walk: float
    activity_brisk_walk: float
    activity_fast_walk: float
    activity_chamber: float
    settling_mcp: float
    settling_ge5: float
    settling_ge0_5: float
    diameter_mcp: float
    redispersed: float
    foot_area: float
    steps: float
    gap_coefficient: float
    door_coefficient: float
    door_kelvin: float
    pressure_seconds: float
    turbulence_floor: float
    turbulence_memory: float
    first_air: float
    alarm_share: float
    shed_glove: float
    shed_sleeve: float
    wake_palm_deficit: float
    wake_palm_length: float
    wake_palm_power: float
    wake_palm_width: float
    wake_palm_growth: float
    wake_palm_steady: float
    wake_palm_turbulence: float
    wake_palm_turbulence_length: float
    wake_arm_deficit: float
    wake_arm_length: float
    wake_arm_power: float
    wake_arm_width: float
    wake_arm_growth: float
    wake_arm_steady: float
    wake_arm_turbulence: float
    wake_arm_turbulence_length: float

    def emission(self, clothing: str, activity: str) -> tuple[float, ...]:
        """Particles a second from one person, by class.

        Scaled so that the exercise of the dispersal chamber gives the measured emission. Raises BadInput for clothing
        or an activity that is not known.
        """
        if clothing not in CLOTHING:
            raise BadInput(f"unknown clothing `{clothing}`", "clothing", f"Use one of {', '.join(CLOTHING)}.")
        if activity not in ACTIVITIES:
            raise BadInput(f"unknown activity `{activity}`", "activity", f"Use one of {', '.join(ACTIVITIES)}.")
        times = float(getattr(self, f"activity_{activity}")) / self.activity_chamber
        return tuple(
            float(getattr(self, f"emission_{clothing}_{size}")) * times / _SECONDS_PER_MINUTE for size in CLASSES
        )

    @property
    def wake_palm(self) -> list[float]:
        """The wake of a sphere: its eight numbers in the order of `WAKE`."""
        return [float(getattr(self, f"wake_palm_{name}")) for name in WAKE]

    @property
    def wake_arm(self) -> list[float]:
        """The wake of a cylinder: its eight numbers in the order of `WAKE`."""
        return [float(getattr(self, f"wake_arm_{name}")) for name in WAKE]

    @property
    def settling(self) -> tuple[float, ...]:
        """Settling speed by class, m/s."""
        return self.settling_mcp, self.settling_ge5, self.settling_ge0_5


@cache
def numbers() -> Numbers:
    """The model's numbers at their central values."""
    return parameters.fill(Numbers, parameters.read(DATA), DATA.name)
