"""Making one row of two, whatever points at them, so that it can be undone.

Every relation is found through the models' own description, so that a table added later is not forgotten. Where a
table allows one row only for what both have, the two are made one in turn: the better stays, and its empty fields are
filled from the other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import models

Row = models.Model
Field = models.ForeignKey[Any, Any]
Journal = list[dict[str, Any]]
# Which of two rows of a table stays, where only one can: the one for which this is higher. The first, where equal.
_rank: dict[type[Row], Callable[[Any], Any]] = {}


def no_rank(_row: Any) -> int:
    return 0


def prefer(model: type[Row], rank: Callable[[Any], Any]) -> None:
    """Rooms say here which of two rows of theirs is worth more, such as a confirmed place than a cancelled one."""
    _rank[model] = rank


def fold(kept: Row, other: Row) -> Journal:
    """Everything that points at `other` points at `kept` afterwards, and `other` is gone. Returns what unfold needs.

    To be called in a transaction. The journal can be kept as JSON; it holds the rows that went.
    """
    journal: Journal = []
    take_over(kept, other, journal)
    return journal


def unfold(journal: Journal, now: Row) -> None:
    """Undoes a fold, last step first. A row that has changed hands since, or is gone, stays as it is.

    now: the row that holds what was folded today, which is another one where the kept row was folded in turn.
    """
    for step in reversed(journal):
        model = apps.get_model(step["table"])
        if "gone" in step:
            for restored in serializers.deserialize("json", json.dumps([step["gone"]])):
                # As it was: no default, no method of the model has a say.
                restored.object.save_base(raw=True, force_insert=True)
        elif "filled" in step:
            model._base_manager.filter(pk=step["row"]).update(**step["filled"])
        else:
            holders = {step["to"]}
            if model._meta.get_field(step["field"]).related_model is type(now):
                holders.add(as_json(now.pk))
            held = model._base_manager.filter(pk__in=step["moved"], **{f"{step['field']}__in": holders})
            held.update(**{step["field"]: step["from"]})


def relations(model: type[Row]) -> Iterator[tuple[type[Row], Field]]:
    """Every table and field that points at the table, those without a name for the way back among them."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            yield relation.related_model, relation.field


def take_over(kept: Row, other: Row, journal: Journal) -> None:
    for model, field in relations(type(kept)):
        for twin, row in twins(model, field, kept, other):
            make_one(twin, row, journal)
        held = model._base_manager.filter(**{field.attname: other.pk})
        moved = [as_json(pk) for pk in held.values_list("pk", flat=True)]
        if moved:
            held.update(**{field.attname: kept.pk})
            step = {"field": field.attname, "from": as_json(other.pk), "to": as_json(kept.pk)}
            journal.append({"table": model._meta.label, "moved": moved, **step})
    journal.append({"table": other._meta.label, "gone": json.loads(serializers.serialize("json", [other]))[0]})
    # Nothing points at it any more, so that nothing is to be deleted with it.
    gone = type(other)._base_manager.filter(pk=other.pk)
    gone._raw_delete(gone.db)


def twins(model: type[Row], field: Field, kept: Row, other: Row) -> list[tuple[Row, Row]]:
    """Pairs of rows, one of each, of which the table allows one only."""
    found: dict[Any, tuple[Row, Row]] = {}
    for names in together(model, field):
        of_kept = {values(row, names): row for row in model._base_manager.filter(**{field.attname: kept.pk})}
        for row in model._base_manager.filter(**{field.attname: other.pk}):
            twin = of_kept.get(values(row, names))
            if twin is not None and None not in values(row, names):
                found.setdefault(row.pk, (twin, row))
    return list(found.values())


def together(model: type[Row], field: Field) -> Iterator[tuple[str, ...]]:
    """For each rule of uniqueness that the field has part in: the names of the other fields of the rule."""
    if field.unique:
        yield ()
    rules = [rule.fields for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    for fields in [*rules, *model._meta.unique_together]:
        if field.name in fields:
            yield tuple(column_of(model, name) for name in fields if name != field.name)


def column_of(model: type[Row], name: str) -> str:
    """The attribute that holds the field's bare value: "person_id" for "person"."""
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field), f"{model.__name__}.{name} is no column"
    name_of_column: str = field.attname
    return name_of_column


def values(row: Row, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def make_one(twin: Row, row: Row, journal: Journal) -> None:
    """The better of the two takes over the other and fills its own gaps from it."""
    rank: Callable[[Any], Any] = _rank.get(type(twin), no_rank)
    better, worse = (row, twin) if rank(row) > rank(twin) else (twin, row)
    take_over(better, worse, journal)
    gaps = {
        field.attname: getattr(worse, field.attname)
        for field in better._meta.concrete_fields
        if is_empty(getattr(better, field.attname)) and not is_empty(getattr(worse, field.attname))
    }
    if gaps:
        journal.append(
            {
                "table": better._meta.label,
                "row": as_json(better.pk),
                "filled": {name: getattr(better, name) for name in gaps},
            }
        )
        type(better)._base_manager.filter(pk=better.pk).update(**gaps)


def is_empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}


def as_json(key: Any) -> int | str:
    return key if isinstance(key, int) else str(key)
