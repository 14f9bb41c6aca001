"""What settles into an opening, in clean air, in the room, and in a wake."""

from __future__ import annotations

from math import pi

import pytest

from resilience.training.contamination import contamination
from resilience.training.exposure import in_wake, settled

NUMBERS = contamination()
NECK = 0.0063


def test_what_settles_is_concentration_times_speed_times_area_times_time() -> None:
    area = pi * NECK**2
    assert settled(NUMBERS, NECK, 60.0, "cabinet") == pytest.approx(NUMBERS.first_air * NUMBERS.settling * area * 60.0)


def test_it_grows_with_the_opening_and_with_the_time() -> None:
    assert settled(NUMBERS, 2 * NECK, 60.0, "room") == pytest.approx(4 * settled(NUMBERS, NECK, 60.0, "room"))
    assert in_wake(NUMBERS, NECK, 30.0, "hand") == pytest.approx(0.5 * in_wake(NUMBERS, NECK, 60.0, "hand"))


def test_the_order_of_risk_is_a_hand_above_then_a_thing_above_then_clean_air() -> None:
    hand, thing = (in_wake(NUMBERS, NECK, 60.0, by) for by in ("hand", "thing"))
    assert hand > thing > settled(NUMBERS, NECK, 60.0, "cabinet")


def test_a_failing_cabinet_lies_between_clean_air_and_the_room() -> None:
    failing = in_wake(NUMBERS, NECK, 60.0, "cabinet")
    assert settled(NUMBERS, NECK, 60.0, "cabinet") < failing < settled(NUMBERS, NECK, 60.0, "room")
