"""Evaluation: who is asked when, once, reminded once; answers by token, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from resilience.people.models import Organisation, Person
from resilience.people.permissions import NOBODY
from resilience.people.scopes import within
from resilience.programme import activities, attendance, evaluation, learning_tests, questions
from resilience.programme.models import (
    Activity,
    AttendanceSource,
    EvaluationAnswer,
    EvaluationLevel,
    EvaluationRequest,
    Letter,
)
from tests.programme.making import HOURS, NOW, START, activity, only_meeting, partner, person, place

DAY = timedelta(days=1)
END = START + HOURS
LEVEL = EvaluationLevel


@pytest.fixture
def here(embedded_store: str) -> Iterator[Organisation]:
    organisation = partner()
    with within(organisation):
        yield organisation


def there(event: Activity, who: Person) -> Person:
    attendance.attend(only_meeting(event), who, 60, AttendanceSource.IMPORT, START)
    return who


def asked_at(now: datetime) -> list[str]:
    evaluation.ask_due(now)
    return sorted(EvaluationRequest.objects.values_list("level", flat=True))


def request_of(level: EvaluationLevel = LEVEL.REACTION) -> EvaluationRequest:
    return EvaluationRequest.objects.select_related("activity__organisation", "person").get(level=level)


def test_who_was_there_is_asked_on_the_day_and_nobody_else(here: Organisation) -> None:
    event = activity(here)
    ann = there(event, place(event, "Ann").person)
    place(event, "No Show")
    assert asked_at(END - HOURS) == []
    assert evaluation.ask_due(END) == 1
    assert evaluation.ask_due(END + HOURS) == 0
    request = request_of()
    assert (request.person, request.due_at) == (ann, END)
    letter = Letter.objects.get(key=f"evaluation:{request.pk}:asked")
    assert request.token in letter.text


def test_a_test_is_sent_a_week_before_and_again_afterwards(here: Organisation) -> None:
    event = activity(here)
    learning_tests.add_question(event, {"en": "Where is first air?"}, ["Above", "Below"], 0)
    ann = place(event, "Ann")
    assert asked_at(START - 8 * DAY) == []
    assert asked_at(START - 7 * DAY) == ["before"]
    there(event, ann.person)
    assert asked_at(END) == ["after", "before", "reaction"]


@pytest.mark.parametrize(("agreed", "expected"), [(True, ["behaviour", "result"]), (False, [])])
def test_months_later_only_who_agreed_is_asked(here: Organisation, agreed: bool, expected: list[str]) -> None:
    event = activity(here)
    form = questions.ask_consent(event, "follow-up", {"en": "You may ask me later."})
    there(event, place(event, "Ann", form=form, consents=["follow-up"] if agreed else []).person)
    assert asked_at(END + 90 * DAY) == []
    asked_at(END + 91 * DAY)
    assert asked_at(END + 182 * DAY) == expected


def test_what_was_called_off_asks_nobody(here: Organisation) -> None:
    event = activity(here)
    there(event, place(event, "Ann").person)
    activities.cancel(event, NOBODY, "Fire alarm", START)
    assert asked_at(END) == []


def test_every_level_is_reminded_once_and_not_after_an_answer(here: Organisation) -> None:
    event = activity(here)
    for name in ("Ann", "Bob"):
        there(event, place(event, name).person)
    evaluation.ask_due(END)
    first = EvaluationRequest.objects.select_related("activity", "person").order_by("pk")[0]
    evaluation.answer(first, {"useful": "5"}, END + HOURS)
    assert [evaluation.remind_due(END + days * DAY) for days in (2, 3, 4, 10)] == [0, 1, 0, 0]
    assert Letter.objects.filter(key__endswith="asked-again").count() == 1


def test_answers_are_kept_with_their_questionnaire_and_score(here: Organisation) -> None:
    event = activity(here)
    there(event, place(event, "Ann").person)
    evaluation.ask_due(END)
    answer = evaluation.answer(
        request_of(), {"useful": "5", "clear": "4", "best": "  the cabinet ", "pace": "", "q": "x"}, END
    )
    assert answer.answers == {"useful": 5, "clear": 4, "best": "the cabinet"}
    assert (answer.form, answer.score, answer.level) == ("reaction/1", 4.5, "reaction")
    assert request_of().answered_at == END


def test_a_test_scores_the_share_that_is_right_of_all_that_was_asked(here: Organisation) -> None:
    event = activity(here)
    learning_tests.add_question(event, {"en": "Where is first air?"}, ["Above", "Below"], 0)
    learning_tests.add_question(event, {"en": "How many?"}, ["One", "Two", "Three"], 2)
    place(event, "Ann")
    evaluation.ask_due(START - 7 * DAY)
    answer = evaluation.answer(request_of(LEVEL.LEARNING_BEFORE), {"t1": "Above"}, START - 6 * DAY)
    assert (answer.score, answer.form) == (0.5, "test/1")


def test_a_form_is_answered_once_and_in_time(here: Organisation) -> None:
    event = activity(here)
    there(event, place(event, "Ann").person)
    evaluation.ask_due(END)
    stale = request_of()
    with pytest.raises(ValidationError, match="time is over"):
        evaluation.answer(request_of(), {"useful": "5"}, END + 31 * DAY)
    evaluation.answer(request_of(), {"useful": "5"}, END)
    for late in (request_of(), stale):
        with pytest.raises(ValidationError, match="answered already"):
            evaluation.answer(late, {"useful": "1"}, END)
    assert EvaluationAnswer.objects.get().answers == {"useful": 5}


@pytest.mark.parametrize(
    "given",
    [{}, {"useful": ""}, {"useful": "6"}, {"useful": "0"}, {"useful": "five"}, {"best": "x" * 2001}, {"best": "\x00"}],
)
def test_what_cannot_be_an_answer_is_refused_and_the_form_stays_open(here: Organisation, given: Any) -> None:
    event = activity(here)
    there(event, place(event, "Ann").person)
    evaluation.ask_due(END)
    with pytest.raises(ValidationError):
        evaluation.answer(request_of(), given, END)
    assert request_of().answered_at is None
    assert not EvaluationAnswer.objects.exists()


def test_a_request_is_found_by_its_token_from_anywhere(here: Organisation) -> None:
    event = activity(here)
    there(event, person(here, "Ann"))
    evaluation.ask_due(END)
    with within(partner("Elsewhere")):
        assert evaluation.find(request_of_token(here).lower()) is not None
    assert evaluation.find("") is None


def request_of_token(here: Organisation) -> str:
    with within(here):
        return request_of().token


def test_a_letter_speaks_the_language_of_the_registration(here: Organisation) -> None:
    event = activity(here)
    there(event, place(event, "Ann", language="cy").person)
    evaluation.ask_due(END)
    assert request_of().language == "cy"


def test_somebody_imported_late_is_still_asked_for_two_weeks(here: Organisation) -> None:
    event = activity(here)
    there(event, person(here, "Ann"))
    assert asked_at(END + 15 * DAY) == []
    assert asked_at(END + 13 * DAY) == ["reaction"]
    assert NOW < END
