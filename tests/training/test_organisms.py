"""The touch twin behind the simulator: it is told of everything, keeps account, and says what lies where."""

from __future__ import annotations

import numpy as np
import pytest

from resilience.training.session import SEEN
from resilience.twins.draws import Floats
from tests.training.player import VALUES, Player
from tests.training.runs import run

NO_TEAR, TEAR = 1, 3
"""Seeds of the module: one without, one with a torn glove."""


def doses(trainee: str, seed: int = NO_TEAR) -> Floats:
    """(K + 1,) expected organisms in all units."""
    done = run(trainee, seed).session
    ledger = done.world.organisms.ledger
    total: Floats = np.sum([ledger.expected(unit) for unit in done.assessment.units], axis=0)
    return total


@pytest.mark.parametrize(("trainee", "seed"), [("expert", NO_TEAR), ("expert", TEAR), ("sleeve-on-neck", NO_TEAR)])
def test_nothing_is_lost_in_a_whole_session(trainee: str, seed: int) -> None:
    twin = run(trainee, seed).session.world.organisms.twin
    assert np.abs(twin.discrepancy()).max() < 1e-9


def test_the_twin_has_the_time_and_the_volumes_of_the_session() -> None:
    world = run("expert").session.world
    assert world.organisms.twin.time == pytest.approx(world.clock.seconds, abs=60.0)
    for item in world.items.values():
        if item.spec.liquid is not None:
            assert world.organisms.twin.millilitres(item.id) == pytest.approx(item.ml, abs=1e-9)


def test_spores_outlast_every_rub_of_alcohol() -> None:
    vegetative, spores = run("expert").session.world.organisms.twin.by_kind("hand:left")[:, 0]
    assert spores > 50 * vegetative


def test_a_tear_that_nobody_changes_brings_skin_to_what_is_touched() -> None:
    player = Player(fault="torn-glove")
    player.set_up()
    for number in range(1, 12):
        player.fill(f"vial-{number}")
        if player.events("fault"):
            break
    side = player.events("garment_state", state="torn")[0]["hand"]
    before = player.on("worktop")
    player.do("touch", hand=side, target="worktop")
    by_skin = VALUES["bare"] * VALUES["torn_share"] * VALUES["skin"]
    assert player.on("worktop") - before == pytest.approx(by_skin, rel=0.1)


def test_every_error_costs_more_than_the_expert_in_every_version_of_the_truth() -> None:
    """Draws are looked up by what they are for, so that two runs can be compared member by member."""
    expert = doses("expert")
    for trainee in ("hand-over-vial", "sleeve-on-neck", "guides-needle"):
        assert (doses(trainee) > expert).all(), trainee


def test_what_falls_on_a_wet_face_ends_its_wet_time() -> None:
    player = Player()
    player.do("use", hand="right", tool="sanitiser", target="hand:right")
    player.wait(5)
    player.do("touch", hand="left", target="hand:right")
    ended = {event["target"]: event["ended_by"] for event in player.events("surface_disinfected")}
    assert ended == {"hand:right": "touched", "hand:left": "touched"}


def test_what_lies_on_faces_is_told_most_first_and_nothing_that_is_clean() -> None:
    player = Player()
    found = player.session.lying()
    loads = [organisms for *_, organisms in found]
    assert loads == sorted(loads, reverse=True)
    assert min(loads) >= SEEN
    assert found[0] == ("floor", "surface", VALUES["floor"])
    assert ("hand:left", "glove", VALUES["glove_start"]) in found
    assert not any(owner.startswith(("vial-1", "stopper", "syringe")) and "pack" not in owner for owner, *_ in found)
    # Skin is seen when the glove is off.
    assert "skin" not in {part for _, part, _ in found}
    player.do("doff", garment="glove-right")
    assert ("hand:right", "skin", VALUES["skin"]) in player.session.lying()


def test_a_rub_with_alcohol_takes_a_glove_out_of_the_light() -> None:
    player = Player()
    player.do("use", hand="right", tool="sanitiser", target="hand:right")
    player.wait(60)
    gloves = [owner for owner, part, _ in player.session.lying() if part == "glove"]
    assert gloves == []
