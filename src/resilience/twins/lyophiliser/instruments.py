"""What the dryer shows: thermocouples, thermometers and gauges, each with its lag, noise and resolution."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from resilience.twins import parameters
from resilience.twins.draws import Floats
from resilience.twins.lyophiliser import plant_kernel as k
from resilience.twins.lyophiliser.plant import MILLITORR
from resilience.twins.lyophiliser.plant_kernel import Plant
from resilience.twins.measure import Measurement, Probe
from resilience.twins.parameters import Parameter

FILE: Final = Path(__file__).parent / "instruments.yaml"


@cache
def read() -> tuple[Parameter, ...]:
    """Every number of the instruments."""
    return parameters.read(FILE)


@cache
def numbers() -> Mapping[str, float]:
    """Them by their names."""
    return {parameter.name: parameter.value for parameter in read()}


def truths(p: Plant, y: Floats, loose: set[str], flow: float) -> dict[str, float]:
    """What each instrument has before it. A thermocouple that is `loose` lies between shelf and wall.

    flow: W/K, heat capacity of the circulating shelf fluid.
    """
    pw, pa, _, _ = k.pressures(p, y)
    product = {
        name: float(y[k.GROUPS + group * k.WIDTH + k.PRODUCT])
        for name, group in (("centre", k.CENTRE), ("edge", k.EDGE))
    }
    gas = 0.5 * (float(y[k.SHELF]) + p.ambient)
    heat = p.shelf_conductance * (y[k.FLUID] - y[k.SHELF])
    return {
        "shelf_inlet": float(y[k.FLUID]),
        "shelf_outlet": float(y[k.FLUID] - heat / flow),
        "product_centre": gas if "centre" in loose else product["centre"],
        "product_edge": gas if "edge" in loose else product["edge"],
        "condenser": float(y[k.COIL]),
        "capacitance": (pw + pa) / MILLITORR,
        "pirani": (numbers()["pirani_vapour"] * pw + pa) / MILLITORR,
    }


def made(start: Mapping[str, float], seed: int) -> dict[str, Measurement]:
    """The instruments at their start."""
    n = numbers()
    couple = (n["thermocouple_lag"], n["thermocouple_noise"], n["thermocouple_step"])
    thermometer = (n["fluid_lag"], n["fluid_noise"], 0.1)
    probes = [
        *(Probe(name, "C", -100.0, 100.0, *thermometer) for name in ("shelf_inlet", "shelf_outlet", "condenser")),
        *(Probe(name, "C", -100.0, 100.0, *couple) for name in ("product_centre", "product_edge")),
        # A capacitance head of 10 Torr shows its end above that; a Pirani gauge shows up to the atmosphere.
        Probe("capacitance", "mTorr", 0.0, 10_000.0, n["gauge_lag"], n["capacitance_noise"], 0.1),
        Probe("pirani", "mTorr", 0.0, 760_000.0, n["gauge_lag"], n["pirani_noise"], 0.1),
    ]
    return {probe.name: Measurement(probe, start[probe.name], seed) for probe in probes}
