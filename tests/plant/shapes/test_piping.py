"""Fittings lie where they are put, point where they are told, and have the sizes of the standard."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from resilience.plant.shapes.mesh import Mesh
from resilience.plant.shapes.piping import (
    SMOOTH,
    Assembly,
    Bits,
    ball_valve,
    bar,
    bent,
    brick,
    clamp,
    diaphragm_valve,
    ferrule,
    hose,
    lagged,
    pipe,
    placed,
    put,
    shifted,
)


def volume(shape: Mesh) -> float:
    """Of a closed mesh, m3; negative where it is inside out."""
    a, b, c = (shape.points[shape.faces[:, n]] for n in range(3))
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


def span(bits: Bits) -> tuple[np.ndarray, np.ndarray]:
    points = np.concatenate([shape.points for shape, _, _ in bits])
    return points.min(axis=0), points.max(axis=0)


def test_placing_turns_the_axis_and_the_face_and_keeps_the_shape() -> None:
    arrow = Mesh(np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]]), np.array([[0, 1, 2]]))
    turned = placed(arrow, (1, 2, 3), along=(1, 0, 0), facing=(0, -2, 0))
    assert turned.points == pytest.approx(np.array([[2.0, 2.0, 3.0], [1.0, 1.0, 3.0], [1.0, 2.0, 3.0]]))
    assert volume(placed(brick((1, 2, 3)), along=(1, 1, 0.3), facing=(0, 1, 1))) == pytest.approx(6.0)


def test_a_face_along_the_axis_is_no_direction_and_still_gives_a_turn() -> None:
    turned = placed(brick((1, 1, 1)), along=(0, 1, 0), facing=(0, 1, 0))
    assert np.isfinite(turned.points).all()
    assert volume(turned) == pytest.approx(1.0)


def test_a_brick_is_closed_and_right_side_out() -> None:
    shape = brick((0.1, 0.2, 0.3), (1, 1, 1))
    assert shape.triangles == 12
    assert volume(shape) == pytest.approx(0.006)
    assert shape.points.mean(axis=0) == pytest.approx([1, 1, 1])


@pytest.mark.parametrize("size", [(0.5, 0.04, 0.04), (0.04, 0.5, 0.04), (0.04, 0.04, 0.5)])
def test_a_bar_runs_along_its_longest_side_with_its_faces_outwards(size: tuple[float, float, float]) -> None:
    shape = bar(size)
    assert np.ptp(shape.points, axis=0) == pytest.approx(size)
    middle = shape.points[shape.faces].mean(axis=1)
    normal = np.cross(*(shape.points[shape.faces[:, n]] - shape.points[shape.faces[:, 0]] for n in (1, 2)))
    across = [axis for axis in range(3) if size[axis] < 0.1]
    assert (np.einsum("ij,ij->i", middle[:, across], normal[:, across]) > 0).all()


def test_bends_keep_the_ends_and_cut_the_corner() -> None:
    line = np.array(bent([(0, 0, 0), (1, 0, 0), (1, 1, 0)], 0.2))
    assert line[0] == pytest.approx([0, 0, 0])
    assert line[-1] == pytest.approx([1, 1, 0])
    assert np.linalg.norm(line - [1, 0, 0], axis=1).min() > 0.05
    assert len(bent([(0, 0, 0), (1, 0, 0), (1, 1, 0)], 0.0)) == 3


def test_a_pipe_has_its_diameter_and_reaches_both_ends() -> None:
    shape = pipe([(0, 0, 0), (0, 0.5, 0), (0.5, 0.5, 0)], 0.0508)
    low, high = shape.points.min(axis=0), shape.points.max(axis=0)
    assert low[1] == pytest.approx(0.0, abs=1e-6)
    assert high[0] == pytest.approx(0.5, abs=1e-6)
    assert high[2] - low[2] == pytest.approx(0.0508, rel=0.03)


def test_a_hose_without_bends_has_no_broken_points() -> None:
    assert np.isfinite(hose([(0, 0, 0), (0, 0.1, 0), (0.1, 0.1, 0)], 0.01, 0.0).points).all()


@pytest.mark.parametrize(("tube", "rim"), [(0.0127, 0.025), (0.0254, 0.0505), (0.0381, 0.0505), (0.0508, 0.064)])
def test_ferrules_are_those_of_the_standard(tube: float, rim: float) -> None:
    """ASME BPE clamp ends: 1/2 inch 25.0 mm, 1 and 1 1/2 inch 50.5 mm, 2 inch 64.0 mm."""
    assert ferrule(tube) == rim
    low, high = span(clamp(tube))
    assert rim < high[0] - low[0] < rim + 0.015


@pytest.mark.parametrize("driven", [True, False])
def test_a_valves_handle_or_actuator_is_on_the_side_it_faces(driven: bool) -> None:
    low, high = span(diaphragm_valve(0.0254, driven))
    assert high[2] > 2 * abs(low[2])
    assert high[1] == pytest.approx(-low[1], rel=0.02)


def test_a_lever_lies_along_the_line_when_open_and_across_it_when_closed() -> None:
    for closed, axis in ((False, 1), (True, 0)):
        low, high = span(ball_valve(0.02, closed=closed))
        reach = np.maximum(abs(low), abs(high))
        assert reach[axis] == max(reach[0], reach[1])


def test_a_lagged_line_has_a_band_at_least_every_sixty_centimetres() -> None:
    pieces = [shape for shape, _, colour in lagged([(0, 0, 0), (0, 3.0, 0)], 0.1) if colour == "steel_dark"]
    heights = sorted(float(shape.points[:, 1].mean()) for shape in pieces)
    assert len(heights) >= 4
    assert max(b - a for a, b in pairwise(heights)) <= 0.61


def test_an_assembly_shades_its_edges_round() -> None:
    model = Assembly("thing")
    put(model, "pipe", [(pipe([(0, 0, 0), (0, 1, 0)], 0.02), "steel", "steel")], at=(0, 0, 1))
    (piece,) = model.parts["pipe"]
    assert piece.crease == SMOOTH
    assert piece.shape.points[:, 2].mean() == pytest.approx(1.0)


def test_shifting_moves_a_point_or_many() -> None:
    assert shifted((1, 2, 3), y=-2) == pytest.approx([1, 0, 3])
    assert shifted(np.zeros((2, 3)), 1, 2, 3) == pytest.approx(np.array([[1, 2, 3], [1, 2, 3]]))
