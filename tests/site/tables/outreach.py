"""Who may open, lead and close a class; anybody may join one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from resilience.people.permissions import NOBODY
from resilience.programme import outreach
from resilience.programme.models import Activity
from tests.site.conftest import People
from tests.site.tables import everybody, only

LEADERS = ("lead", "coordinator", "instructor")
OWN = only(*LEADERS)


def also(row: str, outsider: int) -> str:
    """The instructor of another organisation has the role, and sees their own classes only."""
    statuses = row.split()
    statuses[9] = str(outsider)
    return " ".join(statuses)


ROWS = [
    ("GET", "classes", "", also(OWN, 200)),
    ("POST", "classes", "", also(only(*LEADERS, answer=422), 422)),
    ("GET", "class", "group", also(OWN, 404)),
    ("GET", "class-counts", "group", also(OWN, 404)),
    ("POST", "class-close", "group", also(only(*LEADERS, answer=302), 404)),
    ("GET", "join", "", everybody()),
    ("GET", "join-code", "join_code", everybody()),
    ("POST", "join", "", everybody(422)),
    ("GET", "class-here", "", everybody(302)),
    ("POST", "class-begin", "", everybody(302)),
    ("POST", "class-skip", "", everybody(302)),
    ("POST", "class-interest", "", everybody(302)),
    ("GET", "class-play", "session", everybody(302)),
]
BODIES: dict[str, dict[str, Any]] = {}


def given(people: People, needed: list[str]) -> dict[str, Any]:
    if "group" not in needed:
        return {"join_code": "CDFGHJ"} if "join_code" in needed else {}
    now = timezone.now()
    activity = Activity.objects.create(
        organisation=people.here,
        code="OUT-1",
        kind="outreach",
        format="in-person",
        status="open",
        title="Open day",
        starts_at=now,
        ends_at=now + timedelta(hours=2),
    )
    group = outreach.open_class(activity, ["controls"], "", now + timedelta(hours=2), NOBODY, now)
    return {"group": group.pk}
