"""Many rows of one table that differ in few columns: one prepared statement, without an object for each row.

`bulk_create` makes an object and a piece of SQL for every row, which is half of the time that a long file takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models


def insert_many(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], same: Mapping[str, Any]
) -> None:
    """Inserts rows. `columns` (names as on the object, `person_id`) differ by row; `same` holds for all of them.

    Fields that are in neither take their default. No signals are sent, and no objects come back.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
    fixed = {name: same[name] if name in same else field.get_default() for name, field in fields.items()}
    varying = [fields[name] for name in columns]
    constant = [field for name, field in fields.items() if name not in columns]
    tail = [field.get_db_prep_save(fixed[field.attname], connection) for field in constant]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in [*varying, *constant])
    places = ", ".join(["%s"] * (len(varying) + len(constant)))
    values = [
        [*(field.get_db_prep_save(value, connection) for field, value in zip(varying, row, strict=True)), *tail]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})", values)
