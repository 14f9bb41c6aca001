"""The world as it is when a session begins."""

from __future__ import annotations

import pytest

from tests.training.player import MODULE, Player


def test_every_item_of_the_scene_is_there_and_every_vial_wears_a_foil() -> None:
    items = Player().world.items
    assert set(MODULE.items) <= set(items)
    assert {f"foil-{n}" for n in range(1, 13)} <= set(items)
    assert items["cabinet"].stations == ("cabinet",)


def test_packs_hold_their_contents_and_hide_them() -> None:
    world = Player().world
    assert world.items["vial-rack"].place == "in:vial-pack"
    assert world.hidden(world.items["vial-1"])
    assert world.items["vial-pack-2"].inside == []


@pytest.mark.parametrize("seed", range(8))
def test_exactly_one_pack_is_unfit(seed: int) -> None:
    player = Player(seed)
    unfit = [name for name, item in player.world.items.items() if not item.fit]
    assert unfit == [player.session.variant.bad_pack]


def test_the_seed_lays_things_out_and_the_same_seed_alike() -> None:
    def layout(seed: int) -> list[tuple[float, float]]:
        items = Player(seed).world.items
        return [(items[name].x, items[name].z) for name in MODULE.items]

    assert layout(1) == layout(1)
    assert any(layout(1) != layout(seed) for seed in range(2, 6))


def test_the_cabinet_has_run_for_less_than_it_needs() -> None:
    for seed in range(10):
        cabinet = Player(seed).world.cabinet
        assert cabinet is not None
        assert 0 < cabinet.seconds < 300


def test_what_is_sterile_carries_nothing_and_the_floor_most() -> None:
    player = Player()
    assert player.on("syringe", "needle") == 0
    surfaces = {name: player.on(name) for name in player.world.surfaces}
    assert max(surfaces, key=lambda name: surfaces[name]) == "floor"
    assert surfaces["worktop"] < surfaces["trolley-top"]


def test_vials_stand_in_the_rack_where_its_holes_are() -> None:
    world = Player().world
    rack = world.items["vial-rack"]
    sockets = rack.spec.sockets
    assert sockets is not None
    vial = world.items["vial-7"]
    assert (vial.x, vial.y, vial.z) == rack.point(sockets.places[6])
