"""Letters that ask for the diversity form: once, to who was there, and with an address that is kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from resilience.people import diversity, invitations, persons, privacy
from resilience.people.models import DiversityInvitation, Organisation, Person
from resilience.people.permissions import NOBODY
from resilience.people.scopes import whole_programme, within
from resilience.people.tokens import hashed
from resilience.programme import activities, diversity_letters, outbox
from resilience.programme.attendance import attend
from resilience.programme.models import Activity, AttendanceSource, Cohort, CohortMember, Letter
from tests.programme.making import HOURS, NOW, START, activity, only_meeting, partner, person

OVER = START + HOURS
DAY = timedelta(days=1)
QUARTER = date(2026, 3, 31)


@pytest.fixture
def here(store: str) -> Iterator[Organisation]:
    organisation = partner()
    with within(organisation):
        yield organisation


def was_at(event: Activity, *people: Person) -> None:
    for one in people:
        attend(only_meeting(event), one, 60, AttendanceSource.HAND, START)


def token_of(sent: Any) -> str:
    found = re.search(r"/diversity/form/(\S+)", sent.body)
    assert found is not None
    return found[1]


def test_who_was_at_training_is_asked_once_after_it(here: Organisation) -> None:
    ann, bob = person(here, "Ann"), person(here, "Bob")
    event = activity(here)
    was_at(event, ann)
    assert diversity_letters.ask_due(OVER - HOURS) == 0
    assert diversity_letters.ask_due(OVER) == 1
    assert diversity_letters.ask_due(OVER + DAY) == 0
    was_at(event, bob)
    another = activity(here)
    was_at(another, ann)
    assert diversity_letters.ask_due(OVER + DAY) == 1
    assert outbox.send_due(OVER + DAY).sent == 2
    assert sorted(one.to[0] for one in mail.outbox) == ["ann@people.example", "bob@people.example"]


def test_the_letter_opens_a_form_that_leads_back_to_nobody(here: Organisation) -> None:
    was_at(activity(here), person(here, "Ann"))
    diversity_letters.ask_due(OVER)
    outbox.send_due(OVER)
    [sent] = mail.outbox
    assert "Every question is optional" in sent.body
    assert outbox.DRAWN not in sent.body
    assert diversity.submit(token_of(sent), {"sex": ["10"]}, QUARTER)
    assert DiversityInvitation.objects.get().answered
    assert invitations.opened_by(token_of(sent)) is None


def dumped() -> str:
    """Every value of every table, as text."""
    with connection.cursor() as cursor:
        values = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            values += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(values)


def test_the_address_is_nowhere_in_the_store_before_or_after_sending(here: Organisation) -> None:
    was_at(activity(here), person(here, "Ann"))
    diversity_letters.ask_due(OVER)
    assert DiversityInvitation.objects.get().token_hash == ""
    assert "diversity/form" not in Letter.objects.get().text
    outbox.send_due(OVER)
    token = token_of(mail.outbox[0])
    assert invitations.opened_by(token) is not None
    assert Letter.objects.get().sent_at == OVER
    assert token not in dumped()
    assert hashed(token) in dumped()


def test_after_a_failure_another_address_is_drawn(here: Organisation, settings: Any) -> None:
    was_at(activity(here), person(here, "Ann"))
    diversity_letters.ask_due(OVER)
    settings.EMAIL_BACKEND = "tests.programme.test_outbox.Broken"
    assert outbox.send_due(OVER).failed == 1
    first = DiversityInvitation.objects.get().token_hash
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert outbox.send_due(OVER + DAY).sent == 1
    assert DiversityInvitation.objects.get().token_hash == hashed(token_of(mail.outbox[0])) != first


def test_who_answered_before_the_letter_went_out_gets_none(here: Organisation) -> None:
    ann = person(here, "Ann")
    assert diversity_letters.ask(here, ann, "training", NOW)
    token = invitations.invite(here, ann, "training", QUARTER)
    assert token is not None
    diversity.submit(token, {"sex": ["10"]}, QUARTER)
    assert outbox.send_due(NOW) == outbox.Sent(0, 0, 0)
    assert not Letter.objects.exists()
    assert not diversity_letters.ask(here, ann, "training", NOW)
    assert diversity_letters.ask(here, ann, "leadership", NOW)


def test_without_an_address_nobody_counts_as_asked(here: Organisation) -> None:
    nameless = persons.meet(here, "Cai", "", NOW)
    was_at(activity(here), nameless)
    assert diversity_letters.ask_due(OVER) == 0
    assert not DiversityInvitation.objects.exists()
    assert not diversity_letters.ask(here, nameless, "training", NOW)


def test_two_partners_that_met_a_person_ask_once(here: Organisation) -> None:
    elsewhere = partner("South Coast University")
    was_at(activity(here), person(here, "Ann"))
    with within(elsewhere):
        was_at(activity(elsewhere), person(elsewhere, "Ann"))
    assert diversity_letters.ask_due(OVER) == 1
    with whole_programme("a test"):
        assert Letter.objects.count() == DiversityInvitation.objects.count() == 1


def test_of_a_cohort_its_members_are_asked_and_no_guest(here: Organisation) -> None:
    ann, guest = person(here, "Ann"), person(here, "Guest")
    event = activity(here, kind="leadership")
    cohort = Cohort.objects.create(activity=event)
    CohortMember.objects.create(cohort=cohort, person=ann, employer=here, joined_at=NOW)
    was_at(event, ann, guest)
    assert diversity_letters.ask_due(OVER) == 1
    assert DiversityInvitation.objects.values_list("person", "strand").get() == (ann.pk, "leadership")


@pytest.mark.parametrize("held", ["outreach", "called off", "long ago", "erased"])
def test_nobody_is_asked_who_should_not_be(here: Organisation, held: str) -> None:
    ann = person(here, "Ann")
    event = activity(here, kind="outreach" if held == "outreach" else "training")
    was_at(event, ann)
    if held == "called off":
        activities.cancel(event, NOBODY, "nobody came", NOW)
    if held == "erased":
        privacy.erase(ann, NOBODY, "asked for", NOW)
    assert diversity_letters.ask_due(OVER + (diversity_letters.ASKED_WITHIN if held == "long ago" else DAY)) == 0


def test_the_letter_is_in_the_language_of_the_registration(here: Organisation) -> None:
    assert diversity_letters.ask(here, person(here, "Ann"), "training", NOW, "cy")
    outbox.send_due(NOW)
    assert "Mae pob cwestiwn yn ddewisol" in mail.outbox[0].body
    assert mail.outbox[0].extra_headers["Content-Language"] == "cy"
