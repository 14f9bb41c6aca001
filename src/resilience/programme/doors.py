"""The door of a meeting: scans from phones that may have been offline, each counted once.

A device draws a nonce for every scan and sends it until it is answered, so that the same scan may come twice, late, or
after another device's. What is kept is worked out from all scans of a ticket, so that their order of arrival does not
matter: somebody came in at their earliest scan, and where they were scanned leaving, their minutes reach from there to
the last of those scans, within the meeting's times. Where nobody scans people out, minutes stay open, and a certificate
takes the meeting's end (`attendance.minutes_of`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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


@dataclass(frozen=True)
class Noted:
    """A scan as the server takes it: with its device, the time by our clock, and when it came."""

    scan: Scan
    device: str
    received_at: datetime


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
    return note(meeting, [Noted(Scan(token, nonce, scanned_at, leaving), device, now)])[0]


def noted(scans: Iterable[Scan], device: str, device_clock: datetime, now: datetime) -> list[Noted]:
    """What a device has gathered, the earliest first. A device whose clock is off has its times moved by that."""
    off = now - device_clock
    if abs(off) <= CLOCK_OFF:
        off = timedelta(0)
    moved = (Scan(one.token, one.nonce, one.scanned_at + off, one.leaving) for one in scans)
    return [Noted(one, device[:40], now) for one in sorted(moved, key=lambda one: one.scanned_at)]


@transaction.atomic
def note(meeting: Meeting, given: Sequence[Noted]) -> list[CheckedIn]:
    """Notes scans of one meeting, in a handful of statements however many they are; answers in their order."""
    tokens = {as_typed(one.scan.token) for one in given}
    # In one order, so that two writers never wait for each other.
    known = Registration.objects.select_for_update(of=("self",)).filter(activity=meeting.activity_id, token__in=tokens)
    tickets = {row.token: row for row in known.order_by("pk")}
    refused = [_refusal(meeting, one.scan, tickets.get(as_typed(one.scan.token))) for one in given]
    taken = [one for one, no in zip(given, refused, strict=True) if no is None]
    CheckIn.objects.bulk_create(
        (
            CheckIn(
                meeting=meeting,
                registration=tickets[as_typed(one.scan.token)],
                nonce=one.scan.nonce,
                scanned_at=one.scan.scanned_at,
                received_at=one.received_at,
                device=one.device,
                leaving=one.scan.leaving,
            )
            for one in taken
        ),
        ignore_conflicts=True,
    )
    there = {tickets[as_typed(one.scan.token)].pk: tickets[as_typed(one.scan.token)] for one in taken}
    scans: dict[int, list[CheckIn]] = {key: [] for key in there}
    for row in CheckIn.objects.filter(meeting=meeting, registration__in=there).order_by("scanned_at", "pk"):
        scans[row.registration_id].append(row)
    _attend(meeting, there, scans)
    return [
        CheckedIn(one.scan.nonce[:40], no, registration=ticket) if no else _answer(one.scan, ticket, scans)
        for one, no in zip(given, refused, strict=True)
        for ticket in [tickets.get(as_typed(one.scan.token))]
    ]


def _refusal(meeting: Meeting, scan: Scan, ticket: Registration | None) -> Answer | None:
    if not NONCE.fullmatch(scan.nonce):
        return Answer.BROKEN
    if ticket is None:
        return Answer.UNKNOWN
    is_near = meeting.starts_at - AROUND <= scan.scanned_at <= meeting.ends_at + AROUND
    if meeting.activity.status == ActivityStatus.CANCELLED or not is_near:
        return Answer.NOT_NOW
    return None if ticket.status == RegistrationStatus.CONFIRMED else Answer.NO_PLACE


def _answer(scan: Scan, ticket: Registration | None, scans: dict[int, list[CheckIn]]) -> CheckedIn:
    assert ticket is not None
    mine = scans[ticket.pk]
    if scan.leaving:
        return CheckedIn(scan.nonce, Answer.LEFT, _came_at(mine), ticket)
    first = next(one for one in mine if not one.leaving)
    return CheckedIn(scan.nonce, Answer.IN if first.nonce == scan.nonce else Answer.ALREADY_IN, _came_at(mine), ticket)


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


def _attend(meeting: Meeting, there: dict[int, Registration], scans: dict[int, list[CheckIn]]) -> None:
    """Brings attendances to what the scans say, except where somebody has set the minutes by hand."""
    people = {ticket.person_id: scans[key] for key, ticket in there.items()}
    rows = {row.person_id: row for row in Attendance.objects.filter(meeting=meeting, person__in=people)}
    fresh, changed = [], []
    for person, mine in people.items():
        came_at, minutes = _came_at(mine), _minutes(meeting, mine)
        row = rows.get(person)
        if row is None:
            source = AttendanceSource.CHECK_IN
            fresh.append(Attendance(meeting=meeting, person_id=person, source=source, at=came_at, minutes=minutes))
        elif row.source != AttendanceSource.HAND:
            before = (row.at, row.source, row.minutes)
            row.at, row.source = min(row.at, came_at), AttendanceSource.CHECK_IN
            row.minutes = row.minutes if minutes is None else minutes
            if before != (row.at, row.source, row.minutes):
                changed.append(row)
    Attendance.objects.bulk_create(fresh, ignore_conflicts=True)
    Attendance.objects.bulk_update(changed, ["at", "source", "minutes"])


def _came_at(mine: list[CheckIn]) -> datetime:
    return next((one.scanned_at for one in mine if not one.leaving), mine[0].scanned_at)


def _minutes(meeting: Meeting, mine: list[CheckIn]) -> int | None:
    left_at = next((one.scanned_at for one in reversed(mine) if one.leaving), None)
    if left_at is None:
        return None
    inside = min(left_at, meeting.ends_at) - max(_came_at(mine), meeting.starts_at)
    return max(0, int(inside.total_seconds() // 60))
