"""Hands travel smoothly, no faster than they are told, and straight through the aperture."""

from __future__ import annotations

from itertools import pairwise
from math import dist

from hypothesis import given
from hypothesis import strategies as st

from resilience.training.hand_paths import APERTURE_Z, BEFORE_APERTURE, positions, route

inside = st.tuples(st.floats(-0.5, 0.5), st.floats(0.95, 1.2), st.floats(-1.7, -1.3))
outside = st.tuples(st.floats(-0.5, 0.5), st.floats(0.9, 1.3), st.floats(-1.05, -0.8))


@given(inside, inside, st.floats(0.1, 1.0))
def test_speed_stays_under_its_peak_and_the_end_is_reached(
    start: tuple[float, float, float], end: tuple[float, float, float], speed: float
) -> None:
    path = positions(route(start, end, 0.03), speed)
    if dist(start, end) > 0.05:
        assert dist(path[-1], end) < 1e-9
    for a, b in pairwise([start, *path]):
        assert dist(a, b) * 20 <= speed * 1.001


@given(outside, inside)
def test_hands_go_in_perpendicular_to_the_aperture(
    start: tuple[float, float, float], end: tuple[float, float, float]
) -> None:
    way = route(start, end, 0.03)
    gate = way[1]
    assert gate[2] == BEFORE_APERTURE
    assert gate[0] == end[0]
    path = positions(way, 0.28)
    passing = [at for at in path if abs(at[2] - APERTURE_Z) < 0.05]
    assert all(abs(at[0] - end[0]) < 1e-6 for at in passing)
    assert all(0.90 <= at[1] <= 1.25 for at in passing)


@given(inside, outside)
def test_hands_come_out_the_way_they_stand(start: tuple[float, float, float], end: tuple[float, float, float]) -> None:
    gate = route(start, end, 0.03)[1]
    assert (gate[0], gate[2]) == (start[0], BEFORE_APERTURE)


def test_no_way_is_no_movement() -> None:
    assert positions([(0.0, 1.0, -1.0), (0.001, 1.0, -1.0)], 0.28) == []
