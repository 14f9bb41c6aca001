"""The kernel reads what is in the tables: at their points exactly, between them within them, beyond a hand nothing."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from resilience.twins.air.kernel import BEHIND, BELOW, CELL, DEPTHS, FARTHEST, HEIGHTS, Reach, kernel, read

FRONT = 0.30


def straight(depth: int, height: int) -> Reach:
    """A hand that reaches straight in at one of the tables' places."""
    palm = (0.0, 0.90 + HEIGHTS[height], DEPTHS[depth])
    return Reach(kernel(), palm, (0.0, 1.02, FRONT))


@pytest.mark.parametrize(("depth", "height"), [(0, 4), (3, 2), (6, 8)])
@pytest.mark.parametrize(("side", "level", "along"), [(0, 12, 8), (2, 14, 6), (3, 15, 12)])
def test_at_a_point_of_the_tables_stands_what_they_say(
    depth: int, height: int, side: int, level: int, along: int
) -> None:
    hand = straight(depth, height)
    at = (CELL * (side + 0.5), hand.y + CELL * (level - BELOW + 0.5), hand.z + CELL * (along - BEHIND + 0.5))
    for source, found in enumerate(hand.at(*at)):
        assert found == pytest.approx(float(read().values[source, depth, height, side, level, along]), rel=1e-5)


def test_between_points_it_is_a_mean_of_those_around() -> None:
    hand = straight(3, 3)
    x, y, z = CELL * 1.5, hand.y - CELL * 3.5, hand.z + CELL * 2.5
    ends = [hand.at(x, y, z)[0], hand.at(x, y - CELL, z)[0]]
    assert hand.at(x, y - CELL / 4, z)[0] == pytest.approx(0.75 * ends[0] + 0.25 * ends[1], rel=1e-6)


def test_from_ten_centimetres_to_the_side_there_is_nothing() -> None:
    hand = straight(3, 3)
    assert hand.at(FARTHEST, hand.y - 0.1, hand.z) == (0.0, 0.0)
    assert hand.at(FARTHEST - 1e-6, hand.y - 0.1, hand.z) != (0.0, 0.0)
    assert hand.errors_at(FARTHEST, hand.y - 0.1, hand.z) == (0.0, 0.0)


def test_a_mirrored_place_has_the_same() -> None:
    hand = straight(3, 3)
    assert hand.at(0.03, 1.0, -0.02) == hand.at(-0.03, 1.0, -0.02)


def test_the_room_is_kept_out_of_the_work_zone_and_comes_in_at_the_front() -> None:
    deep, _ = kernel().room_share(0.96, -0.05)
    edge, error = kernel().room_share(0.92, 0.285)
    assert deep < 1e-6
    assert edge > 0.5
    assert 0.0 < error < 0.1 * edge


def test_no_compiler_is_needed() -> None:
    code = "import sys; import resilience.twins.air.kernel as k; k.kernel(); print('numba' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "False"
    assert np.isfinite(read().values).all()
