"""Trackers that lose a hand: jumps, NaN and infinities are told of, never integrated, and replay to the same."""

from __future__ import annotations

import json
import math
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resilience.training.errors import BadInput
from resilience.training.log import log_lines
from resilience.training.replay import replay
from resilience.training.session import Session
from tests.training.player import MODULE, Player

VIAL = "vial-3"
BAD = (math.nan, math.inf, -math.inf)
_SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def frame(tick: int, **bodies: Any) -> dict[str, Any]:
    return {"tick": tick, "verb": "pose", "head": None, "left": None, "right": None, **bodies}


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("at", range(7))
def test_a_place_that_is_no_number_changes_nothing_but_is_told_of(bad: float, at: int) -> None:
    player = Player()
    player.do("move", station="cabinet")
    good = [100, 1000, -1400, 0.0, 0.0, 0.0, 1.0]
    player.session.apply(frame(10, right=good))
    hand = player.world.hands["right"]
    before = (hand.x, hand.y, hand.z, hand.tracked, hand.inside)
    place = [*good[:at], bad, *good[at + 1 :]]
    action = frame(11, right=place)
    events = player.session.apply(action)
    assert [(event["kind"], event["body"], event["why"]) for event in events] == [("tracking", "right", "no_number")]
    assert (hand.x, hand.y, hand.z, hand.tracked, hand.inside) == before
    # What a log keeps is JSON, and says whose tracking was lost.
    assert json.loads(json.dumps(action, allow_nan=False)) == frame(11, lost=["right"])


@pytest.mark.parametrize("lost", ["left", ["tail"], [["left"]], {"left": True}])
def test_lost_names_bodies_that_are_null(lost: Any) -> None:
    player = Player()
    with pytest.raises(BadInput, match="no lost hands"):
        player.session.apply(frame(10, lost=lost))
    with pytest.raises(BadInput, match="no lost hands"):
        player.session.apply(frame(10, left=[0, 1000, 0], lost=["left"]))
    assert player.session.tick == 0


def test_a_pose_that_is_wrong_otherwise_is_refused_as_ever() -> None:
    with pytest.raises(BadInput, match="is no pose"):
        Player().session.apply(frame(10, left=[0, 10**6, 0]))


places = st.one_of(
    st.none(),
    st.tuples(st.integers(-600, 600), st.integers(900, 1400), st.integers(-1800, -900)).map(list),
    # Elsewhere in an instant, or nowhere at all.
    st.tuples(st.integers(-9000, 9000), st.integers(-9000, 9000), st.integers(-9000, 9000)).map(list),
    st.tuples(st.sampled_from(BAD), st.integers(900, 1400), st.sampled_from([*BAD, -1400])).map(list),
)


@given(frames=st.lists(st.tuples(places, places), min_size=5, max_size=60))
@_SLOW
def test_whatever_trackers_say_the_numbers_stay_numbers_and_a_replay_is_the_same(
    frames: list[tuple[list[Any] | None, list[Any] | None]],
) -> None:
    player = Player(fault="wrong-label-roll")
    actions: list[dict[str, Any]] = []
    take = player.session.act

    def kept(action: dict[str, Any]) -> Any:
        result = take(action)
        actions.append(action)
        return result

    player.session.act = kept  # type: ignore[method-assign]
    player.set_up()
    player.do("open", hand="left", target=VIAL, part="foil")
    for left, right in frames:
        player.tick += 1
        action = frame(player.tick, left=deepcopy(left), right=deepcopy(right))
        player.session.apply(action)
        actions.append(action)
        for hand in player.world.hands.values():
            assert math.isfinite(hand.x + hand.y + hand.z)
    player.do("finish")
    ledger = player.world.organisms.ledger
    assert all(np.isfinite(ledger.expected(unit)).all() for unit in player.session.assessment.units)
    outcome = player.session.outcome()
    data = b"".join(log_lines(player.session.header, actions, outcome.hash))
    again = replay(data, module=MODULE)
    assert again.agrees
    assert again.session.events == player.session.events


def test_a_hand_that_jumps_two_metres_brings_nothing_to_an_open_vial() -> None:
    doses = []
    for jumps in (False, True):
        player = Player(fault="wrong-label-roll")
        player.set_up()
        player.do("open", hand="left", target=VIAL, part="foil")
        x, y, z = player.world.items[VIAL].point((0.0, 0.04, 0.0))
        for tick in range(40):
            away = (x - 2.0, y + 0.14, z)
            # For one frame the tracker sees the hand over the vial.
            player.pose(left=(x, y + 0.14, z) if jumps and tick == 20 else away)
        player.do("finish")
        doses.append(player.dose(VIAL)["air"])
        assert len(player.events("tracking", body="left", why="jump")) == jumps
    assert doses[0] == doses[1]


def test_sessions_that_never_lost_a_hand_have_no_such_events() -> None:
    session = Session(MODULE, 1)
    session.apply(frame(1, left=[0, 1000, 0]))
    assert not [event for event in session.events if event["kind"] == "tracking"]
