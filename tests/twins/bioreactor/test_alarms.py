"""The bioreactor's alarms: silent in a good run, and each raised by what it is for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from resilience.twins.bioreactor import recipe
from resilience.twins.bioreactor.alarms import alarms, points
from resilience.twins.bioreactor.reactor import Bioreactor
from resilience.twins.control.alarms import State

HOUR = 3_600.0
DAY = 86_400.0
BREAKS: dict[str, Callable[[Bioreactor], None]] = {
    "DO low": lambda vessel: vessel.fault("gas_loss"),
    "DO very low": lambda vessel: vessel.fault("power_cut"),
    "pressure high": lambda vessel: vessel.fault("foam_out", times=300.0),
    "foam high": lambda vessel: vessel.fault("foam_out", times=70.0),
    "pH low": lambda vessel: vessel.set("pH.sp", 6.7),
    "pH high": lambda vessel: vessel.act("base", volume=20.0),
    "T high": lambda vessel: vessel.set("T.sp", 39.0),
    "T low": lambda vessel: vessel.set("T.sp", 28.0),
    "volume high": lambda vessel: vessel.act("feed", flow=30.0),
    "DO high": lambda vessel: vessel.set("DO.sp", 99.0),
}


@pytest.mark.parametrize("scale", [2, 50, 2000])
def test_a_golden_run_raises_none(scale: int) -> None:
    vessel = Bioreactor(scale, seed=1)
    recipe.plan(vessel, harvest=False)
    watch = alarms(vessel)
    for _ in range(14 * 240):
        vessel.do_step(360.0)
        watch.do_step(360.0, vessel.get)
    assert watch.journal == ()


@pytest.mark.parametrize("name", [point.name for point in points(Bioreactor(2000))])
def test_each_is_raised_by_what_it_is_for(name: str) -> None:
    vessel = Bioreactor(2000, seed=1)
    recipe.plan(vessel, times=0.0)
    vessel.do_step(2.0 * DAY)
    watch = alarms(vessel)
    BREAKS[name](vessel)
    for _ in range(40 * 20):
        vessel.do_step(180.0)
        watch.do_step(180.0, vessel.get)
        if watch.states[name] is not State.NORMAL:
            break
    assert watch.states[name] is State.UNACKNOWLEDGED


def test_each_says_what_to_do() -> None:
    for point in points(Bioreactor(2)):
        assert point.what
        assert point.response


def test_a_limit_may_be_a_share_of_the_vessel() -> None:
    limits = {scale: {point.name: point.limit for point in points(Bioreactor(scale))} for scale in (2, 50)}
    assert limits[2]["volume high"] == pytest.approx(1.98)
    assert limits[50]["volume high"] == pytest.approx(49.5)
