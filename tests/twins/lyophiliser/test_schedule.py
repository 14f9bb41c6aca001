"""Schedules: ramps counted into their stages, stages lengthened to their ramps, the last duration used again."""

from __future__ import annotations

from typing import Any

import pytest

from resilience.twins.errors import BadInput
from resilience.twins.inputs import Inputs
from resilience.twins.lyophiliser import schedule

SHELF = (-70.0, 80.0)


def shelf(**given: Any) -> schedule.Schedule:
    return schedule.shelf(Inputs(given, "Tshelf"), *SHELF)


def test_a_ramp_counts_into_its_stage() -> None:
    found = shelf(init=-40.0, setpt=[-25.0, 0.0], dt_setpt=[600.0, 1200.0], ramp_rate=0.5)
    assert found.hours == pytest.approx([0.0, 0.5, 10.0, 10.0 + 25 / 30, 30.0])
    assert list(found.values) == [-40.0, -25.0, -25.0, 0.0, 0.0]


def test_a_stage_shorter_than_its_ramp_is_lengthened_to_it_and_has_no_hold() -> None:
    found = shelf(init=-40.0, setpt=[20.0, -20.0], dt_setpt=[30.0], ramp_rate=1.0)
    assert found.hours == pytest.approx([0.0, 1.0, 1.0 + 40 / 60])
    assert list(found.values) == [-40.0, 20.0, -20.0]


def test_the_last_duration_is_used_again() -> None:
    found = shelf(init=0.0, setpt=[0.0, 10.0, 20.0], dt_setpt=[60.0, 120.0], ramp_rate=1.0)
    assert found.end == pytest.approx(1.0 + 2.0 + 2.0)


def test_the_first_pressure_holds_from_the_start() -> None:
    given = Inputs({"setpt": [0.1, 0.4], "dt_setpt": [240.0, 120.0], "ramp_rate": 0.5}, "Pchamber")
    found = schedule.pressure(given, 0.005, 5.0)
    assert found.hours == pytest.approx([0.0, 4.0, 4.0 + 0.6 / 60, 6.0])
    assert list(found.values) == [0.1, 0.1, 0.4, 0.4]


@pytest.mark.parametrize(
    ("change", "what", "where"),
    [
        ({"setpt": []}, "no set-point", "Tshelf"),
        ({"dt_setpt": []}, "no set-point", "Tshelf"),
        ({"dt_setpt": [60.0, 60.0, 60.0]}, "3 durations for 2", "Tshelf.dt_setpt"),
        ({"setpt": [0.0, 90.0]}, "the value is 90", r"Tshelf.setpt\[1\]"),
        ({"dt_setpt": [-60.0]}, "a stage of -60 min", r"Tshelf.dt_setpt\[0\]"),
        ({"ramp_rate": 0.0}, "without a ramp", "Tshelf.ramp_rate"),
        ({"ramp_rate": -1.0}, "the value is -1", "Tshelf.ramp_rate"),
        ({"init": -200.0}, "the value is -200", "Tshelf.init"),
        ({"ramp": 1.0}, "unknown key `ramp`", "Tshelf"),
    ],
)
def test_what_cannot_be_is_named(change: dict[str, Any], what: str, where: str) -> None:
    given = {"init": -40.0, "setpt": [-25.0, 0.0], "dt_setpt": [600.0], "ramp_rate": 0.5, **change}
    with pytest.raises(BadInput, match=f"{where}: .*{what}"):
        shelf(**given)
