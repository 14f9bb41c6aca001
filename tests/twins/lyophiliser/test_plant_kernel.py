"""The plant against scipy with its equations written anew, its order, its conservation, and its parts by hand."""

from __future__ import annotations

import math
from contextlib import suppress
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad, solve_ivp

from resilience.twins.lyophiliser import plant
from resilience.twins.lyophiliser import plant_kernel as k
from resilience.twins.lyophiliser import twin as dryer_module
from resilience.twins.lyophiliser.one_vial import CONSTANTS
from resilience.twins.lyophiliser.twin import Lyophiliser
from resilience.twins.shape import Stopped
from tests.twins.lyophiliser.runs import HOUR, kinds
from tests.twins.lyophiliser.shadow import rates

P = plant.built(plant.values())
OFF = k.Setting(*[0.0] * len(k.Setting._fields))


class Beside:
    """A dryer, and scipy's LSODA at rtol 1e-9 that is told the same."""

    def __init__(self) -> None:
        self.dryer = Lyophiliser()
        self.y = self.dryer._state.y.copy()

    def act(self, name: str, **how: float | str) -> None:
        self.dryer.act(name, **how)
        self._told()

    def fault(self, name: str, **how: float | str) -> None:
        self.dryer.fault(name, **how)

    def run(self, hours: float) -> float:
        """Both go on; returns the largest difference of any state, relative or to its scale."""
        left, dryer = hours * HOUR, self.dryer
        while left > 1e-6:
            state = dryer._state
            ends = (until - dryer.seconds for until in (state.shelf_until, state.pressure_until))
            part = min(left, *(end if end > 1e-6 else math.inf for end in ends))
            setting = dryer.setting()
            dryer.do_step(part)
            found = solve_ivp(
                lambda _, y, s=setting: rates(dryer.plant, s, y),
                (0.0, part), self.y, method="LSODA", rtol=1e-9, atol=1e-11 * plant.SCALE,
            )  # fmt: skip
            assert found.success
            self.y = found.y[:, -1]
            left -= part
        return float((np.abs(dryer._state.y - self.y) / np.maximum(np.abs(self.y), plant.SCALE)).max())

    def _told(self) -> None:
        self.y[[k.SHELF_SET, k.PRESSURE_SET]] = self.dryer._state.y[[k.SHELF_SET, k.PRESSURE_SET]]


def test_a_whole_cycle_with_a_leak_is_that_of_scipy() -> None:
    both = Beside()
    # From where it is frozen: nucleation is a jump, tested by itself.
    state = both.dryer._state
    state.liquid = dict.fromkeys(state.liquid, False)
    for y in (state.y, both.y):
        y[[k.FLUID, k.SHELF, k.SHELF_SET, k.GROUPS + k.PRODUCT, k.GROUPS + k.WIDTH + k.PRODUCT]] = -40.0
    both.act("cool_condenser")
    worst = [both.run(0.5)]
    both.act("pressure", to=100.0)
    both.act("evacuate")
    worst.append(both.run(1.0))
    both.act("shelf", to=-5.0, rate=0.5)
    worst.append(both.run(4.0))
    both.fault("vacuum_leak", rate=500.0)
    worst.append(both.run(1.0))
    both.act("mend", fault="vacuum_leak")
    worst.append(both.run(9.0))
    both.fault("condenser_overload", share=0.05)
    both.act("secondary", to=25.0, rate=0.2)
    worst.append(both.run(5.0))
    assert max(worst) <= 1e-6
    assert both.dryer.truth("centre_dried") > 99.9


def test_cooling_to_nucleation_is_that_of_scipy() -> None:
    both = Beside()
    both.act("shelf", to=-45.0, rate=1.0)
    assert both.run(0.6) <= 1e-7
    assert "nucleation" not in kinds(both.dryer)


def test_smaller_tolerances_come_nearer_with_order_four() -> None:
    """The error of a step falls with its fifth power, which tells that every coefficient is right."""
    y = plant.start(P, -30.0)
    y[[k.AIR, k.AIR_CONDENSER]] *= 1e-4
    y[k.COIL] = -70.0
    setting = OFF._replace(valve=1.0, pumping=1.0, refrigerating=1.0, circulating=1.0)
    f, jacobian = np.empty(k.SIZE), np.empty((k.SIZE, k.SIZE))
    settled = y.copy()
    k.advance(P, setting, settled, plant.SCALE, 600.0, 1.0, 1e-9, -99.0)

    def error(h: float) -> float:
        new = settled.copy()
        k.rates(P, setting, settled, f)
        k._jacobian(P, setting, settled, f, plant.SCALE, jacobian)
        assert k._rosenbrock(P, setting, settled, f, h, jacobian, new, np.empty(k.SIZE))
        exact = settled.copy()
        k.advance(P, setting, exact, plant.SCALE, h, h / 64.0, 1e-12, -99.0)
        slow = [k.COIL, k.GROUPS + k.PRODUCT, k.GROUPS + k.WIDTH + k.PRODUCT]
        return float(np.abs(new - exact)[slow].max())

    errors = [error(h) for h in (240.0, 120.0, 60.0)]
    orders = [math.log2(a / b) for a, b in pairwise(errors)]
    assert min(orders) > 3.5, (errors, orders)


@settings(max_examples=25, deadline=None)
@given(
    shelf=st.floats(-40.0, 30.0),
    mtorr=st.floats(30.0, 600.0),
    fault=st.sampled_from(["none", "vacuum_leak", "door_seal", "condenser_overload", "shelf_fluid_loss", "power_cut"]),
    size=st.floats(0.0, 1.0),
    at=st.floats(4.5, 12.0),
    warm=st.floats(-20.0, 50.0),
    vials=st.integers(10, 800),
    edge=st.floats(0.1, 0.4),
)
def test_no_water_and_no_air_is_made_or_lost(
    shelf: float, mtorr: float, fault: str, size: float, at: float, warm: float, vials: int, edge: float
) -> None:
    dryer = Lyophiliser(parameters={"vials": vials, "edge_share": edge})
    water, air = plant.water(dryer.plant, dryer._state.y), plant.air(dryer._state.y)
    dryer.act("shelf", to=-45.0, rate=1.0)
    dryer.act("cool_condenser", at=2.0 * HOUR)
    dryer.act("pressure", at=2.5 * HOUR, to=mtorr)
    dryer.act("evacuate", at=3.0 * HOUR)
    dryer.act("shelf", at=3.5 * HOUR, to=shelf)
    takes = {
        "vacuum_leak": {"rate": 10.0 ** (4.0 * size - 1.0)},
        "door_seal": {"conductance": 10.0 ** (5.0 * size - 5.0)},
        "condenser_overload": {"share": 0.5 * size},
        "power_cut": {"minutes": 60.0 + 300.0 * size},
    }
    if fault != "none":
        dryer.fault(fault, at=at * HOUR, **takes.get(fault, {}))
    dryer.act("pressure_rise_test", at=14.0 * HOUR) if fault != "power_cut" else None
    dryer.act("secondary", at=16.0 * HOUR, to=warm)
    dryer.act("vent", at=23.0 * HOUR)
    with suppress(Stopped):  # what has melted boils: still nothing is lost
        dryer.do_step(24.0 * HOUR)
    y = dryer._state.y
    assert np.all(np.isfinite(y))
    assert plant.water(dryer.plant, y) == pytest.approx(water, rel=1e-9)
    assert plant.air(y) == pytest.approx(air, rel=1e-9)
    assert y[[k.WATER, k.AIR, k.WATER_CONDENSER, k.AIR_CONDENSER]].min() > -1e-9
    for group in (k.CENTRE, k.EDGE):
        dried, bound, _, collapsed, melted = y[k.GROUPS + group * k.WIDTH + k.DRIED :][:5]
        assert -1e-9 <= dried <= 1.0 + 1e-9
        assert dryer.plant.bound_left - 1e-9 <= bound <= dryer.plant.bound + 1e-9
        assert -1e-9 <= collapsed <= 1.0 + dryer.plant.front / dryer.plant.length
        assert -1e-9 <= melted <= 1.0 + 1e-9


def test_a_vial_in_steady_state_is_that_of_the_quasi_steady_equations() -> None:
    v = plant.values()
    bottom, pressure, dried = -30.0, 100.0 * plant.MILLITORR, 0.4
    surface, flux = k.sublimation(P, dried, bottom, pressure)
    layer = dried * plant.frozen_height(v)
    resistance = v["r0"] + v["a1"] * layer
    per_hour = flux * 1e-4 * HOUR  # g/(m2 s) to g/(h cm2)
    assert per_hour == pytest.approx((2.698e10 * math.exp(-6144.96 / (surface + 273.15)) - 0.1) / resistance, rel=1e-9)
    left = plant.frozen_height(v) - layer
    conducted = CONSTANTS["k_ice_cal_cm_s_K"] * (bottom - surface) / left
    assert per_hour * CONSTANTS["dHs_cal_g"] / HOUR == pytest.approx(conducted, rel=1e-8)
    assert k.sublimation(P, 0.4, -60.0, pressure) == (-60.0, 0.0)


def test_the_duct_is_choked_at_the_published_line() -> None:
    torr = np.array([0.1, 0.2, 0.4])
    flows = np.array([k.through_duct(P, 1.0, each * plant.TORR, 0.0, 1.0) for each in torr])  # mol/s of vapour
    published = -0.182 + 11.7 * torr  # kg/h
    assert flows * k.WATER_MASS * 3.6 == pytest.approx(published, rel=0.03)
    assert k.through_duct(P, 1.0, 10.0, 10.0, 1.0) == 0.0
    assert k.through_duct(P, 0.0, 10.0, 0.0, 1.0) == 0.0
    assert k.through_duct(P, 1.0, 10.0, 0.0, 0.0) < k.through_duct(P, 1.0, 10.0, 0.0, 1.0)


def test_heat_is_kept_when_a_supercooled_vial_nucleates() -> None:
    after = dryer_module._after_nucleation(P, P.freezes - 4.0)
    assert P.freezes - P.melting_range < after < P.freezes
    down, _ = quad(lambda t: k.heat_capacity(P, t), after, P.freezes, limit=200)
    before = (P.mass * P.cp_liquid + P.glass) * 4.0
    assert P.mass * down + P.glass * (P.freezes - after) == pytest.approx(before, rel=1e-6)


def test_melting_takes_the_heat_of_fusion() -> None:
    low, high = P.freezes - P.melting_range, P.freezes
    taken, _ = quad(lambda t: k.heat_capacity(P, t), low, high)
    assert taken == pytest.approx(P.fusion + 0.5 * (P.cp_ice + P.cp_liquid) * P.melting_range, rel=1e-6)
    assert k.melted(P, low) == 0.0
    assert k.melted(P, high) == 1.0


def test_a_state_that_is_no_number_does_not_go_on() -> None:
    y = plant.start(P, 20.0)
    y[k.COIL] = math.nan
    how, gone, _ = k.advance(P, OFF._replace(circulating=1.0), y, plant.SCALE, 60.0, 1.0, 1e-7, -99.0)
    assert how == k.TOO_STIFF
    assert gone < 60.0
