"""The flow solver against closed forms and published figures, small enough to run every time."""

from __future__ import annotations

import math

import numpy as np
import pytest

from resilience.twins.errors import BadInput
from resilience.twins.flow import checks
from resilience.twins.flow.lattice import BODY, OPPOSITE, WALL, C, W
from resilience.twins.flow.solver import Box


def test_the_lattice_is_what_its_equilibrium_needs() -> None:
    c, w = np.array(C), np.array(W)
    assert w.sum() == pytest.approx(1)
    assert np.allclose(np.einsum("q,qa->a", w, c), 0)
    assert np.allclose(np.einsum("q,qa,qb->ab", w, c, c), np.eye(3) / 3)
    assert (c[list(OPPOSITE)] == -c).all()


def test_even_air_comes_to_be_everywhere() -> None:
    # Air that came in at one speed goes at that speed, to 1 %.
    found = checks.uniform(cells=8, crossings=8)
    assert found["mean"] == pytest.approx(1, abs=0.01)
    assert found["largest_departure"] < 0.01


@pytest.mark.parametrize("viscosity", [0.005, 0.05, 0.2])
def test_a_wave_of_shear_dies_as_the_viscosity_says(viscosity: float) -> None:
    # u = sin(kz) exp(-nu k^2 t).
    cells, speed, steps = 32, 0.02, 200
    wave = 2 * math.pi / cells
    velocity = np.zeros((3, 4, 4, cells), np.float32)
    velocity[0] = speed * np.sin(wave * np.arange(cells))
    box = Box(np.zeros((4, 4, cells), np.uint8), velocity, viscosity, smagorinsky=0.0)
    for _ in range(steps):
        box.step()
    left = np.abs(box.velocity[0, 0, 0]).max() / speed
    assert left == pytest.approx(math.exp(-viscosity * wave**2 * steps), rel=0.01)


def test_a_moving_wall_drags_the_air_along_evenly() -> None:
    # Couette: linear from the wall at rest to the one that moves; the walls lie half way between cells.
    cells, speed = 16, 0.05
    kind = np.zeros((3, 3, cells), np.uint8)
    kind[..., 0] = kind[..., -1] = WALL
    velocity = np.zeros((3, *kind.shape), np.float32)
    velocity[0, ..., -1] = speed
    box = Box(kind, velocity, viscosity=0.1, smagorinsky=0.0)
    for _ in range(4000):
        box.step()
    place = (np.arange(1, cells - 1) - 0.5) / (cells - 2)
    assert np.abs(box.velocity[0, 1, 1, 1:-1] / speed - place).max() < 0.005


def test_walls_that_give_and_take_air_pass_exactly_so_much() -> None:
    shape, speed = (3, 3, 20), 0.03
    kind = np.zeros(shape, np.uint8)
    kind[..., 0] = kind[..., -1] = WALL
    velocity = np.zeros((3, *shape), np.float32)
    velocity[2, ..., 0] = velocity[2, ..., -1] = speed
    box = Box(kind, velocity, viscosity=0.05)
    before = box.macro[0, ..., 1:-1].sum()
    for step in range(3000):
        box.share = min(1.0, step / 1000)
        box.step()
    assert box.flow[2, 1, 1, 1:-1] == pytest.approx(speed, rel=0.005)
    assert box.macro[0, ..., 1:-1].sum() == pytest.approx(before, rel=1e-4)


def test_a_closed_box_keeps_its_air_and_comes_to_rest() -> None:
    kind = np.zeros((10, 10, 10), np.uint8)
    kind[0] = kind[-1] = kind[:, 0] = kind[:, -1] = kind[..., 0] = kind[..., -1] = WALL
    velocity = np.zeros((3, 10, 10, 10), np.float32)
    velocity[0, 1:-1, 3, 3] = 0.05
    box = Box(kind, velocity, viscosity=0.1)
    air = kind == 0
    for _ in range(1500):
        box.step()
    assert box.macro[0][air].sum() == pytest.approx(air.sum(), rel=1e-5)
    assert np.abs(box.velocity).max() < 1e-4


def test_a_body_is_pushed_along_and_nowhere_else() -> None:
    kind = np.zeros((12, 12, 12), np.uint8)
    kind[5:7, 5:7, 5:7] = BODY
    velocity = np.zeros((3, 12, 12, 12), np.float32)
    velocity[2, kind == 0] = 0.05
    box = Box(kind, velocity, viscosity=0.1)
    forces = np.array([box.step() for _ in range(30)])
    assert forces[-1, 2] > 0.001
    assert np.abs(forces[-1, :2]).max() < 1e-5 * forces[-1, 2] + 1e-7


def test_a_cylinder_sheds_its_wake_as_often_as_measured() -> None:
    # Williamson 1989: Strouhal number 0.164 at Reynolds number 100; six cells across: within 15 %.
    found = checks.cylinder(diameter=6, width=14, length=18, speed=0.12, times=90)
    assert found["swings"] >= 4
    assert found["strouhal"] == pytest.approx(checks.CYLINDER_STROUHAL[100], rel=0.15)


def test_the_same_box_gives_the_same_air_to_the_bit() -> None:
    found = []
    for _ in range(2):
        box = checks.uniform_box(6)
        for _ in range(50):
            box.step()
        found.append(box.velocity.tobytes())
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("kind", "velocity", "viscosity", "what"),
    [
        (np.zeros((4, 4), np.uint8), np.zeros((3, 4, 4), np.float32), 0.1, "differ in shape"),
        (np.full((4, 4, 4), 9, np.uint8), np.zeros((3, 4, 4, 4), np.float32), 0.1, "no known kind"),
        (np.zeros((4, 4, 4), np.uint8), np.full((3, 4, 4, 4), 0.3, np.float32), 0.1, "above 0.25"),
        (np.zeros((4, 4, 4), np.uint8), np.full((3, 4, 4, 4), np.nan, np.float32), 0.1, "above 0.25"),
        (np.zeros((4, 4, 4), np.uint8), np.zeros((3, 4, 4, 4), np.float32), -0.1, "viscosity is -0.1"),
    ],
)
def test_what_cannot_be_computed_is_refused(
    kind: np.ndarray, velocity: np.ndarray, viscosity: float, what: str
) -> None:
    with pytest.raises(BadInput, match=what):
        Box(kind, velocity, viscosity)


def test_a_flow_that_became_unstable_says_so() -> None:
    velocity = np.zeros((3, 8, 8, 8), np.float32)
    velocity[0] = 0.24 * np.sign(np.sin(np.arange(8) * 2.0))
    velocity[1] = 0.24 * np.sign(np.sin(np.arange(8) * 3.0))[:, None]
    box = Box(np.zeros((8, 8, 8), np.uint8), velocity, viscosity=0.0, smagorinsky=0.0)
    box.macro[1, 0, 0, 0] = np.nan
    with pytest.raises(BadInput, match="unstable"):
        _ = box.velocity
