"""Rooms: the calibration of the model, conservation, doors and pressures, exact steps, branches, bad input."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resilience.twins.air.numbers import ACTIVITIES, CLASSES, CLOTHING, numbers
from resilience.twins.air.rooms import OUTSIDE, Air, Door, Room
from resilience.twins.errors import BadInput

FILLING = Room("filling", 50, 20, 50 * 40 / 3600, 30)
AIRLOCK = Room("airlock", 10, 4, 0.15, 15)
CHANGING = Room("changing", 30, 12, 0.25, 5)
DOORS = (
    Door("inner", ("filling", "airlock")),
    Door("outer", ("airlock", "changing")),
    Door("way out", ("changing", OUTSIDE)),
)
STREET = (100.0, 1e6, 2e7)


def suite() -> Air:
    return Air([FILLING, AIRLOCK, CHANGING], DOORS, STREET)


def alone(people: int, clothing: str, deposition: bool = False) -> Air:
    air = Air([FILLING], deposition=deposition)
    for person in range(people):
        air.enter(f"person {person}", "filling", clothing, "chamber")
    for _ in range(3600):
        air.do_step()
    return air


# Whyte & Hejab 2007, well mixed: C = G/Q, particles/m3.
@pytest.mark.parametrize(
    ("people", "clothing", "size", "expected"),
    [
        (1, "gowned", "mcp", 5.3),
        (1, "gowned", "ge5", 1119),
        (1, "gowned", "ge0_5", 30_600),
        (2, "gowned", "mcp", 10.6),
        (1, "indoor", "mcp", 72),
        (1, "indoor", "ge5", 9_960),
        (1, "indoor", "ge0_5", 63_900),
    ],
)
def test_a_persons_air_is_calibrated(people: int, clothing: str, size: str, expected: float) -> None:
    assert alone(people, clothing).concentration("filling")[size] == pytest.approx(expected, rel=0.02)


def test_large_particles_and_organisms_catch_bad_gowning_and_small_particles_miss_it() -> None:
    # EU GMP Annex 1 (2022), Grade B in operation: 352,000 from 0.5 um, 2,930 from 5 um, 10 CFU/m3.
    air = alone(1, "indoor").concentration("filling")
    assert air["ge0_5"] < 352_000
    assert air["ge5"] > 2_930
    assert air["mcp"] > 10


def test_deposition_takes_a_seventh_of_the_organisms() -> None:
    share = alone(1, "gowned", deposition=True).concentration("filling")["mcp"] / 5.31
    assert share == pytest.approx(0.858, rel=0.01)


@pytest.mark.parametrize(("changes", "minutes"), [(20, 13.8), (25, 11.05), (40, 6.9)])
def test_a_room_recovers_a_hundredfold_in_the_time_of_its_changes(changes: float, minutes: float) -> None:
    air = Air([Room("room", 50, 20, 50 * changes / 3600)], deposition=False)
    air.put("room", [0, 0, 1e6])
    air.do_step(minutes * 60)
    assert air.concentration("room")["ge0_5"] == pytest.approx(1e4, rel=0.02)


def test_one_long_step_is_as_exact_as_many_short_ones() -> None:
    one, many = suite(), suite()
    for air in (one, many):
        air.enter("a", "filling", "gowned", "slow_walk")
        air.move_door("inner", True)
        air.do_step(600)  # the pressures come to rest first: they move by themselves
    one.do_step(1800)
    for _ in range(1800):
        many.do_step()
    for room in ("filling", "airlock", "changing"):
        assert one.concentration(room) == pytest.approx(many.concentration(room), rel=1e-11)


def balance(air: Air) -> float:
    """The largest relative difference between what came in and what is accounted for."""
    off = 0.0
    for parts in air.account().values():
        came = parts["put"] + parts["emitted"] + parts["entered"]
        went = parts["airborne"] + parts["on_floors"] + parts["extracted"] + parts["left"]
        off = max(off, abs(came - went) / came if came else went)
    return off


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2), st.floats(0, 500)), max_size=12))
def test_no_particle_is_lost_whatever_happens(events: list[tuple[int, int, float]]) -> None:
    air, rooms = suite(), ("filling", "airlock", "changing")
    for verb, which, seconds in events:
        if verb == 0:
            air.enter(f"p{which}", rooms[which], CLOTHING[which], ACTIVITIES[(which * 3 + 4) % 8])
        elif verb in (1, 2):
            air.move_door(DOORS[which].name, verb == 1)
        elif verb == 3:
            air.set_supply(rooms[which], seconds / 2000)
        elif verb == 4:
            air.put(rooms[which], [seconds, 10 * seconds, 0])
        air.do_step(seconds)
        for room in rooms:
            assert all(value >= 0 for value in air.concentration(room).values())
    assert balance(air) < 1e-12


@pytest.mark.parametrize("seconds", [0.0, 5e-324, 1e-12])
def test_a_step_of_no_length_changes_nothing(seconds: float) -> None:
    air = suite()
    air.enter("a", "filling", "gowned", "arms")
    air.do_step(10)
    before = air.account()
    air.do_step(seconds)
    assert air.account() == before
    assert air.seconds == 10


def test_an_hour_of_seconds_loses_nothing_to_rounding() -> None:
    air = suite()
    air.enter("a", "filling", "gowned", "slow_walk")
    for second in range(3600):
        if second % 120 == 0:
            air.move_door("inner", second % 240 == 0)
        air.do_step()
    assert balance(air) < 2e-12


def test_air_goes_from_the_cleaner_room_to_the_other_while_doors_are_shut() -> None:
    air = suite()
    air.enter("a", "changing", "indoor", "brisk_walk")
    air.do_step(7200)
    assert air.concentration("changing")["mcp"] > 10
    assert air.concentration("airlock")["mcp"] == 0
    assert air.concentration("filling")["mcp"] == 0


def test_an_open_door_lets_air_back_and_takes_the_pressure() -> None:
    air = suite()
    air.enter("a", "airlock", "indoor", "brisk_walk")
    air.do_step(3600)
    assert air.concentration("filling")["mcp"] == 0
    air.move_door("inner", True)
    air.do_step(30)
    assert air.concentration("filling")["mcp"] > 1
    assert air.pressure("filling") == pytest.approx(air.pressure("airlock"), abs=0.1)
    air.move_door("inner", False)
    air.do_step(60)
    assert air.pressure("filling") - air.pressure("airlock") == pytest.approx(15, abs=0.01)


def test_both_doors_open_join_the_filling_room_with_the_street() -> None:
    air = suite()
    for door in DOORS:
        air.move_door(door.name, True)
    air.do_step(60)
    assert air.pressure("filling") == pytest.approx(0, abs=0.01)
    assert air.concentration("filling")["ge5"] > 100


def test_a_failed_fan_takes_the_pressure_and_the_cleaning() -> None:
    air = suite()
    air.enter("a", "filling", "gowned", "arms")
    air.do_step(3600)
    before = air.concentration("filling")["mcp"]
    air.set_supply("filling", 0.0)
    air.do_step(600)
    assert air.pressure("filling") < 0.1
    assert air.concentration("filling")["mcp"] > 2 * before


def test_walking_raises_what_lies_on_the_floor_but_little() -> None:
    still, walk = Air([FILLING]), Air([FILLING])
    for air in (still, walk):
        air.put("filling", [1e6, 0, 0])
        air.do_step(3600)
        air.enter("a", "filling", "gowned", "still" if air is still else "slow_walk")
        air.do_step(600)
    more = walk.concentration("filling")["mcp"] - 50 * still.concentration("filling")["mcp"]
    assert 0 < more < 0.5 * walk.concentration("filling")["mcp"]


def test_emission_follows_the_activity_and_the_chamber_gives_the_measured_figure() -> None:
    given_numbers = numbers()
    assert given_numbers.emission("gowned", "chamber") == pytest.approx((177 / 60, 37_300 / 60, 1_020_000 / 60))
    rates = [given_numbers.emission("gowned", activity)[0] for activity in ACTIVITIES[:7]]
    assert rates == sorted(rates)
    assert rates[6] / rates[0] == 100


def test_a_branch_leaves_the_trunk_alone_and_a_snapshot_brings_it_back() -> None:
    air = suite()
    air.enter("a", "filling", "gowned", "arms")
    air.do_step(100)
    kept, here = air.snapshot(), air.concentration("filling")
    other = air.fork()
    other.leave("a")
    other.move_door("inner", True)
    other.do_step(500)
    assert air.concentration("filling") == here
    air.do_step(500)
    onward = air.concentration("filling")
    assert onward["mcp"] > other.concentration("filling")["mcp"]
    air.restore(kept)
    assert air.seconds == 100
    air.do_step(500)
    assert air.concentration("filling") == onward


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_is_carried(name: str) -> None:
    air = Air([FILLING], deposition=False)
    air.put("filling", [float(name == size) for size in CLASSES])
    air.do_step(90)
    assert air.concentration("filling")[name] == pytest.approx(math.exp(-1), rel=1e-9)


def bad(call: str) -> None:
    air = suite()
    air.enter("a", "filling", "gowned")
    match call:
        case "clothing":
            air.enter("b", "filling", "pyjamas")
        case "activity":
            air.enter("b", "filling", "gowned", "tango")
        case "room":
            air.enter("b", "attic", "gowned")
        case "supply":
            air.set_supply("filling", -1.0)
        case "nan":
            air.put("filling", [math.nan, 0, 0])
        case "classes":
            air.put("filling", [1.0])
        case "door":
            air.move_door("trapdoor", True)
        case "door of no room":
            Air([FILLING], [Door("d", ("filling", "attic"))])
        case "door to itself":
            Air([FILLING], [Door("d", ("filling", "filling"))])
        case "negative flow":
            Air([Room("r", 10, 4, -0.1)])
        case "no volume":
            Air([Room("r", 0, 4, 0.1)])
        case "pressure":
            Air([Room("r", 10, 4, 0.1, math.nan)])
        case "twice":
            Air([FILLING, FILLING])
        case "two doors":
            Air([FILLING], [Door("d", ("filling", OUTSIDE))] * 2)
        case "nobody":
            air.leave("b")
        case "time":
            air.do_step(-1)
        case _:
            air.restore("yesterday")


@pytest.mark.parametrize(
    ("call", "what"),
    [
        ("clothing", "unknown clothing `pyjamas`"),
        ("activity", "unknown activity `tango`"),
        ("room", "no room `attic`"),
        ("supply", "-1"),
        ("nan", "nan"),
        ("classes", "1 concentrations"),
        ("door", "no door `trapdoor`"),
        ("door of no room", "of no room: `attic`"),
        ("door to itself", "nowhere"),
        ("negative flow", "-0.1"),
        ("no volume", "no volume"),
        ("pressure", "no number"),
        ("twice", "names of their own"),
        ("two doors", "one name"),
        ("nobody", "nobody called `b`"),
        ("time", "-1"),
        ("snapshot", "no snapshot"),
    ],
)
def test_what_cannot_be_is_refused(call: str, what: str) -> None:
    with pytest.raises(BadInput, match=what) as caught:
        bad(call)
    assert caught.value.where
    assert caught.value.fix


def test_the_same_inputs_give_the_same_air_to_the_bit() -> None:
    found = []
    for _ in range(2):
        air = suite()
        air.enter("a", "filling", "gowned", "slow_walk")
        for second in range(200):
            air.move_door("inner", second % 20 < 5)
            air.do_step()
        found.append([air.concentration(room.name) for room in air.rooms])
    assert found[0] == found[1]
    assert np.isfinite([list(values.values()) for values in found[0]]).all()
