"""What the shelf and the chamber are told to do: set-points one after another, each approached by a ramp.

A stage's minutes are counted from the start of its ramp; a stage shorter than its ramp is lengthened to it. If fewer
durations than set-points are given, the last is used again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from resilience.twins.draws import Floats
from resilience.twins.errors import BadInput
from resilience.twins.inputs import Inputs

MINUTES: float = 60.0
"""Minutes an hour."""


@dataclass(frozen=True)
class Schedule:
    """A line through corners: `hours` (n,) in order, `values` (n,) at them; constant after the last."""

    hours: Floats
    values: Floats

    @property
    def end(self) -> float:
        """When its last stage is over, h."""
        return float(self.hours[-1])


def shelf(given: Inputs, low: float, high: float) -> Schedule:
    """Shelf temperature, C: starts at `init` and ramps at once. Raises BadInput beyond `low` to `high`."""
    return _schedule(given, [given.number("init", low=low, high=high)], low, high)


def pressure(given: Inputs, low: float, high: float) -> Schedule:
    """Chamber pressure, Torr: the first set-point holds from the start. Raises BadInput beyond `low` to `high`."""
    return _schedule(given, [], low, high)


def _schedule(given: Inputs, values: list[float], low: float, high: float) -> Schedule:
    setpoints, minutes = given.numbers("setpt"), given.numbers("dt_setpt")
    rate = given.number("ramp_rate", low=0.0)
    given.done()
    if not setpoints or not minutes:
        raise BadInput("there is no set-point or no duration", given.where, "Give at least one of each.")
    if len(minutes) > len(setpoints):
        wrong = f"{len(minutes)} durations for {len(setpoints)} set-points"
        raise BadInput(wrong, given.at("dt_setpt"), "Give one a set-point at most.")
    for n, value in enumerate(setpoints):
        if not low <= value <= high:
            raise BadInput(f"the value is {value:g}", f"{given.at('setpt')}[{n}]", f"Give {low:g} to {high:g}.")
    for n, value in enumerate(minutes):
        if value <= 0.0:
            raise BadInput(f"a stage of {value:g} min", f"{given.at('dt_setpt')}[{n}]", "Give minutes above 0.")
    hours = [0.0] * len(values)
    for n, setpoint in enumerate(setpoints):
        lasts = minutes[min(n, len(minutes) - 1)] / MINUTES
        begins, start = (hours[-1], values[-1]) if values else (0.0, setpoint)
        if not values:
            hours, values = [0.0], [setpoint]
        if setpoint != start:
            if rate == 0.0:
                raise BadInput("a change without a ramp", given.at("ramp_rate"), "Give a rate above 0.")
            ramp = abs(setpoint - start) / rate / MINUTES
            hours.append(begins + ramp)
            values.append(setpoint)
            lasts -= ramp
        if lasts > 0.0:
            hours.append(hours[-1] + lasts)
            values.append(setpoint)
    return Schedule(np.array(hours), np.array(values))
