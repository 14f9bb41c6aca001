"""What a case says is done to a twin, and what breaks in it: each at its hour, with the units of its numbers.

"actions": [{"at_h": 1.5, "action": "shelf", "to": "-40 C", "rate": "0.5 C/min"}],
"faults": [{"at_h": 9, "fault": "vacuum_leak", "rate": "20 mbar L/s"}]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from resilience.twins.errors import BadInput
from resilience.twins.inputs import Inputs
from resilience.twins.parameters import Parameter
from resilience.twins.shape import Command, ProcessTwin, Stopped, measured, quantity

HOUR: Final = 3600.0
"""s."""


def plan(twin: ProcessTwin[Any], given: Inputs, hours: float) -> None:
    """Give a twin the `actions` and `faults` of a case of so many hours. Raises BadInput naming the key."""
    for key, commands, do in (("actions", twin.actions(), twin.act), ("faults", twin.faults(), twin.fault)):
        for entry in given.each(key):
            _one(entry, commands, do, hours)


def changed(given: Inputs, known: Iterable[Parameter]) -> dict[str, float]:
    """Parameters that a case sets, each with its unit (`"4 g"`; a plain number where the unit is 1)."""
    units = {parameter.name: parameter.unit for parameter in known}
    found = {}
    for name in given.values:
        if name not in units:
            raise BadInput(f"there is no parameter `{name}`", given.where, f"Use one of {', '.join(units)}.")
        found[name] = given.number(name) if units[name] == "1" else with_unit(given, name, units[name])
    return found


def with_unit(given: Inputs, key: str, unit: str) -> float:
    """A number written with its unit. Raises BadInput: no unit, or another."""
    value = given.values.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise BadInput(f"`{value}` has no unit", given.at(key), f'Write it as "{value} {unit}".')
    number, said = measured(given.text(key), given.at(key))
    if said != unit:
        raise BadInput(f"the unit is `{said}`", given.at(key), f"Give it in {unit}.")
    return number


def run(
    twin: ProcessTwin[Any], hours: float, every: float, shown: Sequence[str], true: Sequence[str]
) -> tuple[dict[str, list[float]], dict[str, Any] | None]:
    """Run a twin for so many hours: trends of outputs and truths each `every` h, and when and why it stopped."""
    trends: dict[str, list[float]] = {name: [] for name in ("time_h", *shown, *true)}

    def note() -> None:
        trends["time_h"].append(twin.seconds / HOUR)
        for name in shown:
            trends[name].append(twin.get(name))
        for name in true:
            trends[name].append(twin.truth(name))

    note()
    while twin.seconds < hours * HOUR - 1e-6:
        try:
            twin.do_step(min(every * HOUR, hours * HOUR - twin.seconds))
        except Stopped as stop:
            return trends, {"h": stop.seconds / HOUR, "cause": stop.cause}
        note()
    return trends, None


def happened(twin: ProcessTwin[Any]) -> list[dict[str, float | str]]:
    """What has happened, as plain data."""
    return [{"h": each.seconds / HOUR, "kind": each.kind, **each.about} for each in twin.happenings]


def _one(entry: Inputs, commands: Mapping[str, Command], do: Callable[..., None], hours: float) -> None:
    name = entry.text("do", choices=commands)
    at = quantity(entry, "at", "h", 0.0, hours) * HOUR
    how = {key: value for key, value in entry.values.items() if key not in ("at", "do")}
    for argument in commands[name].takes:
        value = how.get(argument.name)
        if argument.unit not in ("", "1") and isinstance(value, int | float):
            wrong = f"`{value}` has no unit"
            raise BadInput(wrong, entry.at(argument.name), f'Write it as "{value} {argument.unit}".')
    do(name, at=at, **how)
