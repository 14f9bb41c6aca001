"""A cohort: filled from a call, assessed before and after, followed up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django_scopes import scopes_disabled

from resilience.people.models import Organisation
from resilience.people.permissions import NOBODY
from resilience.programme.leadership import calls, cohorts
from resilience.programme.leadership.words import lists
from resilience.programme.models import Activity, Assessment, Cohort, CohortMember
from tests.programme.leadership.test_calls import AFTER, NOW, applied, opened, reviewed


def a_cohort(members: int = 2, kind: str = "leadership", organisation: Organisation | None = None) -> Cohort:
    call = opened(members, organisation)
    everybody = [applied(call, f"leader{n}", f"Employer {n % 2}") for n in range(members)]
    reviewed(call, *everybody)
    calls.select(call, [one.number for one in everybody], [], NOBODY, AFTER)
    activity = Activity.objects.create(
        organisation=call.organisation,
        code="COHORT-1",
        kind=kind,
        format="in-person",
        status="open",
        title="Spring cohort",
        starts_at=AFTER,
        ends_at=AFTER + timedelta(days=90),
    )
    return cohorts.start(activity, call, NOBODY, AFTER)


def members(cohort: Cohort) -> list[CohortMember]:
    with scopes_disabled():
        found = CohortMember.objects.filter(cohort=cohort).select_related("cohort__activity__organisation")
        return list(found.order_by("pk"))


def scores(points: int) -> dict[str, int]:
    return {entry.id: points for entry in lists().behaviours}


def test_it_is_filled_with_who_was_selected_and_who_sent_them(store: str) -> None:
    cohort = a_cohort(3)
    assert len(members(cohort)) == 3
    assert {member.employer.name for member in members(cohort)} == {"Employer 0", "Employer 1"}


def test_an_activity_of_another_kind_or_with_a_cohort_is_refused(store: str) -> None:
    with pytest.raises(ValidationError, match="leadership cohort"):
        a_cohort(kind="training")
    with scopes_disabled():
        activity = Activity.objects.select_related("organisation").get()
        Activity.objects.filter(pk=activity.pk).update(kind="leadership")
        activity.refresh_from_db()
    call = calls.find_call("LEAD-2026")
    assert call is not None
    cohorts.start(activity, call, NOBODY, AFTER)
    with pytest.raises(ValidationError, match="already"):
        cohorts.start(activity, call, NOBODY, AFTER)


def test_nobody_selected_is_no_cohort(embedded_store: str) -> None:
    call = opened()
    activity = Activity.objects.create(
        organisation=call.organisation,
        code="C-1",
        kind="leadership",
        format="online",
        title="C",
        starts_at=NOW,
        ends_at=AFTER,
    )
    with pytest.raises(ValidationError, match="Nobody is selected"):
        cohorts.start(activity, call, NOBODY, AFTER)


def test_a_members_own_form_is_replaced_and_peers_are_added(store: str) -> None:
    member = members(a_cohort())[0]
    cohorts.assess(member, "self", "before", scores(2), AFTER)
    cohorts.assess(member, "self", "before", scores(3), AFTER)
    for _peer in range(cohorts.MOST_PEERS):
        cohorts.assess(member, "peer", "before", scores(4), AFTER)
    with pytest.raises(ValidationError):
        cohorts.assess(member, "peer", "before", scores(4), AFTER)
    with scopes_disabled():
        assert Assessment.objects.filter(by="self").count() == 1
        assert Assessment.objects.filter(by="peer").count() == cohorts.MOST_PEERS


def test_change_is_shown_from_five_forms_on(store: str) -> None:
    cohort = a_cohort(5)
    everybody = members(cohort)
    for member in everybody:
        cohorts.assess(member, "self", "before", scores(2), AFTER)
    for member in everybody[:4]:
        cohorts.assess(member, "self", "after", scores(4), AFTER)
    first = cohorts.changes(cohort, "self")[0]
    assert (first.before, first.forms_before, first.after, first.forms_after) == (2.0, 5, None, 4)
    cohorts.assess(everybody[4], "self", "after", scores(5), AFTER)
    assert cohorts.changes(cohort, "self")[0].after == 4.2


@pytest.mark.parametrize("points", [0, 6])
def test_each_behaviour_has_one_of_five_points(embedded_store: str, points: int) -> None:
    member = members(a_cohort())[0]
    with pytest.raises(ValidationError):
        cohorts.assess(member, "self", "before", scores(points), AFTER)
    with pytest.raises(ValidationError):
        cohorts.assess(member, "self", "before", {"direction": 3}, AFTER)


def test_the_address_of_a_form_opens_that_form_alone(store: str) -> None:
    first, second = members(a_cohort())
    opened_form = cohorts.of_token(cohorts.token(first, "self"))
    assert opened_form is not None
    assert (opened_form[0].pk, opened_form[1]) == (first.pk, "self")
    assert cohorts.token(first, "self") != cohorts.token(second, "self")
    assert cohorts.of_token(cohorts.token(first, "self")[:-1] + "!") is None
    assert cohorts.of_token("made-up") is None


def test_projects_alumni_and_leaving_are_noted(store: str) -> None:
    member = members(a_cohort())[0]
    cohorts.note_project(member, "Less waste at change-over", done=True)
    cohorts.follow_up(member, ["promoted"], AFTER)
    cohorts.follow_up(member, ["mentors", "leads-team", "mentors"], AFTER + timedelta(days=100))
    cohorts.leave(member, NOBODY, AFTER, "a new job abroad")
    kept = members(Cohort.objects.with_scopes_disabled().get())[0]  # type: ignore[attr-defined]
    assert (kept.project, kept.project_done, kept.left_at) == ("Less waste at change-over", True, AFTER)
    assert [told["outcomes"] for told in kept.follow_up] == [["promoted"], ["leads-team", "mentors"]]
    with pytest.raises(ValidationError):
        cohorts.follow_up(member, ["fame"], AFTER)
    with pytest.raises(ValidationError):
        cohorts.follow_up(member, [], AFTER)
