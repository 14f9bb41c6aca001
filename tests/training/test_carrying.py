"""Taking, putting down, dropping: reach, room, and what is where."""

from __future__ import annotations

import pytest

from resilience.training.surfaces import GAP
from tests.training.player import Player


def test_a_full_hand_takes_nothing_more() -> None:
    player = Player()
    player.do("take", hand="right", item="spray")
    assert "right hand already holds" in player.refused("take", hand="right", item="wipes")
    player.do("take", hand="left", item="wipes")


def test_what_stands_at_another_station_is_out_of_reach() -> None:
    player = Player()
    player.do("move", station="desk")
    assert "out of reach" in player.refused("take", hand="right", item="spray")


def test_what_is_in_a_closed_pack_cannot_be_taken() -> None:
    player = Player()
    assert "closed in" in player.refused("take", hand="right", item="vial-1")


def test_what_is_held_comes_along() -> None:
    player = Player()
    player.do("take", hand="right", item="waste-tub")
    player.do("move", station="cabinet")
    player.do("place", hand="right", on="worktop", pose=[0.4, 0.9, -1.5, 0.0])
    tub = player.world.items["waste-tub"]
    assert (tub.place, tub.x, tub.z) == ("surface:worktop", 0.4, -1.5)
    (moved,) = player.events("item_moved", how="place")
    assert (moved["from"], moved["to"], moved["aside"]) == ("hand:right", "surface:worktop", 0.4)


def test_two_things_never_stand_in_one_place() -> None:
    player = Player()
    for pack in ("vial-pack", "stopper-pack", "syringe-pack"):
        player.carry_in(pack, 0.0, -1.5)
    standing = [item for item in player.world.items.values() if item.surface == "worktop"]
    assert len(standing) == 3
    for one in standing:
        for other in standing:
            if one is not other:
                wide, deep = (
                    one.half_extent()[0] + other.half_extent()[0],
                    one.half_extent()[1] + other.half_extent()[1],
                )
                apart = abs(one.x - other.x) >= wide + GAP - 1e-9 or abs(one.z - other.z) >= deep + GAP - 1e-9
                assert apart, (one.id, other.id)


def test_nothing_is_put_into_a_machine_that_stands_on_the_desk() -> None:
    player = Player()
    player.do("take", hand="right", item="spray")
    player.do("move", station="desk")
    labeller, spray = player.world.items["labeller"], player.world.items["spray"]
    player.do("place", hand="right", on="desk-top", pose=[labeller.x, 0.9, labeller.z])
    assert max(abs(spray.x - labeller.x), abs(spray.z - labeller.z)) > 0.1


def test_a_surface_that_is_too_small_takes_nothing() -> None:
    player = Player()
    player.do("take", hand="right", item="vial-pack")
    player.do("move", station="cabinet")
    assert "no room" in player.refused("place", hand="right", on="rear-grille")


def test_what_is_dropped_to_the_floor_is_dirty_and_stays_there() -> None:
    player = Player()
    player.set_up()
    player.do("drop", hand="left", surface="floor")
    forceps = player.world.items["forceps"]
    assert forceps.place == "floor"
    assert player.on("forceps", "tip") == pytest.approx(0.3 * 5.0)


def test_something_let_go_over_a_surface_comes_to_rest_on_it() -> None:
    player = Player()
    player.do("take", hand="right", item="spray")
    player.pose(right=(-1.85, 1.2, 0.35))
    player.do("drop", hand="right")
    assert player.world.items["spray"].place == "surface:trolley-top"


def test_a_thing_goes_from_hand_to_hand() -> None:
    player = Player()
    player.do("take", hand="right", item="spray")
    player.do("take", hand="left", item="spray")
    hands = player.world.hands
    assert hands["right"].holds is None
    assert hands["left"].holds is player.world.items["spray"]


def test_a_rack_is_carried_with_its_vials() -> None:
    player = Player()
    player.set_up()
    player.do("place", hand="right", on="worktop")
    player.do("take", hand="right", item="vial-rack")
    player.do("move", station="desk")
    player.do("place", hand="right", on="desk-top", pose=[1.72, 0.9, -0.05])
    vial = player.world.items["vial-5"]
    assert vial.place == "in:vial-rack"
    assert abs(vial.x - 1.72) < 0.12
    assert player.world.in_reach(vial)


def test_vials_go_back_into_free_holes_of_the_rack() -> None:
    player = Player()
    player.set_up()
    player.do("place", hand="right", on="worktop")
    world = player.world
    holes = {name: world.items[name].socket for name in world.items["vial-rack"].inside}
    player.do("take", hand="right", item="vial-4", grip="body")
    player.do("place", hand="right", on="vial-rack")
    assert world.items["vial-4"].socket == holes["vial-4"]


def test_what_was_thrown_away_is_not_taken_back() -> None:
    player = Player()
    player.set_up()
    pack = player.good("syringe-pack")
    assert player.world.items[pack].place == "in:waste-tub"
    assert "thrown away" in player.refused("take", hand="right", item=pack)


def test_a_thing_cannot_be_held_by_a_part_that_is_covered() -> None:
    player = Player()
    player.carry_in("waste-tub", 0.48, -1.5)
    player.unpack("syringe-pack", 0.0, -1.5)
    assert "cannot be held" in player.refused("take", hand="right", item="syringe", grip="needle")
