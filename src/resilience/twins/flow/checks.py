"""What the solver must get right before its fields are believed: even flow, a cylinder's wake, a sphere's drag.

Published values. Cylinder, Strouhal number f D/U: 0.164 at Reynolds number 100 (Williamson 1989). Sphere, drag
coefficient F/(rho U^2/2 * pi D^2/4): 1.09 at Reynolds number 100, 0.47 at 1,000 (standard drag curve, Clift, Grace &
Weber 1978), about 0.4 from 10,000 to 100,000. Claimed, within 15 %, are the cylinder's and the sphere's at 100. At
1,000 the layer along the sphere is thinner than a cell that can be afforded here: the value is computed and told, and
not claimed. A box of finite width makes the air beside a body faster, so values come out high.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np

from resilience.twins.flow.lattice import BODY, FLUID, HELD, OPEN
from resilience.twins.flow.solver import SMAGORINSKY, Box
from resilience.twins.flow.stream import stream

SPHERE_DRAG: Final = {100: 1.09, 1_000: 0.47}
CYLINDER_STROUHAL: Final = {100: 0.164}


def uniform_box(cells: int, speed: float = 0.05) -> Box:
    """Air at rest in a box, into which air of one speed comes from a filter at the top; it leaves at the bottom."""
    shape = (cells, 2 * cells, cells)
    kind = np.zeros(shape, np.uint8)
    kind[:, -1], kind[:, 0] = HELD, OPEN
    velocity = np.zeros((3, *shape), np.float32)
    velocity[1, :, -1] = -speed
    return Box(kind, velocity, viscosity=0.02)


def uniform(cells: int = 16, speed: float = 0.05, crossings: float = 6.0) -> dict[str, float]:
    """Whether even air comes to be everywhere: its speed as a share of what is given.

    Returns the mean and the largest departure, across the flow too. The speed in lattice units stands for 0.45 m/s.
    """
    box = uniform_box(cells, speed)
    for _ in range(int(crossings * box.kind.shape[1] / speed)):
        box.step()
    down = -box.velocity[1, :, 1:-1] / speed
    across = np.abs(box.velocity[[0, 2], :, 1:-1]) / speed
    return {
        "mean": float(down.mean()),
        "largest_departure": max(float(np.abs(down - 1).max()), float(across.max())),
    }


def cylinder(
    reynolds: float = 100, diameter: int = 10, width: int = 12, length: int = 22, speed: float = 0.1, times: float = 150
) -> dict[str, float]:
    """A cylinder across the flow, one cell thick and endless: how often its wake swings.

    diameter in cells; width and length of the box in diameters; times: how long, in diameters of undisturbed flow. The
    second half of the run is counted.
    """
    shape = (1, width * diameter, length * diameter)
    kind, velocity = stream(shape, speed, around=True)
    y, z = np.meshgrid(np.arange(shape[1]), np.arange(shape[2]), indexing="ij")
    middle, at = (shape[1] - 1) / 2, 6.0 * diameter
    kind[0, np.hypot(y - middle, z - at) <= diameter / 2] = BODY
    # A push to one side: without it the wake stays symmetric for long.
    wake = (z > at + diameter / 2) & (z < at + 3 * diameter) & (kind[0] == FLUID)
    velocity[1, 0, wake] = 0.6 * speed
    velocity[:, kind == BODY] = 0.0
    box = Box(kind, velocity, speed * diameter / reynolds, smagorinsky=0.0)
    lift = np.array([box.step()[1] for _ in range(int(times * diameter / speed))])
    # A mean over the time in which the stream goes one diameter: short beside a swing, long beside sound in the box.
    window = int(diameter / speed)
    late = np.convolve(lift[len(lift) // 2 :], np.full(window, 1 / window), mode="valid")
    late -= late.mean()
    rises = np.flatnonzero((late[:-1] < 0) & (late[1:] >= 0))
    # The middle one of the periods: one that a disturbance split in two does not count.
    period = float(np.median(np.diff(rises))) if len(rises) > 2 else math.inf
    return {
        "strouhal": diameter / (speed * period),
        "swings": float(len(rises) - 1),
        "lift": float(np.abs(late).max()),
    }


def sphere(
    reynolds: float = 100,
    diameter: int = 12,
    width: int = 6,
    length: int = 9,
    upstream: float = 3.0,
    speed: float = 0.08,
    times: float = 20,
    smagorinsky: float = 0.0,
) -> dict[str, float]:
    """A sphere in a stream: its drag coefficient, mean over the last half of the run. Lengths as in `cylinder`."""
    shape = (width * diameter, width * diameter, length * diameter)
    kind, velocity = stream(shape, speed)
    x, y, z = np.meshgrid(*(np.arange(n) for n in shape), indexing="ij")
    middle, at = (shape[0] - 1) / 2, upstream * diameter
    kind[np.sqrt((x - middle) ** 2 + (y - middle) ** 2 + (z - at) ** 2) <= diameter / 2] = BODY
    velocity[:, kind == BODY] = 0.0
    box = Box(kind, velocity, speed * diameter / reynolds, smagorinsky)
    drag = np.array([box.step()[2] for _ in range(int(times * diameter / speed))])
    # The staircase of cells has the sphere's volume, so its diameter is the one with that volume.
    solid = (6 / math.pi * np.count_nonzero(kind == BODY)) ** (1 / 3)
    scale = 0.5 * speed**2 * math.pi * solid**2 / 4
    late = drag[len(drag) // 2 :] / scale
    return {"drag": float(late.mean()), "spread": float(late.std()), "diameter": solid}


def full() -> dict[str, Any]:
    """The checks at the resolution of the claims; minutes on one core."""
    return {
        "uniform": uniform(),
        "cylinder_100": cylinder(diameter=10, width=16, length=22, times=120),
        "sphere_100": sphere(100, diameter=12, width=10, length=9, upstream=4, speed=0.1, times=12),
        "sphere_1000": sphere(1_000, diameter=12, width=6, length=9, speed=0.1, times=20, smagorinsky=SMAGORINSKY),
    }
