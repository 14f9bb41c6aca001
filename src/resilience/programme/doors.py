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

from django.db import transaction

from resilience.people.models import Contact
from resilience.programme import door_rows
from resilience.programme.codes import as_typed
from resilience.programme.door_rows import Door, Noted, Scan, Seen, There, Ticket
from resilience.programme.models import (
    ActivityStatus,
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
class CheckedIn:
    """The door's answer; `at` is when the person came in, `ticket` what was shown."""

    nonce: str
    answer: Answer
    at: datetime | None = None
    ticket: Ticket | None = None


@dataclass(frozen=True)
class Guest:
    """A line of the list that a device takes along: a name to tick, and whether they are in."""

    token: str
    name: str
    status: str
    came_at: datetime | None
    left_at: datetime | None


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
    return note(at(meeting), [Noted(Scan(token, nonce, scanned_at, leaving), device, now)])[0]


def at(meeting: Meeting) -> Door:
    """The door of a meeting."""
    activity = meeting.activity
    is_cancelled = activity.status == ActivityStatus.CANCELLED
    return Door(meeting.pk, activity.pk, meeting.starts_at, meeting.ends_at, is_cancelled)


def noted(scans: Iterable[Scan], device: str, device_clock: datetime, now: datetime) -> list[Noted]:
    """What a device has gathered, the earliest first. A device whose clock is off has its times moved by that."""
    off = now - device_clock
    if abs(off) <= CLOCK_OFF:
        off = timedelta(0)
    moved = (Scan(one.token, one.nonce, one.scanned_at + off, one.leaving) for one in scans)
    name = "".join(filter(str.isprintable, device))[:40]
    return [Noted(one, name, now) for one in sorted(moved, key=lambda one: one.scanned_at)]


@transaction.atomic
def note(door: Door, given: Sequence[Noted]) -> list[CheckedIn]:
    """Notes scans at one door, in a handful of statements however many they are; answers in their order."""
    tickets = door_rows.tickets(door, {as_typed(one.scan.token) for one in given})
    shown = [tickets.get(as_typed(one.scan.token)) for one in given]
    refused = [_refusal(door, one.scan, ticket) for one, ticket in zip(given, shown, strict=True)]
    taken = [(one, ticket) for one, ticket, no in zip(given, shown, refused, strict=True) if ticket and not no]
    door_rows.add_scans(door, [(ticket.registration, one) for one, ticket in taken])
    scans: dict[int, list[Seen]] = {ticket.registration: [] for _one, ticket in taken}
    for row in door_rows.seen(door, scans):
        scans[row.registration].append(row)
    _attend(door, {ticket.person: scans[ticket.registration] for _one, ticket in taken})
    return [
        _answer(one.scan, ticket, scans[ticket.registration])
        if ticket and not no
        else CheckedIn(one.scan.nonce[:40], no or Answer.UNKNOWN, ticket=ticket)
        for one, ticket, no in zip(given, shown, refused, strict=True)
    ]


def _refusal(door: Door, scan: Scan, ticket: Ticket | None) -> Answer | None:
    if not NONCE.fullmatch(scan.nonce):
        return Answer.BROKEN
    if ticket is None:
        return Answer.UNKNOWN
    is_near = door.starts_at - AROUND <= scan.scanned_at <= door.ends_at + AROUND
    if door.is_cancelled or not is_near:
        return Answer.NOT_NOW
    return None if ticket.status == RegistrationStatus.CONFIRMED else Answer.NO_PLACE


def _answer(scan: Scan, ticket: Ticket, mine: list[Seen]) -> CheckedIn:
    if scan.leaving:
        return CheckedIn(scan.nonce, Answer.LEFT, _came_at(mine), ticket)
    first = next(one for one in mine if not one.leaving)
    return CheckedIn(scan.nonce, Answer.IN if first.nonce == scan.nonce else Answer.ALREADY_IN, _came_at(mine), ticket)


def guests(meeting: Meeting) -> list[Guest]:
    """Everybody who registered for the activity, by name, with when they came in and left."""
    places = Registration.objects.filter(activity=meeting.activity_id).values_list("pk", "person_id", "token", "status")
    known = Contact.objects.filter(
        organisation=meeting.activity.organisation_id, person__registrations__activity=meeting.activity_id
    )
    names = {person: name or email for person, name, email in known.values_list("person_id", "name", "email")}
    came: dict[int, datetime] = {}
    left: dict[int, datetime] = {}
    scans = CheckIn.objects.filter(meeting=meeting).order_by("-scanned_at")
    for place, scanned_at, leaving in scans.values_list("registration_id", "scanned_at", "leaving"):
        if leaving:
            left.setdefault(place, scanned_at)
        else:
            came[place] = scanned_at
    listed = [
        Guest(token, names.get(person, ""), status, came.get(place), left.get(place))
        for place, person, token, status in places.order_by()
    ]
    return sorted(listed, key=lambda guest: (guest.name.casefold(), guest.token))


def _attend(door: Door, scans: dict[int, list[Seen]]) -> None:
    """Brings attendances to what the scans of each person say, except where somebody has set the minutes by hand."""
    there = door_rows.there(door, scans)
    fresh, changed = [], []
    for person, mine in scans.items():
        came_at, minutes = _came_at(mine), _minutes(door, mine)
        row = there.get(person)
        if row is None:
            fresh.append(There(person, came_at, AttendanceSource.CHECK_IN, minutes))
        elif row.source != AttendanceSource.HAND:
            told = There(
                person,
                min(row.at, came_at),
                AttendanceSource.CHECK_IN,
                row.minutes if minutes is None else minutes,
            )
            if told != row:
                changed.append(told)
    door_rows.add_there(door, fresh)
    door_rows.change_there(door, changed)


def _came_at(mine: list[Seen]) -> datetime:
    return next((one.scanned_at for one in mine if not one.leaving), mine[0].scanned_at)


def _minutes(door: Door, mine: list[Seen]) -> int | None:
    left_at = next((one.scanned_at for one in reversed(mine) if one.leaving), None)
    if left_at is None:
        return None
    inside = min(left_at, door.ends_at) - max(_came_at(mine), door.starts_at)
    return max(0, int(inside.total_seconds() // 60))
