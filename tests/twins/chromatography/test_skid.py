"""The skid: a golden run, what goes wrong and what it costs, and the shape of every twin."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resilience.twins.chromatography.column import Mesh
from resilience.twins.chromatography.elution_cases import run_case
from resilience.twins.chromatography.skid import Chromatography
from resilience.twins.chromatography.variables import SHOWN, TRUTHS
from resilience.twins.errors import BadInput
from resilience.twins.shape import Stopped
from tests.twins.chromatography.test_cases import ELUTION

COARSE = Mesh(24, 6, graded=True)
LOADED, ELUTED, END = 342.9, 771.4, 1400.0


def started(mesh: Mesh = COARSE, seed: int = 1, **changes: float) -> Chromatography:
    """Lines primed, 3.5 mL/min, and the golden run planned: load 20 mL, wash 25 mL, elute into the pool."""
    twin = Chromatography(seed, changes, mesh)
    for line in ("feed", "wash", "elute"):
        twin.act("prime", line=line)
    twin.set("flow", 3.5, "mL/min")
    twin.act("load")
    twin.act("wash", at=LOADED)
    twin.act("elute", at=ELUTED)
    twin.act("cut", at=ELUTED, start="100 mAU", stop="100 mAU")
    return twin


def ended(doing: Callable[[Chromatography], None] | None = None, mesh: Mesh = COARSE) -> Chromatography:
    """A golden run to its end, with something done to it at its start."""
    twin = started(mesh)
    if doing is not None:
        doing(twin)
    twin.do_step(END)
    return twin


@pytest.fixture(scope="module")
def golden() -> Chromatography:
    """The golden run, ended."""
    return ended()


def test_the_golden_run_pools_nearly_all(golden: Chromatography) -> None:
    assert golden.truth("loaded") == pytest.approx(200.0, abs=0.1)
    assert golden.truth("yield") > 97.0
    assert golden.truth("pool_concentration") > 15.0
    assert golden.truth("pool_feed") < 1e-3
    kinds = [happening.kind for happening in golden.happenings]
    assert kinds == ["primed"] * 3 + ["phase"] * 3 + ["pool opened", "pool closed"]
    assert set(golden.wasted) == {"load", "wash", "elute"}


def test_the_skids_column_is_that_of_the_reference_run() -> None:
    mesh = Mesh(30, 6)
    twin = started(mesh)
    inputs = ELUTION | {
        "V_inj_m3": 3.5e-6 * LOADED / 60.0, "V_elution_start_m3": 3.5e-6 * ELUTED / 60.0, "Q_m3_s": 3.5e-6 / 60.0,
        "t_end_s": END, "n_out": 701,
    }  # fmt: skip
    reference = run_case(inputs)
    leaving = []
    while twin.seconds < END - 1e-6:
        twin.do_step(2.0)
        leaving.append(twin.truth("outlet"))
    eluted = np.where(np.arange(2.0, END + 1.0, 2.0) >= ELUTED, leaving, 0.0)
    assert eluted.max() == pytest.approx(reference["peak_g_L"], rel=1e-3)
    assert twin.truth("loaded") == pytest.approx(reference["loaded_mg"], rel=1e-9)


@pytest.mark.parametrize(
    ("fault", "how", "cost"),
    [
        ("wrong_buffer", {"line": "elute", "ph": 4.5}, 5.0),
        ("overload", {"titre": "17.5 g/L"}, 20.0),
        ("aged_resin", {"capacity": 0.6}, 20.0),
        ("leak", {"share": 0.1}, 5.0),
        ("lamp", {}, 90.0),
    ],
)
def test_a_fault_costs_yield(golden: Chromatography, fault: str, how: dict[str, Any], cost: float) -> None:
    broken = ended(lambda twin: twin.fault(fault, **how))
    assert broken.truth("yield") < golden.truth("yield") - cost
    assert abs(broken.truth("discrepancy")) < 1e-9 * broken.truth("loaded")


def test_air_in_the_bed_dilutes_the_pool(golden: Chromatography) -> None:
    airy = ended(lambda twin: twin.fault("air", volume="5 mL"))
    assert airy.truth("pool_concentration") < 0.95 * golden.truth("pool_concentration")
    assert abs(airy.truth("discrepancy")) < 1e-9 * airy.truth("loaded")


def test_resin_that_fails_in_the_run_lets_go_of_what_it_held() -> None:
    twin = started()
    twin.do_step(LOADED)
    held = twin.truth("held")
    twin.fault("aged_resin", capacity=0.3)
    assert twin.truth("held") == pytest.approx(held, rel=1e-12)
    twin.do_step(300.0)
    assert twin.truth("held") < 0.5 * held
    assert abs(twin.truth("discrepancy")) < 1e-9 * twin.truth("loaded")


def test_wrong_salt_is_seen_by_the_conductivity_alone(golden: Chromatography) -> None:
    odd = ended(lambda twin: twin.fault("wrong_salt", line="elute", conductivity="40 mS/cm"))
    assert odd.get("conductivity") == pytest.approx(40.0, abs=0.5)
    assert golden.get("conductivity") == pytest.approx(3.0, abs=0.2)
    assert odd.truth("yield") == pytest.approx(golden.truth("yield"), abs=1e-6)


def test_a_clogged_frit_raises_the_pressure_until_the_pump_slows() -> None:
    twin = started()
    twin.do_step(60.0)
    usual = twin.get("pressure")
    twin.fault("clogged_frit", times=10.0)
    twin.do_step(10.0)
    assert twin.get("flow_actual") == 3.5
    assert twin.get("pressure") > 5.0 * usual
    twin.fault("clogged_frit", times=200.0)
    twin.do_step(10.0)
    assert twin.truth("bed_pressure") == pytest.approx(3.0)
    assert twin.get("flow_actual") < 1.0
    assert [each.kind for each in twin.happenings][-1] == "pressure limit"


def test_a_line_that_is_not_primed_brings_its_air() -> None:
    twin = Chromatography(mesh=COARSE)
    twin.act("prime", line="feed")
    twin.set("flow", 3.5)
    twin.act("load")
    assert twin.truth("air") == 0.0
    sound = twin.packing()
    twin.act("wash")
    assert twin.truth("air") == pytest.approx(100.0 * 0.3 * 1.5 / (0.31 * 5.025))
    assert twin.packing().asymmetry > sound.asymmetry + 0.3
    before = twin.truth("air")
    twin.do_step(600.0)
    assert twin.truth("air") < 0.8 * before


def test_cleaning_strips_the_column_and_costs_a_little_capacity() -> None:
    twin = ended(lambda twin: twin.fault("wrong_buffer", line="elute", ph=4.5))
    assert twin.truth("held") > 5.0
    for line in ("clean", "equilibrate"):
        twin.act("prime", line=line)
    twin.act("clean")
    twin.do_step(900.0)
    assert twin.truth("held") < 0.02
    assert twin.get("ph") > 12.5
    twin.act("equilibrate")
    assert 55.6 * 0.998 < twin.truth("capacity") < 55.6


def test_breakthrough_hides_behind_what_does_not_bind() -> None:
    twin = started()
    twin.do_step(LOADED - 1.0)
    ends = 3000.0
    assert 1000.0 < twin.get("uv") < ends
    twin.do_step(300.0)
    assert twin.get("uv") < 50.0


def test_a_detector_is_behind_the_bed() -> None:
    twin = started()
    twin.do_step(ELUTED)
    while twin.truth("outlet_ph") > 5.5:
        twin.do_step(1.0)
    assert twin.get("ph") > 6.0
    twin.do_step(60.0)
    assert twin.get("ph") == pytest.approx(twin.truth("outlet_ph"), abs=0.1)


def test_a_gradient_goes_over_by_volume() -> None:
    twin = started()
    twin.do_step(500.0)
    twin.act("elute", gradient="4 column volumes")
    twin.do_step(0.5 * 4.0 * 5.025 / 3.5 * 60.0)
    assert twin._state.now.ph == pytest.approx(0.5 * (7.2 + 3.5), abs=1e-6)
    twin.do_step(300.0)
    assert twin._state.now.ph == 3.5


def test_instruments_can_be_zeroed_calibrated_stuck_and_drift() -> None:
    twin = started()
    twin.do_step(LOADED)
    twin.act("zero_uv")
    twin.do_step(5.0)
    assert abs(twin.get("uv")) < 100.0
    twin.fault("drift", per_day="5 pH/d")
    twin.act("calibrate_ph", ph="7 pH")
    assert twin.get("ph") == pytest.approx(7.0, abs=0.02)
    twin.fault("stuck_probe", probe="ph")
    shown = twin.get("ph")
    twin.do_step(600.0)
    assert twin.get("ph") == shown


def test_collecting_by_hand_takes_what_leaves() -> None:
    twin = started()
    twin.do_step(120.0)
    twin.act("collect")
    twin.do_step(60.0)
    twin.act("waste")
    assert twin.get("pool_volume") == pytest.approx(3.5)
    pooled = twin.truth("pooled")
    twin.do_step(60.0)
    assert twin.truth("pooled") == pooled
    assert twin.truth("pool_feed") > 1.0


# The shape of every twin ----------------------------------------------------------------------------------------------
def told(twin: Chromatography) -> dict[str, float]:
    """Everything that can be asked for."""
    return {name: twin.get(name) for name in ("flow", *SHOWN)} | {name: twin.truth(name) for name in TRUTHS}


def test_every_variable_can_be_asked_for() -> None:
    twin = Chromatography(mesh=COARSE)
    assert {"flow", *SHOWN, *TRUTHS} == {*twin.variables, *twin.truths}
    assert all(np.isfinite(value) for value in told(twin).values())


def test_the_same_seed_and_doings_give_the_same_run_to_the_bit() -> None:
    one, other = started(), started()
    for twin in (one, other):
        twin.fault("air", at=200.0, volume=3.0)
        twin.do_step(900.0)
    assert told(one) == told(other)
    assert started(seed=2).get("uv") != started(seed=1).get("uv")


def test_a_restored_run_goes_on_as_it_went() -> None:
    twin = started()
    twin.do_step(700.0)
    kept = twin.snapshot()
    twin.do_step(200.0)
    went = told(twin)
    twin.restore(kept)
    assert twin.seconds == 700.0
    twin.do_step(200.0)
    assert told(twin) == went


def test_a_fork_leaves_its_origin_alone() -> None:
    twin = started()
    twin.do_step(700.0)
    other = twin.fork()
    other.fault("aged_resin", capacity=0.3)
    other.fault("air", volume=10.0)
    other.do_step(300.0)
    alone = started()
    alone.do_step(700.0)
    assert told(twin) == told(alone)
    twin.do_step(300.0)
    alone.do_step(300.0)
    assert told(twin) == told(alone)
    assert told(other) != told(twin)


def test_steps_of_a_frame_give_what_long_steps_give() -> None:
    frames, long = started(), started()
    for _ in range(400):
        frames.do_step(0.25)
    long.do_step(100.0)
    assert frames.truth("held") == pytest.approx(long.truth("held"), rel=1e-6)
    assert frames.get("conductivity") == pytest.approx(long.get("conductivity"), abs=0.05)


@settings(max_examples=12, deadline=None)
@given(st.lists(
    st.sampled_from([
        ("act", "load", {}), ("act", "wash", {}), ("act", "elute", {}), ("act", "elute", {"gradient": 2.0}),
        ("act", "clean", {}), ("act", "collect", {}), ("act", "waste", {}), ("fault", "air", {"volume": 4.0}),
        ("fault", "leak", {"share": 0.2}), ("fault", "aged_resin", {"capacity": 0.5}),
        ("fault", "clogged_frit", {"times": 300.0}), ("fault", "overload", {"titre": 30.0}),
        ("fault", "wrong_buffer", {"line": "wash", "ph": 4.0}),
    ]), min_size=3, max_size=8,
))  # fmt: skip
def test_whatever_is_done_no_protein_is_lost_or_made(doings: list[tuple[str, str, dict[str, Any]]]) -> None:
    twin = Chromatography(mesh=Mesh(10, 4))
    twin.set("flow", 6.0)
    twin.act("load")
    for verb, name, how in doings:
        twin.do_step(70.0)
        getattr(twin, verb)(name, **how)
    twin.do_step(70.0)
    assert abs(twin.truth("discrepancy")) <= 1e-9 * twin.truth("loaded")
    assert all(np.isfinite(value) for value in told(twin).values())


def test_a_state_that_is_none_stops_the_run_then_and_ever_after() -> None:
    twin = started()
    twin.do_step(10.0)
    twin._state.column.c[0, 3] = np.nan
    for _ in range(2):
        with pytest.raises(Stopped, match="beads") as caught:
            twin.do_step(1.0)
        assert caught.value.seconds == 10.0
        assert caught.value.state["flow"] == 3.5


@pytest.mark.parametrize(
    ("do", "where", "what"),
    [
        (lambda twin: twin.set("flow", -1.0), "flow", "the value is -1"),
        (lambda twin: twin.set("flow", 30.0), "flow", "the value is 30"),
        (lambda twin: twin.set("flow", 3.0, "L/h"), "flow", "the unit is `L/h`"),
        (lambda twin: twin.set("uv", 3.0), "chromatography.uv", "causality output"),
        (lambda twin: twin.get("held"), "chromatography.held", "causality local"),
        (lambda twin: twin.act("brew"), "chromatography", "unknown action `brew`"),
        (lambda twin: twin.act("prime", line="tea"), "chromatography.prime.line", "unknown line `tea`"),
        (
            lambda twin: twin.act("elute", gradient="-1 column volumes"),
            "chromatography.elute.gradient",
            "the value is -1",
        ),
        (lambda twin: twin.act("cut", start=50.0, stop=80.0), "chromatography.cut.stop", "above where it opens"),
        (lambda twin: twin.act("load", at=5.0), "chromatography.load.at", "has passed"),
        (lambda twin: twin.act("load", flow=1.0), "chromatography.load", "unknown key `flow`"),
        (lambda twin: twin.fault("aged_resin", capacity=1.5), "chromatography.aged_resin.capacity", "the value is 1.5"),
        (lambda twin: twin.fault("air"), "chromatography.air", "`volume` is missing"),
        (lambda twin: twin.do_step(-1.0), "chromatography", "negative"),
        (lambda _: Chromatography(changes={"titre": 99.0}), "parameters.titre", "the value is 99"),
    ],
)
def test_a_mistake_is_named_and_nothing_has_happened(do: Callable[[Any], None], where: str, what: str) -> None:
    twin = started()
    twin.do_step(10.0)
    before = told(twin)
    with pytest.raises(BadInput, match=what) as caught:
        do(twin)
    assert caught.value.where == where
    assert caught.value.fix
    assert told(twin) == before


def test_a_run_can_say_what_it_rests_on() -> None:
    sources = Chromatography(mesh=COARSE).sources
    assert any("Zhang" in source for source in sources)
    assert len(set(sources)) == len(sources)
    assert all(a != b for a, b in pairwise(sorted(sources)))
