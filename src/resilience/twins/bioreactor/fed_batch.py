"""The reference model alone: cells and metabolites in a fed vessel, all that a plant adds left out.

Used to compare with outside programs; a trainee runs `reactor.Bioreactor`, whose cells are these with extensions.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from resilience.twins.bioreactor import kernel, numbers
from resilience.twins.bioreactor.kernel import Floats
from resilience.twins.errors import BadInput
from resilience.twins.shape import Stopped

AMOUNTS = ("viable", "dead", "lysed", "glucose", "glutamine", "lactate", "ammonia", "antibody")
"""In the order of the reference model: cells in 1e9, metabolites in mmol, antibody in mg."""
SECONDS_PER_HOUR = 3600.0
_PLATEAU = 1e-6


@dataclass(frozen=True)
class Course:
    """A run: times h (n,), volume L (n,), concentrations (n, 8) in 1e9 cells/L, mM and mg/L, growth rate 1/h (n,)."""

    times: Floats
    volume: Floats
    concentrations: Floats
    growth: Floats


def run(
    volume: float,
    amounts: Mapping[str, float],
    feed: Mapping[str, float],
    schedule: Sequence[tuple[float, float]],
    t_end: float,
    interval: float = 0.5,
    changed: Mapping[str, float] | None = None,
) -> Course:
    """A fed-batch from `volume` L with `amounts`, fed with concentrations `feed` by rows of (time h, flow L/h).

    The flow of a row holds until the next row's time. The course has a row each `interval` h and at each change of the
    feed. `changed`: kinetic parameters other than the central ones. Raises BadInput, or Stopped where the state leaves
    all numbers.
    """
    if not volume > 0.0:
        raise BadInput(f"the volume is {volume:g} L", "volume", "Give a volume above 0 L.")
    starts = [time for time, _ in schedule]
    if starts != sorted(starts):
        raise BadInput("the rows are not in order of time", "schedule", "Order them.")
    if any(flow < 0.0 for _, flow in schedule):
        raise BadInput("a flow is negative", "schedule", "Give flows from 0 L/h up.")
    times = _times(starts, t_end, interval)
    # Each time is reached under the flow that began before it; the first row holds before its own time too.
    flows = [flow for _, flow in schedule] or [0.0]
    before = [times[0], *times[:-1]]
    feeds = np.array([flows[max(bisect.bisect_right(starts, time) - 1, 0)] for time in before])
    known = numbers.row(kernel.KINETICS, numbers.file(numbers.KINETICS), changed=changed)
    y = np.array([volume, *(_known(amounts, "amounts"))])
    c_in = np.array(_known(feed, "feed"))
    until = np.array(times)
    found = kernel.fed_batch(y, until, feeds, c_in, known)
    _finite(until, found)
    return Course(until, found[:, 0], found[:, 1:-1] / found[:, :1], found[:, -1])


def summary(course: Course) -> dict[str, dict[str, float]]:
    """Largest value, its time and the final value of each column, by the names of the reference model."""
    columns = {"bioreactor.V": course.volume}
    columns |= {f"bioreactor.c[{i + 1}]": course.concentrations[:, i] for i in range(len(AMOUNTS))}
    columns["bioreactor.culture.mu"] = course.growth
    return {name: _extreme(course.times, column) for name, column in columns.items()}


def _extreme(times: Floats, column: Floats) -> dict[str, float]:
    """The time is the first at which the value is within 1e-6 of the largest: some stay on a plateau."""
    largest = float(column.max())
    first = int(np.argmax(column >= largest - _PLATEAU * abs(largest)))
    return {"max": largest, "t_max_h": float(times[first]), "final": float(column[-1])}


def _times(starts: Sequence[float], t_end: float, interval: float) -> list[float]:
    if not (t_end > 0.0 and interval > 0.0):
        raise BadInput(f"{t_end:g} h in steps of {interval:g} h", "t_end_h", "Give both above 0 h.")
    count = round(t_end / interval)
    grid = [index * interval for index in range(count + 1) if index * interval < t_end - 1e-9]
    return sorted({*grid, t_end, *(start for start in starts if 0.0 < start < t_end)})


def _known(given: Mapping[str, float], where: str) -> list[float]:
    unknown = sorted(given.keys() - set(AMOUNTS))
    if unknown:
        raise BadInput(f"unknown key `{unknown[0]}`", where, f"Use {', '.join(AMOUNTS)}.")
    negative = sorted(name for name, value in given.items() if not 0.0 <= value < np.inf)
    if negative:
        raise BadInput(f"{given[negative[0]]:g}", f"{where}.{negative[0]}", "Give a number from 0 up.")
    return [float(given.get(name, 0.0)) for name in AMOUNTS]


def _finite(times: Floats, found: Floats) -> None:
    bad = np.flatnonzero(~np.isfinite(found).all(axis=1))
    if len(bad):
        last = found[max(bad[0] - 1, 0)]
        state = dict(zip(("volume", *AMOUNTS), last.tolist(), strict=False))
        raise Stopped(float(times[bad[0]]) * SECONDS_PER_HOUR, "the amounts have left all numbers", state)
