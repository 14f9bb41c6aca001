"""A call from its opening to the decision: who may apply, what reviewers see, who may be selected."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django_scopes import scopes_disabled

from resilience.people.models import Account, Contact, Organisation, TrailEntry
from resilience.people.permissions import NOBODY
from resilience.programme.leadership import calls
from resilience.programme.models import Application, Call, Letter, Review

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
CLOSES = NOW + timedelta(days=14)
AFTER = CLOSES + timedelta(days=1)
ANSWERS = {"change": "Shorter hand-overs.", "brought-along": "A night shift.", "learn": "To say no."}
SCORES = {"insight": 4, "people": 3, "reach": 5}


def opened(places: int = 2, organisation: Organisation | None = None, **fields: Any) -> Call:
    organisation = organisation or Organisation.objects.get_or_create(name="Lead University")[0]
    given = {"code": "LEAD-2026", "title": "Spring cohort", "opens_at": NOW, "closes_at": CLOSES} | fields
    return calls.open_call(organisation, NOBODY, places=places, **given)


def applied(call: Call, who: str, employer: str = "Example Biotech", **fields: Any) -> Application:
    given = {"answers": ANSWERS} | fields
    return calls.apply(call, NOW, name=who.title(), email=f"{who}@example.org", employer=employer, **given)


def reviewer(name: str) -> Account:
    account, _ = Account.objects.get_or_create(email=f"{name}@reviewers.example")
    return account


def test_who_applies_is_met_once_and_their_employer_is_known_by_any_spelling(store: str) -> None:
    call = opened()
    first, second = applied(call, "ann"), applied(call, "bob", "EXAMPLE BIOTECH Ltd")
    assert first.employer_id == second.employer_id
    assert first.number != second.number
    with scopes_disabled():
        assert Contact.objects.count() == 2
        assert Letter.objects.count() == 2


def test_applying_again_replaces_the_answers_and_their_reviews(store: str) -> None:
    call = opened()
    first = applied(call, "ann")
    calls.review(first, reviewer("r1"), SCORES, "", NOW)
    again = applied(call, "ann", answers=ANSWERS | {"learn": "To ask."})
    assert (again.pk, again.number, again.answers["learn"]) == (first.pk, first.number, "To ask.")
    with scopes_disabled():
        assert not Review.objects.exists()


@pytest.mark.parametrize("now", [NOW - timedelta(seconds=1), CLOSES])
def test_outside_its_days_nobody_can_apply(embedded_store: str, now: datetime) -> None:
    with pytest.raises(ValidationError):
        calls.apply(opened(), now, name="Ann", email="ann@example.org", employer="X", answers=ANSWERS)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"answers": {**ANSWERS, "learn": "   "}},
        {"answers": {**ANSWERS, "learn": "x" * (calls.LONGEST_ANSWER + 1)}},
        {"answers": {**ANSWERS, "learn": "bell \x07"}},
        {"employer": "  "},
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_of_it_stays(embedded_store: str, spoilt: dict[str, Any]) -> None:
    call = opened()
    with pytest.raises(ValidationError):
        applied(call, "ann", **spoilt)
    with scopes_disabled():
        assert not Application.objects.exists()


def test_a_call_closes_after_it_opens_and_its_code_is_its_own(embedded_store: str) -> None:
    with pytest.raises(ValidationError) as caught:
        opened(closes_at=NOW)
    assert list(caught.value.message_dict) == ["closes_at"]
    opened()
    with pytest.raises(ValidationError) as caught:
        opened()
    assert list(caught.value.message_dict) == ["code"]


def test_a_reviewer_sees_each_application_once_and_never_their_own(store: str) -> None:
    call = opened()
    ann = applied(call, "ann")
    bob = applied(call, "bob")
    one = reviewer("r1")
    with scopes_disabled():
        Contact.objects.filter(person=ann.person).update(account=one)
    assert calls.to_review(call, one) == [bob]
    calls.review(bob, one, SCORES, "clear", NOW)
    assert calls.to_review(call, one) == []
    with pytest.raises(ValidationError):
        calls.review(bob, one, SCORES, "", NOW)
    with pytest.raises(ValidationError):
        calls.review(ann, one, SCORES, "", NOW)
    # Whoever comes next is given what has the fewest reviews first.
    assert calls.to_review(call, reviewer("r2")) == [ann, bob]


@pytest.mark.parametrize("scores", [{}, SCORES | {"insight": 6}, SCORES | {"insight": -1}, SCORES | {"charm": 3}])
def test_each_criterion_is_scored_from_0_to_5(embedded_store: str, scores: dict[str, int]) -> None:
    call = opened()
    with pytest.raises(ValidationError):
        calls.review(applied(call, "ann"), reviewer("r1"), scores, "", NOW)


def test_the_ranking_weighs_criteria_and_shows_how_far_reviewers_differ(store: str) -> None:
    call = opened()
    ann, bob, eve = (applied(call, who) for who in ("ann", "bob", "eve"))
    calls.review(ann, reviewer("r1"), {"insight": 5, "people": 5, "reach": 0}, "", NOW)
    calls.review(ann, reviewer("r2"), {"insight": 3, "people": 3, "reach": 3}, "", NOW)
    calls.review(bob, reviewer("r1"), {"insight": 4, "people": 4, "reach": 5}, "", NOW)
    ranked = calls.ranking(call)
    assert [one.application for one in ranked] == [bob, ann, eve]
    # Weights 2, 2, 1: (4*2 + 4*2 + 5) / 5; the mean of (5*2 + 5*2 + 0) / 5 and 3.
    assert [(one.mean, one.spread, one.reviews) for one in ranked] == [(4.2, 0, 1), (3.5, 1, 2), (None, None, 0)]


def reviewed(call: Call, *applications: Application) -> None:
    for application in applications:
        for name in ("r1", "r2"):
            calls.review(application, reviewer(name), SCORES, "", NOW)


def test_all_are_decided_at_once_and_each_is_written_to(store: str) -> None:
    call = opened()
    ann, bob, eve = (applied(call, who) for who in ("ann", "bob", "eve"))
    reviewed(call, ann, bob, eve)
    assert not calls.is_decided(call)
    calls.select(call, [ann.number], [bob.number], NOBODY, AFTER)
    with scopes_disabled():
        statuses = dict(Application.objects.values_list("number", "status"))
        letters = Letter.objects.exclude(key__contains="received").count()
    assert statuses == {ann.number: "selected", bob.number: "reserve", eve.number: "declined"}
    assert letters == 3
    assert calls.is_decided(call)


def test_selection_waits_for_the_close_the_reviews_and_the_places(store: str) -> None:
    call = opened(places=1)
    ann, bob = applied(call, "ann"), applied(call, "bob")
    reviewed(call, ann)
    with pytest.raises(ValidationError, match="still open"):
        calls.select(call, [ann.number], [], NOBODY, NOW)
    with pytest.raises(ValidationError, match="too few reviews"):
        calls.select(call, [ann.number], [], NOBODY, AFTER)
    reviewed(call, bob)
    with pytest.raises(ValidationError, match="1 places"):
        calls.select(call, [ann.number, bob.number], [], NOBODY, AFTER)
    with pytest.raises(ValidationError, match="ZZZZZ"):
        calls.select(call, ["ZZZZZ"], [], NOBODY, AFTER)
    with scopes_disabled():
        assert set(Application.objects.values_list("status", flat=True)) == {"received"}


def test_who_withdraws_is_neither_reviewed_nor_ranked(store: str) -> None:
    call = opened()
    ann = applied(call, "ann")
    calls.review(ann, reviewer("r1"), SCORES, "", NOW)
    calls.withdraw(call, ann.number.lower(), NOBODY, NOW)
    assert calls.ranking(call) == []
    assert calls.to_review(call, reviewer("r2")) == []
    for number in (ann.number, "ZZZZZ", ""):
        with pytest.raises(ValidationError, match="No application with this number"):
            calls.withdraw(call, number, NOBODY, NOW)
    assert TrailEntry.objects.get(what="application withdrawn").new == {"number": ann.number}
    again = applied(call, "ann")
    assert [one.application for one in calls.ranking(call)] == [again]


def test_what_came_of_it_is_written_in_the_language_of_the_application(store: str) -> None:
    call = opened()
    ann = applied(call, "ann", language="cy")
    for name in ("r1", "r2"):
        calls.review(ann, reviewer(name), SCORES, "", NOW)
    calls.select(call, [ann.number], [], NOBODY, AFTER)
    with scopes_disabled():
        letter = Letter.objects.exclude(key__contains="received").get()
    assert letter.language == "cy"
    assert letter.subject.startswith("Eich cais")
