from __future__ import annotations

import pytest

from resilience.footprint import Device, Purpose, Session, TravelMode, Trip
from resilience.footprint.bills import built_in
from resilience.footprint.grouping import Groups, group

KEY = ("gowning", Purpose.DECLARED_REPLACEMENT)


def session(**changes: object) -> Session:
    fields = {
        "module": "gowning", "site": "s", "year": 2026, "purpose": Purpose.DECLARED_REPLACEMENT, "countersigned": True,
        "trainee": "a", "device_hours": 0.5,
    }  # fmt: skip
    return Session.model_validate({**fields, **changes})


def grouped(*sessions: Session) -> Groups:
    return group(sessions, {}, built_in())


def test_hours_sessions_and_runs_are_summed() -> None:
    found = grouped(session(), session(), session(trainee="b"), session(device=Device.LAPTOP))
    assert found.hours[KEY, Device.HEADSET, 2026] == 1.5
    assert found.counts[KEY, Device.HEADSET, 2026] == 3
    assert found.headset_hours == {("s", 2026): 1.5}
    claims = found.claims["s", "gowning_qual", 2026]
    assert claims["a"].runs[KEY] == pytest.approx(1)
    assert claims["b"].runs[KEY] == pytest.approx(1 / 3)


def test_modules_beside_one_run_share_a_trainees_claim() -> None:
    found = grouped(session(module="media-fill"), session(module="aseptic-filling"))
    (claim,) = found.claims["s", "media_fill_bsc", 2026].values()
    assert sum(claim.runs.values()) == 2


def test_travel_is_summed_by_factor_and_a_claimed_trip_goes_with_its_claim() -> None:
    trip = Trip(reason="to the hub", mode=TravelMode.RAIL, km=40, hotel_nights=1)
    found = grouped(session(hub_travel=[trip, trip], trips_replaced=[trip]))
    assert found.travel[KEY, "rail_pkm+rail_wtt_pkm", 2026] == 80
    assert found.travel[KEY, "hotel_night_uk", 2026] == 2
    assert found.claims["s", "gowning_qual", 2026]["a"].trips[KEY, "rail_pkm+rail_wtt_pkm"] == 40


def test_outreach_claims_nothing_and_is_no_shortcoming() -> None:
    found = grouped(session(purpose=Purpose.OUTREACH, countersigned=False, trainee=""))
    assert (found.claims, found.credited) == ({}, 0)
    assert dict(found.notes) == {"site_without_profile": 1}
