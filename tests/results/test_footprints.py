"""The account of recorded sessions, on both kinds of database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache

from resilience.footprint import FootprintError, Measure, Purpose, Tier, TravelMode
from resilience.people import services as people
from resilience.people.models import Account, Organisation, Role, TrailEntry
from resilience.people.permissions import NOBODY, Actor
from resilience.programme.models import ClassJoin
from resilience.records import services as records
from resilience.records.models import Attempt
from resilience.results import footprint_factors, footprint_sites, footprints
from resilience.results.footprint_sites import HubTravel
from tests.footprint.workbooks import flat
from tests.records.conftest import finished
from tests.results import programme

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
UNTIL = date(2030, 12, 31)
BOTH = {"filled": 12, "units": 12}


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def site(name: str = "Site A") -> tuple[Organisation, Actor, Actor]:
    """An organisation with a trainee and an instructor."""
    here = Organisation.objects.create(name=name)
    key = name.replace(" ", "").lower()
    trainee, _ = people.add_member(here, f"ann@{key}.example", "Ann", Role.TRAINEE, "correct horse battery")
    instructor, _ = people.add_member(here, f"ivy@{key}.example", "Ivy", Role.INSTRUCTOR, "correct horse battery")
    return here, Actor(trainee, here, Role.TRAINEE), Actor(instructor, here, Role.INSTRUCTOR)


def session(
    number: int, actor: Actor = NOBODY, *, signed_by: Actor | None = None, process: Any = BOTH, **declared: Any
) -> None:
    """A recorded session of 45 minutes."""
    module = declared.pop("module", "gowning")
    attempt = records.begin(f"session-{number}", "token", module, "practice", number, "en", actor, **declared)
    if signed_by:
        records.countersign(attempt, signed_by, NOW)
    outcome = {"verdict": "competent", "findings": [], "seconds": 2700.0, "process": process}
    records.record(finished(number, session=f"session-{number}", module=module, outcome=outcome))


def test_a_record_becomes_what_the_footprint_asks_of_a_session(store: str) -> None:
    here, ann, ivy = site()
    session(1, ann, signed_by=ivy, purpose="declared_replacement", device="tablet")
    session(2, ann, purpose="extra_practice", device="headset", process={"filled": 3, "units": 12})
    session(3, process=None)
    one, two, three = footprints.recorded_sessions(None, UNTIL)
    assert (one.module, one.site, one.purpose, one.countersigned) == (
        "gowning",
        str(here.pk),
        "declared_replacement",
        True,
    )
    assert (one.device, one.device_hours, one.completed) == ("tablet", 0.75, True)
    assert one.trainee == two.trainee != ""
    assert (two.countersigned, two.completed, two.device) == (False, False, "headset")
    # Nothing is known of who and on what: no claim, and the device that takes most.
    assert (three.site, three.trainee, three.purpose, three.device) == ("", "", Purpose.OUTREACH, "headset")


def test_credit_needs_the_countersignature_and_comes_with_it(store: str) -> None:
    here, ann, ivy = site()
    for number in range(1, 4):
        session(number, ann, purpose="declared_replacement", device="headset")
    waiting = footprints.tell(here, UNTIL).account
    assert waiting.credited_sessions == 0
    assert waiting.notes["not_countersigned"] == 3
    assert waiting.figures[Measure.CARBON].p95 < 0
    for attempt in Attempt.objects.with_scopes_disabled().all():  # type: ignore[attr-defined]
        records.countersign(attempt, ivy, NOW)
    signed = footprints.tell(here, UNTIL).account
    assert signed.credited_sessions == 3
    assert signed.figures[Measure.CARBON].p5 > 0
    assert set(signed.by_purpose) == {"declared_replacement"}


def test_a_site_sees_its_own_sessions_and_the_programme_all(store: str) -> None:
    here, ann, _ = site()
    there, bo, _ = site("Site B")
    session(1, ann)
    session(2, bo)
    session(3)
    assert [footprints.tell(of, UNTIL).account.sessions for of in (here, there, None)] == [1, 1, 3]


def test_sessions_after_the_day_are_left_out(store: str) -> None:
    session(1)
    today = datetime.now(UTC).date()
    assert footprints.tell(None, today).account.sessions == 1
    assert footprints.tell(None, today - timedelta(days=1)).account.sessions == 0


def test_the_account_is_computed_once_for_the_same_data(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here, ann, _ = site()
    session(1, ann)
    first = footprints.tell(here, UNTIL)
    with monkeypatch.context() as patched:
        patched.delattr(footprints, "account")
        assert footprints.tell(here, UNTIL).account.figures == first.account.figures
    session(2, ann)
    later = footprints.tell(here, UNTIL)
    footprint_sites.change(here, {"garments": "disposable"}, NOBODY, NOW)
    asked = footprints.tell(here, UNTIL)
    assert len({first.data_hash, later.data_hash, asked.data_hash}) == 3
    assert (later.account.tier, asked.account.tier) == (Tier.T0, Tier.T1)


def test_pupils_sessions_cost_what_their_number_and_length_say(store: str) -> None:
    here, _, _ = site()
    outreach = programme.activity(here, "outreach", "OUT-1", NOW, "TLG")
    ClassJoin.objects.create(
        activity=outreach, modules=["controls", "aseptic-filling"], opened_at=NOW, expires_at=NOW, closed_at=NOW,
        joined=30, started=28, finished=20,
    )  # fmt: skip
    ClassJoin.objects.create(activity=outreach, modules=["controls"], opened_at=NOW, expires_at=NOW, started=5)
    told = footprints.tell(None, UNTIL)
    assert (told.account.sessions, told.of_classes) == (48, 48)
    assert told.account.figures[Measure.CARBON].p95 < 0
    assert set(told.account.by_module) == {"controls", "aseptic-filling"}


def test_a_profile_is_kept_with_a_trail_of_what_it_was(store: str) -> None:
    here, ann, _ = site()
    assert footprint_sites.answers_of(here) is None
    footprint_sites.change(here, {"garments": "disposable"}, ann, NOW)
    footprint_sites.change(here, {"garments": "disposable"}, ann, NOW)
    footprint_sites.change(here, {"garments": "reusable"}, ann, NOW)
    found = footprint_sites.answers_of(here)
    assert found is not None
    assert (found.profile.site, found.profile.name, found.profile.garments) == (str(here.pk), "Site A", "reusable")
    entries = TrailEntry.objects.filter(what="changed site profile").order_by("pk")
    assert [(entry.old or {}).get("profile", {}).get("garments") for entry in entries] == [None, "disposable"]


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({}, "garments"),
        ({"garments": "paper"}, "garments"),
        ({"garments": "reusable", "documented_fixed": {"gowning_qual/yacht": "Invoice 3"}}, "documented_fixed"),
        ({"garments": "reusable", "physical_runs_per_trainee": {"yacht": 3}}, "physical_runs_per_trainee"),
    ],
)
def test_answers_that_do_not_hold_are_refused_by_name(embedded_store: str, told: dict[str, Any], where: str) -> None:
    here, _, _ = site()
    with pytest.raises(FootprintError) as refused:
        footprint_sites.change(here, told, NOBODY, NOW)
    assert where in refused.value.where
    assert footprint_sites.answers_of(here) is None


def test_entries_are_added_and_removed(store: str) -> None:
    here, _, _ = site()
    footprint_sites.change(here, {"garments": "reusable"}, NOBODY, NOW)
    document = {"value": 6, "low": 6, "high": 6, "document": "Ledger 2026"}
    entry = {
        "run": "gowning_qual", "line": "gloves", "quantity": document, "waste_kg_per_unit": 0.02, "price_gbp": document
    }  # fmt: skip
    footprint_sites.add(here, "records", entry, NOBODY, NOW)
    with pytest.raises(FootprintError, match="recorded twice"):
        footprint_sites.add(here, "records", entry, NOBODY, NOW)
    trip = {"year": 2026, "reason": "To the hub at York", "mode": "car", "trips": 4, "km": 80}
    kept = footprint_sites.add(here, "hub_travel", trip, NOBODY, NOW)
    assert [record.line for record in kept.profile.records] == ["gloves"]
    assert kept.hub_travel == (HubTravel(year=2026, reason="To the hub at York", mode=TravelMode.CAR, trips=4, km=80),)
    kept = footprint_sites.remove(here, "records", 0, NOBODY, NOW)
    assert kept.profile.records == ()
    with pytest.raises(FootprintError, match="no entry 1"):
        footprint_sites.remove(here, "records", 0, NOBODY, NOW)


def test_hub_travel_is_spread_over_the_sessions_of_its_year(embedded_store: str) -> None:
    here, ann, _ = site()
    for number in range(1, 4):
        session(number, ann)
    before = footprints.tell(here, UNTIL).account.figures[Measure.CARBON].median
    footprint_sites.change(here, {"garments": "reusable"}, NOBODY, NOW)
    year = datetime.now(UTC).year
    trip = {"year": year, "reason": "To the hub", "mode": "car", "trips": 4, "km": 100, "hotel_nights": 1}
    answers = footprint_sites.add(here, "hub_travel", trip, NOBODY, NOW)
    travelled = footprints.with_hub_travel(list(footprints.recorded_sessions(here, UNTIL)), [answers])
    trips = [trip for one in travelled for trip in one.hub_travel]
    assert sum(trip.km for trip in trips) == pytest.approx(400)
    assert [trip.hotel_nights for trip in trips] == [2, 1, 1]
    # 400 km by car at about 0.2 kg/km and four nights.
    assert footprints.tell(here, UNTIL).account.figures[Measure.CARBON].median < before - 50
    footprint_sites.add(here, "hub_travel", trip | {"trips": 10_000, "km": 5000}, NOBODY, NOW)
    with pytest.raises(FootprintError, match="trips to a hub for one session"):
        footprints.tell(here, UNTIL)


def test_an_adopted_workbook_counts_from_then_on(store: str) -> None:
    _, ann, _ = site()
    session(1, ann)
    year = datetime.now(UTC).year
    before = footprints.tell(None, UNTIL)
    row = footprint_factors.read(flat(year), "factors.xlsx", NOW)
    assert footprints.tell(None, UNTIL).data_hash == before.data_hash
    footprint_factors.take(row, (), ann, NOW)
    after = footprints.tell(None, UNTIL)
    fact = next(fact for fact in after.account.method.facts if fact.id == f"elec_uk_gen_{year}")
    assert fact.workbook_sha256 == row.sha256
    assert fact.workbook_row == "7_400_4000_5_1"
    assert TrailEntry.objects.get(what="adopted conversion factors").new["sha256"] == row.sha256
    with pytest.raises(FootprintError, match="adopted before"):
        footprint_factors.take(row, (), ann, NOW)


def test_a_workbook_that_was_not_adopted_makes_room_for_the_next(embedded_store: str) -> None:
    first = footprint_factors.read(flat(2027), "one.xlsx", NOW)
    second = footprint_factors.read(flat(2028), "two.xlsx", NOW)
    assert list(type(second).objects.all()) == [second]
    assert first.edition == 2027
    with pytest.raises(FootprintError):
        footprint_factors.read(b"no workbook", "three.xlsx", NOW)
    assert list(type(second).objects.all()) == [second]


def test_a_claim_is_weighed_by_the_evidence_there_is(embedded_store: str) -> None:
    said = footprints.claim_objections(
        {"en": "We saved 30 t of CO2e and are carbon neutral.", "cy": "Gellid osgoi 3 kg CO2e."}, UNTIL
    )
    assert set(said) == {"en"}
    assert len(said["en"]) == 2


def test_a_sentence_about_something_else_needs_no_account(embedded_store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def tell(*_given: object) -> None:
        raise AssertionError("no account was to be computed")

    monkeypatch.setattr(footprints, "tell", tell)
    assert footprints.claim_objections({"en": "1,200 trainees", "cy": "1,200 o hyfforddeion"}, UNTIL) == {}


def test_who_was_erased_still_counts_once(embedded_store: str) -> None:
    here, ann, ivy = site()
    for number in range(1, 4):
        session(number, ann, signed_by=ivy, purpose="declared_replacement")
    before = footprints.tell(here, UNTIL).account.figures
    assert isinstance(ann.account, Account)
    records.erase(ann.account.pk, here.pk)
    cache.clear()
    assert footprints.tell(here, UNTIL).account.figures == before
