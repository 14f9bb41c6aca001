"""Surfaces: level rectangles in the room, and where on them a thing still finds room."""

from __future__ import annotations

from collections.abc import Iterator
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

    __slots__ = ("cabinet", "equipment", "id", "patch", "roomy", "station", "x0", "x1", "y", "z0", "z1")

    def __init__(self, name: str, y: float, x: tuple[float, float], z: tuple[float, float]) -> None:
        self.id = name
        self.y = y
        (self.x0, self.x1), (self.z0, self.z1) = x, z
        self.station: str | None = None
        self.equipment: str | None = None
        self.cabinet = False
        self.patch = Patch(name, name, "surface", False)
        # Where `has_room` found room last, by half extent: mostly there is room still.
        self.roomy: dict[tuple[float, float], tuple[float, float]] = {}

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
    """Where the item can stand: at (x, z), or the nearest place of a grid of 2 cm; None when nowhere."""
    ground = _Ground(item, surface, others)
    if ground.empty:
        return None
    x, z = min(max(x, ground.x0), ground.x1), min(max(z, ground.z0), ground.z1)
    if ground.clear(x, z):
        return x, z
    spots = sorted(((px - x) ** 2 + (pz - z) ** 2, px, pz) for px, pz in ground.grid())
    return next(((px, pz) for _, px, pz in spots if ground.clear(px, pz)), None)


def has_room(item: Item, surface: Surface, others: list[Item]) -> bool:
    """Whether `free_spot` finds a place wherever on the surface one asks for it."""
    ground = _Ground(item, surface, others)
    if ground.empty:
        return False
    extent = item.half_extent()
    before = surface.roomy.get(extent)
    if before is not None and ground.clear(*before):
        return True
    found = next((spot for spot in ground.grid() if ground.clear(*spot)), None)
    if found is None:
        return False
    surface.roomy[extent] = found
    return True


class _Ground:
    """Where the middle of an item may come to be on a surface: a rectangle, less what others take up."""

    def __init__(self, item: Item, surface: Surface, others: list[Item]) -> None:
        hx, hz = item.half_extent()
        self.x0, self.x1 = surface.x0 + hx, surface.x1 - hx
        self.z0, self.z1 = surface.z0 + hz, surface.z1 - hz
        self.empty = self.x0 > self.x1 or self.z0 > self.z1
        self._taken = []
        for other in others:
            if other is not item:
                ox, oz = other.half_extent()
                self._taken.append((other.x, other.z, hx + ox + GAP, hz + oz + GAP))

    def clear(self, x: float, z: float) -> bool:
        return not any(-wide < ox - x < wide and -deep < oz - z < deep for ox, oz, wide, deep in self._taken)

    def grid(self) -> Iterator[tuple[float, float]]:
        # The grid hangs on the surface and not on the place asked for: what fits somewhere fits whatever is asked.
        for row in range(int((self.z1 - self.z0) / _STEP + 1e-9) + 1):
            for column in range(int((self.x1 - self.x0) / _STEP + 1e-9) + 1):
                yield round(self.x0 + column * _STEP, 4), round(self.z0 + row * _STEP, 4)
