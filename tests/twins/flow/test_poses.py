"""The wakes to which bodies are fitted: a small one is computed each time, the fitted ones have the same shape."""

from __future__ import annotations

import numpy as np
import pytest

from resilience.twins.air.motion import bend
from resilience.twins.air.numbers import numbers
from resilience.twins.air.obstacles import Body, prepare
from resilience.twins.flow import poses
from tests.twins.air.even_air import SPEED, downflow


def test_a_sphere_slows_the_air_behind_it_and_that_fades() -> None:
    found = poses.wake("sphere", radius=3, settle=8, mean=10)
    deficits = {row["distance"]: row["deficit"] for row in found["behind"]}
    assert deficits[2.0] > 0.7
    assert deficits[2.0] > deficits[10.0]
    speeds = [row["speed"] for row in found["ahead"]]
    assert speeds == sorted(speeds)
    assert speeds[-1] < 1.02


# The mean wake of `python -m resilience.twins.flow --wakes`: deficit of the speed on the wake's middle.
@pytest.mark.parametrize(
    ("radii", "deficit"), [(1.5, 1.21), (2.0, 1.25), (3.0, 1.27), (4.0, 1.11), (5.0, 0.87), (6.0, 0.64), (8.0, 0.37)]
)
def test_the_palms_wake_is_the_computed_one(radii: float, deficit: float) -> None:
    radius = 0.05
    palm = prepare([Body("palm", (0, 1.5, 0), (0, 1.5, 0), radius)], downflow(), numbers())
    # The computed values are means over the middle third of a radius.
    aside = np.linspace(0, 0.35, 8) * radius
    air = [1 + bend(x, 1.5 - radii * radius, 0.0, 0.0, -SPEED, 0.0, palm)[1] / SPEED for x in aside]
    assert np.average(air, weights=aside + 1e-3) == pytest.approx(deficit, abs=0.13)
