"""iCalendar: an identity that stays, a sequence that grows, entries that are called off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from resilience.people.models import Organisation
from resilience.people.permissions import NOBODY
from resilience.people.scopes import within
from resilience.programme import activities, calendars
from resilience.programme.activities import Sitting
from tests.programme.making import HOURS, NOW, START, activity, partner

DAY = timedelta(days=1)


@pytest.fixture
def here(embedded_store: str) -> Iterator[Organisation]:
    organisation = partner()
    with within(organisation):
        yield organisation


def read(text: str) -> tuple[str, list[Any]]:
    whole = Calendar.from_ical(text)
    return str(whole["METHOD"]), list(whole.walk("VEVENT"))


def test_each_meeting_is_an_entry_in_universal_time(here: Organisation) -> None:
    event = activity(
        here,
        title="Aseptic; technique, part 1",
        place="Room 4",
        sittings=[Sitting(START, START + HOURS), Sitting(START + DAY, START + DAY + HOURS, "Practice")],
    )
    method, entries = read(calendars.calendar(event, NOW))
    assert method == "PUBLISH"
    assert [str(one["SUMMARY"]) for one in entries] == [
        "Aseptic; technique, part 1",
        "Aseptic; technique, part 1: Practice",
    ]
    assert [one.decoded("DTSTART") for one in entries] == [START, START + DAY]
    assert str(entries[0]["LOCATION"]) == "Room 4"
    assert len({str(one["UID"]) for one in entries}) == 2


def test_a_change_keeps_the_identity_and_raises_the_sequence(here: Organisation) -> None:
    event = activity(here)
    _, [before] = read(calendars.calendar(event, NOW))
    moved = activities.change(event, NOBODY, NOW, sittings=[Sitting(START + DAY, START + DAY + HOURS)])
    _, [after] = read(calendars.calendar(moved, NOW))
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after.decoded("DTSTART") == START + DAY


def test_what_is_called_off_or_given_back_leaves_the_calendar(here: Organisation) -> None:
    event = activity(here)
    assert read(calendars.calendar(event, NOW, gave_back=True))[0] == "CANCEL"
    method, [entry] = read(calendars.calendar(activities.cancel(event, NOBODY, "Snow", NOW), NOW))
    assert (method, str(entry["STATUS"]), entry["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
