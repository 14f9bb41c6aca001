"""The diversity form needs an invitation and no account; neither does taking it back. Tables are the analyst's."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from resilience.people import invitations, persons
from resilience.programme.quarters import quarter_end
from tests.site.conftest import People
from tests.site.tables import everybody, only

ROWS = [
    ("GET", "diversity", "", only("lead", "analyst")),
    ("POST", "diversity-release", "", only("analyst", answer=302)),
    ("GET", "diversity-form", "invitation", everybody()),
    ("GET", "diversity-withdraw", "", everybody()),
    ("POST", "diversity-withdraw", "", everybody(422)),
]
BODIES: dict[str, dict[str, Any]] = {}


def given(people: People, needed: list[str]) -> dict[str, Any]:
    if "invitation" not in needed:
        return {}
    person = persons.meet(people.here, "Ann Ash", "ann@ash.example", timezone.now())
    return {"invitation": invitations.invite(people.here, person, "training", quarter_end(timezone.localdate()))}
