"""Which rows of an attendance file say something new, by who is known and who was seen before; then writing it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from resilience.people.keys import CHUNK
from resilience.people.models import Person
from resilience.programme.codes import random_code
from resilience.programme.imports import who
from resilience.programme.imports.attendance import Attendant
from resilience.programme.imports.inserting import insert_many
from resilience.programme.imports.plan import Plan
from resilience.programme.imports.reasons import Merged
from resilience.programme.models import (
    Activity,
    Attendance,
    AttendanceSource,
    HeadCount,
    Registration,
    RegistrationStatus,
)
from resilience.programme.registration import TOKEN_LETTERS

Key = str


@dataclass
class Settled:
    """What is to be written. People by what `who.identify` says of them; meetings by id.

    named: the rows that name somebody, in the order of the file, and keys: who they are.
    minutes: attendance -> (minutes before, minutes now), where the file knows more.
    """

    named: list[Attendant]
    keys: list[Key]
    registrations: dict[Key, Attendant] = field(default_factory=dict)
    attendances: dict[tuple[Key, int], int | None] = field(default_factory=dict)
    minutes: dict[int, tuple[int | None, int]] = field(default_factory=dict)
    heads: list[Attendant] = field(default_factory=list)
    tickets: dict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass
class _Known:
    """What the activity has already."""

    registered: set[int]
    seen: dict[tuple[int, int], tuple[int, int | None]]


def settle(plan: Plan, usable: Sequence[Attendant], activity: Activity) -> Settled:
    """Gives each usable row its end in the plan. Reads, writes nothing."""
    named = [attendant for attendant in usable if attendant.somebody is not None]
    identified = who.identify([one.somebody for one in named if one.somebody], activity.organisation)
    settled = Settled(named, [key for key, _person in identified])
    known = _Known(
        set(Registration.objects.filter(activity=activity).values_list("person_id", flat=True)),
        {
            (person, meeting): (pk, minutes)
            for person, meeting, pk, minutes in Attendance.objects.filter(meeting__activity=activity).values_list(
                "person_id", "meeting_id", "pk", "minutes"
            )
        },
    )
    of_row = iter(identified)
    in_file: set[tuple[Key, int]] = set()
    for attendant in usable:
        if attendant.heads:
            settled.heads.append(attendant)
        if attendant.tickets:
            settled.tickets[attendant.heads_kind] += attendant.tickets
        if attendant.somebody is None:
            plan.imported.append(attendant.row)
            continue
        key, person = next(of_row)
        fate = _settle_one(settled, attendant, key, person, known, in_file)
        in_file.add((key, attendant.meeting.pk))
        if fate is None:
            plan.imported.append(attendant.row)
        else:
            plan.merged.append((attendant.row, fate))
    return settled


def _settle_one(
    settled: Settled,
    attendant: Attendant,
    key: Key,
    person: Person | None,
    known: _Known,
    in_file: set[tuple[Key, int]],
) -> Merged | None:
    """Notes what the row adds. Returns why it was merged, None where it is imported."""
    place = (key, attendant.meeting.pk)
    is_registered = person is not None and person.pk in known.registered
    again = place in in_file or (not attendant.present and key in settled.registrations)
    if not is_registered:
        settled.registrations.setdefault(key, attendant)
    if attendant.present:
        seen = known.seen.get((person.pk, attendant.meeting.pk)) if person is not None else None
        if seen is not None:
            _more_minutes(settled, seen, attendant.minutes)
            return Merged.SAME_IN_FILE if again else Merged.ALREADY_THERE
        settled.attendances[place] = _longer(settled.attendances.get(place), attendant.minutes)
    if again:
        return Merged.SAME_IN_FILE
    return Merged.ALREADY_REGISTERED if is_registered and not attendant.present else None


def _more_minutes(settled: Settled, seen: tuple[int, int | None], minutes: int | None) -> None:
    row, before = seen
    now = settled.minutes[row][1] if row in settled.minutes else before
    if minutes is not None and (now is None or minutes > now):
        settled.minutes[row] = (before, minutes)


def _longer(minutes: int | None, other: int | None) -> int | None:
    return max((one for one in (minutes, other) if one is not None), default=None)


def write(
    settled: Settled, persons: Sequence[Person], activity: Activity, batch: UUID, file_name: str, now: datetime
) -> dict[str, list[list[int | None]]]:
    """Writes it, with few queries. `persons`: of each named row. Returns what was added to rows that were there."""
    by_key = dict(zip(settled.keys, persons, strict=True))
    starts = {attendant.meeting.pk: attendant.meeting.starts_at for attendant in settled.named}
    insert_many(
        Registration,
        ("person_id", "registered_at", "token"),
        (
            (by_key[key].pk, one.registered_at or min(now, activity.starts_at), random_code(TOKEN_LETTERS))
            for key, one in settled.registrations.items()
        ),
        {"activity_id": activity.pk, "status": RegistrationStatus.CONFIRMED.value, "batch": batch},
    )
    insert_many(
        Attendance,
        ("person_id", "meeting_id", "minutes", "at"),
        (
            (by_key[key].pk, meeting, minutes, starts[meeting])
            for (key, meeting), minutes in settled.attendances.items()
        ),
        {"source": AttendanceSource.IMPORT.value, "batch": batch},
    )
    longer = [Attendance(pk=row, minutes=minutes) for row, (_before, minutes) in settled.minutes.items()]
    Attendance.objects.bulk_update(longer, ["minutes"], batch_size=CHUNK // 10)
    HeadCount.objects.bulk_create(_head_counts(settled, activity, batch, file_name, now), batch_size=CHUNK)
    return {"minutes": [[row, before, minutes] for row, (before, minutes) in settled.minutes.items()]}


def _head_counts(settled: Settled, activity: Activity, batch: UUID, file_name: str, now: datetime) -> list[HeadCount]:
    def counted(kind: str, number: int, year_group: str, source: str) -> HeadCount:
        return HeadCount(
            activity=activity,
            kind=kind,
            number=number,
            year_group=year_group,
            source=source[-200:],
            recorded_at=now,
            batch=batch,
        )

    rows = [
        counted(
            one.heads_kind, one.heads, one.year_group, _("%(file)s, row %(row)s") % {"file": file_name, "row": one.row}
        )
        for one in settled.heads
    ]
    tickets = _("%(file)s, tickets beyond the first of an order") % {"file": file_name}
    return rows + [counted(kind, number, "", tickets) for kind, number in settled.tickets.items()]
