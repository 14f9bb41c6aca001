"""What is written to people who registered, in their own language.

No letter holds a name, and the outbox finds the address. The key of a letter names its cause, which writes once.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import formats, timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resilience.programme import addresses, calendars, outbox
from resilience.programme.models import (
    Activity,
    EvaluationLevel,
    EvaluationRequest,
    Registration,
    RegistrationStatus,
)


def registered(registration: Registration, now: datetime) -> None:
    """Says that the place is theirs, or that they are on the waiting list."""
    if registration.status == RegistrationStatus.WAITING:
        _write(
            registration,
            f"waiting:{_instant(now)}",
            now,
            gettext_lazy("Waiting list: %(title)s"),
            gettext_lazy(
                "You are on the waiting list. A place that is free for you is kept %(hours)s hours; we write to you."
            ),
            hours=registration.activity.offer_hours,
        )
    else:
        _write(
            registration,
            f"place:{_instant(now)}",
            now,
            gettext_lazy("Your place: %(title)s"),
            gettext_lazy("You have a place. Bring your ticket, printed or on your phone."),
            with_calendar=True,
        )


def sent_again(registration: Registration, now: datetime) -> None:
    """Sends the ticket once more to whoever registers a second time, at most once an hour."""
    _write(
        registration,
        f"again:{now:%Y%m%d%H}",
        now,
        gettext_lazy("Your ticket: %(title)s"),
        gettext_lazy("Somebody asked for a place with your address. You are registered already: here is your ticket."),
    )


def offered(registration: Registration, now: datetime) -> None:
    """Offers a place for a while."""
    _write(
        registration,
        f"offer:{_instant(now)}",
        now,
        gettext_lazy("A place is free for you: %(title)s"),
        gettext_lazy(
            "It is kept until %(until)s. Take it on your ticket, or leave it: then it goes to the next person."
        ),
    )


def lapsed(registration: Registration, now: datetime) -> None:
    """Says that the kept place has gone to the next person."""
    _write(
        registration,
        f"lapsed:{_instant(now)}",
        now,
        gettext_lazy("The place has gone to somebody else: %(title)s"),
        gettext_lazy(
            "You did not take the place in time, so it was offered to the next person. You can register again."
        ),
    )


def gave_back(registration: Registration, now: datetime) -> None:
    """Confirms that the place was given back."""
    _write(
        registration,
        f"gave-back:{_instant(now)}",
        now,
        gettext_lazy("You are not registered any more: %(title)s"),
        gettext_lazy("Thank you for telling us. Somebody else can have the place."),
        with_calendar=True,
    )


def reminder(registration: Registration, now: datetime) -> None:
    """Reminds of an activity that begins soon; once for each start it was given."""
    _write(
        registration,
        f"reminder:{_instant(registration.activity.starts_at)}",
        now,
        gettext_lazy("Soon: %(title)s"),
        gettext_lazy("If you cannot come, give your place back on your ticket, so that somebody else can have it."),
    )


def changed(registration: Registration, now: datetime) -> None:
    """Says that time or place of the activity is another one."""
    _write(
        registration,
        f"changed:{registration.activity.sequence}",
        now,
        gettext_lazy("Changed: %(title)s"),
        gettext_lazy("When or where has changed. If you cannot come any more, say so on your ticket."),
        with_calendar=True,
    )


def called_off(registration: Registration, reason: str, now: datetime) -> None:
    """Says that the activity does not take place, and why."""
    _write(
        registration,
        "called-off",
        now,
        gettext_lazy("Cancelled: %(title)s"),
        gettext_lazy("This activity does not take place. The reason: %(reason)s"),
        with_calendar=True,
        reason=reason,
    )


def asked(request: EvaluationRequest, now: datetime) -> None:
    """Asks for an answer at a level."""
    _ask(request, "asked", now, gettext_lazy("A few questions: %(title)s"), _ASKING[EvaluationLevel(request.level)])


def asked_again(request: EvaluationRequest, now: datetime) -> None:
    """Reminds of it, the one time there is."""
    _ask(
        request,
        "asked-again",
        now,
        gettext_lazy("Still of help: %(title)s"),
        gettext_lazy("We asked you some questions and would still like to know. We do not remind you again."),
    )


_ASKING = {
    EvaluationLevel.REACTION: gettext_lazy("How was it for you? It takes two minutes."),
    EvaluationLevel.LEARNING_BEFORE: gettext_lazy(
        "Before the activity we ask what you know already, and the same again afterwards. It is no examination."
    ),
    EvaluationLevel.LEARNING_AFTER: gettext_lazy(
        "We asked you some questions before the activity. Here they are again, to see what it taught."
    ),
    EvaluationLevel.BEHAVIOUR: gettext_lazy(
        "Three months ago you took part, and agreed to be asked later. What do you do differently since?"
    ),
    EvaluationLevel.RESULT: gettext_lazy(
        "Half a year ago you took part. Please pass this on to your manager: it asks what your employer gained."
    ),
}


def _ask(request: EvaluationRequest, cause: str, now: datetime, subject: Promise, words: Promise) -> None:
    activity = request.activity
    with translation.override(request.language):
        outbox.write(
            activity.organisation,
            request.person,
            f"evaluation:{request.pk}:{cause}",
            str(subject) % {"title": activity.title},
            "\n\n".join([str(words), _about(activity), addresses.absolute("evaluate", asked=request.token)]),
            now,
            language=request.language,
        )


def moment(at: datetime) -> str:
    """A time for people, in the local zone and the language at hand."""
    return str(formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT"))


def _write(
    registration: Registration,
    cause: str,
    now: datetime,
    subject: Promise,
    words: Promise,
    *,
    with_calendar: bool = False,
    **values: Any,
) -> None:
    activity = registration.activity
    has_no_place = registration.status != RegistrationStatus.CONFIRMED
    with translation.override(registration.language):
        values = {"title": activity.title, **values}
        if registration.offered_until is not None:
            values["until"] = moment(registration.offered_until)
        outbox.write(
            activity.organisation,
            registration.person,
            f"registration:{registration.pk}:{cause}",
            str(subject) % values,
            "\n\n".join([str(words) % values, _about(activity), _ticket(registration)]),
            now,
            language=registration.language,
            calendar=calendars.calendar(activity, now, gave_back=has_no_place) if with_calendar else "",
        )


def _about(activity: Activity) -> str:
    lines = [activity.title, f"{moment(activity.starts_at)} – {moment(activity.ends_at)}"]
    if activity.place:
        lines.append(activity.place)
    return "\n".join([*lines, str(activity.organisation)])


def _ticket(registration: Registration) -> str:
    return f"{_('Your ticket:')} {addresses.absolute('ticket', token=registration.token)}"


def _instant(at: datetime) -> str:
    return f"{at:%Y%m%dT%H%M%S.%f}"
