"""An organisation's own name is one of its known spellings."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from resilience.people.spelling import key_of


def add_own_names(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Where two organisations already share a key, the first by name gets it; the register suggests joining them."""
    organisations = apps.get_model("people", "Organisation")
    aliases = apps.get_model("people", "OrganisationAlias")
    for organisation in organisations.objects.order_by("name"):
        aliases.objects.get_or_create(
            key=key_of(organisation.name), defaults={"organisation": organisation, "name": organisation.name}
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0002_programme")]
    operations = [migrations.RunPython(add_own_names, migrations.RunPython.noop, elidable=True)]
