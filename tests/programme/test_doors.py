"""The door: scans that come twice, late, out of order and from two phones at once leave the same rows."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from resilience.people.models import Organisation
from resilience.people.permissions import NOBODY
from resilience.people.scopes import within
from resilience.programme import activities, attendance, doors, registration
from resilience.programme.doors import Answer, Scan
from resilience.programme.models import Attendance, AttendanceSource, CheckIn, Meeting, Registration
from tests.programme.making import HOURS, NOW, START, activity, only_meeting, partner, place

MINUTE = timedelta(minutes=1)


@pytest.fixture
def here(embedded_store: str) -> Iterator[Organisation]:
    organisation = partner()
    with within(organisation):
        yield organisation


@pytest.fixture
def anywhere(store: str) -> Iterator[Organisation]:
    organisation = partner()
    with within(organisation):
        yield organisation


@pytest.fixture
def ann(here: Organisation) -> Registration:
    return place(activity(here), "Ann Evans")


@pytest.fixture
def meeting(ann: Registration) -> Meeting:
    return only_meeting(ann.activity)


def test_a_scan_says_in_and_a_second_one_says_since_when(anywhere: Organisation) -> None:
    ann = place(activity(anywhere), "Ann")
    meeting = only_meeting(ann.activity)
    first = doors.check_in(meeting, ann.token, "nonce-one", START, START)
    second = doors.check_in(meeting, ann.token, "nonce-two", START + 5 * MINUTE, START + 5 * MINUTE)
    assert (first.answer, first.at) == (Answer.IN, START)
    assert (second.answer, second.at) == (Answer.ALREADY_IN, START)
    row = Attendance.objects.get()
    assert (row.person, row.at, row.minutes, row.source) == (ann.person, START, None, AttendanceSource.CHECK_IN)


def test_the_same_scan_sent_again_changes_nothing(anywhere: Organisation) -> None:
    ann = place(activity(anywhere), "Ann")
    meeting = only_meeting(ann.activity)
    said = [doors.check_in(meeting, ann.token, "nonce-one", START, START + n * MINUTE).answer for n in range(3)]
    assert said == [Answer.IN] * 3
    assert CheckIn.objects.count() == 1
    assert CheckIn.objects.get().received_at == START


def test_the_order_in_which_scans_arrive_does_not_matter(here: Organisation) -> None:
    event = activity(here)
    meeting = only_meeting(event)
    scans = [
        ("phone-a-in", START + 10 * MINUTE, False),
        ("phone-b-in", START + 4 * MINUTE, False),
        ("phone-b-out", START + 60 * MINUTE, True),
        ("phone-a-out", START + 100 * MINUTE, True),
    ]
    for number, order in enumerate(itertools.permutations(scans)):
        guest = place(event, f"Guest {number}", tell=False)
        for nonce, at, leaving in order:
            doors.check_in(meeting, guest.token, nonce, at, START + HOURS, leaving=leaving)
    assert set(Attendance.objects.values_list("at", "minutes")) == {(START + 4 * MINUTE, 96)}


def test_scans_of_many_people_at_once_are_each_answered_in_their_order(anywhere: Organisation) -> None:
    event = activity(anywhere, capacity=2)
    ann, bob, will = (place(event, name) for name in ("Ann", "Bob", "Will"))
    given = [
        Scan(will.token, "will-comes-in", START),
        Scan(ann.token, "ann-comes-in", START + MINUTE),
        Scan("NOBODYS", "what-is-this", START),
        Scan(bob.token, "bob-goes-out", START + HOURS, leaving=True),
        Scan(ann.token, "ann-comes-again", START + 2 * MINUTE),
        Scan(bob.token, "bob-comes-in", START),
        Scan(ann.token, "short", START),
    ]
    got = doors.note(doors.at(only_meeting(event)), [doors.Noted(scan, "phone", START + HOURS) for scan in given])
    assert [one.answer for one in got] == [
        Answer.NO_PLACE,
        Answer.IN,
        Answer.UNKNOWN,
        Answer.LEFT,
        Answer.ALREADY_IN,
        Answer.IN,
        Answer.BROKEN,
    ]
    assert [one.nonce for one in got] == [scan.nonce for scan in given]
    assert got[4].at == START + MINUTE
    found = dict(Attendance.objects.values_list("person", "minutes"))
    assert found == {ann.person_id: None, bob.person_id: 360}


def test_minutes_lie_within_the_meeting(meeting: Meeting, ann: Registration) -> None:
    doors.check_in(meeting, ann.token, "coming-in", START - 30 * MINUTE, START)
    doors.check_in(meeting, ann.token, "going-out", START + HOURS + 30 * MINUTE, START + HOURS * 2, leaving=True)
    assert Attendance.objects.get().minutes == 360


def test_minutes_set_by_hand_are_not_changed_by_a_late_scan(meeting: Meeting, ann: Registration) -> None:
    doors.check_in(meeting, ann.token, "coming-in", START, START)
    attendance.correct(Attendance.objects.get(), 42, NOBODY, "Watched the clock")
    doors.check_in(meeting, ann.token, "going-out", START + HOURS, START + HOURS, leaving=True)
    assert Attendance.objects.get().minutes == 42


def test_who_has_no_place_is_not_let_in(here: Organisation) -> None:
    full = activity(here, capacity=1)
    place(full, "Ann")
    bob = place(full, "Bob")
    assert doors.check_in(only_meeting(full), bob.token, "nonce-one", START, START).answer is Answer.NO_PLACE
    assert not Attendance.objects.exists()


def test_a_ticket_of_another_activity_is_unknown(here: Organisation, ann: Registration) -> None:
    other = only_meeting(activity(here))
    assert doors.check_in(other, ann.token, "nonce-one", START, START).answer is Answer.UNKNOWN
    assert doors.check_in(other, "", "nonce-one", START, START).answer is Answer.UNKNOWN


@pytest.mark.parametrize("hours", [-13, 19])
def test_the_door_is_open_around_its_meeting_only(meeting: Meeting, ann: Registration, hours: int) -> None:
    at = START + timedelta(hours=hours)
    assert doors.check_in(meeting, ann.token, "nonce-one", at, at).answer is Answer.NOT_NOW
    assert not CheckIn.objects.exists()


def test_nobody_enters_what_was_called_off(meeting: Meeting, ann: Registration) -> None:
    activities.cancel(ann.activity, NOBODY, "Snow", NOW)
    meeting = only_meeting(ann.activity)
    assert doors.check_in(meeting, ann.token, "nonce-one", START, START).answer is Answer.NOT_NOW


@pytest.mark.parametrize("nonce", ["", "short", "x" * 41, "with space", "<script>"])
def test_a_nonce_that_no_device_draws_is_refused(meeting: Meeting, ann: Registration, nonce: str) -> None:
    assert doors.check_in(meeting, ann.token, nonce, START, START).answer is Answer.BROKEN
    assert not CheckIn.objects.exists()


def test_a_device_whose_clock_is_off_has_its_times_moved(meeting: Meeting, ann: Registration) -> None:
    slow = timedelta(hours=3)
    scans = [Scan(ann.token, "nonce-one", START - slow)]
    doors.note(doors.at(meeting), doors.noted(scans, "phone", START + HOURS - slow, START + HOURS))
    assert Attendance.objects.get().at == START


def test_a_small_difference_between_clocks_is_left_alone(meeting: Meeting, ann: Registration) -> None:
    scans = [Scan(ann.token, "nonce-one", START)]
    doors.note(doors.at(meeting), doors.noted(scans, "phone", START + timedelta(seconds=30), START + MINUTE))
    assert Attendance.objects.get().at == START


def test_the_list_tells_who_is_in_and_who_has_left(meeting: Meeting, ann: Registration) -> None:
    bob = place(ann.activity, "Bob Abel")
    registration.cancel(place(ann.activity, "Cai"), NOW)
    doors.check_in(meeting, ann.token, "coming-in", START, START)
    doors.check_in(meeting, ann.token, "coming-again", START + MINUTE, START + MINUTE)
    doors.check_in(meeting, ann.token, "going-out", START + HOURS, START + HOURS, leaving=True)
    listed = [(guest.name, guest.status, guest.came_at, guest.left_at) for guest in doors.guests(meeting)]
    assert listed == [
        ("Ann Evans", "confirmed", START, START + HOURS),
        ("Bob Abel", "confirmed", None, None),
        ("Cai", "cancelled", None, None),
    ]
    assert bob.token in {guest.token for guest in doors.guests(meeting)}


def test_two_phones_at_once_make_one_attendance(store: str) -> None:
    here = partner()
    with within(here):
        event = activity(here)
        tickets = [place(event, f"Guest {number}").token for number in range(12)]
        meeting = only_meeting(event)
    barrier = threading.Barrier(2)
    answers: dict[str, list[Answer]] = {}

    def phone(name: str) -> None:
        try:
            with within(here):
                barrier.wait(timeout=20)
                scans = [Scan(token, f"{name}-{token}", START) for token in tickets]
                got = [doors.note(doors.at(meeting), [doors.Noted(scan, name, START)])[0].answer for scan in scans]
                answers[name] = got
        finally:
            connection.close()

    phones = [threading.Thread(target=phone, args=(name,)) for name in ("phone-a", "phone-b")]
    for one in phones:
        one.start()
    for one in phones:
        one.join()
    for pair in zip(answers["phone-a"], answers["phone-b"], strict=True):
        assert set(pair) <= {Answer.IN, Answer.ALREADY_IN}
        assert Answer.IN in pair
    with within(here):
        assert Attendance.objects.count() == len(tickets)
        assert CheckIn.objects.count() == 2 * len(tickets)
