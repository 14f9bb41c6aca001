"""Tools: drawing, dispensing, stoppering, crimping; and what they carry into the product."""

from __future__ import annotations

import numpy as np
import pytest

from tests.training.player import VALUES, Player


@pytest.fixture
def player() -> Player:
    ready = Player(fault="wrong-label-roll")
    ready.set_up()
    return ready


def test_a_vial_is_filled_stoppered_and_crimped(player: Player) -> None:
    player.fill("vial-1")
    player.do("place", hand="right", on="worktop")
    player.do("take", hand="right", item="crimper")
    player.do("use", hand="right", tool="crimper", target="vial-1", part="stopper")
    vial = player.world.items["vial-1"]
    assert vial.ml == pytest.approx(2.0)
    assert vial.parts == {"foil": "off", "stopper": "seated", "crimp": "on", "label": "none"}
    assert [event["part"] for event in player.events("closed", target="vial-1")] == ["neck", "crimp"]
    assert player.session.facts()["vials_filled"] == 1


def test_the_bottle_loses_what_the_syringe_draws(player: Player) -> None:
    player.do("use", hand="right", tool="syringe", target="bottle", part="septum", amount=6.5)
    assert player.world.items["bottle"].ml == pytest.approx(43.5)
    assert player.world.items["syringe"].ml == pytest.approx(6.5)
    (moved,) = player.events("liquid_moved")
    assert (moved["from"], moved["to"], moved["to_kind"], moved["total_ml"]) == ("bottle", "syringe", "syringe", 6.5)


def test_a_syringe_takes_no_more_than_it_holds(player: Player) -> None:
    why = player.refused("use", hand="right", tool="syringe", target="bottle", part="septum", amount=10.5)
    assert "at most 10.00 mL" in why


def test_nothing_is_dispensed_into_a_closed_vial(player: Player) -> None:
    player.do("use", hand="right", tool="syringe", target="bottle", part="septum", amount=2.0)
    assert "Not open" in player.refused("use", hand="right", tool="syringe", target="vial-1", part="neck", amount=2.0)


def test_nothing_is_dispensed_from_an_empty_syringe(player: Player) -> None:
    player.do("open", hand="left", target="vial-1", part="foil")
    assert "empty" in player.refused("use", hand="right", tool="syringe", target="vial-1", part="neck", amount=2.0)


def test_a_sheathed_needle_draws_nothing(player: Player) -> None:
    player.do("close", hand="right", target="syringe", part="sheath")
    why = player.refused("use", hand="right", tool="syringe", target="bottle", part="septum", amount=2.0)
    assert "sheath" in why


def test_forceps_hold_one_thing(player: Player) -> None:
    player.do("use", hand="left", tool="forceps", target="stopper-bowl")
    assert "already hold" in player.refused("use", hand="left", tool="forceps", target="stopper-bowl")


def test_a_vial_without_a_stopper_is_not_crimped(player: Player) -> None:
    player.do("place", hand="right", on="worktop")
    player.do("take", hand="right", item="crimper")
    assert "no stopper" in player.refused("use", hand="right", tool="crimper", target="vial-1", part="stopper")


def test_a_foil_taken_off_with_forceps_leaves_the_neck_untouched(player: Player) -> None:
    player.do("open", hand="left", target="vial-1", part="foil")
    assert not player.events("contact", target="vial-1", part="neck")
    assert player.world.items["foil-1"].place == "in:waste-tub"


def test_a_foil_torn_off_by_hand_touches_the_neck_and_adds_to_the_dose(player: Player) -> None:
    player.do("place", hand="left", on="worktop")
    player.do("open", hand="left", target="vial-1", part="foil")
    (contact,) = player.events("contact", target="vial-1", part="neck")
    assert contact["critical"] is True
    assert contact["cfu"] > 0
    assert player.dose("vial-1")["surface"] == pytest.approx(contact["cfu"] * VALUES["neck_to_contents"], rel=1e-5)


def test_a_touched_needle_brings_organisms_into_the_next_vial(player: Player) -> None:
    clean, dirty = Player(fault="wrong-label-roll"), player
    clean.set_up()
    for one in (clean, dirty):
        one.do("use", hand="right", tool="syringe", target="bottle", part="septum", amount=2.0)
        one.do("open", hand="left", target="vial-1", part="foil")
    dirty.do("touch", hand="left", target="syringe", part="needle")
    for one in (clean, dirty):
        one.do("use", hand="right", tool="syringe", target="vial-1", part="neck", amount=2.0)
    assert dirty.dose("vial-1")["surface"] > clean.dose("vial-1")["surface"]
    causes = [entry.cause for entry in dirty.world.organisms.ledger.of["vial-1"] if entry.route == "surface"]
    assert causes == ["hand:left/glove"]


def test_a_touched_needle_on_its_way_to_the_bottle_spoils_what_is_drawn(player: Player) -> None:
    player.do("touch", hand="left", target="syringe", part="needle")
    needle = player.on("syringe", "needle")
    player.do("use", hand="right", tool="syringe", target="bottle", part="septum", amount=2.0)
    player.do("open", hand="left", target="vial-1", part="foil")
    player.do("use", hand="right", tool="syringe", target="vial-1", part="neck", amount=2.0)
    clean = Player(fault="wrong-label-roll")
    clean.set_up()
    clean.fill("vial-1")
    dirty_liquid = player.dose("vial-1")["liquid"]
    assert dirty_liquid > clean.dose("vial-1")["liquid"] + 0.4 * needle


def test_a_stopper_touched_by_a_glove_carries_it_into_the_vial(player: Player) -> None:
    player.do("open", hand="left", target="vial-1", part="foil")
    player.do("use", hand="left", tool="forceps", target="stopper-bowl")
    stopper = player.world.items["forceps"].inside[0]
    player.do("touch", hand="right", target=stopper, part="body")
    lying = player.on(stopper, "body")
    player.do("use", hand="left", tool="forceps", target="vial-1", part="neck")
    assert lying > 0
    assert player.dose("vial-1")["surface"] == pytest.approx(lying * VALUES["neck_to_contents"])


def test_organisms_go_with_the_liquid_in_proportion(player: Player) -> None:
    twin = player.world.organisms.twin
    twin.settle("bottle", np.full(65, 50.0), "test")
    player.do("use", hand="right", tool="syringe", target="bottle", part="septum", amount=5.0)
    player.do("open", hand="left", target="vial-1", part="foil")
    player.do("use", hand="right", tool="syringe", target="vial-1", part="neck", amount=2.0)
    assert player.dose("vial-1")["liquid"] == pytest.approx(2.0, rel=0.01)
    total = sum(float(twin.organisms(vessel)[0]) for vessel in ("bottle", "syringe", "vial-1"))
    assert total == pytest.approx(50.0, abs=0.1)
