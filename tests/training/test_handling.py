"""Opening and touching: packs and their contents, gloves and what they meet."""

from __future__ import annotations

import pytest

from tests.training.player import VALUES, Player


def test_contents_stand_where_the_pack_stood_and_the_wrap_stays_in_the_hand() -> None:
    player = Player()
    pack = player.good("vial-pack")
    player.carry_in(pack, 0.0, -1.5)
    player.do("open", hand="right", target=pack, part="outer")
    rack, hand = player.world.items["vial-rack"], player.world.hands["right"]
    assert (rack.place, round(rack.x, 2), round(rack.z, 2)) == ("surface:worktop", 0.0, -1.5)
    assert hand.holds is player.world.items[pack]
    assert hand.grip == "wrap"
    (opened,) = player.events("opened", target=pack)
    assert opened["zone"] == "cabinet"
    assert opened["cabinet_seconds"] > 60


def test_a_pack_opened_at_the_trolley_is_opened_in_the_room() -> None:
    player = Player()
    player.do("open", hand="right", target="tool-pack", part="outer")
    assert player.events("opened")[0]["zone"] == "room"
    assert player.world.items["forceps"].surface == "trolley-top"


def test_the_spare_is_not_opened_as_well() -> None:
    player = Player()
    player.do("open", hand="right", target="vial-pack", part="outer")
    player.do("place", hand="right", on="trolley-top")
    assert "already here" in player.refused("open", hand="right", target="vial-pack-2", part="outer")


def test_the_spare_yields_the_contents_and_its_own_lot() -> None:
    player = Player()
    player.do("open", hand="right", target="vial-pack-2", part="outer")
    assert player.world.items["vial-rack"].surface == "trolley-shelf"
    assert player.world.items["vial-pack"].inside == []
    assert player.session.facts()["lot:vial-rack"] == "V-0114"


def test_a_held_pack_is_put_down_before_it_is_opened() -> None:
    player = Player()
    player.do("take", hand="left", item="vial-pack")
    assert "down first" in player.refused("open", hand="right", target="vial-pack", part="outer")


def test_what_lay_in_a_torn_pack_is_not_sterile() -> None:
    player = next(p for p in map(Player, range(200)) if p.session.variant.bad_how == "torn" and _is(p, "syringe-pack"))
    player.do("open", hand="right", target="syringe-pack", part="outer")
    assert player.on("syringe", "needle") > 0


def test_opening_a_pack_that_was_not_disinfected_soils_the_glove() -> None:
    player = Player()
    before = player.on("hand:right")
    player.do("open", hand="right", target="vial-pack", part="outer")
    after = player.on("hand:right")
    assert after == pytest.approx(before + VALUES["gloved"] * (VALUES["pack_outer"] - before))


def test_what_one_face_gains_the_other_loses() -> None:
    player = Player()
    before = player.on("hand:right") + player.on("vial-pack", "outer")
    player.do("touch", hand="right", target="vial-pack", part="outer")
    assert player.on("hand:right") + player.on("vial-pack", "outer") == pytest.approx(before)
    assert player.on("vial-pack", "outer") < VALUES["pack_outer"]


def test_a_glove_is_soiled_once_until_it_is_sanitised_again() -> None:
    player = Player()
    player.do("move", station="cabinet")
    player.do("touch", hand="right", target="front-grille")
    player.do("touch", hand="right", target="front-grille")
    assert [event["hand"] for event in player.events("garment_state", state="soiled")] == ["right"]
    player.do("move", station="trolley")
    player.do("use", hand="right", tool="sanitiser", target="hand:right")
    player.wait(60)
    player.do("move", station="cabinet")
    player.do("touch", hand="right", target="rear-grille")
    assert len(player.events("garment_state", state="soiled")) == 2


def test_a_sleeve_dirties_what_it_touches_and_no_glove() -> None:
    player = Player()
    player.do("move", station="cabinet")
    glove = player.on("hand:right")
    player.do("touch", hand="right", target="worktop", **{"with": "sleeve"})
    (contact,) = player.events("contact", **{"with": "sleeve"})
    assert contact["cfu"] > 0
    assert player.on("hand:right") == glove


def test_a_hand_does_not_touch_itself() -> None:
    player = Player()
    assert player.refused("touch", hand="right", target="hand:right") == "A hand cannot touch itself."


def test_a_lid_goes_off_and_on_again() -> None:
    player = Player()
    player.set_up()
    assert "Already open" in player.refused("open", hand="left", target="stopper-bowl", part="lid")
    player.do("close", hand="left", target="stopper-bowl", part="lid")
    assert player.events("exposed", item="stopper-bowl")
    assert "Already closed" in player.refused("close", hand="left", target="stopper-bowl", part="lid")


def _is(player: Player, pack: str) -> bool:
    return player.session.variant.bad_pack == pack
