"""Rooms: what stands in them stands apart and inside, has its opening, and can be read."""

from __future__ import annotations

from itertools import combinations
from math import cos, degrees, sin

import numpy as np
import pytest

from resilience.plant import SpecError, kinds, load
from resilience.plant.shapes.palette import COLOURS, LOOKS, contrast
from resilience.plant.shapes.signs import lines_of
from resilience.plant.shapes.wall import walls
from resilience.plant.specs import Mount

ROOMS = [kind for kind in kinds() if load(kind).room]
Corners = list[tuple[float, float]]


def corners(kind: str, mount: Mount) -> Corners:
    """The four corners (x, z) of what an item takes up on the floor."""
    spec, c, s = load(kind), cos(mount.yaw), sin(mount.yaw)
    low, high = spec.low, spec.high
    around = [(low[0], low[2]), (high[0], low[2]), (high[0], high[2]), (low[0], high[2])]
    return [(mount.at[0] + c * x + s * z, mount.at[2] - s * x + c * z) for x, z in around]


def depth(one: Corners, two: Corners) -> float:
    """How far two rectangles reach into each other, metres (separating axes)."""
    least = float("inf")
    for shape in (one, two):
        for (ax, az), (bx, bz) in ((shape[0], shape[1]), (shape[1], shape[2])):
            axis = np.array([bz - az, ax - bx]) / np.hypot(bz - az, ax - bx)
            a, b = (np.asarray(points) @ axis for points in (one, two))
            least = min(least, float(min(a.max() - b.min(), b.max() - a.min())))
    return least


@pytest.mark.parametrize("room", ROOMS)
def test_things_on_the_floor_do_not_stand_in_each_other(room: str) -> None:
    standing = [(name, kind, mount) for name, kind, mount in load(room).standing if mount.at[1] == 0]
    for (a, kind_a, one), (b, kind_b, two) in combinations(standing, 2):
        low_a, low_b = load(kind_a).low[1], load(kind_b).low[1]
        if low_a > load(kind_b).high[1] or low_b > load(kind_a).high[1]:
            continue
        assert depth(corners(kind_a, one), corners(kind_b, two)) < 0.01, f"{room}: {a} stands in {b}"


@pytest.mark.parametrize("room", ROOMS)
def test_what_has_no_opening_stands_inside_the_walls(room: str) -> None:
    spec = load(room)
    for name, kind, mount in spec.standing:
        if load(kind).opening:
            continue
        for x, z in corners(kind, mount):
            assert abs(x) <= spec.size[0] / 2 + 0.03, f"{room}: {name} reaches through a wall"
            assert abs(z) <= spec.size[2] / 2 + 0.03, f"{room}: {name} reaches through a wall"


@pytest.mark.parametrize("room", ROOMS)
def test_every_door_hatch_and_window_has_its_hole_in_the_right_wall(room: str) -> None:
    spec, around = load(room), walls(load(room))
    assert spec.room is not None
    for _, kind, mount in spec.standing:
        opening = load(kind).opening
        if opening:
            found = [w for w in around.values() if abs((degrees(mount.yaw) - w.yaw + 180) % 360 - 180) < 1]
            (wall,) = found
            u = wall.local(mount.at)[0]
            assert any(
                left < u < right and right - left == pytest.approx(opening.width) for left, right, _, _ in wall.holes
            )
    wanted = len(spec.room.windows) + sum(load(kind).opening is not None for _, kind, _ in spec.standing)
    assert sum(len(wall.holes) for wall in around.values()) == wanted


def test_a_door_that_stands_in_no_wall_is_refused() -> None:
    room = load("airlock")
    loose = room.model_copy(update={"mounts": {"door": Mount(at=(0.0, 0.0, 0.0), yaw=0.0)}})
    with pytest.raises(SpecError, match="lies in no wall"):
        walls(loose)


def test_panels_leave_openings_out() -> None:
    wall = walls(load("airlock"))["north"]
    ((left, right, low, high),) = wall.holes
    spans = [wall.spans(a, b, 0.1) for a, b in wall.columns(1.0) if a >= left - 1e-6 and b <= right + 1e-6]
    assert spans
    assert all(span == [(high, wall.height)] for span in spans)
    assert low == 0
    aside = [wall.spans(a, b, 0.1) for a, b in wall.columns(1.0) if b <= left + 1e-6]
    assert all(span == [(0.1, wall.height)] for span in aside)


@pytest.mark.parametrize("look", sorted(LOOKS))
def test_labels_and_signs_have_the_contrast_that_eyes_need(look: str) -> None:
    ground, ink = LOOKS[look]
    assert contrast(ground, ink) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("lamp", "lamp") == pytest.approx(1.0)
    # relative luminance of #15191c, by hand: 0.2126*0.0075 + 0.7152*0.0097 + 0.0722*0.0116
    assert contrast("lamp", "black") == pytest.approx(1.05 / (0.00937 + 0.05), rel=0.01)


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_it_is_in_two_languages_and_shows_three_stations(room: str) -> None:
    block = load(room).room
    assert block is not None
    assert len(block.views) >= 3
    for sign in block.signs.values():
        assert sign.words["en"]
        assert sign.words["cy"]
    for mark in block.marks:
        assert mark.colour in COLOURS


@pytest.mark.parametrize("room", [room for room in ROOMS if load(room).room.grade in "ABCD"])  # type: ignore[union-attr]
def test_a_graded_room_shows_at_least_ten_pascal_to_the_next(room: str) -> None:
    """EU GMP Annex 1 (2022) 4.14."""
    block = load(room).room
    assert block is not None
    assert block.gauges
    assert all(gauge.pascal >= 10 for gauge in block.gauges)


def test_a_sign_has_welsh_above_english_and_says_once_what_is_the_same() -> None:
    assert lines_of({"en": "Airlock|Grade B", "cy": "Loc aer|Gradd B"}) == ["Loc aer", "Gradd B", "Airlock", "Grade B"]
    assert lines_of({"en": "2-8 °C", "cy": "2-8 °C"}) == ["2-8 °C"]
