"""The database itself refuses to change or delete an entry of the trail."""

from __future__ import annotations

from django.db import migrations

from resilience.people.guards import only_added


class Migration(migrations.Migration):
    dependencies = [("people", "0003_own_names")]
    operations = [
        only_added("people_trailentry", unique=("id",), says="the trail is only added to, never changed or deleted")
    ]
