"""A whole cycle as a case: through the one door, with units, and every mistake named."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from resilience.twins import cases
from resilience.twins.errors import BadInput

CYCLE: dict[str, Any] = {
    "model": "cycle",
    "hours": 20,
    "every_h": 0.5,
    "seed": 3,
    "start": "15 C",
    "parameters": {"fill": "1.5 mL", "vials": 200},
    "actions": [
        {"at": "0 h", "do": "shelf", "to": "-45 C", "rate": "1 C/min"},
        {"at": "2 h", "do": "cool_condenser"},
        {"at": "3 h", "do": "pressure", "to": "60 mTorr"},
        {"at": "3 h", "do": "evacuate"},
        {"at": "4 h", "do": "shelf", "to": "-10 C"},
    ],
    "faults": [{"at": "10 h", "do": "vacuum_leak", "rate": "800 mbar L/s"}],
}


def ran(**changes: Any) -> dict[str, Any]:
    outputs: dict[str, Any] = cases.run("lyophiliser", {"case": "c", "inputs": {**copy.deepcopy(CYCLE), **changes}})[
        "outputs"
    ]
    return outputs


def test_a_cycle_tells_what_was_shown_and_what_was_true() -> None:
    found = ran()
    trends = found["trends"]
    assert trends["time_h"] == [0.5 * n for n in range(41)]
    assert trends["product_centre"][0] == pytest.approx(15.0, abs=0.5)
    assert {len(column) for column in trends.values()} == {41}
    assert trends["pressure"][18] == pytest.approx(60.0, abs=0.5)
    assert trends["pressure"][30] > 1000.0
    assert [each["kind"] for each in found["happened"]][:4] == ["nucleation", "nucleation", "evacuated", "collapse"]
    assert {"h": 10.0, "kind": "fault", "name": "vacuum_leak"} in found["happened"]
    assert found["stopped"] is None
    assert found["end"]["centre_dried"] == trends["centre_dried"][-1]
    assert found["quality"]["share_passing"] == 0.0


def test_a_run_that_stops_says_when_and_why() -> None:
    found = ran(actions=[each for each in CYCLE["actions"] if each["do"] != "shelf"])
    assert "boils" in found["stopped"]["cause"]
    assert 3.0 < found["stopped"]["h"] < 4.0
    assert found["trends"]["time_h"][-1] <= found["stopped"]["h"]


def action(**how: Any) -> dict[str, Any]:
    return {"actions": [{"at": "0 h", "do": "shelf", "to": "-45 C", **how}]}


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        (action(to=-45.0), r"inputs.actions\[0\].to: `-45.0` has no unit"),
        (action(to="-45"), "no number with its unit"),
        (action(to="-45 K"), "the unit is `K`"),
        (action(to="-90 C"), "the value is -90 C"),
        (action(do="sing"), r"inputs.actions\[0\].do: unknown do `sing`"),
        (action(at="-1 h"), r"inputs.actions\[0\].at: the value is -1 h"),
        (action(at="21 h"), r"inputs.actions\[0\].at: the value is 21 h"),
        (action(at=1), "`1` is no text"),
        (action(at="90 min"), "the unit is `min`"),
        (action(mood=1), "unknown key `mood`"),
        ({"faults": [{"at": "0 h", "do": "rain"}]}, "unknown do `rain`"),
        ({"parameters": {"fill": 2.0}}, "inputs.parameters.fill: `2.0` has no unit"),
        ({"parameters": {"fill": "2 L"}}, "the unit is `L`"),
        ({"parameters": {"fill": "-2 mL"}}, "the value is -2 mL"),
        ({"parameters": {"wings": 2}}, "no parameter `wings`"),
        ({"start": 20.0}, "inputs.start: `20.0` has no unit"),
        ({"start": "-20 C"}, "starts at -20 C"),
        ({"hours": 1e6}, "inputs.hours: the value is 1e\\+06"),
        ({"tea": 1}, "unknown key `tea`"),
    ],
)
def test_what_cannot_be_is_named(changes: dict[str, Any], what: str) -> None:
    with pytest.raises(BadInput, match=what) as caught:
        ran(**changes)
    assert caught.value.fix
