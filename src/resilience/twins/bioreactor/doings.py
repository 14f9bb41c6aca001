"""What a person does to a bioreactor, and what breaks in it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from resilience.twins.bioreactor import kernel, laboratory, state
from resilience.twins.bioreactor.state import PROBES
from resilience.twins.errors import BadInput
from resilience.twins.shape import Argument, Command

if TYPE_CHECKING:
    from resilience.twins.bioreactor.reactor import Bioreactor

_ML: Final = 1000.0
_ROWS: Final = {probe.name: row for row, probe in enumerate(PROBES)}
_CALIBRATED: Final = ("pH", "DO", "temperature")
LOOPS: Final = {"DO": "do", "pH": "ph", "T": "t"}
BOTTLES: Final = ("feed", "water", "glucose", "salt")
"""What may be connected to the feed line: the feed; water; its glucose alone, twice; saline."""
REPAIRS: Final = ("feed pump", "gas", "power", "pH", "DO", "temperature", "vent filter", "foam")


def actions(twin: Bioreactor) -> Mapping[str, Command]:
    """Everything a trainee can do, with the ranges of this vessel."""
    p = twin.numbers
    return {
        "inoculate": Command(
            "Add cells from the seed train",
            lambda density: _inoculate(twin, density),
            (Argument("density", "1e6/mL", 0.05, 5.0, default=float(p.inoculum), what="Viable cells afterwards"),),
        ),
        "connect": Command(
            "Connect a bottle to a line",
            lambda line: _connect(twin, line),
            (Argument("line", choices=("feed", "base"), what="Which line"),),
        ),
        "feed": Command(
            "Feed at a rate from now on",
            lambda flow: _feed(twin, flow),
            (Argument("flow", "L/h", 0.0, p.feed_max, what="Rate; 0 stops it"),),
        ),
        "base": Command(
            "Give base by hand",
            lambda volume: _base(twin, volume),
            (Argument("volume", "L", 0.0, 0.01 * p.working),),
        ),
        "antifoam": Command(
            "Give antifoam", lambda volume: _antifoam(twin, volume), (Argument("volume", "mL", 0.0, 0.2 * p.working),)
        ),
        "sample": Command(
            "Draw a sample", lambda volume: _sample(twin, volume), (Argument("volume", "mL", 1.0, 200.0, default=10.0),)
        ),
        "calibrate": Command(
            "Set a probe to a reference",
            lambda probe, reference: _calibrate(twin, probe, reference),
            (Argument("probe", choices=_CALIBRATED), Argument("reference", "unit of the probe", -10.0, 300.0)),
        ),
        "loop": Command(
            "Put a loop in automatic or in manual",
            lambda name, mode: _loop(twin, name, mode),
            (Argument("name", choices=tuple(LOOPS)), Argument("mode", choices=("auto", "manual"))),
        ),
        "temperature_shift": Command(
            "Change the temperature's set-point",
            lambda to: twin.set("T.sp", to),
            (Argument("to", "C", 28.0, 40.0, default=33.0),),
        ),
        "repair": Command(
            "Put right what broke", lambda what: _repair(twin, what), (Argument("what", choices=REPAIRS),)
        ),
        "harvest": Command("End the run: cool down and take the culture out", lambda: _harvest(twin)),
    }


def faults(twin: Bioreactor) -> Mapping[str, Command]:
    """Everything that can break, at the size that is usual."""
    plant = twin.vessel.plant

    def drift(probe: str, per_day: float) -> None:
        twin.vessel.instruments[_ROWS[probe], kernel.DRIFT] = per_day

    def stick(probe: str) -> None:
        row = _ROWS[probe]
        twin.vessel.instruments[row, kernel.STUCK] = kernel.shown(twin.vessel.instruments, row)

    def put(name: str, value: float) -> None:
        plant[name] = value
        twin.refresh()

    def bacteria(cfu: float) -> None:
        twin.vessel.culture[kernel.BUGS] += 1e-9 * cfu

    probe = Argument("probe", choices=_CALIBRATED, default="pH")
    return {
        "probe_drift": Command("A probe drifts", drift, (probe, Argument("per_day", "1/day", -5.0, 5.0, default=0.05))),
        "probe_stuck": Command("A probe shows what it showed", stick, (probe,)),
        "feed_stop": Command("The feed pump stops", lambda: put("feed_pump", 0.0)),
        "gas_loss": Command("The gas supply fails", lambda: put("gas_supply", 0.0)),
        "power_cut": Command("Stirrer, pumps and gas valves lose power", lambda: put("power", 0.0)),
        "foam_out": Command(
            "The culture foams far more",
            lambda times: put("foaming", times),
            (Argument("times", "1", 1.0, 1000.0, default=60.0),),
        ),
        "contamination": Command("Bacteria get in", bacteria, (Argument("cfu", "CFU", 1.0, 1e9, default=100.0),)),
        "wrong_feed": Command(
            "Another bottle hangs on the feed line",
            lambda bottle: _hang(twin, bottle),
            (Argument("bottle", choices=BOTTLES, default="water"),),
        ),
    }


def account(twin: Bioreactor) -> dict[str, tuple[float, float]]:
    """See `Bioreactor.account`."""
    vessel = twin.vessel
    y = dict(zip(state.AMOUNTS, vessel.culture.tolist(), strict=True))
    came_went = {
        "cells": (y["grew"], 0.0),
        "volume": (y["fed"] + y["based"], 0.0),
        "glucose": (y["glucose_fed"], y["glucose_used"]),
        "glutamine": (y["glutamine_fed"], y["glutamine_used"]),
        "oxygen": (y["oxygen_in"], y["oxygen_used"]),
        "carbon": (y["carbon_made"] + float(twin.numbers.base_carbon) * y["based"], y["carbon_out"]),
    }
    now = state.contents(vessel.culture)
    return {name: (vessel.by_hand[name] + came, went + now[name]) for name, (came, went) in came_went.items()}


# Actions --------------------------------------------------------------------------------------------------------------
def _inoculate(twin: Bioreactor, density: float) -> None:
    _running(twin, "inoculate")
    if twin.vessel.inoculated:
        raise BadInput("there are cells in the vessel already", "bioreactor.inoculate", "Inoculate once.")
    y, alive = twin.vessel.culture, twin.numbers.inoculum_viability
    with _accounted(twin):
        y[1] += density * y[0]
        y[2] += density * y[0] * (1.0 - alive) / alive
    twin.vessel.inoculated = True
    twin.tell("inoculated", density=density)


def _connect(twin: Bioreactor, line: str) -> None:
    _running(twin, "connect")
    if line == "base":
        twin.vessel.plant["base_connected"] = 1.0
    else:
        _hang(twin, "feed")
    twin.tell("connected", line=line)


def _hang(twin: Bioreactor, bottle: str) -> None:
    """Hang a bottle on the feed line."""
    p, plant = twin.numbers, twin.vessel.plant
    glucose, glutamine, salts = {
        "feed": (p.feed_glucose, p.feed_glutamine, p.feed_salts),
        "water": (0.0, 0.0, 0.0),
        "glucose": (2.0 * p.feed_glucose, 0.0, 0.0),
        "salt": (0.0, 0.0, 2.0 * p.feed_salts),
    }[bottle]
    plant["feed_connected"] = 1.0
    plant["feed_glucose"], plant["feed_glutamine"], plant["feed_salts"] = glucose, glutamine, salts


def _feed(twin: Bioreactor, flow: float) -> None:
    _running(twin, "feed")
    if flow > 0.0 and not twin.vessel.plant["feed_connected"]:
        raise BadInput(
            "nothing is connected to the feed line", "bioreactor.feed", 'Connect it first: act("connect", line="feed").'
        )
    twin.vessel.plant["feed_aim"] = flow
    twin.refresh()
    twin.tell("feed", flow=flow)


def _base(twin: Bioreactor, volume: float) -> None:
    _running(twin, "base")
    if not twin.vessel.plant["base_connected"]:
        raise BadInput(
            "nothing is connected to the base line", "bioreactor.base", 'Connect it first: act("connect", line="base").'
        )
    p, y = twin.numbers, twin.vessel.culture
    with _accounted(twin):
        y[0] += volume
        y[kernel.IONS] += volume * p.base_ions
        y[kernel.SALTS] += volume * p.base_ions
        y[kernel.CARBON] += volume * p.base_carbon
    twin.tell("base", volume=volume)


def _antifoam(twin: Bioreactor, volume: float) -> None:
    _running(twin, "antifoam")
    with _accounted(twin):
        twin.vessel.culture[0] += volume / _ML
        twin.vessel.culture[kernel.ANTIFOAM] += volume
    twin.refresh()
    twin.tell("antifoam", volume=volume)


def _sample(twin: Bioreactor, volume: float) -> None:
    _running(twin, "sample")
    vessel = twin.vessel
    y, litres = vessel.culture, volume / _ML
    if y[0] - litres < twin.numbers.smallest:
        raise BadInput(
            f"{volume:g} mL would leave {y[0] - litres:.4g} L",
            "bioreactor.sample.volume",
            f"The vessel needs {twin.numbers.smallest:g} L to stay stirred: draw less.",
        )
    vessel.samples.append(laboratory.examine(twin.true_state(), twin.seconds, len(vessel.samples), twin.seed))
    with _accounted(twin):
        y[list(state.CONTENTS)] *= 1.0 - litres / y[0]
    twin.tell("sampled", volume=volume)


def _calibrate(twin: Bioreactor, probe: str, reference: float) -> None:
    _running(twin, "calibrate")
    row = _ROWS[probe]
    low, high, unit = PROBES[row].low, PROBES[row].high, PROBES[row].unit
    if not low <= reference <= high:
        where = "bioreactor.calibrate.reference"
        raise BadInput(f"the value is {reference:g} {unit}", where, f"Give {low:g} to {high:g} {unit}.")
    instruments = twin.vessel.instruments
    instruments[row, kernel.OFFSET] += reference - kernel.shown(instruments, row)
    twin.tell("calibrated", probe=probe, reference=reference)


def _loop(twin: Bioreactor, name: str, mode: str) -> None:
    _running(twin, "loop")
    plant, p, m = twin.vessel.plant, twin.numbers, twin.vessel.instruments
    # Bumpless: what a loop has built up is what its outputs are now.
    if mode == "auto" and name == "DO":
        plant["demand"] = _demand(twin)
        plant["do_kept"] = plant["demand"] - p.do_gain * (plant["do_aim"] - kernel.shown(m, kernel.DO))
    if mode == "auto" and name == "T":
        out = plant["jacket_aim"] - plant["t_aim"]
        plant["t_kept"] = out - p.t_gain * (plant["t_aim"] - kernel.shown(m, kernel.TEMPERATURE))
    if name == "pH":
        plant["ph_kept"] = 0.0
    plant[f"{LOOPS[name]}_auto"] = float(mode == "auto")
    twin.tell("loop", name=name, mode=mode)


def _demand(twin: Bioreactor) -> float:
    """The demand at which the cascade would give what stirrer and gases give now."""
    plant, p = twin.vessel.plant, twin.numbers
    if plant["oxygen"] > 0.0:
        return float(p.split_oxygen + (100.0 - p.split_oxygen) * plant["oxygen"] / p.oxygen_max)
    if plant["air"] > p.air_min:
        share = (plant["air"] - p.air_min) / (p.air_max - p.air_min)
        return float(p.split_air + (p.split_oxygen - p.split_air) * share)
    share = (plant["agitation"] - p.agitation_min) / (p.agitation_max - p.agitation_min)
    return float(p.split_air * min(max(share, 0.0), 1.0))


def _repair(twin: Bioreactor, what: str) -> None:
    _running(twin, "repair")
    plant = twin.vessel.plant
    fields = {"feed pump": "feed_pump", "gas": "gas_supply", "power": "power", "foam": "foaming"}
    if what in fields:
        plant[fields[what]] = 1.0
    elif what == "vent filter":
        plant["vent"] = plant["tripped"] = 0.0
    else:
        row = _ROWS[what]
        twin.vessel.instruments[row, kernel.STUCK] = math.nan
        twin.vessel.instruments[row, kernel.DRIFT] = PROBES[row].drift
    twin.refresh()
    twin.tell("repaired", what=what)


def _harvest(twin: Bioreactor) -> None:
    _running(twin, "harvest")
    if not twin.vessel.inoculated:
        raise BadInput("there is nothing to harvest", "bioreactor.harvest", "Inoculate first.")
    true = twin.true_state()
    twin.vessel.harvested = True
    twin.tell("harvested", **{name: true[name] for name in ("volume", "product", "quality", "viability")})


def _running(twin: Bioreactor, action: str) -> None:
    if twin.vessel.harvested:
        raise BadInput("the culture has been harvested", f"bioreactor.{action}", "Restore or fork an earlier state.")


@contextmanager
def _accounted(twin: Bioreactor) -> Iterator[None]:
    """Whatever is changed by hand within is booked, so that the account closes."""
    vessel = twin.vessel
    before = state.contents(vessel.culture)
    yield
    for name, value in state.contents(vessel.culture).items():
        vessel.by_hand[name] += value - before[name]
