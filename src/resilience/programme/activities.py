"""Use cases around activities: planning them, changing them, closing them when they were held, calling them off.

Everything here refuses with Django's ValidationError, which names the field; forms show it beside that field. A service
runs in the scope of the activity's organisation and in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from resilience.people import trail
from resilience.people.models import Organisation
from resilience.people.permissions import Actor
from resilience.programme import registration, reminders, typed
from resilience.programme.codes import random_code
from resilience.programme.finding import about_of, find, locked
from resilience.programme.models import Activity, ActivityStatus, HeadCount, HeadCountKind, Meeting

MOST_MEETINGS = 60
MOST_HEADS = 100_000

# Sent with `activity` and `now`, inside the transaction that closes or cancels: rows that hang on it follow it.
closed = Signal()
cancelled = Signal()

# What calendars show; a change of one of these raises the sequence that they compare (RFC 5545, 3.8.7.4).
_IN_CALENDARS = frozenset({"title", "description", "place", "starts_at", "ends_at"})
_CHANGEABLE = _IN_CALENDARS | {
    "format",
    "region",
    "capacity",
    "offer_hours",
    "minimum_minutes",
    "cpd_minutes",
    "module",
    "competences",
    "kind",
    "status",
}


@dataclass(frozen=True)
class Sitting:
    """When one meeting is to be. A cohort has several."""

    starts_at: datetime
    ends_at: datetime
    title: str = ""


@transaction.atomic
def create(
    organisation: Organisation,
    actor: Actor,
    *,
    kind: str,
    format: str,  # noqa: A002  the field's name
    title: str,
    sittings: Iterable[Sitting],
    code: str = "",
    status: str = ActivityStatus.DRAFT,
    **fields: Any,
) -> Activity:
    """Plans an activity with its meetings; it starts with the first and ends with the last of them.

    Without a code it gets one. Raises ValidationError by field.
    """
    ordered = _in_order(sittings)
    activity = Activity(
        organisation=organisation,
        code=code.strip().upper() or f"{kind[:3].upper()}-{random_code(6)}",
        kind=kind,
        format=format,
        title=title,
        status=status,
        starts_at=ordered[0].starts_at,
        ends_at=max(sitting.ends_at for sitting in ordered),
        **fields,
    )
    _check(activity)
    activity.save()
    Meeting.objects.bulk_create(
        Meeting(activity=activity, title=one.title, starts_at=one.starts_at, ends_at=one.ends_at) for one in ordered
    )
    trail.add(actor, "activity made", about_of(activity), new={"code": activity.code, "status": activity.status})
    return activity


@transaction.atomic
def change(
    activity: Activity, actor: Actor, now: datetime, *, sittings: Iterable[Sitting] | None = None, **changes: Any
) -> Activity:
    """Changes fields and, where given, the meetings: the first of them stays the first, and so on.

    People with a place are told when and where has changed. Raises ValidationError by field.
    """
    activity = locked(activity)
    if unknown := set(changes) - _CHANGEABLE:
        raise TypeError(f"not a field that can be changed: {', '.join(sorted(unknown))}")
    if activity.status in {ActivityStatus.CLOSED, ActivityStatus.CANCELLED}:
        raise ValidationError(_("This activity is closed or cancelled: it can be read, not changed."))
    if changes.get("status", activity.status) not in {ActivityStatus.DRAFT, ActivityStatus.OPEN}:
        raise ValidationError({"status": _("Close or cancel the activity by the buttons made for it.")})
    old = {name: getattr(activity, name) for name in changes}
    for name, value in changes.items():
        setattr(activity, name, value)
    moved = _move_meetings(activity, _in_order(sittings)) if sittings is not None else False
    _check(activity)
    registration.refuse_fewer_places(activity)
    differing = {name for name, value in old.items() if getattr(activity, name) != value}
    if moved or differing & _IN_CALENDARS:
        activity.sequence += 1
    activity.save()
    if moved or differing:
        trail.add(
            actor,
            "activity changed",
            about_of(activity),
            old={name: _plain(old[name]) for name in sorted(differing)},
            new={name: _plain(getattr(activity, name)) for name in sorted(differing)},
        )
    if moved or differing & {"place", "starts_at", "ends_at"}:
        reminders.tell_of_change(activity, now)
    registration.serve_waiting_list(activity, now)
    return activity


@transaction.atomic
def close(activity: Activity, actor: Actor, now: datetime) -> Activity:
    """Marks an activity as held: it counts from now on. Raises ValidationError before it has ended."""
    activity = locked(activity)
    if activity.status == ActivityStatus.CLOSED:
        return activity
    if activity.status == ActivityStatus.CANCELLED:
        raise ValidationError(_("This activity was cancelled: it cannot be closed as held."))
    if activity.ends_at > now:
        raise ValidationError(_("This activity has not ended: close it afterwards, or change its times."))
    return _end(activity, ActivityStatus.CLOSED, "activity closed", actor, "", closed, now)


@transaction.atomic
def cancel(activity: Activity, actor: Actor, reason: str, now: datetime) -> Activity:
    """Calls an activity off. Everybody with a place, or a wish for one, is told. Raises ValidationError."""
    activity = locked(activity)
    if activity.status == ActivityStatus.CANCELLED:
        return activity
    if activity.status == ActivityStatus.CLOSED:
        raise ValidationError(_("This activity was held and closed: it cannot be cancelled."))
    why = typed.reason(reason, needed=_("Say why: those who registered are told."))
    activity.sequence += 1
    activity = _end(activity, ActivityStatus.CANCELLED, "activity cancelled", actor, why, cancelled, now)
    reminders.tell_of_cancellation(activity, why, now)
    return activity


@transaction.atomic
def count_heads(
    activity: Activity, actor: Actor, *, kind: str, number: int, source: str, now: datetime, year_group: str = ""
) -> HeadCount:
    """Writes down a number of people without names, how it is known and where it stands. Raises ValidationError."""
    if activity.status == ActivityStatus.CANCELLED:
        raise ValidationError(_("This activity was cancelled: nobody can have been at it."))
    if not 1 <= number <= MOST_HEADS:
        raise ValidationError({"number": _("A head count lies between 1 and %(most)s.") % {"most": MOST_HEADS}})
    counted = HeadCount(
        activity=activity,
        kind=HeadCountKind(kind),
        number=number,
        year_group=typed.plain("year_group", year_group, 24),
        source=typed.plain("source", source, 200),
        recorded_at=now,
    )
    counted.full_clean(exclude=["activity"])
    counted.save()
    trail.add(actor, "heads counted", about_of(activity), new={"kind": kind, "number": number})
    return counted


@transaction.atomic
def remove_heads(counted: HeadCount, actor: Actor, reason: str) -> None:
    """Takes a head count back that was wrong; the trail keeps what it said."""
    why = typed.reason(reason, needed=_("Say why this count is taken back."))
    old = {"kind": counted.kind, "number": counted.number}
    trail.add(actor, "head count removed", about_of(counted.activity), old=old, reason=why)
    counted.delete()


def _check(activity: Activity) -> None:
    activity.title = typed.plain("title", activity.title, 120)
    activity.place = typed.plain("place", activity.place, 200)
    activity.description = typed.plain("description", activity.description, 2000, lines=True)
    activity.full_clean(exclude=["organisation"], validate_unique=False)
    other = find(activity.code)
    if other is not None and other.pk != activity.pk:
        raise ValidationError({"code": _("This code is taken: choose another, or leave it empty to be given one.")})
    if activity.capacity == 0:
        raise ValidationError({"capacity": _("There is at least one place. Leave it empty where there is no limit.")})


def _in_order(sittings: Iterable[Sitting]) -> list[Sitting]:
    ordered = sorted(sittings, key=lambda one: one.starts_at)
    if not ordered:
        raise ValidationError({"starts_at": _("An activity has at least one meeting: say when it starts and ends.")})
    if len(ordered) > MOST_MEETINGS:
        raise ValidationError({"starts_at": _("An activity has at most %(most)s meetings.") % {"most": MOST_MEETINGS}})
    for one in ordered:
        if one.ends_at <= one.starts_at:
            raise ValidationError({"ends_at": _("The end lies before the start: give a later end.")})
    return ordered


def _move_meetings(activity: Activity, ordered: list[Sitting]) -> bool:
    """Brings the activity's meetings to these, in their order; says whether anything changed."""
    kept = list(activity.meetings.all())
    changed = False
    for place, one in enumerate(ordered):
        meeting = kept[place] if place < len(kept) else Meeting(activity=activity)
        before = (meeting.starts_at, meeting.ends_at, meeting.title)
        if before != (one.starts_at, one.ends_at, one.title):
            meeting.starts_at, meeting.ends_at, meeting.title = one.starts_at, one.ends_at, one.title
            meeting.save()
            changed = True
    for meeting in kept[len(ordered) :]:
        if meeting.attendances.exists() or meeting.check_ins.exists():
            raise ValidationError(
                {
                    "starts_at": _("Somebody was at the meeting of %(day)s: it cannot be taken away.")
                    % {"day": meeting.starts_at.date().isoformat()}
                }
            )
        meeting.delete()
        changed = True
    activity.starts_at, activity.ends_at = ordered[0].starts_at, max(one.ends_at for one in ordered)
    return changed


def _end(
    activity: Activity, status: ActivityStatus, what: str, actor: Actor, reason: str, signal: Signal, now: datetime
) -> Activity:
    old, activity.status = activity.status, status
    activity.save(update_fields=["status", "sequence"])
    trail.add(actor, what, about_of(activity), old={"status": old}, new={"status": status.value}, reason=reason)
    signal.send(sender=Activity, activity=activity, now=now)
    return activity


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
