"""The loops that are compiled into the vessel do what those of `control` do, scan by scan."""

from __future__ import annotations

import numpy as np
import pytest

from resilience.twins.bioreactor import kernel, numbers
from resilience.twins.bioreactor.reactor import Bioreactor
from resilience.twins.control.loops import DeadBand, SplitRange, Stage
from resilience.twins.control.pid import Pid, Tuning

SCAN = 3600.0 * kernel.STEP
CHANCE = np.random.default_rng(5)
WALK = 40.0 + np.cumsum(CHANCE.normal(0.0, 4.0, 400))


def scanned(vessel: Bioreactor, row: int, value: float) -> None:
    """One scan while an instrument shows this value."""
    vessel.vessel.instruments[row, kernel.STUCK] = value
    kernel._scan(
        vessel.vessel.culture,
        vessel.vessel.plant,
        numbers.named(vessel.row, kernel.NUMBERS_TYPE),
        vessel.vessel.instruments,
    )


def test_dissolved_oxygen_by_split_range() -> None:
    vessel = Bioreactor(2000)
    p = vessel.numbers
    vessel.act("loop", name="pH", mode="manual")
    pid = Pid(Tuning(p.do_gain, 3600.0 * p.do_time), 40.0)
    loop = SplitRange(
        pid,
        [
            Stage("agitation", 0.0, p.split_air, p.agitation_min, p.agitation_max),
            Stage("air", p.split_air, p.split_oxygen, p.air_min, p.air_max),
            Stage("oxygen", p.split_oxygen, 100.0, 0.0, p.oxygen_max),
        ],
    )
    limits = set()
    for value in WALK:
        scanned(vessel, kernel.DO, value)
        expected = loop.do_step(SCAN, value)
        limits.add(pid.state.out)
        assert {name: vessel.get(name) for name in expected} == pytest.approx(expected, rel=1e-12, abs=1e-12)
    # The walk was long enough to reach both ends.
    assert {0.0, 100.0} <= limits


def test_ph_by_base_and_carbon_dioxide() -> None:
    vessel = Bioreactor(2000)
    p = vessel.numbers
    vessel.act("connect", line="base")
    pid = Pid(Tuning(p.ph_gain, 3600.0 * p.ph_time, low=-100.0, band=0.05), 7.1)
    loop = DeadBand(pid, up=p.base_max, down=p.co2_max)
    for value in 7.1 + 0.01 * (WALK - 40.0):
        scanned(vessel, kernel.PH, value)
        base, gas = loop.do_step(SCAN, value)
        assert (vessel.get("base.flow"), vessel.get("co2")) == pytest.approx((base, gas), rel=1e-9, abs=1e-12)


def test_temperature_by_the_jacket() -> None:
    vessel = Bioreactor(50)
    p = vessel.numbers
    pid = Pid(Tuning(p.t_gain, 3600.0 * p.t_time, low=p.jacket_min - 37.0, high=p.jacket_max - 37.0), 37.0)
    for value in 37.0 + 0.05 * (WALK - 40.0):
        scanned(vessel, kernel.TEMPERATURE, value)
        assert vessel.vessel.plant.jacket_aim == pytest.approx(37.0 + pid.do_step(SCAN, value), rel=1e-12)
