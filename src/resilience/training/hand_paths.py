"""How a virtual trainee's hands travel: smooth, unhurried, into the cabinet straight through its aperture.

A movement follows the minimum-jerk profile of human reaching (Flash & Hogan 1985): its peak speed is 1.875 times the
mean. Lengths in metres, one position a tick (1/20 s).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, dist

from resilience.plant.space import Vector
from resilience.training.clock import TICKS_PER_SECOND

PEAK_RATIO = 1.875
APERTURE_Z = -1.20
"""Plane of the working aperture."""
BEFORE_APERTURE = -1.10
"""Where a hand lines up before it goes in, and ends after it came out."""
APERTURE_LOW, APERTURE_HIGH = 0.94, 1.07
"""Heights of the palm that pass the aperture (0.90 to 1.10 m) with room to spare."""


def route(start: Vector, end: Vector, rise: float) -> list[Vector]:
    """Way points from start to end: perpendicular through the aperture, up by `rise`, across, down."""
    if _inside(start) == _inside(end):
        return _arch(start, end, rise) if _inside(start) else [start, end]
    if _inside(end):
        gate = (end[0], _between(end[1] + rise), BEFORE_APERTURE)
        return [start, gate, *_arch(gate, end, 0.0)[1:]]
    gate = (start[0], _between(start[1]), BEFORE_APERTURE)
    return [start, gate, end]


def positions(way: Sequence[Vector], speed: float) -> list[Vector]:
    """A position for each tick along the way points, ending at the last; `speed` is the peak, m/s."""
    lengths = [dist(a, b) for a, b in pairwise(way)]
    total = sum(lengths)
    if total < 0.002:
        return []
    ticks = max(2, ceil(PEAK_RATIO * total / speed * TICKS_PER_SECOND))
    path: list[Vector] = []
    leg, before = 0, 0.0
    for n in range(1, ticks + 1):
        along = total * _minimum_jerk(n / ticks)
        while leg < len(lengths) - 1 and along > before + lengths[leg]:
            before += lengths[leg]
            leg += 1
        share = min(1.0, (along - before) / lengths[leg]) if lengths[leg] > 0 else 1.0
        (ax, ay, az), (bx, by, bz) = way[leg], way[leg + 1]
        path.append((ax + share * (bx - ax), ay + share * (by - ay), az + share * (bz - az)))
    return path


def _minimum_jerk(t: float) -> float:
    return t * t * t * (10 - 15 * t + 6 * t * t)


def _arch(start: Vector, end: Vector, rise: float) -> list[Vector]:
    if rise <= 0 or dist(start, end) < 0.05:
        return [start, end]
    top = max(start[1], end[1]) + rise
    return [start, (start[0], top, start[2]), (end[0], top, end[2]), end]


def _inside(at: Vector) -> bool:
    return at[2] < APERTURE_Z


def _between(y: float) -> float:
    return min(max(y, APERTURE_LOW), APERTURE_HIGH)
