"""What is known of a person is handed over complete, and erased so that no count changes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from resilience.people import invitations, persons, privacy
from resilience.people.folding import relations
from resilience.people.models import (
    Consent,
    Contact,
    DiversityInvitation,
    KeyKind,
    Organisation,
    Person,
    PersonMerge,
    TrailEntry,
)
from resilience.people.permissions import NOBODY
from resilience.people.scopes import whole_programme
from resilience.programme.models import Activity, Attendance, HeldCompetence, Meeting

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
QUARTER = date(2026, 3, 31)


@pytest.fixture
def partner(store: str) -> Organisation:
    return Organisation.objects.create(name="Partner")


@pytest.fixture
def ann(partner: Organisation) -> Person:
    employer = Organisation.objects.create(name="Ash Medicines")
    person = persons.meet(partner, "Ann Ash", "ann@example.org", NOW, employer=employer)
    Consent.objects.create(organisation=partner, person=person, purpose="photo", text_version="1", given_at=NOW)
    invitations.invite(partner, person, "training", QUARTER)
    activity = Activity.objects.create(
        organisation=partner,
        code="HELD",
        kind="training",
        format="online",
        title="Held",
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=1),
    )
    meeting = Meeting.objects.create(activity=activity, starts_at=NOW, ends_at=NOW + timedelta(hours=1))
    Attendance.objects.create(meeting=meeting, person=person, source="hand", at=NOW, minutes=60)
    HeldCompetence.objects.create(
        organisation=partner, person=person, competence="aseptic", evidence="activity:HELD", since=NOW.date()
    )
    return person


def test_an_export_is_complete_and_plain_json(partner: Organisation, ann: Person) -> None:
    known = privacy.export(ann, partner)
    told = json.dumps(known)
    for expected in ("Ann Ash", "ann@example.org", "Ash Medicines", "photo", "training", "HELD", "aseptic"):
        assert expected in told
    assert known["person"] == str(ann.ref)
    with whole_programme("test"):
        token_hash = DiversityInvitation.objects.get().token_hash
    assert token_hash not in told


def test_every_table_that_refers_to_people_is_exported(partner: Organisation) -> None:
    held = {holder.table for holder in privacy.all_holders()}
    assert {table for table, _ in relations(Person)} <= held


def test_an_export_holds_nothing_of_another_partner(partner: Organisation, ann: Person) -> None:
    other = Organisation.objects.create(name="Other partner")
    persons.meet(other, "Ann Ash", "ann@example.org", NOW, job="secret agent")
    assert "secret agent" not in json.dumps(privacy.export(ann, partner))
    told = json.dumps(privacy.export(ann, other))
    assert "secret agent" in told
    assert "HELD" not in told


def test_erasing_leaves_the_counts_and_nothing_that_tells_who_it_was(partner: Organisation, ann: Person) -> None:
    twin = persons.meet(partner, "Ann Ash", "a.ash@example.org", NOW)
    persons.merge(ann, twin, NOBODY, "met twice", NOW)
    key = ann.key
    changed = privacy.erase(ann, NOBODY, "she asked", NOW)
    assert changed["people.Contact"] == changed["people.Consent"] == 1
    with whole_programme("test"):
        assert Attendance.objects.filter(person__isnull=False).count() == 1
        assert Attendance.objects.values("person").distinct().count() == 1
        assert DiversityInvitation.objects.count() == 1
        assert DiversityInvitation.objects.get().token_hash == ""
        assert not Contact.objects.exists()
        assert not Consent.objects.exists()
    ann.refresh_from_db()
    assert (ann.key_kind, ann.erased_at) == (KeyKind.ERASED, NOW)
    assert ann.key != key
    merge = PersonMerge.objects.get()
    assert "ash" not in json.dumps(merge.moved).lower()
    assert merge.merged_key != twin.key


def test_an_erased_person_who_comes_again_is_somebody_new(partner: Organisation, ann: Person) -> None:
    twin = persons.meet(partner, "Ann Ash", "a.ash@example.org", NOW)
    persons.merge(ann, twin, NOBODY, "met twice", NOW)
    privacy.erase(ann, NOBODY, "she asked", NOW)
    assert persons.meet(partner, "Ann Ash", "ann@example.org", NOW) != ann
    assert persons.meet(partner, "Ann Ash", "a.ash@example.org", NOW) != ann


def test_an_erasure_cannot_be_undone_or_repeated(partner: Organisation, ann: Person) -> None:
    twin = persons.meet(partner, "Ann Ash", "a.ash@example.org", NOW)
    row = persons.merge(ann, twin, NOBODY, "met twice", NOW)
    privacy.erase(ann, NOBODY, "she asked", NOW)
    with pytest.raises(privacy.AlreadyErasedError):
        privacy.erase(ann, NOBODY, "again", NOW)
    with pytest.raises(persons.CannotMergeError, match="erased"):
        persons.unmerge(PersonMerge.objects.get(pk=row.pk), NOBODY, at=NOW)


def test_the_trail_counts_what_went_and_names_nobody(partner: Organisation, ann: Person) -> None:
    privacy.erase(ann, NOBODY, "she asked", NOW)
    entry = TrailEntry.objects.get()
    assert (entry.what, entry.about, entry.reason) == ("erased person", f"person:{ann.ref}", "she asked")
    assert entry.new["people.Contact"] == 1
    assert "Ash" not in str(entry.new)
