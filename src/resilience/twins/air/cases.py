"""Case files of kind `air`. `inputs.model` says what is asked: settling, plate, rooms."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

from resilience.twins.air import room_cases
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


MODELS: Final[dict[str, Callable[[Inputs], dict[str, Any]]]] = {
    "settling": _settling,
    "plate": _plate,
    "rooms": room_cases.answer,
}
