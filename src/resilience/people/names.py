"""The register of organisations: which of them a spelling means, and making one of two.

Every spelling that is known, an organisation's own name among them, is a row of OrganisationAlias under its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from resilience.people.models import Organisation, OrganisationAlias, OrganisationKind
from resilience.people.spelling import key_of
from resilience.people.text import clean

__all__ = ["find_or_add", "find_or_add_all", "key_of", "resolve", "resolve_all"]

LONGEST = 120
CHUNK = 500


def resolve(name: str) -> Organisation | None:
    """The organisation that goes by this spelling, if any does."""
    return resolve_all([name]).get(name)


def resolve_all(names: Iterable[str]) -> dict[str, Organisation]:
    """Spelling -> organisation, for those that are known. One query for 500 different spellings."""
    keys = {name: key_of(name) for name in names}
    wanted = sorted({key for key in keys.values() if key})
    known: dict[str, Organisation] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = OrganisationAlias.objects.filter(key__in=wanted[start : start + CHUNK]).select_related("organisation")
        known |= {row.key: row.organisation for row in rows}
    return {name: known[key] for name, key in keys.items() if key in known}


@transaction.atomic
def find_or_add(name: str, kind: OrganisationKind | str, invented: bool = False) -> Organisation:
    """The organisation of this spelling; a new one of the kind where nobody goes by it.

    Raises TextError for a name that cannot be kept, ValueError for an empty one.
    """
    tidy = clean(name, LONGEST)
    if not tidy:
        raise ValueError("An organisation needs a name: give one")
    return resolve(tidy) or Organisation.objects.create(name=tidy, kind=kind, invented=invented)


@transaction.atomic
def find_or_add_all(
    names: Iterable[str], kind: OrganisationKind | str, invented: bool = False
) -> Mapping[str, Organisation]:
    """Spelling -> organisation for each non-empty spelling, with few queries. Raises TextError as find_or_add does."""
    tidy = {name: clean(name, LONGEST) for name in names}
    found = resolve_all({spelling for spelling in tidy.values() if spelling})
    by_key = {key_of(spelling): organisation for spelling, organisation in found.items()}
    for spelling in tidy.values():
        if spelling and key_of(spelling) not in by_key:
            by_key[key_of(spelling)] = Organisation.objects.create(name=spelling, kind=kind, invented=invented)
    return {name: by_key[key_of(spelling)] for name, spelling in tidy.items() if spelling}
