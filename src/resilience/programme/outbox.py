"""Letters: written in the transaction that causes them, sent afterwards, each cause once.

A sender first takes a letter (one row changed by one statement), so that two senders never send the same one; a letter
taken by a sender that died is free again after a while. A letter that could not be sent is tried again later.

A secret that must not be found in the store is drawn while its letter is sent, and stands in that mail alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Q

from resilience.people.models import Contact, Organisation, Person
from resilience.people.scopes import whole_programme
from resilience.programme.models import Letter

MOST_TRIES = 8
FIRST_WAIT = timedelta(minutes=5)
TAKEN_FOR = timedelta(minutes=10)
MOST_AT_ONCE = 500
# Where a drawn secret stands in a letter's text.
DRAWN = "{drawn at sending}"
# First word of a letter's key -> what draws the secret of such letters; None where the letter is needed no more.
draws: dict[str, Callable[[Letter], str | None]] = {}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sent:
    """What became of the letters that were due."""

    sent: int
    failed: int
    undeliverable: int


def write(
    organisation: Organisation,
    person: Person,
    key: str,
    subject: str,
    text: str,
    due_at: datetime,
    *,
    language: str = "en",
    calendar: str = "",
) -> None:
    """Puts a letter into the outbox, unless its cause (`key`) has written one already."""
    letter = Letter(
        organisation=organisation,
        person=person,
        key=key,
        subject=" ".join(subject.split())[:160],
        text=text,
        due_at=due_at,
        language=language,
        calendar=calendar,
    )
    Letter.objects.bulk_create([letter], ignore_conflicts=True)


def send_due(now: datetime, most: int = MOST_AT_ONCE) -> Sent:
    """Sends what is due, the oldest first. What fails waits 5 minutes, then twice as long each time, 8 times in all."""
    sent = failed = undeliverable = 0
    with whole_programme("letters are sent for all partners alike"):
        connection = get_connection()
        for letter in _take(now, most):
            address = _address(letter)
            if not address:
                Letter.objects.filter(pk=letter.pk).update(failed=MOST_TRIES)
                undeliverable += 1
                continue
            text = _text(letter)
            if text is None:
                Letter.objects.filter(pk=letter.pk).delete()
                continue
            try:
                connection.send_messages([_mail(letter, address, text)])
            except (OSError, SMTPException) as error:
                log.warning("letter %s was not sent: %s", letter.pk, error)
                _try_later(letter, now)
                failed += 1
            else:
                Letter.objects.filter(pk=letter.pk).update(sent_at=now)
                sent += 1
    return Sent(sent, failed, undeliverable)


def _take(now: datetime, most: int) -> Iterator[Letter]:
    is_free = Q(taken_at=None) | Q(taken_at__lt=now - TAKEN_FOR)
    due = Letter.objects.filter(is_free, sent_at=None, due_at__lte=now, failed__lt=MOST_TRIES)
    for letter in due.select_related("organisation").order_by("due_at", "pk")[:most]:
        if Letter.objects.filter(is_free, pk=letter.pk, sent_at=None).update(taken_at=now):
            yield letter


def _address(letter: Letter) -> str:
    found = Contact.objects.filter(organisation=letter.organisation_id, person=letter.person_id)
    return str(found.values_list("email", flat=True).first() or "")


def _text(letter: Letter) -> str | None:
    """The words of a letter with its secret, if it has one; None where it is needed no more."""
    draw = draws.get(letter.key.partition(":")[0])
    if draw is None:
        return letter.text
    drawn = draw(letter)
    return None if drawn is None else letter.text.replace(DRAWN, drawn)


def _mail(letter: Letter, address: str, text: str) -> EmailMessage:
    mail = EmailMessage(
        letter.subject,
        text,
        to=[address],
        headers={"Auto-Submitted": "auto-generated", "Content-Language": letter.language},
    )
    if letter.calendar:
        method = "CANCEL" if "\r\nMETHOD:CANCEL\r\n" in letter.calendar else "PUBLISH"
        mail.attach("activity.ics", letter.calendar, f"text/calendar; method={method}")
    return mail


def _try_later(letter: Letter, now: datetime) -> None:
    Letter.objects.filter(pk=letter.pk).update(
        failed=F("failed") + 1, taken_at=None, due_at=now + FIRST_WAIT * 2**letter.failed
    )
