"""Case files of kind `air`. `inputs.model` says what is asked: settling, plate, rooms, downflow, exposure, field."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from resilience.twins.air import exposure_cases, room_cases
from resilience.twins.air.even import even
from resilience.twins.air.field import read
from resilience.twins.air.particles import Particles
from resilience.twins.air.physics import WATER, settling_speed
from resilience.twins.inputs import Inputs

SECONDS_PER_HOUR: Final = 3600.0


def run_case(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer one case. Raises BadInput naming the key that is wrong."""
    given = Inputs(inputs, "inputs")
    answer = MODELS[given.text("model", choices=MODELS)](given)
    given.done()
    return answer


def _settling(given: Inputs) -> dict[str, Any]:
    """How fast spheres fall. diameters_um; density_kg_m3 (1000 unless given)."""
    density = given.number("density_kg_m3", WATER, low=2.0)
    diameters = given.numbers("diameters_um")
    return {"settling_cm_s": {f"{um:g}": 100.0 * settling_speed(um * 1e-6, density) for um in diameters}}


def _plate(given: Inputs) -> dict[str, Any]:
    """What settles on a plate: N = C v A t; and the speed that a pair of concentration and count implies."""
    area = math.pi / 4 * (given.number("diameter_mm", 90.0, low=1.0) * 1e-3) ** 2
    seconds = given.number("hours", 4.0, low=1e-6) * SECONDS_PER_HOUR
    concentration = given.number("concentration_per_m3", low=0.0)
    answer = {"area_cm2": area * 1e4}
    if "settling_cm_s" in given:
        answer["count"] = concentration * given.number("settling_cm_s", low=0.0) * 1e-2 * area * seconds
    if "count" in given:
        answer["settling_cm_s"] = given.number("count", low=0.0) / (concentration * area * seconds) * 1e2
    return answer


def _downflow(given: Inputs) -> dict[str, Any]:
    """How long even air takes through a height, by a weightless particle in it."""
    height, speed = given.number("height_m", low=1e-3, high=0.69), given.number("speed_m_s", low=1e-3, high=5.0)
    field = even(read().shape, speed)
    particle = Particles(field, 1, settling=0.0, turbulent=False)
    start = field.shape["y"][1] - 0.005
    particle.emit(np.array([[0.0, start, 0.0]]))
    step = 1e-3
    while start - particle.places[0, 1] < height:
        particle.do_step(step)
    # Between the last two steps it passed the height.
    past = (start - particle.places[0, 1] - height) / speed
    return {"seconds": particle.seconds - past}


def _field(given: Inputs) -> dict[str, Any]:
    """What the cabinet's field says of itself: its checks and those of the solver that made it."""
    about = read().about
    return {"version": about["version"], "inputs_sha256": about["inputs_sha256"], "checks": about["checks"]}


MODELS: Final[dict[str, Callable[[Inputs], dict[str, Any]]]] = {
    "settling": _settling,
    "plate": _plate,
    "rooms": room_cases.answer,
    "downflow": _downflow,
    "exposure": exposure_cases.answer,
    "field": _field,
}
