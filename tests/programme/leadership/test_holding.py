"""What the accelerator holds of people is handed over complete, and erased so that the counts stay."""

from __future__ import annotations

import json
from datetime import timedelta

from resilience.people import privacy
from resilience.people.permissions import NOBODY
from resilience.people.scopes import within
from resilience.programme.leadership import cohorts
from resilience.programme.leadership.words import lists
from resilience.programme.models import Application, Assessment, CohortMember, Review
from tests.programme.leadership.test_calls import AFTER, ANSWERS
from tests.programme.leadership.test_cohorts import a_cohort, members

SCORES = {entry.id: 4 for entry in lists().behaviours}


def test_it_is_exported_and_erasing_leaves_who_is_counted(store: str) -> None:
    cohort = a_cohort()
    member = members(cohort)[0]
    here = cohort.activity.organisation
    cohorts.note_project(member, "A project named after me", done=True)
    cohorts.follow_up(member, ["promoted"], AFTER + timedelta(days=90))
    cohorts.assess(member, "self", "before", SCORES, AFTER)
    told = json.dumps(privacy.export(member.person, here))
    for expected in (ANSWERS["learn"], "A project named after me", "promoted", "direction"):
        assert expected in told
    privacy.erase(member.person, NOBODY, "asked for")
    with within(here):
        assert CohortMember.objects.filter(cohort=cohort).count() == 2
        assert Assessment.objects.get().scores == SCORES
        assert Application.objects.get(person=member.person).answers == {}
        assert {review.comment for review in Review.objects.filter(application__person=member.person)} == {""}
        kept = CohortMember.objects.get(pk=member.pk)
    assert (kept.project, kept.follow_up, kept.project_done) == ("", [], True)
