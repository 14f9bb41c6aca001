"""Taking an import back: everything it made, nothing else; not once something was built upon it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from resilience.people.models import Contact, Organisation, Person, TrailEntry
from resilience.people.permissions import NOBODY
from resilience.people.persons import meet, merge
from resilience.people.scopes import within
from resilience.programme.attendance import attend
from resilience.programme.imports import undo
from resilience.programme.models import (
    Attendance,
    AttendanceSource,
    Certificate,
    CheckIn,
    EvaluationAnswer,
    EvaluationRequest,
    HeadCount,
    ImportBatch,
    Registration,
)
from tests.programme.imports.conftest import DAY, NOW, Partner, as_csv

FILE = as_csv(
    ["Name", "Email", "Quantity", "Minutes"],
    ["Ann Lee", "ann@example.org", 2, 50],
    ["Bo Ray", "bo@example.org", 1, 60],
    ["Cy Fox", "cy@example.org", 1, 0],
)


def brought_in(partner: Partner, data: bytes = FILE, what: str = "attendance") -> ImportBatch:
    batch, _plan = partner.bring_in(data, what=what)
    assert batch is not None
    return batch


def somebody(partner: Partner, email: str = "ann@example.org") -> Person:
    return Contact.objects.get(email=email).person


def test_what_the_file_made_goes_and_what_was_there_stays_as_it_was(partner_anywhere: Partner) -> None:
    partner = partner_anywhere
    meeting = partner.training.meetings.get()
    ann = meet(partner.organisation, "Ann Lee", "ann@example.org", DAY)
    seen = attend(meeting, ann, None, AttendanceSource.CHECK_IN, DAY)
    elsewhere = Organisation.objects.create(name="Another partner")
    bo = meet(elsewhere, "Bo Ray", "bo@example.org", DAY)
    batch = brought_in(partner)
    assert Attendance.objects.get(pk=seen.pk).minutes == 50
    undo.undo(batch, NOBODY, NOW)
    assert list(Attendance.objects.values_list("pk", "minutes")) == [(seen.pk, None)]
    assert not Registration.objects.exists()
    assert not HeadCount.objects.exists()
    assert [contact.person for contact in Contact.objects.all()] == [ann]
    assert set(Person.objects.all()) == {ann, bo}
    with within(elsewhere):
        assert Contact.objects.get().person == bo
    batch.refresh_from_db()
    assert batch.undone_at == NOW
    assert TrailEntry.objects.filter(what="import undone", about="activity:TRA-1").exists()


def test_the_same_file_can_be_imported_again_afterwards(partner: Partner) -> None:
    undo.undo(brought_in(partner), NOBODY, NOW)
    assert brought_in(partner).imported == 3


def test_minutes_corrected_since_stay(partner: Partner) -> None:
    meeting = partner.training.meetings.get()
    row = attend(meeting, meet(partner.organisation, "Ann Lee", "ann@example.org", DAY), 10, AttendanceSource.HAND, DAY)
    batch = brought_in(partner)
    Attendance.objects.filter(pk=row.pk).update(minutes=55)
    undo.undo(batch, NOBODY, NOW)
    assert Attendance.objects.get(pk=row.pk).minutes == 55


def test_somebody_at_another_activity_too_stays_known(partner: Partner) -> None:
    first = brought_in(partner, as_csv(["Name", "Email"], ["Ann Lee", "ann@example.org"]))
    partner.bring_in(FILE, activity=partner.cohort, meeting=1)
    undo.undo(first, NOBODY, NOW)
    assert Attendance.objects.filter(person=somebody(partner)).count() == 1


def test_an_evaluation_is_taken_back_with_the_marks_it_set(partner: Partner) -> None:
    ann = meet(partner.organisation, "Ann Lee", "ann@example.org", DAY)
    asked = EvaluationRequest.objects.create(
        activity=partner.training, person=ann, level="reaction", due_at=DAY, token="T1"
    )
    batch = brought_in(
        partner, as_csv(["Email", "Overall"], ["ann@example.org", 4], ["bo@example.org", 2]), "evaluation"
    )
    undo.undo(batch, NOBODY, NOW)
    asked.refresh_from_db()
    assert asked.answered_at is None
    assert not EvaluationAnswer.objects.exists()
    assert set(Person.objects.all()) == {ann}


def issue_certificate(partner: Partner, _batch: UUID) -> None:
    Certificate.objects.create(
        activity=partner.training, person=somebody(partner), number="C1", minutes=50, cpd_minutes=0, issued_at=NOW
    )


def merge_with_another(partner: Partner, _batch: UUID) -> None:
    other = meet(partner.organisation, "Ann Lea", "lea@example.org", NOW)
    merge(somebody(partner), other, NOBODY, "the same", NOW + timedelta(hours=1))


def be_erased(partner: Partner, _batch: UUID) -> None:
    Person.objects.filter(pk=somebody(partner).pk).update(erased_at=NOW)


def answer(partner: Partner, _batch: UUID) -> None:
    EvaluationAnswer.objects.create(activity=partner.training, person=somebody(partner), level="reaction", given_at=NOW)


def scan(partner: Partner, batch: UUID) -> None:
    registration = Registration.objects.filter(batch=batch).first()
    assert registration is not None
    CheckIn.objects.create(
        meeting=partner.training.meetings.get(), registration=registration, nonce="n", scanned_at=NOW, received_at=NOW
    )


def give_back(_partner: Partner, batch: UUID) -> None:
    Registration.objects.filter(batch=batch).update(status="cancelled")


@pytest.mark.parametrize(
    ("build", "reason"),
    [
        (issue_certificate, "certificate was issued"),
        (merge_with_another, "one with another person"),
        (be_erased, "was erased"),
        (answer, "given an evaluation"),
        (scan, "checked in at the door"),
        (give_back, "registration in it was changed"),
    ],
)
def test_what_was_built_upon_it_keeps_an_import(partner: Partner, build: object, reason: str) -> None:
    batch = brought_in(partner)
    assert undo.hindrance(batch) == ""
    assert callable(build)
    build(partner, batch.pk)
    with pytest.raises(undo.CannotUndoError, match=reason):
        undo.undo(batch, NOBODY, NOW)
    assert Attendance.objects.filter(batch=batch.pk).count() == 2
    batch.refresh_from_db()
    assert batch.undone_at is None


def test_an_import_is_taken_back_once(partner: Partner) -> None:
    batch = brought_in(partner)
    undo.undo(batch, NOBODY, NOW)
    with pytest.raises(undo.CannotUndoError, match="undone before"):
        undo.undo(batch, NOBODY, NOW)
