"""First air: hands above an open vial block it, hands beside it do not, and the dose says so."""

from __future__ import annotations

import pytest

from tests.training.player import Player

VIAL = "vial-3"


def opened() -> tuple[Player, tuple[float, float, float]]:
    """A session with one open vial, and the middle of its neck."""
    player = Player(fault="wrong-label-roll")
    player.set_up()
    player.do("open", hand="left", target=VIAL, part="foil")
    vial = player.world.items[VIAL]
    return player, vial.point((0.0, 0.040, 0.0))


def test_a_hand_above_an_open_vial_blocks_first_air_for_as_long_as_it_is_there() -> None:
    player, (x, y, z) = opened()
    player.pose(left=(x, y + 0.15, z))
    start = player.tick
    player.pose(left=(x, y + 0.15, z), ticks=40)
    events = player.pose(left=(-0.45, 1.0, -1.35), ticks=10)
    (shield,) = [event for event in events if event["kind"] == "shielded" and event["item"] == VIAL]
    assert shield["by"] == "left hand"
    assert shield["seconds"] == pytest.approx(2.5)
    assert shield["from_tick"] == start
    assert shield["cfu"] > 0


@pytest.mark.parametrize(("dx", "dy", "dz"), [(0.0, 0.15, 0.11), (0.0, -0.02, 0.03), (0.12, 0.10, 0.0)])
def test_a_hand_beside_or_below_blocks_nothing(dx: float, dy: float, dz: float) -> None:
    player, (x, y, z) = opened()
    # The right hand comes from the right, so that its forearm lies away from the vial too.
    player.pose(right=(x + dx, y + dy, z + dz))
    player.pose(right=(x + dx, y + dy, z + dz), ticks=40)
    player.pose(right=(0.45, 1.0, -1.25))
    assert not player.events("shielded", item=VIAL)


def test_reaching_across_an_open_vial_blocks_it_with_the_forearm() -> None:
    player, (x, y, z) = opened()
    player.pose(left=(x + 0.03, y + 0.06, z - 0.14))
    player.pose(left=(x + 0.03, y + 0.06, z - 0.14), ticks=20)
    player.pose(left=(-0.45, 1.0, -1.25))
    assert player.events("shielded", item=VIAL, by="left hand")


def test_a_tool_at_work_does_not_block_its_own_site_when_the_hand_is_beside() -> None:
    player, (x, y, z) = opened()
    hand = player.world.hands["right"]
    assert hand.holds is not None
    ox, oy, oz = hand.holds.spec.point_in_hand("tip", "barrel", "right")
    at = (x - ox, y - oy + 0.002, z - oz)
    player.pose(right=at)
    player.pose(right=at, ticks=20)
    player.pose(right=(0.45, 1.0, -1.25))
    assert not player.events("shielded", item=VIAL)


def test_a_thing_held_over_an_open_vial_blocks_it() -> None:
    player, (x, y, z) = opened()
    player.do("place", hand="left", on="worktop", pose=[-0.45, 0.9, -1.45])
    player.do("take", hand="left", item="bottle", grip="body")
    origin, _ = player.world.items["bottle"].spec.held("body", "left")
    at = (x - origin[0], y + 0.1 - origin[1], z - origin[2])
    player.pose(left=at)
    player.pose(left=at, ticks=20)
    player.pose(left=(-0.45, 1.0, -1.25))
    assert player.events("shielded", item=VIAL, by="bottle")


def test_a_hand_over_a_closed_vial_is_no_matter() -> None:
    player, _ = opened()
    vial = player.world.items["vial-9"]
    place = (vial.x, vial.y + 0.2, vial.z)
    player.pose(left=place)
    player.pose(left=place, ticks=40)
    player.pose(left=(-0.45, 1.0, -1.25))
    assert not player.events("shielded", item="vial-9")


def test_the_exposure_of_a_vial_ends_with_its_stopper() -> None:
    player, _ = opened()
    opened_at = player.tick
    player.wait(20)
    player.do("use", hand="left", tool="forceps", target="stopper-bowl")
    player.do("use", hand="left", tool="forceps", target=VIAL, part="neck")
    (exposed,) = player.events("exposed", item=VIAL)
    assert exposed["seconds"] == pytest.approx((player.tick - opened_at) / 20)
    assert exposed["part"] == "neck"


def test_what_is_still_open_at_the_finish_is_told_of() -> None:
    player, _ = opened()
    player.do("finish")
    assert player.events("exposed", item=VIAL)
    assert player.events("exposed", item="stopper-bowl")


def test_shielded_air_adds_to_the_dose_of_the_vial() -> None:
    player, (x, y, z) = opened()
    player.pose(left=(x, y + 0.15, z))
    player.pose(left=(-0.45, 1.0, -1.25), ticks=200)
    shielded = player.events("shielded", item=VIAL)[0]
    entries = player.world.organisms.ledger.of[VIAL]
    assert {entry.route for entry in entries} == {"air"}
    by_hand = [entry for entry in entries if entry.cause.startswith("left ")]
    assert {entry.cause for entry in by_hand} >= {"left glove above"}
    assert sum(float(entry.organisms[0]) for entry in by_hand) == pytest.approx(shielded["cfu"], rel=1e-5)


def test_the_room_is_worse_for_an_open_vial_than_clean_air() -> None:
    doses = []
    for carry_out in (False, True):
        player, _ = opened()
        if carry_out:
            player.do("place", hand="left", on="worktop", pose=[-0.45, 0.9, -1.45])
            player.do("take", hand="left", item=VIAL, grip="body")
            player.do("move", station="trolley")
        player.wait(60)
        player.do("finish")
        doses.append(player.dose(VIAL)["air"])
    assert doses[1] > 10 * doses[0]
