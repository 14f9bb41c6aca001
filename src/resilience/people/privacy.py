"""What is known of a person: handed to them complete, and erased so that what is counted stays true.

Every table that holds something of a person has a holder. Rooms above add theirs to `holders` when they are loaded. A
table that refers to persons and has no holder is exported all the same.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resilience.people import trail
from resilience.people.folding import relations
from resilience.people.models import Consent, Contact, DiversityInvitation, KeyKind, Organisation, Person, PersonMerge
from resilience.people.permissions import Actor
from resilience.people.scopes import within

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Rows = list[dict[str, Any]]


class Holder(Protocol):
    """One kind of thing that is held of people."""

    @property
    def table(self) -> type[models.Model]:
        """Where it is kept."""

    @property
    def title(self) -> StrOrPromise:
        """What a reader calls it."""

    def export(self, person: Person, organisation: Organisation) -> Rows:
        """All of it that the organisation holds, as JSON values."""

    def erase(self, person: Person) -> int:
        """Takes away whatever tells who the person is or what they said, at every partner; returns how many rows
        changed. Rows that are counted stay."""


class AlreadyErasedError(ValueError):
    """The person was erased before."""


@dataclass(frozen=True)
class TableHolder:
    """A table, the way from it to the person, and what becomes of its rows when the person is erased.

    also: what an export adds by following relations ("activity__title"). left_out: columns that mean nothing to a
    reader, such as a hash. gone: the rows are deleted; else `emptied`, column -> value, is written into them.
    """

    table: type[models.Model]
    title: StrOrPromise
    by: str = "person"
    also: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    gone: bool = False
    emptied: Mapping[str, Any] = field(default_factory=dict)

    def export(self, person: Person, organisation: Organisation) -> Rows:
        with within(organisation):
            return [as_json(row) for row in self.rows(self.table.objects, person)]  # type: ignore[attr-defined]

    def rows(self, manager: models.Manager[Any], person: Person) -> list[dict[str, Any]]:
        own = [
            column.name
            for column in self.table._meta.concrete_fields
            if column.name != self.by and not column.primary_key and column.name not in self.left_out
        ]
        return list(manager.filter(**{self.by: person}).values(*own, *self.also))

    def erase(self, person: Person) -> int:
        held = self.table._base_manager.filter(**{self.by: person})
        if self.gone:
            return held.delete()[0]
        return held.update(**self.emptied) if self.emptied else 0


class MergeHolder:
    """The merges that ended at a person: their keys and the rows that went would tell who was merged."""

    table = PersonMerge
    title = _("Merged with")

    def export(self, person: Person, organisation: Organisation) -> Rows:
        merges = PersonMerge.objects.filter(kept=person, undone_at=None).values("merged_ref", "reason", "at")
        return [as_json(row) for row in merges]

    def erase(self, person: Person) -> int:
        merges = list(PersonMerge.objects.filter(kept=person))
        for merge in merges:
            merge.merged_key, merge.merged_key_kind = secrets.token_hex(32), KeyKind.ERASED
            merge.moved, merge.reason = {}, ""
        PersonMerge.objects.bulk_update(merges, ["merged_key", "merged_key_kind", "moved", "reason"])
        return len(merges)


holders: list[Holder] = [
    TableHolder(Contact, _("Contact"), also=("employer__name", "organisation__name"), gone=True),
    TableHolder(Consent, _("Consents"), also=("organisation__name",), gone=True),
    TableHolder(
        DiversityInvitation,
        _("Asked for the diversity form"),
        also=("organisation__name",),
        left_out=("token_hash",),
        emptied={"token_hash": ""},
    ),
    MergeHolder(),
]


def all_holders() -> list[Holder]:
    """The holders, and one for each table that refers to persons and has none: it exports and erases nothing."""
    claimed = {holder.table for holder in holders}
    others = [
        TableHolder(table, table._meta.verbose_name_plural or table.__name__, by=column.name)
        for table, column in relations(Person)
        if table not in claimed
    ]
    return [*holders, *others]


def export(person: Person, organisation: Organisation) -> dict[str, Any]:
    """All that the organisation holds of a person, as JSON values: a list of rows for each table that has any."""
    held = {holder.table._meta.label: holder.export(person, organisation) for holder in all_holders()}
    return {
        "person": str(person.ref),
        "known_by": KeyKind(person.key_kind).value,
        "met_first": person.created_at.isoformat(),
        "organisation": organisation.name,
        "held": {label: rows for label, rows in held.items() if rows},
    }


@transaction.atomic
def erase(person: Person, actor: Actor, reason: str, at: datetime | None = None) -> dict[str, int]:
    """Takes away, at every partner, what tells who the person is. They stay as somebody who was counted.

    Returns table -> rows changed. Raises AlreadyErasedError.
    """
    if person.erased_at is not None:
        raise AlreadyErasedError("This person was erased before: nothing is known of them any more")
    changed = {holder.table._meta.label: holder.erase(person) for holder in holders}
    changed = {label: rows for label, rows in changed.items() if rows}
    person.key, person.key_kind = secrets.token_hex(32), KeyKind.ERASED
    person.erased_at = at or timezone.now()
    person.save(update_fields=["key", "key_kind", "erased_at"])
    trail.add(actor, "erased person", f"person:{person.ref}", new=changed, reason=reason, at=person.erased_at)
    return changed


def as_json(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: json_value(value) for name, value in row.items()}


def json_value(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return str(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)
