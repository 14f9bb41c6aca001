"""What is open on the day the demonstration is made: activities to register for and to check in at, calls to apply to.

Nobody has been there yet, so that none of it counts.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from resilience.people.models import Consent, Person, Purpose
from resilience.programme.codes import WALL_LETTERS, random_code
from resilience.programme.demonstration.plan import OpenCall, ToCome
from resilience.programme.demonstration.stage import Held, Stage
from resilience.programme.leadership.calls import NUMBER_LENGTH
from resilience.programme.leadership.words import lists
from resilience.programme.models import (
    ActivityKind,
    ActivityStatus,
    Application,
    Call,
    Registration,
    RegistrationForm,
    RegistrationStatus,
)


def announce(stage: Stage, now: datetime) -> None:
    """Enters what is to come, and what is open today, as seen from a moment."""
    planned = stage.plan.to_come
    held = [_held(stage, coming, now) for coming in planned]
    stage.hold(held)
    met = stage.meet_all(held, timezone.localdate(now))
    for coming, one in zip(planned, held, strict=True):
        _register(stage, coming, one, [met[coming.partner][guest] for guest in one.absent], now)
    for call in stage.plan.open_calls:
        _call(stage, call, now)


def _held(stage: Stage, coming: ToCome, now: datetime) -> Held:
    trained = {event.title: event for event in stage.plan.training}
    kind = ActivityKind.TRAINING if coming.title in trained else ActivityKind.OUTREACH
    event = trained.get(coming.title) or next(one for one in stage.plan.outreach if one.title == coming.title)
    partner = stage.partner(coming.partner)
    day = timezone.localdate(now) + timedelta(days=coming.in_days)
    held = Held(partner, kind, event, day, partner.region, ActivityStatus.OPEN)
    held.absent = stage.draw.sample(stage.trainees, coming.registered + coming.waiting)
    held.starts_at = _begins(day, now)
    held.capacity = coming.registered if coming.waiting else None
    return held


def _begins(day: date, now: datetime) -> datetime:
    """Ten in the morning; what is today begins with the next full hour, so that its door is open."""
    if day > timezone.localdate(now):
        return timezone.make_aware(datetime.combine(day, time(10)))
    return timezone.localtime(now).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _register(stage: Stage, coming: ToCome, held: Held, people: list[Person], now: datetime) -> None:
    """Places and the waiting list, in the order in which they came; the form was answered by all."""
    if not people:
        return
    asked = stage.plan.form
    form = RegistrationForm.objects.create(
        activity=held.activity,
        version=1,
        questions=[
            {
                "id": "q1",
                "label": asked.question.model_dump(),
                "kind": "choice",
                "choices": asked.choices,
                "required": False,
            }
        ],
        consents=[{"purpose": Purpose.FOLLOW_UP, "text": asked.follow_up.model_dump()}],
    )
    for place, person in enumerate(people):
        row: Registration = stage.registration(
            held, person, RegistrationStatus.WAITING if place >= coming.registered else RegistrationStatus.CONFIRMED
        )
        row.registered_at = now - timedelta(hours=6 * (len(people) - place))
        row.form = form
        row.answers = {"q1": stage.draw.choice(asked.choices)}
        stage.add([row])
        if stage.draw.random() < 0.5:
            stage.add(
                [
                    Consent(
                        organisation=held.activity.organisation,
                        person=person,
                        purpose=Purpose.FOLLOW_UP,
                        text_version=f"{held.code}/1",
                        given_at=row.registered_at,
                    )
                ]
            )


def _call(stage: Stage, planned: OpenCall, now: datetime) -> None:
    partner = stage.partner(planned.partner)
    opened = now - timedelta(days=planned.since_days)
    call = Call.objects.create(
        organisation=stage.organisation(partner),
        code=planned.code,
        title=planned.title,
        opens_at=opened,
        closes_at=now + timedelta(days=planned.for_days),
        places=planned.places,
        questions=[one.model_dump() for one in lists().questions],
        criteria=[one.model_dump() for one in lists().criteria],
    )
    guests = [stage.cast.worker(stage.draw.choice(stage.plan.employers)) for _ in range(planned.applications)]
    people = stage.meet(partner, guests, opened)
    employers = stage.employers()
    stage.add(
        Application(
            call=call,
            person=people[guest],
            employer=employers[guest.employer],
            number=random_code(NUMBER_LENGTH, WALL_LETTERS),
            answers={question.id: stage.draw.choice(stage.plan.words) for question in lists().questions},
            received_at=opened + timedelta(hours=stage.draw.randint(1, 24 * planned.since_days - 1)),
        )
        for guest in guests
    )
