"""Cases of ultrafiltration. `inputs.model`: `gel` or `osmotic`, in closed form, or a `run` of the twin.

Units of the closed forms stand in the names of the keys; concentrations are g/L. What a case states under `units` must
agree.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

from resilience.twins.errors import BadInput
from resilience.twins.inputs import Inputs
from resilience.twins.ultrafiltration import closed, run

_MOST: Final = 1e6
_UNITS: Final = {
    "V0_L": "L",
    "C0": "g/L",
    "C_DF": "g/L",
    "C_final": "g/L",
    "A_m2": "m2",
    "k_LMH": "L/(m2 h)",
    "Cg": "g/L",
    "N_DV": "1",
    "S": "1",
    "C": "g/L",
    "TMP_bar": "bar",
    "Rm_bar_per_LMH": "bar/(L/(m2 h))",
}


def run_case(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer a case. Raises BadInput naming the key that is wrong."""
    given = Inputs(inputs, "inputs")
    answer = MODELS[given.text("model", choices=MODELS)](given)
    given.done()
    return answer


def _gel(given: Inputs) -> dict[str, Any]:
    """Concentrate, diafilter at constant volume, concentrate: volumes, hours, buffer and what is left of the salt."""
    _units(given)
    volume, area, k = (given.number(key, low=1e-9, high=_MOST) for key in ("V0_L", "A_m2", "k_LMH"))
    start, middle, end, gel = (given.number(key, low=1e-9, high=_MOST) for key in ("C0", "C_DF", "C_final", "Cg"))
    diavolumes, sieving = given.number("N_DV", low=0.0, high=1000.0), given.number("S", low=0.0, high=1.0)
    if not start <= middle <= end < gel:
        wrong = f"the order is {start:g}, {middle:g}, {end:g}, {gel:g} g/L"
        raise BadInput(wrong, given.where, "Give C0, C_DF, C_final and Cg in rising order, C_final below Cg.")
    protein = volume * start
    first = closed.concentrating_hours(protein, area, k, gel, start, middle)
    second = closed.concentrating_hours(protein, area, k, gel, middle, end)
    at_middle = protein / middle
    flux = {name: closed.gel_flux(k, gel, c) for name, c in (("start", start), ("DF", middle), ("end", end))}
    between = diavolumes * at_middle / (area * flux["DF"])
    return {
        "V_DF_L": at_middle,
        "V_final_L": protein / end,
        "t_UF1_h": first,
        "t_DF_h": between,
        "t_UF2_h": second,
        "t_total_h": first + between + second,
        "buffer_L": diavolumes * at_middle,
        "residual_salt_fraction": math.exp(-diavolumes * sieving),
        **{f"J_{name}_LMH": value for name, value in flux.items()},
    }


def _osmotic(given: Inputs) -> dict[str, Any]:
    """Flux and concentration at the membrane against an osmotic pressure a1 C + a2 C2 + a3 C3."""
    _units(given)
    bulk, k = given.number("C", low=0.0, high=_MOST), given.number("k_LMH", low=1e-9, high=_MOST)
    pressure = given.number("TMP_bar", low=0.0, high=100.0)
    resistance = given.number("Rm_bar_per_LMH", low=1e-9, high=_MOST)
    coefficients = given.numbers("pi_coeff_bar")
    given.text("pi", "said by the coefficients")
    for n, coefficient in enumerate(coefficients):
        if coefficient < 0.0:
            wrong = f"the coefficient is {coefficient:g}"
            raise BadInput(wrong, f"{given.at('pi_coeff_bar')}[{n}]", "Give coefficients from 0 up.")
    flux, wall = closed.osmotic_flux(pressure, resistance, k, bulk, coefficients)
    return {"J_LMH": flux, "Cw": wall}


def _units(given: Inputs) -> None:
    stated = given.inner("units")
    for name in stated.values:
        if name in _UNITS and (unit := stated.text(name)) != _UNITS[name]:
            raise BadInput(f"the unit is `{unit}`", stated.at(name), f"Give {name} in `{_UNITS[name]}`.")
    stated.done()


MODELS: Final[dict[str, Callable[[Inputs], dict[str, Any]]]] = {"gel": _gel, "osmotic": _osmotic, "run": run.run}
