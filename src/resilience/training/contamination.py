"""The contamination model's numbers, each with its range, unit, source and grade, read from `contamination.yaml`.

Air, surface and liquid are the three routes of Whyte & Eaton 2016. The numbers stand in the data file; here is only
what follows from them by a stated formula.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from resilience.twins.parameters import Parameter, fill, read, rows

DATA = Path(__file__).with_name("contamination.yaml")
# A lognormal's 95 % range spans 2 x 1.96 standard deviations.
_SIGMAS_IN_RANGE = 3.92
_SECONDS_PER_MINUTE = 60.0
_SECONDS_PER_HOUR = 3600.0


class Chance(Protocol):
    """Where draws come from: uniform numbers from 0 up to 1."""

    def random(self) -> float: ...


@dataclass(frozen=True)
class Contamination:
    """All numbers of the model. Units: MCP/min, m/s, 1/h, m3, m2, CFU, s; shares without one."""

    emission_gowned: float
    activity_hands: float
    activity_arms: float
    activity_chamber: float
    settling: float
    air_changes: float
    room_volume: float
    first_air: float
    wake_share: float
    wake_shedding: float
    wake_area: float
    alarm_share: float
    touch_gloved: float
    touch_bare: float
    touch_sterile: float
    touch_sterile_sigma: float
    neck_to_contents: float
    glove_clean: float
    glove_start: float
    sleeve: float
    skin: float
    torn_share: float
    worktop: float
    grille: float
    room_surface: float
    floor: float
    pack_outer: float
    spore_share: float
    wet_seconds_full: float
    log_reduction_full: float
    needle_to_liquid: float
    bottle: float

    def emission(self, activity: float) -> float:
        """MCP a second from a gowned person at an activity on the Austin index (still = 1).

        Scaled so that the exercise of the dispersal chamber gives the measured emission.
        """
        return self.emission_gowned / _SECONDS_PER_MINUTE * activity / self.activity_chamber

    def room_concentration(self, emission: float) -> float:
        """MCP per m3 in the well-mixed room at a steady emission in MCP/s: what comes in leaves with the air."""
        return emission / (self.air_changes * self.room_volume / _SECONDS_PER_HOUR)

    def deposition(self, concentration: float, area: float, seconds: float) -> float:
        """MCP that settle on an opening: N = C v A t, for MCP/m3, m2 and s."""
        return concentration * self.settling * area * seconds

    def log_reduction(self, wet_seconds: float) -> float:
        """Log10 reduction of vegetative organisms: rises with the wet time, full from `wet_seconds_full` on."""
        return self.log_reduction_full * min(max(wet_seconds, 0.0) / self.wet_seconds_full, 1.0)

    def sterile_draw(self, chance: Chance) -> float:
        """Draw the share that one touch carries from a glove to a sterile face: lognormal, at most all of it."""
        # Box and Muller's transform; 1 - u keeps the logarithm away from 0.
        radius = math.sqrt(-2.0 * math.log(1.0 - chance.random()))
        normal = radius * math.cos(2.0 * math.pi * chance.random())
        return min(1.0, self.touch_sterile * math.exp(self.touch_sterile_sigma * normal))


@cache
def parameters() -> tuple[Parameter, ...]:
    """Every parameter in the order of the data file. Raises BadInput where the file is not what it should be."""
    return read(DATA)


@cache
def contamination() -> Contamination:
    """The model's numbers at their central values."""
    sterile = next(parameter for parameter in parameters() if parameter.name == "touch_sterile")
    sigma = math.log(sterile.high / sterile.low) / _SIGMAS_IN_RANGE
    return fill(Contamination, parameters(), DATA.name, {"touch_sterile_sigma": sigma})


def table() -> str:
    """The parameters as the Markdown page `docs/how/contamination-parameters.md` holds them."""
    lines = [
        "# The numbers of the contamination model",
        "",
        "Written from `src/resilience/training/contamination.yaml` by `python -m resilience.training.contamination`.",
        "Grades: solid (an official table or peer-reviewed), medium (one good source or a stated derivation), weak",
        "(judgement near published figures), assumption (a choice of ours).",
        "",
    ]
    return "\n".join([*lines, *rows(parameters())]) + "\n"


if __name__ == "__main__":
    print(table(), end="")
