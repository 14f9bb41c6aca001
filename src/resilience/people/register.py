"""Keeping the register of organisations: which pairs look like one, making one of two, and who may change what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from rapidfuzz import fuzz, process

from resilience.people import trail
from resilience.people.apart import told_apart
from resilience.people.folding import fold
from resilience.people.models import Membership, NameTakenError, Organisation, OrganisationAlias, OrganisationKind, Role
from resilience.people.permissions import Actor, May
from resilience.people.scopes import whole_programme
from resilience.people.spelling import LEGAL_FORMS, key_of, words

# Words by which parts of a company differ in name only.
WEAK_WORDS = frozenset({"the", "and", "uk", "gb", "group", "holdings", "international", "global", "europe", "emea"})
ALIKE = 88
SHORTEST = 5
# Kinds that anybody who keeps the register may change; the others are changed by themselves and by the lead.
KEPT_BY_ALL = frozenset({OrganisationKind.EMPLOYER, OrganisationKind.SCHOOL})


class CannotJoinError(ValueError):
    """The two are one already, or the other keeps people and records of its own."""


@dataclass(frozen=True)
class Alike:
    """Two organisations that look like one, and how much, 0-100."""

    one: Organisation
    other: Organisation
    likeness: float


def may_change(actor: Actor, organisation: Organisation) -> bool:
    """Employers and schools are kept by all; a partner, lead or funder by its own people and the programme lead."""
    if not actor.may(May.MANAGE_ORGANISATIONS):
        return False
    return organisation.kind in KEPT_BY_ALL or organisation == actor.organisation or actor.role is Role.LEAD


@transaction.atomic
def add(name: str, kind: str, actor: Actor, region: str = "", size: str = "") -> Organisation:
    """A new organisation. Raises NameTakenError where the name is known."""
    made = Organisation.objects.create(name=name, kind=kind, region=region, size=size)
    trail.add(actor, "added organisation", about(made), new=told(made))
    return made


@transaction.atomic
def change(organisation: Organisation, actor: Actor, **fields: Any) -> None:
    """Changes name, kind, region or size; a former name stays known. Raises NameTakenError."""
    old = told(Organisation.objects.get(pk=organisation.pk))
    for field, value in fields.items():
        setattr(organisation, field, value)
    organisation.save()
    if told(organisation) != old:
        trail.add(actor, "changed organisation", about(organisation), old=old, new=told(organisation))


@transaction.atomic
def add_alias(organisation: Organisation, name: str, actor: Actor) -> OrganisationAlias:
    """Makes another spelling known. Raises NameTakenError where it is known, as this organisation's or another's."""
    taken = OrganisationAlias.objects.filter(key=key_of(name)).select_related("organisation").first()
    if taken is not None:
        raise NameTakenError(f"“{name}” is known as a spelling of {taken.organisation} already")
    alias = OrganisationAlias.objects.create(organisation=organisation, name=name, key=key_of(name))
    trail.add(actor, "added spelling", about(organisation), new=name)
    return alias


@transaction.atomic
def remove_alias(alias: OrganisationAlias, actor: Actor) -> bool:
    """Forgets a spelling; the organisation's own name stays, and False says so."""
    if alias.key == key_of(alias.organisation.name):
        return False
    alias.delete()
    trail.add(actor, "removed spelling", about(alias.organisation), old=alias.name)
    return True


@transaction.atomic
def join(
    kept: Organisation, other: Organisation, actor: Actor, reason: str = "", at: datetime | None = None
) -> Organisation:
    """Makes one organisation of two: all that referred to `other` refers to `kept`, whose spelling its names become.

    Raises CannotJoinError where `other` has accounts: its people and records are not to change hands.
    """
    if kept.pk == other.pk:
        raise CannotJoinError("These are one organisation already: choose two")
    with whole_programme("an organisation that signs in is not joined to another"):
        has_accounts = Membership.objects.filter(organisation=other).exists()
    if has_accounts:
        raise CannotJoinError(f"{other} has accounts of its own: keep it and join the other one to it")
    kept.region = kept.region or other.region
    kept.size = kept.size or other.size
    kept.save()
    old = told(other)
    fold(kept, other)
    trail.add(actor, "joined organisations", about(kept), old={"id": str(other.pk), **old}, reason=reason, at=at)
    return kept


def about(organisation: Organisation) -> str:
    return f"organisation:{organisation.pk}"


def told(organisation: Organisation) -> dict[str, str]:
    return {field: str(getattr(organisation, field)) for field in ("name", "kind", "region", "size")}


def core(name: str) -> str:
    """A name without legal forms and the words by which parts of a company differ."""
    all_words = words(name)
    kept = [word for word in all_words if word not in WEAK_WORDS and word not in LEGAL_FORMS]
    return "".join(kept or all_words)


def suggestions(most: int = 50) -> list[Alike]:
    """Pairs that look like one by any spelling, the likeliest first.

    Two known regions that differ rule a pair out, and so does somebody who said that they are two.
    """
    apart = told_apart()
    spellings = list(OrganisationAlias.objects.select_related("organisation").order_by("key"))
    cores = [core(spelling.name) for spelling in spellings]
    scores = process.cdist(cores, cores, scorer=fuzz.ratio, score_cutoff=ALIKE)
    found: dict[frozenset[Any], Alike] = {}
    for first, second in zip(*scores.nonzero(), strict=True):
        one, other = spellings[first].organisation, spellings[second].organisation
        likeness = float(scores[first, second])
        if first >= second or one.pk == other.pk or min(len(cores[first]), len(cores[second])) < SHORTEST:
            continue
        if one.region and other.region and one.region != other.region:
            continue
        pair = frozenset({one.pk, other.pk})
        if pair in apart:
            continue
        if pair not in found or found[pair].likeness < likeness:
            found[pair] = Alike(one, other, likeness)
    return sorted(found.values(), key=lambda alike: (-alike.likeness, alike.one.name))[:most]
