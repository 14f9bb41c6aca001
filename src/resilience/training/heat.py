"""The heat map of a session: organisms expected to come into each container, by route, over time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from resilience.training.canonical import significant
from resilience.training.clock import TICKS_PER_SECOND
from resilience.training.dose import ROUTES, Ledger

STEPS: Final = (5.0, 10.0, 15.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0)
MOST_STEPS: Final = 120
_DIGITS: Final = 3


def step_seconds(ticks: int) -> float:
    """The shortest step (s) that divides a session of so many ticks into `MOST_STEPS` at most."""
    seconds = ticks / TICKS_PER_SECOND
    return next((step for step in STEPS if seconds <= step * MOST_STEPS), STEPS[-1])


def exposure(ledger: Ledger, containers: Iterable[str], ticks: int) -> dict[str, Any]:
    """Expected organisms (CFU) in each step of a session of so many ticks: a row a container, a list a route.

    What came over a time is spread evenly over it; what came at a moment is in its step.
    """
    step = step_seconds(ticks)
    count = int(ticks / TICKS_PER_SECOND / step) + 1
    rows = []
    for container in containers:
        lists = {route: [0.0] * count for route in ROUTES}
        for entry in ledger.of.get(container, ()):
            start = entry.tick / TICKS_PER_SECOND
            _spread(lists[entry.route], float(entry.organisms[0]), start / step, (start + entry.seconds) / step)
        rows.append(
            {"item": container}
            | {route: [significant(value, _DIGITS) for value in values] for route, values in lists.items()}
        )
    return {"step_s": step, "of": "expected CFU per step", "rows": rows}


def _spread(bins: list[float], organisms: float, start: float, end: float) -> None:
    """Add organisms to the bins that the way from start to end (in bins) crosses, by the part that lies in each."""
    last = len(bins) - 1
    first = min(int(start), last)
    if end - start < 1e-9:
        bins[first] += organisms
        return
    for index in range(first, min(int(end), last) + 1):
        until = end if index == last else min(end, index + 1.0)
        bins[index] += organisms * max(0.0, until - max(start, float(index))) / (end - start)
