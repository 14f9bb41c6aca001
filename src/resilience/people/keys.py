"""The key that stands for a person: a keyed hash of what they gave, the same for every partner.

It is made from the e-mail address. Where different names come with one address (a buyer who brings colleagues, an
office) it is made from address and name; where there is no address, from name and partner.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from django.conf import settings

from resilience.people.models import Account, Contact, KeyKind, Organisation, Person, PersonMerge
from resilience.people.scopes import whole_programme
from resilience.people.spelling import may_be_one, name_key

T = TypeVar("T")
CHUNK = 2000
# More names than this with one address, and it is nobody's own.
MOST_SPELLINGS = 12


@dataclass(frozen=True, slots=True)
class Details:
    """What a row or a form says of somebody. A name or an address is needed; texts come cleaned (people.text)."""

    name: str = ""
    email: str = ""
    employer: Organisation | None = None
    job: str = ""
    region: str = ""
    account: Account | None = None


def key_for(email: str, name: str, organisation: Organisation, shared: bool = False) -> tuple[str, KeyKind]:
    """The keyed hash that stands for a person, 64 hexadecimal digits, and what it was made from.

    shared: the address serves several people, so that the name decides as well. Raises ValueError where there is
    neither address nor name, and for an address without "@".
    """
    address = address_key(email)
    if address and "@" not in address:
        raise ValueError("An e-mail address has an @: correct it or leave it out")
    known_as = name_key(name)
    if address and shared and known_as:
        return digest("shared", address, known_as), KeyKind.SHARED_EMAIL
    if address:
        return digest("email", address), KeyKind.EMAIL
    if not known_as:
        raise ValueError("A person is known by a name or an e-mail address: give one of them")
    return digest("name", str(organisation.pk), known_as), KeyKind.NAME


def address_key(email: str) -> str:
    return unicodedata.normalize("NFKC", email).strip().casefold()


def digest(*parts: str) -> str:
    return hmac.digest(settings.PEOPLE_KEY.encode(), "\n".join(parts).encode(), "sha256").hex()


class Keys:
    """Decides the key of each row of a batch, by what is known already and by what the batch itself says."""

    def __init__(self, organisation: Organisation, rows: Sequence[Details]) -> None:
        self.organisation = organisation
        own = {key_for(row.email, row.name, organisation)[0] for row in rows}
        shared = {key_for(row.email, row.name, organisation, shared=True)[0] for row in rows}
        self.persons, self.merged = known_persons(own | shared)
        self.names = known_names([person for key, person in self.persons.items() if key in own])
        self.shared = addresses_of_several(rows)

    def choose(self, row: Details) -> tuple[str, KeyKind]:
        """Key and kind for the row."""
        own, kind = key_for(row.email, row.name, self.organisation)
        if kind is not KeyKind.EMAIL or not name_key(row.name):
            return own, kind
        with_name = key_for(row.email, row.name, self.organisation, shared=True)
        if with_name[0] in self.persons:
            return with_name
        if own in self.merged:
            return own, kind
        if own in self.persons:
            return (own, kind) if self.fits(self.persons[own], row.name) else with_name
        return with_name if address_key(row.email) in self.shared else (own, kind)

    def fits(self, person: Person, name: str) -> bool:
        """Whether the name can be that person's; if so it is one of theirs for the rows to come."""
        names = self.names[person.pk]
        if name in names:
            return True
        if not all(may_be_one(name, other) for other in names):
            return False
        names.append(name)
        return True


def known_persons(keys: Iterable[str]) -> tuple[dict[str, Person], set[str]]:
    """Key -> person for those that are known, and the keys that lead there by a merge."""
    found: dict[str, Person] = {}
    merged: set[str] = set()
    for some in chunks(sorted(keys)):
        found |= {person.key: person for person in Person.objects.filter(key__in=some)}
        merges = PersonMerge.objects.filter(merged_key__in=some, undone_at=None).select_related("kept")
        for merge in merges:
            found[merge.merged_key] = merge.kept
            merged.add(merge.merged_key)
    return found, merged


def known_names(persons: Sequence[Person]) -> dict[int, list[str]]:
    """Person -> the names that any partner knows them by; only to tell apart who shares an address."""
    names: dict[int, list[str]] = defaultdict(list)
    with whole_programme("telling people who share an e-mail address apart"):
        for some in chunks(sorted(person.pk for person in persons)):
            rows = Contact.objects.filter(person__in=some).exclude(name="").order_by().values_list("person_id", "name")
            for person, name in rows:
                names[person].append(name)
    return names


def addresses_of_several(rows: Sequence[Details]) -> set[str]:
    """The addresses that come with names that cannot all be one person's."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        if row.email and row.name:
            names[address_key(row.email)].setdefault(name_key(row.name), row.name)
    return {
        address
        for address, spellings in names.items()
        if len(spellings) > MOST_SPELLINGS
        or not all(may_be_one(one, other) for one, other in combinations(spellings.values(), 2))
    }


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
