"""Asking people for the diversity form. What is kept is that somebody was asked and whether a form came back."""

from __future__ import annotations

import secrets

from django.db import transaction

from resilience.people.folding import prefer
from resilience.people.models import DiversityInvitation, Organisation, Person
from resilience.people.models.diversity import Strand
from resilience.people.scopes import whole_programme
from resilience.people.tokens import hashed

# A person who was merged has answered if either of the two had.
prefer(DiversityInvitation, lambda invitation: invitation.answered)


def invite(organisation: Organisation, person: Person, strand: Strand | str) -> str | None:
    """The token that opens the form once: `diversity-form` takes it. None where the person answered already.

    Asking again makes the token before invalid, so that there is one at most. The partner that asked first keeps the
    invitation.
    """
    token = secrets.token_urlsafe(16)
    with transaction.atomic(), whole_programme("a person is asked once, whichever partner asks"):
        asked, is_new = DiversityInvitation.objects.get_or_create(
            person=person, strand=strand, defaults={"organisation": organisation, "token_hash": hashed(token)}
        )
        if asked.answered:
            return None
        if not is_new:
            DiversityInvitation.objects.filter(pk=asked.pk).update(token_hash=hashed(token))
    return token


def opened_by(token: str) -> DiversityInvitation | None:
    """The invitation of the token, while it is good."""
    if not token:
        return None
    with whole_programme("an invitation is opened by whoever holds its token"):
        return DiversityInvitation.objects.filter(token_hash=hashed(token), answered=False).first()
