"""Asking people for the diversity form. What is kept is that somebody was asked and whether a form came back."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction
from django.db.models import F, Sum

from resilience.people.folding import prefer
from resilience.people.models import DiversityAsked, DiversityInvitation, Organisation, Person
from resilience.people.models.diversity import Strand
from resilience.people.scopes import whole_programme
from resilience.people.tokens import hashed

# A person who was merged has answered if either of the two had.
prefer(DiversityInvitation, lambda invitation: invitation.answered)


def asked(organisation: Organisation, person: Person, strand: Strand | str, quarter: date) -> DiversityInvitation:
    """Notes that a person is asked, the first time among those of the quarter, which is named by its last day.

    The partner that asked first keeps the invitation.
    """
    with transaction.atomic(), whole_programme("a person is asked once, whichever partner asks"):
        invitation, is_new = DiversityInvitation.objects.get_or_create(
            person=person, strand=strand, defaults={"organisation": organisation}
        )
        if is_new:
            count(strand, quarter, 1)
    return invitation


def count(strand: Strand | str, quarter: date, people: int) -> None:
    """Adds to the number of those first asked in a quarter."""
    DiversityAsked.objects.get_or_create(strand=strand, quarter=quarter)
    DiversityAsked.objects.filter(strand=strand, quarter=quarter).update(people=F("people") + people)


def counted(strand: Strand | str, quarter: date) -> int:
    """How many people were asked until the end of a quarter."""
    until = DiversityAsked.objects.filter(strand=strand, quarter__lte=quarter)
    return int(until.aggregate(all=Sum("people", default=0))["all"])


def invite(organisation: Organisation, person: Person, strand: Strand | str, quarter: date) -> str | None:
    """The token that opens the form once: `diversity-form` takes it. None where the person answered already.

    Asking again makes the token before invalid, so that there is one at most.
    """
    token = secrets.token_urlsafe(16)
    with transaction.atomic(), whole_programme("an invitation holds one token"):
        invitation = asked(organisation, person, strand, quarter)
        if invitation.answered:
            return None
        DiversityInvitation.objects.filter(pk=invitation.pk).update(token_hash=hashed(token))
    return token


def opened_by(token: str) -> DiversityInvitation | None:
    """The invitation of the token, while it is good."""
    if not token:
        return None
    with whole_programme("an invitation is opened by whoever holds its token"):
        return DiversityInvitation.objects.filter(token_hash=hashed(token), answered=False).first()
