"""Which of an organisation's contacts are likely to be one person met twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from rapidfuzz import fuzz

from resilience.people.models import Contact
from resilience.people.spelling import may_be_one, name_key

# Percent of likeness of two names in alphabetical order of their words; "John Smith" and "Jon Smith" have 95.
ALIKE = 88
# A block of names that share a word and an initial is compared pair by pair up to this size; beyond, equal names only.
MOST_IN_A_BLOCK = 300


@dataclass(frozen=True)
class Likely:
    """Two contacts and how alike they are, 0-100."""

    one: Contact
    other: Contact
    likeness: float


def likely(contacts: Iterable[Contact], most: int = 50, apart: Container[frozenset[UUID]] = ()) -> list[Likely]:
    """Pairs whose names are alike and whose employers, where both are known, are the same; the likeliest first.

    Names that are the same count even with different employers. The contacts of one organisation are expected.
    apart: pairs of persons' refs of which somebody said that they are two; they are left out.
    """
    found: dict[tuple[int, int], Likely] = {}
    for block in blocks(contacts):
        for one, other in combinations(sorted(block, key=lambda contact: contact.pk), 2):
            if (one.pk, other.pk) not in found:
                likeness = likeness_of(one, other)
                if likeness >= ALIKE and not (apart and frozenset({one.person.ref, other.person.ref}) in apart):
                    found[one.pk, other.pk] = Likely(one, other, likeness)
    return sorted(found.values(), key=lambda pair: (-pair.likeness, pair.one.name, pair.one.pk))[:most]


def likeness_of(one: Contact, other: Contact) -> float:
    same = name_key(one.name) == name_key(other.name)
    different_employers = one.employer_id and other.employer_id and one.employer_id != other.employer_id
    if different_employers and not same:
        return 0.0
    if same:
        return 95.0 if different_employers else 100.0
    likeness: float = fuzz.ratio(name_key(one.name), name_key(other.name))
    return max(likeness, 90.0) if may_be_one(one.name, other.name) else likeness


def blocks(contacts: Iterable[Contact]) -> list[Sequence[Contact]]:
    """Contacts that share a word of the name and the initial of another: the pairs worth a look."""
    by_trait: dict[tuple[str, str], list[Contact]] = defaultdict(list)
    by_name: dict[str, list[Contact]] = defaultdict(list)
    for contact in contacts:
        words = name_key(contact.name).split()
        if not words:
            continue
        by_name[" ".join(words)].append(contact)
        for word in set(words):
            for initial in {other[0] for other in words if other != word}:
                by_trait[word, initial].append(contact)
    small = [block for block in by_trait.values() if 1 < len(block) <= MOST_IN_A_BLOCK]
    same = [block[:MOST_IN_A_BLOCK] for block in by_name.values() if len(block) > 1]
    return [*same, *small]
