"""A field of even air: the same velocity and turbulence everywhere in the cabinet's box; for checks and comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from resilience.twins.air.field import Field


def even(shape: Mapping[str, Any], speed: float, turbulence: float = 0.0, cell: float = 0.02) -> Field:
    """Air that goes straight down at `speed` (m/s) in a box of the cabinet's shape (as `Field.shape`)."""
    low = np.array([shape[axis][0] - cell / 2 for axis in "xyz"])
    counts = [round((shape[axis][1] - shape[axis][0]) / cell) + 2 for axis in "xyz"]
    grid = np.zeros((*counts, 4), np.float32)
    grid[..., 1], grid[..., 3] = -speed, turbulence
    return Field(grid, low, cell, {"inputs": {"shape": dict(shape)}, "numbers_sha256": ""})
