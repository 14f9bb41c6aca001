"""The procedure's cue: what guided mode points at next, and that other modes point at nothing."""

from __future__ import annotations

from typing import Any

import pytest

from resilience.training import modules
from resilience.training.module_shapes import Mode
from resilience.training.session import Session
from resilience.training.trainees import run
from tests.training.player import Player

LESSON = modules.load("controls")


def target(player: Player) -> Any:
    return player.session.snapshot()["panels"]["sop"]["target"]


def begun(seed: int = 1) -> Player:
    """A guided session with the start and the airflow recorded, gloves sanitised and dry, back at the trolley."""
    player = Player(seed, "guided")
    player.do("record", field="start-time", value="09:00")
    player.do("move", station="cabinet")
    player.do("operate", target="cabinet", control="airflow")
    player.do("record", field="airflow", value=0.45)
    player.do("move", station="trolley")
    player.do("use", hand="right", target="hand:right", tool="sanitiser")
    player.wait(60)
    return player


@pytest.mark.parametrize("mode", ["practice", "assessment"])
def test_only_a_guided_session_points_at_something(mode: Mode) -> None:
    assert target(Player(mode=mode)) is None
    assert target(Player(mode="guided")) is not None


def test_the_cue_goes_from_the_record_to_the_panel_and_back() -> None:
    player = Player(mode="guided")
    assert target(player) == "panel:record"
    player.do("record", field="start-time", value="09:00")
    assert target(player) == "cabinet"
    player.do("move", station="cabinet")
    player.do("operate", target="cabinet", control="airflow")
    assert target(player) == "panel:record"
    player.do("record", field="airflow", value=0.45)
    assert target(player) == "sanitiser"


def test_a_tool_is_taken_used_and_put_back() -> None:
    player = begun()
    assert target(player) == "wipes"
    player.do("take", hand="right", item="wipes", grip="body")
    assert target(player) == "surface:worktop"


def test_a_rejected_pack_gives_way_to_its_spare() -> None:
    player = next(p for p in map(begun, range(20)) if p.session.variant.bad_pack == "vial-pack")
    player.do("take", hand="right", item="wipes", grip="body")
    player.do("move", station="cabinet")
    offers = player.session.snapshot()["affordances"]
    wipe = next(o for o in offers["surface:worktop"] if o["verb"] == "use")
    player.do("use", hand="right", tool="wipes", target="worktop", path=wipe["spec"]["patterns"][0]["path"])
    assert target(player) == "surface:trolley-top", "the wipes belong back on the trolley"
    player.do("move", station="trolley")
    player.do("drop", hand="right")
    for pack in ("vial-pack", "stopper-pack", "syringe-pack", "tool-pack"):
        assert target(player) == pack
        choice = "accept" if player.world.items[pack].fit else "reject"
        player.do("answer", question=f"pack:{pack}", choice=choice)
    assert target(player) == "spray"
    player.do("take", hand="right", item="spray", grip="body")
    assert target(player) == "vial-pack-2"


def test_an_empty_syringe_is_filled_before_the_next_vial_is_opened() -> None:
    player = Player(2, "guided")
    player.set_up()
    player.fill("vial-1")
    tracker = player.session.procedure
    for state in tracker.states[: next(n for n, s in enumerate(tracker.states) if s.item == "vial-2")]:
        state.done_at = state.done_at or player.tick
    assert tracker.current is not None
    assert tracker.current.item == "vial-2"
    assert target(player) == "bottle"


def test_an_alarm_comes_before_the_procedure() -> None:
    player = Player(2, "guided")
    cabinet = player.world.cabinet
    assert cabinet is not None
    cabinet.fail()
    assert target(player) == "intercom"
    player.do("report", to="supervisor", kind="deviation", text="The airflow alarm sounds.")
    assert target(player) is None, "while engineering is at work one waits"
    player.wait(60)
    assert target(player) == "panel:record"


def test_a_torn_glove_is_pointed_at() -> None:
    player = Player(2, "guided")
    player.world.hands["left"].glove = "torn"
    player.world.changed("hand:left")
    assert target(player) == "hand:left"


def test_the_cue_is_told_when_it_changes_without_a_step_done() -> None:
    player = begun()
    player.session.snapshot()
    player.do("take", hand="right", item="wipes", grip="body")
    update = player.session.take_update()
    assert update is not None
    assert update["panels"]["sop"]["target"] == "surface:worktop"


def test_a_step_of_going_somewhere_points_at_the_station() -> None:
    session = Session(LESSON, 1, "guided")
    assert session.snapshot()["panels"]["sop"]["target"] == "station:cabinet"


@pytest.mark.parametrize("module", ["controls", "aseptic-filling"])
def test_all_along_an_experts_way_the_cue_is_something_that_is_there(module: str) -> None:
    loaded = modules.load(module)
    seen: set[str | None] = set()
    strange: list[str] = []
    sessions: list[Session] = []

    def made(*args: Any, **kwargs: Any) -> Session:
        sessions.append(Session(*args, **kwargs))
        return sessions[-1]

    def look(action: dict[str, Any]) -> None:
        if action["verb"] == "pose":
            return
        snapshot = sessions[0].snapshot()
        cue = snapshot["panels"]["sop"]["target"]
        seen.add(cue)
        there = {*snapshot["items"], "hand:left", "hand:right", "panel:record", None}
        there |= {f"surface:{name}" for name in sessions[0].world.surfaces}
        there |= {f"station:{name}" for name in sessions[0].world.stations}
        if cue not in there:
            strange.append(f"{action} {cue}")

    run(loaded, 3, "expert", "guided", session_factory=made, on_action=look)
    assert strange == []
    assert len(seen) > (3 if module == "controls" else 20)
