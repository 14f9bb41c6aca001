"""Adding to the trail: who did what to what, when and why. The database refuses anything but adding."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.utils import timezone

from resilience.people.models import TrailEntry
from resilience.people.permissions import Actor

ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


class PersonalDataError(ValueError):
    """Somebody's address was about to be written into the trail, which is kept for ever."""


def add(
    actor: Actor,
    what: str,
    about: str,
    old: Any = None,
    new: Any = None,
    reason: str = "",
    at: datetime | None = None,
) -> TrailEntry:
    """Adds an entry. what: a verb ("merged persons"); about: a reference ("person:<ref>"); old and new: JSON values.

    Raises PersonalDataError where an e-mail address stands in any of them. at: now, unless something is told of later.
    """
    for told in (what, about, old, new, reason):
        if ADDRESS.search(str(told)):
            raise PersonalDataError("The trail keeps no e-mail address: refer to the person by their reference")
    return TrailEntry.objects.create(
        at=at or timezone.now(),
        actor_ref=str(actor.account.pk) if actor.account else "",
        role=actor.role.value if actor.role else "",
        organisation_ref=actor.organisation.pk if actor.organisation else None,
        what=what,
        about=about,
        old=old,
        new=new,
        reason=reason,
    )
