"""Poses: speed over a window, glitches of a tracker, entering and leaving the cabinet, hands at rest."""

from __future__ import annotations

import pytest

from tests.training.player import Player


def at_cabinet() -> Player:
    player = Player()
    player.do("move", station="cabinet")
    return player


def test_a_hand_that_goes_in_and_out_is_told_of_once_each() -> None:
    player = at_cabinet()
    for z in (-1.0, -1.1, -1.3, -1.4, -1.21, -1.19, -1.3, -1.1):
        player.pose(right=(0.2, 1.0, z), ticks=10)
    assert len(player.events("entered", hand="right")) == 1
    assert len(player.events("left", hand="right")) == 1


def test_a_hand_above_the_aperture_is_not_in_the_cabinet() -> None:
    player = at_cabinet()
    player.pose(right=(0.2, 1.9, -1.3))
    assert not player.events("entered")


def test_a_fast_hand_is_told_of_when_it_slows_down_again() -> None:
    player = at_cabinet()
    player.pose(right=(-0.5, 1.0, -1.4))
    for n in range(1, 11):
        player.pose(right=(-0.5 + 0.05 * n, 1.0, -1.4))
    assert not player.events("reading", what="hand_speed")
    for _ in range(6):
        player.pose(right=(0.0, 1.0, -1.4))
    (reading,) = player.events("reading", what="hand_speed")
    assert reading["value"] == pytest.approx(1.0, rel=0.02)
    assert reading["hand"] == "right"
    assert reading["open"] is False
    assert 0.4 <= reading["seconds"] <= 0.9


def test_trembling_is_no_speed() -> None:
    player = at_cabinet()
    for n in range(40):
        player.pose(right=(0.1 + 0.015 * (n % 2), 1.0, -1.4))
    for _ in range(6):
        player.pose(right=(0.1, 1.0, -1.4))
    assert not player.events("reading", what="hand_speed")


def test_a_jump_of_the_tracker_is_passed_over() -> None:
    player = at_cabinet()
    player.pose(right=(0.1, 1.0, -1.4))
    player.pose(right=(0.1, 3.5, -1.4))
    hand = player.world.hands["right"]
    assert (hand.x, hand.y, hand.z) == pytest.approx((0.1, 1.0, -1.4))
    for _ in range(6):
        player.pose(right=(0.1, 1.0, -1.4))
    assert not player.events("reading", what="hand_speed")


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_jump_is_told_of_and_a_replay_tells_it_again(side: str) -> None:
    player = at_cabinet()
    player.pose(**{side: (0.1, 1.0, -1.4)})
    player.pose(**{side: (0.1, 3.0, -1.4)})
    (told,) = player.events("tracking")
    assert (told["body"], told["why"], told["metres"]) == (side, "jump", pytest.approx(2.0))
    player.pose(**{side: (0.1, 1.0, -1.4)})
    assert len(player.events("tracking")) == 1


def test_a_hand_that_stays_elsewhere_is_there_without_a_speed() -> None:
    player = at_cabinet()
    player.pose(right=(0.1, 1.0, -1.4))
    for _ in range(8):
        player.pose(right=(0.1, 3.5, -1.4))
    assert player.world.hands["right"].y == 3.5
    assert not player.events("reading", what="hand_speed")


def test_standing_elsewhere_is_no_movement_of_the_hands() -> None:
    player = at_cabinet()
    player.pose(right=(0.1, 1.0, -1.4))
    player.do("move", station="desk")
    player.pose(right=(1.6, 1.0, 0.2))
    player.do("move", station="cabinet")
    player.pose(right=(0.1, 1.0, -1.4))
    for _ in range(6):
        player.pose(right=(0.1, 1.0, -1.4))
    assert not player.events("reading", what="hand_speed")
    assert len(player.events("left")) == 1


def test_hands_at_rest_are_told_of_when_they_move_again() -> None:
    player = at_cabinet()
    player.pose(left=(-0.2, 1.0, -1.4), right=(0.2, 1.0, -1.4))
    player.pose(left=(-0.2, 1.0, -1.4), right=(0.2, 1.0, -1.4), ticks=1300)
    player.pose(left=(-0.2, 1.0, -1.4), right=(0.2, 1.0, -1.6), ticks=20)
    (reading,) = player.events("reading", what="hands_still")
    assert reading["value"] == pytest.approx(66.0, abs=0.1)


def test_an_untracked_hand_enters_by_what_it_does() -> None:
    player = Player()
    player.carry_in("waste-tub", 0.4, -1.5)
    assert [event["hand"] for event in player.events("entered")] == ["right"]
    player.do("move", station="desk")
    assert [event["hand"] for event in player.events("left")] == ["right"]


def test_untracked_hands_rest_between_what_they_do() -> None:
    player = Player()
    player.carry_in("waste-tub", 0.4, -1.5)
    player.wait(61)
    player.do("touch", hand="right", target="waste-tub", part="body")
    (reading,) = player.events("reading", what="hands_still")
    assert reading["value"] == pytest.approx(61, abs=0.2)


def test_entering_tells_how_long_ago_the_glove_was_sanitised() -> None:
    player = Player()
    player.do("use", hand="right", tool="sanitiser", target="hand:right")
    player.wait(45)
    player.do("move", station="cabinet")
    player.pose(right=(0.2, 1.0, -1.4))
    (entered,) = player.events("entered")
    assert entered["sanitised_seconds_ago"] == pytest.approx(5.1, abs=0.2)
