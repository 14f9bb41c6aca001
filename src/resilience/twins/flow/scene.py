"""The cabinet as cells: walls, filter, grilles, aperture and the air of the room in front of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml
from numpy.typing import NDArray

from resilience.twins.errors import BadInput
from resilience.twins.flow.lattice import FLUID, HELD, WALL

INPUTS: Final = Path(__file__).with_name("cabinet.yaml")


def inputs(path: Path = INPUTS) -> dict[str, Any]:
    """The scene's own input file."""
    tree: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for name in ("downflow", "inflow", "rear_share"):
        if not tree["air"][name]["value"] >= 0:
            raise BadInput("a flow is negative", f"{path.name}: air.{name}", "Give a number of 0 or more.")
    return tree


SHAFT: Final = 3
"""Cells that the grilles' shafts go down below the work surface."""


@dataclass(frozen=True)
class Scene:
    """Cells of the cabinet. kind and velocity as `Box` takes them; low: corner of the first cell that is no edge."""

    kind: NDArray[np.uint8]
    velocity: NDArray[np.float32]
    cell: float
    """m."""
    step: float
    """s."""
    viscosity: float
    """Lattice units."""
    low: tuple[float, float, float]
    speed: float
    """m/s of one cell a step."""


def cabinet(given: dict[str, Any]) -> Scene:
    """The cells of the cabinet that the input file describes; one layer of edge cells all around.

    Filter and the far side of the room's air are walls that give air; the grilles are shafts that draw it off.
    """
    shape, air, cell = given["shape"], {k: v["value"] for k, v in given["air"].items()}, given["grid"]["cell"]
    speed = air["downflow"] / given["grid"]["lattice_speed"]
    low = (shape["x"][0], shape["y"][0] - SHAFT * cell, shape["z"][0])
    front, floor = shape["z"][1], 1 + SHAFT
    ends = (shape["x"][1], shape["y"][1], front + shape["room"])
    counts = tuple(round((end - start) / cell) for start, end in zip(low, ends, strict=True))
    x, y, z = (start + cell * (np.arange(-1, n + 1) + 0.5) for start, n in zip(low, counts, strict=True))
    kind = np.full((len(x), len(y), len(z)), FLUID, np.uint8)
    velocity = np.zeros((3, *kind.shape), np.float32)
    sash = _sash(shape, y)
    # The pane is at least one cell thick, also where it meets the plane of the aperture.
    pane = np.minimum(sash, front - cell)
    kind[:, (y[:, None] > shape["aperture"][1]) & (z > pane[:, None]) & (z < front)] = WALL
    kind[:, :floor] = kind[:, -1] = WALL
    # Filter and room: walls that give air. They reach round the corners, whose cells give the neighbours their share.
    filtered = z < _sash(shape, np.array([shape["y"][1]]))[0]
    velocity[1, :, -1, filtered] = -air["downflow"] / speed
    inflow = air["inflow"] * (shape["aperture"][1] - shape["aperture"][0]) / cell
    velocity[2, :, floor - 1 :, -1] = -inflow / (counts[1] - SHAFT) / speed
    velocity[2, :, -1, -1] = 0.0
    # The grilles: shafts, from whose ends the air is drawn.
    down, rear = air["downflow"] * (np.count_nonzero(filtered) - 1), air["rear_share"]
    for span, drawn in ((shape["rear_grille"], rear * down), (shape["front_grille"], (1 - rear) * down + inflow)):
        grille = (z > span[0]) & (z < span[1])
        kind[:, :floor, grille] = FLUID
        kind[:, 0, grille] = HELD
        velocity[1, :, 0, grille] = -drawn / np.count_nonzero(grille) / speed
    kind[0] = kind[-1] = WALL
    kind[:, :, 0] = kind[:, :, -1] = WALL
    step = cell / speed
    return Scene(kind, velocity, cell, step, air["viscosity"] * step / cell**2, low, speed)


def _sash(shape: dict[str, Any], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where the sash's inside is at a height: it leans inwards above the aperture."""
    above = np.maximum(y - shape["aperture"][1], 0.0)
    leaning: NDArray[np.float64] = shape["z"][1] - above * math.tan(math.radians(shape["sash_tilt_degrees"]))
    return leaning
