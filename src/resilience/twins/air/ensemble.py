"""What many particles say of the air at a place: the concentration there while a source gives one particle a second.

Particles are let in at once and followed until they have settled or left. The time they spend in a small volume, over
their number and its size, is the concentration (s/m3) that a steady source of one particle a second keeps up there.
Several runs with seeds of their own, and with hands that are not quite the same, give its standard error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from resilience.twins.air.field import Field
from resilience.twins.air.motion import AIRBORNE
from resilience.twins.air.numbers import Numbers
from resilience.twins.air.obstacles import Body
from resilience.twins.air.particles import Particles

LONGEST: Final = 12.0
"""s; the air of the cabinet is another after two."""
STEP: Final = 0.025
Draw = Callable[[int, np.random.Generator], tuple[list[Body], NDArray[np.float64]]]
"""Of a number of particles: the bodies of one run, and where its particles begin, (n, 3)."""


@dataclass(frozen=True)
class Cells:
    """A grid of volumes: the corner of the first, its size (m), and how many along each axis."""

    low: tuple[float, float, float]
    size: float
    counts: tuple[int, int, int]


def concentrations(
    field: Field,
    draw: Draw,
    cells: Cells,
    particles: int,
    runs: int,
    seed: int,
    numbers: Numbers | None = None,
    step: float = STEP,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Concentration for a source of 1/s and its standard error, each of the shape of the cells, s/m3."""
    found = np.zeros((runs, *cells.counts))
    for run in range(runs):
        chance = np.random.default_rng((seed, run))
        air = Particles(field, particles, seed=int(chance.integers(2**62)), numbers=numbers)
        bodies, points = draw(particles, chance)
        air.set_bodies(bodies)
        air.emit(points)
        while air.airborne and air.seconds < LONGEST:
            air.do_step(step)
            tally(air.place, air.fate, np.array(cells.low), cells.size, found[run])
    found *= step / (particles * cells.size**3)
    return found.mean(axis=0), found.std(axis=0, ddof=1) / np.sqrt(runs)


@njit(cache=True)
def tally(
    place: NDArray[np.float64],
    fate: NDArray[np.uint8],
    low: NDArray[np.float64],
    size: float,
    counts: NDArray[np.float64],
) -> None:
    """Count the airborne particles in each cell into `counts`."""
    nx, ny, nz = counts.shape
    for i in range(len(fate)):
        if fate[i] != AIRBORNE:
            continue
        a = int(np.floor((place[i, 0] - low[0]) / size))
        b = int(np.floor((place[i, 1] - low[1]) / size))
        c = int(np.floor((place[i, 2] - low[2]) / size))
        if 0 <= a < nx and 0 <= b < ny and 0 <= c < nz:
            counts[a, b, c] += 1.0
