"""Who may make calls, review, select and run cohorts; anybody may apply."""

from __future__ import annotations

from typing import Any

from resilience.programme.leadership import cohorts
from tests.programme.leadership.test_cohorts import a_cohort, members
from tests.site.conftest import People
from tests.site.tables import everybody, only
from tests.site.tables.outreach import also

RUN = ("lead", "coordinator")
REVIEW = (*RUN, "instructor")
ROWS = [
    ("GET", "calls", "", also(only(*REVIEW), 200)),
    ("POST", "calls", "", only(*RUN, answer=422)),
    ("GET", "call", "call", only(*RUN)),
    ("POST", "call-select", "call", only(*RUN, answer=302)),
    ("POST", "call-withdraw", "call", only(*RUN, answer=302)),
    ("GET", "call-review", "call", also(only(*REVIEW), 404)),
    ("POST", "call-review", "call", also(only(*REVIEW, answer=302), 404)),
    ("POST", "cohort-start", "call", only(*RUN, answer=302)),
    ("GET", "cohort", "cohort", only(*RUN)),
    ("POST", "cohort-member", "cohort cohort_member", only(*RUN, answer=302)),
    ("GET", "apply", "call", everybody()),
    ("POST", "apply", "call", everybody(422)),
    ("GET", "assess", "assessment", everybody()),
    ("POST", "assess", "assessment", everybody(422)),
]
BODIES: dict[str, dict[str, Any]] = {"cohort-member": {"data": {"do": "project", "project": "Less waste"}}}


def given(people: People, needed: list[str]) -> dict[str, Any]:
    if not {"call", "cohort", "cohort_member", "assessment"} & set(needed):
        return {}
    cohort = a_cohort(organisation=people.here)
    member = members(cohort)[0]
    return {
        "call": "LEAD-2026",
        "cohort": cohort.pk,
        "cohort_member": member.pk,
        "assessment": cohorts.token(member, "self"),
    }
