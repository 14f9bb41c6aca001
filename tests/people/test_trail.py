"""The trail is only added to, says who did what, and holds nobody's name or address."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from resilience.people import trail
from resilience.people.models import Account, Organisation, Role, TrailEntry
from resilience.people.models.trail import UnchangeableError
from resilience.people.permissions import NOBODY, Actor

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


def test_an_entry_says_who_what_and_when(store: str) -> None:
    partner = Organisation.objects.create(name="Partner")
    account = Account.objects.create_user("ann@example.org", name="Ann Ash")
    trail.add(Actor(account, partner, Role.LEAD), "froze quarter", "quarter:2026-03-31", old=1, new={"a": 2}, at=NOW)
    entry = TrailEntry.objects.get()
    assert (entry.at, entry.actor_ref, entry.role) == (NOW, str(account.pk), "lead")
    assert (entry.organisation_ref, entry.old, entry.new) == (partner.pk, 1, {"a": 2})
    told = " ".join(str(getattr(entry, field.attname)) for field in TrailEntry._meta.concrete_fields)
    assert "Ann" not in told
    assert "@" not in told


@pytest.mark.parametrize("place", ["what", "about", "old", "new", "reason"])
def test_an_address_is_refused_wherever_it_stands(store: str, place: str) -> None:
    values = {"what": "did", "about": "x", place: "told by ann@example.org"}
    with pytest.raises(trail.PersonalDataError):
        trail.add(NOBODY, **values)
    with pytest.raises(trail.PersonalDataError):
        trail.add(NOBODY, "did", "x", new={"deep": ["ann@example.org"]})
    assert not TrailEntry.objects.exists()


def test_the_rows_cannot_be_changed_through_the_model(store: str) -> None:
    entry = trail.add(NOBODY, "did", "x", at=NOW)
    entry.what = "did not"
    for attempt in (
        entry.save,
        entry.delete,
        TrailEntry.objects.all().delete,
        lambda: TrailEntry.objects.update(what=""),
    ):
        with pytest.raises(UnchangeableError):
            attempt()


STATEMENTS = [
    "UPDATE people_trailentry SET what = 'did not'",
    "DELETE FROM people_trailentry",
]


def test_the_database_itself_refuses_changes(store: str) -> None:
    entry = trail.add(NOBODY, "did", "x", at=NOW)
    beside = {
        "sqlite": "INSERT OR REPLACE INTO people_trailentry (id, at, actor_ref, role, what, about, reason) "
        f"VALUES ({entry.pk}, '2026-01-01', '', '', 'did not', '', '')",
        "postgresql": "TRUNCATE people_trailentry",
    }
    for statement in [*STATEMENTS, beside[store]]:
        with pytest.raises(DatabaseError, match="only added"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert TrailEntry.objects.get().what == "did"
    trail.add(NOBODY, "did more", "x", at=NOW)
    assert TrailEntry.objects.count() == 2
