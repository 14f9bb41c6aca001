"""What falls due with time, and what people are told of changes; in their own language, without a name in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail

from resilience.people.models import Organisation
from resilience.people.permissions import NOBODY
from resilience.people.scopes import within
from resilience.programme import activities, registration, reminders, ticking
from resilience.programme.activities import Sitting
from resilience.programme.models import Letter, RegistrationStatus
from tests.programme.making import HOURS, NOW, START, activity, partner, place

DAY = timedelta(days=1)


@pytest.fixture
def here(embedded_store: str) -> Iterator[Organisation]:
    organisation = partner()
    with within(organisation):
        yield organisation


def reminded() -> int:
    return Letter.objects.filter(key__contains=":reminder:").count()


def test_everybody_with_a_place_is_reminded_once_two_days_before(here: Organisation) -> None:
    event = activity(here, capacity=2)
    for name in ("Ann", "Bob", "Waiting Will"):
        place(event, name)
    reminders.due(START - 3 * DAY)
    assert reminded() == 0
    for hours in (48, 24, 1):
        reminders.due(START - timedelta(hours=hours))
    assert reminded() == 2


def test_an_activity_that_moved_is_reminded_of_again(here: Organisation) -> None:
    event = activity(here)
    place(event, "Ann")
    reminders.due(START - DAY)
    activities.change(event, NOBODY, START - DAY, sittings=[Sitting(START + 5 * DAY, START + 5 * DAY + HOURS)])
    reminders.due(START + 4 * DAY)
    assert reminded() == 2


def test_who_has_just_registered_is_not_reminded_at_once(here: Organisation) -> None:
    place(activity(here), "Ann", START - DAY)
    reminders.due(START - DAY + HOURS)
    assert reminded() == 0


def test_a_letter_names_nobody_and_leads_to_the_ticket(here: Organisation) -> None:
    ann = place(activity(here, place="Room 4"), "Ann Evans")
    letter = Letter.objects.get()
    assert "Evans" not in letter.subject + letter.text + letter.calendar
    assert f"/ticket/{ann.token}" in letter.text
    assert "Room 4" in letter.text
    assert "12 Mar 2026, 09:00" in letter.text


def test_one_tick_does_all_that_is_due_and_a_second_one_nothing(here: Organisation) -> None:
    event = activity(here, capacity=1, offer_hours=24)
    ann, _bob, cai = (place(event, name, NOW + timedelta(minutes=n)) for n, name in enumerate(("Ann", "Bob", "Cai")))
    registration.cancel(ann, NOW + HOURS)
    first = ticking.tick(NOW + 2 * DAY)
    assert (first.offered, first.sent, first.failed) == (1, 7, 0)
    cai.refresh_from_db()
    assert cai.status == RegistrationStatus.OFFERED
    again = ticking.tick(NOW + 2 * DAY)
    assert set(again.as_dict().values()) == {0}
    assert [one.to for one in mail.outbox].count(["bob@people.example"]) == 3
    assert again.lines()[1] == "0 letters sent, 0 failed, 0 without an address"
