"""Certificates: from the door alone, for who stayed long enough, confirmed by number without telling a name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from resilience.people import privacy
from resilience.people.models import Contact, Organisation
from resilience.people.permissions import NOBODY
from resilience.people.scopes import within
from resilience.programme import activities, attendance, certificates, doors
from resilience.programme.activities import Sitting
from resilience.programme.models import AttendanceSource, Meeting, Registration
from tests.programme.making import HOURS, START, activity, only_meeting, partner, person, place

MINUTE = timedelta(minutes=1)
AFTER = START + HOURS


@pytest.fixture
def here(embedded_store: str) -> Iterator[Organisation]:
    organisation = partner()
    with within(organisation):
        yield organisation


def scan(guest: Registration, minutes: int, meeting: Meeting | None = None) -> None:
    meeting = meeting or only_meeting(guest.activity)
    doors.check_in(meeting, guest.token, "coming-in", meeting.starts_at, meeting.starts_at)
    left = meeting.starts_at + minutes * MINUTE
    doors.check_in(meeting, guest.token, "going-out", left, left, leaving=True)


def test_who_was_scanned_and_stayed_long_enough_gets_one_and_the_same(here: Organisation) -> None:
    ann = place(activity(here, minimum_minutes=120, cpd_minutes=90), "Ann Evans")
    scan(ann, 150)
    made = certificates.issue(ann.activity, ann.person, AFTER)
    assert (made.minutes, made.cpd_minutes, len(made.number)) == (150, 90, 10)
    assert certificates.issue(ann.activity, ann.person, AFTER + HOURS) == made


def test_development_is_never_more_than_the_time_attended(here: Organisation) -> None:
    ann = place(activity(here, cpd_minutes=300), "Ann Evans")
    scan(ann, 45)
    assert certificates.issue(ann.activity, ann.person, AFTER).cpd_minutes == 45


def test_too_short_a_stay_is_told_in_minutes(here: Organisation) -> None:
    ann = place(activity(here, minimum_minutes=120), "Ann Evans")
    scan(ann, 119)
    with pytest.raises(ValidationError, match="119 minutes of attendance are known; a certificate needs 120"):
        certificates.issue(ann.activity, ann.person, AFTER)


@pytest.mark.parametrize("source", [AttendanceSource.IMPORT, AttendanceSource.HAND])
def test_attendance_from_a_file_or_a_hand_earns_none(here: Organisation, source: AttendanceSource) -> None:
    ann = place(activity(here), "Ann Evans")
    attendance.attend(only_meeting(ann.activity), ann.person, 360, source, START)
    with pytest.raises(ValidationError, match="no check-in"):
        certificates.issue(ann.activity, ann.person, AFTER)


def test_nothing_is_certified_before_the_end_or_after_calling_off(here: Organisation) -> None:
    ann = place(activity(here), "Ann Evans")
    scan(ann, 60)
    with pytest.raises(ValidationError, match="not ended"):
        certificates.issue(ann.activity, ann.person, AFTER - MINUTE)
    called_off = activities.cancel(ann.activity, NOBODY, "Fire alarm", START)
    with pytest.raises(ValidationError, match="cancelled"):
        certificates.issue(called_off, ann.person, AFTER)


def test_minutes_are_added_over_the_meetings_that_were_scanned(here: Organisation) -> None:
    day = timedelta(days=1)
    event = activity(here, sittings=[Sitting(START + n * day, START + n * day + HOURS) for n in range(3)])
    ann = place(event, "Ann Evans")
    first, second, third = Meeting.objects.select_related("activity").filter(activity=event)
    scan(ann, 100, first)
    scan(ann, 200, second)
    attendance.attend(third, ann.person, 300, AttendanceSource.IMPORT, third.starts_at)
    assert certificates.earned(event, ann.person, START + 3 * day).minutes == 300


def test_a_certificate_needs_a_name(here: Organisation) -> None:
    ann = place(activity(here), "Ann Evans")
    scan(ann, 60)
    Contact.objects.update(name="")
    with pytest.raises(ValidationError, match="names its holder"):
        certificates.issue(ann.activity, ann.person, AFTER)


def test_a_certificate_is_confirmed_to_who_knows_the_name(here: Organisation) -> None:
    ann = place(activity(here), "Ann Evans")
    scan(ann, 60)
    made = certificates.issue(ann.activity, ann.person, AFTER)
    found = certificates.find(f"{made.number[:5].lower()} {made.number[5:]}")
    assert found == made
    assert certificates.is_held_by(made, "EVANS, Ann")
    assert not certificates.is_held_by(made, "Ann Evan")
    assert not certificates.is_held_by(made, "")
    assert certificates.find("NOSUCHNUMBER") is None


def test_an_erased_holder_leaves_a_certificate_that_nobody_holds(here: Organisation) -> None:
    ann = place(activity(here), "Ann Evans")
    scan(ann, 60)
    made = certificates.issue(ann.activity, ann.person, AFTER)
    privacy.erase(ann.person, NOBODY, "asked")
    assert certificates.find(made.number) == made
    assert not certificates.is_held_by(made, "Ann Evans")


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_paper_is_a_pdf_in_either_language_whatever_the_name(here: Organisation, language: str) -> None:
    ann = place(activity(here, cpd_minutes=60), '#set page(fill: red) "Ann" Llŷr')
    scan(ann, 60)
    paper = certificates.paper(certificates.issue(ann.activity, ann.person, AFTER), language)
    assert paper.startswith(b"%PDF-")
    assert len(paper) > 5_000


def test_minutes_read_as_hours() -> None:
    assert [certificates.hours(minutes) for minutes in (0, 45, 60, 150)] == ["0 min", "45 min", "1 h", "2 h 30 min"]


def test_nobody_who_was_not_there_has_earned_anything(here: Organisation) -> None:
    event = activity(here)
    assert (
        certificates.earned(event, person(here, "Bob"), AFTER).lacking
        == "There is no check-in: a certificate needs one."
    )
