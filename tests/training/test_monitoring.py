"""The instruments of a batch: they read the twins, with the noise of counting, for the outcome and the reveal."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from resilience.training.monitoring_text import shown
from resilience.training.reveal import reveal
from resilience.training.simulation import simulate
from resilience.training.words import Words
from tests.training.player import VALUES, Player
from tests.training.runs import module, run

DAB, ROLLED = 0.29, 0.5


def readings(player: Player) -> dict[tuple[str, str], dict[str, Any]]:
    """The readings of a session that ends now, by instrument and place."""
    player.do("finish")
    found = player.session.outcome().environment
    return {(reading["instrument"], reading["place"]): reading for reading in found}


def test_every_instrument_of_the_scene_reads_once() -> None:
    found = [(reading["instrument"], reading["place"]) for reading in run().outcome.environment]
    assert found == [
        *[("counter", "work-zone"), ("settle", "worktop"), ("contact", "worktop"), ("contact", "sleeve")],
        *[("dab", "hand:left"), ("dab", "hand:right")],
    ]


def test_plates_and_dabs_take_up_their_share_of_what_lies_there() -> None:
    player = Player()
    found = readings(player)
    assert found["contact", "worktop"]["expected"] == pytest.approx(ROLLED * VALUES["worktop"])
    assert found["contact", "sleeve"]["expected"] == pytest.approx(ROLLED * VALUES["sleeve"])
    assert found["dab", "hand:left"]["expected"] == pytest.approx(DAB * VALUES["glove_start"])
    assert sum(found["dab", "hand:left"]["fingers"].values()) == found["dab", "hand:left"]["colonies"]


def test_a_dirty_glove_exceeds_its_limit_and_a_hand_without_one_is_not_dabbed() -> None:
    player = Player()
    twin = player.world.organisms.twin
    twin.settle("hand:left", np.full(65, 100.0), "test")
    player.do("doff", garment="glove-right")
    found = readings(player)
    assert found["dab", "hand:left"]["exceeds"]
    assert found["dab", "hand:left"]["colonies"] > found["dab", "hand:left"]["limit"] == 5
    assert ("dab", "hand:right") not in found


def test_a_settle_plate_gathers_clean_air_and_more_where_a_hand_stays_over_it() -> None:
    quiet = Player()
    quiet.wait(60)
    clean = readings(quiet)["settle", "worktop"]
    # 0.01 MCP/m3 at 0.46 cm/s on 63.6 cm2.
    assert clean["expected"] == pytest.approx(0.01 * 0.0046 * 0.00636 * 60, rel=0.02)
    over = Player()
    over.do("move", station="cabinet")
    x, y, z = -0.04, 0.905, -1.62
    over.pose(right=(x, y + 0.14, z))
    over.pose(right=(x, y + 0.14, z), ticks=1200)
    assert readings(over)["settle", "worktop"]["expected"] > 3 * clean["expected"]


def test_a_settle_plate_is_covered_after_four_hours() -> None:
    player = Player()
    player.wait(5 * 3600)
    assert readings(player)["settle", "worktop"]["minutes"] == 240


def test_the_counter_reads_nothing_in_clean_air_and_the_room_while_the_cabinet_does_not_protect() -> None:
    clean = Player()
    clean.wait(300)
    reading = readings(clean)["counter", "work-zone"]
    assert (reading["windows"], reading["fine"]["highest"], reading["above"]) == (5, 0.0, 0)
    failing = Player()
    failing.do("move", station="cabinet")
    failing.do("operate", target="cabinet", control="power", value=False)
    failing.wait(300)
    reading = readings(failing)["counter", "work-zone"]
    assert reading["exceeds"]
    assert reading["coarse"]["highest"] > reading["coarse"]["limit"] == 29
    # Some 60 coarse particles a cubic metre are 1.3 in a count of 28 L: a count may well be none.
    assert 0 < reading["above"] <= reading["windows"] == 5
    assert reading["fine"]["highest"] > reading["coarse"]["highest"]


def test_readings_are_the_same_again_and_differ_by_seed() -> None:
    assert run("expert", 2).outcome.environment == run("expert", 2).outcome.environment
    colonies = {run("expert", seed).outcome.environment[3]["colonies"] for seed in (1, 2, 3)}
    assert len(colonies) > 1


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_person_reads_what_where_how_much_and_the_limit(language: str) -> None:
    found = shown(run().outcome.environment, Words(module(), language))
    assert all(reading["name"] and reading["text"] for reading in found)
    assert reveal(run().session, language)["monitoring"] == found
    settle = found[1]
    assert ("no growth" if language == "en" else "dim twf") in settle["text"]


def test_a_module_without_instruments_has_no_readings() -> None:
    assert simulate("controls", "expert", 1).outcome.environment == ()
