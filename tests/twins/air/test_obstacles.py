"""Bodies in the air: none passes them; it stops above, turns aside, is slower behind, and is neither made nor lost."""

from __future__ import annotations

import math

import numpy as np
import pytest

from resilience.twins.air.motion import bend
from resilience.twins.air.numbers import numbers
from resilience.twins.air.obstacles import Body, prepare
from resilience.twins.errors import BadInput
from tests.twins.air.even_air import SPEED, downflow

PALM = Body("palm", (0.0, 1.3, 0.0), (0.0, 1.3, 0.0), 0.06)
ARM = Body("arm", (-0.2, 1.3, 0.0), (0.2, 1.3, 0.0), 0.04)
BOTH = [PALM, ARM]


def air(body: Body, *point: float) -> np.ndarray:
    """Velocity at a point, m/s."""
    bodies = prepare([body], downflow(), numbers())
    return np.array(bend(*point, 0.0, -SPEED, 0.0, bodies)[:3])


def directions(body: Body, count: int = 300) -> np.ndarray:
    """Unit vectors from a body's middle outwards; from an arm, across it."""
    found = np.random.default_rng(1).normal(size=(count, 3))
    if body is ARM:
        found[:, 0] = 0.0
    return found / np.linalg.norm(found, axis=1, keepdims=True)


@pytest.mark.parametrize("body", BOTH)
def test_no_air_passes_a_surface(body: Body) -> None:
    middle = np.array([0.0, 1.3, 0.0])
    for normal in directions(body):
        point = middle + (body.radius + 1e-7) * normal
        assert abs(air(body, *point) @ normal) < 1e-5


@pytest.mark.parametrize("body", BOTH)
def test_air_stops_above_goes_faster_beside_and_slower_behind(body: Body) -> None:
    radius = body.radius
    assert abs(air(body, 0.0, 1.3 + 1.001 * radius, 0.0)[1]) < 0.01 * SPEED
    assert air(body, 0.0, 1.3, 1.02 * radius)[1] < -1.4 * SPEED
    assert air(body, 0.0, 1.3 - 2.0 * radius, 0.0)[1] > -0.6 * SPEED
    # A push aside on the way down.
    assert air(body, 0.0, 1.3 + 0.8 * radius, 0.9 * radius)[2] > 0.1 * SPEED


@pytest.mark.parametrize("body", BOTH)
def test_far_away_the_air_is_as_it_was(body: Body) -> None:
    for x, y, z in ((0.0, 1.3, 0.28), (0.0, 1.58, 0.0), (0.45, 1.2, 0.0)):
        assert np.abs(air(body, x, y, z) - [0, -SPEED, 0]).max() < 0.05 * SPEED


def slopes(body: Body, point: np.ndarray) -> np.ndarray:
    """(3, 3): how each part of the velocity changes along each axis, 1/s."""
    step = 1e-5
    found = np.zeros((3, 3))
    for axis in range(3):
        ahead, back = point.copy(), point.copy()
        ahead[axis] += step
        back[axis] -= step
        found[axis] = (air(body, *ahead) - air(body, *back)) / (2 * step)
    return found


@pytest.mark.parametrize("body", BOTH)
def test_air_is_neither_made_nor_lost(body: Body) -> None:
    chance = np.random.default_rng(3)
    middle = np.array([0.0, 1.3, 0.0])
    points = [middle + normal * body.radius * chance.uniform(1.1, 6.0) for normal in directions(body, 120)]
    found = np.array([slopes(body, point) for point in points])
    made = np.trace(found, axis1=1, axis2=2)
    # Around it and behind it: to the last digits that differences of 0.01 mm can show.
    size = np.sqrt((found**2).sum(axis=(1, 2)))
    assert np.sqrt(np.mean(made**2)) < 1e-6 * np.sqrt(np.mean(size**2))


def test_what_is_inside_a_body_is_said_to_be_on_it() -> None:
    bodies = prepare(BOTH, downflow(), numbers())
    assert bend(0.0, 1.3, 0.05, 0.0, -SPEED, 0.0, bodies)[7] == 0
    assert bend(0.19, 1.3, 0.03, 0.0, -SPEED, 0.0, bodies)[7] == 1
    assert bend(0.0, 1.5, 0.0, 0.0, -SPEED, 0.0, bodies)[7] == -1


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (Body("b", (0, 1.2, 1.5), (0, 1.2, 1.5), 0.05), "outside the cabinet"),
        (Body("b", (0, 0.2, 0), (0, 0.3, 0), 0.05), "outside the cabinet"),
        (Body("b", (math.nan, 1.2, 0), (0, 1.2, 0), 0.05), "no number"),
        (Body("b", (0, 1.2, 0), (0, 1.2, 0), -0.05), "no number"),
        (Body("b", (0, 1.2, 0), (0, 1.2, 0), math.inf), "no number"),
    ],
)
def test_an_obstacle_that_cannot_be_is_named(body: Body, what: str) -> None:
    with pytest.raises(BadInput, match=what) as caught:
        prepare([body], downflow(), numbers())
    assert caught.value.where == "b"


def test_an_arm_may_reach_out_of_the_cabinet() -> None:
    prepare([Body("arm", (0, 1.1, 0.1), (0, 1.0, 0.6), 0.04)], downflow(), numbers())
