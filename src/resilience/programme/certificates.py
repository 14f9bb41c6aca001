"""Certificates of attendance: for who was checked in at the door and stayed long enough. Evidence, no qualification.

Minutes are added over the meetings of the activity at which the person was scanned or ticked; meetings known from a
file or by hand alone do not count. What the activity is worth as professional development is certified once the minimum
is reached, and never more of it than the minutes attended.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typst
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from resilience.people.models import Contact, Person
from resilience.people.scopes import whole_programme
from resilience.people.spelling import name_key
from resilience.programme import addresses, qr
from resilience.programme.attendance import minutes_of
from resilience.programme.codes import as_typed, random_code
from resilience.programme.models import Activity, ActivityStatus, Attendance, Certificate, CheckIn

NUMBER_LETTERS = 10
PAPER = Path(__file__).parent / "papers" / "certificate.typ"


@dataclass(frozen=True)
class Earned:
    """What somebody's attendance comes to. `lacking` says what is missing for a certificate; empty where nothing is."""

    minutes: int
    cpd_minutes: int
    lacking: str


def earned(activity: Activity, person: Person, now: datetime) -> Earned:
    """What the person's scans at the activity's meetings come to by now."""
    scanned = CheckIn.objects.filter(meeting__activity=activity, registration__person=person).values("meeting")
    rows = Attendance.objects.filter(meeting__in=scanned, person=person).select_related("meeting")
    minutes = sum(minutes_of(row, row.meeting) for row in rows if row.meeting.ends_at <= now)
    lacking = ""
    if activity.status == ActivityStatus.CANCELLED:
        lacking = _("The activity was cancelled.")
    elif activity.ends_at > now:
        lacking = _("The activity has not ended yet.")
    elif not rows:
        lacking = _("There is no check-in: a certificate needs one.")
    elif minutes < max(1, activity.minimum_minutes):
        lacking = _("%(minutes)s minutes of attendance are known; a certificate needs %(needed)s.") % {
            "minutes": minutes,
            "needed": max(1, activity.minimum_minutes),
        }
    return Earned(minutes, 0 if lacking else min(activity.cpd_minutes, minutes), lacking)


@transaction.atomic
def issue(activity: Activity, person: Person, now: datetime) -> Certificate:
    """The person's certificate, made on first asking. Raises ValidationError that says what is lacking."""
    made = Certificate.objects.filter(activity=activity, person=person).first()
    if made is not None:
        return made
    worth = earned(activity, person, now)
    if worth.lacking:
        raise ValidationError(worth.lacking)
    if not holder(activity, person):
        raise ValidationError(_("A certificate names its holder: ask the organiser to enter the name."))
    return Certificate.objects.create(
        activity=activity,
        person=person,
        number=random_code(NUMBER_LETTERS),
        minutes=worth.minutes,
        cpd_minutes=worth.cpd_minutes,
        issued_at=now,
    )


def find(number: str) -> Certificate | None:
    """The certificate with a number, whoever issued it: the number is made to be checked by others."""
    with whole_programme("a certificate is confirmed by its number"):
        return (
            Certificate.objects.select_related("activity", "activity__organisation", "person")
            .filter(number=as_typed(number))
            .first()
        )


def is_held_by(certificate: Certificate, name: str) -> bool:
    """Whether the certificate is this person's, as the organiser knows their name. The page never tells the name."""
    known = name_key(holder(certificate.activity, certificate.person))
    return bool(known) and known == name_key(name)


def holder(activity: Activity, person: Person) -> str:
    """The name the organiser knows the person by; empty for who was erased."""
    known = Contact.objects.filter(organisation=activity.organisation_id, person=person)
    return str(known.values_list("name", flat=True).first() or "")


def hours(minutes: int) -> str:
    """Minutes as hours and minutes for people: "2 h 30 min"."""
    whole, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (f"{whole} h" if whole else "", f"{rest} min" if rest or not whole else "") if part
    )


def paper(certificate: Certificate, language: str) -> bytes:
    """The certificate as a PDF in a language. Its QR code leads to the page that confirms it."""
    activity = certificate.activity
    address = addresses.absolute("certificate", certified=certificate.number)
    with translation.override(language):
        words = {
            "language": language,
            "heading": _("Certificate of attendance"),
            "name": holder(activity, certificate.person),
            "attended": _("attended"),
            "title": activity.title,
            "days": _days(activity),
            "place": activity.place,
            "organisation": str(activity.organisation),
            "minutes": _("Time attended: %(time)s") % {"time": hours(certificate.minutes)},
            "cpd": _("Continuing professional development: %(time)s") % {"time": hours(certificate.cpd_minutes)}
            if certificate.cpd_minutes
            else "",
            "note": _("Training evidence, never a qualification. Attendance was recorded by check-in at the door."),
            "number": _("Certificate %(number)s, issued on %(day)s")
            % {"number": certificate.number, "day": _day(certificate.issued_at)},
            "confirm": _("Check it at %(address)s") % {"address": address},
            "invented": _("Invented for demonstration") if activity.invented else "",
            "code": qr.svg(address, border=0),
        }
    made = typst.compile(PAPER, sys_inputs={"words": json.dumps(words)})
    assert isinstance(made, bytes)
    return made


def _days(activity: Activity) -> str:
    first, last = _day(activity.starts_at), _day(activity.ends_at)
    return first if first == last else f"{first} – {last}"


def _day(at: datetime) -> str:
    return str(formats.date_format(timezone.localtime(at), "DATE_FORMAT"))
