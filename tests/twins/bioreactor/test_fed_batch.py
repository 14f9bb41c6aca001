"""The reference model: against equations written anew and an adaptive integrator, on inputs of our own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from resilience.twins.bioreactor import fed_batch, numbers
from resilience.twins.errors import BadInput
from resilience.twins.shape import Stopped

START = {"viable": 0.06, "dead": 0.005, "glucose": 6.0, "glutamine": 1.0, "lactate": 0.05, "ammonia": 0.1}
FEED = {"glucose": 30.0, "glutamine": 12.0}
LYSIS = {"k_lysis_v": 0.001, "k_lysis_d": 0.01, "k_toxic": 0.007}


def slopes(_: float, m: Any, flow: float, feed: Mapping[str, float], k: Mapping[str, float]) -> list[float]:
    """The model as it is published, written without a look at the kernel. m: volume, then amounts."""
    volume = m[0]
    x, x_dead, x_lysed, glc, gln, _, amm, _ = m[1:] / volume
    glc, gln = max(glc, 0.0), max(gln, 0.0)
    uptake_glc = k["qG_max1"] * glc / (k["KG"] + glc) * gln / (k["KGn1"] + gln)
    uptake_gln = k["qGn_max1"] * gln / (k["KGn"] + gln) * k["KN"] / (k["KN"] + amm)
    burnt_glc, burnt_gln = min(uptake_glc, k["qG_max2"]), min(uptake_gln, k["qGn_max2"])
    growth = k["a"] * burnt_glc + k["cc"] * burnt_gln
    death = k["mu_d_max"] * k["KGd"] / (k["KGd"] + glc) * k["KGnd"] / (k["KGnd"] + gln) + k["k_toxic"] * x_lysed
    rates = [
        (growth - death) * x - k["k_lysis_v"] * x,
        death * x - k["k_lysis_d"] * x_dead,
        k["k_lysis_v"] * x + k["k_lysis_d"] * x_dead,
        -(uptake_glc + min(k["mG"], glc)) * x,
        -(uptake_gln + min(k["mGn"], gln)) * x,
        (k["b"] * burnt_glc + 2 * (uptake_glc - burnt_glc) + 0.5 * (uptake_gln - burnt_gln)) * x,
        (k["d"] * burnt_gln + uptake_gln - burnt_gln) * x,
        (k["alpha"] * growth + k["beta"]) * x,
    ]
    return [
        flow,
        *(volume * rate + flow * feed.get(name, 0.0) for name, rate in zip(fed_batch.AMOUNTS, rates, strict=True)),
    ]


@pytest.mark.parametrize(
    ("start", "feed", "schedule", "changed"),
    [
        (START, FEED, [(0.0, 0.0), (48.0, 0.002), (90.0, 0.006), (150.0, 0.001)], {}),
        (START, FEED, [(0.0, 0.001), (70.25, 0.004)], LYSIS),
        ({**START, "viable": 3.0}, {"glucose": 200.0, "glutamine": 60.0}, [(0.0, 0.002), (33.3, 0.0)], {"alpha": 2.0}),
        ({**START, "glutamine": 0.02}, {}, [(0.0, 0.0)], {}),
    ],
)
def test_it_follows_an_adaptive_integrator_over_a_whole_run(
    start: dict[str, float], feed: dict[str, float], schedule: list[tuple[float, float]], changed: dict[str, float]
) -> None:
    end = 200.0
    ours = fed_batch.run(0.35, start, feed, schedule, end, 5.0, changed)
    k = {parameter.name: parameter.value for parameter in numbers.file(numbers.KINETICS)} | changed
    m = np.array([0.35, *(start.get(name, 0.0) for name in fed_batch.AMOUNTS)])
    rows = [(0.0, m)]
    for (begin, flow), (until, _) in zip(schedule, [*schedule[1:], (end, 0.0)], strict=True):
        times = ours.times[(ours.times > begin) & (ours.times <= until)]
        found = solve_ivp(
            slopes, (begin, until), m, "LSODA", times, args=(flow, feed, k), rtol=1e-9, atol=1e-12, max_step=1.0
        )
        m = found.y[:, -1]
        rows += list(zip(times.tolist(), found.y.T, strict=True))
    reference = np.array([row for _, row in rows])
    assert [time for time, _ in rows] == ours.times.tolist()
    concentrations = reference[:, 1:] / reference[:, :1]
    scale = np.maximum(concentrations.max(axis=0), 1e-3)
    assert np.abs(ours.concentrations - concentrations).max(axis=0) / scale == pytest.approx(0.0, abs=1e-5)
    assert ours.volume == pytest.approx(reference[:, 0], rel=1e-9)


@settings(deadline=None, max_examples=25)
@given(st.floats(0.05, 20.0), st.floats(0.0, 60.0), st.floats(0.0, 20.0), st.floats(0.0, 0.02), st.floats(0.0, 300.0))
def test_volume_and_cells_are_accounted_for(viable: float, glc: float, gln: float, flow: float, fed: float) -> None:
    start = {"viable": viable, "dead": 0.1, "glucose": glc, "glutamine": gln}
    course = fed_batch.run(1.0, start, {"glucose": fed, "dead": 0.5}, [(0.0, 0.0), (20.0, flow)], 60.0, 10.0, LYSIS)
    assert course.volume[-1] == pytest.approx(1.0 + 40.0 * flow, rel=1e-9)
    assert np.isfinite(course.concentrations).all()
    # Without growth cells only change their kind; those fed in come on top.
    still = {"a": 0.0, "cc": 0.0, **LYSIS}
    course = fed_batch.run(1.0, start, {"dead": 0.5}, [(0.0, 0.0), (20.0, flow)], 60.0, 10.0, still)
    cells = course.concentrations[-1, :3].sum() * course.volume[-1]
    assert cells == pytest.approx(viable + 0.1 + 40.0 * flow * 0.5, rel=1e-9)


def test_lysed_cells_let_the_number_of_viable_cells_fall() -> None:
    """The published run to 300 h with lysis and toxicity: 1.7594e9 viable cells at most, 1.4531e9 at the end."""
    amounts = {
        "viable": 0.0516,
        "dead": 0.006,
        "glucose": 5.349,
        "glutamine": 1.122,
        "lactate": 0.036,
        "ammonia": 0.072,
    }
    changed = {"k_lysis_d": 0.01, "k_toxic": 0.007}
    feed = {"glucose": 15.0, "glutamine": 9.3}
    course = fed_batch.run(0.3, amounts, feed, [(0.0, 0.0), (63.5, 1.0 / 240.0)], 300.0, 0.5, changed)
    viable = course.concentrations[:, 0] * course.volume
    assert viable.max() == pytest.approx(1.7594, rel=5e-4)
    assert viable[-1] == pytest.approx(1.4531, rel=5e-4)


def test_a_row_stands_at_each_change_of_the_feed_and_at_the_end() -> None:
    course = fed_batch.run(0.3, START, FEED, [(0.0, 0.0), (1.2, 0.1)], 2.75, 0.5)
    assert course.times.tolist() == [0.0, 0.5, 1.0, 1.2, 1.5, 2.0, 2.5, 2.75]
    assert course.volume[3] == pytest.approx(0.3)
    assert course.volume[-1] == pytest.approx(0.3 + 0.155)


def test_the_first_row_holds_before_its_own_time() -> None:
    course = fed_batch.run(0.3, START, FEED, [(1.0, 0.1)], 2.0, 1.0)
    assert course.volume[-1] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"volume": 0.0}, "Give a volume above 0 L"),
        ({"amounts": {"viable": -1.0}}, "amounts.viable: -1 Give a number from 0 up"),
        ({"amounts": {"sugar": 1.0}}, "unknown key `sugar` Use viable"),
        ({"feed": {"glucose": float("nan")}}, "feed.glucose"),
        ({"schedule": [(10.0, 0.1), (5.0, 0.2)]}, "not in order of time"),
        ({"schedule": [(0.0, -0.1)]}, "a flow is negative"),
        ({"t_end": 0.0}, "Give both above 0 h"),
        ({"changed": {"qMax": 1.0}}, "unknown parameter `qMax` Use qG_max1"),
    ],
)
def test_wrong_inputs_are_named(change: dict[str, Any], message: str) -> None:
    given = {"volume": 0.3, "amounts": START, "feed": FEED, "schedule": [(0.0, 0.0)], "t_end": 10.0} | change
    with pytest.raises(BadInput, match=message):
        fed_batch.run(**given)


def test_where_numbers_end_it_stops_and_says_so() -> None:
    with pytest.raises(Stopped, match="the amounts have left all numbers"):
        fed_batch.run(0.3, {**START, "viable": 1.0}, FEED, [(0.0, 0.0)], 10.0, 1.0, {"beta": 1e308, "alpha": 1e308})
