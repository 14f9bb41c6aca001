"""Pages of the footprint: the account with its method, the site profile, the workbook, countersigning."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from resilience.people.models import Organisation, Role, TrailEntry
from resilience.people.permissions import NOBODY, Actor
from resilience.people.services import add_member
from resilience.records import services as records
from resilience.records.models import Attempt, SessionRecord
from resilience.results import footprint_factors, footprint_sites
from tests.footprint.test_editions import without
from tests.footprint.workbooks import flat
from tests.records.conftest import finished
from tests.site.conftest import TOKEN, People

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def claimed(people: People, signed: bool = True) -> SessionRecord:
    """A gowning by the owner, declared to replace a physical one; the last of three."""
    owner = Actor(people.accounts["owner"], people.here, Role.TRAINEE)
    instructor = Actor(people.accounts["instructor"], people.here, Role.INSTRUCTOR)
    for number in range(90, 93):
        name = f"session-{number}"
        attempt = records.begin(
            name, TOKEN, "gowning", "practice", 1, "en", owner, purpose="declared_replacement", device="headset"
        )
        if signed:
            records.countersign(attempt, instructor, NOW)
        last = records.record(finished(number, session=name, module="gowning"))
    return last


def test_the_account_says_what_was_avoided_and_on_what_evidence(people: People) -> None:
    claimed(people)
    page = people.client("coordinator").get("/footprint").content.decode()
    assert "Modelled, could avoid" in page
    assert "Saved:" not in page
    assert "Evidence T0" in page
    assert "Declared replacement of a practice run" in page
    assert "/footprint/method" in page
    # The record that the trainee left without a claim costs what it costs, and is shown as such.
    assert "added" in page


def test_a_negative_result_is_said_plainly(people: People) -> None:
    page = people.client("lead").get("/footprint").content.decode()
    assert "the sessions add" in page


def test_the_lead_sees_everybody_and_a_coordinator_their_own(people: People) -> None:
    records.record(finished(77))
    assert people.client("lead").get("/footprint.json").json()["sessions"] == 2
    assert people.client("lead").get("/footprint.json?of=own").json()["sessions"] == 1
    assert people.client("coordinator").get("/footprint.json").json()["sessions"] == 1


def test_every_figure_of_the_method_has_its_grade_and_source(people: People) -> None:
    claimed(people)
    client = people.client("quality")
    facts = client.get("/footprint.json").json()["method"]["facts"]
    page = client.get("/footprint/method").content.decode()
    assert page.count('data-label="Grade"') == len(facts) > 20
    rows = list(csv.DictReader(io.StringIO(client.get("/footprint-method.csv").content.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == [fact["id"] for fact in facts]
    assert all(row["grade"] and row["source"] for row in rows)


def test_figures_are_taken_away_unrounded(people: People) -> None:
    claimed(people)
    client = people.client("coordinator")
    rows = list(csv.DictReader(io.StringIO(client.get("/footprint.csv").content.decode("utf-8-sig"))))
    told = client.get("/footprint.json").json()
    whole = next(row for row in rows if (row["measure"], row["by"]) == ("co2e_kg", "all"))
    # A negative number would run in a spreadsheet were it text; it stays a number.
    assert float(whole["median"]) == told["figures"]["co2e_kg"]["median"]
    assert {row["name"] for row in rows if row["by"] == "module"} == {"gowning", "aseptic-filling"}


def test_charts_are_pictures_with_the_names_in_them(people: People) -> None:
    claimed(people)
    client = people.client("coordinator")
    ranges = client.get("/footprint/charts/ranges-co2e_kg.light.svg")
    assert ranges["Content-Type"] == "image/svg+xml"
    assert "All sessions" in ranges.content.decode()
    assert "Contact plates" in client.get("/footprint/charts/parts-gbp.dark.svg").content.decode()
    assert client.get("/footprint/charts/ranges-joy.light.svg").status_code == 404


def test_a_sentence_is_checked_before_it_is_published(people: People) -> None:
    client = people.client("lead")
    refused = client.get("/footprint", {"sentence": "We saved 3 kg and are carbon neutral."}).content.decode()
    assert "It cannot be said so" in refused
    fine = client.get("/footprint", {"sentence": "Modelled, could avoid 3 kg."}).content.decode()
    assert "It cannot be said so" not in fine
    assert "No word in it goes beyond the evidence" in fine


def test_a_funders_reader_finds_the_way_back_to_the_results(people: People) -> None:
    page = people.client("funder").get("/footprint").content.decode()
    assert '<li><a href="/results/packs">' in page
    assert '<a href="/results" aria-current="page">' in page
    assert '<li><a href="/results/packs">' not in people.client("coordinator").get("/footprint").content.decode()


def test_without_sessions_the_page_says_so(people: People) -> None:
    new = Organisation.objects.create(name="New")
    account, _ = add_member(new, "cleo@new.example", "Cleo", Role.COORDINATOR, "correct horse battery")
    client = Client()
    client.force_login(account)
    page = client.get("/footprint")
    assert "No session yet" in page.content.decode()


def test_a_profile_is_answered_and_grows(people: People) -> None:
    client = people.client("coordinator")
    assert client.post("/footprint/site", {"garments": ""}).status_code == 422
    year = datetime.now(UTC).year
    answers = {"garments": "disposable", "runs_gowning_qual": "2.5", f"headsets_{year}": "4"}
    assert client.post("/footprint/site", answers).status_code == 302
    kept = footprint_sites.answers_of(people.here)
    assert kept is not None
    assert kept.profile.physical_runs_per_trainee == {"gowning_qual": 2.5}
    assert kept.profile.headsets_bought == {year: 4}
    record = {
        "what": "gowning_qual/gloves", "quantity": "6", "quantity_low": "6", "quantity_high": "9", "waste": "0.02",
        "price": "4", "price_low": "3", "price_high": "5", "document": "Ledger 2026",
    }  # fmt: skip
    wrong = client.post("/footprint/site/records/add", record | {"quantity_low": "7"})
    assert wrong.status_code == 422
    assert "low, value and high must rise" in wrong.content.decode()
    assert client.post("/footprint/site/records/add", record).status_code == 302
    trip = {"year": year, "reason": "To York", "mode": "rail", "trips": "3", "km": "90", "hotel_nights": "0"}
    assert client.post("/footprint/site/hub_travel/add", trip).status_code == 302
    page = client.get("/footprint/site").content.decode()
    assert "Ledger 2026" in page
    assert "To York, 3 trips of 90 km" in page
    assert "Evidence T1" in client.get("/footprint").content.decode()
    # The answers that a form does not show stay.
    client.post("/footprint/site", {"garments": "reusable"})
    kept = footprint_sites.answers_of(people.here)
    assert kept is not None
    assert len(kept.profile.records) == len(kept.hub_travel) == 1
    client.post("/footprint/site/records/0/remove")
    assert "Ledger 2026" not in client.get("/footprint/site").content.decode()
    assert client.get("/footprint/site/yachts/add").status_code == 404


def test_records_need_the_first_question(people: People) -> None:
    answer = people.client("coordinator").get("/footprint/site/records/add", follow=True)
    assert "Answer the first question" in answer.content.decode()


def test_a_workbook_is_read_shown_and_adopted(people: People) -> None:
    client = people.client("lead")
    file = SimpleUploadedFile("factors-2027.xlsx", flat(2027))
    shown = client.post("/footprint/factors/read", {"file": file}, follow=True)
    page = shown.content.decode()
    assert "Factors of 2027" in page
    assert "7_400_4000_5_1" in page
    assert footprint_factors.adopted() == []
    where = shown.redirect_chain[-1][0]
    coordinator = people.client("coordinator")
    assert "Adopt these factors" not in coordinator.get(where).content.decode()
    assert "Look into the workbook" not in coordinator.get("/footprint/factors").content.decode()
    for who in ("quality", "coordinator"):
        assert people.client(who).post(where).status_code == 403
        again = SimpleUploadedFile("factors-2027.xlsx", flat(2027))
        assert people.client(who).post("/footprint/factors/read", {"file": again}).status_code == 403
    assert TrailEntry.objects.filter(what="was refused", about="page:footprint-factors-read").count() == 2
    assert footprint_factors.adopted() == []
    adopted = client.post(where, follow=True).content.decode()
    assert "adopted on" in adopted
    assert [row.edition for row in footprint_factors.adopted()] == [2027]
    assert TrailEntry.objects.filter(what="adopted conversion factors").count() == 1


def test_a_file_that_is_no_workbook_changes_nothing(people: People) -> None:
    client = people.client("lead")
    answer = client.post("/footprint/factors/read", {"file": SimpleUploadedFile("a.xlsx", b"PK no")})
    assert answer.status_code == 422
    assert "cannot be taken" in answer.content.decode()
    assert client.post("/footprint/factors/read", {}).status_code == 422


def test_a_workbook_with_gaps_is_adopted_only_in_so_many_words(people: People) -> None:

    row = footprint_factors.read(without("mat_glass"), "gaps.xlsx", NOW)
    client = people.client("lead")
    where = f"/footprint/factors/{row.pk}"
    assert "Not found in this workbook" in client.get(where).content.decode()
    assert client.post(where).status_code == 422
    assert client.post(where, {"without": "1"}).status_code == 302


def test_an_instructor_countersigns_on_the_page_of_the_record(people: People) -> None:
    record = claimed(people, signed=False)
    page = people.client("quality").get(f"/records/{record.seq}").content.decode()
    assert "not countersigned" in page
    assert "/countersign" not in page
    client = people.client("instructor")
    listed = client.get("/records").content.decode()
    assert "waiting for your countersignature" in listed
    assert listed.count(">record ") == 3
    assert "waiting for your countersignature" not in people.client("quality").get("/records").content.decode()
    assert "/countersign" in client.get(f"/records/{record.seq}").content.decode()
    done = client.post(f"/records/{record.seq}/countersign", follow=True).content.decode()
    assert "countersigned by A instructor" in done
    assert client.get("/records").content.decode().count(">record ") == 2
    again = client.post(f"/records/{record.seq}/countersign", follow=True).content.decode()
    assert "no claim that you can countersign" in again


def test_a_purpose_is_declared_on_the_first_page(people: People, no_classroom: list[object]) -> None:
    assert 'name="purpose"' not in people.client("nobody").get("/").content.decode()
    client = people.client("trainee")
    assert 'name="purpose"' in client.get("/").content.decode()
    sent = {"module": "aseptic-filling", "mode": "practice", "purpose": "extra_practice"}
    client.post("/try", sent, headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0)"})
    begun = Attempt.objects.with_scopes_disabled().latest("begun_at")  # type: ignore[attr-defined]
    assert (begun.purpose, begun.device) == ("extra_practice", "computer")
    refused = client.post("/try", sent | {"purpose": "fun"}, follow=True).content.decode()
    assert "there is no purpose `fun`" in refused


def test_the_pages_speak_welsh(people: People) -> None:
    claimed(people)
    footprint_sites.change(people.here, {"garments": "reusable"}, NOBODY, NOW)
    client = people.client("lead")
    client.post("/language", {"language": "cy"})
    assert "Wedi&#x27;i fodelu" in client.get("/footprint").content.decode()
