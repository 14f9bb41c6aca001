"""The rows of a door, read and written in statements that are written out.

Django takes twenty times as long to put such a query together as the database takes to answer it, and a check-in is
made of six (docs/decisions/0011). `door` looks within one organisation; all else hangs on the door that it found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from resilience.people.models import Organisation
from resilience.programme.models import ActivityStatus, AttendanceSource

# Rows in one statement: SQLite takes 32,766 values.
MOST_ROWS = 1000


@dataclass(frozen=True)
class Scan:
    """One scan as a device noted it."""

    token: str
    nonce: str
    scanned_at: datetime
    leaving: bool = False


@dataclass(frozen=True)
class Noted:
    """A scan as the server takes it: with its device, the time by our clock, and when it came."""

    scan: Scan
    device: str
    received_at: datetime


@dataclass(frozen=True)
class Door:
    """A meeting as its door needs it."""

    meeting: int
    activity: int
    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool


@dataclass(frozen=True)
class Ticket:
    """A registration as the door needs it; `name` is what the organisation calls the person, "" where it cannot."""

    registration: int
    person: int
    token: str
    status: str
    name: str


@dataclass(frozen=True)
class Seen:
    """A scan that was kept."""

    registration: int
    nonce: str
    scanned_at: datetime
    leaving: bool


@dataclass(frozen=True)
class There:
    """A person's attendance: when they came in, how that is known, for how long where that is known."""

    person: int
    at: datetime
    source: str
    minutes: int | None


def door(organisation: Organisation, meeting: int) -> Door | None:
    """The door of a meeting of the organisation."""
    found = _read(
        "SELECT m.id, m.activity_id, m.starts_at, m.ends_at, a.status FROM programme_meeting m"
        " JOIN programme_activity a ON a.id = m.activity_id WHERE m.id = %s AND a.organisation_id = %s",
        [meeting, Organisation._meta.pk.get_db_prep_value(organisation.pk, connection)],
    )
    for number, activity, starts_at, ends_at, status in found:
        return Door(number, activity, _aware(starts_at), _aware(ends_at), status == ActivityStatus.CANCELLED)
    return None


def tickets(door: Door, tokens: Collection[str]) -> dict[str, Ticket]:
    """The registrations for the door's activity that have these tokens, held until the transaction ends.

    They are taken in one order, so that two writers never wait for each other.
    """
    found = _read(
        "SELECT r.id, r.person_id, r.token, r.status, c.name, c.email FROM programme_registration r"
        " JOIN programme_activity a ON a.id = r.activity_id"
        " LEFT JOIN people_contact c ON c.organisation_id = a.organisation_id AND c.person_id = r.person_id"
        f" WHERE r.activity_id = %s AND r.token IN ({_places(tokens)}) ORDER BY r.id"
        + (" FOR UPDATE OF r" if connection.features.has_select_for_update_of else ""),
        [door.activity, *tokens],
    )
    return {
        token: Ticket(registration, person, token, status, name or email or "")
        for registration, person, token, status, name, email in found
    }


def seen(door: Door, registrations: Collection[int]) -> list[Seen]:
    """All scans of these registrations at the meeting, the earliest first."""
    found = _read(
        "SELECT registration_id, nonce, scanned_at, leaving FROM programme_checkin"
        f" WHERE meeting_id = %s AND registration_id IN ({_places(registrations)}) ORDER BY scanned_at, id",
        [door.meeting, *registrations],
    )
    return [Seen(registration, nonce, _aware(at), leaving) for registration, nonce, at, leaving in found]


def there(door: Door, people: Collection[int]) -> dict[int, There]:
    """Attendances of these people at the meeting, by person."""
    found = _read(
        "SELECT person_id, at, source, minutes FROM programme_attendance"
        f" WHERE meeting_id = %s AND person_id IN ({_places(people)})",
        [door.meeting, *people],
    )
    return {person: There(person, _aware(at), source, minutes) for person, at, source, minutes in found}


def add_scans(door: Door, scans: Iterable[tuple[int, Noted]]) -> None:
    """Keeps scans, each with its registration's number; one that was kept before changes nothing."""
    _insert(
        "programme_checkin (meeting_id, registration_id, nonce, scanned_at, leaving, received_at, device)",
        [
            (
                door.meeting,
                registration,
                one.scan.nonce,
                _kept(one.scan.scanned_at),
                one.scan.leaving,
                _kept(one.received_at),
                one.device,
            )
            for registration, one in scans
        ],
        "DO NOTHING",
    )


THERE = "programme_attendance (meeting_id, person_id, at, source, minutes)"


def add_there(door: Door, people: Iterable[There]) -> None:
    """Keeps attendances; who has one keeps it."""
    _insert(THERE, _rows(door, people), "DO NOTHING")


def change_there(door: Door, people: Iterable[There]) -> None:
    """Brings attendances that are kept to what is known now, except where a hand has been there in the meantime."""
    _insert(
        THERE,
        _rows(door, people),
        "(meeting_id, person_id) DO UPDATE SET at = excluded.at, source = excluded.source, minutes = excluded.minutes"
        f" WHERE programme_attendance.source <> '{AttendanceSource.HAND.value}'",
    )


def _rows(door: Door, people: Iterable[There]) -> list[tuple[Any, ...]]:
    return [(door.meeting, one.person, _kept(one.at), one.source, one.minutes) for one in people]


def _read(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _insert(into: str, rows: Sequence[tuple[Any, ...]], conflict: str) -> None:
    """Many rows in one statement: each statement is a way to the database and back."""
    for begin in range(0, len(rows), MOST_ROWS):
        some = rows[begin : begin + MOST_ROWS]
        places = ", ".join([f"({_places(some[0])})"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {into} VALUES {places} ON CONFLICT {conflict}", [value for row in some for value in row]
            )


def _places(values: Collection[Any]) -> str:
    # NULL equals nothing: of no values, none is found.
    return ", ".join(["%s"] * len(values)) or "NULL"


def _kept(at: datetime) -> Any:
    """A time as the database keeps it."""
    return connection.ops.adapt_datetimefield_value(at)


def _aware(at: datetime) -> datetime:
    """A time as it was kept: SQLite keeps UTC without saying so."""
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
