"""One row for a person at a meeting, however often they were seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from resilience.people.models import Organisation, TrailEntry
from resilience.people.permissions import NOBODY
from resilience.people.scopes import within
from resilience.programme import activities, attendance
from resilience.programme.models import Attendance, AttendanceSource
from tests.programme.making import HOURS, NOW, START, activity, only_meeting, partner, person

QUARTER = timedelta(minutes=15)


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


def test_seen_again_the_earlier_time_and_the_longer_stay_are_kept(anywhere: Organisation) -> None:
    meeting, ann = only_meeting(activity(anywhere)), person(anywhere, "Ann")
    attendance.attend(meeting, ann, 90, AttendanceSource.IMPORT, START + QUARTER)
    attendance.attend(meeting, ann, 60, AttendanceSource.IMPORT, START)
    attendance.attend(meeting, ann, None, AttendanceSource.IMPORT, START + HOURS)
    row = Attendance.objects.get()
    assert (row.at, row.minutes) == (START, 90)


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_minutes_that_no_day_has_are_refused(here: Organisation, minutes: int) -> None:
    with pytest.raises(ValidationError, match="between 0 and 1440"):
        attendance.attend(only_meeting(activity(here)), person(here, "Ann"), minutes, AttendanceSource.HAND, START)
    assert not Attendance.objects.exists()


def test_nobody_was_at_what_did_not_take_place(here: Organisation) -> None:
    made = activity(here)
    activities.cancel(made, NOBODY, "Snow", NOW)
    with pytest.raises(ValidationError, match="cancelled"):
        attendance.attend(only_meeting(made), person(here, "Ann"), 60, AttendanceSource.HAND, START)


def test_without_minutes_the_stay_is_from_coming_in_to_the_end(here: Organisation) -> None:
    meeting = only_meeting(activity(here))
    for name, at, expected in [
        ("Early", START - QUARTER, 360),
        ("Late", START + QUARTER, 345),
        ("Gone", START + HOURS + QUARTER, 0),
    ]:
        row = attendance.attend(meeting, person(here, name), None, AttendanceSource.CHECK_IN, at)
        assert attendance.minutes_of(row, meeting) == expected


def test_a_correction_needs_a_reason_and_stands_in_the_trail(here: Organisation) -> None:
    meeting, ann = only_meeting(activity(here)), person(here, "Ann")
    row = attendance.attend(meeting, ann, 90, AttendanceSource.CHECK_IN, START)
    with pytest.raises(ValidationError):
        attendance.correct(row, 30, NOBODY, "")
    attendance.correct(row, 30, NOBODY, "Left for the train")
    row.refresh_from_db()
    assert (row.minutes, row.source) == (30, AttendanceSource.HAND)
    entry = TrailEntry.objects.get(what="attendance corrected")
    assert (entry.old, entry.new) == ({"person": str(ann.ref), "minutes": 90}, {"minutes": 30})
