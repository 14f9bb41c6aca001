"""Things of the programme that tests are about, made by the services."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from resilience.people import persons
from resilience.people.models import Organisation, Person
from resilience.people.permissions import NOBODY
from resilience.programme import activities, registration
from resilience.programme.activities import Sitting
from resilience.programme.models import Activity, Meeting, Registration

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
START = NOW + timedelta(days=10)
HOURS = timedelta(hours=6)


def partner(name: str = "North Coast University") -> Organisation:
    return Organisation.objects.create(name=name)


def activity(organisation: Organisation, **fields: Any) -> Activity:
    """An open training event in ten days, six hours long, unless said otherwise."""
    asked: dict[str, Any] = {
        "kind": "training",
        "format": "in-person",
        "title": "Aseptic technique",
        "sittings": [Sitting(START, START + HOURS)],
        "status": "open",
        **fields,
    }
    return activities.create(organisation, NOBODY, **asked)


def person(organisation: Organisation, name: str) -> Person:
    return persons.meet(organisation, name, f"{name.lower().replace(' ', '.')}@people.example", NOW)


def place(activity: Activity, name: str, now: datetime = NOW, **asked: Any) -> Registration:
    return registration.register(activity, person(activity.organisation, name), now, **asked)


def only_meeting(activity: Activity) -> Meeting:
    return Meeting.objects.select_related("activity").get(activity=activity)
