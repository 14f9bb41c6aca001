"""Loops made of controllers."""

from __future__ import annotations

import pytest

from resilience.twins.control.loops import Cascade, DeadBand, SplitRange, Stage
from resilience.twins.control.pid import Pid, Tuning
from resilience.twins.errors import BadInput

STAGES = [
    Stage("agitation", 0.0, 40.0, 20.0, 80.0),
    Stage("air", 40.0, 60.0, 4.0, 40.0),
    Stage("oxygen", 60.0, 100.0, 0.0, 100.0),
]


def test_oxygen_is_the_last_means() -> None:
    loop = SplitRange(Pid(Tuning(1.0, low=0.0), 100.0), STAGES)
    assert loop.do_step(1.0, 80.0) == {"agitation": 50.0, "air": 4.0, "oxygen": 0.0}
    assert loop.do_step(1.0, 50.0) == {"agitation": 80.0, "air": 22.0, "oxygen": 0.0}
    assert loop.do_step(1.0, 20.0) == {"agitation": 80.0, "air": 40.0, "oxygen": 50.0}


@pytest.mark.parametrize("demand", [0.0, 13.0, 40.0, 55.0, 60.0, 99.0, 100.0])
def test_the_demand_is_found_from_how_the_means_stand(demand: float) -> None:
    loop = SplitRange(Pid(Tuning(1.0), 0.0), STAGES)
    assert loop.demand({stage.name: stage.at(demand) for stage in STAGES}) == pytest.approx(demand)


def test_a_stage_needs_a_part_of_the_demand() -> None:
    with pytest.raises(BadInput, match="no part of the demand"):
        SplitRange(Pid(Tuning(1.0), 0.0), [Stage("air", 50.0, 50.0, 0.0, 1.0)])


def test_base_and_carbon_dioxide_never_work_against_each_other() -> None:
    loop = DeadBand(Pid(Tuning(200.0, integral=600.0, low=-100.0, band=0.05), 7.1), up=6.0, down=30.0)
    assert loop.do_step(20.0, 7.12) == (0.0, 0.0)
    base, gas = loop.do_step(20.0, 7.0)
    assert base > 0.0
    assert gas == 0.0
    for _ in range(100):
        loop.do_step(20.0, 6.9)
    # Back within the band nothing is left of what had built up.
    assert loop.do_step(20.0, 7.08) == (0.0, 0.0)
    base, gas = loop.do_step(20.0, 7.3)
    assert base == 0.0
    assert gas > 0.0


def test_without_a_band_they_would_fight() -> None:
    with pytest.raises(BadInput, match="no dead band"):
        DeadBand(Pid(Tuning(1.0), 7.0), 1.0, 1.0)


def test_the_outer_controller_sets_the_inner_one() -> None:
    inner = Pid(Tuning(5.0), 0.0)
    loop = Cascade(Pid(Tuning(2.0, low=6.0, high=48.0), 37.0), inner)
    assert loop.do_step(1.0, 30.0, 10.0) == pytest.approx(5.0 * (14.0 - 10.0))
    assert inner.state.setpoint == 14.0
