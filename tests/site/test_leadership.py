"""Leadership on the site: a call is made, answered, reviewed without names, decided, and a cohort runs."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scopes_disabled

from resilience.people.permissions import NOBODY
from resilience.programme.leadership import calls, cohorts
from resilience.programme.leadership.words import lists
from resilience.programme.models import Activity, Application, Assessment, Call, CohortMember
from tests.programme.leadership.test_calls import ANSWERS, SCORES, reviewer
from tests.programme.leadership.test_cohorts import a_cohort, members
from tests.site.conftest import People


def open_call(people: People, places: int = 2) -> Call:
    now = timezone.now()
    return calls.open_call(
        people.here,
        NOBODY,
        code="LEAD-1",
        title="Spring cohort",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
        places=places,
    )


def apply(who: str, employer: str = "Example Biotech") -> str:
    sent = {"name": who.title(), "email": f"{who}@example.org", "employer": employer}
    sent |= {f"answer-{name}": text for name, text in ANSWERS.items()}
    answer = Client().post(reverse("apply", args=["LEAD-1"]), sent)
    assert answer.status_code == 200, answer.content.decode()
    with scopes_disabled():
        return str(Application.objects.order_by("-pk")[0].number)


def test_a_call_is_made_and_shows_where_people_apply(people: People) -> None:
    client = people.client("lead")
    sent = {"code": "LEAD-1", "title": "Spring", "opens": "2026-01-01", "closes": "2026-02-01", "places": "25"}
    answer = client.post(reverse("calls"), sent | {"reviews_needed": "2"})
    assert answer.headers["Location"] == reverse("call", args=["LEAD-1"])
    assert reverse("apply", args=["LEAD-1"]) in client.get(answer.headers["Location"]).content.decode()
    again = client.post(reverse("calls"), sent | {"reviews_needed": "2"})
    assert again.status_code == 422
    assert "choose another" in again.content.decode()


def test_a_call_that_closes_before_it_opens_is_told_at_its_field(people: People) -> None:
    sent = {"code": "LEAD-1", "title": "S", "opens": "2026-02-01", "closes": "2026-01-01", "places": "2"}
    answer = people.client("lead").post(reverse("calls"), sent | {"reviews_needed": "1"})
    assert answer.status_code == 422
    assert "closes after it opens" in answer.content.decode()


def test_who_applies_is_told_the_number(people: People) -> None:
    open_call(people)
    number = apply("ann")
    assert number in Client().post(reverse("apply", args=["LEAD-1"]), application("ann")).content.decode()


def application(who: str) -> dict[str, str]:
    sent = {"name": who.title(), "email": f"{who}@example.org", "employer": "Example Biotech"}
    return sent | {f"answer-{name}": text for name, text in ANSWERS.items()}


def test_what_is_missing_is_told_and_what_was_written_stays(people: People) -> None:
    open_call(people)
    answer = Client().post(reverse("apply", args=["LEAD-1"]), application("ann") | {"answer-learn": ""})
    assert answer.status_code == 422
    assert ANSWERS["change"] in answer.content.decode()
    with scopes_disabled():
        assert not Application.objects.exists()


def test_reviewers_see_answers_and_neither_name_nor_employer(people: People) -> None:
    open_call(people)
    apply("ann", "Secretive Pharma")
    shown = people.client("instructor").get(reverse("call-review", args=["LEAD-1"])).content.decode()
    assert ANSWERS["change"] in shown
    for hidden in ("Ann", "ann@example.org", "Secretive"):
        assert hidden not in shown
    ranking = people.client("lead").get(reverse("call", args=["LEAD-1"])).content.decode()
    for hidden in ("Ann", "ann@example.org", "Secretive"):
        assert hidden not in ranking


def test_a_review_is_sent_once_and_leads_to_the_next(people: People) -> None:
    open_call(people)
    number = apply("ann")
    client = people.client("instructor")
    address = reverse("call-review", args=["LEAD-1"])
    sent = {"number": number, "comment": "clear"} | {f"score-{name}": str(score) for name, score in SCORES.items()}
    assert client.post(address, sent | {"score-reach": "9"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    shown = client.get(address).content.decode()
    assert "Nothing is left for you to review" in shown
    assert "not for you to review" in client.post(address, sent, follow=True).content.decode()


def test_names_are_shown_once_all_are_decided(people: People) -> None:
    call = open_call(people, places=1)
    first, second = apply("ann"), apply("bob")
    with scopes_disabled():
        for application_ in Application.objects.all():
            for name in ("r1", "r2"):
                calls.review(application_, reviewer(name), SCORES, "", timezone.now())
        Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() - timedelta(hours=1))
    client = people.client("lead")
    page, select = reverse("call", args=["LEAD-1"]), reverse("call-select", args=["LEAD-1"])
    too_many = {f"decision-{first}": "selected", f"decision-{second}": "selected"}
    assert "select at most" in client.post(select, too_many, follow=True).content.decode()
    assert "Ann" not in client.get(page).content.decode()
    client.post(
        reverse("call-select", args=["LEAD-1"]), {f"decision-{first}": "selected", f"decision-{second}": "reserve"}
    )
    shown = client.get(page).content.decode()
    assert "Ann" in shown
    assert "Bob" in shown
    now = timezone.now()
    Activity.objects.create(
        organisation=people.here,
        code="COH-1",
        kind="leadership",
        format="in-person",
        title="Cohort one",
        starts_at=now,
        ends_at=now + timedelta(days=60),
    )
    answer = client.post(reverse("cohort-start", args=["LEAD-1"]), {"activity": "NOT-HERE"}, follow=True)
    assert "make the leadership activity first" in answer.content.decode()
    answer = client.post(reverse("cohort-start", args=["LEAD-1"]), {"activity": "COH-1"}, follow=True)
    assert "1 member" in answer.content.decode()


def test_a_members_form_is_filled_in_without_an_account(people: People) -> None:
    cohort = a_cohort(organisation=people.here)
    address = reverse("assess", args=[cohorts.token(members(cohort)[0], "self")])
    sent = {entry.id: "4" for entry in lists().behaviours}
    assert Client().post(address, sent).status_code == 422
    assert "Thank you" in Client().post(address, sent | {"when": "before"}).content.decode()
    with scopes_disabled():
        assert Assessment.objects.get().scores == {entry.id: 4 for entry in lists().behaviours}
    assert Client().get(reverse("assess", args=["made-up"])).status_code == 404


def test_projects_and_what_came_later_stand_on_the_cohorts_page(people: People) -> None:
    cohort = a_cohort(organisation=people.here)
    member = members(cohort)[0]
    client = people.client("coordinator")
    address = reverse("cohort-member", args=[cohort.pk, member.pk])
    client.post(address, {"do": "project", "project": "Less waste", "done": "on"})
    client.post(address, {"do": "later", "outcomes": ["promoted"]})
    shown = client.get(reverse("cohort", args=[cohort.pk])).content.decode()
    assert 'value="Less waste"' in shown
    assert "Was promoted" in shown
    assert "Choose at least one" in client.post(address, {"do": "later"}, follow=True).content.decode()
    assert "Give a reason" in client.post(address, {"do": "leave", "reason": " "}, follow=True).content.decode()
    client.post(address, {"do": "leave", "reason": "moved abroad"})
    with scopes_disabled():
        assert CohortMember.objects.get(pk=member.pk).left_at is not None
