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
from functools import lru_cache
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
    if address and not shared:
        return digest("email", address), KeyKind.EMAIL
    known_as = name_key(name)
    if address and known_as:
        return digest("shared", address, known_as), KeyKind.SHARED_EMAIL
    if address:
        return digest("email", address), KeyKind.EMAIL
    if not known_as:
        raise ValueError("A person is known by a name or an e-mail address: give one of them")
    return digest("name", str(organisation.pk), known_as), KeyKind.NAME


def keys_for(row: Details, organisation: Organisation) -> tuple[tuple[str, KeyKind], tuple[str, KeyKind]]:
    """The row's own key, and the one it has where others share the address; the same, if there is no such thing."""
    own = key_for(row.email, row.name, organisation)
    if not row.name or own[1] is not KeyKind.EMAIL:
        return own, own
    return own, key_for(row.email, row.name, organisation, shared=True)


@lru_cache(maxsize=4096)
def address_key(email: str) -> str:
    return unicodedata.normalize("NFKC", email).strip().casefold()


def digest(*parts: str) -> str:
    return hmac.digest(settings.PEOPLE_KEY.encode(), "\n".join(parts).encode(), "sha256").hex()


class Keys:
    """Decides the key of each row of a batch, by what is known already and by what the batch itself says."""

    def __init__(self, organisation: Organisation, rows: Sequence[Details]) -> None:
        both = [keys_for(row, organisation) for row in rows]
        self.own = [own for own, _ in both]
        self.with_name = [with_name for _, with_name in both]
        self.rows = rows
        self.persons, self.merged = known_persons({key for key, _ in [*self.own, *self.with_name]})
        self.names = known_names([self.persons[key] for key, _ in self.own if key in self.persons])
        self.shared = addresses_of_several(rows)

    def chosen(self) -> list[tuple[str, KeyKind]]:
        """Key and kind for each row, in their order."""
        return [
            self.choose(row, own, with_name)
            for row, own, with_name in zip(self.rows, self.own, self.with_name, strict=True)
        ]

    def choose(self, row: Details, own: tuple[str, KeyKind], with_name: tuple[str, KeyKind]) -> tuple[str, KeyKind]:
        if own == with_name or with_name[0] in self.persons:
            return with_name
        if own[0] in self.merged:
            return own
        if own[0] in self.persons:
            return own if self.fits(self.persons[own[0]], row.name) else with_name
        return with_name if address_key(row.email) in self.shared else own

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
    wanted = set(keys)
    found: dict[str, Person] = {}
    for some in chunks(sorted(wanted)):
        found |= {person.key: person for person in Person.objects.filter(key__in=some)}
    # Merges are made by hand: they are few, and one query for all of them is the fewest.
    merges = PersonMerge.objects.filter(undone_at=None).defer("moved").select_related("kept")
    merged = {merge.merged_key: merge.kept for merge in merges if merge.merged_key in wanted}
    return found | merged, set(merged)


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
            names[address_key(row.email)].setdefault(row.name, name_key(row.name))
    return {address for address, spellings in names.items() if len(spellings) > 1 and not one_persons(spellings)}


def one_persons(spellings: dict[str, str]) -> bool:
    """Whether all the names (name -> its key) can be one person's."""
    different = {key: name for name, key in spellings.items()}
    return len(different) <= MOST_SPELLINGS and all(
        may_be_one(one, other) for one, other in combinations(different.values(), 2)
    )


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
