"""Disinfectant needs its time: what counts as wet long enough, and what ends it early."""

from __future__ import annotations

import pytest

from tests.training.player import VALUES, Player


def sprayed() -> Player:
    player = Player()
    player.do("take", hand="right", item="spray")
    player.do("use", hand="right", tool="spray", target="vial-pack", part="outer")
    return player


def test_a_sprayed_pack_dries_after_a_minute_with_full_effect() -> None:
    player = sprayed()
    before = player.on("vial-pack", "outer")
    events = player.wait(90)
    (dry,) = [event for event in events if event["kind"] == "surface_disinfected"]
    assert dry["wet_seconds"] == 60
    assert dry["ended_by"] == "dry"
    after = player.on("vial-pack", "outer")
    # Spores stay, a ten-thousandth of the rest.
    spores = VALUES["spore_share"]
    assert after == pytest.approx(before * (spores + (1 - spores) * 1e-4), rel=1e-6)


@pytest.mark.parametrize(("seconds", "logs"), [(3, 0.4), (15, 2.0), (30, 4.0), (50, 4.0)])
def test_log_reduction_rises_with_the_wet_time_up_to_thirty_seconds(seconds: float, logs: float) -> None:
    player = sprayed()
    player.wait(seconds - 0.05)
    player.do("take", hand="left", item="vial-pack")
    (ended,) = player.events("surface_disinfected")
    assert ended["ended_by"] == "taken"
    assert ended["log_reduction"] == pytest.approx(logs, abs=0.02)


def test_a_wet_thing_shines_less_and_less_until_it_is_dry() -> None:
    player = sprayed()
    player.session.snapshot()
    shine = []
    for _ in range(7):
        update = player.session.take_update() or {}
        if "vial-pack" in update.get("items", {}):
            shine.append(update["items"]["vial-pack"]["look"].get("wet"))
        player.wait(10)
    assert shine == [0.75, 0.5, 0.25, None]


def test_spraying_again_makes_the_wet_time_longer() -> None:
    player = sprayed()
    player.wait(40)
    player.do("use", hand="right", tool="spray", target="vial-pack", part="outer")
    player.wait(90)
    (dry,) = player.events("surface_disinfected")
    assert dry["wet_seconds"] == pytest.approx(100.05)


def test_gloves_are_sanitised_when_they_have_been_left_to_dry() -> None:
    player = Player()
    player.do("use", hand="right", tool="sanitiser", target="hand:right")
    assert player.world.hands["left"].patch.wet
    player.wait(60)
    assert [event["hand"] for event in player.events("garment_state", state="sanitised")] == ["left", "right"]


def test_a_wet_glove_that_touches_something_is_not_sanitised() -> None:
    player = Player()
    player.do("use", hand="right", tool="sanitiser", target="hand:right")
    player.wait(5)
    player.do("take", hand="right", item="spray")
    player.wait(60)
    assert [event["hand"] for event in player.events("garment_state", state="sanitised")] == ["left"]
    assert player.events("surface_disinfected", target="hand:right", ended_by="touched")


def test_gloves_cannot_be_rubbed_with_something_in_the_hand() -> None:
    player = Player()
    player.do("take", hand="left", item="bottle")
    why = player.refused("use", hand="right", tool="sanitiser", target="hand:right")
    assert "already holds" in why


@pytest.mark.parametrize(
    ("rows", "order", "overlap"),
    [
        ([-1.72, -1.65, -1.58, -1.51, -1.44, -1.37, -1.31], "back_to_front", True),
        ([-1.31, -1.37, -1.44, -1.51, -1.58, -1.65, -1.72], "front_to_back", True),
        ([-1.72, -1.50, -1.31], "back_to_front", False),
        ([-1.50, -1.72, -1.31], "mixed", False),
    ],
)
def test_wiping_is_judged_by_its_strokes(rows: list[float], order: str, overlap: bool) -> None:
    player = Player()
    player.do("take", hand="right", item="wipes")
    player.do("move", station="cabinet")
    path = [[[-0.58, z], [0.58, z]] for z in rows]
    player.do("use", hand="right", tool="wipes", target="worktop", path=path)
    (wetted,) = player.events("surface_wetted", target="worktop")
    assert (wetted["order"], wetted["overlap"]) == (order, overlap)
    assert (wetted["coverage"] > 0.9) is overlap


def test_a_surface_is_not_wiped_without_strokes() -> None:
    player = Player()
    player.do("take", hand="right", item="wipes")
    assert "strokes" in player.refused("use", hand="right", tool="wipes", target="trolley-top")


def test_a_wipe_over_a_sprayed_face_does_not_dry_it_sooner() -> None:
    player = sprayed()
    player.do("place", hand="right", on="trolley-top")
    player.do("take", hand="right", item="wipes")
    player.do("use", hand="right", tool="wipes", target="vial-pack", part="outer")
    player.wait(90)
    (dry,) = player.events("surface_disinfected", target="vial-pack")
    assert dry["wet_seconds"] == 60
