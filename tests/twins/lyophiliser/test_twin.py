"""The dryer as a trainee runs it: a golden cycle, what each fault does to the batch, branches, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from resilience.twins import Lyophiliser
from resilience.twins.errors import BadInput
from resilience.twins.shape import Causality, Stopped, Twin
from tests.twins.lyophiliser.runs import HOUR, kinds, planned, when

AT = 15.0


def broken(name: str, hours: float | None, at: float = AT, **how: Any) -> Any:
    """A fault at an hour, mended so many hours later."""

    def breaks(dryer: Lyophiliser) -> None:
        dryer.fault(name, at=at * HOUR, **how)
        if hours is not None:
            dryer.act("mend", at=(at + hours) * HOUR, fault=name)

    return breaks


@pytest.fixture(scope="module")
def golden() -> Lyophiliser:
    dryer = planned()
    dryer.do_step(60.0 * HOUR)
    return dryer


def test_a_golden_cycle_loses_nothing(golden: Lyophiliser) -> None:
    found = golden.quality()
    assert found["share_passing"] == 1.0
    assert golden.truth("centre_moisture") < 1.0
    # 40 h at this shelf and pressure by the quasi-steady reference, plus the way there; vials at the edge are earlier.
    assert when(golden, "ice gone", group="centre") == pytest.approx(4.0 + 40.0, abs=1.0)
    assert when(golden, "ice gone", group="edge") < 36.0
    assert found["centre"]["warmest_surface"] == pytest.approx(-33.65, abs=0.1)
    assert found["edge"]["warmest_surface"] > found["centre"]["warmest_surface"] + 1.0
    assert kinds(golden)[:3] == ["nucleation", "nucleation", "evacuated"]


def test_the_ratio_of_the_gauges_tells_the_end_of_sublimation() -> None:
    dryer = planned()
    dryer.do_step(20.0 * HOUR)
    assert dryer.get("pirani_ratio") == pytest.approx(1.58, abs=0.05)
    assert dryer.get("dried_estimate") == pytest.approx(dryer.truth("centre_dried"), abs=3.0)
    dryer.do_step(38.0 * HOUR)
    assert dryer.get("pirani_ratio") < 1.15
    assert dryer.get("capacitance") == pytest.approx(50.0, abs=1.0)


def test_a_pressure_rise_test_tells_the_temperature_of_the_ice() -> None:
    dryer = planned()
    dryer.do_step(20.0 * HOUR)
    truth = dryer.truth("centre_surface")
    dryer.act("pressure_rise_test", seconds=30.0)
    dryer.do_step(60.0)
    told = dryer.happenings[-1]
    assert told.kind == "pressure rise test"
    assert told.about["celsius"] == pytest.approx(truth, abs=1.5)
    assert told.about["rise_mtorr"] > 50.0
    dryer.do_step(300.0)
    assert dryer.get("capacitance") == pytest.approx(50.0, abs=2.0)


def test_a_pressure_rise_test_of_a_dry_batch_shows_no_ice(golden: Lyophiliser) -> None:
    dryer = planned(upto=80.0)
    dryer.do_step(58.0 * HOUR)
    dryer.act("pressure_rise_test")
    dryer.do_step(60.0)
    assert dryer.happenings[-1].about["rise_mtorr"] < 30.0


def test_a_loss_of_vacuum_is_simulated_through_to_its_consequence() -> None:
    """What a quasi-steady program refuses: no sublimation, the product warms and melts; the batch is lost."""
    plan = {"shelf": 0.0, "mtorr": 100.0, "until": 30.0, "upto": 44.0, "parameters": {"collapse": -31.0}}
    kept = planned(**plan)
    lost = planned(**plan, breaks=broken("door_seal", 2.0, at=8.0, conductance=0.05))
    for dryer in (kept, lost):
        dryer.do_step(7.9 * HOUR)
    before = lost.truth("centre_product")
    lost.do_step(2.0 * HOUR)
    assert lost.truth("pressure") > 2000.0
    assert lost.truth("sublimation") == 0.0
    assert lost.truth("centre_product") > before + 15.0
    lost.do_step(20.0 * HOUR)
    kept.do_step(22.0 * HOUR)
    assert 8.0 < when(lost, "meltback", group="centre") < 10.0
    assert lost.quality()["centre"]["melted"] > 0.9
    assert lost.quality()["share_passing"] == 0.0
    assert kept.quality()["centre"]["melted"] < 0.01
    assert "meltback" not in kinds(kept)
    # Once the seal is closed, vacuum comes back, the product freezes again, and dries: too late.
    assert lost.truth("pressure") == pytest.approx(100.0, abs=1.0)


def test_a_cold_shelf_keeps_most_of_a_batch_through_a_short_leak(golden: Lyophiliser) -> None:
    dryer = planned(breaks=broken("vacuum_leak", 1.0, rate=300.0))
    dryer.do_step(15.9 * HOUR)
    assert dryer.get("capacitance") > 500.0
    dryer.do_step(44.1 * HOUR)
    found = dryer.quality()
    assert found["centre"]["passes"]
    assert found["centre"]["melted"] == found["edge"]["melted"] == pytest.approx(0.0, abs=1e-9)
    for group in ("centre", "edge"):  # the wet front flowed while it was as warm as the shelf
        assert found[group]["collapsed"] > golden.quality()[group]["collapsed"] + 0.01
    assert when(dryer, "ice gone", group="centre") > when(golden, "ice gone", group="centre") + 0.5


def test_a_small_leak_hides_behind_the_bleed() -> None:
    dryer = planned(breaks=broken("vacuum_leak", None, rate=0.2))
    dryer.do_step(20.0 * HOUR)
    assert dryer.get("capacitance") == pytest.approx(50.0, abs=1.0)
    tight = planned()
    tight.do_step(20.0 * HOUR)
    for each in (dryer, tight):
        each.act("pressure_rise_test", seconds=120.0)
        each.do_step(150.0)
    rises = [float(each.happenings[-1].about["rise_mtorr"]) for each in (dryer, tight)]
    assert rises[0] > rises[1] + 50.0


def test_an_overloaded_condenser_lets_the_pressure_go() -> None:
    dryer = planned(breaks=broken("condenser_overload", None, share=0.02))
    dryer.do_step(19.0 * HOUR)
    assert dryer.get("condenser") > -40.0
    assert dryer.get("capacitance") > 100.0


def test_a_shelf_without_flow_warms_and_the_cake_collapses(golden: Lyophiliser) -> None:
    dryer = planned(breaks=broken("shelf_fluid_loss", 6.0))
    dryer.do_step(60.0 * HOUR)
    assert when(dryer, "collapse", group="edge") > AT
    assert dryer.quality()["share_passing"] == 0.0
    assert dryer.quality()["centre"]["collapsed"] > 5.0 * golden.quality()["centre"]["collapsed"]


def test_a_power_cut_ends_by_itself_and_is_felt() -> None:
    dryer = planned(breaks=broken("power_cut", None, minutes=240.0))
    dryer.do_step(18.9 * HOUR)
    assert dryer.get("condenser") > -20.0
    assert dryer.truth("pressure") > 500.0
    dryer.do_step(2.0 * HOUR)
    assert when(dryer, "mended") == pytest.approx(19.0)
    assert dryer.get("capacitance") == pytest.approx(50.0, abs=2.0)
    assert dryer.quality()["share_passing"] == 0.0


def test_a_detached_thermocouple_shows_the_gas_and_changes_nothing(golden: Lyophiliser) -> None:
    dryer = planned(breaks=broken("detached_thermocouple", None, where="centre"))
    dryer.do_step(20.0 * HOUR)
    assert dryer.get("product_centre") == pytest.approx(0.5 * (-28.0 + 18.0), abs=0.5)
    assert dryer.truth("centre_product") < -34.0
    assert dryer.get("product_edge") == pytest.approx(dryer.truth("edge_product"), abs=0.5)
    dryer.act("mend", fault="detached_thermocouple")
    dryer.do_step(600.0)
    assert dryer.get("product_centre") == pytest.approx(dryer.truth("centre_product"), abs=0.5)


def test_ice_that_is_left_melts_or_collapses_in_secondary_drying() -> None:
    early = planned(until=25.0, upto=44.0)
    early.do_step(43.0 * HOUR)
    begun = next(each for each in early.happenings if each.kind == "secondary drying")
    assert begun.about["centre_ice"] > 0.3
    assert early.quality()["share_passing"] == 0.0


def test_a_warmer_shelf_dries_further() -> None:
    runs = [planned(upto=52.0), planned(upto=52.0)]
    runs[1].act("shelf", at=49.0 * HOUR, to=40.0, rate=1.0)
    for each in runs:
        each.do_step(51.0 * HOUR)
    assert runs[1].truth("centre_moisture") < 0.8 * runs[0].truth("centre_moisture")


def test_stoppered_vials_keep_their_water() -> None:
    dryer = planned(upto=50.0)
    dryer.do_step(49.1 * HOUR)
    kept = dryer.truth("centre_moisture")
    dryer.do_step(4.0 * HOUR)
    assert dryer.truth("centre_moisture") == kept
    assert dryer.truth("sublimation") == 0.0
    assert dryer.truth("pressure") == pytest.approx(760_000.0, rel=1e-3)


# Branches -------------------------------------------------------------------------------------------------------------
def test_a_twin_has_the_one_shape() -> None:
    dryer: Twin = Lyophiliser()
    assert dryer.seconds == 0.0
    twin = Lyophiliser()
    assert {variable.causality for variable in twin.variables.values()} == {Causality.INPUT, Causality.OUTPUT}
    for name, variable in twin.variables.items():
        assert np.isfinite(twin.get(name))
        assert variable.unit
    for name, variable in twin.truths.items():
        assert np.isfinite(twin.truth(name))
        assert variable.unit
    assert any("Pikal" in source for source in twin.sources)


def test_the_same_doings_give_the_same_run_to_the_bit() -> None:
    runs = [planned() for _ in range(2)]
    for each in runs:
        for _ in range(50):
            each.do_step(600.0)
    assert runs[0]._state.y.tobytes() == runs[1]._state.y.tobytes()
    assert [runs[0].get(name) for name in runs[0]._state.instruments] == [
        runs[1].get(name) for name in runs[1]._state.instruments
    ]
    other = planned(seed=2)
    other.do_step(50 * 600.0)
    assert other.get("capacitance") != runs[0].get("capacitance")


def test_a_fork_goes_its_own_way_and_a_snapshot_comes_back() -> None:
    dryer = planned()
    dryer.do_step(10.0 * HOUR)
    kept = dryer.snapshot()
    fork = dryer.fork()
    fork.act("shelf", to=10.0)
    fork.do_step(5.0 * HOUR)
    dryer.do_step(5.0 * HOUR)
    there = dryer._state.y.tobytes()
    assert fork.truth("centre_product") > dryer.truth("centre_product") + 5.0
    dryer.do_step(HOUR)
    dryer.restore(kept)
    assert dryer.seconds == 10.0 * HOUR
    dryer.do_step(5.0 * HOUR)
    assert dryer._state.y.tobytes() == there


def test_the_length_of_the_steps_does_not_matter() -> None:
    whole, parts = planned(), planned()
    whole.do_step(12.0 * HOUR)
    for _ in range(24 * 60):
        parts.do_step(30.0)
    assert parts._state.y == pytest.approx(whole._state.y, rel=1e-5, abs=1e-6)


# What is refused ------------------------------------------------------------------------------------------------------
def test_liquid_product_under_vacuum_boils_and_the_run_is_over() -> None:
    dryer = Lyophiliser()
    dryer.act("cool_condenser")
    dryer.do_step(HOUR)
    dryer.act("pressure", to=100.0)
    dryer.act("evacuate")
    with pytest.raises(Stopped, match=r"liquid product boils out of the vials") as caught:
        dryer.do_step(HOUR)
    assert caught.value.state["centre_product"] > 0.0
    assert HOUR < dryer.seconds < 2.0 * HOUR
    with pytest.raises(Stopped):
        dryer.do_step(1.0)
    with pytest.raises(Stopped):
        dryer.act("vent")


@pytest.mark.parametrize(
    ("name", "how", "what"),
    [
        ("shelf", {"to": 90.0}, "the value is 90 C"),
        ("shelf", {"to": -20.0, "rate": 0.0}, "the value is 0 C/min"),
        ("shelf", {"to": "-20 K"}, "the unit is `K`"),
        ("shelf", {}, "`to` is missing"),
        ("shelf", {"to": 0.0, "speed": 1.0}, "unknown key `speed`"),
        ("pressure", {"to": 5.0}, "the value is 5 mTorr"),
        ("evacuate", {}, "the valve stays shut"),
        ("pressure_rise_test", {}, "the valve to the condenser is shut"),
        ("mend", {"fault": "weather"}, "unknown fault `weather`"),
        ("dance", {}, "unknown action `dance`"),
        ("shelf", {"to": 0.0, "at": -1.0}, "has passed"),
    ],
)
def test_an_action_that_cannot_be_is_refused(name: str, how: dict[str, Any], what: str) -> None:
    with pytest.raises(BadInput, match=what) as caught:
        Lyophiliser().act(name, **how)
    assert caught.value.fix


def test_the_valve_opens_only_with_a_pressure_to_hold() -> None:
    dryer = Lyophiliser()
    dryer.act("cool_condenser")
    dryer.do_step(2.0 * HOUR)
    with pytest.raises(BadInput, match="no pressure to hold"):
        dryer.act("evacuate")


def test_one_pressure_rise_test_at_a_time() -> None:
    dryer = planned()
    dryer.do_step(10.0 * HOUR)
    dryer.act("pressure_rise_test")
    with pytest.raises(BadInput, match="a test is under way"):
        dryer.act("pressure_rise_test")


@pytest.mark.parametrize(
    ("parameters", "what"),
    [
        ({"fill": -1.0}, "the value is -1 mL"),
        ({"fill": 1e9}, "parameters.fill"),
        ({"wings": 2.0}, "no parameter `wings`"),
    ],
)
def test_a_parameter_that_cannot_be_is_refused(parameters: dict[str, float], what: str) -> None:
    with pytest.raises(BadInput, match=what):
        Lyophiliser(parameters=parameters)


def test_a_dryer_is_loaded_with_liquid() -> None:
    with pytest.raises(BadInput, match="starts at -20 C"):
        Lyophiliser(start=-20.0)


def test_inputs_are_set_within_the_range_of_the_equipment() -> None:
    dryer = Lyophiliser()
    dryer.set("shelf_setpoint", -20.0)
    dryer.set("pressure_setpoint", 100.0, unit="mTorr")
    assert dryer.get("shelf_setpoint") == -20.0
    assert dryer.get("pressure_setpoint") == pytest.approx(100.0)
    with pytest.raises(BadInput, match="the value is -90 C"):
        dryer.set("shelf_setpoint", -90.0)
    with pytest.raises(BadInput, match="the unit is `Pa`"):
        dryer.set("pressure_setpoint", 100.0, unit="Pa")
    with pytest.raises(BadInput, match="causality output"):
        dryer.set("capacitance", 100.0)
    with pytest.raises(BadInput, match="causality local"):
        dryer.get("centre_surface")
