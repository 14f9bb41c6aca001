"""Tables that are only added to: triggers by which the database itself refuses anything else.

A later migration that alters such a table must guard it again on SQLite, which then makes the table anew without its
triggers; the tests of the guarded tables fail if it does not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

Statements = dict[str, list[str]]


def only_added(table: str, unique: Sequence[str], says: str) -> migrations.RunPython:
    """The operation that guards a table against UPDATE, DELETE, TRUNCATE and REPLACE.

    unique: the columns of which each must be unique, on which REPLACE would act; says: the database's error.
    """
    return migrations.RunPython(
        running(forward(table, unique, says), table), running(backward(table), table), elidable=False
    )


def running(statements: Statements, table: str) -> Callable[[StateApps, BaseDatabaseSchemaEditor], None]:
    def run(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        vendor = editor.connection.vendor
        if vendor not in statements:
            raise RuntimeError(f"{table} is kept on SQLite or PostgreSQL, not on {vendor}")
        for statement in statements[vendor]:
            editor.execute(statement, params=None)

    return run


def forward(table: str, unique: Sequence[str], says: str) -> Statements:
    same = " OR ".join(f"{column} = NEW.{column}" for column in unique)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
    return {
        "sqlite": [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            # INSERT OR REPLACE deletes the old row without firing the trigger above unless recursive triggers are on.
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refuse}",
        ],
        "postgresql": [
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
            f"CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
        ],
    }


def backward(table: str) -> Statements:
    return {
        "sqlite": [f"DROP TRIGGER {table}_no_{what}" for what in ("update", "delete", "replace")],
        "postgresql": [
            f"DROP TRIGGER {table}_only_added ON {table}",
            f"DROP TRIGGER {table}_no_truncate ON {table}",
            f"DROP FUNCTION {table}_refuse()",
        ],
    }
