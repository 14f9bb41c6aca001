"""The statements of a door say what the tables say, on both kinds of database, and reach no other organisation."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction

from resilience.people.models import Contact
from resilience.people.scopes import within
from resilience.programme import door_rows, doors, registration
from resilience.programme.door_rows import Noted, Scan, Seen, There
from resilience.programme.models import Activity, ActivityStatus, Attendance, CheckIn
from tests.programme.making import NOW, START, activity, only_meeting, partner, place

MINUTE = timedelta(minutes=1)


def test_a_door_is_found_by_its_own_organisation_alone(store: str) -> None:
    here, elsewhere = partner("North"), partner("South")
    with within(here):
        meeting = only_meeting(activity(here))
        assert door_rows.door(here, meeting.pk) == doors.at(meeting)
        assert door_rows.door(elsewhere, meeting.pk) is None
        assert door_rows.door(here, meeting.pk + 1) is None
        Activity.objects.update(status=ActivityStatus.CANCELLED)
    found = door_rows.door(here, meeting.pk)
    assert found is not None
    assert found.is_cancelled


def test_tickets_have_the_name_that_their_own_organisation_knows(store: str) -> None:
    here, elsewhere = partner("North"), partner("South")
    with within(here):
        event = activity(here)
        ann, bob, cai = (place(event, name) for name in ("Ann", "Bob", "Cai"))
        registration.cancel(cai, NOW)
        other = place(activity(here), "Dai")
        Contact.objects.filter(person=ann.person).update(name="")
        Contact.objects.filter(person=bob.person).delete()
    with within(elsewhere):
        Contact.objects.create(organisation=elsewhere, person=bob.person, name="Robert")
    with within(here):
        door = doors.at(only_meeting(event))
    with transaction.atomic():
        found = door_rows.tickets(door, {ann.token, bob.token, cai.token, other.token, "NOBODYS"})
    assert {token: (one.registration, one.person, one.status, one.name) for token, one in found.items()} == {
        ann.token: (ann.pk, ann.person_id, "confirmed", "ann@people.example"),
        bob.token: (bob.pk, bob.person_id, "confirmed", ""),
        cai.token: (cai.pk, cai.person_id, "cancelled", "Cai"),
    }


def test_what_is_kept_is_read_again_as_it_was(store: str) -> None:
    here = partner()
    with within(here):
        event = activity(here)
        ann, bob = place(event, "Ann"), place(event, "Bob")
        door = doors.at(only_meeting(event))
        exactly = START + timedelta(microseconds=123456)
        for _twice in range(2):
            door_rows.add_scans(
                door,
                [
                    (ann.pk, Noted(Scan("", "leaves", START + MINUTE, leaving=True), "phone", START + 2 * MINUTE)),
                    (ann.pk, Noted(Scan("", "enters", exactly), "", START + MINUTE)),
                ],
            )
        assert door_rows.seen(door, [ann.pk, bob.pk]) == [
            Seen(ann.pk, "enters", exactly, False),
            Seen(ann.pk, "leaves", START + MINUTE, True),
        ]
        assert set(CheckIn.objects.values_list("nonce", "device", "scanned_at", "received_at", "leaving")) == {
            ("enters", "", exactly, START + MINUTE, False),
            ("leaves", "phone", START + MINUTE, START + 2 * MINUTE, True),
        }
        came = There(ann.person_id, exactly, "check-in", None)
        door_rows.add_there(door, [came])
        door_rows.add_there(door, [There(ann.person_id, START, "import", 5)])
        assert door_rows.there(door, [ann.person_id, bob.person_id]) == {ann.person_id: came}
        stayed = There(ann.person_id, START, "hand", 17)
        door_rows.change_there(door, [stayed])
        assert door_rows.there(door, [ann.person_id]) == {ann.person_id: stayed}
        door_rows.change_there(door, [came])
        assert door_rows.there(door, [ann.person_id]) == {ann.person_id: stayed}
        assert Attendance.objects.values_list("at", "source", "minutes", "batch").get() == (START, "hand", 17, None)


def test_who_writes_for_a_ticket_holds_it_until_it_is_written(store: str) -> None:
    here = partner()
    with within(here):
        event = activity(here)
        ann = place(event, "Ann")
        door = doors.at(only_meeting(event))
    impatient = "PRAGMA busy_timeout = 100" if store == "sqlite" else "SET lock_timeout = 100"
    refused: list[OperationalError] = []

    def another() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(impatient)
            with transaction.atomic():
                door_rows.tickets(door, {ann.token})
        except OperationalError as error:
            refused.append(error)
        finally:
            connection.close()

    def tried() -> None:
        thread = threading.Thread(target=another)
        thread.start()
        thread.join()

    with transaction.atomic():
        door_rows.tickets(door, {ann.token})
        tried()
    assert len(refused) == 1
    tried()
    assert len(refused) == 1


def test_more_rows_than_one_statement_takes_are_all_kept(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door_rows, "MOST_ROWS", 2)
    here = partner()
    with within(here):
        event = activity(here)
        guests = [place(event, f"Guest {number}", tell=False) for number in range(5)]
        door = doors.at(only_meeting(event))
        door_rows.add_scans(
            door, [(one.pk, Noted(Scan("", f"nonce-{one.pk}", START), "phone", START)) for one in guests]
        )
        door_rows.add_there(door, [There(one.person_id, START, "check-in", None) for one in guests])
        door_rows.change_there(door, [There(one.person_id, START, "check-in", one.pk) for one in guests])
        assert CheckIn.objects.count() == 5
        assert dict(Attendance.objects.values_list("person", "minutes")) == {one.person_id: one.pk for one in guests}


def test_of_nothing_nothing_is_found_or_written(store: str) -> None:
    here = partner()
    with within(here):
        event = activity(here)
        place(event, "Ann")
        door = doors.at(only_meeting(event))
        with transaction.atomic():
            assert door_rows.tickets(door, []) == {}
        assert door_rows.seen(door, []) == []
        assert door_rows.there(door, []) == {}
        door_rows.add_scans(door, [])
        door_rows.add_there(door, [])
        assert not CheckIn.objects.exists()
        assert not Attendance.objects.exists()
