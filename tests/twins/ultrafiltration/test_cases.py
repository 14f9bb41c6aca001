"""Cases of ultrafiltration: closed forms and whole runs through the one door, and every mistake named."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from resilience.twins import cases
from resilience.twins.errors import BadInput

GEL = {"V0_L": 200, "C0": 10, "C_DF": 50, "N_DV": 8, "C_final": 150, "A_m2": 3.0, "k_LMH": 15.0, "Cg": 300, "S": 1.0}
OSMOTIC = {"C": 10, "TMP_bar": 0.7, "Rm_bar_per_LMH": 0.01, "k_LMH": 20.0, "pi_coeff_bar": [1.6e-4, 1e-6, 1.1e-8]}
RUN: dict[str, Any] = {
    "hours": 7,
    "every_h": 0.5,
    "parameters": {"area": "3 m2", "rejection": 0.998},
    "actions": [
        {"at": "0 h", "do": "concentrate", "to": "50 g/L"},
        {"at": "1.5 h", "do": "start_diafiltration"},
        {"at": "6.2 h", "do": "concentrate", "to": "120 g/L"},
    ],
    "faults": [{"at": "3 h", "do": "fouling", "share": 0.9}],
}


def ran(model: str, inputs: dict[str, Any], **changes: Any) -> dict[str, Any]:
    case = {"case": "c", "inputs": {"model": model, **copy.deepcopy(inputs), **changes}}
    outputs: dict[str, Any] = cases.run("ultrafiltration", case)["outputs"]
    return outputs


def test_a_run_tells_what_was_shown_and_what_was_true() -> None:
    found = ran("run", RUN)
    assert found["trends"]["time_h"] == [0.5 * n for n in range(15)]
    assert found["stopped"] is None
    assert found["quality"]["salt_left"] < 1e-3
    assert [each["kind"] for each in found["happened"]][:3] == ["concentrating", "phase over", "diafiltering"]
    assert found["end"]["volume"] == pytest.approx(200.0 * 10.0 / 120.0, rel=1e-6)


@pytest.mark.parametrize(
    ("model", "inputs", "changes", "what"),
    [
        ("gel", GEL, {"V0_L": -200}, "inputs.V0_L: the value is -200"),
        ("gel", GEL, {"C_DF": 5}, "the order is 10, 5, 150, 300"),
        ("gel", GEL, {"C_final": 300}, "C_final below Cg"),
        ("gel", GEL, {"S": 1.5}, "inputs.S: the value is 1.5"),
        ("gel", GEL, {"A_m2": "3"}, "no finite number"),
        ("gel", GEL, {"units": {"A_m2": "cm2"}}, "inputs.units.A_m2: the unit is `cm2`"),
        ("gel", GEL, {"units": {"B": "m"}}, "unknown key `B`"),
        ("gel", GEL, {"colour": 1}, "unknown key `colour`"),
        ("gel", {**GEL, "k_LMH": None}, {}, "inputs.k_LMH"),
        ("osmotic", OSMOTIC, {"TMP_bar": -1}, "inputs.TMP_bar: the value is -1"),
        ("osmotic", OSMOTIC, {"pi_coeff_bar": [-1.0]}, r"inputs.pi_coeff_bar\[0\]"),
        ("osmotic", OSMOTIC, {"pi_coeff_bar": 1.0}, "no list of numbers"),
        ("magnetic", {}, {}, "unknown model `magnetic`"),
        ("run", RUN, {"parameters": {"area": 3}}, "`3` has no unit"),
        ("run", RUN, {"parameters": {"area": "3 cm2"}}, "the unit is `cm2`"),
        ("run", RUN, {"actions": [{"at": "0 h", "do": "concentrate", "to": 50}]}, "`50` has no unit"),
        ("run", RUN, {"actions": [{"at": "9 h", "do": "recirculate"}]}, "at: the value is 9 h"),
        ("run", RUN, {"hours": 0}, "inputs.hours: the value is 0"),
    ],
)
def test_what_cannot_be_is_named(model: str, inputs: dict[str, Any], changes: dict[str, Any], what: str) -> None:
    with pytest.raises(BadInput, match=what) as caught:
        ran(model, inputs, **changes)
    assert caught.value.fix
