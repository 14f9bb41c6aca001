"""The second set of texture coordinates of a room, for its baked light: each baked surface has a place of its own.

Large surfaces are unwrapped together; what lies on them (signs, marks, joints) takes the place of the surface behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from resilience.plant.shapes.mesh import Floats, Mesh, join
from resilience.plant.shapes.model import Surface

TEXELS = 512  # side of the square that is packed
GAP = 3  # texels between islands, so that light does not run from one into the next
LIFT = 0.01  # metres off a surface from where one looks back at it


def unwrapped(surfaces: Sequence[Surface]) -> list[Surface]:
    """The surfaces with `light` coordinates in 0..1 (v up), vertices split where islands part."""
    import xatlas

    atlas = xatlas.Atlas()
    for surface in surfaces:
        atlas.add_mesh(
            surface.points.astype(np.float32), surface.faces.astype(np.uint32), surface.normals.astype(np.float32)
        )
    charts, pack = xatlas.ChartOptions(), xatlas.PackOptions()
    charts.max_iterations = 2
    pack.resolution, pack.padding, pack.bilinear = TEXELS, GAP, True
    atlas.generate(charts, pack)
    result = []
    for n, surface in enumerate(surfaces):
        kept, faces, uv = atlas[n]
        result.append(
            Surface(
                surface.points[kept],
                surface.normals[kept],
                surface.colours[kept],
                None if surface.uv is None else surface.uv[kept],
                faces.astype(np.int64),
                np.round(np.asarray(uv, dtype=float), 5),
                len(faces),
            )
        )
    return result


class Behind:
    """Looks up the light's place on the surfaces that something lies on."""

    def __init__(self, baked: Sequence[Surface]) -> None:
        import trimesh
        from trimesh.ray.ray_pyembree import RayMeshIntersector

        whole = join([Mesh(s.points, s.faces) for s in baked])
        self.points, self.faces = whole.points, whole.faces
        self.light: Floats = np.concatenate([s.light for s in baked if s.light is not None])
        flat, solid = self.light[self.faces], self.points[self.faces]
        drawn = np.abs(np.cross(flat[:, 1] - flat[:, 0], flat[:, 2] - flat[:, 0])).sum()
        real = np.linalg.norm(np.cross(solid[:, 1] - solid[:, 0], solid[:, 2] - solid[:, 0]), axis=1).sum()
        self.scale = float(np.sqrt(drawn / real))  # of the picture a metre
        self.caster: Any = RayMeshIntersector(trimesh.Trimesh(whole.points, whole.faces, process=False))

    def lit(self, surface: Surface) -> Surface:
        """The surface with the light of what is nearest behind it.

        A triangle that lies on two islands at once takes the light behind its middle, all over: between two islands
        lies the light of something else.
        """
        light = self._at(surface.points)
        corners, uv = surface.points[surface.faces], light[surface.faces]
        torn = np.zeros(len(surface.faces), dtype=bool)
        for a, b in ((0, 1), (1, 2), (2, 0)):
            far = np.linalg.norm(uv[:, a] - uv[:, b], axis=1)
            torn |= far > 1.5 * self.scale * np.linalg.norm(corners[:, a] - corners[:, b], axis=1) + 2 / TEXELS
        middle = np.repeat(self._at(corners[torn].mean(axis=1)), 3, axis=0)
        split, count = surface.faces[torn].ravel(), len(surface.points)
        faces = surface.faces.copy()
        faces[torn] = count + np.arange(len(split)).reshape(-1, 3)
        every = np.concatenate([np.arange(count), split])
        return Surface(
            surface.points[every],
            surface.normals[every],
            surface.colours[every],
            None if surface.uv is None else surface.uv[every],
            faces,
            np.round(np.concatenate([light, middle]), 5),
        )

    def _at(self, points: Floats) -> Floats:
        """The light's place on what is nearest along one of the six axes, for each point."""
        best = np.full(len(points), np.inf)
        light = np.tile(self.light[:1], (len(points), 1))
        for way in np.vstack([np.eye(3), -np.eye(3)]):
            start = points - way * LIFT
            hit = self.caster.intersects_first(start, np.tile(way, (len(start), 1)))
            struck = np.flatnonzero(hit >= 0)
            corners = self.points[self.faces[hit[struck]]]
            normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
            slope = normal @ way
            far = np.einsum("ij,ij->i", normal, corners[:, 0] - start[struck]) / np.where(slope == 0, 1e-18, slope)
            nearer = far < best[struck]
            chosen, at = struck[nearer], start[struck[nearer]] + far[nearer, None] * way
            best[chosen] = far[nearer]
            share = _shares(corners[nearer], at)
            light[chosen] = np.einsum("ij,ijk->ik", share, self.light[self.faces[hit[chosen]]])
        return light


def _shares(corners: Floats, at: Floats) -> Floats:
    """Barycentric coordinates (n, 3) of points in their triangles (n, 3, 3)."""
    a, b = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    c = at - corners[:, 0]
    aa, ab, bb = (np.einsum("ij,ij->i", u, v) for u, v in ((a, a), (a, b), (b, b)))
    ca, cb = np.einsum("ij,ij->i", c, a), np.einsum("ij,ij->i", c, b)
    whole = np.maximum(aa * bb - ab * ab, 1e-18)
    v, w = (bb * ca - ab * cb) / whole, (aa * cb - ab * ca) / whole
    shares: Floats = np.clip(np.stack([1 - v - w, v, w], axis=1), 0, 1)
    return shares
