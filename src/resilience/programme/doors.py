"""The door of a meeting: scans from phones that may have been offline, each counted once.

A device draws a nonce for every scan and sends it until it is answered, so that the same scan may come twice, late, or
after another device's. What is kept is worked out from all scans of a ticket, so that their order of arrival does not
matter: somebody came in at their earliest scan, and where they were scanned leaving, their minutes reach from there to
the last of those scans, within the meeting's times. Where nobody scans people out, minutes stay open, and a certificate
takes the meeting's end (`attendance.minutes_of`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.db import transaction

from resilience.people.models import Contact
from resilience.programme.codes import as_typed
from resilience.programme.models import (
    ActivityStatus,
    Attendance,
    AttendanceSource,
    CheckIn,
    Meeting,
    Registration,
    RegistrationStatus,
)

# How long before and after a meeting its door takes scans.
AROUND = timedelta(hours=12)
# A device whose clock is further off than this has its times moved by the difference.
CLOCK_OFF = timedelta(minutes=1)
MOST_SCANS_AT_ONCE = 500
NONCE = re.compile(r"[A-Za-z0-9_-]{8,40}")


class Answer(Enum):
    """What the door says to a scan."""

    IN = "in"
    ALREADY_IN = "already"
    LEFT = "left"
    NO_PLACE = "no-place"
    UNKNOWN = "unknown"
    NOT_NOW = "not-now"
    BROKEN = "broken"


@dataclass(frozen=True)
class Scan:
    """One scan as a device noted it."""

    token: str
    nonce: str
    scanned_at: datetime
    leaving: bool = False


@dataclass(frozen=True)
class CheckedIn:
    """The door's answer; `at` is when the person came in, `registration` whose ticket it was."""

    nonce: str
    answer: Answer
    at: datetime | None = None
    registration: Registration | None = None


@dataclass(frozen=True)
class Guest:
    """A line of the list that a device takes along: a name to tick, and whether they are in."""

    token: str
    name: str
    status: str
    came_at: datetime | None
    left_at: datetime | None


@transaction.atomic
def check_in(
    meeting: Meeting,
    token: str,
    nonce: str,
    scanned_at: datetime,
    now: datetime,
    *,
    device: str = "",
    leaving: bool = False,
) -> CheckedIn:
    """Notes one scan; the same scan again changes nothing and gets the same answer."""
    if not NONCE.fullmatch(nonce):
        return CheckedIn(nonce[:40], Answer.BROKEN)
    registration = (
        Registration.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(activity=meeting.activity_id, token=as_typed(token))
        .first()
    )
    if registration is None:
        return CheckedIn(nonce, Answer.UNKNOWN)
    if (
        meeting.activity.status == ActivityStatus.CANCELLED
        or not meeting.starts_at - AROUND <= scanned_at <= meeting.ends_at + AROUND
    ):
        return CheckedIn(nonce, Answer.NOT_NOW, registration=registration)
    if registration.status != RegistrationStatus.CONFIRMED:
        return CheckedIn(nonce, Answer.NO_PLACE, registration=registration)
    scan = CheckIn(
        meeting=meeting,
        registration=registration,
        nonce=nonce,
        scanned_at=scanned_at,
        received_at=now,
        device=device[:40],
        leaving=leaving,
    )
    CheckIn.objects.bulk_create([scan], ignore_conflicts=True)
    scans = list(CheckIn.objects.filter(meeting=meeting, registration=registration).order_by("scanned_at", "pk"))
    came_at = _note(meeting, registration, scans)
    if leaving:
        return CheckedIn(nonce, Answer.LEFT, came_at, registration)
    coming = [one for one in scans if not one.leaving]
    answer = Answer.IN if coming[0].nonce == nonce else Answer.ALREADY_IN
    return CheckedIn(nonce, answer, came_at, registration)


def sync(
    meeting: Meeting, scans: Iterable[Scan], device: str, device_clock: datetime, now: datetime
) -> list[CheckedIn]:
    """Takes what a device has gathered, the earliest first. A device whose clock is off has its times moved by that."""
    off = now - device_clock
    if abs(off) <= CLOCK_OFF:
        off = timedelta(0)
    answers = []
    with transaction.atomic():
        for scan in sorted(scans, key=lambda one: one.scanned_at):
            answers.append(
                check_in(
                    meeting, scan.token, scan.nonce, scan.scanned_at + off, now, device=device, leaving=scan.leaving
                )
            )
    return answers


def guests(meeting: Meeting) -> list[Guest]:
    """Everybody who registered for the activity, by name, with when they came in and left."""
    registrations = list(Registration.objects.filter(activity=meeting.activity_id))
    names = names_of(registrations, meeting.activity.organisation_id)
    came: dict[int, datetime] = {}
    left: dict[int, datetime] = {}
    for scan in CheckIn.objects.filter(meeting=meeting).order_by("-scanned_at"):
        if scan.leaving:
            left.setdefault(scan.registration_id, scan.scanned_at)
        else:
            came[scan.registration_id] = scan.scanned_at
    listed = [
        Guest(one.token, names.get(one.person_id, ""), one.status, came.get(one.pk), left.get(one.pk))
        for one in registrations
    ]
    return sorted(listed, key=lambda guest: (guest.name.casefold(), guest.token))


def names_of(registrations: Iterable[Registration], organisation: Any) -> dict[int, str]:
    """Names by person, as the organisation knows them; who was erased is not in it."""
    people = {registration.person_id for registration in registrations}
    known = Contact.objects.filter(organisation=organisation, person__in=people)
    return {person: name or email for person, name, email in known.values_list("person_id", "name", "email")}


def _note(meeting: Meeting, registration: Registration, scans: list[CheckIn]) -> datetime:
    """Brings the attendance to what the scans say, unless somebody has set it by hand; returns when they came in."""
    came_at = next((one.scanned_at for one in scans if not one.leaving), scans[0].scanned_at)
    left_at = next((one.scanned_at for one in reversed(scans) if one.leaving), None)
    row, is_new = Attendance.objects.get_or_create(
        meeting=meeting,
        person=registration.person,
        defaults={"source": AttendanceSource.CHECK_IN, "at": came_at, "minutes": _minutes(meeting, came_at, left_at)},
    )
    if not is_new and row.source != AttendanceSource.HAND:
        minutes = _minutes(meeting, came_at, left_at)
        changed = (min(row.at, came_at), AttendanceSource.CHECK_IN, minutes if minutes is not None else row.minutes)
        if changed != (row.at, row.source, row.minutes):
            row.at, row.source, row.minutes = changed
            row.save(update_fields=["at", "source", "minutes"])
    return came_at


def _minutes(meeting: Meeting, came_at: datetime, left_at: datetime | None) -> int | None:
    if left_at is None:
        return None
    inside = min(left_at, meeting.ends_at) - max(came_at, meeting.starts_at)
    return max(0, int(inside.total_seconds() // 60))
