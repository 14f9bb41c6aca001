"""Triangle meshes and what shapes are made of. Metres; triangles run counter-clockwise seen from outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BROAD = 0.35  # a triangle lower than this share of the wanted edge length is left alone

AXES = {"x": 0, "y": 1, "z": 2}


@dataclass(frozen=True)
class Mesh:
    """Points (n, 3), faces (m, 3) of indices, and optionally one uv (n, 2) a point."""

    points: Floats
    faces: Ints
    uv: Floats | None = None

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Mesh:
        return Mesh(self.points + np.array([x, y, z]), self.faces, self.uv)

    def turned(self, axis: str, degrees: float, about: Sequence[float] = (0, 0, 0)) -> Mesh:
        angle, (a, b) = np.radians(degrees), [n for n in range(3) if n != AXES[axis]]
        turn = np.eye(3)
        sign = -1.0 if axis == "y" else 1.0
        turn[a, a] = turn[b, b] = np.cos(angle)
        turn[a, b], turn[b, a] = -sign * np.sin(angle), sign * np.sin(angle)
        return Mesh((self.points - about) @ turn.T + about, self.faces, self.uv)

    def scaled(self, x: float = 1.0, y: float = 1.0, z: float = 1.0) -> Mesh:
        """Stretched; a mirror (negative product) turns the triangles round again."""
        faces = self.faces[:, ::-1] if x * y * z < 0 else self.faces
        return Mesh(self.points * np.array([x, y, z]), faces, self.uv)

    def flipped(self) -> Mesh:
        return Mesh(self.points, self.faces[:, ::-1], self.uv)

    def __add__(self, other: Self) -> Mesh:
        return join([self, other])

    @property
    def triangles(self) -> int:
        return len(self.faces)


def mesh(points: Sequence[Sequence[float]] | Floats, faces: Sequence[Sequence[int]] | Ints) -> Mesh:
    return Mesh(np.asarray(points, dtype=float).reshape(-1, 3), np.asarray(faces, dtype=np.int64).reshape(-1, 3))


def join(meshes: Sequence[Mesh]) -> Mesh:
    """One mesh of many; uv is kept only where all have it."""
    if not meshes:
        return mesh([], [])
    starts = np.cumsum([0, *(len(m.points) for m in meshes)])
    faces = [m.faces + start for m, start in zip(meshes, starts, strict=False)]
    uvs = [m.uv for m in meshes if m.uv is not None]
    uv = np.concatenate(uvs) if len(uvs) == len(meshes) else None
    return Mesh(np.concatenate([m.points for m in meshes]), np.concatenate(faces), uv)


def loft(rings: Sequence[Floats], cap_start: bool = True, cap_end: bool = True, closed: bool = True) -> Mesh:
    """Skin over rings of equally many points, each counter-clockwise seen from the end the rings run towards."""
    count = len(rings[0])
    points = [np.asarray(ring, dtype=float) for ring in rings]
    faces: list[tuple[int, int, int]] = []
    for row in range(len(rings) - 1):
        for n in range(count if closed else count - 1):
            a, b = row * count + n, row * count + (n + 1) % count
            faces += [(a, b, b + count), (a, b + count, a + count)]
    flat = np.concatenate(points)
    for wanted, row in ((cap_start, 0), (cap_end, len(rings) - 1)):
        if not wanted:
            continue
        centre = len(flat)
        flat = np.vstack([flat, points[row].mean(axis=0)])
        for n in range(count):
            a, b = row * count + n, row * count + (n + 1) % count
            faces.append((centre, b, a) if row == 0 else (centre, a, b))
    return tidy(Mesh(flat, np.asarray(faces, dtype=np.int64)))


def tidy(shape: Mesh) -> Mesh:
    """Without triangles of no area (poles of a lathe, collapsed rings)."""
    a, b, c = (shape.points[shape.faces[:, n]] for n in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    return Mesh(shape.points, shape.faces[area > 1e-12], shape.uv)


def lathe(profile: Sequence[tuple[float, float]], segments: int, arc: float = 360.0, start: float = 0.0) -> Mesh:
    """Turned about y: (radius, y) from bottom to top on the outside (and back down on the inside of a vessel)."""
    full = arc >= 360.0
    steps = segments if full else segments + 1
    angles = np.radians(start) + np.radians(arc) * np.arange(steps) / segments
    around = np.stack([np.sin(angles), np.zeros(steps), np.cos(angles)], axis=1)
    rings = [around * radius + np.array([0.0, y, 0.0]) for radius, y in profile]
    return loft(rings, cap_start=False, cap_end=False, closed=full)


def wrap_label(radius: float, low: float, high: float, segments: int, arc: float = 270.0) -> Mesh:
    """A label round a cylinder, its middle towards +z, uv 0..1."""
    sheet = lathe([(radius, low), (radius, high)], segments, arc, -arc / 2)
    u = np.tile(np.linspace(0, 1, segments + 1), 2)
    v = np.repeat([0.0, 1.0], segments + 1)
    return Mesh(sheet.points, sheet.faces, np.stack([u, v], axis=1))


def rectangle(width: float, depth: float, radius: float = 0.0, corner: int = 3) -> Floats:
    """A ring in the xz plane, counter-clockwise seen from above (+y), with rounded corners."""
    if radius <= 1e-9:
        corner, radius = 0, 0.0
    ring = []
    for quarter, (sx, sz) in enumerate(((1, 1), (1, -1), (-1, -1), (-1, 1))):
        for n in range(corner + 1):
            angle = np.pi / 2 * (quarter + (n / corner if corner else 0.5)) - 0.0
            out = (np.sin(angle), np.cos(angle)) if corner else (0.0, 0.0)
            ring.append((sx * (width / 2 - radius) + radius * out[0], 0.0, sz * (depth / 2 - radius) + radius * out[1]))
    return np.asarray(ring)


def up(height: float) -> Floats:
    """The shift that lifts a ring."""
    return np.array([0.0, height, 0.0])


def slab(size: Sequence[float], radius: float = 0.0, bevel: float = 0.001, corner: int = 3, steps: int = 1) -> Mesh:
    """A plate lying in xz, base at y = 0: corners rounded by `radius`, upper and lower edges eased by `bevel`."""
    width, height, depth = size
    bevel = min(bevel, height / 2 - 1e-6, width / 2 - 1e-6, depth / 2 - 1e-6)
    rings = []
    for end in (0, 1):
        for n in range(steps + 1):
            angle = np.pi / 2 * (n / steps)
            inset, rise = bevel * (1 - np.sin(angle)), bevel * (1 - np.cos(angle))
            inset, rise = (
                (inset, rise) if end == 0 else (bevel * (1 - np.cos(angle)), height - bevel * (1 - np.sin(angle)))
            )
            ring = rectangle(
                width - 2 * inset, depth - 2 * inset, max(radius - inset, 0.0 if radius == 0 else 1e-5), corner
            )
            rings.append(ring + np.array([0.0, rise, 0.0]))
    return loft(rings)


def prism(outline: Sequence[tuple[float, float]], x0: float, x1: float, bevel: float = 0.002) -> Mesh:
    """A board along x with a convex outline of (z, y) points, its two faces eased all round."""
    ring = np.asarray([(0.0, y, z) for z, y in outline])
    after = ring[:, 2] * np.roll(ring[:, 1], -1) - np.roll(ring[:, 2], -1) * ring[:, 1]
    if after.sum() > 0:  # seen from +x (z to the left, y up) the ring must run counter-clockwise
        ring = ring[::-1]
    ahead, behind = np.roll(ring, -1, axis=0) - ring, ring - np.roll(ring, 1, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    behind /= np.linalg.norm(behind, axis=1, keepdims=True)
    half = np.sqrt(np.maximum((1 + np.einsum("ij,ij->i", ahead, behind)) / 2, 1e-6))
    inward = ahead - behind
    inward /= np.maximum(np.linalg.norm(inward, axis=1, keepdims=True), 1e-9)
    small = ring + inward * (bevel / half)[:, None]
    steps = ((small, x0), (ring, x0 + bevel), (ring, x1 - bevel), (small, x1))
    return loft([line + np.array([x, 0.0, 0.0]) for line, x in steps])


def box(size: Sequence[float], centre: Sequence[float] = (0, 0, 0), bevel: float = 0.001) -> Mesh:
    """A box with eased edges, about its centre."""
    return bevelled(size, bevel).moved(*centre)


def bevelled(size: Sequence[float], bevel: float) -> Mesh:
    """Six faces, twelve bevels, eight corners: 44 triangles that shade as rounded edges."""
    half = np.asarray(size, dtype=float) / 2
    bevel = min(bevel, *(half * 0.98))
    signs = [(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]
    points = {}
    for sign in signs:
        for axis in range(3):
            point = half - bevel
            point[axis] = half[axis]
            points[sign, axis] = point * sign
    index = {key: n for n, key in enumerate(points)}
    coordinates = np.asarray(list(points.values()))
    polygons: list[list[int]] = []
    for axis in range(3):
        a, b = (n for n in range(3) if n != axis)
        for side in (-1, 1):
            polygons.append(
                [index[_sign(axis, side, a, u, b, v), axis] for u, v in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
            )
        for u in (-1, 1):
            for v in (-1, 1):
                low, high = _sign(axis, -1, a, u, b, v), _sign(axis, 1, a, u, b, v)
                polygons.append([index[low, a], index[high, a], index[high, b], index[low, b]])
    polygons += [[index[sign, axis] for axis in range(3)] for sign in signs]
    faces = []
    for polygon in polygons:
        corners = coordinates[polygon]
        outward = np.dot(np.cross(corners[1] - corners[0], corners[2] - corners[0]), corners.mean(axis=0)) > 0
        ring = polygon if outward else polygon[::-1]
        faces += [(ring[0], ring[n], ring[n + 1]) for n in range(1, len(ring) - 1)]
    return mesh(coordinates, faces)


def _sign(axis: int, side: int, a: int, u: int, b: int, v: int) -> tuple[int, int, int]:
    sign = [0, 0, 0]
    sign[axis], sign[a], sign[b] = side, u, v
    return (sign[0], sign[1], sign[2])


def sheet(width: float, height: float, columns: int = 1, rows: int = 1) -> Mesh:
    """A flat rectangle in xy about the origin, facing +z, uv 0..1."""
    u, v = np.meshgrid(np.linspace(0, 1, columns + 1), np.linspace(0, 1, rows + 1))
    points = np.stack([(u.ravel() - 0.5) * width, (v.ravel() - 0.5) * height, np.zeros(u.size)], axis=1)
    across = columns + 1
    faces = []
    for row in range(rows):
        for column in range(columns):
            a = row * across + column
            faces += [(a, a + 1, a + across + 1), (a, a + across + 1, a + across)]
    return Mesh(points, np.asarray(faces, dtype=np.int64), np.stack([u.ravel(), v.ravel()], axis=1))


def floor_sheet(width: float, depth: float, columns: int = 1, rows: int = 1) -> Mesh:
    """A flat rectangle in xz about the origin, facing +y."""
    return Mesh(sheet(width, depth, columns, rows).turned("x", -90).points, sheet(width, depth, columns, rows).faces)


def divided(shape: Mesh, longest: float) -> Mesh:
    """Split until no edge is longer, neighbours alike (no gaps): shading by vertex needs vertices."""
    points, faces = shape.points, shape.faces
    for _ in range(12):
        edges = np.sort(faces[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
        unique, inverse = np.unique(edges, axis=0, return_inverse=True)
        lengths = np.linalg.norm(points[unique[:, 0]] - points[unique[:, 1]], axis=1)
        corners = points[faces]
        area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
        # a sliver along a long edge needs no more points: only edges of broad triangles are split
        broad = np.zeros(len(unique))
        np.maximum.at(broad, inverse.ravel(), np.repeat(area, 3))
        long = (lengths > longest) & (broad / np.maximum(lengths, 1e-9) > longest * BROAD)
        if not long.any():
            break
        middle = np.full(len(unique), -1)
        middle[long] = len(points) + np.arange(long.sum())
        points = np.vstack([points, points[unique[long]].mean(axis=1)])
        halves = middle[inverse.reshape(-1, 3)]
        faces = np.asarray(
            [t for face, half in zip(faces, halves, strict=True) for t in _split(face, half)], dtype=np.int64
        )
    return Mesh(points, faces)


def _split(face: Ints, half: Ints) -> list[tuple[int, int, int]]:
    """One triangle by the middles of its long edges (-1: edge stays)."""
    (a, b, c), (ab, bc, ca) = (int(v) for v in face), (int(v) for v in half)
    for _ in range(3):  # turn until the pattern starts at the first edge
        marks = (ab >= 0, bc >= 0, ca >= 0)
        if marks in ((False,) * 3, (True, False, False), (True, True, False), (True,) * 3):
            break
        a, b, c, ab, bc, ca = b, c, a, bc, ca, ab
    if marks == (True, False, False):
        return [(a, ab, c), (ab, b, c)]
    if marks == (True, True, False):
        return [(a, ab, c), (ab, bc, c), (ab, b, bc)]
    if marks == (True, True, True):
        return [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]
    return [(a, b, c)]
