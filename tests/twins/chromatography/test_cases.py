"""Cases by kind: what they answer, what follows from their inputs, and every mistake named with its key."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from resilience.twins.chromatography.cases import run_case
from resilience.twins.errors import BadInput

ELUTION: dict[str, Any] = {
    "pH_load": 7.2, "pH_start": 3.5, "pH_end": 3.5, "c_feed_g_L": 10.0, "V_inj_m3": 1e-5, "V_elution_start_m3": 1.5e-5,
    "gradient_CV": 0, "Q_m3_s": 1e-7, "L_m": 0.025, "CV_m3": 5.025e-6, "t_end_s": 400.0, "Qmax_g_per_L_column": 55.6,
    "Keq_mL_mg": 268.0, "kd_1_s": 1.0, "eps_col": 0.31, "eps_par": 0.95, "Rp_m": 4.25e-5, "kf_m_s": 1.41e-5,
    "Dp_m2_s": 1.99e-11, "Dax_m2_s": 1.36e-8, "pKaA": 2.07, "pKaG": 5.29, "etaA": 1.81, "etaG": 2.28, "MW_kDa": 150.0,
    "ncol": 30, "npar": 6, "pH_init": 7.2, "c_init": 0.0, "q_init": 0.0, "pH_film_m_s": 1.0,
    "pH_pore_diffusion_m2_s": 1.0, "n_out": 401,
}  # fmt: skip
LOADING: dict[str, Any] = {
    "L": 0.1, "A": 2e-4, "eps_c": 0.35, "eps_p": 0.6, "Rp": 4.25e-5, "Dax": 5e-8, "kf": 5e-6, "Dp": 9e-12, "ka": 10.0,
    "kd": 0.01, "qmax": 1.9, "Q": 1.6e-7, "sections": [[5400.0, 0.0133], [6000.0, 0.0]], "MW_kg_mol": 150.0, "ncol": 30,
    "npar": 8, "n_out": 401, "c_init": 0.0, "q_init": 0.0,
}  # fmt: skip
EXCHANGE: dict[str, Any] = {
    "SMA": {"ka": [0, 35.5, 7.7], "kd": [0, 1000, 1000], "nu": [0, 4.7, 3.7], "sigma": [0, 11.83, 10],
            "Lambda_mM": 1200, "is_kinetic": True},
    "column": {"length_m": 0.014, "diameter_m": 0.02, "bed_porosity": 0.37, "particle_radius_m": 4.5e-5,
               "particle_porosity": 0.75, "axial_dispersion_m2_s": 5.75e-8, "film_m_s": 6.9e-6,
               "pore_m2_s": [7e-10, 6.07e-11, 6.07e-11]},
    "flow_m3_s": 6.68e-8, "load": {"c_mM": [50, 1, 1], "duration_s": 9}, "wash": "50 mM salt to 40 s",
    "gradient": "50->500 mM salt linear 40->900 s",
    "init": {"c_mM": [50.0, 0.0, 0.0], "cp_mM": [50.0, 0.0, 0.0], "q_mM_solid": [1200.0, 0.0, 0.0]},
    "sma_reference": {"c_ref_mM": 1.0, "q_ref_mM": 1.0}, "sections_s": [0.0, 9.0, 40.0, 900.0],
    "salt_gradient_mM": [50.0, 500.0], "ncol": 10, "npar": 2, "t_end_s": 900.0, "dt_out_s": 2.0,
}  # fmt: skip
RUN: dict[str, Any] = {"model": "run", "hours": 0.05, "mesh": {"cells": 10, "shells": 3}}


def changed(inputs: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The inputs with other values; `load.duration_s` reaches within, and None takes a key away."""
    found = copy.deepcopy(inputs)
    for path, value in changes.items():
        *outer, key = path.split("__")
        within = found
        for name in outer:
            within = within[name]
        if value is None:
            del within[key]
        else:
            within[key] = value
    return found


def test_an_elution_answers_every_output() -> None:
    found = run_case(ELUTION)
    assert found["loaded_mg"] == pytest.approx(100.0)
    assert found["load_g_per_L_resin"] == pytest.approx(100.0 / 5.025)
    assert found["t_peak_s"] > 150.0
    assert found["recovery_pct"] == pytest.approx(100.0, abs=1.0)
    assert 3.5 < found["pH_at_peak"] < 7.2


def test_a_weaker_elution_buffer_leaves_protein_behind() -> None:
    good, weak = run_case(ELUTION), run_case(changed(ELUTION, pH_start=4.5, pH_end=4.5))
    assert weak["yield_pct"] < good["yield_pct"] - 5.0
    assert weak["peak_g_L"] < 0.5 * good["peak_g_L"]


def test_the_wash_may_be_followed_by_a_gradient() -> None:
    step, gradient = run_case(ELUTION), run_case(changed(ELUTION, pH_start=5.5, gradient_CV=3.0))
    assert gradient["t_peak_s"] > step["t_peak_s"]
    assert gradient["peak_g_L"] < step["peak_g_L"]


def test_a_column_that_holds_protein_at_the_start_gives_it_back() -> None:
    found = run_case(changed(ELUTION, c_feed_g_L=0.0, q_init=5.0))
    held = 5.0 * 150.0 * 0.69 * 0.05 * 5.025
    assert found["eluted_total_mg"] + found["breakthrough_before_elution_mg"] == pytest.approx(held, rel=0.02)
    assert found["yield_pct"] is None


def test_a_load_answers_every_output() -> None:
    found = run_case(LOADING)
    assert found["t_1pct_s"] < found["t_5pct_s"] < found["t_10pct_s"] < found["t_50pct_s"]
    assert found["DBC10_g_per_L"] == pytest.approx(found["t_10pct_s"] * 1.6e-7 * 0.0133 * 150.0 / 2e-5)
    assert found["CV_mL"] == pytest.approx(20.0)
    assert found["residence_time_min"] == pytest.approx(20.0 / 9.6)


def test_what_is_never_reached_is_none() -> None:
    found = run_case(changed(LOADING, sections=[[600.0, 0.0133], [700.0, 0.0]]))
    assert found["t_50pct_s"] is None
    assert found["DBC10_g_per_L"] is None


def test_an_aged_resin_holds_less() -> None:
    assert run_case(changed(LOADING, qmax=1.33))["DBC10_g_per_L"] < 0.8 * run_case(LOADING)["DBC10_g_per_L"]


def test_an_exchange_answers_every_protein() -> None:
    found = run_case(EXCHANGE)
    assert list(found) == ["A", "B", "salt_final_mM"]
    assert found["B"]["t_peak_s"] < found["A"]["t_peak_s"]
    for name in ("A", "B"):
        assert found[name]["area_mM_s"] == pytest.approx(9.0, rel=0.02)
        assert found[name]["mean_t_s"] > 60.0


def test_the_units_of_the_reference_concentrations_are_taken_into_account() -> None:
    numbers = EXCHANGE["SMA"]
    other = changed(EXCHANGE, sma_reference={"c_ref_mM": 2.0, "q_ref_mM": 4.0})
    other["SMA"]["ka"] = [0, *(ka * 4.0**nu for ka, nu in zip(numbers["ka"][1:], numbers["nu"][1:], strict=True))]
    other["SMA"]["kd"] = [0, *(kd * 2.0**nu for kd, nu in zip(numbers["kd"][1:], numbers["nu"][1:], strict=True))]
    assert run_case(other)["A"]["peak_mM"] == pytest.approx(run_case(EXCHANGE)["A"]["peak_mM"], rel=1e-9)


def test_a_run_answers_its_end_and_its_trends() -> None:
    found = run_case(
        changed(
            RUN,
            every_h=0.01,
            actions=[
                {"at": "0 h", "do": "prime", "line": "feed"},
                {"at": "0 h", "do": "pump", "value": "3.5 mL/min"},
                {"at": "0 h", "do": "load"},
            ],
            faults=[{"at": "0.02 h", "do": "leak", "share": 0.5}],
        )
    )
    assert found["stopped"] is None
    assert found["end"]["loaded"] == pytest.approx(3.5 * 3.0 * 10.0)
    assert found["end"]["leaked"] == pytest.approx(0.5 * 3.5 * 1.8 * 10.0)
    assert len(found["trends"]["uv"]) == len(found["trends"]["time_h"]) == 6
    assert [each["kind"] for each in found["happened"]] == ["primed", "phase"]


@pytest.mark.parametrize(
    ("inputs", "where", "what"),
    [
        ({}, "inputs", "not of one kind"),
        ({"SMA": {}, "qmax": 1}, "inputs", "it has qmax and SMA"),
        (changed(ELUTION, hue=1), "inputs", "unknown key `hue`"),
        (changed(ELUTION, ncol=None), "inputs", "`ncol` is missing"),
        (changed(ELUTION, ncol=3), "mesh.cells", "3 cells"),
        (changed(ELUTION, npar=2.5), "inputs.npar", "no whole number"),
        (changed(ELUTION, Q_m3_s=-1e-7), "inputs.Q_m3_s", "the value is -1e-07"),
        (changed(ELUTION, CV_m3=0), "inputs.CV_m3", "the value is 0"),
        (changed(ELUTION, V_inj_m3=-1e-6), "inputs.V_inj_m3", "the value is -1e-06"),
        (changed(ELUTION, V_elution_start_m3=1e-6), "inputs.V_elution_start_m3", "before the load ends"),
        (changed(ELUTION, pH_end=15), "inputs.pH_end", "the value is 15"),
        (changed(ELUTION, eps_col=1.0), "inputs.eps_col", "the value is 1"),
        (changed(ELUTION, t_end_s=100.0), "inputs.t_end_s", "elution starts at 150 s"),
        (changed(ELUTION, pH_film_m_s=1e-6), "inputs.pH_film_m_s", "the value is 1e-06"),
        (changed(ELUTION, n_out="many"), "inputs.n_out", "no finite number"),
        (changed(LOADING, sections=[]), "inputs.sections", "no sections"),
        (changed(LOADING, sections=[[100.0, 0.1], [50.0, 0.0]]), "inputs.sections[1]", "not after 100 s"),
        (changed(LOADING, sections=[[100.0, -0.1]]), "inputs.sections[0]", "the inlet is -0.1"),
        (changed(LOADING, sections=[[100.0]]), "inputs.sections.0", "no list of numbers"),
        (changed(LOADING, ka=-1), "inputs.ka", "the value is -1"),
        (changed(EXCHANGE, load__duration_s=8), "inputs.load.duration_s", "lasts 8 s"),
        (changed(EXCHANGE, load__c_mM=[0, 1, 1]), "inputs.load.c_mM", "too low"),
        (changed(EXCHANGE, SMA__nu=[0, 4.7]), "inputs.SMA.nu", "2 numbers beside 3"),
        (changed(EXCHANGE, SMA__is_kinetic=False), "inputs.SMA.is_kinetic", "equilibrium"),
        (changed(EXCHANGE, SMA__tea=1), "inputs.SMA", "unknown key `tea`"),
        (changed(EXCHANGE, sections_s=[0, 40, 9, 600]), "inputs.sections_s", "do not rise"),
        (changed(EXCHANGE, salt_gradient_mM=[0, 500]), "inputs.salt_gradient_mM", "no salt"),
        (changed(EXCHANGE, init__q_mM_solid=[1000, 0, 0]), "inputs.init.q_mM_solid", "do not make up"),
        (changed(EXCHANGE, init__cp_mM=[60, 0, 0]), "inputs.init.cp_mM", "differ"),
        (changed(EXCHANGE, column__pore_m2_s=[7e-10, 6e-11]), "inputs.column.pore_m2_s", "no list of numbers"),
        (changed(RUN, hours=0), "inputs.hours", "the value is 0"),
        (changed(RUN, parameters={"titre": 5}), "inputs.parameters.titre", "has no unit"),
        (changed(RUN, parameters={"titre": "5 mM"}), "inputs.parameters.titre", "the unit is `mM`"),
        (changed(RUN, actions=[{"at": "0 h", "do": "pump", "value": "-1 mL/min"}]), "chromatography.pump.value", "-1"),
        (changed(RUN, actions=[{"at": "1 h", "do": "load"}]), "inputs.actions[0].at", "the value is 1 h"),
        (changed(RUN, actions=[{"at": "0 h", "do": "brew"}]), "inputs.actions[0].do", "unknown do `brew`"),
        (changed(RUN, mesh={"cells": 1}), "mesh.cells", "1 cells"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_key(inputs: dict[str, Any], where: str, what: str) -> None:
    with pytest.raises(BadInput, match=what) as caught:
        run_case(inputs)
    assert caught.value.where == where
    assert caught.value.fix
