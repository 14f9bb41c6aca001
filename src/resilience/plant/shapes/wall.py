"""Walls: flush panels with recessed silicone joints, openings left out for what is mounted in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from resilience.plant.rooms import Side
from resilience.plant.shapes.mesh import Mesh, join, sheet
from resilience.plant.shapes.model import Model
from resilience.plant.specs import Mount, Spec, SpecError, load

Hole = tuple[float, float, float, float]  # u from, u to, height from, height to
SKIRT = 0.10  # the floor's covering runs up the wall by this, metres
DOOR = 1.0  # an opening at the floor lower than this is no way through


@dataclass(frozen=True)
class Wall:
    """A wall: middle of its foot, yaw in degrees of its face, length, height, openings."""

    name: Side
    at: tuple[float, float, float]
    yaw: float
    length: float
    height: float
    holes: list[Hole] = field(default_factory=list)

    def placed(self, shape: Mesh) -> Mesh:
        """From the wall's frame (u right, y up, z into the room) to the room's."""
        return shape.turned("y", self.yaw).moved(*self.at)

    def local(self, at: tuple[float, float, float]) -> tuple[float, float]:
        """(u, distance into the room) of a point of the room."""
        a = np.radians(self.yaw)
        x, z = at[0] - self.at[0], at[2] - self.at[2]
        return float(np.cos(a) * x - np.sin(a) * z), float(np.sin(a) * x + np.cos(a) * z)

    def columns(self, width: float) -> list[tuple[float, float]]:
        """Panels between joints: the edges of openings are joints, the rest about `width` wide."""
        edges = sorted({-self.length / 2, self.length / 2, *(u for hole in self.holes for u in hole[:2])})
        result = []
        for left, right in pairwise(edges):
            count = max(1, round((right - left) / width))
            marks = np.linspace(left, right, count + 1)
            result += [(float(a), float(b)) for a, b in pairwise(marks)]
        return result

    def spans(self, left: float, right: float, low: float) -> list[tuple[float, float]]:
        """Heights that a panel between two joints covers."""
        holes = sorted((h for h in self.holes if h[0] - 1e-6 <= left and right <= h[1] + 1e-6), key=lambda h: h[2])
        result, at = [], low
        for hole in holes:
            result.append((at, hole[2]))
            at = hole[3]
        return [s for s in (*result, (at, self.height)) if s[1] - s[0] > 0.02]


Around = dict[Side, Wall]


def walls(spec: Spec) -> Around:
    """The four walls of a room, with a hole for every window and for every mount whose kind has an opening."""
    length, height, width = spec.size
    x, z = length / 2, width / 2
    result: Around = {
        "north": Wall("north", (0, 0, -z), 0.0, length, height),
        "east": Wall("east", (x, 0, 0), -90.0, width, height),
        "south": Wall("south", (0, 0, z), 180.0, length, height),
        "west": Wall("west", (-x, 0, 0), 90.0, width, height),
    }
    for name, kind, mount in spec.standing:
        opening = load(kind).opening
        if opening:
            wall = _wall_of(spec, result, name, mount)
            u, half = wall.local(mount.at)[0], opening.width / 2
            wall.holes.append((u - half, u + half, mount.at[1] + opening.y[0], mount.at[1] + opening.y[1]))
    for window in spec.room.windows.values() if spec.room else ():
        half = window.size[0] / 2
        result[window.wall].holes.append((window.u - half, window.u + half, window.y, window.y + window.size[1]))
    return result


def _wall_of(spec: Spec, walls: Around, name: str, mount: Mount) -> Wall:
    """The wall in which a mount sits: its face looks the same way, within 15 cm."""
    for wall in walls.values():
        turned = abs((np.degrees(mount.yaw) - wall.yaw + 180) % 360 - 180) < 1
        if turned and abs(wall.local(mount.at)[1]) < 0.15:
            return wall
    raise SpecError(spec.kind, f"mounts.{name}", "needs an opening, but lies in no wall with its face into the room")


def panels(model: Model, wall: Wall, width: float, joint: float, step: float, colour: str) -> None:
    """Panel faces in the wall's plane; in the joint between two, a darker strip just behind."""
    deep = 0.0008
    faces, strips = [], []
    for left, right in wall.columns(width):
        first, last = left <= -wall.length / 2 + 1e-6, right >= wall.length / 2 - 1e-6
        a, b = left + (0 if first else joint / 2), right - (0 if last else joint / 2)
        for low, high in wall.spans(left, right, SKIRT):
            height = high - low
            face = sheet(b - a, height, max(1, round((b - a) / step)), max(1, round(height / (step * 0.94))))
            faces.append(wall.placed(face.moved((a + b) / 2, (low + high) / 2, 0)))
            for edge, side, skip in ((a, -1, first), (b, 1, last)):
                if not skip and joint:
                    strip = sheet(joint / 2, height, 1, 4).moved(edge + side * joint / 4, (low + high) / 2, -deep)
                    strips.append(wall.placed(strip))
    plain = [Mesh(part.points, part.faces) for part in faces]
    model.add("walls", join(plain), "satin", colour, baked=True)
    if strips:
        model.add("walls", [Mesh(part.points, part.faces) for part in strips], "matt", "grey", occluded=False)
