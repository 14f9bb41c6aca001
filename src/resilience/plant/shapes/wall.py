"""Cleanroom walls: flush panels with recessed silicone joints, openings left out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from resilience.plant.shapes.mesh import Mesh, join, sheet
from resilience.plant.shapes.model import Model
from resilience.plant.specs import Spec

Hole = tuple[float, float, float, float]  # u from, u to, height from, height to


@dataclass(frozen=True)
class Wall:
    """A wall: middle of its foot, yaw in degrees of its face, length, height, openings."""

    name: str
    at: tuple[float, float, float]
    yaw: float
    length: float
    height: float
    holes: tuple[Hole, ...] = ()
    extracts: tuple[float, ...] = ()

    def placed(self, shape: Mesh) -> Mesh:
        """From the wall's frame (u right, y up, z into the room) to the room's."""
        return shape.turned("y", self.yaw).moved(*self.at)

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
        for hole in self.holes:
            if hole[0] - 1e-6 <= left and right <= hole[1] + 1e-6:
                return [s for s in ((low, hole[2]), (hole[3], self.height)) if s[1] - s[0] > 0.02]
        return [(low, self.height)]


def panels(model: Model, wall: Wall, spec: Spec, skirt: float = 0.10) -> None:
    """Panel faces in the wall's plane; in the joint between two, a darker strip just behind."""
    joint, deep = spec.dimension("joint"), 0.0008
    faces, strips = [], []
    for left, right in wall.columns(spec.dimension("panel_width")):
        first, last = left <= -wall.length / 2 + 1e-6, right >= wall.length / 2 - 1e-6
        a, b = left + (0 if first else joint / 2), right - (0 if last else joint / 2)
        for low, high in wall.spans(left, right, skirt):
            height = high - low
            face = sheet(b - a, height, max(1, round((b - a) / 0.16)), max(1, round(height / 0.15)))
            faces.append(wall.placed(face.moved((a + b) / 2, (low + high) / 2, 0)))
            for edge, side, skip in ((a, -1, first), (b, 1, last)):
                if not skip:
                    strip = sheet(joint / 2, height, 1, 4).moved(edge + side * joint / 4, (low + high) / 2, -deep)
                    strips.append(wall.placed(strip))
    plain = [Mesh(part.points, part.faces) for part in faces]
    model.add("walls", join(plain), "satin", "wall")
    model.add("walls", [Mesh(part.points, part.faces) for part in strips], "matt", "grey", occluded=False)
