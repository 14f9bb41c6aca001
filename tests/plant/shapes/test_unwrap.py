"""Light is looked up where a point lies in its triangle."""

from __future__ import annotations

import numpy as np
import pytest

from resilience.plant.shapes.unwrap import _shares

TRIANGLE = np.array([[[0.0, 0.0, 0.0], [2.0, 0.0, 0.0], [0.0, 1.0, 0.0]]])


@pytest.mark.parametrize(
    ("at", "shares"),
    [
        ((0.0, 0.0, 0.0), (1, 0, 0)),
        ((2.0, 0.0, 0.0), (0, 1, 0)),
        ((0.0, 1.0, 0.0), (0, 0, 1)),
        ((1.0, 0.5, 0.0), (0, 0.5, 0.5)),
        ((2 / 3, 1 / 3, 0.0), (1 / 3, 1 / 3, 1 / 3)),
    ],
)
def test_a_point_takes_its_share_of_each_corner(at: tuple[float, float, float], shares: tuple[float, ...]) -> None:
    assert _shares(TRIANGLE, np.array([at]))[0] == pytest.approx(shares)
