"""Meshes close, face outwards and hold the volume they should."""

from __future__ import annotations

import numpy as np
import pytest

from resilience.plant.shapes.mesh import Mesh, box, divided, lathe, prism, sheet, slab
from resilience.plant.shapes.sweep import tube


def volume(shape: Mesh) -> float:
    a, b, c = (shape.points[shape.faces[:, n]] for n in range(3))
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


def open_edges(shape: Mesh) -> int:
    """Edges that do not have exactly one partner running the other way, points welded."""
    _, welded = np.unique(np.round(shape.points, 6), axis=0, return_inverse=True)
    corners = welded.ravel()[shape.faces]
    edges = [(int(f[n]), int(f[(n + 1) % 3])) for f in corners for n in range(3) if f[n] != f[(n + 1) % 3]]
    return sum(edges.count((b, a)) != 1 for a, b in edges)


SOLIDS = [
    (box((0.2, 0.1, 0.3), bevel=0.001), 0.2 * 0.1 * 0.3),
    (slab((0.2, 0.01, 0.1), radius=0.01, bevel=0.001), 0.2 * 0.01 * 0.1),
    (lathe([(0, 0), (0.05, 0), (0.05, 0.1), (0, 0.1)], 48), np.pi * 0.05**2 * 0.1),
    (tube([(0, 0, 0), (0, 0.5, 0)], 0.02, 32), np.pi * 0.02**2 * 0.5),
    (prism([(-0.1, 0), (0.1, 0), (0.1, 0.2), (-0.1, 0.2)], -0.3, 0.3), 0.2 * 0.2 * 0.6),
    (prism([(-0.1, 0.2), (0.1, 0.2), (0.1, 0), (-0.1, 0)], -0.3, 0.3), 0.2 * 0.2 * 0.6),
]


@pytest.mark.parametrize(("shape", "expected"), SOLIDS)
def test_a_solid_is_closed_faces_outwards_and_holds_its_volume(shape: Mesh, expected: float) -> None:
    assert open_edges(shape) == 0
    assert volume(shape) == pytest.approx(expected, rel=0.03)


def test_moving_turning_and_mirroring_keep_the_volume() -> None:
    shape = box((0.1, 0.2, 0.3)).moved(1, 2, 3).turned("y", 30).turned("x", -70).turned("z", 15)
    assert volume(shape) == pytest.approx(volume(box((0.1, 0.2, 0.3))))
    assert volume(shape.scaled(x=-1)) == pytest.approx(volume(shape))


@pytest.mark.parametrize(
    ("axis", "was", "now"), [("x", (0, 1, 0), (0, 0, 1)), ("y", (0, 0, 1), (1, 0, 0)), ("z", (1, 0, 0), (0, 1, 0))]
)
def test_a_quarter_turn_is_right_handed(axis: str, was: tuple[float, ...], now: tuple[float, ...]) -> None:
    point = Mesh(np.array([was], dtype=float), np.zeros((0, 3), dtype=np.int64))
    assert point.turned(axis, 90).points[0] == pytest.approx(now)


def test_dividing_shortens_edges_and_leaves_no_gap() -> None:
    shape = divided(box((0.4, 0.4, 0.4), bevel=0.02), 0.1)
    broad = box((0.4, 0.4, 0.4), bevel=0.02)
    assert shape.triangles > broad.triangles
    assert open_edges(shape) == 0
    assert volume(shape) == pytest.approx(volume(broad))


def test_a_sheet_carries_uv_from_corner_to_corner() -> None:
    face = sheet(0.2, 0.1, 2, 2)
    assert face.uv is not None
    assert face.uv.min() == 0
    assert face.uv.max() == 1
    assert face.points[face.uv.sum(axis=1).argmax()] == pytest.approx((0.1, 0.05, 0.0))
