"""Meeting people and what is kept of them; making one person of two, and two of one again."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resilience.people import invitations, persons
from resilience.people.keys import Details
from resilience.people.models import Contact, DiversityInvitation, Organisation, Person, PersonMerge, TrailEntry
from resilience.people.permissions import NOBODY
from resilience.people.scopes import whole_programme, within
from resilience.programme.models import Activity, Attendance, CheckIn, Meeting, Registration

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
QUARTER = date(2026, 3, 31)


@pytest.fixture
def partner(store: str) -> Organisation:
    return Organisation.objects.create(name="Partner")


def meeting(partner: Organisation, code: str) -> Meeting:
    activity = Activity.objects.create(
        organisation=partner,
        code=code,
        kind="training",
        format="in-person",
        title=code,
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=2),
    )
    return Meeting.objects.create(activity=activity, starts_at=NOW, ends_at=NOW + timedelta(hours=2))


def contact(partner: Organisation, person: Person) -> Contact:
    with within(partner):
        return Contact.objects.get(person=person)


def test_a_person_is_one_at_every_partner_and_each_keeps_its_own_contact(partner: Organisation) -> None:
    other = Organisation.objects.create(name="Other partner")
    ann = persons.meet(partner, "Ann Ash", "ann@example.org", NOW, region="TLM")
    again = persons.meet(other, "Ann Ash", "ANN@example.org", NOW)
    assert again == ann
    assert (contact(partner, ann).region, contact(other, ann).region) == ("TLM", "")
    with within(partner):
        assert Contact.objects.count() == 1


def test_gaps_are_filled_and_nothing_is_overwritten(partner: Organisation) -> None:
    ash = Organisation.objects.create(name="Ash Medicines")
    elm = Organisation.objects.create(name="Elm Medicines")
    ann = persons.meet(partner, "Ann Ash", "ann@example.org", NOW, employer=ash)
    persons.meet(partner, "", "ann@example.org", NOW, employer=elm, job="operator", region="TLJ")
    known = contact(partner, ann)
    assert (known.name, known.employer, known.job, known.region) == ("Ann Ash", ash, "operator", "TLJ")


def test_rows_say_what_they_made_once(partner: Organisation) -> None:
    batch = uuid.uuid4()
    other = Organisation.objects.create(name="Other partner")
    persons.meet(other, "Cy Elm", "cy@example.org", NOW)
    rows = [Details("Ann Ash", "ann@example.org"), Details("", "ann@example.org"), Details("Cy Elm", "cy@example.org")]
    met = persons.meet_all(partner, rows, NOW, batch)
    assert [(one.new, one.new_contact) for one in met] == [(True, True), (False, False), (False, True)]
    with within(partner):
        assert set(Contact.objects.values_list("batch", flat=True)) == {batch}


def test_many_rows_take_few_queries(partner: Organisation) -> None:
    rows = [Details(f"Ann Ash{n}", f"ann{n}@example.org") for n in range(1500)]
    with CaptureQueriesContext(connection) as first:
        persons.meet_all(partner, rows, NOW)
    with CaptureQueriesContext(connection) as again:
        persons.meet_all(partner, rows, NOW)
    assert len(first) < 60
    assert len(again) < 20
    assert Person.objects.count() == 1500


def test_nothing_is_kept_of_rows_of_which_one_is_nobody(partner: Organisation) -> None:
    with pytest.raises(ValueError, match="name or an e-mail"):
        persons.meet_all(partner, [Details("Ann Ash", "ann@example.org"), Details()], NOW)
    assert not Person.objects.exists()


def test_the_person_holds_nothing_personal(partner: Organisation) -> None:
    ann = persons.meet(partner, "Ann Ash", "ann@example.org", NOW)
    told = " ".join(str(getattr(ann, field.attname)) for field in Person._meta.concrete_fields).lower()
    assert "ann" not in told
    assert "ash" not in told


def test_everything_becomes_the_kept_persons_and_two_again(partner: Organisation) -> None:
    other = Organisation.objects.create(name="Other partner")
    ann = persons.meet(partner, "Ann Ash", "ann@example.org", NOW)
    twin = persons.meet(partner, "Ann Ash", "a.ash@example.org", NOW, job="operator")
    persons.meet(other, "Ann Ash", "a.ash@example.org", NOW)
    both, alone = meeting(partner, "BOTH"), meeting(other, "ALONE")
    Attendance.objects.create(meeting=both, person=ann, source="hand", at=NOW)
    Attendance.objects.create(meeting=both, person=twin, source="hand", at=NOW, minutes=90)
    Attendance.objects.create(meeting=alone, person=twin, source="hand", at=NOW)
    before = everything()
    row = persons.merge(ann, twin, NOBODY, "the same person", NOW)
    with whole_programme("test"):
        assert [(a.meeting_id, a.person_id, a.minutes) for a in Attendance.objects.order_by("meeting")] == [
            (both.pk, ann.pk, 90),
            (alone.pk, ann.pk, None),
        ]
    assert contact(partner, ann).job == "operator"
    assert contact(other, ann).email == "a.ash@example.org"
    assert Person.objects.count() == 1
    again = persons.unmerge(PersonMerge.objects.get(pk=row.pk), NOBODY, at=NOW)
    assert again.pk == twin.pk
    assert everything() == before


def everything() -> list[object]:
    with whole_programme("test"):
        return [
            sorted(model.objects.values_list())
            for model in (Person, Attendance, Registration, CheckIn, DiversityInvitation)
        ] + [sorted(Contact.objects.values_list("pk", "person", "organisation", "name", "email", "job"))]


def test_what_hangs_on_a_row_that_goes_hangs_on_the_one_that_stays(partner: Organisation) -> None:
    ann = persons.meet(partner, "Ann Ash", "ann@example.org", NOW)
    twin = persons.meet(partner, "Ann Ash", "a.ash@example.org", NOW)
    held = meeting(partner, "HELD")
    places = [
        Registration.objects.create(activity=held.activity, person=person, registered_at=NOW, token=token)
        for person, token in ((ann, "A"), (twin, "B"))
    ]
    for place, nonce in zip(places, ("scan", "other scan"), strict=True):
        CheckIn.objects.create(meeting=held, registration=place, nonce=nonce, scanned_at=NOW, received_at=NOW)
    before = everything()
    row = persons.merge(ann, twin, NOBODY, "the same person", NOW)
    with whole_programme("test"):
        kept = Registration.objects.get()
        assert kept.person == ann
        assert set(CheckIn.objects.values_list("registration", "nonce")) == {(kept.pk, "scan"), (kept.pk, "other scan")}
    persons.unmerge(PersonMerge.objects.get(pk=row.pk), NOBODY, at=NOW)
    assert everything() == before


def test_who_answered_has_answered_after_a_merge(partner: Organisation) -> None:
    ann = persons.meet(partner, "Ann Ash", "ann@example.org", NOW)
    twin = persons.meet(partner, "Ann Ash", "a.ash@example.org", NOW)
    invitations.invite(partner, ann, "training", QUARTER)
    invitations.invite(partner, twin, "training", QUARTER)
    with within(partner):
        DiversityInvitation.objects.filter(person=twin).update(answered=True, token_hash="")
    persons.merge(ann, twin, NOBODY, "the same person", NOW)
    assert invitations.invite(partner, ann, "training", QUARTER) is None


def test_merges_can_be_undone_in_any_order(partner: Organisation) -> None:
    three = [persons.meet(partner, "Ann Ash", f"ann{n}@example.org", NOW) for n in range(3)]
    at = meeting(partner, "HELD")
    for person in three:
        Attendance.objects.create(
            meeting=Meeting.objects.create(activity=at.activity, starts_at=NOW, ends_at=NOW), person=person, at=NOW
        )
    before = everything()
    first = persons.merge(three[1], three[2], NOBODY, "one", NOW)
    second = persons.merge(three[0], three[1], NOBODY, "two", NOW)
    assert persons.meet(partner, "Ann Ash", "ann2@example.org", NOW) == three[0]
    persons.unmerge(PersonMerge.objects.get(pk=first.pk), NOBODY, at=NOW)
    persons.unmerge(PersonMerge.objects.get(pk=second.pk), NOBODY, at=NOW)
    assert everything() == before


def test_a_merge_that_makes_no_sense_is_refused(partner: Organisation) -> None:
    ann = persons.meet(partner, "Ann Ash", "ann@example.org", NOW)
    twin = persons.meet(partner, "Ann Ash", "a.ash@example.org", NOW)
    with pytest.raises(persons.CannotMergeError, match="one person already"):
        persons.merge(ann, ann, NOBODY, "x")
    row = persons.merge(ann, twin, NOBODY, "x", NOW)
    persons.unmerge(row, NOBODY, at=NOW)
    with pytest.raises(persons.CannotMergeError, match="undone"):
        persons.unmerge(row, NOBODY, at=NOW)
    erased = persons.meet(partner, "Bob", "bob@example.org", NOW)
    erased.erased_at = NOW
    with pytest.raises(persons.CannotMergeError, match="erased"):
        persons.merge(ann, erased, NOBODY, "x")


def test_the_trail_tells_of_merges_without_names(partner: Organisation) -> None:
    ann = persons.meet(partner, "Ann Ash", "ann@example.org", NOW)
    twin = persons.meet(partner, "Ann Ash", "a.ash@example.org", NOW)
    persons.unmerge(persons.merge(ann, twin, NOBODY, "met twice", NOW), NOBODY, at=NOW)
    assert [(entry.what, entry.about, entry.reason) for entry in TrailEntry.objects.order_by("pk")] == [
        ("merged persons", f"person:{ann.ref}", "met twice"),
        ("undid merge", f"person:{ann.ref}", ""),
    ]
