"""The cabinet's air without obstacles: a file of mean velocity and turbulence, and how it is read.

The file is a compressed npz: `half` (4, nx/2, ny, nz) in half precision, velocity (m/s) and the root mean square of the
turbulent velocity in one direction (m/s), for the half x > 0 (the cabinet is symmetric, and so is its mean flow); and
`about`, JSON with version, inputs, their digest, the digest of the numbers, and the checks made when it was built.
Values belong to the middles of cells. The outermost layer of cells lies outside the cabinet and is such that
interpolation gives the wall's own velocity at the wall.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from resilience.twins.air.stored import load
from resilience.twins.errors import BadInput

FILE: Final = Path(__file__).parent / "fields" / "cabinet.npz"
VERSION: Final = 1
REBUILD: Final = "Build it anew: python -m resilience.twins.flow"


@dataclass(frozen=True)
class Field:
    """Mean velocity and turbulence on a grid.

    grid: (nx, ny, nz, 4) of u, v, w and the turbulence, m/s; low: the middle of the first cell, m; cell: m; about:
    what the file tells of itself.
    """

    grid: NDArray[np.float32]
    low: NDArray[np.float64]
    cell: float
    about: dict[str, Any]

    @property
    def shape(self) -> dict[str, Any]:
        """The cabinet's measures, m, as the flow solver's input file gives them."""
        found: dict[str, Any] = self.about["inputs"]["shape"]
        return found

    def at(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """u, v, w and turbulence at (n, 3) points, m/s, (n, 4): trilinear."""
        counts = np.array(self.grid.shape[:3])
        place = np.clip((points - self.low) / self.cell, 0.0, counts - 1.000001)
        first = place.astype(int)
        share = place - first
        found = np.zeros((len(points), 4))
        for corner in np.ndindex(2, 2, 2):
            weight = np.prod(np.where(np.array(corner) == 1, share, 1 - share), axis=1)
            x, y, z = (first + corner).T
            found += weight[:, None] * self.grid[x, y, z]
        return found


def digest(value: Any) -> str:
    """SHA-256 of a JSON value, or of an array's bytes."""
    data = value.tobytes() if isinstance(value, np.ndarray) else json.dumps(value, sort_keys=True).encode()
    return hashlib.sha256(data).hexdigest()


def whole(half: NDArray[np.float16], low: list[float], inputs: dict[str, Any]) -> Field:
    """The field of both halves. half: (4, nx/2, ny, nz), x > 0; low: middle of the whole grid's first cell, m."""
    right = np.moveaxis(half.astype(np.float32), 0, -1)
    left = right[::-1] * np.array([-1, 1, 1, 1], np.float32)
    grid = np.ascontiguousarray(np.concatenate([left, right]))
    return Field(grid, np.array(low), float(inputs["grid"]["cell"]), {"inputs": inputs})


def write(path: Path, half: NDArray[np.float16], low: list[float], inputs: dict[str, Any], checks: Any) -> None:
    """Write a field file; half and low as `whole` takes them."""
    about = {
        "version": VERSION,
        "what": "mean velocity and turbulence in the cabinet without obstacles, m/s",
        "inputs": inputs,
        "inputs_sha256": digest(inputs),
        "numbers_sha256": digest(half),
        "low": low,
        "checks": checks,
    }
    np.savez_compressed(path, half=half, about=np.array(json.dumps(about, sort_keys=True)))


@cache
def read(path: Path = FILE) -> Field:
    """A field file. Raises BadInput where it is none, of another version, or not what its digests say."""
    (half,), about = load(path, ["half"], VERSION, REBUILD)
    if digest(half) != about["numbers_sha256"] or digest(about["inputs"]) != about["inputs_sha256"]:
        raise BadInput("the field's numbers are not those it was written with", str(path), REBUILD)
    if half.ndim != 4 or len(half) != 4 or not np.isfinite(half).all():
        raise BadInput("the field holds something else than four finite numbers a cell", str(path), REBUILD)
    return replace(whole(half, about["low"], about["inputs"]), about=about)
