"""Case files about rooms: events on the way, recovery, accounts, and mistakes by their key."""

from __future__ import annotations

from typing import Any

import pytest

from resilience.twins import cases
from resilience.twins.errors import BadInput

ROOM = {"name": "filling", "volume_m3": 50, "floor_m2": 20, "air_changes_per_h": 40, "pressure_pa": 30}
LOCK = {"name": "airlock", "volume_m3": 10, "supply_m3_h": 300, "pressure_pa": 15}
DOOR = {"name": "door", "between": ["filling", "airlock"], "width_m": 0.9, "height_m": 2.05, "gap_m2": 0.01}
ONE = {"name": "one", "room": "airlock", "clothing": "indoor", "activity": "brisk_walk"}


def answer(**inputs: Any) -> dict[str, Any]:
    found = cases.run("air", {"case": "rooms", "inputs": {"model": "rooms", "rooms": [ROOM, LOCK], **inputs}})
    outputs: dict[str, Any] = found["outputs"]
    return outputs


def test_what_happens_on_the_way_counts() -> None:
    shut = answer(doors=[DOOR], people=[ONE], seconds=900)
    opened = answer(
        doors=[DOOR],
        people=[ONE],
        seconds=900,
        events=[{"at": 800, "verb": "close", "door": "door"}, {"at": 600, "verb": "open", "door": "door"}],
    )
    assert shut["rooms"]["filling"]["mcp"] == 0
    assert opened["rooms"]["filling"]["mcp"] > 0
    assert opened["rooms"]["filling"]["pressure_pa"] == pytest.approx(30, abs=0.01)


def test_people_come_and_go_and_fans_fail() -> None:
    found = answer(
        seconds=1200,
        events=[
            {"at": 0, "verb": "enter", "name": "a", "room": "filling", "clothing": "gowned", "activity": "arms"},
            {"at": 300, "verb": "leave", "name": "a"},
            {"at": 600, "verb": "supply", "room": "filling", "supply_m3_h": 0},
        ],
    )
    emitted = found["account"]["mcp"]["emitted"]
    assert emitted == pytest.approx(300 * 177 / 60 * 10 / 50)
    assert found["rooms"]["filling"]["pressure_pa"] < 0.1


def test_the_account_closes() -> None:
    found = answer(doors=[DOOR], people=[ONE], start_per_m3={"filling": {"mcp": 100}}, seconds=100)
    parts = found["account"]["mcp"]
    came = parts["put"] + parts["emitted"] + parts["entered"]
    assert came == pytest.approx(parts["airborne"] + parts["on_floors"] + parts["extracted"] + parts["left"], rel=1e-12)
    assert parts["put"] == pytest.approx(5000)


def test_recovery_by_class_falls_faster_where_particles_settle() -> None:
    thinned = {"room": "filling", "factor": 10}
    start = {"filling": {"mcp": 1000, "ge0_5": 1000}}
    fine = answer(start_per_m3=start, thinned=thinned)["recovery_minutes"]
    coarse = answer(start_per_m3=start, thinned={**thinned, "class": "mcp"})["recovery_minutes"]
    assert coarse < fine


@pytest.mark.parametrize(
    ("inputs", "what"),
    [
        ({"thinned": {"room": "filling"}}, "holds none"),
        ({"thinned": {"room": "attic"}}, "no room `attic`"),
        ({"start_per_m3": {"attic": {"mcp": 1}}}, "no room `attic`"),
        ({"start_per_m3": {"filling": {"dust": 1}}}, "unknown key `dust`"),
        ({"outside": {"mcp": -1}}, "the value is -1"),
        ({"events": [{"at": -1, "verb": "open", "door": "door"}]}, "the value is -1"),
        ({"doors": [{**DOOR, "colour": "red"}]}, "unknown key `colour`"),
        ({"people": [{**ONE, "shoes": 2}]}, "unknown key `shoes`"),
    ],
)
def test_mistakes_are_named(inputs: dict[str, Any], what: str) -> None:
    with pytest.raises(BadInput, match=what):
        answer(**inputs)


def test_a_room_that_never_gets_clean_is_said_to_be_one() -> None:
    # What comes in from outside holds the concentration up.
    found = {"outside": {"ge0_5": 1e6}, "doors": [{"name": "d", "between": ["outside", "filling"]}]}
    leaky = {**ROOM, "pressure_pa": -15, "air_changes_per_h": 0.5}
    inputs = {**found, "rooms": [leaky], "start_per_m3": {"filling": {"ge0_5": 1e5}}}
    with pytest.raises(BadInput, match="never gets so clean"):
        answer(**inputs, thinned={"room": "filling"})
