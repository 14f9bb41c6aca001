"""What a case does to a twin: at its time, with its units, and nothing that the twin does not know."""

from __future__ import annotations

from typing import Any

import pytest

from resilience.twins import Ultrafiltration, doings
from resilience.twins.errors import BadInput
from resilience.twins.inputs import Inputs
from resilience.twins.ultrafiltration import plant

RUN: dict[str, Any] = {
    "actions": [{"at": "0.5 h", "do": "concentrate", "to": "40 g/L"}],
    "faults": [{"at": "1 h", "do": "fouling", "share": 0.5}, {"at": "0.75 h", "do": "pump_trip"}],
}


def test_doings_happen_at_their_time() -> None:
    twin = Ultrafiltration()
    doings.plan(twin, Inputs(RUN, "inputs"), 2.0)
    trends, stopped = doings.run(twin, 2.0, 0.25, ("permeate_flow",), ("flux",))
    assert stopped is None
    assert trends["time_h"] == [0.25 * n for n in range(9)]
    assert [flux > 0.0 for flux in trends["flux"]] == [False, False, True, False, False, False, False, False, False]
    assert doings.happened(twin) == [
        {"h": 0.5, "kind": "concentrating"},
        {"h": 0.75, "kind": "fault", "name": "pump_trip"},
        {"h": 1.0, "kind": "fault", "name": "fouling"},
    ]


def test_a_run_that_stops_keeps_what_was_until_then() -> None:
    twin = Ultrafiltration(parameters={"concentration": 1.0, "osmotic3": 0.0, "intrinsic": 0.0, "buffer": 0.0})
    twin.act("concentrate", to=290.0)
    trends, stopped = doings.run(twin, 20.0, 1.0, (), ("volume",))
    assert stopped is not None
    assert "dry" in stopped["cause"]
    assert trends["time_h"][-1] < stopped["h"] < trends["time_h"][-1] + 1.0


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ({"do": "concentrate", "to": "40 g/L"}, "`at` is missing"),
        ({"at": 1, "do": "concentrate", "to": "40 g/L"}, "`1` is no text"),
        ({"at": "1", "do": "concentrate", "to": "40 g/L"}, "no number with its unit"),
        ({"at": "1 s", "do": "concentrate", "to": "40 g/L"}, "the unit is `s`"),
        ({"at": "3 h", "do": "concentrate", "to": "40 g/L"}, "the value is 3 h"),
        ({"at": "1 h", "do": "concentrate", "to": 40}, "`40` has no unit"),
        ({"at": "1 h", "do": "concentrate"}, "`to` is missing"),
        ({"at": "1 h", "do": "concentrate", "to": "40 g/L", "by": 1}, "unknown key `by`"),
        ({"at": "1 h", "do": "fouling"}, "`fouling`"),
    ],
)
def test_what_cannot_be_is_named(entry: dict[str, Any], what: str) -> None:
    with pytest.raises(BadInput, match=what):
        doings.plan(Ultrafiltration(), Inputs({"actions": [entry]}, "inputs"), 2.0)


def test_parameters_carry_their_unit() -> None:
    given = Inputs({"area": "2.5 m2", "rejection": 0.995}, "inputs.parameters")
    assert doings.changed(given, plant.read()) == {"area": 2.5, "rejection": 0.995}
    for values, what in (
        ({"area": 2.5}, "has no unit"),
        ({"area": "2.5 L"}, "the unit is `L`"),
        ({"a": 1}, "no parameter"),
    ):
        with pytest.raises(BadInput, match=what):
            doings.changed(Inputs(values, "inputs.parameters"), plant.read())
