"""What a client is shown, by mode; what an update carries."""

from __future__ import annotations

import json

from resilience.training.session import Session
from tests.training.player import MODULE, Player


def test_the_scene_has_all_that_stands_and_every_kind_that_can_come() -> None:
    scene = Session(MODULE, 1).scene()
    json.dumps(scene)
    assert set(scene["stations"]) == {"trolley", "cabinet", "desk"}
    assert {"worktop", "front-grille", "trolley-top", "desk-top"} <= set(scene["surfaces"])
    assert {"vial", "foil", "stopper", "glove-left", "cabinet", "filling-room", "door"} <= set(scene["models"])
    assert set(scene["models"]["syringe"]["grips"]["barrel"]) == {"pose", "at", "turn"}
    worktop = scene["surfaces"]["worktop"]
    assert (worktop["y"], worktop["x"], worktop["z"]) == (0.9, [-0.6, 0.6], [-1.76, -1.28])


def test_what_is_in_a_closed_pack_is_not_shown_until_it_is_opened() -> None:
    player = Player()
    assert "vial-rack" not in player.session.snapshot()["items"]
    player.do("open", hand="right", target="vial-pack", part="outer")
    update = player.session.take_update()
    assert update is not None
    assert {"vial-rack", "vial-1", "vial-12", "vial-pack"} <= set(update["items"])
    assert update["items"]["vial-pack"]["look"]["hide"] == ["outer", "label"]
    assert update["hands"]["right"]["holds"] == "vial-pack"


def test_a_seated_stopper_is_no_longer_a_thing_of_its_own() -> None:
    player = Player()
    player.set_up()
    player.do("use", hand="right", tool="syringe", target="bottle", part="septum", amount=2.0)
    player.do("open", hand="left", target="vial-1", part="foil")
    player.do("use", hand="right", tool="syringe", target="vial-1", part="neck", amount=2.0)
    player.do("use", hand="left", tool="forceps", target="stopper-bowl")
    stopper = player.world.items["forceps"].inside[0]
    assert player.session.snapshot()["items"][stopper]["where"] == "in:forceps"
    player.do("use", hand="left", tool="forceps", target="vial-1", part="neck")
    update = player.session.take_update()
    assert update is not None
    assert stopper in update["removed"]
    look = update["items"]["vial-1"]["look"]
    assert (look["hide"], look["level"]) == (["foil", "crimp", "label"], 1.0)


def test_nothing_is_told_twice_and_nothing_when_nothing_changed() -> None:
    player = Player()
    player.session.snapshot()
    player.do("take", hand="right", item="spray")
    assert player.session.has_update
    first = player.session.take_update()
    assert first is not None
    assert [event["kind"] for event in first["events"]][-1] == "item_moved"
    assert player.session.take_update() is None
    assert not player.session.has_update


def test_a_pose_alone_changes_nothing_that_is_shown() -> None:
    player = Player()
    player.session.snapshot()
    player.pose(left=(-1.6, 1.0, 0.3), right=(-1.6, 1.0, 0.1))
    assert player.session.take_update() is None


def test_labels_tell_lot_date_and_seal() -> None:
    player = next(p for p in map(Player, range(50)) if p.session.variant.bad_how == "torn")
    items = player.session.snapshot()["items"]
    bad, good = items[player.session.variant.bad_pack or ""], items["bottle"]
    assert bad["look"]["label"][-1] == "Seal torn at one edge"
    assert good["look"]["label"][1:] == ["Lot P-5521", "Use before 2026-07-31"]


def test_an_expired_pack_shows_a_date_that_has_passed() -> None:
    player = next(p for p in map(Player, range(50)) if p.session.variant.bad_how == "expired")
    snapshot = player.session.snapshot()
    line = snapshot["items"][player.session.variant.bad_pack or ""]["look"]["label"][2]
    assert line.removeprefix("Use before ") < snapshot["panels"]["record"]["today"]


def test_the_procedure_says_what_is_now_and_why_only_when_guided() -> None:
    panels = {
        mode: Session(MODULE, 1, mode).snapshot()["panels"]["sop"] for mode in ("guided", "practice", "assessment")
    }
    guided, practice, assessment = panels["guided"], panels["practice"], panels["assessment"]
    assert [step["state"] for step in guided["steps"]].count("now") == 1
    assert all(step["why"] for step in guided["steps"])
    assert all(step["state"] == "later" and "why" not in step for step in practice["steps"])
    assert all("state" not in step and "why" not in step for step in assessment["steps"])
    assert assessment["operation"] is None


def test_an_assessment_is_silent() -> None:
    told = {}
    for mode in ("practice", "assessment"):
        player = Player(mode=mode)
        player.session.snapshot()
        player.do("open", hand="right", target="vial-pack", part="outer")
        player.do("record", field="start-time", value="09:00")
        update = player.session.take_update()
        assert update is not None
        told[mode] = {event["kind"] for event in update["events"]}
    assert "step_done" in told["practice"]
    assert not told["assessment"] & {"step_done", "finding"}


def test_the_display_of_the_cabinet_is_sent_when_it_changes_by_itself() -> None:
    player = Player()
    player.session.snapshot()
    panels = []
    for _ in range(12):
        player.wait(10)
        update = player.session.take_update()
        if update and "panels" in update:
            panels.append(set(update["panels"]))
    assert any("cabinet" in changed for changed in panels)
