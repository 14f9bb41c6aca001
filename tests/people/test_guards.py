"""The guard of a table that is only added to can be taken off and put on again by its migration."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from resilience.people import trail
from resilience.people.guards import running
from resilience.people.permissions import NOBODY


def change() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE people_trailentry SET what = 'did not'")


def test_a_guard_goes_with_its_migration_and_comes_back(store: str) -> None:
    trail.add(NOBODY, "did", "x")
    call_command("migrate", "people", "0003", verbosity=0)
    change()
    call_command("migrate", "people", verbosity=0)
    with pytest.raises(DatabaseError, match="only added"):
        change()


def test_a_database_that_cannot_be_guarded_is_named(embedded_store: str) -> None:
    with pytest.raises(RuntimeError, match="some_table is kept on SQLite or PostgreSQL, not on sqlite"):
        running({}, "some_table")(None, connection.schema_editor())  # type: ignore[arg-type]
