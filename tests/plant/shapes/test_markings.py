"""Marks on the floor have the size that the specification gives them, and face upwards."""

from __future__ import annotations

import numpy as np
import pytest

from resilience.plant.rooms import Lights, Mark, Room
from resilience.plant.shapes.markings import LIFT, marks
from resilience.plant.shapes.mesh import Mesh
from resilience.plant.shapes.model import Model


def drawn(mark: Mark) -> Mesh:
    model = Model("room")
    marks(model, Room(grade="B", pascal=15, lights=Lights(size=(1.0, 0.3), at=()), marks=(mark,)))
    return model.parts["marks"][0].shape


def area(shape: Mesh) -> float:
    """Of the triangles as seen from above; one that faces down counts against."""
    a, b, c = (shape.points[shape.faces[:, n]] for n in range(3))
    return float(np.cross(b - a, c - a)[:, 1].sum() / 2)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("field", 2.0 * 1.0),
        ("line", 2.0 * 1.0),
        ("outline", 2.0 * 1.0 - 1.9 * 0.9),
        ("arrow", 0.8 * 0.6 + 2.0 * 0.4 / 2),
        ("hatched", 1.0),
    ],
)
def test_a_mark_covers_what_it_says(shape: str, expected: float) -> None:
    flat = drawn(Mark(shape=shape, x=(1.0, 3.0), z=(-0.5, 0.5), colour="warning"))  # type: ignore[arg-type]
    assert area(flat) == pytest.approx(expected, rel=0.02)
    assert np.allclose(flat.points[:, 1], LIFT)
    assert flat.points[:, 0].min() >= 1.0 - 0.01
    assert flat.points[:, 0].max() <= 3.0 + 0.01
    assert flat.points[:, 2].min() >= -0.51
    assert flat.points[:, 2].max() <= 0.51


def test_feet_are_a_left_and_a_right_one() -> None:
    soles = drawn(Mark(shape="feet", x=(-0.2, 0.2), z=(-0.15, 0.15), colour="grade_b"))
    left, right = soles.points[soles.points[:, 0] < 0], soles.points[soles.points[:, 0] > 0]
    assert len(left) == len(right)
    assert np.sort(-left[:, 0]) == pytest.approx(np.sort(right[:, 0]))
    assert area(soles) > 0.01
