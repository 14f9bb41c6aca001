"""Places: asking for one, waiting, being offered one, taking it or not, giving it back.

A place is taken by a confirmed registration and by an offer that has not lapsed. Whoever changes places first locks the
activity, so that two people who ask for the last one are answered one after the other. Freed places are offered in the
order of the waiting list (priority, then time), each kept for the activity's hours and at most until it starts; from
then on a free place goes to whoever stands at the door.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from resilience.people.models import Consent, Person
from resilience.people.scopes import whole_programme
from resilience.programme import letters
from resilience.programme.codes import as_typed, random_code
from resilience.programme.finding import locked
from resilience.programme.models import Activity, ActivityStatus, Registration, RegistrationForm, RegistrationStatus

TOKEN_LETTERS = 14
TAKING_A_PLACE = (RegistrationStatus.CONFIRMED, RegistrationStatus.OFFERED)
GONE = (RegistrationStatus.CANCELLED, RegistrationStatus.LAPSED)


@transaction.atomic
def register(
    activity: Activity,
    person: Person,
    now: datetime,
    *,
    form: RegistrationForm | None = None,
    answers: Mapping[str, Any] | None = None,
    consents: Sequence[str] = (),
    priority: int = 0,
    language: str = "en",
    batch: UUID | None = None,
    tell: bool = True,
) -> Registration:
    """Gives the person a place, or puts them on the waiting list where none is free or others wait already.

    Registering twice changes nothing; after cancelling or letting an offer lapse it is a new wish, last in the line.
    `consents`: the purposes agreed to, of those the form asks for. Raises ValidationError when registration is shut.
    """
    activity = locked(activity)
    if activity.status != ActivityStatus.OPEN or activity.ends_at <= now:
        raise ValidationError(_("Registration is not open for this activity."))
    mine = Registration.objects.filter(activity=activity, person=person).first()
    if mine is not None and mine.status not in GONE:
        return mine
    _serve(activity, now)
    registration = mine or Registration(activity=activity, person=person, token=random_code(TOKEN_LETTERS), batch=batch)
    registration.status = RegistrationStatus.CONFIRMED if _is_free(activity, now) else RegistrationStatus.WAITING
    registration.priority, registration.language = priority, language
    registration.registered_at, registration.offered_until = now, None
    registration.form, registration.answers = form, dict(answers or {})
    registration.save()
    for purpose in consents:
        Consent.objects.get_or_create(
            organisation_id=activity.organisation_id,
            person=person,
            purpose=purpose,
            text_version=f"{activity.code}/{form.version if form else 0}",
            withdrawn_at=None,
            defaults={"given_at": now},
        )
    if tell:
        letters.registered(registration, now)
    return registration


def find(token: str) -> Registration | None:
    """The registration a ticket's token belongs to. Who holds the token may see and cancel it, and nothing else."""
    with whole_programme("a ticket's token leads to its registration"):
        return (
            Registration.objects.select_related("activity", "activity__organisation", "person")
            .filter(token=as_typed(token))
            .first()
        )


@transaction.atomic
def cancel(registration: Registration, now: datetime) -> Registration:
    """Gives a place, an offer or a wish back; who waits longest is served."""
    activity = locked(registration.activity)
    registration.refresh_from_db()
    if registration.status in GONE:
        return registration
    if activity.status != ActivityStatus.OPEN:
        raise ValidationError(_("This activity is over: its registrations stay as they are."))
    _move(registration, RegistrationStatus.CANCELLED)
    letters.gave_back(registration, now)
    _serve(activity, now)
    return registration


@transaction.atomic
def accept_offer(registration: Registration, now: datetime) -> Registration:
    """Takes an offered place. Too late, the offer lapses and the next in line is served: look at the status."""
    activity = locked(registration.activity)
    _serve(activity, now)
    registration.refresh_from_db()
    if registration.status == RegistrationStatus.OFFERED and activity.status == ActivityStatus.OPEN:
        _move(registration, RegistrationStatus.CONFIRMED)
        letters.registered(registration, now)
    return registration


@transaction.atomic
def serve_waiting_list(activity: Activity, now: datetime) -> list[Registration]:
    """Lets offers lapse whose time is over, and offers what is free to who is next. Returns the new offers."""
    return _serve(locked(activity), now)


@transaction.atomic
def prioritise(registration: Registration, priority: int) -> Registration:
    """Moves somebody on the waiting list: the lower the number, the earlier they are served."""
    locked(registration.activity)
    registration.refresh_from_db()
    registration.priority = priority
    registration.save(update_fields=["priority"])
    return registration


def serve_all(now: datetime) -> int:
    """Serves every waiting list on which something may be due; returns how many places were offered."""
    with whole_programme("offers lapse and are made for all partners alike"):
        waiting = Activity.objects.filter(
            status=ActivityStatus.OPEN,
            registrations__status__in=(RegistrationStatus.WAITING, RegistrationStatus.OFFERED),
        ).distinct()
        return sum(len(serve_waiting_list(activity, now)) for activity in waiting)


def taken(activity: Activity) -> int:
    """Places given or kept for somebody."""
    return Registration.objects.filter(activity=activity, status__in=TAKING_A_PLACE).count()


def ahead_of(registration: Registration) -> int:
    """How many stand before somebody on the waiting list."""
    line = Registration.objects.filter(activity=registration.activity, status=RegistrationStatus.WAITING)
    ordered = list(line.order_by("priority", "registered_at", "pk").values_list("pk", flat=True))
    return ordered.index(registration.pk)


def refuse_fewer_places(activity: Activity) -> None:
    """Raises ValidationError where more places are taken than the capacity that is asked for."""
    if activity.capacity is not None and (now_taken := taken(activity)) > activity.capacity:
        raise ValidationError(
            {
                "capacity": _("%(taken)s places are taken or offered already: give at least as many, or cancel some.")
                % {"taken": now_taken}
            }
        )


def _serve(activity: Activity, now: datetime) -> list[Registration]:
    for late in Registration.objects.filter(
        activity=activity, status=RegistrationStatus.OFFERED, offered_until__lte=now
    ):
        _move(late, RegistrationStatus.LAPSED)
        letters.lapsed(late, now)
    if activity.status != ActivityStatus.OPEN or activity.starts_at <= now:
        return []
    line = Registration.objects.filter(activity=activity, status=RegistrationStatus.WAITING)
    line = line.order_by("priority", "registered_at", "pk")
    served = list(line if activity.capacity is None else line[: max(0, activity.capacity - taken(activity))])
    for registration in served:
        registration.offered_until = min(now + timedelta(hours=activity.offer_hours), activity.starts_at)
        _move(registration, RegistrationStatus.OFFERED)
        letters.offered(registration, now)
    return served


def _is_free(activity: Activity, now: datetime) -> bool:
    if activity.capacity is None:
        return True
    waiting = Registration.objects.filter(activity=activity, status=RegistrationStatus.WAITING)
    if activity.starts_at > now and waiting.exists():
        return False
    return taken(activity) < activity.capacity


def _move(registration: Registration, status: RegistrationStatus) -> None:
    registration.status = status
    if status != RegistrationStatus.OFFERED:
        registration.offered_until = None
    registration.save(update_fields=["status", "offered_until"])
