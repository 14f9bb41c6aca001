"""Calls and applications: opening one, applying to it, reviewing without names, selecting.

A reviewer is given a number and answers, nothing else: no name, no employer, no other reviewer's scores. Who applied
becomes known to those who select only when they have selected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from resilience.people import names, persons, trail
from resilience.people.models import Account, Contact, Organisation, OrganisationKind
from resilience.people.permissions import Actor
from resilience.people.scopes import whole_programme, within
from resilience.people.text import TextError, clean
from resilience.programme.codes import WALL_LETTERS, as_typed, random_code
from resilience.programme.leadership import letters
from resilience.programme.leadership.words import entries, lists
from resilience.programme.models import Application, Call, Review

LONGEST_ANSWER = 1500
HIGHEST_SCORE = 5
NUMBER_LENGTH = 5


@dataclass(frozen=True)
class Ranked:
    """An application by its reviews. `mean` is weighted, 0 to 5; `spread` between the highest and lowest reviewer."""

    application: Application
    reviews: int
    mean: float | None
    spread: float | None


@transaction.atomic
def open_call(
    organisation: Organisation,
    actor: Actor,
    *,
    code: str,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    places: int,
    reviews_needed: int = 2,
) -> Call:
    """A call with the programme's questions and criteria. Raises ValidationError, by field."""
    if closes_at <= opens_at:
        raise ValidationError({"closes_at": _("A call closes after it opens: give a later time.")})
    with whole_programme("codes are the programme's"):
        if Call.objects.filter(code=code).exists():
            raise ValidationError({"code": _("There is a call of this code: choose another.")})
    call = Call(
        organisation=organisation,
        code=code,
        title=title,
        opens_at=opens_at,
        closes_at=closes_at,
        places=places,
        reviews_needed=reviews_needed,
        questions=[entry.model_dump() for entry in lists().questions],
        criteria=[entry.model_dump() for entry in lists().criteria],
    )
    call.full_clean(
        exclude=["organisation", "questions", "criteria"], validate_unique=False, validate_constraints=False
    )
    call.save()
    trail.add(actor, "call opened", f"call:{code}", new={"places": places})
    return call


def find_call(code: str) -> Call | None:
    """The call of a code, of whichever organisation: anybody may apply."""
    with whole_programme("a call is public"):
        return Call.objects.select_related("organisation").filter(code=code.strip().upper()).first()


def is_open(call: Call, now: datetime) -> bool:
    return call.opens_at <= now < call.closes_at


@transaction.atomic
def apply(
    call: Call, now: datetime, *, name: str, email: str, employer: str, answers: Mapping[str, str], language: str = "en"
) -> Application:
    """One person's application. Applying again while the call is open replaces the answers. Raises ValidationError."""
    if not is_open(call, now):
        raise ValidationError(_("This call is not open: look for the next one."))
    told = _answers(call, answers)
    try:
        sent_by = names.find_or_add(employer, OrganisationKind.EMPLOYER)
        person = persons.meet(call.organisation, clean(name, 120), email, now, employer=sent_by)
    except (TextError, ValueError) as error:
        raise ValidationError(str(error)) from error
    with within(call.organisation):
        mine = Application.objects.select_for_update().filter(call=call, person=person).first()
        if mine is None:
            mine = Application(call=call, person=person, number=_free_number(call))
        mine.employer, mine.answers, mine.received_at = sent_by, told, now
        mine.status, mine.decided_at = Application.Status.RECEIVED, None
        mine.save()
        # Reviews of other answers say nothing of these.
        Review.objects.filter(application=mine).delete()
    letters.received(mine, now, language)
    return mine


def _answers(call: Call, answers: Mapping[str, str]) -> dict[str, str]:
    told = {}
    for question in entries(call.questions):
        try:
            text = clean(answers.get(question.id, ""), LONGEST_ANSWER, lines=True)
        except TextError as error:
            raise ValidationError({question.id: str(error)}) from error
        if not text:
            raise ValidationError({question.id: _("Write a few sentences.")})
        told[question.id] = text
    return told


def _free_number(call: Call) -> str:
    taken = set(Application.objects.filter(call=call).values_list("number", flat=True))
    while True:
        number = random_code(NUMBER_LENGTH, WALL_LETTERS)
        if number not in taken:
            return number


@transaction.atomic
def withdraw(call: Call, number: str, actor: Actor, now: datetime) -> None:
    """Takes an application back, by the number that who wrote it tells. Raises ValidationError.

    Its reviews go: they are of nobody who wants a place. Applying again while the call is open brings it back.
    """
    with within(call.organisation):
        found = Application.objects.select_for_update().filter(call=call, number=as_typed(number)).first()
        if found is None or found.status != Application.Status.RECEIVED:
            raise ValidationError(_("No application with this number waits for a decision: look at the letter again."))
        found.status, found.decided_at = Application.Status.WITHDRAWN, now
        found.save(update_fields=["status", "decided_at"])
        Review.objects.filter(application=found).delete()
    trail.add(actor, "application withdrawn", f"call:{call.code}", new={"number": found.number})


# Reviewing


def to_review(call: Call, reviewer: Account) -> list[Application]:
    """What the reviewer has not scored yet, those with the fewest reviews first; never one of their own."""
    with within(call.organisation):
        own = Contact.objects.filter(account=reviewer).values("person")
        waiting = (
            Application.objects.filter(call=call, status=Application.Status.RECEIVED)
            .exclude(reviews__reviewer=reviewer)
            .exclude(person__in=own)
            .prefetch_related("reviews")
        )
        return sorted(waiting, key=lambda one: (len(one.reviews.all()), one.number))


@transaction.atomic
def review(
    application: Application, reviewer: Account, scores: Mapping[str, int], comment: str, now: datetime
) -> Review:
    """One reviewer's scores, 0 to 5 for each criterion; once. Raises ValidationError."""
    call = application.call
    with within(call.organisation):
        if application.pk not in {one.pk for one in to_review(call, reviewer)}:
            raise ValidationError(_("This application is not for you to review, or you have reviewed it."))
        wanted = {criterion.id for criterion in entries(call.criteria)}
        if set(scores) != wanted or not all(0 <= score <= HIGHEST_SCORE for score in scores.values()):
            raise ValidationError(_("Score each criterion from 0 to 5."))
        try:
            words = clean(comment, 1000, lines=True)
        except TextError as error:
            raise ValidationError({"comment": str(error)}) from error
        made: Review = Review.objects.create(
            application=application, reviewer=reviewer, scores=dict(scores), comment=words, at=now
        )
    return made


def ranking(call: Call) -> list[Ranked]:
    """Applications by their weighted mean, the best first; those without a review last."""
    weights = {criterion.id: criterion.weight for criterion in entries(call.criteria)}
    ranked = []
    with within(call.organisation):
        applications = Application.objects.filter(call=call).exclude(status=Application.Status.WITHDRAWN)
        for application in applications.prefetch_related("reviews"):
            means = [_weighted(one.scores, weights) for one in application.reviews.all()]
            mean = round(fmean(means), 2) if means else None
            spread = round(max(means) - min(means), 2) if means else None
            ranked.append(Ranked(application, len(means), mean, spread))
    return sorted(ranked, key=lambda one: (one.mean is None, -(one.mean or 0), one.application.number))


def _weighted(scores: Mapping[str, int], weights: Mapping[str, int]) -> float:
    return sum(scores[name] * weight for name, weight in weights.items()) / sum(weights.values())


# Selecting


@transaction.atomic
def select(call: Call, selected: Iterable[str], reserve: Iterable[str], actor: Actor, now: datetime) -> None:
    """Decides every application by its number: selected, reserve, or declined. Raises ValidationError.

    Only after the call has closed and each application has its reviews; at most as many as there are places.
    """
    chosen, waiting = set(selected), set(reserve) - set(selected)
    if is_open(call, now) or now < call.opens_at:
        raise ValidationError(_("The call is still open: select after it has closed."))
    ranked = ranking(call)
    if any(one.reviews < call.reviews_needed for one in ranked):
        raise ValidationError(_("Some applications have too few reviews: have them reviewed first."))
    unknown = (chosen | waiting) - {one.application.number for one in ranked}
    if unknown:
        raise ValidationError(
            _("There is no application %(numbers)s in this call.") % {"numbers": ", ".join(sorted(unknown))}
        )
    if len(chosen) > call.places:
        raise ValidationError(_("There are %(places)s places: select at most as many.") % {"places": call.places})
    status = Application.Status
    with within(call.organisation):
        for one in ranked:
            number = one.application.number
            decided = status.SELECTED if number in chosen else status.RESERVE if number in waiting else status.DECLINED
            if one.application.status != decided:
                Application.objects.filter(pk=one.application.pk).update(status=decided, decided_at=now)
                letters.decided(one.application, decided, now)
    trail.add(
        actor,
        "applications selected",
        f"call:{call.code}",
        new={"selected": sorted(chosen), "reserve": sorted(waiting), "of": len(ranked)},
    )


def is_decided(call: Call) -> bool:
    """Whether names may be seen: everybody knows where they stand."""
    with within(call.organisation):
        waiting = Application.objects.filter(call=call, status=Application.Status.RECEIVED).exists()
        return not waiting and Application.objects.filter(call=call).exists()
