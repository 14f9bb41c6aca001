"""Ambient occlusion baked into vertex colours: how much of the half space above a point is open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from resilience.plant.shapes.mesh import Floats, Mesh
from resilience.plant.shapes.model import Surface

RAYS = 160
GOLDEN = np.pi * (3 - 5**0.5)


def directions(count: int = RAYS) -> Floats:
    """Cosine-weighted directions about +z (a Fibonacci spiral: the same every time)."""
    n = np.arange(count) + 0.5
    radius = np.sqrt(n / count)
    angle = n * GOLDEN
    return np.stack([radius * np.cos(angle), radius * np.sin(angle), np.sqrt(1 - radius**2)], axis=1)


class Occluder:
    """A body that shadows. Uses the embree ray caster through trimesh, with no randomness."""

    def __init__(self, body: Mesh, reach: float) -> None:
        import trimesh
        from trimesh.ray.ray_pyembree import RayMeshIntersector

        self.reach = reach
        self.caster: Any = RayMeshIntersector(trimesh.Trimesh(body.points, body.faces, process=False))
        self.points, self.faces = body.points, body.faces

    def openness(self, points: Floats, normals: Floats) -> Floats:
        """0 (buried) to 1 (open) for each point. A hit counts less the farther it is, and nothing beyond the reach."""
        local = directions()
        tangent = np.cross(normals, np.where(np.abs(normals[:, :1]) > 0.9, [[0.0, 1.0, 0.0]], [[1.0, 0.0, 0.0]]))
        tangent /= np.maximum(np.linalg.norm(tangent, axis=1, keepdims=True), 1e-12)
        across = np.cross(normals, tangent)
        result = np.empty(len(points))
        block = 2000
        for start in range(0, len(points), block):
            part = slice(start, start + block)
            rays = (
                local[None, :, :1] * tangent[part, None]
                + local[None, :, 1:2] * across[part, None]
                + local[None, :, 2:] * normals[part, None]
            ).reshape(-1, 3)
            lift = max(self.reach * 0.004, 2e-5)
            origins = np.repeat(points[part] + normals[part] * lift, RAYS, axis=0)
            result[part] = 1 - self._shadow(origins, rays).reshape(-1, RAYS).mean(axis=1)
        return result

    def _shadow(self, origins: Floats, rays: Floats) -> Floats:
        hit = self.caster.intersects_first(origins, rays)
        shadow = np.zeros(len(rays))
        struck = np.flatnonzero(hit >= 0)
        corners = self.points[self.faces[hit[struck]]]
        normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        slope = np.einsum("ij,ij->i", normal, rays[struck])
        way = np.einsum("ij,ij->i", normal, corners[:, 0] - origins[struck])
        distance = way / np.where(np.abs(slope) < 1e-18, 1e-18, slope)
        fade = np.clip(1 - distance / self.reach, 0, 1)
        shadow[struck] = fade * fade * (3 - 2 * fade) * 0.5 + fade * 0.5
        return shadow


def occluded(surface: Surface, occluder: Occluder, strength: float, least: float = 0.18, keep: bool = False) -> Surface:
    """The surface with its colours darkened where it is enclosed.

    `keep`: alpha says by how much, so that whoever has better light can take the darkening out again.
    """
    if not len(surface.points):
        return surface
    openness = occluder.openness(surface.points, surface.normals)
    light = np.clip(1 - strength * (1 - openness), least, 1)
    colours = surface.colours.copy()
    colours[:, :3] *= light[:, None]
    if keep:
        colours[:, 3] = light
    return replace(surface, colours=colours)
