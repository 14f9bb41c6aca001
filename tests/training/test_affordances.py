"""What is offered: the obvious first, wrong ways too, and reasons for what cannot be done now."""

from __future__ import annotations

from typing import Any

from resilience.training.session import Session
from tests.training.player import MODULE, Player


def offers(player: Player, thing: str) -> list[dict[str, Any]]:
    listed: dict[str, list[dict[str, Any]]] = player.session.snapshot()["affordances"]
    return listed.get(thing, [])


def labels(player: Player, thing: str) -> list[str]:
    return [offer["label"] for offer in offers(player, thing)]


def test_the_first_offer_for_a_thing_on_the_trolley_is_to_take_it() -> None:
    player = Player()
    for thing in ("spray", "vial-pack", "bottle", "wipes"):
        assert offers(player, thing)[0]["action"] == {
            "verb": "take",
            "hand": "right",
            "item": thing,
            "grip": offers(player, thing)[0]["part"],
        }


def test_the_first_offer_for_a_pack_in_the_cabinet_is_to_open_it() -> None:
    player = Player()
    player.carry_in("vial-pack", 0.0, -1.5)
    assert offers(player, "vial-pack")[0]["verb"] == "open"


def test_the_free_hand_is_offered_first() -> None:
    player = Player()
    player.do("take", hand="right", item="spray")
    assert offers(player, "wipes")[0]["verb"] == "use"
    takes = [offer for offer in offers(player, "wipes") if offer["verb"] == "take"]
    assert [offer["hand"] for offer in takes[:2]] == ["left", "right"]
    assert takes[0]["why_not"] is None
    assert takes[1]["why_not"].startswith("The right hand already holds")


def test_a_held_tool_comes_first_and_says_why_not_when_it_cannot_be_used_yet() -> None:
    player = Player()
    player.set_up()
    first, *rest = offers(player, "vial-1")
    assert first["label"] == "Take off the foil with the forceps"
    (dispense,) = [offer for offer in rest if offer["label"] == "Dispense into vial 1"]
    assert dispense["why_not"] == "Not open yet: vial 1."
    player.do("use", hand="right", tool="syringe", target="bottle", part="septum", amount=3.0)
    player.do("open", hand="left", target="vial-1", part="foil")
    first = offers(player, "vial-1")[0]
    assert first["why_not"] is None
    assert (first["needs"], first["spec"]["max"], first["spec"]["unit"]) == ("amount", 3.0, "mL")


def test_forceps_with_a_stopper_come_before_the_syringe() -> None:
    player = Player()
    player.set_up()
    player.do("use", hand="right", tool="syringe", target="bottle", part="septum", amount=5.0)
    player.do("open", hand="left", target="vial-1", part="foil")
    player.do("use", hand="right", tool="syringe", target="vial-1", part="neck", amount=2.0)
    player.do("use", hand="left", tool="forceps", target="stopper-bowl")
    assert offers(player, "vial-1")[0]["label"] == "Press the stopper in"


def test_a_deviation_can_be_reported_from_everywhere() -> None:
    player = Player()
    for station in ("trolley", "cabinet", "desk"):
        if station != player.world.station:
            player.do("move", station=station)
        first = offers(player, "intercom")[0]
        assert (first["verb"], first["needs"]) == ("report", "text")
        player.do(**first["action"], text="Something is wrong.")
    assert len(player.events("reported", what="deviation")) == 3


def test_wrong_grips_are_offered_so_that_a_mistake_can_be_made_on_every_device() -> None:
    player = Player()
    player.set_up()
    player.do("place", hand="right", on="worktop")
    takes = [
        offer["part"] for offer in offers(player, "syringe") if offer["verb"] == "take" and offer["hand"] == "right"
    ]
    assert takes[0] == "barrel"
    assert "needle" in takes
    assert any(offer["verb"] == "touch" for offer in offers(player, "syringe"))


def test_ways_to_wipe_are_offered_in_words_and_in_strokes() -> None:
    player = Player()
    player.do("take", hand="right", item="wipes")
    player.do("move", station="cabinet")
    (wipe,) = [offer for offer in offers(player, "surface:worktop") if offer["verb"] == "use"]
    assert [pattern["id"] for pattern in wipe["spec"]["patterns"]] == ["back-to-front", "front-to-back", "few-strokes"]
    orders = []
    for pattern in wipe["spec"]["patterns"]:
        player.do(**wipe["action"], path=pattern["path"])
        wetted = player.events("surface_wetted", target="worktop")[-1]
        orders.append((wetted["order"], wetted["overlap"], wetted["coverage"] > 0.8))
    assert orders == [("back_to_front", True, True), ("front_to_back", True, True), ("back_to_front", False, False)]


def test_what_is_hidden_thrown_away_or_out_of_reach_offers_nothing() -> None:
    player = Player()
    assert offers(player, "vial-1") == []
    assert offers(player, "labeller") == []
    player.set_up()
    assert offers(player, player.good("vial-pack")) == []


def test_every_label_and_reason_is_there_in_welsh() -> None:
    session = Session(MODULE, 3, "guided", "cy")
    english = Session(MODULE, 3, "guided", "en")
    for one in (session, english):
        one.act({"tick": 1, "verb": "take", "hand": "right", "item": "spray"})
    welsh_offers = session.snapshot()["affordances"]
    for thing, listed in english.snapshot()["affordances"].items():
        for offer, other in zip(listed, welsh_offers[thing], strict=True):
            assert offer["action"] == other["action"]
            assert offer["label"] != other["label"], offer["label"]
            assert (offer["why_not"] is None) == (other["why_not"] is None)


def test_ids_within_a_list_are_unique() -> None:
    player = Player()
    player.set_up()
    for station in player.world.stations:
        if station != player.world.station:
            player.do("move", station=station)
        for thing, listed in player.session.snapshot()["affordances"].items():
            ids = [offer["id"] for offer in listed]
            assert len(ids) == len(set(ids)), (thing, ids)
