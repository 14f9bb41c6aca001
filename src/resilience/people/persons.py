"""Meeting people: one person for everybody met, however often and by whichever partner; and making one of two."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from resilience.people import trail
from resilience.people.folding import fold, unfold
from resilience.people.keys import CHUNK, Details, Keys, chunks, key_for
from resilience.people.models import Account, Contact, Organisation, Person, PersonMerge
from resilience.people.permissions import Actor
from resilience.people.scopes import within

__all__ = ["CannotMergeError", "Details", "Met", "key_for", "meet", "meet_all", "merge", "unmerge"]

# The fields of a contact that rows and forms tell.
TOLD = ("name", "email", "employer", "job", "region", "account")


class CannotMergeError(ValueError):
    """The two are one already, one of them was erased, or the merge was undone before."""


@dataclass(frozen=True, slots=True)
class Met:
    """Who a row turned out to be. `new`: nobody had met them before this row; `new_contact`: this partner had not."""

    person: Person
    new: bool
    new_contact: bool


def meet(
    organisation: Organisation,
    name: str,
    email: str,
    at: datetime,
    *,
    employer: Organisation | None = None,
    job: str = "",
    region: str = "",
    account: Account | None = None,
    batch: uuid.UUID | None = None,
) -> Person:
    """The person, found or made, now known to the organisation. Raises ValueError as key_for does."""
    details = Details(name, email, employer, job, region, account)
    return meet_all(organisation, [details], at, batch)[0].person


@transaction.atomic
def meet_all(
    organisation: Organisation, rows: Iterable[Details], at: datetime, batch: uuid.UUID | None = None
) -> list[Met]:
    """Who each row is, in the order of the rows, with a few queries for every 2,000 of them.

    The same rows again change nothing. A contact's empty fields are filled; a filled one is never overwritten: only
    the person's page does that. Raises ValueError as key_for does, before anything is written.
    """
    told = list(rows)
    keys = Keys(organisation, told)
    chosen = keys.chosen()
    made = {
        key: Person(key=key, key_kind=kind, created_at=at)
        for key, kind in dict(chosen).items()
        if key not in keys.persons
    }
    Person.objects.bulk_create(made.values(), batch_size=CHUNK)
    everybody = keys.persons | made
    persons = [everybody[key] for key, _ in chosen]
    new_persons = {person.pk for person in made.values()}
    new_contacts = keep_contacts(organisation, persons, told, batch)
    met = []
    for person in persons:
        met.append(Met(person, person.pk in new_persons, person.pk in new_contacts))
        new_persons.discard(person.pk)
        new_contacts.discard(person.pk)
    return met


def keep_contacts(
    organisation: Organisation, persons: Sequence[Person], told: Sequence[Details], batch: uuid.UUID | None
) -> set[int]:
    """Makes and fills the organisation's contacts; returns the persons it had not known."""
    known: dict[int, Contact] = {}
    with within(organisation):
        for some in chunks(sorted({person.pk for person in persons})):
            known |= {contact.person_id: contact for contact in Contact.objects.filter(person__in=some)}
    made: dict[int, Contact] = {}
    filled: dict[int, Contact] = {}
    for person, details in zip(persons, told, strict=True):
        contact = known.get(person.pk) or made.get(person.pk)
        if contact is None:
            contact = made[person.pk] = Contact(organisation=organisation, person=person, batch=batch)
        if fill(contact, details) and person.pk in known:
            filled[person.pk] = contact
    with within(organisation):
        Contact.objects.bulk_create(made.values(), batch_size=CHUNK)
        Contact.objects.bulk_update(filled.values(), TOLD, batch_size=CHUNK // 10)
    return set(made)


def fill(contact: Contact, details: Details) -> bool:
    """Fills the empty fields from what was told; whether there were any."""
    changed = False
    for field in TOLD:
        attribute = f"{field}_id" if field in {"employer", "account"} else field
        value = getattr(details, field)
        if value and not getattr(contact, attribute):
            setattr(contact, field, value)
            changed = True
    return changed


@transaction.atomic
def merge(kept: Person, other: Person, actor: Actor, reason: str, at: datetime | None = None) -> PersonMerge:
    """Makes one person of two: everything of `other` becomes `kept`'s, and their key leads to `kept` from now on.

    Where both have a row of which there may be one only (both at a meeting), the better one stays, its empty fields
    filled from the other. Raises CannotMergeError.
    """
    if kept.pk == other.pk:
        raise CannotMergeError("These are one person already: choose two")
    if kept.erased_at or other.erased_at:
        raise CannotMergeError("One of them was erased, and nothing is known by which they could be one")
    row = PersonMerge(
        merged_key=other.key,
        merged_key_kind=other.key_kind,
        merged_ref=other.ref,
        reason=reason,
        actor_ref=str(actor.account.pk) if actor.account else "",
        at=at or timezone.now(),
    )
    row.moved = fold(kept, other)
    row.kept = kept
    row.save()
    trail.add(actor, "merged persons", f"person:{kept.ref}", old=str(row.merged_ref), reason=reason, at=row.at)
    return row


@transaction.atomic
def unmerge(row: PersonMerge, actor: Actor, reason: str = "", at: datetime | None = None) -> Person:
    """Undoes a merge: who was merged is there again, with the rows that were theirs. Raises CannotMergeError."""
    if row.undone_at is not None:
        raise CannotMergeError("This merge was undone before")
    if row.kept.erased_at is not None:
        raise CannotMergeError("The person was erased, and with them what would tell the two apart")
    row.undone_at = at or timezone.now()
    unfold(row.moved, row.kept)
    again = Person.objects.get(ref=row.merged_ref)
    row.moved = {}
    row.save(update_fields=["undone_at", "moved"])
    trail.add(actor, "undid merge", f"person:{row.kept.ref}", new=str(again.ref), reason=reason, at=row.undone_at)
    return again
