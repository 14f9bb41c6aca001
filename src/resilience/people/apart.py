"""Pairs that look like one and are two: once somebody has said so, nobody is asked again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from resilience.people import trail
from resilience.people.models import ToldApart
from resilience.people.permissions import Actor

Pair = frozenset[UUID]


@transaction.atomic
def tell_apart(one: UUID, other: UUID, actor: Actor, at: datetime) -> None:
    """Keeps that these are two: by the refs of persons, or the keys of organisations. Said twice, it counts once."""
    first, second = sorted((one, other))
    _row, is_new = ToldApart.objects.get_or_create(first=first, second=second, defaults={"at": at})
    if is_new:
        trail.add(actor, "told apart", f"pair:{first}:{second}", at=at)


def told_apart() -> frozenset[Pair]:
    """All pairs of which it was said."""
    return frozenset(frozenset(pair) for pair in ToldApart.objects.values_list("first", "second"))
