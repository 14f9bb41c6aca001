"""The kernel of expected exposure: how many organisms a hand keeps up in the air around it, read from tables.

K is the concentration (1/m3) that one particle a second, shed by a glove or by a sleeve, keeps up at a place: s/m3. The
tables hold it around hands at 63 places of the cabinet (`tables.py` makes them); in between it is read linearly. Plain
sums and products of the interpreter: nothing has to be compiled first, and every machine gives the same bits.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from resilience.twins.air.stored import load

FILE: Final = Path(__file__).parent / "fields" / "exposure.npz"
VERSION: Final = 1
REBUILD: Final = "Make it anew: python -m resilience.twins.air.tables"
HEIGHTS: Final = (0.06, 0.09, 0.12, 0.15, 0.18, 0.22, 0.26, 0.30, 0.34)
"""Of the palm's middle over the work surface, m."""
DEPTHS: Final = (-0.18, -0.13, -0.08, -0.03, 0.02, 0.07, 0.12)
"""The palm's z, m."""
CELL: Final = 0.02
SIDES: Final = 6
"""Cells to each side of the arm; both sides are taken together."""
BELOW: Final = 17
ABOVE: Final = 3
BEHIND: Final = 6
"""Cells from the palm away from the arm."""
ALONG: Final = 20
"""Cells from the palm along the arm."""
FOREARM: Final = 0.30
"""From the palm to the end of the forearm that is in the air, m."""
FARTHEST: Final = 0.10
"""From here on, seen from above, neither hand nor forearm matters to a site, m."""
READING: Final = 0.5
"""Error of reading between the tables' points, as a share of how far the points around differ (standard deviation)."""
Vector = tuple[float, float, float]

_LEVELS: Final = BELOW + ABOVE
_LENGTHS: Final = BEHIND + ALONG
# Steps from one entry of the flat tables to the next: by length, level, side, height, depth, source.
_LEVEL: Final = _LENGTHS
_SIDE: Final = _LEVEL * _LEVELS
_HEIGHT: Final = _SIDE * SIDES
_DEPTH: Final = _HEIGHT * len(HEIGHTS)
_SLEEVE: Final = _DEPTH * len(DEPTHS)
# The lowest cell of each height's table is the one that stands on the work surface.
_LOWEST: Final = tuple(float(BELOW - math.floor(height / CELL + 1e-9)) for height in HEIGHTS)


@dataclass(frozen=True)
class Tables:
    """Concentrations per particle a second, s/m3, and their standard errors.

    values, errors: (source, depth, height, side, level, along): sources are glove and sleeve; room, room_errors:
    (y, z) share of the room's concentration in the cabinet, without hands; room_low: corner of the first of these.
    """

    values: NDArray[np.float32]
    errors: NDArray[np.float32]
    room: NDArray[np.float32]
    room_errors: NDArray[np.float32]
    room_low: tuple[float, float]
    about: dict[str, Any]


@cache
def read(path: Path = FILE) -> Tables:
    """The tables. Raises BadInput where the file is none, or of another version."""
    arrays, about = load(path, ["values", "errors", "room", "room_errors"], VERSION, REBUILD)
    values, errors, room, room_errors = (np.ascontiguousarray(array, np.float32) for array in arrays)
    low = about["room_low"]
    return Tables(values, errors, room, room_errors, (low[0], low[1]), about)


@cache
def kernel() -> Kernel:
    """The kernel of the tables that come with the product; there is one for all sessions."""
    return Kernel(read())


class Kernel:
    """The tables as plain numbers."""

    def __init__(self, tables: Tables) -> None:
        self.values, self.errors = array("f", tables.values.tobytes()), array("f", tables.errors.tobytes())
        self.room, self.room_errors = tables.room.tolist(), tables.room_errors.tolist()
        self.worktop, self.rear = tables.room_low

    def room_share(self, y: float, z: float) -> tuple[float, float]:
        """The share of the room's concentration at a place in the cabinet without hands, and its standard error."""
        b, fb = _between((y - self.worktop) / CELL - 0.5, len(self.room))
        c, fc = _between((z - self.rear) / CELL - 0.5, len(self.room[0]))
        share = error = 0.0
        for i, wy in ((b, 1.0 - fb), (b + 1, fb)):
            for j, wz in ((c, 1.0 - fc), (c + 1, fc)):
                share += wy * wz * self.room[i][j]
                error += wy * wz * self.room_errors[i][j]
        return share, error


class Reach:
    """A hand in the cabinet, as the tables know one: palm and elbow in the cabinet's frame, metres."""

    __slots__ = ("ax", "az", "corners", "kernel", "reach", "x", "y", "z")

    def __init__(self, kernel: Kernel, palm: Vector, elbow: Vector) -> None:
        self.kernel = kernel
        self.x, self.y, self.z = palm
        ax, ay, az = elbow[0] - palm[0], elbow[1] - palm[1], elbow[2] - palm[2]
        level = math.sqrt(ax * ax + az * az)
        if level < 1e-9:
            ax, az, level = 0.0, 1.0, 1.0
        self.reach = FOREARM * level / math.sqrt(level * level + ay * ay)
        self.ax, self.az = ax / level, az / level
        depth, fd = _among(palm[2], DEPTHS)
        height, fh = _among(palm[1] - kernel.worktop, HEIGHTS)
        # The tables around: the part that each has, where it begins, and its lowest cell.
        self.corners = [
            (share * part, d * _DEPTH + h * _HEIGHT, _LOWEST[h])
            for h, share in ((height, 1.0 - fh), (height + 1, fh))
            for d, part in ((depth, 1.0 - fd), (depth + 1, fd))
            if share > 0.0 and part > 0.0
        ]

    def at(self, x: float, y: float, z: float) -> tuple[float, float]:
        """K of the glove and of the sleeve at a place, s/m3; nothing from `FARTHEST` to the side on."""
        found = self._place(x, z)
        if found is None:
            return 0.0, 0.0
        along, side = found
        level = (y - self.y) / CELL + BELOW - 0.5
        corners = []
        for part, first, lowest in self.corners:
            v, fv = _between(level if level > lowest else lowest, _LEVELS)
            corners.append((part, first + v * _LEVEL, fv))
        # What leaves the glove goes with the air, whatever way the arm points; what leaves the sleeve lies along it.
        return (
            self._mean(0, abs(x - self.x) / CELL - 0.5, (z - self.z) / CELL + BEHIND - 0.5, corners),
            self._mean(_SLEEVE, side / CELL - 0.5, along / CELL + BEHIND - 0.5, corners),
        )

    def errors_at(self, x: float, y: float, z: float) -> tuple[float, float]:
        """Standard errors of `at`: of the particle runs behind the tables, and of reading between their points."""
        found = self._place(x, z)
        if found is None:
            return 0.0, 0.0
        along, side = found
        level = (y - self.y) / CELL + BELOW - 0.5
        return (
            self._error(0, abs(x - self.x) / CELL - 0.5, level, (z - self.z) / CELL + BEHIND - 0.5),
            self._error(_SLEEVE, side / CELL - 0.5, level, along / CELL + BEHIND - 0.5),
        )

    def _place(self, x: float, z: float) -> tuple[float, float] | None:
        """How far along the arm and to its side a place is, seen from above; None where the hand does not matter."""
        dx, dz = x - self.x, z - self.z
        along, side = dx * self.ax + dz * self.az, abs(dx * self.az - dz * self.ax)
        if side >= FARTHEST:
            return None
        off = along - min(max(along, 0.0), self.reach)
        if side * side + off * off >= FARTHEST * FARTHEST:
            return None
        return along, side

    def _mean(self, source: int, side: float, along: float, corners: list[tuple[float, int, float]]) -> float:
        values = self.kernel.values
        t, ft = _between(side, SIDES)
        a, fa = _between(along, _LENGTHS)
        source += t * _SIDE + a
        mean = 0.0
        for part, first, fv in corners:
            i = source + first
            c = values[i]
            c += fa * (values[i + 1] - c)
            i += _LEVEL
            d = values[i]
            d += fa * (values[i + 1] - d)
            near = c + fv * (d - c)
            i += _SIDE
            d = values[i]
            d += fa * (values[i + 1] - d)
            i -= _LEVEL
            c = values[i]
            c += fa * (values[i + 1] - c)
            mean += part * (near + ft * (c + fv * (d - c) - near))
        return mean

    def _error(self, source: int, side: float, level: float, along: float) -> float:
        values, errors = self.kernel.values, self.kernel.errors
        t, ft = _between(side, SIDES)
        a, fa = _between(along, _LENGTHS)
        value = spread = square = 0.0
        for part, first, lowest in self.corners:
            v, fv = _between(max(level, lowest), _LEVELS)
            for i, wt in ((t, 1.0 - ft), (t + 1, ft)):
                for j, wv in ((v, 1.0 - fv), (v + 1, fv)):
                    for k, wa in ((a, 1.0 - fa), (a + 1, fa)):
                        weight = part * wt * wv * wa
                        at = source + first + i * _SIDE + j * _LEVEL + k
                        value += weight * values[at]
                        spread += weight * values[at] ** 2
                        square += (weight * errors[at]) ** 2
        return math.sqrt(square + READING * READING * max(spread - value * value, 0.0))


def _between(place: float, count: int) -> tuple[int, float]:
    """The cell below a place, and how far it is to the next; beyond the ends, the end."""
    if place <= 0.0:
        return 0, 0.0
    below = int(place)
    return (below, place - below) if below < count - 1 else (count - 2, 1.0)


def _among(value: float, knots: tuple[float, ...]) -> tuple[int, float]:
    """The knot below a value, and the share of the way to the next; beyond the ends, the end."""
    below = 0
    while below < len(knots) - 2 and value > knots[below + 1]:
        below += 1
    share = (value - knots[below]) / (knots[below + 1] - knots[below])
    return below, min(max(share, 0.0), 1.0)
