"""The skid as a trainee runs it: a golden run, each fault and what it costs, branches, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from resilience.twins import Ultrafiltration
from resilience.twins.errors import BadInput
from resilience.twins.shape import Stopped, Twin
from tests.twins.ultrafiltration.runs import HOUR, kinds, run, until_over


def broken(name: str, at: float = 2.5, hours: float | None = None, **how: Any) -> Any:
    def breaks(skid: Ultrafiltration) -> None:
        skid.fault(name, at=at * HOUR, **how)
        if hours is not None:
            skid.act("mend", at=(at + hours) * HOUR, fault=name)

    return breaks


@pytest.fixture(scope="module")
def golden() -> tuple[Ultrafiltration, list[float]]:
    return run()


def test_a_golden_run_passes_once_it_is_flushed(golden: tuple[Ultrafiltration, list[float]]) -> None:
    skid = golden[0].fork()
    assert not skid.quality()["passes"]  # a tenth of so small a volume lies in the piping
    skid.act("flush", litres=2.0)
    until_over(skid)
    skid.act("collect")
    found = skid.quality()
    assert found["passes"]
    assert found["recovered"] > 0.95
    assert found["salt_left"] == pytest.approx(np.exp(-8.0) * 13.33 / 15.33, rel=1e-3)
    assert kinds(skid)[-1] == "collected"
    with pytest.raises(BadInput, match="has been collected"):
        skid.act("recirculate")


def test_the_instruments_show_the_run(golden: tuple[Ultrafiltration, list[float]]) -> None:
    skid = Ultrafiltration(seed=4)
    assert skid.get("permeate_flow") == pytest.approx(0.0, abs=2.0)
    skid.act("concentrate", to=50.0)
    skid.do_step(0.5 * HOUR)
    assert skid.get("permeate_flow") == pytest.approx(skid.truth("flux") * 3.0, abs=3.0)
    assert skid.get("retentate_weight") == pytest.approx(skid.truth("volume"), abs=0.5)
    assert 0.5 * (skid.get("feed_pressure") + skid.get("retentate_pressure")) == pytest.approx(1.4, abs=0.03)
    assert skid.get("feed_pressure") - skid.get("retentate_pressure") == pytest.approx(0.62, abs=0.05)
    assert skid.get("permeate_conductivity") == pytest.approx(15.0, abs=0.1)
    assert golden[0].get("permeate_conductivity") == pytest.approx(2.0, abs=0.1)
    assert golden[0].get("feed_pressure") > skid.get("feed_pressure")  # the drop of a viscous retentate


def test_more_crossflow_is_quicker_and_pressure_helps_only_before_the_gel() -> None:
    def hours(pressure: float, crossflow: float) -> float:
        skid = Ultrafiltration()
        skid.act("transmembrane_pressure", to=pressure)
        skid.act("crossflow", to=crossflow)
        skid.act("concentrate", to=50.0)
        return until_over(skid)

    assert hours(1.4, 7.0) < 0.9 * hours(1.4, 5.0)
    assert hours(1.4, 5.0) < 0.95 * hours(0.35, 5.0)
    assert hours(3.0, 5.0) == pytest.approx(hours(2.0, 5.0), rel=0.01)


def test_a_breach_shows_in_the_permeate_and_loses_product(golden: tuple[Ultrafiltration, list[float]]) -> None:
    skid, _ = run(breaks=broken("membrane_breach"))
    assert skid.quality()["in_permeate"] > 0.3
    assert golden[0].quality()["in_permeate"] < 0.02
    early = Ultrafiltration()
    early.act("concentrate", to=50.0)
    early.do_step(0.5 * HOUR)
    before = early.get("permeate_uv")
    early.fault("membrane_breach", rejection=0.9)
    early.do_step(60.0)
    assert early.get("permeate_uv") > 20.0 * before


def test_a_pump_trip_costs_its_time_and_no_more(golden: tuple[Ultrafiltration, list[float]]) -> None:
    skid, hours = run(breaks=broken("pump_trip", hours=1.0))
    assert hours[1] == pytest.approx(golden[1][1] + 1.0, rel=1e-4)
    assert skid.quality()["recovered"] == pytest.approx(golden[0].quality()["recovered"], rel=1e-6)


def test_fouling_costs_time(golden: tuple[Ultrafiltration, list[float]]) -> None:
    _, hours = run(breaks=broken("fouling", share=0.6))
    assert hours[1] > golden[1][1] + 1.0


def test_air_aggregates_protein(golden: tuple[Ultrafiltration, list[float]]) -> None:
    skid, hours = run(breaks=broken("air", share=0.5, hours=4.0))
    assert skid.quality()["aggregated"] > 20.0 * golden[0].quality()["aggregated"]
    assert hours[1] > golden[1][1]


def test_a_buffer_that_runs_out_ends_the_washing_and_concentrates_instead() -> None:
    skid = Ultrafiltration()
    skid.act("concentrate", to=50.0)
    until_over(skid)
    skid.act("start_diafiltration", diavolumes=8.0)
    skid.fault("buffer_runout", litres=100.0)
    skid.do_step(1.5 * HOUR)
    assert "buffer has run out" in kinds(skid)
    assert skid.get("buffer_weight") == pytest.approx(0.0, abs=0.1)
    assert skid.truth("concentration") > 55.0
    assert skid.truth("salt_left") == pytest.approx(np.exp(-100.0 / 40.0), rel=1e-3)
    skid.act("change_buffer", litres=300.0)
    volume = skid.truth("volume")
    skid.do_step(600.0)
    assert skid.truth("volume") == pytest.approx(volume)
    assert skid.truth("diavolumes") > 2.5


def test_concentrating_to_where_it_is_ends_at_once() -> None:
    skid = Ultrafiltration()
    skid.act("concentrate", to=10.0)
    assert until_over(skid) == 0.0
    assert skid.truth("volume") == 200.0


def test_a_flush_with_the_last_of_the_buffer_ends() -> None:
    skid = Ultrafiltration(parameters={"buffer": 5.0})
    skid.act("flush", litres=5.0)
    assert until_over(skid) == pytest.approx(5.0 / 120.0, rel=1e-6)
    assert skid.truth("volume") == pytest.approx(205.0)


def test_who_never_looks_runs_the_skid_dry() -> None:
    skid = Ultrafiltration(parameters={"concentration": 1.0, "osmotic3": 0.0, "intrinsic": 0.0, "buffer": 5.0})
    skid.act("start_diafiltration", diavolumes=8.0)
    with pytest.raises(Stopped, match="run dry") as caught:
        skid.do_step(20.0 * HOUR)
    assert "pump draws air" in kinds(skid)
    assert caught.value.state["volume"] == pytest.approx(1.5, abs=0.01)
    assert caught.value.seconds > skid.happenings[-1].seconds


def test_too_much_pressure_before_the_cassettes_stops_the_pump() -> None:
    skid = Ultrafiltration(parameters={"feed_limit": 3.0})
    skid.act("transmembrane_pressure", to=3.0)
    skid.do_step(60.0)
    assert "pump tripped" in kinds(skid)
    skid.act("concentrate", to=50.0)
    skid.do_step(60.0)
    assert skid.truth("flux") == 0.0
    skid.act("transmembrane_pressure", to=1.0)
    skid.act("mend", fault="pump_trip")
    skid.do_step(60.0)
    assert skid.truth("flux") > 0.0


# Branches -------------------------------------------------------------------------------------------------------------
def test_a_twin_has_the_one_shape() -> None:
    protocol: Twin = Ultrafiltration()
    assert protocol.seconds == 0.0
    skid = Ultrafiltration()
    for name, variable in skid.variables.items():
        assert np.isfinite(skid.get(name))
        assert variable.unit
    for name in skid.truths:
        assert np.isfinite(skid.truth(name))


def test_the_same_doings_give_the_same_run_and_a_fork_its_own() -> None:
    one, two = (Ultrafiltration(seed=7) for _ in range(2))
    for skid in (one, two):
        skid.act("concentrate", to=80.0)
        for _ in range(30):
            skid.do_step(60.0)
    assert one._state.y.tobytes() == two._state.y.tobytes()
    assert one.get("permeate_flow") == two.get("permeate_flow")
    kept, fork = one.snapshot(), one.fork()
    fork.fault("membrane_breach", rejection=0.5)
    fork.do_step(600.0)
    one.do_step(600.0)
    there = one._state.y.tobytes()
    assert fork.truth("permeate_protein") > 10.0 * one.truth("permeate_protein")
    one.restore(kept)
    one.do_step(600.0)
    assert one._state.y.tobytes() == there


def test_the_length_of_the_steps_does_not_matter() -> None:
    whole, parts = Ultrafiltration(), Ultrafiltration()
    for skid in (whole, parts):
        skid.act("concentrate", to=50.0)
    whole.do_step(2.0 * HOUR)
    for _ in range(3 * 2400):
        parts.do_step(1.0)
    assert parts._state.y == pytest.approx(whole._state.y, rel=1e-7, abs=1e-9)


# What is refused ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "how", "what"),
    [
        ("concentrate", {"to": 5.0}, "the retentate is at 200.0 L, 5 g/L are 400.0 L"),
        ("concentrate", {"to": 400.0}, "at 400 g/L the protein is a gel"),
        ("concentrate", {"to": "50 mg/L"}, "the unit is `mg/L`"),
        ("concentrate", {"to": -1.0}, "the value is -1 g/L"),
        ("transmembrane_pressure", {"to": 9.0}, "the value is 9 bar"),
        ("crossflow", {"to": -1.0}, "the value is -1"),
        ("start_diafiltration", {"diavolumes": 0.0}, "the value is 0"),
        ("flush", {"litres": 5.0, "with": 1.0}, "unknown key `with`"),
        ("change_buffer", {"litres": -5.0}, "the value is -5 L"),
        ("mend", {"fault": "mood"}, "unknown fault `mood`"),
    ],
)
def test_an_action_that_cannot_be_is_refused(name: str, how: dict[str, Any], what: str) -> None:
    with pytest.raises(BadInput, match=what) as caught:
        Ultrafiltration().act(name, **how)
    assert caught.value.fix


def test_without_buffer_there_is_no_diafiltration_and_no_flush() -> None:
    skid = Ultrafiltration(parameters={"buffer": 0.0})
    with pytest.raises(BadInput, match="no buffer is connected"):
        skid.act("start_diafiltration")
    with pytest.raises(BadInput, match=r"0\.0 L of buffer are left"):
        skid.act("flush", litres=1.0)


@pytest.mark.parametrize(
    ("parameters", "what"),
    [
        ({"volume": -200.0}, "the value is -200 L"),
        ({"volume": 2.0}, "too little to pump"),
        ({"concentration": 100.0, "gel": 150.0, "volume": 1e9}, "parameters.volume"),
        ({"weather": 1.0}, "no parameter `weather`"),
    ],
)
def test_a_parameter_that_cannot_be_is_refused(parameters: dict[str, float], what: str) -> None:
    with pytest.raises(BadInput, match=what):
        Ultrafiltration(parameters=parameters)
