"""Where a thing finds room on a surface."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from resilience.plant.specs import load
from resilience.training.items import Item
from resilience.training.surfaces import GAP, Surface, build, free_spot, has_room
from tests.training.player import MODULE


def table() -> Surface:
    return Surface("table", 0.9, (-0.4, 0.4), (-0.3, 0.3))


def thing(kind: str, x: float = 0.0, z: float = 0.0, yaw: float = 0.0) -> Item:
    item = Item(kind, load(kind))
    item.place = "surface:table"
    item.x, item.z, item.yaw = x, z, yaw
    return item


def test_a_free_place_is_taken_as_it_is() -> None:
    assert free_spot(thing("vial"), table(), 0.123, -0.2, []) == (0.123, -0.2)


def test_a_taken_place_gives_the_nearest_free_one() -> None:
    found = free_spot(thing("vial"), table(), 0.0, 0.0, [thing("bottle")])
    assert found is not None
    assert 0.03 < (found[0] ** 2 + found[1] ** 2) ** 0.5 < 0.06


def test_what_is_asked_for_beyond_the_edge_comes_to_stand_at_the_edge() -> None:
    found = free_spot(thing("vial"), table(), 2.0, 0.0, [])
    assert found == (0.4 - 0.012, 0.0)


def test_a_thing_that_is_larger_than_the_surface_finds_no_room() -> None:
    small = Surface("shelf", 0.9, (-0.1, 0.1), (-0.1, 0.1))
    assert free_spot(thing("pack"), small, 0.0, 0.0, []) is None
    assert not has_room(thing("pack"), small, [])


def test_a_turned_thing_takes_up_room_as_it_is_turned() -> None:
    narrow = Surface("shelf", 0.9, (-0.1, 0.1), (-0.2, 0.2))
    assert free_spot(thing("pack"), narrow, 0.0, 0.0, []) is None
    assert free_spot(thing("pack", yaw=1.5708), narrow, 0.0, 0.0, []) == (0.0, 0.0)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-0.4, 0.4), st.floats(-0.3, 0.3)), max_size=12),
    st.floats(-0.6, 0.6),
    st.floats(-0.5, 0.5),
)
def test_whatever_stands_there_a_found_place_is_free_and_found_wherever_there_is_room(
    places: list[tuple[float, float]], x: float, z: float
) -> None:
    others = [thing("stopper-bowl", *place) for place in places]
    item = thing("spray")
    found = free_spot(item, table(), x, z, others)
    if has_room(item, table(), others):
        assert found is not None
    if found is not None:
        hx, hz = item.half_extent()
        assert table().holds(*found, hx - 1e-6, hz - 1e-6)
        for other in others:
            ox, oz = other.half_extent()
            gap = max(abs(other.x - found[0]) - hx - ox, abs(other.z - found[1]) - hz - oz)
            assert gap >= GAP - 1e-6


def test_room_that_was_found_once_is_looked_at_anew() -> None:
    shelf = Surface("shelf", 0.9, (-0.1, 0.1), (-0.1, 0.1))
    item, wide = thing("spray"), thing("stopper-bowl")
    wide.x, wide.z = -0.05, -0.05
    assert has_room(item, shelf, [])
    assert has_room(item, shelf, [wide])
    everywhere = [thing("spray", x / 50, z / 50) for x in range(-5, 6) for z in range(-5, 6)]
    assert not has_room(item, shelf, everywhere)
    assert has_room(item, shelf, [])


def test_surfaces_turn_with_their_equipment() -> None:
    surfaces = build(MODULE.scene)
    worktop, trolley = surfaces["worktop"], surfaces["trolley-top"]
    assert (worktop.x0, worktop.x1, worktop.z0, worktop.z1) == (-0.6, 0.6, -1.76, -1.28)
    assert worktop.cabinet
    assert trolley.z1 - trolley.z0 > trolley.x1 - trolley.x0
    assert trolley.station == "trolley"
