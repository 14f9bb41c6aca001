"""Who was at a meeting, and for how long.

A person has one row a meeting, however often they were seen. Minutes are known from a leave scan, a file or a hand;
where nobody noted them they are empty, and a certificate then takes the length of the meeting from when they came in.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from resilience.people import trail
from resilience.people.models import Person
from resilience.people.permissions import Actor
from resilience.programme import typed
from resilience.programme.finding import about_of
from resilience.programme.models import ActivityStatus, Attendance, AttendanceSource, Meeting

MOST_MINUTES = 24 * 60


@transaction.atomic
def attend(
    meeting: Meeting,
    person: Person,
    minutes: int | None,
    source: AttendanceSource,
    at: datetime,
    batch: UUID | None = None,
) -> Attendance:
    """Notes that a person was at a meeting. Seen again, the earlier time and the greater number of minutes stay."""
    if meeting.activity.status == ActivityStatus.CANCELLED:
        raise ValidationError(_("This activity was cancelled: nobody can have been at it."))
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise ValidationError({"minutes": _("Minutes lie between 0 and %(most)s.") % {"most": MOST_MINUTES}})
    row, is_new = Attendance.objects.get_or_create(
        meeting=meeting,
        person=person,
        defaults={"minutes": minutes, "source": source, "at": at, "batch": batch},
    )
    if not is_new:
        row.at = min(row.at, at)
        if minutes is not None:
            row.minutes = max(minutes, row.minutes or 0)
        row.save(update_fields=["at", "minutes"])
    return row


@transaction.atomic
def correct(row: Attendance, minutes: int | None, actor: Actor, reason: str) -> Attendance:
    """Sets the minutes by hand to what somebody knows better; the trail keeps what they were."""
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise ValidationError({"minutes": _("Minutes lie between 0 and %(most)s.") % {"most": MOST_MINUTES}})
    trail.add(
        actor,
        "attendance corrected",
        about_of(row.meeting.activity),
        old={"person": str(row.person.ref), "minutes": row.minutes},
        new={"minutes": minutes},
        reason=typed.reason(reason, needed=_("Say how the minutes are known.")),
    )
    row.minutes, row.source = minutes, AttendanceSource.HAND
    row.save(update_fields=["minutes", "source"])
    return row


def minutes_of(row: Attendance, meeting: Meeting) -> int:
    """Minutes that count: those known; else from coming in (not before the start) to the end of the meeting."""
    if row.minutes is not None:
        return row.minutes
    came = max(row.at, meeting.starts_at)
    return max(0, int((meeting.ends_at - came).total_seconds() // 60))
