"""iCalendar (RFC 5545): an activity's meetings as entries whose identity stays and whose sequence grows."""

from __future__ import annotations

from datetime import UTC, datetime

from icalendar import Calendar, Event, vUri

from resilience.programme import addresses
from resilience.programme.models import Activity, ActivityStatus

PRODUCT = "-//Resilience//Activities//EN"


def calendar(activity: Activity, now: datetime, *, gave_back: bool = False) -> str:
    """The activity for a calendar program: an entry for each meeting, called off when the activity or place is gone.

    `gave_back`: the reader has no place any more, so that their entries go though the activity stays.
    """
    is_off = gave_back or activity.status == ActivityStatus.CANCELLED
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("method", "CANCEL" if is_off else "PUBLISH")
    for meeting in activity.meetings.all():
        entry = Event()
        entry.add("uid", f"{activity.uid}-{meeting.pk}@resilience")
        entry.add("sequence", activity.sequence)
        entry.add("dtstamp", now.astimezone(UTC))
        entry.add("dtstart", meeting.starts_at.astimezone(UTC))
        entry.add("dtend", meeting.ends_at.astimezone(UTC))
        entry.add("summary", f"{activity.title}: {meeting.title}" if meeting.title else activity.title)
        entry.add("status", "CANCELLED" if is_off else "CONFIRMED")
        if activity.place:
            entry.add("location", activity.place)
        if activity.description:
            entry.add("description", activity.description)
        entry.add("url", vUri(addresses.absolute("attend", code=activity.code)))
        whole.add_component(entry)
    return str(whole.to_ical(), "utf-8")
