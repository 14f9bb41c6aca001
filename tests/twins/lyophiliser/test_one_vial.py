"""One vial on a schedule: against scipy at rtol 1e-10 with other equations, the reference program, and its limits."""

from __future__ import annotations

import copy
import csv
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import cumulative_trapezoid, solve_ivp
from scipy.optimize import brentq

from resilience.twins.errors import BadInput
from resilience.twins.lyophiliser.cases import run_case

REFERENCES = Path(__file__).parents[2] / "reference" / "lyo"
LATENT, ICE, CONDUCTIVITY = 678.0, 0.918, 0.0059


def case(name: str) -> dict[str, Any]:
    inputs: dict[str, Any] = json.loads((REFERENCES / f"{name}.json").read_text())["inputs"]
    return inputs


def ran(inputs: dict[str, Any]) -> dict[str, Any]:
    return run_case({**inputs, "trajectory": True})


def psub(celsius: float) -> float:
    return float(2.698e10 * np.exp(-6144.96 / (celsius + 273.15)))


def corners(inputs: dict[str, Any]) -> tuple[list[float], list[float]]:
    """The shelf's corners, worked out another way: stage by stage."""
    shelf = inputs["Tshelf"]
    hours, values = [0.0], [shelf["init"]]
    for n, setpoint in enumerate(shelf["setpt"]):
        lasts = shelf["dt_setpt"][min(n, len(shelf["dt_setpt"]) - 1)] / 60.0
        ramp = abs(setpoint - values[-1]) / shelf["ramp_rate"] / 60.0
        begun = hours[-1]
        hours += [begun + ramp, max(begun + lasts, begun + ramp + 1e-9)]
        values += [setpoint, setpoint]
    return hours, values


def shadow(inputs: dict[str, Any], dynamic: bool) -> Any:
    """Dried length and bottom temperature by LSODA, piece by piece between the shelf's corners; one pressure."""
    vial, product, ht = inputs["vial"], inputs["product"], inputs["ht"]
    c = product["cSolid"]
    length = vial["Vfill"] / (vial["Ap"] * ICE) * (1.0 - c * (1.0 - ICE) / 1.5)
    pressure = inputs["Pchamber"]["setpt"][0]
    kv = ht["KC"] + ht["KP"] * pressure / (1.0 + ht["KD"] * pressure)
    speed = (1.0 - c * (1.0 - ICE) / 1.5) / (1.0 - c / 1.5) / ICE
    hours, values = corners(inputs)

    def steady(dried: float, shelf: float) -> tuple[float, float, float]:
        if psub(shelf) <= pressure:
            return shelf, shelf, 0.0

        def flux(ts: float) -> float:
            resistance = product["R0"] + product["A1"] * dried / (1.0 + product["A2"] * dried)
            return (psub(ts) - pressure) / resistance

        def bottom(ts: float) -> float:
            return ts + (length - dried) * LATENT * flux(ts) / 3600.0 / CONDUCTIVITY

        def balance(ts: float) -> float:
            return vial["Ap"] * LATENT * flux(ts) / 3600.0 - kv * vial["Av"] * (shelf - bottom(ts))

        ts = brentq(balance, shelf - 80.0, shelf + 80.0, xtol=1e-13, rtol=1e-15)
        return ts, bottom(ts), flux(ts)

    def moving(dried: float, bottom: float) -> tuple[float, float]:
        if psub(bottom) <= pressure:
            return bottom, 0.0

        def flux(ts: float) -> float:
            return (psub(ts) - pressure) / (product["R0"] + product["A1"] * dried / (1.0 + product["A2"] * dried))

        def balance(ts: float) -> float:
            return bottom - ts - (length - dried) * LATENT * flux(ts) / 3600.0 / CONDUCTIVITY

        ts = brentq(balance, bottom - 80.0, bottom, xtol=1e-13, rtol=1e-15)
        return ts, flux(ts)

    def rates(hour: float, y: Any) -> list[float]:
        shelf = float(np.interp(hour, hours, values))
        if not dynamic:
            return [steady(min(y[0], length), shelf)[2] * speed, 0.0]
        flux = moving(min(y[0], length), y[1])[1]
        holds = vial["glass_g"] * 0.2 + ICE * vial["Ap"] * 2.03 / 4.184 * max(length - y[0], 0.0)
        heat = kv * vial["Av"] * (shelf - y[1]) * 3600.0 - vial["Ap"] * LATENT * flux
        return [flux * speed, heat / holds]

    def dry(_: float, y: Any) -> float:
        return float(y[0] - length)

    dry.terminal = True  # type: ignore[attr-defined]
    y, times, dried, bottoms, dry_at = np.array([0.0, values[0]]), [], [], [], None
    dt = inputs["dt_hr"]
    for begins, ends in pairwise(hours):
        grid = np.arange(np.ceil(begins / dt - 1e-9), np.ceil(ends / dt - 1e-9)) * dt
        found = solve_ivp(
            rates, (begins, ends), y, method="LSODA", rtol=1e-10, atol=1e-12, t_eval=[*grid, ends], events=dry
        )
        kept = found.t < (ends if found.status == 0 else found.t_events[0][0])
        times += list(found.t[kept])
        dried += list(found.y[0][kept])
        bottoms += list(found.y[1][kept])
        if found.status == 1:
            dry_at = float(found.t_events[0][0])
            break
        y = found.y[:, -1]
    if not dynamic:
        bottoms = [steady(layer, float(np.interp(t, hours, values)))[1] for t, layer in zip(times, dried, strict=True)]
    return np.array(times), 100.0 * np.array(dried) / length, np.array(bottoms), dry_at


@pytest.mark.parametrize("dynamic", [False, True])
@pytest.mark.parametrize(
    "change",
    [
        {},
        {"product": {"cSolid": 0.12, "R0": 3.1, "A1": 9.0, "A2": 1.7}},
        {"vial": {"Av": 7.1, "Ap": 6.2, "Vfill": 6.0}, "dt_hr": 0.05},
        {"Tshelf": {"init": -50.0, "setpt": [-10.0, -30.0, 15.0], "dt_setpt": [300.0, 100.0, 1e4], "ramp_rate": 0.25}},
        {"Pchamber": {"setpt": [0.04], "dt_setpt": [1e5], "ramp_rate": 0.5}, "dt_hr": 0.037},
    ],
)
def test_a_whole_drying_is_that_of_scipy(change: dict[str, Any], dynamic: bool) -> None:
    inputs = {**case("example"), **copy.deepcopy(change)}
    if dynamic:
        inputs |= {"product_temperature": "dynamic", "units": {**inputs["units"], "glass_g": "g"}}
        inputs["vial"] = {**inputs["vial"], "glass_g": 4.0}
    times, dried, bottoms, dry_at = shadow(inputs, dynamic)
    found = ran(inputs)
    course = found["trajectory"]
    assert course["time_hr"] == pytest.approx(times, abs=1e-9)
    assert np.abs(np.array(course["dried_pct"]) - dried).max() <= 1e-5 * 100.0
    assert np.abs(np.array(course["Tbot_C"]) - bottoms).max() <= 1e-5 * np.abs(bottoms).max()
    assert found["dry_at_hr"] == pytest.approx(dry_at, rel=1e-5)


@settings(max_examples=40, deadline=None)
@given(
    solids=st.floats(0.0, 0.3),
    r0=st.floats(0.0, 6.0),
    a1=st.floats(0.1, 30.0),
    a2=st.floats(0.0, 5.0),
    torr=st.floats(0.01, 1.5),
    shelf=st.floats(-50.0, 40.0),
    fill=st.floats(0.5, 8.0),
)
def test_the_ice_that_is_gone_has_sublimated_and_heat_has_paid_for_it(
    solids: float, r0: float, a1: float, a2: float, torr: float, shelf: float, fill: float
) -> None:
    inputs = case("example")
    inputs["vial"] = {"Av": 3.8, "Ap": 3.14, "Vfill": fill}
    inputs["product"] = {"cSolid": solids, "R0": r0, "A1": a1, "A2": a2}
    inputs["Pchamber"] = {"setpt": [torr], "dt_setpt": [12000.0], "ramp_rate": 0.5}
    inputs["Tshelf"] = {"init": shelf, "setpt": [shelf], "dt_setpt": [12000.0], "ramp_rate": 1.0}
    found = ran(inputs)
    course = {name: np.array(column) for name, column in found["trajectory"].items()}
    flux, dried = course["flux_kg_hr_m2"] / 10.0, course["dried_pct"] / 100.0
    # All of the water is ice: so much water a cm2 when all is dried.
    water = fill * (1.0 - solids / 1.5) / 3.14
    gone = cumulative_trapezoid(flux, course["time_hr"], initial=0.0)
    early = 2 if r0 < 0.05 else 0  # a flux that begins without resistance is too steep for the trapezoid
    gone, expected = gone - gone[early], (dried - dried[early]) * water
    assert gone == pytest.approx(expected, rel=2e-3, abs=1e-3 * water)
    kv = 2.75e-4 + 8.93e-4 * torr / (1.0 + 0.46 * torr)
    heat = kv * 3.8 * (course["Tshelf_C"] - course["Tbot_C"]) * 3600.0
    assert heat == pytest.approx(3.14 * LATENT * flux, rel=1e-7, abs=1e-8)
    assert np.all(np.diff(dried) >= 0.0)
    assert np.all(course["Tsub_C"] <= course["Tbot_C"] + 1e-9)
    assert np.all(course["Tbot_C"] <= course["Tshelf_C"] + 1e-9)


def test_a_light_vial_follows_as_the_quasi_steady_one() -> None:
    inputs = case("example")
    inputs["constants"] = {**inputs["constants"], "Cp_ice_J_kg_K": 20.3}
    quick = {**inputs, "product_temperature": "dynamic", "units": {**inputs["units"], "glass_g": "g"}}
    quick["vial"] = {**inputs["vial"], "glass_g": 0.05}
    assert ran(quick)["dry_at_hr"] == pytest.approx(ran(inputs)["dry_at_hr"], rel=1e-3)
    heavy = {**quick, "vial": {**quick["vial"], "glass_g": 10.0}}
    assert ran(heavy)["dry_at_hr"] > ran(quick)["dry_at_hr"] + 0.02


def test_where_the_pressure_forbids_it_nothing_sublimates() -> None:
    inputs = case("example")
    inputs["Tshelf"] = {"init": -40.0, "setpt": [-40.0], "dt_setpt": [60.0], "ramp_rate": 1.0}
    found = ran(inputs)
    assert found["final_dried_pct"] == 0.0
    assert found["flux_max"] == 0.0
    assert found["t50_hr"] is None
    assert found["dry_at_hr"] is None
    assert set(found["trajectory"]["Tbot_C"]) == {-40.0}
    assert found["drying_time_hr"] == pytest.approx(0.99)


@pytest.mark.parametrize("name", ["example", "pressure-excursion", "shelf-10-degrees-for-2-h"])
def test_the_course_is_that_of_the_reference_program(name: str) -> None:
    # Between its steps that program interpolates: up to 0.2 K and 0.2 points during ramps.
    course = ran(case(name))["trajectory"]
    with (REFERENCES / f"{name}.csv").open() as file:
        rows = [{key: float(value) for key, value in row.items()} for row in csv.DictReader(file)]
    for row in rows:
        n = round(row["time_hr"] / 0.01)
        assert course["Tshelf_C"][n] == pytest.approx(row["Tshelf_C"], abs=0.01)
        assert course["Pch_mTorr"][n] == pytest.approx(row["Pch_mTorr"], abs=1e-6)
        for column in ("Tsub_C", "Tbot_C", "dried_pct"):
            assert course[column][n] == pytest.approx(row[column], abs=0.2)


# Freezing -------------------------------------------------------------------------------------------------------------
def test_the_course_of_freezing_is_that_of_the_reference_program() -> None:
    course = ran(case("freezing-example"))["trajectory"]
    with (REFERENCES / "freezing-example.csv").open() as file:
        for row in csv.DictReader(file):
            n = round(float(row["time_hr"]) / 0.01)
            assert course["Tproduct_C"][n] == pytest.approx(float(row["Tproduct_C"]), abs=1e-5)


@settings(max_examples=25, deadline=None)
@given(
    start=st.floats(2.0, 30.0),
    freezes=st.floats(-4.0, -0.2),
    below=st.floats(0.0, 12.0),
    conductance=st.floats(10.0, 90.0),
    rate=st.floats(0.1, 2.0),
    fill=st.floats(0.5, 6.0),
    hold=st.floats(-60.0, -25.0),
)
def test_freezing_is_that_of_scipy(
    start: float, freezes: float, below: float, conductance: float, rate: float, fill: float, hold: float
) -> None:
    inputs = case("freezing-example")
    nucleates = freezes - below
    inputs["vial"] = {"Av": 3.8, "Ap": 3.14, "Vfill": fill}
    inputs["product"] = {"cSolid": 0.05, "Tpr0": start, "Tf": freezes, "Tn": nucleates}
    inputs["h_freezing_W_m2K"] = conductance
    inputs["Tshelf"] = {"init": start, "setpt": [-5.0, hold], "dt_setpt": [60.0, 3000.0], "ramp_rate": rate}
    found = ran(inputs)
    hours, values = corners(inputs)
    shown = np.array(found["trajectory"]["Tproduct_C"])
    to_shelf = conductance * 3.8e-4 * 3600.0  # J/(h K)
    liquid = fill / 1000.0 * 4000.0
    length = fill / (3.14 * ICE) * (1.0 - 0.05 * (1.0 - ICE) / 1.5)
    ice = ICE * length * 3.14 / 1000.0 * 2030.0

    def follow(capacity: float, begins: float, ends: float, first: float) -> Any:
        return solve_ivp(
            lambda t, y: to_shelf * (np.interp(t, hours, values) - y) / capacity,
            (begins, ends), [first], rtol=1e-10, atol=1e-11, max_step=0.05, dense_output=True,
        ).sol  # fmt: skip

    grid = np.arange(len(shown)) * 0.01
    cools = follow(liquid, 0.0, hours[-1], start)
    course = cools(grid)[0]
    nucleation = int(np.argmax(course <= nucleates))
    assert found["t_plateau_start_hr"] == pytest.approx(grid[nucleation])
    assert shown[:nucleation] == pytest.approx(course[:nucleation], abs=1e-5)
    heat = fill / 1000.0 * (79.7 * 4184.0) - liquid * (freezes - nucleates)
    fine = np.linspace(grid[nucleation], hours[-1], 400_001)
    taken = cumulative_trapezoid(to_shelf * (freezes - np.interp(fine, hours, values)), fine, initial=0.0)
    frozen = float(np.interp(heat, taken, fine))
    assert found["t_frozen_hr"] == pytest.approx(frozen, abs=1e-4)
    after = grid > frozen + 1e-3
    solid = follow(ice, found["t_frozen_hr"], hours[-1], freezes)
    assert shown[after] == pytest.approx(solid(grid[after])[0], abs=1e-4)
    on_it = (grid >= grid[nucleation]) & (grid < frozen - 1e-3)
    assert set(shown[on_it]) <= {freezes}


def test_a_shelf_that_never_freezes_it_has_no_plateau() -> None:
    inputs = case("freezing-example")
    inputs["Tshelf"] = {"init": 10.0, "setpt": [-3.0], "dt_setpt": [600.0], "ramp_rate": 1.0}
    found = run_case(inputs)
    assert found["t_plateau_start_hr"] is None
    assert found["t_plateau_end_hr"] is None
    assert found["T_end"] == pytest.approx(-3.0, abs=1e-3)


# Bad input ------------------------------------------------------------------------------------------------------------
def changed(inputs: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(inputs)
    *inner, last = path.split(".")
    at = changed
    for key in inner:
        at = at[key]
    if value is None:
        del at[last]
    else:
        at[last] = value
    return changed


@pytest.mark.parametrize(
    ("name", "path", "value", "where"),
    [
        ("example", "model", "thawing", "inputs.model"),
        ("example", "units.Av", None, "inputs.units"),
        ("example", "units.Av", "m2", "inputs.units.Av"),
        ("example", "units.Pchamber_setpt", "mTorr", "inputs.units.Pchamber_setpt"),
        ("example", "units.mood", "1", "inputs.units"),
        ("example", "vial.Vfill", -2.0, "inputs.vial.Vfill"),
        ("example", "vial.Av", 0.0, "inputs.vial.Av"),
        ("example", "vial.colour", 1.0, "inputs.vial"),
        ("example", "vial.glass_g", 4.0, "inputs.vial"),
        ("example", "product.cSolid", 1.5, "inputs.product.cSolid"),
        ("example", "product.R0", -1.0, "inputs.product.R0"),
        ("example", "ht.KC", "x", "inputs.ht.KC"),
        ("example", "Pchamber.setpt", [20.0], r"inputs.Pchamber.setpt\[0\]"),
        ("example", "Tshelf.setpt", [200.0], r"inputs.Tshelf.setpt\[0\]"),
        ("example", "dt_hr", 0.0, "inputs.dt_hr"),
        ("example", "dt_hr", 99.0, "inputs.dt_hr"),
        ("example", "dt_hr", 1e-5, "inputs.dt_hr"),
        ("example", "constants.dHs_cal_g", -1.0, "inputs.constants.dHs_cal_g"),
        ("example", "constants.pi", 3.0, "inputs.constants"),
        ("example", "wind", 1.0, "inputs"),
        ("freezing-example", "product.Tn", 1.0, "inputs.product.Tn"),
        ("freezing-example", "product.Tpr0", -20.0, "inputs.product.Tpr0"),
        ("freezing-example", "h_freezing_W_m2K", 0.0, "inputs.h_freezing_W_m2K"),
        ("freezing-example", "product.R0", 1.0, "inputs.product"),
    ],
)
def test_what_cannot_be_is_named(name: str, path: str, value: Any, where: str) -> None:
    with pytest.raises(BadInput, match=f"^{where}: ") as caught:
        run_case(changed(case(name), path, value))
    assert caught.value.fix


def test_a_vial_without_heat_or_without_resistance_is_refused() -> None:
    inputs = case("example")
    with pytest.raises(BadInput, match="no heat comes into the vial"):
        run_case({**inputs, "ht": {"KC": 0.0, "KP": 0.0, "KD": 0.0}})
    with pytest.raises(BadInput, match="has no resistance"):
        run_case({**inputs, "product": {"cSolid": 0.05, "R0": 0.0, "A1": 0.0, "A2": 0.0}})


def test_supercooling_beyond_the_heat_of_freezing_is_refused() -> None:
    inputs = case("freezing-example")
    inputs["constants"] = {**inputs["constants"], "dHf_cal_g": 1.0}
    with pytest.raises(BadInput, match="freezes at once"):
        run_case(inputs)
