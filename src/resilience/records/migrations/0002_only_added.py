"""The database itself refuses to change or delete a record."""

from __future__ import annotations

from django.db import migrations

from resilience.people.guards import only_added


class Migration(migrations.Migration):
    dependencies = [("records", "0001_first")]
    operations = [
        only_added(
            "records_sessionrecord",
            unique=("seq", "session", "hash"),
            says="records are only added, never changed or deleted",
        )
    ]
