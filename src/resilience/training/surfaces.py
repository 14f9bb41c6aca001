"""Surfaces: level rectangles in the room, and where on them a thing still finds room."""

from __future__ import annotations

from functools import cache
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


def free_spot(item: Item, surface: Surface, x: float, z: float, others: list[Item]) -> tuple[float, float] | None:
    """The spot nearest to (x, z) where the item can stand: that one, or the first free on rings around it."""
    hx, hz = item.half_extent()
    x0, x1, z0, z1 = surface.x0 + hx - 1e-9, surface.x1 - hx + 1e-9, surface.z0 + hz - 1e-9, surface.z1 - hz + 1e-9
    x, z = min(max(x, x0), x1), min(max(z, z0), z1)
    if x0 > x1 or z0 > z1:
        return None
    taken = []
    for other in others:
        if other is not item:
            ox, oz = other.half_extent()
            taken.append((other.x, other.z, hx + ox + GAP, hz + oz + GAP))
    if _clear(x, z, taken):
        return x, z
    rings = int(max(surface.x1 - surface.x0, surface.z1 - surface.z0) / _STEP) + 1
    for ring in range(1, rings):
        for dx, dz in _ring(ring):
            px, pz = x + dx, z + dz
            if x0 <= px <= x1 and z0 <= pz <= z1 and _clear(px, pz, taken):
                return round(px, 4), round(pz, 4)
    return None


def _clear(x: float, z: float, taken: list[tuple[float, float, float, float]]) -> bool:
    return not any(-wide < ox - x < wide and -deep < oz - z < deep for ox, oz, wide, deep in taken)


@cache
def _ring(number: int) -> tuple[tuple[float, float], ...]:
    """The places on a square ring around the middle, the nearest first."""
    edge = range(-number, number + 1)
    places = [(i * i + j * j, i, j) for i in edge for j in edge if max(abs(i), abs(j)) == number]
    return tuple((i * _STEP, j * _STEP) for _, i, j in sorted(places))
