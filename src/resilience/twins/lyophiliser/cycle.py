"""A whole cycle as a case: what is done and what breaks, each at its hour; what comes of the batch.

Numbers of actions, faults and parameters carry their unit: `"to": "-40 C"`, `"rate": "0.5 C/min"`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from resilience.twins.errors import BadInput
from resilience.twins.inputs import Inputs
from resilience.twins.lyophiliser import plant
from resilience.twins.lyophiliser.twin import Lyophiliser
from resilience.twins.lyophiliser.variables import TRUTHS
from resilience.twins.shape import Command, Stopped, measured

_HOUR: Final = 3600.0
LONGEST: Final = 500.0
"""h."""
SHOWN: Final = (
    "shelf_inlet",
    "product_centre",
    "product_edge",
    "capacitance",
    "pirani_ratio",
    "condenser",
    "dried_estimate",
)


def run(given: Inputs) -> dict[str, Any]:
    """`hours`, `every_h`, `seed`, `start`, `parameters`, `actions` and `faults` (lists with `at_h` and a name).

    Returns the quality of the batch, what happened, the truth at the end, trends each `every_h`, and why and when it
    stopped if it did.
    """
    hours = given.number("hours", low=0.01, high=LONGEST)
    every = given.number("every_h", 1.0, low=0.01, high=LONGEST)
    start, _ = _measured(given, "start", "C") if "start" in given else (20.0, "C")
    seed = given.whole("seed", 0, low=0)
    dryer = Lyophiliser(seed, start, _parameters(given.inner("parameters")))
    for entry in given.each("actions"):
        name = entry.text("action", choices=dryer.actions())
        dryer.act(name, at=_at(entry, hours), **_how(entry, "action", dryer.actions()[name]))
    for entry in given.each("faults"):
        name = entry.text("fault", choices=dryer.faults())
        dryer.fault(name, at=_at(entry, hours), **_how(entry, "fault", dryer.faults()[name]))
    trends: dict[str, list[float]] = {name: [] for name in ("time_h", *SHOWN, *TRUTHS)}
    stopped = None
    _note(dryer, trends)
    while stopped is None and dryer.seconds < hours * _HOUR - 1e-6:
        try:
            dryer.do_step(min(every * _HOUR, hours * _HOUR - dryer.seconds))
            _note(dryer, trends)
        except Stopped as stop:
            stopped = {"at_h": stop.seconds / _HOUR, "cause": stop.cause}
    return {
        "quality": dryer.quality(),
        "stopped": stopped,
        "happened": [{"at_h": each.seconds / _HOUR, "kind": each.kind, **each.about} for each in dryer.happenings],
        "end": {name: dryer.truth(name) for name in TRUTHS},
        "trends": trends,
    }


def _note(dryer: Lyophiliser, trends: dict[str, list[float]]) -> None:
    trends["time_h"].append(dryer.seconds / _HOUR)
    for name in SHOWN:
        trends[name].append(dryer.get(name))
    for name in TRUTHS:
        trends[name].append(dryer.truth(name))


def _at(entry: Inputs, hours: float) -> float:
    return entry.number("at_h", low=0.0, high=hours) * _HOUR


def _how(entry: Inputs, word: str, command: Command) -> dict[str, Any]:
    """What a command takes, as given; a number without its unit is refused."""
    how = {key: value for key, value in entry.values.items() if key not in ("at_h", word)}
    for argument in command.takes:
        if argument.unit not in ("", "1") and isinstance(how.get(argument.name), int | float):
            wrong = f"`{how[argument.name]}` has no unit"
            raise BadInput(wrong, entry.at(argument.name), f'Write it as "{how[argument.name]} {argument.unit}".')
    return how


def _parameters(given: Inputs) -> Mapping[str, float]:
    units = {parameter.name: parameter.unit for parameter in plant.read()}
    found = {}
    for name in given.values:
        if name not in units:
            raise BadInput(f"there is no parameter `{name}`", given.where, f"Use one of {', '.join(units)}.")
        if units[name] == "1":
            found[name] = given.number(name)
        else:
            found[name], _ = _measured(given, name, units[name])
    return found


def _measured(given: Inputs, key: str, unit: str) -> tuple[float, str]:
    value, said = measured(given.text(key), given.at(key))
    if said != unit:
        raise BadInput(f"the unit is `{said}`", given.at(key), f"Give it in {unit}.")
    return value, said
