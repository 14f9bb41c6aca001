"""Activities: coordinators run them, instructors read registers and keep the door, tokens open what is theirs alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from resilience.people.scopes import within
from resilience.programme import certificates, doors, questions
from resilience.programme.activities import Sitting
from resilience.programme.evaluation import ask_due
from resilience.programme.models import EvaluationRequest
from tests.programme import making
from tests.site.conftest import People
from tests.site.tables import WHO, everybody, only

RUN = ("lead", "coordinator")
SEE = ("lead", "coordinator", "instructor")


def beside(row: str, outsider: int) -> str:
    """The instructor of another organisation has the role, and no way to what is ours."""
    statuses = row.split()
    statuses[WHO.index("outsider")] = str(outsider)
    return " ".join(statuses)


ROWS = [
    ("GET", "activities", "", beside(only(*SEE), 200)),
    ("GET", "activity-new", "", only(*RUN)),
    ("POST", "activity-new", "", only(*RUN)),
    ("GET", "activity", "code", beside(only(*SEE), 404)),
    ("GET", "activity-edit", "code", only(*RUN)),
    ("POST", "activity-edit", "code", only(*RUN)),
    ("POST", "activity-end", "code", only(*RUN, answer=302)),
    ("POST", "activity-register", "code", only(*RUN, answer=302)),
    ("POST", "activity-registration", "code registration", only(*RUN, answer=302)),
    ("POST", "activity-attendance", "code", only(*RUN, answer=302)),
    ("POST", "activity-heads", "code", only(*RUN, answer=302)),
    ("GET", "activity-form", "code", only(*RUN)),
    ("POST", "activity-form", "code", only(*RUN, answer=302)),
    ("GET", "activity-test", "code", only(*RUN)),
    ("POST", "activity-test", "code", only(*RUN)),
    ("GET", "activity-evaluation", "code", beside(only(*SEE), 404)),
    ("GET", "activity-certificate", "code registration", beside(only(*SEE), 404)),
    ("GET", "attend", "code", everybody()),
    ("POST", "attend", "code", everybody(400)),
    ("GET", "ticket", "token", everybody()),
    ("POST", "ticket", "token", everybody(302)),
    ("GET", "ticket-code", "token", everybody()),
    ("GET", "ticket-calendar", "token", everybody()),
    ("GET", "ticket-certificate", "token", everybody()),
    ("GET", "evaluate", "asked", everybody()),
    ("POST", "evaluate", "asked", everybody(400)),
    ("GET", "certificate", "certified", everybody()),
    ("GET", "door-worker", "", everybody()),
    ("GET", "door", "meeting", beside(only(*SEE), 404)),
    ("GET", "door-list", "meeting", beside(only(*SEE), 404)),
    ("POST", "door-scans", "meeting", beside(only(*SEE), 404)),
]
BODIES: dict[str, dict[str, Any]] = {
    "activity-heads": {"data": {"kind": "counted", "number": 30, "source": "Visit book, page 4"}},
    "activity-register": {"data": {"name": "Another guest", "email": "another@people.example"}},
    "door-scans": {"data": {"device": "d", "clock": 0, "scans": []}, "content_type": "application/json"},
    "activity-form": {"data": {"do": "remove", "question": "q1"}},
}
KNOWN = {"code", "registration", "token", "asked", "certified", "meeting"}


def given(people: People, needed: list[str]) -> dict[str, Any]:
    """An activity that began this morning and has just ended, with a guest who was there all the time."""
    if not KNOWN & set(needed):
        return {}
    now = timezone.now()
    with within(people.here):
        began = now - timedelta(hours=3)
        activity = making.activity(
            people.here, code="TABLE-1", sittings=[Sitting(began, now - timedelta(minutes=1))], capacity=20
        )
        questions.add_question(activity, label={"en": "Diet?"}, kind="text", choices=[], required=False)
        place = making.place(activity, "Guest", began - timedelta(days=1))
        meeting = making.only_meeting(activity)
        doors.check_in(meeting, place.token, "0123456789ab", began, now)
        ask_due(now)
        return {
            "code": activity.code,
            "registration": place.pk,
            "token": place.token,
            "asked": EvaluationRequest.objects.get(activity=activity, level="reaction").token,
            "certified": certificates.issue(activity, place.person, now).number,
            "meeting": meeting.pk,
        }
