"""Round bars along a path, capsules, and soft bodies from distance fields (hands, spray head)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from resilience.plant.shapes.mesh import Floats, Mesh, loft


def tube(
    path: Sequence[Sequence[float] | Floats], radius: float, segments: int = 8, bend: float = 0.0, caps: bool = True
) -> Mesh:
    """A round bar along a path, its corners bent with the given radius."""
    line = _bent(np.asarray(path, dtype=float), bend)
    tangents = np.gradient(line, axis=0) if len(line) > 2 else np.repeat([line[1] - line[0]], 2, axis=0)
    tangents /= np.linalg.norm(tangents, axis=1, keepdims=True)
    side = np.cross(tangents[0], [0.0, 0.0, 1.0])
    if np.linalg.norm(side) < 0.1:
        side = np.cross(tangents[0], [1.0, 0.0, 0.0])
    rings = []
    angles = 2 * np.pi * np.arange(segments) / segments
    for point, tangent in zip(line, tangents, strict=True):
        side = side - tangent * np.dot(side, tangent)
        side /= np.linalg.norm(side)
        up = np.cross(tangent, side)
        rings.append(point + radius * (np.outer(np.cos(angles), side) + np.outer(np.sin(angles), up)))
    return loft(rings, caps, caps)


def _bent(path: Floats, bend: float, steps: int = 4) -> Floats:
    if bend <= 0 or len(path) < 3:
        return path
    line = [path[0]]
    for before, corner, after in zip(path, path[1:], path[2:], strict=False):
        one, two = before - corner, after - corner
        reach = min(bend, np.linalg.norm(one) / 2.01, np.linalg.norm(two) / 2.01)
        start, end = corner + one / np.linalg.norm(one) * reach, corner + two / np.linalg.norm(two) * reach
        for t in np.linspace(0, 1, steps + 1):
            line.append((1 - t) ** 2 * start + 2 * t * (1 - t) * corner + t**2 * end)
    line.append(path[-1])
    return np.asarray(line)


Field = Callable[[Floats], Floats]


def capsule(
    a: Sequence[float] | Floats, b: Sequence[float] | Floats, ra: float, rb: float, flat: Sequence[float] = (1, 1, 1)
) -> Field:
    """Distance to a tapered capsule from a (radius ra) to b (radius rb); `flat` > 1 thins it along an axis."""
    start, end, squash = np.asarray(a, float), np.asarray(b, float), np.asarray(flat, float)

    def field(p: Floats) -> Floats:
        along = (end - start) * squash
        to = (p - start) * squash
        t = np.clip(to @ along / max(float(along @ along), 1e-12), 0, 1)
        gap: Floats = np.linalg.norm(to - t[:, None] * along, axis=1) - (ra + (rb - ra) * t)
        return gap

    return field


def blended(fields: Sequence[Field], soft: float) -> Field:
    """Smooth union: neighbours melt together over `soft` metres."""

    def field(p: Floats) -> Floats:
        total = fields[0](p)
        for other in fields[1:]:
            gap = other(p)
            h = np.clip(0.5 + 0.5 * (gap - total) / soft, 0, 1)
            total = gap * (1 - h) + total * h - soft * h * (1 - h)
        return total

    return field


def skin(field: Field, low: Sequence[float], high: Sequence[float], step: float, triangles: int) -> Mesh:
    """The surface of a distance field by marching cubes, thinned to about `triangles`."""
    import fast_simplification
    from skimage.measure import marching_cubes

    axes = [np.arange(a, b + step, step) for a, b in zip(low, high, strict=True)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
    values = field(grid).reshape([len(axis) for axis in axes])
    points, faces, _, _ = marching_cubes(values, 0.0, spacing=(step, step, step))
    points = points + np.asarray(low)
    points = _project(points.astype(float), field)
    if len(faces) > triangles:
        points, faces = fast_simplification.simplify(
            points.astype(np.float32), faces.astype(np.int32), target_count=triangles, agg=3
        )
        points = _project(points.astype(float), field)
    shape = Mesh(points, faces.astype(np.int64))
    return shape if _volume(shape) > 0 else shape.flipped()


def _project(points: Floats, field: Field) -> Floats:
    """Pull points onto the surface along the gradient."""
    for _ in range(2):
        gap, slope = field(points), gradient(points, field)
        points = points - gap[:, None] * slope
    return points


def gradient(points: Floats, field: Field, h: float = 1e-4) -> Floats:
    """Unit direction away from the surface."""
    slope = np.stack([field(points + h * e) - field(points - h * e) for e in np.eye(3)], axis=1)
    unit: Floats = slope / np.maximum(np.linalg.norm(slope, axis=1, keepdims=True), 1e-9)
    return unit


def _volume(shape: Mesh) -> float:
    a, b, c = (shape.points[shape.faces[:, n]] for n in range(3))
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)
