"""The skid's equations: against scipy with its own flux, against the closed forms, and conservation."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from resilience.twins.ultrafiltration import closed, plant
from resilience.twins.ultrafiltration import kernel as k
from resilience.twins.ultrafiltration.twin import Ultrafiltration
from tests.twins.ultrafiltration.runs import HOUR, IDEAL, run

REFERENCE = (1.303764424296634, 3.9687866776977585, 0.47067534969209013)
"""h: 200 L of 10 g/L to 50, eight diavolumes, to 150 g/L on 3 m2 at 15 L/(m2 h) under a gel layer of 300 g/L."""


def test_under_a_gel_layer_the_run_takes_as_long_as_the_closed_form() -> None:
    skid, hours = run(IDEAL)
    assert hours == pytest.approx(REFERENCE, rel=1e-6)
    assert skid.truth("salt_left") == pytest.approx(math.exp(-8.0), rel=1e-9)
    assert skid._state.y[k.ADDED] == pytest.approx(320.0, rel=1e-9)
    assert skid.truth("volume") == pytest.approx(40.0 / 3.0, rel=1e-9)


@pytest.mark.parametrize(("diavolumes", "sieving"), [(5.0, 1.0), (8.0, 0.9), (3.0, 0.85)])
def test_salt_goes_as_exp_of_diavolumes_and_sieving(diavolumes: float, sieving: float) -> None:
    skid, _ = run({**IDEAL, "sieving": sieving}, diavolumes=diavolumes, end=50.001)
    # While it is concentrated, what does not sieve stays behind: (V0/V)^(1 - S).
    kept = (200.0 / skid.truth("volume")) ** (1.0 - sieving)
    assert skid.truth("salt_left") == pytest.approx(kept * math.exp(-diavolumes * sieving), rel=1e-4)


def test_fouled_to_a_share_it_takes_as_much_longer() -> None:
    def fouled(skid: Ultrafiltration) -> None:
        skid.fault("fouling", share=0.6)

    _, hours = run(IDEAL, fouled)
    assert hours == pytest.approx([each / 0.6 for each in REFERENCE], rel=1e-6)
    assert sum(hours) - sum(REFERENCE) == pytest.approx(3.83, abs=0.01)


def shadow_flux(m: k.Membrane, r: k.Running, c: float, fouling: float) -> float:
    """The flux, as docs/twins/ultrafiltration.md has it."""
    if r.crossflow <= 0.0 or not r.permeating:
        return 0.0
    mu = math.exp(m.intrinsic * c / (1.0 - m.crowding * m.intrinsic * c))
    mass = m.k0 * r.transfer * (r.crossflow / m.crossflow0) ** m.crossflow_power * mu**-m.viscosity_power
    along = m.drop0 * (r.crossflow / m.crossflow0) ** m.drop_crossflow * mu**m.drop_viscosity
    pressure = max(r.pressure, along / 2.0)
    cp = (1.0 - r.rejection) * c

    def pi(x: float) -> float:
        return m.osmotic1 * x + m.osmotic2 * x**2 + m.osmotic3 * x**3

    def excess(j: float) -> float:
        wall = cp + (c - cp) * math.exp(j / mass)
        return j * (m.resistance / r.transfer + fouling) + pi(wall) - pi(cp) - pressure

    most = mass * math.log((m.gel - cp) / (c - cp))
    if excess(0.0) >= 0.0:
        return 0.0
    return most if excess(most) <= 0.0 else float(brentq(excess, 0.0, most, xtol=1e-13, rtol=1e-14))


def shadow(m: k.Membrane, r: k.Running) -> Any:
    def rates(_: float, y: Any) -> list[float]:
        volume, protein, aggregate, salt, _, _, _, _, _, fouling = y
        j = shadow_flux(m, r, (protein + aggregate) / volume, fouling)
        out = j * m.area * (1.0 - r.air)
        lost = (1.0 - r.rejection) * out * protein / volume
        spoils = m.shear * 60.0 * r.crossflow * m.area / volume * (1.0 + m.foam * r.air) * protein
        into = (out if r.feeding else 0.0) + r.flushing
        leaves = m.sieving * out * salt / volume
        return [into - out, -lost - spoils, spoils, -leaves, out, lost, leaves, -into, into, m.fouling * j]

    return rates


def test_a_whole_run_is_that_of_scipy() -> None:
    """Concentrate, breach, diafilter with air, flush: each phase by both; crossflow and pressure change on the way."""
    skid = Ultrafiltration(parameters={"rejection": 0.995, "sieving": 0.93, "fouling": 2e-5, "shear": 5e-6})
    y = skid._state.y.copy()

    def both(hours: float) -> float:
        nonlocal y
        rates = shadow(skid.membrane, skid.running())
        found = solve_ivp(rates, (0.0, hours), y, method="DOP853", rtol=1e-9, atol=1e-10, max_step=0.02)
        y = found.y[:, -1]
        skid.do_step(hours * HOUR)
        return float((np.abs(skid._state.y - y) / np.maximum(np.abs(y), 1e-3)).max())

    skid.act("concentrate", to=120.0)
    worst = [both(0.8)]
    skid.act("transmembrane_pressure", to=0.6)
    skid.act("crossflow", to=6.5)
    worst.append(both(0.5))
    skid.fault("membrane_breach", rejection=0.9)
    worst.append(both(0.2))
    skid.act("start_diafiltration", diavolumes=20.0)
    skid.fault("air", share=0.2)
    worst.append(both(1.5))
    skid.act("mend", fault="air")
    skid.fault("fouling", share=0.7)
    worst.append(both(1.0))
    skid.act("flush", litres=50.0)
    worst.append(both(0.1))
    assert max(worst) <= 1e-5, worst


@settings(max_examples=40, deadline=None)
@given(
    volume=st.floats(20.0, 500.0), concentration=st.floats(1.0, 40.0), area=st.floats(0.5, 20.0),
    pressure=st.floats(0.1, 3.0), crossflow=st.floats(0.5, 8.0), rejection=st.floats(0.0, 0.999),
    buffer=st.floats(0.0, 200.0), air=st.floats(0.01, 0.9), hours=st.floats(0.1, 6.0),
)  # fmt: skip
def test_no_liquid_protein_or_salt_is_made_or_lost(
    volume: float, concentration: float, area: float, pressure: float, crossflow: float, rejection: float,
    buffer: float, air: float, hours: float,
) -> None:  # fmt: skip
    v = plant.values({"volume": volume, "concentration": concentration, "area": area, "buffer": buffer})
    m, y = plant.built(v), plant.start(v)
    before = plant.balances(y)
    base = k.Running(pressure, crossflow, 1.0, 0.0, 0.0, rejection, 1.0, 0.0)
    for r in (base, base._replace(feeding=1.0), base._replace(air=air), base._replace(flushing=10.0, permeating=0.0)):
        how, gone = k.advance(m, r, y, hours * HOUR, 1.0, math.inf)
        assert gone <= hours * HOUR + 1e-6
        assert how in (k.DONE, k.VOLUME_REACHED, k.BUFFER_EMPTY)
        assert np.all(np.isfinite(y))
        assert plant.balances(y) == pytest.approx(before, rel=1e-9)
        assert y[k.VOLUME] >= 1.0 - 1e-6
        assert y[k.BUFFER] >= -1e-6


def test_the_flux_against_osmosis_is_that_of_the_closed_form() -> None:
    v = plant.values({"viscosity_power": 0.0, "rejection": 1.0, "k0": 20.0})
    m = plant.built(v)._replace(gel=1e6)
    for c, pressure, expected in ((10.0, 0.7, 57.66569388323045), (150.0, 1.4, 21.428490056146277)):
        flux, wall = k.flux(m, k.Running(pressure, 5.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0), c, 0.0)
        pi = (v["osmotic1"], v["osmotic2"], v["osmotic3"])
        assert flux == pytest.approx(closed.osmotic_flux(pressure, 0.01, 20.0, c, pi)[0], rel=1e-9)
        assert flux == pytest.approx(expected, rel=1e-9)
        assert wall == pytest.approx(c * math.exp(flux / 20.0), rel=1e-9)


def test_flux_and_viscosity_at_their_limits() -> None:
    m = plant.built(plant.values())
    on = k.Running(1.4, 5.0, 1.0, 0.0, 0.0, 0.999, 1.0, 0.0)
    assert k.flux(m, on, 300.0, 0.0)[0] == 0.0
    assert k.flux(m, on._replace(permeating=0.0), 10.0, 0.0) == (0.0, 10.0)
    assert k.flux(m, on._replace(crossflow=0.0), 10.0, 0.0) == (0.0, 10.0)
    assert k.flux(m, on, 0.0, 0.0)[0] == pytest.approx(1.4 / 0.01)
    assert k.viscosity(m, 0.0) == 1.0
    assert 3.0 < k.viscosity(m, 150.0) < 8.0
    # More pressure presses no more through a gel.
    assert k.flux(m, on._replace(pressure=3.0), 50.0, 0.0)[0] == k.flux(m, on._replace(pressure=2.0), 50.0, 0.0)[0]
