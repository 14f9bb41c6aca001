"""What the air does behind a hand or an arm: a sphere or a cylinder in a stream, computed once.

The run-time correction of the cabinet's air (`air/obstacles.py`) has the shape of these wakes. A run gives the mean
deficit of the speed along the middle of the wake, how wide it is, and how turbulent.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from resilience.twins.flow.lattice import BODY
from resilience.twins.flow.solver import Box
from resilience.twins.flow.stream import stream

RADIUS: Final = 5
"""Cells."""
WIDTH: Final = 9
"""Of the box, in radii."""
LENGTH: Final = 15
UPSTREAM: Final = 4
SPEED: Final = 0.05
"""Of the stream, cells a step."""
REYNOLDS: Final = {"sphere": 3600.0, "cylinder": 2400.0}
"""Of a palm (0.12 m) and a forearm (0.08 m) at 0.45 m/s."""


def wake(body: str, radius: int = RADIUS, settle: float = 30.0, mean: float = 50.0) -> dict[str, Any]:
    """The wake of a `sphere` or of a `cylinder` across the stream; its radius in cells.

    settle and mean: how long, in radii of undisturbed flow. The box is nine radii wide; the cylinder's is one diameter
    deep and goes on at its other side.

    Distances are in radii from the middle of the body, speeds in those of the stream.
    """
    round_body = body == "sphere"
    size = WIDTH * radius
    shape = (size if round_body else 2 * radius, size, LENGTH * radius)
    kind, velocity = stream(shape, SPEED, around=not round_body)
    x, y, z = np.meshgrid(*(np.arange(n) for n in shape), indexing="ij")
    across = np.hypot(x - (shape[0] - 1) / 2, y - (size - 1) / 2) if round_body else np.abs(y - (size - 1) / 2)
    along = z - UPSTREAM * radius
    kind[np.hypot(across, along) <= radius] = BODY
    velocity[:, kind == BODY] = 0.0
    # A push to one side: without it the wake stays symmetric for long.
    velocity[1, (across < radius) & (along > radius) & (along < 4 * radius)] = 0.2 * SPEED
    box = Box(kind, velocity, SPEED * 2 * radius / REYNOLDS[body])
    total, squares, samples = np.zeros((3, *shape)), np.zeros((3, *shape)), 0
    for index in range(int((settle + mean) * radius / SPEED)):
        box.step()
        if index * SPEED / radius > settle and index % 8 == 0:
            now = box.velocity.astype(np.float64) / SPEED
            box.step()
            now = 0.5 * (now + box.velocity / SPEED)
            total += now
            squares += now**2
            samples += 1
    total /= samples
    turbulence = np.sqrt(np.maximum(squares / samples - total**2, 0.0).mean(axis=0))
    rows = []
    for distance in (1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0):
        plane = round((UPSTREAM + distance) * radius)
        deficit, lateral = 1.0 - total[2, :, :, plane], across[:, :, plane] / radius
        core = float(deficit[lateral < 0.35].mean())
        # The width of the Gaussian with the same second moment about the middle, out to four radii.
        inside = (lateral < 4.0) & (deficit > 0.1 * core)
        weight = np.where(inside, deficit, 0.0)
        order = 2.0 if round_body else 1.0
        spread = float(np.sqrt((weight * lateral**2).sum() / weight.sum() / order)) if weight.sum() > 0 else 0.0
        rows.append(
            {
                "distance": distance,
                "deficit": core,
                "width": spread,
                "turbulence": float(turbulence[:, :, plane][lateral < 0.35].mean()),
                "turbulence_largest": float(turbulence[:, :, plane].max()),
            }
        )
    ahead = [
        {"distance": -distance, "speed": float(total[2, :, :, round((UPSTREAM - distance) * radius)][near].mean())}
        for distance in (1.5, 2.0, 3.0)
        if (near := across[:, :, 0] / radius < 0.3).any()
    ]
    return {"body": body, "radius_cells": radius, "reynolds": REYNOLDS[body], "behind": rows, "ahead": ahead}
