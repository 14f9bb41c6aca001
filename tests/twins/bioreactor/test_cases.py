"""Case files of the bioreactor."""

from __future__ import annotations

from typing import Any

import pytest

from resilience.twins import cases
from resilience.twins.errors import BadInput

REFERENCE: dict[str, Any] = {
    "bioreactor.V_start": 0.3,
    "bioreactor.m_start[1]": 0.05,
    "bioreactor.m_start[4]": 5.0,
    "bioreactor.m_start[5]": 1.0,
    "feedtank.c_in[4]": 15.0,
    "dosagescheme.table[1,1]": 0.0,
    "dosagescheme.table[1,2]": 0.0,
    "dosagescheme.table[2,1]": 50.0,
    "dosagescheme.table[2,2]": 0.004,
    "t_end_h": 100.0,
}
RUN: dict[str, Any] = {
    "model": "run",
    "scale_l": 2,
    "days": 2.0,
    "actions": [{"at": "24 h", "do": "sample", "volume": "20 mL"}],
    "faults": [{"at": "30 h", "do": "probe_drift", "probe": "pH", "per_day": "0.1 1/day"}],
}


def ask(inputs: dict[str, Any]) -> Any:
    return cases.run("bioreactor", {"case": "ours", "inputs": inputs})["outputs"]


def test_the_reference_model_answers_with_maxima_times_and_final_values() -> None:
    outputs = ask(REFERENCE)
    assert outputs["bioreactor.V"] == {"max": pytest.approx(0.5), "t_max_h": 100.0, "final": pytest.approx(0.5)}
    assert outputs["bioreactor.culture.mu"]["t_max_h"] == 0.0
    assert len(outputs) == 10


def test_parameters_of_a_case_count() -> None:
    without = ask({**REFERENCE, "parameters": {"beta": 0.0}})
    assert without["bioreactor.c[8]"]["max"] == 0.0
    assert ask(REFERENCE)["bioreactor.c[8]"]["max"] > 10.0


def test_a_run_tells_truth_readings_samples_and_what_happened() -> None:
    outputs = ask(RUN)
    assert outputs["truth"]["viable"] > 1.0
    assert outputs["shown"]["pH"] - outputs["truth"]["pH"] == pytest.approx(0.075, abs=0.03)
    assert outputs["samples"][0]["drawn_h"] == 24.0
    assert {"h": 24.0, "kind": "sampled", "volume": 20.0} in outputs["happenings"]


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({**REFERENCE, "bioreactor.V_start": -1.0}, r"bioreactor.V_start: the value is -1"),
        ({**REFERENCE, "bioreactor.m_start[9]": 1.0}, "there is no amount 9"),
        ({**REFERENCE, "feedtank.c_in[4]": -2.0}, r"feedtank.c_in\[4\]: the value is -2"),
        ({**REFERENCE, "reactor.size[1]": 2.0}, r"unknown key `reactor.size"),
        ({**REFERENCE, "volume": 2.0}, "unknown key `volume`"),
        ({**REFERENCE, "dosagescheme.table[3,1]": 60.0}, "the row needs a time and a flow"),
        ({**REFERENCE, "parameters": {"KG": 0.0}}, "parameters.KG"),
        ({**REFERENCE, "parameters": {"KX": 1.0}}, "unknown key `KX` Use KG"),
        ({"bioreactor.V_start": 1.0}, "`t_end_h` is missing"),
        ({**RUN, "actions": [{"at": "24", "do": "sample"}]}, r"actions\[0\].at: `24` is no number with its unit"),
        ({**RUN, "actions": [{"at": "24 min", "do": "sample"}]}, "Give it in h"),
        ({**RUN, "actions": [{"at": "24 h", "do": "sample", "volume": "20"}]}, "no number with its unit"),
        ({**RUN, "actions": [{"at": "24 h", "do": "sing"}]}, "unknown action `sing`"),
        (
            {**RUN, "golden": False, "actions": [{"at": "1 h", "do": "feed", "flow": "0.01 L/h"}]},
            "nothing is connected",
        ),
        ({**RUN, "scale_l": 10}, "there is no vessel of 10 L"),
        ({**RUN, "colour": "red"}, "unknown key `colour`"),
        ({**RUN, "model": "tea"}, "Use one of fed-batch, run"),
    ],
)
def test_a_wrong_case_is_refused_with_its_key(inputs: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        ask(inputs)
