"""Builds the field of the cabinet: runs the solver until the mean stands still, checks it, writes the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resilience.twins.air.field import Field
from resilience.twins.flow.lattice import WALL
from resilience.twins.flow.scene import SHAFT, Scene, cabinet
from resilience.twins.flow.solver import Box

KEPT_ROOM = 0.10
"""Of the room in front of the sash, the file keeps so much, m."""
RAMP = 2.0
"""s in which filter and grilles come up to speed."""
EVERY = 10
"""Steps between two samples of the mean."""


def run(given: dict[str, Any], say: Callable[[str], None]) -> tuple[NDArray[np.float16], list[float]]:
    """The field as `air.field.write` takes it: half (4, nx/2, ny, nz), and the middle of the first cell."""
    scene = cabinet(given)
    box = Box(scene.kind, scene.velocity, scene.viscosity)
    settle = int(given["grid"]["settle_seconds"] / scene.step)
    steps = settle + int(given["grid"]["mean_seconds"] / scene.step)
    mean, square = np.zeros((2, 3, *scene.kind.shape))
    samples = 0
    for index in range(steps):
        box.share = min(1.0, index * scene.step / RAMP)
        box.step()
        if index % 1000 == 0:
            say(f"{index * scene.step:.1f} of {steps * scene.step:.1f} s")
        if index >= settle and index % EVERY == 0:
            # The flow of mass, which is what the edges give and what has no sources; of two steps, since a lattice can
            # carry waves of that length along walls.
            flow = box.flow
            box.step()
            flow = 0.5 * (flow + box.flow)
            mean += flow
            square += flow**2
            samples += 1
    mean /= samples
    spread = square / samples - mean**2
    return field_of(scene, given, mean, spread)


def field_of(
    scene: Scene, given: dict[str, Any], mean: NDArray[np.float64], spread: NDArray[np.float64]
) -> tuple[NDArray[np.float16], list[float]]:
    """Means of both halves, walls made walls, in m/s and half precision. mean, spread: (3, nx, ny, nz), lattice."""
    turn = np.array([-1.0, 1.0, 1.0])[:, None, None, None]
    mean = 0.5 * (mean + turn * mean[:, ::-1])
    spread = 0.5 * (spread + spread[:, ::-1])
    turbulence = np.sqrt(np.maximum(spread, 0.0).mean(axis=0))
    whole = np.concatenate([mean, turbulence[None]]) * scene.speed
    whole[:, scene.kind == WALL] = 0.0
    # From the layer below the work surface up.
    whole, kind, given_speed = whole[:, :, SHAFT:], scene.kind[:, SHAFT:], scene.velocity[:, :, SHAFT:] * scene.speed
    _mirror_walls(whole, kind, given_speed)
    last = 1 + round((given["shape"]["z"][1] + KEPT_ROOM - scene.low[2]) / scene.cell) + 1
    middle = whole.shape[1] // 2
    half = whole[:, middle:, :, :last].astype(np.float16)
    low = [value - scene.cell / 2 for value in scene.low]
    low[1] += SHAFT * scene.cell
    return half, low


def checks_of(field: Field) -> dict[str, float]:
    """What can be said of a field: its downflow, what passes filter, aperture and grilles, and its divergence.

    The working zone is what lies deeper than 10 cm behind the front grille, from 5 cm over the work surface up, and at
    least two cells from walls; the downflow is taken over its part from 20 cm up, where first air is still undisturbed.
    """
    shape, cell, grid = field.shape, field.cell, field.grid.astype(np.float64)
    x, y, z = (field.low[axis] + cell * np.arange(grid.shape[axis]) for axis in range(3))
    wide = (x > shape["x"][0] + 2 * cell) & (x < shape["x"][1] - 2 * cell)
    deep = (z > shape["rear_grille"][1] + 2 * cell) & (z < shape["front_grille"][0] - 0.10)
    high = (y > shape["y"][0] + 0.05) & (y < shape["y"][1] - 2 * cell)
    upper = high & (y > shape["y"][0] + 0.20)
    downflow = -grid[np.ix_(wide, upper, deep)][..., 1]
    slopes = np.sum([np.gradient(grid[..., axis], cell, axis=axis) for axis in range(3)], axis=0)
    inside = (y > shape["y"][0]) & (y < shape["aperture"][1])
    outside_sash = int(np.searchsorted(z, shape["z"][1]))
    grilles = {
        name: -grid[1:-1, 1, (z > shape[name][0]) & (z < shape[name][1]), 1].sum() * cell**2
        for name in ("front_grille", "rear_grille")
    }
    whole = (z > shape["z"][0]) & (z < shape["z"][1])
    return {
        "mean_downflow_m_s": float(downflow.mean()),
        "downflow_spread_m_s": float(downflow.std()),
        "turbulence_m_s": float(grid[np.ix_(wide, high, deep)][..., 3].mean()),
        "divergence_rms_per_s": float(np.sqrt(np.mean(slopes[np.ix_(wide, high, deep)] ** 2))),
        "filter_m3_s": float(-grid[1:-1, -4][:, whole, 1].sum() * cell**2),
        "aperture_inflow_m3_s": float(-grid[1:-1, 1:-1, outside_sash, 2].sum() * cell**2),
        "aperture_inflow_share_below_sash": float(
            grid[1:-1, inside, outside_sash, 2].sum() / grid[1:-1, 1:-1, outside_sash, 2].sum()
        ),
        "front_grille_m3_s": float(grilles["front_grille"]),
        "rear_grille_m3_s": float(grilles["rear_grille"]),
    }


def _mirror_walls(whole: NDArray[np.float64], kind: NDArray[np.uint8], given: NDArray[np.float32]) -> None:
    """Outside a wall stands the mirrored velocity, so that interpolation gives the wall's own at the wall itself."""
    for axis in range(3):
        for edge, inside in ((0, 1), (-1, -2)):
            outer = [slice(None)] * 3
            near = [slice(None)] * 3
            outer[axis], near[axis] = slice(edge, edge + 1 or None), slice(inside, inside + 1 or None)
            wall = kind[tuple(outer)] == WALL
            values, mirrored = whole[(slice(None), *outer)], whole[(slice(None), *near)]
            values[:3, wall] = 2.0 * given[(slice(None), *outer)][:, wall] - mirrored[:3, wall]
            values[3, wall] = mirrored[3, wall]
