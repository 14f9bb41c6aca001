"""The heat map: what came into each container, by route, spread over the steps of a session."""

from __future__ import annotations

import numpy as np
import pytest

from resilience.training.heat import MOST_STEPS, exposure, step_seconds
from resilience.twins.risk import Contribution, Ledger
from tests.training.runs import run


def ledger(*entries: tuple[str, int, float, float]) -> Ledger:
    """One vial, by route, tick, seconds and organisms."""
    found = Ledger(1)
    found.open("vial-1")
    for route, tick, seconds, organisms in entries:
        found.add("vial-1", Contribution(route, "cause", tick, seconds, np.array([organisms])))  # type: ignore[arg-type]
    return found


def test_what_came_over_a_time_is_spread_evenly_and_what_came_at_once_is_not() -> None:
    shown = exposure(ledger(("air", 40, 10.0, 1.0), ("surface", 130, 0.0, 3.0)), ["vial-1"], 400)
    assert shown["step_s"] == 5.0
    (row,) = shown["rows"]
    # From 2 s to 12 s, in steps of 5 s.
    assert row["air"] == pytest.approx([0.3, 0.5, 0.2, 0.0, 0.0])
    assert row["surface"] == [0.0, 3.0, 0.0, 0.0, 0.0]
    assert row["liquid"] == [0.0] * 5


def test_what_lasts_beyond_the_end_is_in_the_last_step() -> None:
    (row,) = exposure(ledger(("air", 0, 100.0, 1.0)), ["vial-1"], 100)["rows"]
    assert sum(row["air"]) == pytest.approx(1.0)


@pytest.mark.parametrize("minutes", [0.1, 5, 9, 12, 45, 600])
def test_a_session_has_no_more_steps_than_a_screen_can_show(minutes: float) -> None:
    ticks = int(minutes * 1200)
    assert ticks / 20 / step_seconds(ticks) <= MOST_STEPS


def test_the_map_adds_up_to_the_dose_of_every_vial() -> None:
    session = run("hand-over-vial").session
    ledger = session.world.organisms.ledger
    for row in exposure(ledger, session.assessment.units, session.tick)["rows"]:
        for route in ("air", "surface", "liquid"):
            assert sum(row[route]) == pytest.approx(float(ledger.expected(row["item"], route)[0]), rel=0.02)
