"""Pairs of which somebody said that they are two."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from resilience.people import register
from resilience.people.apart import tell_apart, told_apart
from resilience.people.models import Organisation, TrailEntry
from resilience.people.permissions import NOBODY

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)


def test_it_is_kept_once_whichever_is_named_first(embedded_store: str) -> None:
    one, other = uuid4(), uuid4()
    tell_apart(one, other, NOBODY, NOW)
    tell_apart(other, one, NOBODY, NOW)
    assert told_apart() == {frozenset({one, other})}
    first, second = sorted((one, other))
    assert list(TrailEntry.objects.values_list("what", "about")) == [("told apart", f"pair:{first}:{second}")]


def test_two_organisations_told_apart_are_not_proposed_again(embedded_store: str) -> None:
    tees = Organisation.objects.create(name="Tees Vaccines", kind="employer")
    other = Organisation.objects.create(name="TeesVaccines UK Ltd", kind="employer")
    assert len(register.suggestions()) == 1
    tell_apart(tees.pk, other.pk, NOBODY, NOW)
    assert register.suggestions() == []
