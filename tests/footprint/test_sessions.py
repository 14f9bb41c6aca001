from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from resilience.footprint import Session

GOOD = {"module": "gowning", "year": 2026, "device_hours": 0.75}


def test_the_lowest_purpose_is_the_default() -> None:
    session = Session.model_validate(GOOD)
    assert session.purpose == "outreach"
    assert not session.countersigned


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"device_hours": 0}, "device_hours"),
        ({"device_hours": float("nan")}, "device_hours"),
        ({"device_hours": 25}, "device_hours"),
        ({"year": 1999}, "year"),
        ({"purpose": "saving"}, "purpose"),
        ({"device": "toaster"}, "device"),
        ({"name": "Somebody"}, "name"),
        ({"extra_physical_runs": -1}, "extra_physical_runs"),
        ({"hub_travel": [{"reason": "to the hub", "mode": "plane", "km": 5}]}, r"hub_travel\.0\.mode"),
        ({"hub_travel": [{"reason": "", "mode": "car", "km": 5}]}, r"hub_travel\.0\.reason"),
        ({"trips_replaced": [{"reason": "to the hub", "mode": "car", "km": -5}]}, r"trips_replaced\.0\.km"),
    ],
)
def test_a_wrong_field_is_refused_by_name(fields: dict[str, Any], named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        Session.model_validate({**GOOD, **fields})
