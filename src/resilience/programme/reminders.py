"""What falls due with time: reminders of the day, and what everybody registered is told when an activity changes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from resilience.people.scopes import whole_programme
from resilience.programme import letters
from resilience.programme.models import Activity, ActivityStatus, Registration, RegistrationStatus
from resilience.programme.registration import GONE

BEFORE = timedelta(hours=48)


def due(now: datetime) -> int:
    """Reminds everybody with a place of what begins within two days; returns how many registrations were looked at.

    A reminder is written once for each start of the activity, however often this runs.
    """
    with whole_programme("reminders are written for all partners alike"):
        soon = Registration.objects.filter(
            status=RegistrationStatus.CONFIRMED,
            activity__status=ActivityStatus.OPEN,
            activity__starts_at__gt=now,
            activity__starts_at__lte=now + BEFORE,
            # Who registered within these days has just been told.
            registered_at__lte=now - BEFORE,
        ).select_related("activity", "activity__organisation", "person")
        for registration in soon:
            letters.reminder(registration, now)
        return len(soon)


def tell_of_change(activity: Activity, now: datetime) -> None:
    """Writes to everybody with a place or an offer that time or place has changed."""
    for registration in _registered(activity).filter(
        status__in=(RegistrationStatus.CONFIRMED, RegistrationStatus.OFFERED)
    ):
        letters.changed(registration, now)


def tell_of_cancellation(activity: Activity, reason: str, now: datetime) -> None:
    """Writes to everybody who still has a place, an offer or a wish that the activity does not take place."""
    for registration in _registered(activity).exclude(status__in=GONE):
        letters.called_off(registration, reason, now)


def _registered(activity: Activity) -> QuerySet[Registration]:
    return Registration.objects.filter(activity=activity).select_related("activity__organisation", "person")
