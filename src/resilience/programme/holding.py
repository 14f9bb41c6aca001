"""What activities hold of people: handed to them on request, and erased so that what is counted stays true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience.people import folding, privacy
from resilience.people.models import Person
from resilience.people.privacy import TableHolder
from resilience.programme import evaluation, registration
from resilience.programme.codes import random_code
from resilience.programme.leadership import holding as leadership
from resilience.programme.models import (
    Attendance,
    Certificate,
    CheckIn,
    EvaluationAnswer,
    EvaluationRequest,
    Letter,
    Registration,
    RegistrationStatus,
)


@dataclass(frozen=True)
class RowByRow(TableHolder):
    """A table whose rows stay, each changed by itself: `blank` takes out of a row what tells who the person is."""

    blank: Callable[[Any], None] = lambda row: None

    def erase(self, person: Person) -> int:
        rows: list[models.Model] = list(self.table._base_manager.filter(**{self.by: person}))
        for row in rows:
            self.blank(row)
            row.save()
        return len(rows)


def blank_registration(row: Registration) -> None:
    """Answers go, and the ticket that is out in the world opens nothing any more."""
    row.answers, row.token = {}, random_code(registration.TOKEN_LETTERS)


def blank_request(row: EvaluationRequest) -> None:
    """The address that was written to opens nothing any more; that somebody was asked stays."""
    row.token = random_code(evaluation.TOKEN_LETTERS)


def blank_answer(row: EvaluationAnswer) -> None:
    """Words go, ratings stay: they are counted and tell nobody's name."""
    row.answers = {
        question: said
        for question, said in row.answers.items()
        if isinstance(said, int | float) and not isinstance(said, bool)
    }


ACTIVITY = ("activity__code", "activity__title")
HOLDERS = [
    RowByRow(Registration, _("Registrations"), also=(*ACTIVITY, "form__questions"), blank=blank_registration),
    TableHolder(Attendance, _("Attendance"), also=("meeting__activity__code", "meeting__activity__title")),
    TableHolder(CheckIn, _("Check-ins"), by="registration__person", also=("meeting__starts_at",), left_out=("nonce",)),
    TableHolder(Certificate, _("Certificates of attendance"), also=ACTIVITY),
    RowByRow(EvaluationRequest, _("Asked for evaluation"), also=ACTIVITY, blank=blank_request),
    RowByRow(EvaluationAnswer, _("Evaluation answers"), also=ACTIVITY, blank=blank_answer),
    TableHolder(Letter, _("Letters"), gone=True),
]


# Of two registrations of one person the one that comes later here stays.
WORTH = (
    RegistrationStatus.CANCELLED,
    RegistrationStatus.LAPSED,
    RegistrationStatus.WAITING,
    RegistrationStatus.OFFERED,
    RegistrationStatus.CONFIRMED,
)


def nearer_to_a_place(row: Registration) -> int:
    """When two people turn out to be one, a place they have is not lost to one they gave back."""
    return WORTH.index(RegistrationStatus(row.status))


def register() -> None:
    """Tells the rooms below of all of it; once is enough."""
    folding.prefer(Registration, nearer_to_a_place)
    ours = [*HOLDERS, *leadership.HOLDERS]
    privacy.holders.extend(holder for holder in ours if holder not in privacy.holders)
