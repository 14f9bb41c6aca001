"""Wiping: how much of a surface the strokes cover, whether they overlap, and in which order they run."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from resilience.training.surfaces import Surface

Stroke = list[list[float]]

SWATH: Final = 0.115
"""Width of a folded wipe, metres (plant specification of the wipes)."""
_CELL: Final = 0.02


@dataclass(frozen=True, slots=True)
class Wiped:
    """`coverage` 0..1; `overlap` whether neighbouring strokes leave no gap; `order` e.g. "back_to_front"."""

    coverage: float
    overlap: bool
    order: str


def judge(surface: Surface, path: list[Stroke], back: float) -> Wiped:
    """What a path of strokes did. `back` is -1 where the back of the surface is at small z, +1 where at large z."""
    columns = max(1, round((surface.x1 - surface.x0) / _CELL))
    rows = max(1, round((surface.z1 - surface.z0) / _CELL))
    wiped: set[int] = set()
    for stroke in path:
        for (ax, az), (bx, bz) in pairwise(stroke):
            _mark(wiped, surface, columns, rows, (ax, az), (bx, bz))
    return Wiped(len(wiped) / (columns * rows), _overlap(path), _order(path, back))


def patterns(surface: Surface, back: float) -> list[tuple[str, list[Stroke]]]:
    """Ways to wipe for those who choose in words: the right one first."""
    step = SWATH * 0.75
    number = max(2, int((surface.z1 - surface.z0) / step) + 1)
    inner = SWATH / 2
    depth = surface.z1 - surface.z0 - 2 * min(inner, (surface.z1 - surface.z0) / 4)
    first = surface.z0 + (surface.z1 - surface.z0 - depth) / 2
    lines = [round(first + depth * n / (number - 1), 3) for n in range(number)]
    if back > 0:
        lines.reverse()
    x0, x1 = round(surface.x0 + 0.02, 3), round(surface.x1 - 0.02, 3)
    rows: list[Stroke] = [[[x0, z], [x1, z]] for z in lines]
    few = [rows[0], rows[-1]]
    return [("back-to-front", rows), ("front-to-back", rows[::-1]), ("few-strokes", few)]


def _mark(
    wiped: set[int], surface: Surface, columns: int, rows: int, a: tuple[float, float], b: tuple[float, float]
) -> None:
    half = SWATH / 2
    dx, dz = b[0] - a[0], b[1] - a[1]
    length2 = dx * dx + dz * dz
    for row in range(rows):
        z = surface.z0 + (row + 0.5) * _CELL
        if not min(a[1], b[1]) - half <= z <= max(a[1], b[1]) + half:
            continue
        for column in range(columns):
            x = surface.x0 + (column + 0.5) * _CELL
            along = ((x - a[0]) * dx + (z - a[1]) * dz) / length2 if length2 > 0 else 0.0
            along = min(1.0, max(0.0, along))
            ox, oz = x - a[0] - along * dx, z - a[1] - along * dz
            if ox * ox + oz * oz <= half * half:
                wiped.add(row * columns + column)


def _middle(stroke: Stroke) -> tuple[float, float]:
    return sum(p[0] for p in stroke) / len(stroke), sum(p[1] for p in stroke) / len(stroke)


def _crosswise(path: list[Stroke]) -> bool:
    """Whether most strokes run from side to side rather than between back and front."""
    across = sum(abs(s[-1][0] - s[0][0]) > abs(s[-1][1] - s[0][1]) for s in path)
    return across * 2 > len(path)


def _overlap(path: list[Stroke]) -> bool:
    if len(path) < 2:
        return False
    axis = 1 if _crosswise(path) else 0
    places = [_middle(stroke)[axis] for stroke in path]
    return all(abs(a - b) < SWATH for a, b in pairwise(places))


def _order(path: list[Stroke], back: float) -> str:
    if _crosswise(path):
        places = [_middle(stroke)[1] * back for stroke in path]
    else:
        # Strokes between back and front: each must run the same way.
        ways = [(s[-1][1] - s[0][1]) * back for s in path]
        places = [0.0, -1.0] if all(way < 0 for way in ways) else [0.0, 1.0] if all(way > 0 for way in ways) else []
    steps = [b - a for a, b in pairwise(places)]
    if steps and all(step < 0 for step in steps):
        return "back_to_front"
    if steps and all(step > 0 for step in steps):
        return "front_to_back"
    return "mixed"
