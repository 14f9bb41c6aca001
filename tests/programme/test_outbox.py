"""Letters: each cause once, sent once even by two senders, tried again, gone with a cause that was rolled back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction

from resilience.people.models import Contact, Organisation, Person
from resilience.people.scopes import within
from resilience.programme import outbox
from resilience.programme.models import Letter
from tests.programme.making import NOW, partner, person

MINUTE = timedelta(minutes=1)


@pytest.fixture
def here(store: str) -> Iterator[Organisation]:
    organisation = partner()
    with within(organisation):
        yield organisation


@pytest.fixture
def ann(here: Organisation) -> Person:
    return person(here, "Ann")


def write(ann: Person, here: Organisation, key: str = "cause:1", **asked: Any) -> None:
    outbox.write(here, ann, key, "A subject", "Some words", NOW, **asked)


class Broken(EmailBackend):
    """A mail server that is away."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("nobody listens")


def test_a_cause_writes_once_and_its_letter_is_sent_once(here: Organisation, ann: Person) -> None:
    write(ann, here)
    write(ann, here)
    assert outbox.send_due(NOW) == outbox.Sent(1, 0, 0)
    assert outbox.send_due(NOW + MINUTE) == outbox.Sent(0, 0, 0)
    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["ann@people.example"], "A subject", "Some words")
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_what_is_not_due_waits(here: Organisation, ann: Person) -> None:
    outbox.write(here, ann, "later", "A subject", "Some words", NOW + MINUTE)
    assert outbox.send_due(NOW).sent == 0
    assert outbox.send_due(NOW + MINUTE).sent == 1


def test_a_letter_goes_down_with_what_caused_it(here: Organisation, ann: Person) -> None:
    with transaction.atomic():
        write(ann, here)
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


def test_a_letter_that_fails_is_tried_again_later_each_time_and_given_up_in_the_end(
    here: Organisation, ann: Person, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    write(ann, here)
    now, waits = NOW, []
    for _try in range(outbox.MOST_TRIES):
        assert outbox.send_due(now).failed == 1
        assert outbox.send_due(now).failed == 0
        due = Letter.objects.get().due_at
        waits.append((due - now) // MINUTE)
        now = due
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640]
    assert outbox.send_due(now + timedelta(days=9)) == outbox.Sent(0, 0, 0)
    letter = Letter.objects.get()
    assert (letter.failed, letter.sent_at) == (8, None)


def test_one_failure_does_not_keep_the_letter_from_going_out_later(
    here: Organisation, ann: Person, settings: Any
) -> None:
    write(ann, here)
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    outbox.send_due(NOW)
    settings.EMAIL_BACKEND = usual
    assert outbox.send_due(NOW + 5 * MINUTE).sent == 1


def test_a_person_without_an_address_is_not_tried_again(here: Organisation, ann: Person) -> None:
    write(ann, here)
    Contact.objects.update(email="")
    assert outbox.send_due(NOW) == outbox.Sent(0, 0, 1)
    assert outbox.send_due(NOW + timedelta(days=1)) == outbox.Sent(0, 0, 0)


def test_every_partners_letters_are_sent_with_what_that_partner_knows(here: Organisation, ann: Person) -> None:
    write(ann, here)
    elsewhere = partner("Elsewhere")
    with within(elsewhere):
        assert outbox.send_due(NOW).sent == 1


def test_a_letter_taken_by_a_sender_that_died_is_free_again(here: Organisation, ann: Person) -> None:
    write(ann, here)
    Letter.objects.update(taken_at=NOW)
    assert outbox.send_due(NOW + 9 * MINUTE).sent == 0
    assert outbox.send_due(NOW + 11 * MINUTE).sent == 1


@pytest.mark.parametrize(("calendar", "method"), [("METHOD:PUBLISH", "PUBLISH"), ("METHOD:CANCEL", "CANCEL")])
def test_a_calendar_travels_along(here: Organisation, ann: Person, calendar: str, method: str) -> None:
    write(ann, here, calendar=f"BEGIN:VCALENDAR\r\n{calendar}\r\nEND:VCALENDAR\r\n")
    outbox.send_due(NOW)
    [(name, _content, kind)] = mail.outbox[0].attachments
    assert (name, kind) == ("activity.ics", f"text/calendar; method={method}")


def test_a_subject_cannot_smuggle_in_a_header(here: Organisation, ann: Person) -> None:
    outbox.write(here, ann, "trick", "Hello\r\nBcc: everybody@people.example", "Some words", NOW)
    assert outbox.send_due(NOW).sent == 1
    assert mail.outbox[0].subject == "Hello Bcc: everybody@people.example"
    assert mail.outbox[0].recipients() == ["ann@people.example"]


def test_two_senders_at_once_send_each_letter_once(here: Organisation, ann: Person) -> None:
    for number in range(20):
        write(ann, here, f"cause:{number}")
    barrier = threading.Barrier(2)

    def send() -> None:
        try:
            barrier.wait(timeout=20)
            outbox.send_due(NOW)
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _sender in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert len(mail.outbox) == 20
    assert Letter.objects.filter(sent_at=NOW).count() == 20
