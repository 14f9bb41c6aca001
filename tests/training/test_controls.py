"""The cabinet's controls and display; changing gloves."""

from __future__ import annotations

import pytest

from tests.training.player import VALUES, Player


def test_the_display_shows_a_mean_that_changes_every_ten_seconds_and_stays_near_the_truth() -> None:
    player = Player()
    assert player.world.cabinet is not None
    values = []
    for _ in range(30):
        player.wait(10)
        values.append(player.world.cabinet.reading())
    assert len(set(values)) > 1
    assert all(abs(value - player.world.cabinet.airflow) <= 0.014 for value in values)


def test_switching_the_cabinet_off_and_on_begins_its_running_time_anew() -> None:
    player = Player()
    player.do("move", station="cabinet")
    player.do("operate", target="cabinet", control="power", value=False)
    panel = player.session.snapshot()["panels"]["cabinet"]
    assert (panel["running"], panel["minutes"], panel["readings"][0]["value"]) == (False, 0, 0.0)
    assert panel["readings"][0]["tone"] == "alarm"
    player.do("operate", target="cabinet", control="power", value=True)
    player.wait(60)
    assert player.world.cabinet is not None
    assert player.world.cabinet.seconds == pytest.approx(60)


def test_an_open_vial_under_a_cabinet_that_stands_still_has_no_first_air() -> None:
    player = Player()
    player.set_up()
    player.do("open", hand="left", target="vial-1", part="foil")
    player.do("operate", target="cabinet", control="power", value=False)
    player.wait(10)
    player.do("operate", target="cabinet", control="power", value=True)
    (shield,) = player.events("shielded", item="vial-1")
    assert (shield["by"], shield["seconds"]) == ("cabinet", pytest.approx(10.05))


def test_a_raised_sash_takes_first_air_away() -> None:
    player = Player()
    player.do("move", station="cabinet")
    player.do("operate", target="cabinet", control="sash", value="open")
    assert not player.world.air_protects
    assert player.events("operated")[0]["old"] == "working"


def test_there_is_no_alarm_to_mute() -> None:
    player = Player()
    player.do("move", station="cabinet")
    assert "no alarm" in player.refused("operate", target="cabinet", control="alarm-mute")


def test_the_cabinet_is_not_operated_from_the_trolley() -> None:
    assert "out of reach" in Player().refused("operate", target="cabinet", control="airflow")


def test_a_bare_hand_leaves_far_more_than_a_gloved_one() -> None:
    player = Player()
    player.do("doff", garment="glove-right")
    hand = player.world.hands["right"]
    assert hand.glove == "none"
    assert player.on("hand:right") == VALUES["skin"]
    assert "no glove" in player.refused("doff", garment="glove-right")


def test_a_glove_put_on_by_its_outside_is_not_clean() -> None:
    cfu = []
    for grip in ("cuff", "outside"):
        player = Player()
        player.do("doff", garment="glove-right")
        player.do("don", garment="glove-right", grip=grip)
        cfu.append(player.on("hand:right"))
    assert cfu[1] > 10 * cfu[0]


def test_a_second_glove_does_not_go_over_the_first() -> None:
    assert "already on" in Player().refused("don", garment="glove-left")
