"""A bioreactor as a trainee meets it: the golden run, actions, faults, instruments, the laboratory."""

from __future__ import annotations

from typing import Any

import pytest

from resilience.twins.bioreactor import recipe
from resilience.twins.bioreactor.alarms import alarms
from resilience.twins.bioreactor.reactor import Bioreactor
from resilience.twins.control.alarms import State
from resilience.twins.errors import BadInput
from resilience.twins.shape import Stopped, Twin

DAY = 86_400.0
HOUR = 3_600.0


def golden(scale: int = 2000, times: float = 1.0, days: float = 14.0, seed: int = 1) -> Bioreactor:
    vessel = Bioreactor(scale, seed)
    recipe.plan(vessel, times)
    vessel.do_step(days * DAY)
    return vessel


@pytest.fixture(scope="module")
def sixth_day() -> Bioreactor:
    """A run of 2,000 L on its sixth day, before anything goes wrong; each test forks it."""
    return golden(days=6.0)


# The golden run -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("scale", [2, 50, 2000])
def test_the_golden_feed_beats_half_and_double_in_product_and_in_quality(scale: int) -> None:
    half, whole, double = (golden(scale, times) for times in (0.5, 1.0, 2.0))
    for other in (half, double):
        assert whole.truth("product") > 1.3 * other.truth("product")
        assert whole.truth("quality") > 1.03 * other.truth("quality")
    assert whole.truth("viability") > 65.0
    assert double.truth("viability") < 30.0


def test_lactate_is_taken_up_again() -> None:
    vessel = golden(days=7.0)
    most = vessel.truth("lactate") * vessel.truth("volume")
    vessel.do_step(6.9 * DAY)
    # The amount, not the concentration that the feed dilutes.
    assert vessel.truth("lactate") * vessel.truth("volume") < 0.75 * most
    assert golden(times=2.0, days=13.9).truth("lactate") > 100.0


def test_with_its_loops_a_golden_run_stays_where_it_is_told() -> None:
    vessel = Bioreactor(2000, seed=1)
    recipe.plan(vessel)
    for _ in range(14 * 24 - 1):
        vessel.do_step(HOUR)
        assert vessel.truth("DO") == pytest.approx(40.0, abs=4.0)
        assert 6.98 < vessel.truth("pH") < 7.45
        assert vessel.truth("T") == pytest.approx(37.0, abs=0.2)
        assert vessel.truth("pCO2") < 150.0
    assert vessel.get("oxygen") > 0.0


def test_the_same_seed_gives_the_same_run_to_the_bit() -> None:
    one, two, other = golden(days=3.0), golden(days=3.0), golden(days=3.0, seed=2)
    assert [one.get(name) for name in one.variables] == [two.get(name) for name in two.variables]
    assert one.true_state() == two.true_state() == other.true_state()
    shown = [[vessel.get(name) for name in ("T", "pH", "DO", "T.jacket")] for vessel in (one, other)]
    assert shown[0] != shown[1]


def test_frames_of_a_twentieth_and_days_come_to_the_same(sixth_day: Bioreactor) -> None:
    day, frames = sixth_day.fork(), sixth_day.fork()
    day.do_step(DAY)
    for _ in range(1028):
        frames.do_step(84.0)
    frames.do_step(DAY - 1028 * 84.0)
    assert frames.true_state() == pytest.approx(day.true_state(), rel=2e-4, abs=1e-6)


def test_a_temperature_shift_slows_growth_and_raises_secretion() -> None:
    warm = golden(days=0.5)
    cool = warm.fork()
    cool.act("temperature_shift")
    for vessel in (warm, cool):
        vessel.do_step(DAY)
    assert cool.truth("T") == pytest.approx(33.0, abs=0.1)
    # Two thirds of the uptake, but the warm ones have begun to run out and to sour.
    assert cool.truth("viable") < 0.9 * warm.truth("viable")
    assert cool.truth("lactate") < 0.9 * warm.truth("lactate")
    per_cell = [vessel.truth("antibody") / vessel.truth("viable") for vessel in (warm, cool)]
    assert per_cell[1] > 1.2 * per_cell[0]


# Faults ---------------------------------------------------------------------------------------------------------------
def test_a_drifting_probe_misleads_the_loop_until_a_sample_finds_it(sixth_day: Bioreactor) -> None:
    vessel = sixth_day.fork()
    vessel.fault("probe_drift")
    vessel.do_step(6.0 * DAY)
    assert vessel.get("pH") == pytest.approx(7.1, abs=0.08)
    # Six days of 0.05: the probe shows more than there is, and the loop makes it true.
    assert vessel.truth("pH") == pytest.approx(7.1 - 0.3, abs=0.08)
    vessel.act("sample")
    vessel.do_step(HOUR)
    vessel.act("calibrate", probe="pH", reference=vessel.results[-1]["pH"])
    vessel.act("repair", what="pH")
    vessel.do_step(4.0 * HOUR)
    assert vessel.truth("pH") == pytest.approx(7.1, abs=0.1)


def test_a_stopped_feed_starves_the_culture(sixth_day: Bioreactor) -> None:
    fed, starved = sixth_day.fork(), sixth_day.fork()
    starved.fault("feed_stop")
    for vessel in (fed, starved):
        vessel.do_step(5.0 * DAY)
    assert starved.get("feed.flow") == 0.0
    assert starved.truth("viable") < 0.6 * fed.truth("viable")
    starved.act("repair", what="feed pump")
    starved.do_step(60.0)
    assert starved.get("feed.flow") > 0.0


def test_without_gas_the_alarms_come_in_order_and_the_culture_dies(sixth_day: Bioreactor) -> None:
    vessel = sixth_day.fork()
    watch = alarms(vessel)
    vessel.fault("gas_loss")
    for _ in range(90):
        vessel.do_step(20.0)
        watch.do_step(20.0, vessel.get)
    raised = [change.alarm for change in watch.journal if change.state is State.UNACKNOWLEDGED]
    assert raised[:2] == ["DO low", "DO very low"]
    assert watch.shown[0][0].name == "DO very low"
    vessel.do_step(DAY)
    assert vessel.truth("viability") < 0.6 * sixth_day.truth("viability")
    assert {"no_oxygen", "culture_lost"} <= {happening.kind for happening in vessel.happenings}


def test_gas_that_comes_back_in_time_saves_it(sixth_day: Bioreactor) -> None:
    vessel = sixth_day.fork()
    vessel.fault("gas_loss")
    vessel.do_step(600.0)
    vessel.act("repair", what="gas")
    vessel.do_step(HOUR)
    assert vessel.truth("DO") == pytest.approx(40.0, abs=8.0)
    assert vessel.truth("viability") > 0.97 * sixth_day.truth("viability")


def test_foam_wets_the_vent_filter_and_pressure_shuts_the_gas(sixth_day: Bioreactor) -> None:
    vessel = sixth_day.fork()
    vessel.fault("foam_out", times=60.0)
    vessel.do_step(6.0 * HOUR)
    kinds = [happening.kind for happening in vessel.happenings]
    assert kinds.index("foam_out") < kinds.index("vent_blocked")
    assert vessel.truth("DO") < 5.0
    saved = sixth_day.fork()
    saved.fault("foam_out", times=60.0)
    saved.act("antifoam", volume=390.0)
    saved.do_step(6.0 * HOUR)
    assert saved.truth("vent") == 0.0
    vessel.act("repair", what="vent filter")
    vessel.act("repair", what="foam")
    vessel.do_step(2.0 * HOUR)
    assert vessel.truth("DO") == pytest.approx(40.0, abs=8.0)


def test_bacteria_double_in_half_an_hour_and_take_the_culture(sixth_day: Bioreactor) -> None:
    vessel = sixth_day.fork()
    vessel.fault("contamination", cfu=100.0)
    begin = vessel.truth("bacteria")
    vessel.do_step(5.0 * HOUR)
    assert vessel.truth("bacteria") / begin == pytest.approx(2.0**10, rel=0.35)
    # The loop hides the thirst of the bacteria for as long as it has oxygen to give; pH is the second sign.
    assert vessel.get("oxygen") == 0.0
    vessel.do_step(18.0 * HOUR)
    assert vessel.get("oxygen") > 10.0
    assert vessel.truth("pH") < 6.95
    vessel.do_step(DAY)
    sterile = sixth_day.fork()
    sterile.do_step(47.0 * HOUR)
    assert vessel.truth("glucose") < 0.1 * sterile.truth("glucose")
    assert vessel.truth("viability") < 0.5 * sterile.truth("viability")
    assert "turbid" in {happening.kind for happening in vessel.happenings}


def test_a_power_cut_cools_and_suffocates(sixth_day: Bioreactor) -> None:
    vessel = sixth_day.fork()
    vessel.fault("power_cut")
    vessel.do_step(2.0 * HOUR)
    assert vessel.truth("kLa") == 0.0
    assert vessel.truth("DO") < 2.0
    bench = golden(2, days=6.0)
    bench.fault("power_cut")
    bench.do_step(2.0 * HOUR)
    # What is small cools sooner.
    assert 36.0 < vessel.truth("T") < 37.0
    assert bench.truth("T") < 35.5


@pytest.mark.parametrize("bottle", ["water", "glucose", "salt"])
def test_the_wrong_feed_costs_product(sixth_day: Bioreactor, bottle: str) -> None:
    right, wrong = sixth_day.fork(), sixth_day.fork()
    wrong.fault("wrong_feed", bottle=bottle)
    for vessel in (right, wrong):
        vessel.do_step(8.0 * DAY)
    assert wrong.truth("product") < 0.97 * right.truth("product")


def test_a_fork_tells_what_would_have_been(sixth_day: Bioreactor) -> None:
    vessel = sixth_day.fork()
    vessel.fault("feed_stop", at=7.0 * DAY)
    vessel.do_step(1.5 * DAY)
    what_if = vessel.fork()
    what_if.act("repair", what="feed pump")
    for each in (vessel, what_if):
        each.do_step(6.5 * DAY)
    assert what_if.truth("product") > 1.1 * vessel.truth("product")


# What is shown --------------------------------------------------------------------------------------------------------
def test_the_laboratory_reports_later_and_not_exactly(sixth_day: Bioreactor) -> None:
    vessel = sixth_day.fork()
    volume = vessel.truth("volume")
    vessel.act("sample", volume=100.0)
    assert vessel.truth("volume") == pytest.approx(volume - 0.1)
    assert set(vessel.results[0]) == {"drawn_h"}
    vessel.do_step(HOUR)
    assert {"viable", "lactate", "pH"} < set(vessel.results[0])
    assert "antibody" not in vessel.results[0]
    vessel.do_step(4.0 * DAY)
    result, sample = vessel.results[0], vessel.samples[0]
    assert result["antibody"] == pytest.approx(sample.true["antibody"], rel=0.2)
    assert result["antibody"] != sample.true["antibody"]
    assert sample.true["antibody"] == pytest.approx(sixth_day.truth("antibody"))


def test_probes_lag_by_less_than_a_minute(sixth_day: Bioreactor) -> None:
    vessel = sixth_day.fork()
    vessel.fault("gas_loss")
    vessel.do_step(60.0)
    late = vessel.get("DO") - vessel.truth("DO")
    assert 3.0 < late < 25.0


def test_a_stuck_probe_stays_where_it_was(sixth_day: Bioreactor) -> None:
    vessel = sixth_day.fork()
    vessel.fault("probe_stuck", probe="DO")
    shown = vessel.get("DO")
    vessel.fault("gas_loss")
    vessel.do_step(HOUR)
    assert vessel.get("DO") == shown
    assert vessel.truth("DO") < 2.0


def test_loops_go_from_hand_to_automatic_without_a_bump(sixth_day: Bioreactor) -> None:
    vessel = sixth_day.fork()
    before = {name: vessel.get(name) for name in ("agitation", "air", "oxygen")}
    vessel.act("loop", name="DO", mode="manual")
    vessel.do_step(60.0)
    vessel.act("loop", name="DO", mode="auto")
    vessel.do_step(20.0)
    for name, value in before.items():
        assert vessel.get(name) == pytest.approx(value, rel=0.05, abs=0.5)


def test_it_is_a_twin_of_the_common_shape(sixth_day: Bioreactor) -> None:
    twin: Twin = sixth_day.fork()
    kept = twin.snapshot()
    twin.do_step(HOUR)
    after = twin.get("pH")
    twin.restore(kept)
    assert twin.seconds == 6.0 * DAY
    twin.do_step(HOUR)
    assert twin.get("pH") == after
    assert len(sixth_day.sources) > 20


# What is refused ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("action", "how", "message"),
    [
        ("feed", {"flow": 1.0}, "nothing is connected to the feed line"),
        ("feed", {"flow": -1.0}, "bioreactor.feed.flow: the value is -1 L/h Give 0 to 30 L/h"),
        ("feed", {"flow": "1 mL/h"}, "the unit is `mL/h` Give it in L/h"),
        ("base", {"volume": 1.0}, "nothing is connected to the base line"),
        ("inoculate", {"density": 50.0}, "Give 0.05 to 5 1e6/mL"),
        ("sample", {"volume": 0.0}, "Give 1 to 200 mL"),
        ("calibrate", {"probe": "pH", "reference": 14.5}, "Give 2 to 12 pH"),
        ("calibrate", {"probe": "weight", "reference": 4.0}, "Use one of pH, DO, temperature"),
        ("temperature_shift", {"to": 60.0}, "Give 28 to 40 C"),
        ("loop", {"name": "DO", "mode": "off"}, "Use one of auto, manual"),
        ("harvest", {}, "nothing to harvest"),
        ("dance", {}, "unknown action `dance`"),
    ],
)
def test_an_action_that_cannot_be_is_refused(action: str, how: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        Bioreactor(2000).act(action, **how)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("agitation", 50.0, "the DO loop is in automatic"),
        ("co2", 1.0, "the pH loop is in automatic"),
        ("T.sp", 50.0, "Give 28 to 40 C"),
        ("agitation", 500.0, "Give 0 to 80 rpm"),
        ("air", -1.0, "Give 0 to 40 L/min"),
        ("DO", 40.0, "causality output"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(name: str, value: float, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        Bioreactor(2000).set(name, value)


def test_cells_are_put_in_once() -> None:
    vessel = Bioreactor(50)
    vessel.act("inoculate")
    with pytest.raises(BadInput, match="Inoculate once"):
        vessel.act("inoculate")


def test_a_small_vessel_is_not_emptied_by_samples() -> None:
    vessel = Bioreactor(2)
    for _ in range(3):
        vessel.act("sample", volume=200.0)
    with pytest.raises(BadInput, match=r"would leave 0.5 L.*draw less"):
        vessel.act("sample", volume=200.0)
    assert vessel.truth("volume") == pytest.approx(0.7)


def test_after_the_harvest_nothing_happens() -> None:
    vessel = golden(50, days=15.0)
    assert vessel.happenings[-1].kind == "harvested"
    assert vessel.happenings[-1].about["product"] == vessel.truth("product")
    with pytest.raises(BadInput, match="has been harvested"):
        vessel.act("feed", flow=0.0)


def test_unknown_scales_and_parameters_are_named() -> None:
    with pytest.raises(BadInput, match="Use one of 2, 50, 2000"):
        Bioreactor(10)
    with pytest.raises(BadInput, match="unknown parameter `q_X`"):
        Bioreactor(2, changed={"q_X": 1.0})


def test_where_numbers_end_it_stops_with_state_and_cause() -> None:
    vessel = Bioreactor(2, changed={"beta": 1e300, "salt_product": 1e300})
    vessel.act("inoculate")
    vessel.vessel.culture[13] *= 3.0
    with pytest.raises(Stopped, match="`antibody` is no finite number") as stop:
        vessel.do_step(DAY)
    assert stop.value.state["viable"] > 0.0
