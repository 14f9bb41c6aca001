"""The vessel's equations: against an adaptive integrator, its accounts, its chemistry, its gas."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from resilience.twins.bioreactor import kernel, recipe
from resilience.twins.bioreactor.reactor import Bioreactor

DAY = 86_400.0
DOINGS: list[tuple[str, dict[str, Any]]] = [
    ("feed", {"flow": 0.03}),
    ("feed", {"flow": 0.0}),
    ("feed", {"flow": 0.2}),
    ("base", {"volume": 0.05}),
    ("antifoam", {"volume": 2.0}),
    ("sample", {"volume": 50.0}),
    ("temperature_shift", {"to": 33.0}),
    ("loop", {"name": "DO", "mode": "manual"}),
    ("loop", {"name": "DO", "mode": "auto"}),
    ("loop", {"name": "T", "mode": "manual"}),
    ("calibrate", {"probe": "pH", "reference": 7.2}),
    ("repair", {"what": "gas"}),
]
FAULTS: list[tuple[str, dict[str, Any]]] = [
    ("gas_loss", {}),
    ("feed_stop", {}),
    ("power_cut", {}),
    ("foam_out", {"times": 200.0}),
    ("contamination", {"cfu": 1e6}),
    ("wrong_feed", {"bottle": "salt"}),
    ("probe_drift", {}),
    ("probe_stuck", {"probe": "DO"}),
]


def by_hand(scale: int = 50) -> Bioreactor:
    """Inoculated and connected, every loop in manual: what acts on it is what is set."""
    vessel = Bioreactor(scale)
    for action, how in (("inoculate", {}), ("connect", {"line": "feed"}), ("connect", {"line": "base"})):
        vessel.act(action, **how)
    for name in ("DO", "pH", "T"):
        vessel.act("loop", name=name, mode="manual")
    return vessel


def test_it_follows_an_adaptive_integrator_through_two_weeks_of_doings() -> None:
    """LSODA at rtol 1e-9, begun anew at each doing: every amount within 1e-5 of its largest value."""
    vessel = by_hand()
    vessel.set("agitation", 120.0)
    vessel.set("air", 0.6)
    plan = {2: ("feed", {"flow": 0.02}), 4: ("base", {"volume": 0.02}), 6: ("antifoam", {"volume": 3.0})}
    plan |= {8: ("feed", {"flow": 0.05}), 11: ("sample", {"volume": 100.0}), 12: ("feed", {"flow": 0.0})}
    state, row = vessel.vessel, vessel.row
    dy = np.empty(kernel.SIZE)

    def slopes(_: float, y: Any) -> Any:
        kernel.slopes(y, valves, row, dy)
        return dy.copy()

    largest, apart = np.zeros(kernel.SIZE), np.zeros(kernel.SIZE)
    for day in range(14):
        if day == 3:
            vessel.set("oxygen", 0.8)
            vessel.set("air", 0.3)
        if day in plan:
            action, how = plan[day]
            vessel.act(action, **how)
        before, valves = state.culture.copy(), state.valves.copy()
        vessel.do_step(DAY)
        reference = solve_ivp(slopes, (0.0, 24.0), before, "LSODA", rtol=1e-9, atol=1e-10, max_step=0.25).y[:, -1]
        largest = np.maximum(largest, np.abs(reference))
        apart = np.maximum(apart, np.abs(state.culture - reference))
    # What is next to nothing throughout has no relative error.
    assert (apart / np.maximum(largest, 1e-6)).max() < 1e-5


def test_with_its_loops_closed_it_follows_too() -> None:
    """Between two scans everything is held: LSODA from scan to scan for an hour, loops as the kernel closes them."""
    vessel = Bioreactor(2000)
    recipe.plan(vessel)
    vessel.do_step(3.0 * DAY)
    other = vessel.fork()
    state, row = other.vessel, other.row
    dy = np.empty(kernel.SIZE)
    for _ in range(180):
        valves = state.valves.copy()

        def slopes(_: float, y: Any, valves: Any = valves) -> Any:
            kernel.slopes(y, valves.copy(), row, dy)
            return dy.copy()

        found = solve_ivp(slopes, (0.0, kernel.STEP), state.culture, "LSODA", rtol=1e-9, atol=1e-12).y[:, -1]
        other.do_step(3600.0 * kernel.STEP)
        assert state.culture == pytest.approx(found, rel=1e-7, abs=1e-9)
        state.culture[:] = found
    vessel.do_step(3600.0)
    assert vessel.vessel.culture == pytest.approx(state.culture, rel=1e-5, abs=1e-8)


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from([2, 50, 2000]),
    st.lists(st.tuples(st.floats(0.1, 40.0), st.sampled_from(DOINGS)), max_size=8),
    st.lists(st.tuples(st.floats(0.1, 150.0), st.sampled_from(FAULTS)), max_size=3),
)
def test_whatever_is_done_nothing_is_lost(
    scale: int, doings: list[tuple[float, tuple[str, dict[str, Any]]]], faults: list[Any]
) -> None:
    vessel = Bioreactor(scale, seed=3)
    for action, how in (("inoculate", {}), ("connect", {"line": "feed"}), ("connect", {"line": "base"})):
        vessel.act(action, **how)
    for hours, (name, how) in faults:
        vessel.fault(name, at=hours * 3600.0, **how)
    size = scale / 50.0
    for hours, (action, how) in doings:
        vessel.do_step(hours * 3600.0)
        # Volumes and flows are those of 50 L, small enough for each vessel at its own size.
        vessel.act(
            action,
            **{
                key: value * min(size, 1.0) if key in ("flow", "volume") and action != "sample" else value
                for key, value in how.items()
            },
        )
    vessel.do_step(24.0 * 3600.0)
    for name, (came, accounted) in vessel.account().items():
        assert accounted == pytest.approx(came, rel=1e-9), name
    y = vessel.vessel.culture
    assert np.isfinite(y).all()
    assert y[: kernel.STAGED].min() > -1e-6 * y[0]


@given(st.floats(5.0, 60.0), st.floats(0.5, 60.0), st.floats(0.0, 40.0))
def test_charges_balance_at_the_ph_that_is_found(ions: float, carbon: float, lactate: float) -> None:
    k1, kb, buffer = 7.94e-7, 6.3e-8, 8.0
    h = kernel.protons(ions, carbon, lactate, k1, kb, buffer)
    balance = carbon * k1 / (k1 + h) + buffer * kb / (kb + h) - (ions - lactate)
    at_an_end = h in (1e-5, 1e-9)
    assert at_an_end or balance == pytest.approx(0.0, abs=1e-6)
    if at_an_end:
        assert (balance > 0.0) == (h == 1e-5) or balance == pytest.approx(0.0, abs=0.1)


def test_bicarbonate_at_five_percent_carbon_dioxide_gives_the_ph_of_the_textbook() -> None:
    """Henderson and Hasselbalch: 24 mM bicarbonate and 1.2 mM carbon dioxide are pH 7.4."""
    h = kernel.protons(24.0, 25.2, 0.0, 10**-6.1, 6.3e-8, 1e-12)
    assert -math.log10(h) == pytest.approx(7.4, abs=0.005)


def test_without_gas_ten_million_cells_empty_forty_percent_in_two_minutes() -> None:
    vessel = by_hand(2000)
    y = vessel.vessel.culture
    y[1], y[2] = 10.0 * y[0], 0.0
    y[kernel.OXYGEN] = 0.4 * vessel.vessel.plant.oxygen_air * y[0]
    vessel.fault("gas_loss")
    seconds = 0.0
    before = vessel.truth("DO")
    while vessel.truth("DO") > 20.0:
        vessel.do_step(1.0)
        seconds += 1.0
    # From the slope of the first half, for near nothing the cells breathe less.
    assert before / (before - vessel.truth("DO")) * seconds == pytest.approx(121.0, rel=0.05)


def test_gas_transfer_is_that_of_the_correlation_and_grows_with_both() -> None:
    vessel = by_hand(2000)
    vessel.set("agitation", 60.0)
    vessel.set("air", 20.0)
    p = vessel.numbers
    watts = 2.5 * 1000.0 * 1.0 * 0.5**5
    speed = 20.0 / 60000.0 * 1.135 / 1.131
    volume = vessel.truth("volume")
    assert vessel.truth("power") == pytest.approx(1000.0 * watts / volume)
    expected = 3600.0 * p.kla_a * (1000.0 * watts / volume) ** 0.4 * speed**0.5
    assert vessel.truth("kLa") == pytest.approx(expected)
    assert 2.0 < expected < 15.0
    vessel.act("antifoam", volume=100.0)
    assert vessel.truth("kLa") < 0.75 * expected


def test_oxygen_comes_to_what_the_gas_holds_where_nobody_breathes() -> None:
    vessel = by_hand(2)
    y = vessel.vessel.culture
    y[1:4] = 0.0
    vessel.set("agitation", 300.0)
    vessel.set("air", 0.04)
    vessel.do_step(DAY)
    # Bubbles have the overpressure of 50 mbar and half the liquid's height, the surface has neither.
    plant = vessel.vessel.plant
    bubbles = 100.0 * (1.0 + (0.05 + 0.5 * 9.81e-5 * y[0] / 0.0133) / (1.01325 - 0.0628))
    held = (plant.k_oxygen * bubbles + plant.k_surface * 100.0) / (plant.k_oxygen + plant.k_surface)
    assert vessel.truth("DO") == pytest.approx(held, rel=1e-4)
    assert 100.0 < held < bubbles < 107.0


@pytest.mark.parametrize(("celsius", "share"), [(37.0, 1.0), (33.0, 0.648), (32.0, 0.5), (26.0, 0.0), (42.0, 0.0)])
def test_cells_work_as_their_warmth_lets_them(celsius: float, share: float) -> None:
    vessel = by_hand(50)
    assert kernel._warmth(celsius, vessel.numbers) == pytest.approx(share, abs=1e-3)


def test_many_cells_and_bacteria_do_not_shake_the_integrator() -> None:
    vessel = by_hand(2)
    y = vessel.vessel.culture
    y[1] = 60.0 * y[0]
    vessel.fault("contamination", cfu=1e9)
    vessel.do_step(2.0 * DAY)
    assert np.isfinite(y).all()
    assert vessel.truth("DO") >= 0.0
    assert y[4] > -1e-6
