"""The deviations a seed injects: that each comes, what it does, and how it ends."""

from __future__ import annotations

import pytest

from tests.training.player import VALUES, Player


def filled_until(player: Player, kind: str) -> None:
    """Fill vials until an event of a kind comes."""
    player.set_up()
    for n in range(1, 13):
        if player.events(kind):
            return
        vial = f"vial-{n}"
        for verb, fields in (
            ("use", {"hand": "right", "tool": "syringe", "target": "bottle", "part": "septum", "amount": 2.0}),
            ("open", {"hand": "left", "target": vial, "part": "foil"}),
            ("use", {"hand": "right", "tool": "syringe", "target": vial, "part": "neck", "amount": 2.0}),
            ("use", {"hand": "left", "tool": "forceps", "target": "stopper-bowl"}),
            ("use", {"hand": "left", "tool": "forceps", "target": vial, "part": "neck"}),
        ):
            player.attempt(verb, **fields)
            if player.events(kind):
                return


def test_the_airflow_alarm_comes_while_a_vial_is_open_and_takes_its_first_air() -> None:
    player = Player(fault="airflow-alarm")
    filled_until(player, "alarm")
    (fault,) = player.events("fault")
    assert fault["what"] == "airflow-alarm"
    (vial,) = [site.item.id for site in player.world.air.sites.values() if site.item.kind == "vial"]
    player.wait(20)
    player.do("report", to="supervisor", kind="deviation", text="The air alarm sounds.")
    player.wait(40)
    assert [event["on"] for event in player.events("alarm")] == [True, False]
    (shield,) = player.events("shielded", item=vial, by="cabinet")
    assert shield["seconds"] == pytest.approx(50, abs=1)


def test_the_alarm_goes_on_until_it_is_reported() -> None:
    player = Player(fault="airflow-alarm")
    filled_until(player, "alarm")
    player.wait(600)
    assert player.world.cabinet is not None
    assert player.world.cabinet.alarm == "airflow"
    assert player.world.cabinet.reading() < 0.36


def test_time_runs_no_faster_during_an_alarm() -> None:
    player = Player(fault="airflow-alarm")
    filled_until(player, "alarm")
    assert "during an alarm" in player.refused("pace", value=5)


def test_a_stopper_slips_from_the_forceps_onto_the_worktop() -> None:
    player = Player(fault="dropped-stopper")
    filled_until(player, "fault")
    (fault,) = player.events("fault")
    stopper = player.world.items[fault["item"]]
    assert stopper.place == "surface:worktop"
    assert player.world.items["forceps"].inside == []
    assert player.events("item_moved", item=stopper.id, how="fault")
    assert player.on(stopper.id, "body") > 0


def test_a_glove_tears_and_is_changed_at_the_trolley() -> None:
    player = Player(fault="torn-glove")
    filled_until(player, "fault")
    (torn,) = player.events("garment_state", state="torn")
    side = torn["hand"]
    hand = player.world.hands[side]
    before = player.on("hand:left") + player.on("hand:right")
    player.do("touch", hand=side, target="worktop")
    # Skin takes part from now on: far more than two gloves carry.
    assert player.on("worktop") > VALUES["skin"] * VALUES["torn_share"] * VALUES["bare"] * 0.9 > before
    for one in ("left", "right"):
        if player.world.hands[one].holds is not None:
            player.do("place", hand=one, on="worktop")
    assert "no fresh gloves" in player.refused("doff", garment=f"glove-{side}")
    player.do("move", station="trolley")
    player.do("doff", garment=f"glove-{side}")
    player.do("don", garment=f"glove-{side}", grip="cuff")
    assert (hand.glove, player.on(hand.id)) == ("intact", VALUES["glove_clean"])


def test_the_wrong_label_roll_carries_another_batch_and_shows_at_the_desk() -> None:
    player = Player(fault="wrong-label-roll")
    assert player.session.snapshot()["items"]["label-roll"]["look"]["label"] != [
        f"Batch {player.session.variant.batch}"
    ]
    assert player.session.facts()["label_roll_right"] == "reject"
    assert not player.events("fault")
    player.do("move", station="desk")
    assert [event["item"] for event in player.events("fault")] == ["label-roll"]


def test_the_second_roll_puts_the_right_label_on() -> None:
    player = Player(fault="wrong-label-roll")
    player.do("move", station="desk")
    player.do("take", hand="right", item="label-roll")
    player.do("take", hand="left", item="label-roll-2")
    player.do("place", hand="left", on="labeller")
    assert player.session.facts()["label_roll_right"] == "accept"


def test_a_client_is_never_told_of_a_fault_or_a_truth() -> None:
    player = Player(fault="wrong-label-roll")
    player.session.snapshot()
    player.do("move", station="desk")
    player.do("answer", question="labels-ok", choice="accept")
    update = player.session.take_update()
    assert update is not None
    kinds = [event["kind"] for event in update["events"]]
    assert "answered" in kinds
    assert "fault" not in kinds
    assert all("truth" not in event for event in update["events"])
    assert player.events("answered")[0]["truth"] == "reject"


def test_every_deviation_of_the_module_is_drawn_by_some_seed() -> None:
    drawn = {player.session.variant.fault.id for player in map(Player, range(30)) if player.session.variant.fault}
    assert drawn == {"airflow-alarm", "dropped-stopper", "torn-glove", "wrong-label-roll"}
