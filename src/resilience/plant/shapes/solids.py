"""Parametric solids by build123d, tessellated. Imported only when models are built, never by the server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from build123d import Axis, Box, Cylinder, Face, Plane, Polygon, Pos, Rot, Wire, chamfer, extrude, fillet

from resilience.plant.shapes.mesh import Mesh

__all__ = ["Axis", "Box", "Cylinder", "Face", "Plane", "Polygon", "Pos", "Rot", "Wire", "chamfer", "extrude", "fillet"]


def tessellated(solid: Any, tolerance: float = 0.0008, angle: float = 0.45) -> Mesh:
    """The surface of a solid: `tolerance` in metres, `angle` in radians between neighbouring triangles."""
    # build123d thinks in millimetres; its kernel loses small fillets below 1e-4 units
    points, faces = solid.tessellate(tolerance * 1000, angle)
    return Mesh(np.array([[p.X, p.Y, p.Z] for p in points]) / 1000, np.asarray(faces, dtype=np.int64))


def block(size: Sequence[float], centre: Sequence[float] = (0, 0, 0)) -> Any:
    """A box about its centre; metres in, millimetres inside."""
    return Pos(*(1000 * c for c in centre)) * Box(*(1000 * s for s in size))


def rod(radius: float, length: float, centre: Sequence[float] = (0, 0, 0), along: str = "y") -> Any:
    """A cylinder about its centre, along an axis."""
    turn = {"x": Rot(0, 90, 0), "y": Rot(90, 0, 0), "z": Rot(0, 0, 0)}[along]
    return Pos(*(1000 * c for c in centre)) * turn * Cylinder(1000 * radius, 1000 * length)


def profile_x(outline: Sequence[tuple[float, float]], x0: float, x1: float) -> Any:
    """A prism along x of an outline of (z, y) points."""
    wire = Wire.make_polygon([(1000 * x0, 1000 * y, 1000 * z) for z, y in outline], close=True)
    return extrude(Face(wire), amount=1000 * (x1 - x0), dir=(1, 0, 0))


def eased(solid: Any, radius: float, axis: Any = None) -> Any:
    """All edges, or those along an axis, rounded by `radius` metres."""
    edges = solid.edges() if axis is None else solid.edges().filter_by(axis)
    return fillet(edges, 1000 * radius)
