"""The vessel's right-hand side against the equations of docs/twins/bioreactor.md, written anew without the kernel."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resilience.twins.bioreactor import kernel, state
from resilience.twins.bioreactor.reactor import Bioreactor


def acidity(ions: float, carbon: float, lactate: float, p: Any) -> float:
    """pH by halving the interval in which charges balance."""

    def surplus(ph: float) -> float:
        h = 10.0**-ph
        return float(carbon * p.K1 / (p.K1 + h) + p.buffer * p.Kb / (p.Kb + h) - (ions - lactate))

    low, high = 5.0, 9.0
    for _ in range(80):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if surplus(middle) < 0.0 else (low, middle)
    return 0.5 * (low + high)


def cardinal(celsius: float, p: Any) -> float:
    if not p.T_min < celsius < p.T_max:
        return 0.0
    top = (celsius - p.T_max) * (celsius - p.T_min) ** 2
    span = p.T_best - p.T_min
    return float(
        top / (span * (span * (celsius - p.T_best) - (p.T_best - p.T_max) * (p.T_best + p.T_min - 2.0 * celsius)))
    )


def slopes(amounts: dict[str, float], s: Any, p: Any) -> dict[str, float]:
    """dy/dt per hour by the page, for the amounts that have a balance of their own."""
    V = amounts["volume"]  # noqa: N806  the page's names
    X, dead, lysed, G, N, L, A = (  # noqa: N806
        amounts[name] / V for name in ("viable", "dead", "lysed", "glucose", "glutamine", "lactate", "ammonia")
    )
    O, C, B, T = amounts["oxygen"] / V, amounts["carbon"] / V, amounts["bugs"] / V, amounts["temperature"]  # noqa: E741, N806
    h = 10.0 ** -acidity(amounts["ions"] / V, C, L, p)
    gas = C * h / (p.K1 + h)
    osm = p.osmotic * (amounts["salts"] / V + C + G + N + L + A)
    over = max(osm - p.osm_best, 0.0)
    theta, f_o = cardinal(T, p), O / (p.KO + O)
    q_g1 = theta * p.qG_max1 * G / (p.KG + G) * N / (p.KGn1 + N)
    q_n1 = theta * p.qGn_max1 * N / (p.KGn + N) * p.KN / (p.KN + A)
    q_g, q_n = min(q_g1, theta * p.qG_max2), min(q_n1, theta * p.qGn_max2)
    f_h = (1 + 2 * p.K_pH) / (1 + p.K_pH * (h / p.h_best + p.h_best / h))
    f_osm, f_gas = 1 / (1 + (over / p.K_osm) ** 2), 1 / (1 + (gas / p.K_CO2) ** 2)
    mu = (p.a * q_g + p.cc * q_n) * f_h * f_osm * f_gas * f_o * p.KI_lac / (p.KI_lac + L)
    death = sum(
        [
            theta * p.mu_d_max * p.KGd / (p.KGd + G) * p.KGnd / (p.KGnd + N),
            p.k_toxic * lysed,
            p.k_d * L / (p.KD_lac + L) * A / (p.KD_amm + A),
            p.k_osm * (1 - f_osm),
            p.k_spoil * B / (p.K_bugs + B),
            p.k_anoxia / (1 + (O / p.KO_d) ** 2),
            p.k_acid * (1 - f_h) ** 3,
            p.k_heat * max(T - p.T_heat, 0.0) ** 2,
        ]
    )
    switch = f_o / (1 + (q_g1 / p.q_switch) ** 4)
    back = theta * switch * p.q_lac * L / (p.K_lac + L)
    cool = (1 + p.cool_product * min(p.T_best - T, 5.0)) * min(2 * theta, 1.0) if p.T_best >= T else theta
    secreted = (
        p.alpha * mu + p.beta * cool * (1 + p.salt_product * min(over, 150)) / (1 + (A / p.KA_product) ** 4)
    ) * X
    fed = q_g1**2 / (p.q_gal**2 + q_g1**2)
    share = p.gal_best * (p.gal_starved + (1 - p.gal_starved) * fed)
    share = share / (1 + (A / p.KA_gal) ** 2) / (1 + p.salt_gal * over)
    mild = min(max(1 + (T - 37) / p.bugs_span, 0.0), 1.2) * p.bugs_h / (p.bugs_h + h)
    mu_b = p.bugs_mu * mild * G / (p.bugs_KG + G) * (p.bugs_anaerobic + (1 - p.bugs_anaerobic) * f_o)
    breathed = (p.q_O2 * theta * f_o + 3 * back) * X + p.bugs_O2 * mu_b * f_o * B
    return {
        "volume": s.feed_flow + s.base_flow,
        "viable": V * (mu - death - p.k_lysis_v) * X,
        "dead": V * (death * X - p.k_lysis_d * dead),
        "lysed": V * (p.k_lysis_v * X + p.k_lysis_d * dead),
        "glucose": s.feed_flow * s.feed_glucose - V * ((q_g1 + theta * min(p.mG, G)) * X + p.bugs_glucose * mu_b * B),
        "glutamine": s.feed_flow * s.feed_glutamine - V * (q_n1 + theta * min(p.mGn, N)) * X,
        "lactate": V
        * ((p.b * q_g * (1 - switch) + 2 * (q_g1 - q_g) + 0.5 * (q_n1 - q_n) - back) * X + p.bugs_acid * mu_b * B),
        "ammonia": V * (p.d * q_n + q_n1 - q_n) * X,
        "antibody": V * secreted,
        "good": V * secreted * share - p.k_clip * (dead + lysed) * amounts["good"],
        "oxygen": V * (s.k_oxygen * (s.oxygen_full - O) + s.k_surface * (s.oxygen_air - O) - breathed),
        "carbon": V * (breathed - s.k_carbon * (gas - s.carbon_full) - p.carbon_slower * s.k_surface * gas)
        + s.base_flow * p.base_carbon,
        "ions": s.base_flow * p.base_ions,
        "salts": s.feed_flow * s.feed_salts + s.base_flow * p.base_ions,
        "temperature": (
            3.6 * (p.jacket_watts * (amounts["jacket"] - T) + p.room_watts * (p.room - T) + s.stirring)
            + p.heat * V * breathed
        )
        / (4.18 * V),
        "jacket": p.jacket_speed * (s.jacket_aim - amounts["jacket"]),
        "bugs": V * mu_b * B,
        "foam": s.gas * (1 + (dead + lysed) / p.foam_cells + amounts["antibody"] / V / p.foam_product)
        - amounts["foam"] * (1 + 1000 * amounts["antifoam"] / V / p.foam_antifoam) / p.foam_life,
        "antifoam": -amounts["antifoam"] / p.antifoam_life,
    }


@settings(deadline=None, max_examples=150)
@given(
    st.fixed_dictionaries(
        {
            "viable": st.floats(0.01, 20.0),
            "dead": st.floats(0.0, 10.0),
            "lysed": st.floats(0.0, 5.0),
            "glucose": st.floats(0.01, 60.0),
            "glutamine": st.floats(0.001, 10.0),
            "lactate": st.floats(0.0, 20.0),
            "ammonia": st.floats(0.0, 15.0),
            "antibody": st.floats(0.0, 2000.0),
            "good": st.floats(0.0, 500.0),
            "oxygen": st.floats(1e-4, 0.5),
            "carbon": st.floats(5.0, 40.0),
            "ions": st.floats(22.0, 30.0),
            "salts": st.floats(200.0, 500.0),
            "bugs": st.floats(0.0, 5000.0),
            "antifoam": st.floats(0.0, 0.1),
        }
    ),
    st.floats(22.0, 43.0),
    st.floats(0.0, 1.0),
)
def test_slopes_are_those_of_the_page(concentrations: dict[str, float], celsius: float, feed: float) -> None:
    vessel = Bioreactor(50, changed={"k_lysis_d": 0.01, "k_lysis_v": 0.001, "k_toxic": 0.007, "alpha": 1.0})
    vessel.act("connect", line="feed")
    vessel.act("feed", flow=feed)
    for name in ("DO", "pH"):
        vessel.act("loop", name=name, mode="manual")
    vessel.set("oxygen", 0.7)
    vessel.set("co2", 0.2)
    now = vessel.vessel
    volume = float(now.culture[0])
    for name, value in concentrations.items():
        now.culture[state.AMOUNTS.index(name)] = value * volume
    now.culture[kernel.HEAT], now.culture[kernel.FOAM] = celsius, 3.0
    dy = np.zeros(kernel.SIZE)
    kernel.slopes(now.culture, now.valves, vessel.row, dy)
    amounts = dict(zip(state.AMOUNTS, now.culture.tolist(), strict=True))
    expected = slopes(amounts, now.plant, vessel.numbers)
    found = dict(zip(state.AMOUNTS, dy.tolist(), strict=True))
    for name, value in expected.items():
        # The slopes of gas are small differences of large numbers.
        scale = abs(value) + 1e-6 * abs(amounts[name])
        assert found[name] == pytest.approx(value, abs=1e-7 * scale + 1e-9), name
    assert len(expected) == kernel.STAGED


def test_what_is_turned_over_adds_up() -> None:
    """The ledger's slopes are the parts of the balances."""
    vessel = Bioreactor(50)
    vessel.act("inoculate", density=3.0)
    vessel.act("connect", line="feed")
    vessel.act("feed", flow=0.05)
    now = vessel.vessel
    dy = np.zeros(kernel.SIZE)
    kernel.slopes(now.culture, now.valves, vessel.row, dy)
    slope = dict(zip(state.AMOUNTS, dy.tolist(), strict=True))
    assert slope["glucose"] == pytest.approx(slope["glucose_fed"] - slope["glucose_used"])
    assert slope["glutamine"] == pytest.approx(slope["glutamine_fed"] - slope["glutamine_used"])
    assert slope["oxygen"] == pytest.approx(slope["oxygen_in"] - slope["oxygen_used"])
    assert slope["carbon"] == pytest.approx(slope["carbon_made"] - slope["carbon_out"])
    assert slope["viable"] + slope["dead"] + slope["lysed"] == pytest.approx(slope["grew"])
    assert math.isclose(slope["volume"], slope["fed"] + slope["based"])
