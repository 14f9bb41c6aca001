"""Surfaces: level rectangles in the room, and where on them a thing still finds room."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, sin
from typing import Final

from resilience.plant.specs import load
from resilience.training.items import Item
from resilience.training.module_shapes import Scene
from resilience.training.patches import Patch

GAP: Final = 0.002
"""Metres that things are kept apart."""
_STEP: Final = 0.02


class Surface:
    """A rectangle at height `y` from (x0, z0) to (x1, z1), metres; `cabinet` where the air of the cabinet sweeps it."""

    __slots__ = ("cabinet", "equipment", "id", "patch", "station", "x0", "x1", "y", "z0", "z1")

    def __init__(self, name: str, y: float, x: tuple[float, float], z: tuple[float, float]) -> None:
        self.id = name
        self.y = y
        (self.x0, self.x1), (self.z0, self.z1) = x, z
        self.station: str | None = None
        self.equipment: str | None = None
        self.cabinet = False
        self.patch = Patch(name, name, "surface", False, 0.0)

    def holds(self, x: float, z: float, hx: float = 0.0, hz: float = 0.0) -> bool:
        """Whether a thing of so much half extent stands wholly on it."""
        return self.x0 <= x - hx and x + hx <= self.x1 and self.z0 <= z - hz and z + hz <= self.z1


def build(scene: Scene) -> dict[str, Surface]:
    """The surfaces of a scene, in the room's frame, and its floor."""
    equipment = {thing.id: thing for thing in scene.equipment}
    surfaces: dict[str, Surface] = {}
    for name, wanted in scene.surfaces.items():
        thing = equipment[wanted.equipment]
        shape = load(thing.kind).surfaces[wanted.surface]
        c, s = cos(thing.yaw), sin(thing.yaw)
        corners = [(x * c + z * s, -x * s + z * c) for x in shape.x for z in shape.z]
        xs = [round(thing.at[0] + x, 6) for x, _ in corners]
        zs = [round(thing.at[2] + z, 6) for _, z in corners]
        surface = Surface(name, round(thing.at[1] + shape.y, 6), (min(xs), max(xs)), (min(zs), max(zs)))
        surface.station, surface.equipment = thing.station, thing.id
        surface.cabinet = thing.kind == "cabinet"
        surfaces[name] = surface
    floor = load(scene.room).surfaces["floor"]
    surfaces["floor"] = Surface("floor", floor.y, floor.x, floor.z)
    return surfaces


def clear(item: Item, x: float, z: float, hx: float, hz: float, others: Iterable[Item]) -> bool:
    """Whether a thing of so much half extent at (x, z) meets none of the others."""
    for other in others:
        if other is item:
            continue
        ox, oz = other.half_extent()
        if abs(other.x - x) < hx + ox + GAP and abs(other.z - z) < hz + oz + GAP:
            return False
    return True


def free_spot(item: Item, surface: Surface, x: float, z: float, others: list[Item]) -> tuple[float, float] | None:
    """The spot nearest to (x, z) where the item can stand: that one, or the first free on rings around it."""
    hx, hz = item.half_extent()
    x = min(max(x, surface.x0 + hx), surface.x1 - hx)
    z = min(max(z, surface.z0 + hz), surface.z1 - hz)
    if not surface.holds(x, z, hx - 1e-9, hz - 1e-9):
        return None
    if clear(item, x, z, hx, hz, others):
        return x, z
    rings = int(max(surface.x1 - surface.x0, surface.z1 - surface.z0) / _STEP) + 1
    for ring in range(1, rings):
        spots = [
            (i * i + j * j, x + i * _STEP, z + j * _STEP)
            for i in range(-ring, ring + 1)
            for j in range(-ring, ring + 1)
            if max(abs(i), abs(j)) == ring
        ]
        for _, px, pz in sorted(spots):
            if surface.holds(px, pz, hx - 1e-9, hz - 1e-9) and clear(item, px, pz, hx, hz, others):
                return round(px, 4), round(pz, 4)
    return None
