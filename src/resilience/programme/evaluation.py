"""Asking at four levels and taking the answers: on the day, by a test before and after, months later, at the employer.

Who was there is asked; who agreed to it, also later. Each is asked once at a level and reminded once; the requests are
the base of the response rate. A request is answered by its token, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from resilience.people.models import Consent, Purpose
from resilience.people.scopes import whole_programme
from resilience.programme import learning_tests, letters
from resilience.programme.codes import as_typed, random_code
from resilience.programme.models import (
    Activity,
    ActivityStatus,
    Attendance,
    EvaluationAnswer,
    EvaluationLevel,
    EvaluationRequest,
    LearningTest,
    Registration,
    RegistrationStatus,
)
from resilience.programme.questionnaires import LONGEST_TEXT, POINTS, Item, Questionnaire, questionnaire
from resilience.programme.typed import plain

TOKEN_LETTERS = 16
# How long after the due time somebody new is still asked, such as after a file was imported late.
ASKED_WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class Timing:
    """When a level is asked, from the start (before) or the end of the activity; reminded and shut from the asking."""

    due: timedelta
    reminded: timedelta
    shut: timedelta
    from_start: bool = False


TIMING = {
    EvaluationLevel.LEARNING_BEFORE: Timing(timedelta(days=-7), timedelta(days=5), timedelta(days=7), from_start=True),
    EvaluationLevel.REACTION: Timing(timedelta(0), timedelta(days=3), timedelta(days=30)),
    EvaluationLevel.LEARNING_AFTER: Timing(timedelta(0), timedelta(days=3), timedelta(days=30)),
    EvaluationLevel.BEHAVIOUR: Timing(timedelta(days=91), timedelta(days=14), timedelta(days=60)),
    # From six to twelve months: asked after six, reminded after nine, shut after twelve.
    EvaluationLevel.RESULT: Timing(timedelta(days=182), timedelta(days=91), timedelta(days=183)),
}
LATER = (EvaluationLevel.BEHAVIOUR, EvaluationLevel.RESULT)
TESTS = (EvaluationLevel.LEARNING_BEFORE, EvaluationLevel.LEARNING_AFTER)


def ask_due(now: datetime) -> int:
    """Asks everybody who is to be asked by now and has not been; returns how many were asked."""
    with whole_programme("evaluation is asked for all partners alike"):
        return sum(_ask(activity, level, now) for level in EvaluationLevel for activity in _due(level, now))


def remind_due(now: datetime) -> int:
    """Reminds, once, whoever has not answered in time; returns how many were reminded."""
    reminded = 0
    with whole_programme("evaluation is asked for all partners alike"):
        for level, timing in TIMING.items():
            waiting = EvaluationRequest.objects.filter(
                level=level,
                answered_at=None,
                reminded_at=None,
                sent_at__lte=now - timing.reminded,
                due_at__gt=now - timing.shut,
            )
            for request in waiting.select_related("activity__organisation", "person"):
                with transaction.atomic():
                    open_still = EvaluationRequest.objects.filter(pk=request.pk, answered_at=None, reminded_at=None)
                    if open_still.update(reminded_at=now):
                        letters.asked_again(request, now)
                        reminded += 1
    return reminded


def find(token: str) -> EvaluationRequest | None:
    """The request a token belongs to."""
    with whole_programme("an evaluation's token leads to its request"):
        return (
            EvaluationRequest.objects.select_related("activity", "activity__organisation", "person")
            .filter(token=as_typed(token))
            .first()
        )


def asked_by(request: EvaluationRequest) -> Questionnaire:
    """The questions of a request."""
    level = EvaluationLevel(request.level)
    if level not in TESTS:
        return questionnaire(level)
    test = learning_tests.current(request.activity)
    return learning_tests.as_questionnaire(test) if test else Questionnaire("test/0", ())


def is_open(request: EvaluationRequest, now: datetime) -> bool:
    """Whether it can still be answered."""
    timing = TIMING[EvaluationLevel(request.level)]
    return request.answered_at is None and now <= request.due_at + timing.shut


@transaction.atomic
def answer(request: EvaluationRequest, given: Mapping[str, Any], now: datetime) -> EvaluationAnswer:
    """Takes the answers of a request, once. Raises ValidationError by question."""
    if not is_open(request, now):
        raise ValidationError(_("This form was answered already, or its time is over. Thank you all the same."))
    asked = asked_by(request)
    kept = _checked(asked.items, given)
    if not EvaluationRequest.objects.filter(pk=request.pk, answered_at=None).update(answered_at=now):
        raise ValidationError(_("This form was answered already, or its time is over. Thank you all the same."))
    return EvaluationAnswer.objects.create(
        activity=request.activity,
        person=request.person,
        level=request.level,
        form=asked.name,
        answers=kept,
        score=score(asked.items, kept),
        given_at=now,
    )


def score(items: Iterable[Item], answers: Mapping[str, Any]) -> float | None:
    """The mean of the ratings, or the share of the test's questions answered rightly; none where there is neither."""
    tested = [item for item in items if item.right is not None]
    if tested:
        right = [item for item in tested if answers.get(item.id) == item.choices[item.right or 0]]
        return len(right) / len(tested)
    ratings = [int(answers[item.id]) for item in items if item.kind == "rating" and item.id in answers]
    return sum(ratings) / len(ratings) if ratings else None


def _due(level: EvaluationLevel, now: datetime) -> QuerySet[Activity]:
    timing = TIMING[level]
    since, until = now - timing.due - ASKED_WITHIN, now - timing.due
    when = Q(starts_at__lte=until, starts_at__gt=now) if timing.from_start else Q(ends_at__gt=since, ends_at__lte=until)
    held = (ActivityStatus.OPEN,) if timing.from_start else (ActivityStatus.OPEN, ActivityStatus.CLOSED)
    found = Activity.objects.filter(when, status__in=held)
    if level in TESTS:
        found = found.filter(pk__in=LearningTest.objects.exclude(questions=[]).values("activity"))
    return found.select_related("organisation")


@transaction.atomic
def _ask(activity: Activity, level: EvaluationLevel, now: datetime) -> int:
    timing = TIMING[level]
    registered = Registration.objects.filter(activity=activity, status=RegistrationStatus.CONFIRMED)
    languages = dict(registered.values_list("person", "language"))
    if timing.from_start:
        people = set(languages)
    else:
        there = Attendance.objects.filter(meeting__activity=activity, person__erased_at=None)
        people = set(there.values_list("person", flat=True))
    if level in LATER:
        agreed = Consent.objects.filter(
            organisation=activity.organisation_id, purpose=Purpose.FOLLOW_UP, withdrawn_at=None, person__in=people
        )
        people &= set(agreed.values_list("person", flat=True))
    people -= set(EvaluationRequest.objects.filter(activity=activity, level=level).values_list("person", flat=True))
    due_at = (activity.starts_at if timing.from_start else activity.ends_at) + timing.due
    for person in sorted(people):
        request, is_new = EvaluationRequest.objects.get_or_create(
            activity=activity,
            person_id=person,
            level=level,
            defaults={
                "due_at": due_at,
                "sent_at": now,
                "token": random_code(TOKEN_LETTERS),
                "language": languages.get(person, "en"),
            },
        )
        if is_new:
            letters.asked(request, now)
    return len(people)


def _checked(items: Iterable[Item], given: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for item in items:
        said = given.get(item.id)
        if said in (None, ""):
            continue
        if item.kind == "rating":
            if str(said) not in {str(point) for point in range(1, POINTS + 1)}:
                raise ValidationError({item.id: _("Choose one of the five points.")})
            kept[item.id] = int(said)
        elif item.kind == "choice":
            if said not in item.choices:
                raise ValidationError({item.id: _("Choose one of the answers in the list.")})
            kept[item.id] = said
        elif text := plain(item.id, str(said), LONGEST_TEXT, lines=True):
            kept[item.id] = text
    if not kept:
        raise ValidationError(_("Nothing was answered: answer at least one question."))
    return kept
