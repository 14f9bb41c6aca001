"""The database itself refuses to change or delete a record."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "records_sessionrecord"
SAYS = "records are only added, never changed or deleted"

FORWARD = {
    "sqlite": [
        f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
        f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
        # INSERT OR REPLACE deletes the old row without firing the trigger above unless recursive triggers are on.
        f"CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE} "
        f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE seq = NEW.seq OR session = NEW.session OR hash = NEW.hash) "
        f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
    ],
    "postgresql": [
        f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {TABLE}_only_added BEFORE UPDATE OR DELETE ON {TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
        f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
    ],
}
BACKWARD = {
    "sqlite": [
        f"DROP TRIGGER {TABLE}_no_update",
        f"DROP TRIGGER {TABLE}_no_delete",
        f"DROP TRIGGER {TABLE}_no_replace",
    ],
    "postgresql": [
        f"DROP TRIGGER {TABLE}_only_added ON {TABLE}",
        f"DROP TRIGGER {TABLE}_no_truncate ON {TABLE}",
        f"DROP FUNCTION {TABLE}_refuse()",
    ],
}


def guard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    run(editor, FORWARD)


def unguard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    run(editor, BACKWARD)


def run(editor: BaseDatabaseSchemaEditor, statements: dict[str, list[str]]) -> None:
    vendor = editor.connection.vendor
    if vendor not in statements:
        raise RuntimeError(f"Records are kept on SQLite or PostgreSQL, not on {vendor}")
    for statement in statements[vendor]:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_first")]
    operations = [migrations.RunPython(guard, unguard, elidable=False)]
