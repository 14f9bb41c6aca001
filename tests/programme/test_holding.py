"""What activities hold of people is handed over complete, and erased so that the counts stay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from resilience.people import privacy
from resilience.people.models import Organisation, Person
from resilience.people.permissions import NOBODY
from resilience.people.persons import merge
from resilience.people.scopes import within
from resilience.programme import certificates, doors, evaluation, questions, registration
from resilience.programme.models import (
    Activity,
    Attendance,
    Certificate,
    CheckIn,
    EvaluationAnswer,
    EvaluationRequest,
    Letter,
    Registration,
)
from resilience.programme.numbers import numbers
from tests.programme.making import HOURS, START, activity, only_meeting, partner, place


@pytest.fixture
def here(store: str) -> Iterator[Organisation]:
    organisation = partner()
    with within(organisation):
        yield organisation


@pytest.fixture
def ann(here: Organisation) -> Person:
    """Ann registered with an answer, was there, has her certificate, and said how it was."""
    event = activity(here, code="HELD-1")
    form = questions.add_question(event, label={"en": "Diet?"}, kind="text", choices=[], required=False)
    ticket = place(event, "Ann Evans", form=form, answers={"q1": "no nuts"})
    doors.check_in(only_meeting(event), ticket.token, "coming-in", START, START, device="phone")
    certificates.issue(event, ticket.person, START + HOURS)
    evaluation.ask_due(START + HOURS)
    request = EvaluationRequest.objects.select_related("activity", "person").get()
    evaluation.answer(request, {"useful": "5", "best": "My colleague Bob"}, START + HOURS)
    return ticket.person


def test_an_export_holds_all_of_it(here: Organisation, ann: Person) -> None:
    held = privacy.export(ann, here)["held"]
    told = json.dumps(held)
    for expected in ("no nuts", "Diet?", "My colleague Bob", "HELD-1", Registration.objects.get().token):
        assert expected in told
    assert {label for label in held if label.startswith("programme.")} == {
        f"programme.{table.__name__}"
        for table in (Registration, Attendance, CheckIn, Certificate, EvaluationRequest, EvaluationAnswer, Letter)
    }


def test_another_partner_exports_nothing_of_it(here: Organisation, ann: Person) -> None:
    held = privacy.export(ann, partner("Elsewhere"))["held"]
    assert not any(label.startswith("programme.") for label in held)


def test_erasing_takes_words_and_keys_and_leaves_what_is_counted(here: Organisation, ann: Person) -> None:
    before = counts()
    ticket, asked = Registration.objects.get().token, EvaluationRequest.objects.get().token
    privacy.erase(ann, NOBODY, "asked")
    assert counts() == before
    assert registration.find(ticket) is None
    assert evaluation.find(asked) is None
    assert not Letter.objects.exists()
    assert Registration.objects.get().answers == {}
    assert (EvaluationAnswer.objects.get().answers, EvaluationAnswer.objects.get().score) == ({"useful": 5}, 5)
    left = json.dumps(privacy.export(ann, here), default=str)
    assert not any(word in left for word in ("Evans", "nuts", "Bob", "people.example"))


def counts() -> tuple[object, ...]:
    event = Activity.objects.get()
    return numbers([event])[event.pk], CheckIn.objects.count(), Certificate.objects.get().minutes


def test_an_erased_person_is_not_asked_again(here: Organisation, ann: Person) -> None:
    EvaluationRequest.objects.all().delete()
    privacy.erase(ann, NOBODY, "asked")
    assert evaluation.ask_due(START + HOURS + timedelta(days=1)) == 0


@pytest.mark.parametrize("kept_first", [True, False])
def test_one_of_two_people_keeps_the_place_that_either_has(here: Organisation, kept_first: bool) -> None:
    event = activity(here, code="TWICE-1")
    gone, held = place(event, "Ann Evans"), place(event, "Anne Evans")
    registration.cancel(gone, START)
    kept, other = (gone.person, held.person) if kept_first else (held.person, gone.person)
    merge(kept, other, NOBODY, "one and the same")
    assert [(row.person_id, row.status) for row in Registration.objects.all()] == [(kept.pk, "confirmed")]
