"""One vial on a schedule: freezing and primary drying as the field's reference program asks for them.

What a case gives is read with its units; what comes back are samples each `dt` and the figures made of them.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np

from resilience.twins.draws import Floats
from resilience.twins.errors import BadInput
from resilience.twins.inputs import Inputs
from resilience.twins.lyophiliser import kernel, schedule
from resilience.twins.lyophiliser.kernel import Vial

UNITS: Final = {
    "Av": "cm2",
    "Ap": "cm2",
    "Vfill": "mL",
    "cSolid": "g/mL",
    "R0": "cm2 h Torr/g",
    "A1": "cm h Torr/g",
    "A2": "1/cm",
    "KC": "cal/(s K cm2)",
    "KP": "cal/(s K cm2 Torr)",
    "KD": "1/Torr",
    "Tpr0": "C",
    "Tf": "C",
    "Tn": "C",
    "h_freezing_W_m2K": "W/(m2 K)",
    "Pchamber_setpt": "Torr",
    "Pchamber_ramp_rate": "Torr/min",
    "Tshelf_setpt": "C",
    "Tshelf_ramp_rate": "C/min",
    "dt_setpt": "min, ramp included",
    "dt_hr": "h",
    "dt": "h",
    "glass_g": "g",
}
"""The units that a case must state, and no others."""
_SHELF_UNITS: Final = ("Tshelf_setpt", "Tshelf_ramp_rate", "dt_setpt")
_SIZE_UNITS: Final = ("Av", "Ap", "Vfill", "cSolid")
_LAYER_UNITS: Final = ("R0", "A1", "A2", "KC", "KP", "KD")
_PRESSURE_UNITS: Final = ("Pchamber_setpt", "Pchamber_ramp_rate")
DRYING_UNITS: Final = (*_SIZE_UNITS, *_LAYER_UNITS, *_PRESSURE_UNITS, *_SHELF_UNITS, "dt_hr")
FREEZING_UNITS: Final = (*_SIZE_UNITS, "Tpr0", "Tf", "Tn", "h_freezing_W_m2K", *_SHELF_UNITS, "dt")
CONSTANTS: Final = {
    "rho_ice_g_mL": 0.918,
    "rho_solute_g_mL": 1.5,
    "rho_solution_g_mL": 1.0,
    "dHs_cal_g": 678.0,
    "k_ice_cal_cm_s_K": 0.0059,
    "psub_pre_Torr": 2.698e10,
    "psub_T_K": 6144.96,
    "Cp_solution_J_kg_K": 4000.0,
    "Cp_ice_J_kg_K": 2030.0,
    "dHf_cal_g": 79.7,
    "cal_to_J": 4.184,
}
"""Physical constants of a case that gives none (those of the reference program; docs/twins/lyophiliser.md)."""
SHELF: Final = (-70.0, 80.0)
"""C, what the shelf of a freeze-dryer can be set to."""
PRESSURE: Final = (0.005, 5.0)
"""Torr, what the chamber can be set to."""
MOST_SAMPLES: Final = 2_000_000
GLASS_CALORIES: Final = 0.2
"""cal/(g K), heat capacity of borosilicate glass (Schott FIOLAX data sheet: 0.8 J/(g K))."""
_LONGEST: Final = 0.02
"""h, longest step of the integration."""


def drying(given: Inputs) -> dict[str, Any]:
    """Primary drying: figures of the samples, and with `trajectory` the samples themselves.

    `product_temperature`: `quasi-steady`, or `dynamic` with the heat that glass (`vial.glass_g`) and ice hold.
    """
    how = given.text("product_temperature", "quasi-steady", choices=("quasi-steady", "dynamic"))
    _units(given, (*DRYING_UNITS, "glass_g") if how == "dynamic" else DRYING_UNITS)
    vial = _vial(given, how == "dynamic")
    pressure = schedule.pressure(given.inner("Pchamber"), *PRESSURE)
    shelf = schedule.shelf(given.inner("Tshelf"), *SHELF)
    dt = _interval(given, "dt_hr", min(shelf.end, pressure.end))
    corners = np.union1d(shelf.hours, pressure.hours)
    samples, dry_at = kernel.dry(
        vial, shelf.hours, shelf.values, pressure.hours, pressure.values, corners, dt, _LONGEST
    )
    return _drying_figures(vial, samples, dt, dry_at, given.flag("trajectory", False))


def freezing(given: Inputs) -> dict[str, Any]:
    """Freezing: when the vial nucleates, until when it freezes, and its temperature at the end of the schedule."""
    _units(given, FREEZING_UNITS)
    inner, product = given.inner("vial"), given.inner("product")
    constant = _constants(given)
    av, ap, fill = _sizes(inner)
    inner.done()
    start, solids = product.number("Tpr0", low=-100.0, high=100.0), _solids(product, constant)
    freezes = product.number("Tf", low=-60.0, high=0.0)
    nucleates = product.number("Tn", low=-60.0, high=freezes)
    product.done()
    if start <= nucleates:
        raise BadInput(f"the product starts frozen at {start:g} C", product.at("Tpr0"), "Start above Tn.")
    shelf = schedule.shelf(given.inner("Tshelf"), *SHELF)
    dt = _interval(given, "dt", shelf.end)
    conductance = given.number("h_freezing_W_m2K", low=1e-6) * av * 1e-4  # W/K; cm2 to m2
    mass = constant["rho_solution_g_mL"] * fill / 1000.0  # kg
    liquid = mass * constant["Cp_solution_J_kg_K"]  # J/K
    ice = constant["rho_ice_g_mL"] * _length(constant, solids, ap, fill) * ap / 1000.0 * constant["Cp_ice_J_kg_K"]
    heat = mass * constant["dHf_cal_g"] * constant["cal_to_J"] * 1000.0 - liquid * (freezes - nucleates)
    if heat <= 0.0:
        raise BadInput("supercooled so far that all freezes at once", product.at("Tn"), "Give a Tn nearer to Tf.")
    hour = kernel.SECONDS
    tau_liquid, tau_ice = liquid / conductance / hour, ice / conductance / hour
    shown, nucleated, solid = kernel.freeze(
        shelf.hours, shelf.values, dt, start, nucleates, freezes, tau_liquid, tau_ice, heat / conductance / hour
    )
    last = (shown.size - 1) * dt
    outputs: dict[str, Any] = {
        "t_plateau_start_hr": nucleated if nucleated >= 0.0 else None,
        "t_plateau_end_hr": (math.ceil(solid / dt - 1e-9) - 1) * dt if solid >= 0.0 else None,
        "t_frozen_hr": solid if solid >= 0.0 else None,
        "t_end_hr": last,
        "T_end": float(shown[-1]),
    }
    if given.flag("trajectory", False):
        hours = np.arange(shown.size) * dt
        outputs["trajectory"] = {
            "time_hr": hours.tolist(),
            "Tshelf_C": np.interp(hours, shelf.hours, shelf.values).tolist(),
            "Tproduct_C": shown.tolist(),
        }
    return outputs


def _drying_figures(vial: Vial, samples: Floats, dt: float, dry_at: float, whole: bool) -> dict[str, Any]:
    surface, bottom, shelf, pressure, flux, dried = samples.T
    hours: Floats = np.arange(len(samples), dtype=float) * dt
    percent, flux = 100.0 * dried / vial.length, 10.0 * flux  # g/(h cm2) to kg/(h m2)
    span = hours[-1] if len(hours) > 1 else 1.0
    outputs: dict[str, Any] = {
        "drying_time_hr": float(hours[-1]),
        "dry_at_hr": dry_at if dry_at >= 0.0 else None,
        "final_dried_pct": float(percent[-1]),
        "Tbot_max_C": float(bottom.max()),
        "Tbot_max_time_hr": float(hours[_first_largest(bottom)]),
        "Tsub_max_C": float(surface.max()),
        "flux_max": float(flux.max()),
        "flux_final": float(flux[-1]),
        "flux_mean": float(np.trapezoid(flux, hours) / span),
        "t50_hr": _crossing(hours, percent, 50.0),
        "t90_hr": _crossing(hours, percent, 90.0),
        "Lpr0_cm": vial.length,
    }
    if whole:
        columns = (hours, surface, bottom, shelf, 1000.0 * pressure, flux, percent)
        names = ("time_hr", "Tsub_C", "Tbot_C", "Tshelf_C", "Pch_mTorr", "flux_kg_hr_m2", "dried_pct")
        outputs["trajectory"] = {name: column.tolist() for name, column in zip(names, columns, strict=True)}
    return outputs


def _first_largest(values: Floats) -> int:
    """The first sample within 1e-6 of the largest, relative to it: a plateau has many."""
    top = values.max()
    return int(np.argmax(values >= top - 1e-6 * abs(top)))


def _crossing(hours: Floats, percent: Floats, level: float) -> float | None:
    """When a rising line first reaches a level, linear between samples; None where it never does."""
    n = int(np.searchsorted(percent, level))
    if n == len(percent):
        return None
    if n == 0:
        return float(hours[0])
    share = (level - percent[n - 1]) / (percent[n] - percent[n - 1])
    return float(hours[n - 1] + share * (hours[n] - hours[n - 1]))


def _vial(given: Inputs, dynamic: bool) -> Vial:
    inner, product, ht = given.inner("vial"), given.inner("product"), given.inner("ht")
    constant = _constants(given)
    av, ap, fill = _sizes(inner)
    glass = inner.number("glass_g", low=0.01, high=1000.0) if dynamic else 0.0
    inner.done()
    solids = _solids(product, constant)
    r0, a1, a2 = (product.number(key, low=0.0, high=1e6) for key in ("R0", "A1", "A2"))
    product.done()
    kc, kp, kd = (ht.number(key, low=0.0, high=1e3) for key in ("KC", "KP", "KD"))
    ht.done()
    if kc + kp == 0.0:
        raise BadInput("no heat comes into the vial", ht.where, "Give KC or KP above 0.")
    if r0 + a1 == 0.0:
        raise BadInput("the dried layer has no resistance", product.where, "Give R0 or A1 above 0.")
    ice = constant["rho_ice_g_mL"]
    freed = 1.0 - solids * constant["rho_solution_g_mL"] / constant["rho_solute_g_mL"]
    kept = 1.0 - solids * (constant["rho_solution_g_mL"] - ice) / constant["rho_solute_g_mL"]
    ice_calories = ice * ap * constant["Cp_ice_J_kg_K"] / 1000.0 / constant["cal_to_J"] if dynamic else 0.0
    return Vial(
        av=av,
        ap=ap,
        length=_length(constant, solids, ap, fill),
        r0=r0,
        a1=a1,
        a2=a2,
        kc=kc,
        kp=kp,
        kd=kd,
        ice_density=ice * freed / kept,
        latent=constant["dHs_cal_g"],
        conductivity=constant["k_ice_cal_cm_s_K"],
        pre=constant["psub_pre_Torr"],
        slope=constant["psub_T_K"],
        capacity=glass * GLASS_CALORIES,
        ice_capacity=ice_calories,
    )


def _sizes(inner: Inputs) -> tuple[float, float, float]:
    av, ap, fill = (inner.number(key, low=1e-6, high=1e6) for key in ("Av", "Ap", "Vfill"))
    return av, ap, fill


def _solids(product: Inputs, constant: dict[str, float]) -> float:
    """g/mL; less than the solid itself weighs."""
    return product.number("cSolid", low=0.0, high=0.95 * constant["rho_solute_g_mL"] / constant["rho_solution_g_mL"])


def _length(constant: dict[str, float], solids: float, ap: float, fill: float) -> float:
    """Height of the frozen product, cm."""
    solution, ice = constant["rho_solution_g_mL"], constant["rho_ice_g_mL"]
    return fill / (ap * ice) * (solution - solids * (solution - ice) / constant["rho_solute_g_mL"])


def _constants(given: Inputs) -> dict[str, float]:
    inner = given.inner("constants")
    found = {name: inner.number(name, default, low=1e-6) for name, default in CONSTANTS.items()}
    inner.done()
    return found


def _interval(given: Inputs, key: str, end: float) -> float:
    dt = given.number(key, low=1e-5, high=end)
    if end / dt > MOST_SAMPLES:
        wrong = f"{end / dt:.3g} samples"
        raise BadInput(wrong, given.at(key), f"Give an interval that makes {MOST_SAMPLES} at most.")
    return dt


def _units(given: Inputs, wanted: tuple[str, ...]) -> None:
    """Every number of a case has its unit stated, and it is the one that is meant."""
    stated = given.inner("units")
    for name in wanted:
        unit = stated.text(name, None)
        if unit != UNITS[name]:
            raise BadInput(f"the unit is `{unit}`", stated.at(name), f"Give {name} in `{UNITS[name]}`.")
    stated.done()
