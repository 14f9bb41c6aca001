"""What changes in a bioreactor: the culture, the plant around it, its instruments, and what waits in the laboratory."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from resilience.twins.bioreactor import kernel, numbers
from resilience.twins.bioreactor.kernel import Floats
from resilience.twins.measure import Probe

AMOUNTS: Final = (
    *("volume", "viable", "dead", "lysed", "glucose", "glutamine", "lactate", "ammonia", "antibody"),
    *("good", "oxygen", "carbon", "ions", "salts", "temperature", "jacket", "bugs", "foam", "antifoam"),
    *("grew", "glucose_used", "glutamine_used", "oxygen_in", "oxygen_used", "carbon_out", "carbon_made"),
    *("fed", "based", "glucose_fed", "glutamine_fed"),
)
"""The state's names in the kernel's order."""
CONTENTS: Final = (*range(kernel.HEAT), kernel.BUGS, kernel.ANTIFOAM)
"""What is in the liquid and leaves with it, and its volume."""
PROBES: Final = (
    Probe("temperature", "C", 0.0, 60.0, lag=30.0, noise=0.02, resolution=0.01),
    Probe("pH", "pH", 2.0, 12.0, lag=30.0, noise=0.005, resolution=0.01),
    Probe("DO", "% air saturation", 0.0, 300.0, lag=45.0, noise=0.3, resolution=0.1),
    Probe("weight", "L", 0.0, 3000.0, lag=5.0, noise=0.0, resolution=0.0),
    Probe("pressure", "mbar", -100.0, 1000.0, lag=2.0, noise=0.5, resolution=1.0),
    Probe("jacket", "C", 0.0, 120.0, lag=20.0, noise=0.05, resolution=0.1),
)
"""The instruments in the kernel's order; lags within the 30 to 60 s of gel-filled and optical probes."""


@dataclass
class Sample:
    """A sample in the laboratory: when it was drawn, when each result is ready (s), the results, and what was true."""

    drawn: float
    ready: dict[str, float]
    results: dict[str, float]
    true: dict[str, float]


@dataclass
class Vessel:
    """Everything that changes. culture: (30,); valves: (len(PLANT),); instruments: (6, 7); work: scratch."""

    culture: Floats
    valves: Floats
    instruments: Floats
    inoculated: bool = False
    harvested: bool = False
    samples: list[Sample] = field(default_factory=list)
    by_hand: dict[str, float] = field(default_factory=dict)
    """What was put in and taken out by hand, from the fresh medium on, by the names of `contents`."""
    told: set[str] = field(default_factory=set)
    flags: int = 0
    work: Floats = field(default_factory=lambda: np.zeros((3, kernel.SIZE)))

    @property
    def plant(self) -> Any:
        """Valves, pumps and loops, read and written by name."""
        return numbers.named(self.valves, kernel.PLANT_TYPE)

    def __deepcopy__(self, memo: dict[int, Any]) -> Vessel:
        return Vessel(
            self.culture.copy(),
            self.valves.copy(),
            self.instruments.copy(),
            self.inoculated,
            self.harvested,
            list(self.samples),
            dict(self.by_hand),
            set(self.told),
            self.flags,
        )


def empty(known: Floats) -> Vessel:
    """A vessel of fresh medium, stirred and aerated; loops in automatic at 40 % oxygen, pH 7.1 and 37 C.

    known: the parameters, in the kernel's order.
    """
    p = numbers.named(known, kernel.NUMBERS_TYPE)
    culture = np.zeros(kernel.SIZE)
    culture[0] = volume = p.start_share * p.working
    fresh = {
        4: p.medium_glucose,
        5: p.medium_glutamine,
        kernel.IONS: p.medium_ions,
        kernel.SALTS: p.medium_salts,
        kernel.CARBON: p.medium_ions - 0.5 * p.buffer,
        kernel.OXYGEN: 0.08 * p.O2_solubility,
    }
    for index, concentration in fresh.items():
        culture[index] = concentration * volume
    culture[kernel.HEAT] = culture[kernel.JACKET] = p.T_best
    instruments = np.array([(each.lag / 3600.0, each.drift, each.offset, 1.0, 0.0, 0.0, math.nan) for each in PROBES])
    vessel = Vessel(culture, np.zeros(len(kernel.PLANT)), instruments, by_hand=contents(culture))
    plant = vessel.plant
    for name in ("power", "gas_supply", "feed_pump", "do_auto", "ph_auto", "t_auto", "foaming"):
        plant[name] = 1.0
    plant.to_scan, plant.agitation, plant.air = kernel.STEP, p.agitation_min, p.air_min
    plant.do_aim, plant.ph_aim, plant.ph_band = 40.0, 7.1, 0.05
    plant.t_aim = plant.jacket_aim = p.T_best
    kernel.refresh(culture, vessel.valves, known)
    kernel.settle(culture, vessel.valves, instruments, known)
    return vessel


def contents(culture: Floats) -> dict[str, float]:
    """What accounts are kept of: volume L, cells dead or alive 1e9, glucose, glutamine, oxygen and carbon mmol."""
    now = dict(zip(AMOUNTS, culture.tolist(), strict=True))
    cells = now["viable"] + now["dead"] + now["lysed"]
    return {"cells": cells} | {name: now[name] for name in ("volume", "glucose", "glutamine", "oxygen", "carbon")}
